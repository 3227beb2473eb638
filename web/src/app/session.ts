// Who is here: learned at the start of each connection, dropped when the session ends.
import { computed, effect, signal } from "@preact/signals";
import { checkRecord, knows, pin } from "../ballot/history";
import { voter } from "../ballot/voter";
import type { Methods } from "../generated/api";
import { begin, expect, resume, whatToKeep } from "../sync/feed";
import { dropKept, type Kept, readKept, writeKept } from "../sync/kept";
import { type Entry, recover } from "../sync/outbox";
import { post, RpcError } from "../sync/rpc";
import { topicsOf } from "./topics";
import {
  call,
  calm,
  clockOffset,
  connect,
  connection,
  disconnect,
  signedOut,
} from "../sync/socket";

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

/** Of the last visit, not confirmed yet. */
let shown: Session | undefined;
/** Whose connection it was. */
let greeted = "";

/** Answers to ballots that an earlier page left behind need the code that checks their receipts. */
async function fetchCast(left: readonly Entry[]): Promise<void> {
  if (left.some(({ method }) => method === "ballot.cast")) await import("../poll/page");
}

async function hello(): Promise<void> {
  // Asked together: a connection exists only with a session, so the documents need not wait for its answer.
  const resumed = resume();
  resumed.catch(() => {});
  const found = await call("session.get", {}, true);
  // The last visit was somebody else's: nothing of it stays on the page.
  if (shown && shown.member !== found.member) return startAnew();
  const first = greeted !== found.member;
  greeted = found.member;
  shown = undefined;
  session.value = found;
  started.value = true;
  clockOffset.value = found.now_ms - Date.now();
  voter.value = found.member;
  if (first || !knows(found.vkey)) await pin(found.org, found.vkey);
  await resumed;
  await recover(found.member, fetchCast);
  // Asked on the open connection, without making anything wait for it.
  calm()
    .then(checkRecord)
    .catch(() => {});
}

async function startAnew(): Promise<void> {
  await dropKept();
  location.reload();
  return new Promise(() => {});
}

/** The page begins with what the last visit left; the first answer confirms it or ends it. */
function show(last: Kept): void {
  begin(last);
  shown = last.session;
  session.value = last.session;
  voter.value = last.session.member;
  started.value = true;
}

async function keep(): Promise<void> {
  const here = session.peek();
  if (!here || shown || signedOut.peek() || connection.peek().state !== "up") return;
  await writeKept({ session: here, atMs: Date.now(), ...whatToKeep() });
  document.documentElement.dataset.kept = "yes";
}

/** So long a page stands before what it shows is kept; and once more when it is left. */
const keepAfterMs = 2_000;
function keepWhatIsHere(): void {
  effect(() => {
    if (signedOut.value) dropKept();
    else if (connection.value.state === "up") setTimeout(keep, keepAfterMs);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
}

let begun = false;
/** Connects; a browser without a session learns it from the first answer. `anew`: somebody has just joined. */
export async function start(anew = false): Promise<void> {
  if (anew) await dropKept();
  const last = anew ? undefined : await (window.palabre?.kept ?? readKept());
  if (last && !started.peek()) show(last);
  expect(topicsOf(location.pathname));
  connect(hello);
  if (!begun) keepWhatIsHere();
  begun = true;
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
  await dropKept();
  disconnect();
}
