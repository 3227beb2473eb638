// Who is here: learned at the start of each connection, dropped when the session ends.
import { computed, effect, signal } from "@preact/signals";
import { recall } from "../ballot/record";
import { voter } from "../ballot/voter";
import type { Methods } from "../generated/api";
import { begin, expect, resume, whatToKeep } from "../sync/feed";
import { dropKept, type Kept, openVotes, readKept, votesAhead, writeKept } from "../sync/kept";
import { untilDone } from "../sync/backoff";
import { type Entry, recover } from "../sync/outbox";
import { post, RpcError } from "../sync/rpc";
import { notifyError } from "../ui/toast";
import { topicsOf } from "./topics";
import {
  askAhead,
  call,
  calm,
  connect,
  connection,
  disconnect,
  learnClock,
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

/** Answers to ballots that an earlier page left behind need the code that checks their receipts. */
async function fetchCast(left: readonly Entry[]): Promise<void> {
  if (left.some(({ method }) => method === "ballot.cast")) await import("../ballot/cast");
}

/** What one may vote in is the last thing to come of a first visit to home: asked for once it is known what is open. */
function askOfVotes(): void {
  if (location.pathname !== "/") return;
  const docs = whatToKeep().topics.find(({ name }) => name === "org")?.docs ?? [];
  for (const poll of openVotes(docs).slice(0, votesAhead))
    askAhead({ method: "ballot.mine", params: { poll: String(poll) } });
}

async function hello(): Promise<void> {
  // Asked together: a connection exists only with a session, so the documents need not wait for its answer.
  const resumed = resume();
  // Both answers may be here by now: whether this is the first of them is known before.
  if (!started.peek()) resumed.then(askOfVotes).catch(() => {});
  const found = await call("session.get", {}, true);
  // The last visit was somebody else's: nothing of it stays on the page.
  if (shown && shown.member !== found.member) return startAnew();
  shown = undefined;
  session.value = found;
  started.value = true;
  learnClock(found.now_ms);
  voter.value = found.member;
  await recall(found.org, found.vkey);
  await resumed;
  await recover(found.member, fetchCast, (error) => notifyError(error, true));
  lookLater();
}

/** The page stands by then, whose code may come a moment after the connection. */
const lookAfterMs = 1_000;
/** Did the record only grow? Asked without making anything wait for it; its code comes with the question. */
function lookLater(): void {
  const look = async () => (await import("../ballot/history")).lookAgain();
  calm()
    .then(() => new Promise((done) => setTimeout(done, lookAfterMs)))
    .then(() => untilDone(look));
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
