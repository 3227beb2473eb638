// Where a big screen starts: with the code in its address, or typed, it gets a session that reads one meeting alone, and
// shows that meeting until it is over. Several screens may show the same one. Nothing is done here, and nobody is named but
// who took a to-do.
import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { lookAgain, ready } from "../ballot/history";
import { recall } from "../ballot/record";
import type { Meeting, Methods } from "../generated/api";
import { resume, store } from "../sync/feed";
import { newId, post, RpcError } from "../sync/rpc";
import { call, connect, connection, learnClock, signedOut } from "../sync/socket";
import { Entry } from "./entry";
import { Screen } from "./screen";
import "./screen.css";
import "./tight.css";
import { useKeys, watchPointer } from "./keys";
import { speakAll, zone } from "./words";

export type Session = Methods["session.screen"]["result"];
type State =
  | { is: "entering" }
  /** Asked for a code; `reason`: of the refusal before. */
  | { is: "asking"; reason?: string }
  | { is: "showing"; session: Session; meeting: string };
export const state = signal<State>({ is: "entering" });

const againAfterMs = 2_000;
const codeOf = (): string => decodeURIComponent(location.hash.slice(1)).replace(/[\s-]/g, "");

async function hello(): Promise<void> {
  const resumed = resume();
  resumed.catch(() => {});
  const found = await call("session.get", {}, true);
  learnClock(found.now_ms);
  await resumed;
}

async function begin(session: Session): Promise<void> {
  zone.value = session.time_zone;
  await speakAll(session.languages);
  await recall(session.org, session.vkey);
  await ready().catch(() => {});
  state.value = { is: "showing", session, meeting: session.meeting ?? "" };
  connect(hello);
}

/** A screen that was refused asks for a code; one without a network tries again by itself. */
export async function enter(code: string): Promise<void> {
  if (!code) {
    state.value = { is: "asking" };
    return;
  }
  try {
    await begin(await post("session.screen", { code, command: newId() }));
  } catch (error) {
    if (!(error instanceof RpcError)) setTimeout(enter, againAfterMs, code);
    else state.value = { is: "asking", reason: error.reason };
  }
}

/** With the end of its meeting a code opens nothing any more: what was shown last stays, for the hall. */
function isOver(meeting: string): boolean {
  const found = store.document("meeting", meeting).peek() as Meeting | undefined;
  return found?.state === "ended" || found?.state === "cancelled";
}

/** Its session is over: with its code (another one took its place), or for good. */
function onSignedOut(): void {
  const now = state.peek();
  if (!signedOut.value || now.is !== "showing" || isOver(now.meeting)) return;
  enter(codeOf()).catch(() => {});
}

/** The newest seal, verified and compared with the one before, whenever something may have changed. */
const sealEveryMs = 5_000;
function followSeals(): void {
  const look = () => lookAgain().catch(() => {});
  effect(() => {
    if (connection.value.state === "up") look();
  });
  setInterval(look, sealEveryMs);
}

function Root() {
  useKeys();
  const now = state.value;
  if (now.is === "showing") return <Screen session={now.session} meeting={now.meeting} />;
  return <Entry waiting={now.is === "entering"} reason={now.is === "asking" ? now.reason : ""} />;
}

export async function show(root: HTMLElement): Promise<void> {
  document.documentElement.classList.add("screen");
  watchPointer();
  await speakAll([]);
  render(<Root />, root);
  effect(onSignedOut);
  followSeals();
  addEventListener("hashchange", () => enter(codeOf()));
  await enter(codeOf());
}
