// Who is here: learned at the start of each connection, dropped when the session ends.
import { computed, signal } from "@preact/signals";
import { checkRecord, knows, pin } from "../ballot/history";
import { voter } from "../ballot/voter";
import type { Methods } from "../generated/api";
import { expect, resume } from "../sync/feed";
import { type Entry, recover } from "../sync/outbox";
import { post, RpcError } from "../sync/rpc";
import { call, clockOffset, connect, disconnect, signedOut } from "../sync/socket";

export type Session = Methods["session.get"]["result"];
export const session = signal<Session | null>(null);
/** Before the first answer nobody knows whether the person is signed in. */
export const started = signal(false);

const hasRole = (role: string) => computed(() => session.value?.roles.includes(role) ?? false);
export const isMember = hasRole("member");
export const isFacilitator = hasRole("facilitator");
export const isAdmin = hasRole("admin");
/** May record for a member without a device. */
export const canRecord = computed(() =>
  ["facilitator", "secretary"].some((role) => session.value?.roles.includes(role)),
);
export const isSecretary = hasRole("secretary");
export const canInvite = computed(() => isFacilitator.value || isAdmin.value);
export const me = computed(() => ({
  id: session.value?.member ?? "",
  name: session.value?.name ?? "",
}));

/** Answers to ballots that an earlier page left behind need the code that checks their receipts. */
async function fetchCast(left: readonly Entry[]): Promise<void> {
  if (left.some(({ method }) => method === "ballot.cast")) await import("../ballot/cast");
}

async function hello(): Promise<void> {
  // Asked together: a connection exists only with a session, so the documents need not wait for its answer.
  const resumed = resume();
  resumed.catch(() => {});
  const found = await call("session.get", {}, true);
  const first = session.peek()?.member !== found.member;
  session.value = found;
  started.value = true;
  clockOffset.value = found.now_ms - Date.now();
  voter.value = found.member;
  if (first || !knows(found.vkey)) await pin(found.org, found.vkey);
  await resumed;
  await resume();
  await recover(found.member, fetchCast);
  // Asked on the open connection, without making anything wait for it.
  checkRecord().catch(() => {});
}

/** What an address shows, as far as it is known before its page is loaded. */
function topicsOf(path: string): string[] {
  const [, kind = "", id = ""] = path.split("/");
  const one: Record<string, string> = {
    p: "proposal",
    v: "poll",
    d: "decision",
    t: "task",
    g: "group",
  };
  const all: Record<string, string> = { p: "proposals", t: "tasks", d: "decisions", g: "groups" };
  const topic = /^[0-9-]+$/.test(id) ? `${one[kind] ?? ""}/${id}` : id === "" ? all[kind] : "";
  return topic && !topic.startsWith("/") ? ["org", topic] : ["org"];
}

/** Connects; a browser without a session learns it from the first answer. */
export function start(): void {
  expect(topicsOf(location.pathname));
  connect(hello);
}

let asked = false;
/** When no connection ever opens, /rpc tells "no session" from "no network". */
export async function probe(): Promise<void> {
  if (asked || started.peek() || location.pathname === "/join") return;
  asked = true;
  try {
    await post("session.get", {});
    asked = false;
  } catch (error) {
    asked = false;
    if (error instanceof RpcError && /^session\./.test(error.reason)) {
      signedOut.value = true;
      started.value = true;
    }
  }
}

export async function leave(): Promise<void> {
  await post("session.leave", {}).catch((error) => {
    if (!(error instanceof RpcError)) throw error;
  });
  session.value = null;
  disconnect();
}
