// The connection: one WebSocket, JSON-RPC 2.0. "Open" and "sent" prove nothing (a stalled network keeps
// both), so the socket asks for a sign of life every 10 s and is dead 5 s later without one. Calls wait
// here until they are answered and are sent again on each new connection: every command carries an id
// of the client's and is answered the same when repeated.
// Where three tries in a row bring no working WebSocket, requests and polls take its place (exchange.ts);
// from time to time a WebSocket is tried beside them, and once it has answered it takes over.
import { effect, signal } from "@preact/signals";
import { momentMs, restartSpreadMs, returnSpreadMs, waitMs, wakeSpreadMs } from "./backoff";
import { better, estimate, unknown } from "./clock";
import {
  type Ahead,
  exchangePlace,
  openingId,
  openSocket,
  type Question,
  sameQuestion,
  type Subscription,
} from "./ahead";
import type { Exchange } from "./exchange";
import { type Method, type Params, type Result, RpcError, type RpcFault } from "./rpc";

/** When life is asked for, when a connection without it is dead (a new one, of whose network nothing is known yet), and
 * how far the tries to have another one spread. */
const calmPace = { pingMs: 10_000, deadMs: 5_000, silentMs: 4_000, steps: 10 };
const hurriedPace = { pingMs: 2_000, deadMs: 2_000, silentMs: 2_000, steps: 1 };
let hurried = 0;
const pace = () => (hurried > 0 ? hurriedPace : calmPace);
/** A screen that a hall looks at, and who leads it, know within four seconds; until what is returned is called. */
export function hurry(): () => void {
  hurried++;
  if (socket?.readyState === WebSocket.OPEN) ping();
  return () => {
    hurried--;
  };
}
/** After a page was away: whoever looks at it again waits. A slower network gets four times what it took. */
const backWithinMs = 1_200;
const awayMs = 5_000;
const openWithinMs = 8_000;
const triesBeforeExchange = 3;
const probeAfterMs = 30_000;
const probeAtMostMs = 600_000;

/** up: answered lately. down: waiting to try again. since: when it went down. */
export const connection = signal<{ state: "up" | "connecting" | "down"; sinceMs: number }>({
  state: "connecting",
  sinceMs: Date.now(),
});
/** The server refused the session: the person needs a link. */
export const signedOut = signal(false);
/** What is known of the server's clock. */
let clock = unknown;
/** server's clock − this device's clock */
const clockOffset = signal(0);
export const serverNow = (): number => Date.now() + clockOffset.value;
/** The server has just said its time; askedMs: when it was asked, by this device, if that is known. */
export function learnClock(saidMs: number, askedMs?: number): void {
  clock = better(clock, estimate(saidMs, Date.now(), askedMs));
  clockOffset.value = clock.offsetMs;
}

interface Call {
  id: number;
  method: Method;
  params: unknown;
  sent: boolean;
  /** Goes out at the start of a connection, before the session is known. */
  first: boolean;
  /** A limit holds it up. One at most: a call that went out again on a new connection may be refused there, too. */
  retry?: ReturnType<typeof setTimeout>;
  resolve(result: unknown): void;
  reject(error: Error): void;
}
interface Message {
  id?: number | null;
  result?: unknown;
  error?: RpcFault;
  method?: string;
  params?: unknown;
}

/** Asked on the open connection before the page asks it in the same words, and then gets this answer. */
export function askAhead(question: Question): void {
  if (!ahead || socket?.readyState !== WebSocket.OPEN) return;
  if (ahead.asked.some((one) => sameQuestion(one, question))) return;
  const one = { ...question, id: nextId++ };
  ahead.asked.push(one);
  socket.send(JSON.stringify({ jsonrpc: "2.0", ...one }));
}

/** How much of what the page came for is not answered yet. */
const pressing = signal(0);
const calmMs = 100;
const calls = new Map<number, Call>();
const listeners = new Map<string, (params: unknown) => void>();
let socket: WebSocket | Exchange | undefined;
let exchange: Exchange | undefined;
/** What this connection was asked with its opening, or by the first file of the page. */
let ahead: Pick<Ahead, "asked" | "heard"> | undefined;
let offer: () => Subscription | undefined = () => undefined;
/** Tries in a row that brought no working WebSocket. */
let failed = 0;
let probeMs = probeAfterMs;
let probeTimer: ReturnType<typeof setTimeout> | undefined;
let greet: () => Promise<void> = async () => {};
let greeted = false;
let nextId = 1;
let heardMs = 0;
let opened = 0;
let tries = 0;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let pingTimer: ReturnType<typeof setTimeout> | undefined;
let deadTimer: ReturnType<typeof setTimeout> | undefined;
/** By when a sign of life must have come; 0: none is awaited. */
let deadAtMs = 0;
/** How long the last sign of life took. */
let tookMs = 0;
let hiddenAtMs = 0;

function setState(state: "up" | "connecting" | "down"): void {
  const before = connection.peek();
  if (before.state === state) return;
  const stillAway = before.state !== "up" && state !== "up";
  connection.value = { state, sinceMs: stillAway ? before.sinceMs : Date.now() };
}

/** The same was asked before the page's code was here: this call takes its number, and its answer. */
function takeAsked(call: Call): boolean {
  const at = ahead?.asked.findIndex((one) => sameQuestion(one, call as Question)) ?? -1;
  const [asked] = at < 0 ? [] : (ahead?.asked.splice(at, 1) ?? []);
  if (!asked) return false;
  calls.delete(call.id);
  call.id = asked.id;
  calls.set(call.id, call);
  return true;
}

function transmit(call: Call): void {
  if (socket?.readyState !== WebSocket.OPEN) return;
  call.sent = true;
  if (takeAsked(call)) {
    tellHeard();
    return;
  }
  const { id, method, params } = call;
  socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
}

/** Waits for the connection as long as it takes. Rejects only with a refusal (RpcError). */
export function call<M extends Method>(
  method: M,
  params: Params<M>,
  first = false,
): Promise<Result<M>> {
  return new Promise((resolve, reject) => {
    const done = resolve as (result: unknown) => void;
    const entry: Call = { id: nextId++, method, params, sent: false, first, resolve: done, reject };
    calls.set(entry.id, entry);
    if (first) countPressing();
    if (greeted || first) transmit(entry);
  });
}

function countPressing(): void {
  pressing.value = [...calls.values()].filter(
    (one) => one.first && one.method !== "session.ping",
  ).length;
}

/** When all that the page came for is answered, and nothing new is asked for a moment: then what can wait may come. */
export function calm(): Promise<void> {
  return new Promise((done) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      clearTimeout(timer);
      if (pressing.value > 0) return;
      timer = setTimeout(() => {
        stop();
        done();
      }, calmMs);
    });
  });
}

/** Calls that only made sense on the connection that is gone. */
function forget(method: Method): void {
  for (const [id, one] of calls) if (one.method === method) calls.delete(id);
}

/** When the last that waits goes out again, by method. */
const retriesAtMs = new Map<Method, number>();
/** The wait that was named is the next one's: of several each goes after the other, or all but one would be refused again. */
function retryLater(one: Call, ms: number): void {
  const now = performance.now();
  const atMs = Math.max(now, retriesAtMs.get(one.method) ?? 0) + ms;
  retriesAtMs.set(one.method, atMs);
  clearTimeout(one.retry);
  one.retry = setTimeout(() => {
    if (calls.has(one.id)) transmit(one);
  }, atMs - now);
}

/** An answer to what nobody has asked yet. */
function keepAhead(message: Message): void {
  if (ahead?.asked.some(({ id }) => id === message.id)) ahead.heard.push(JSON.stringify(message));
}

function settle(message: Message): void {
  const one = calls.get(message.id ?? -1);
  if (!one) {
    keepAhead(message);
    return;
  }
  if (!message.error) {
    calls.delete(one.id);
    countPressing();
    one.resolve(message.result);
    return;
  }
  const error = new RpcError(message.error);
  const { retryAfterMs = 1_000 } = error;
  if (error.reason === "rate.limited" && retryAfterMs <= momentMs) {
    retryLater(one, retryAfterMs);
    return;
  }
  // Stays waiting and goes out again on the next connection.
  if (error.reason === "server.stopping") return;
  if (error.reason === "session.none" || error.reason === "session.expired") leave();
  calls.delete(one.id);
  countPressing();
  one.reject(error);
}

function receive(data: unknown): void {
  if (typeof data !== "string") return;
  heardMs = Date.now();
  stopWaiting();
  let message: Message;
  try {
    message = JSON.parse(data) as Message;
  } catch {
    return;
  }
  if (message.method) listeners.get(message.method)?.(message.params);
  else settle(message);
}

function stopWaiting(): void {
  clearTimeout(deadTimer);
  deadAtMs = 0;
}

/** A later question never puts off the end of an earlier one. */
function awaitLife(withinMs: number): void {
  const atMs = Date.now() + withinMs;
  if (deadAtMs > 0 && deadAtMs <= atMs) return;
  clearTimeout(deadTimer);
  deadAtMs = atMs;
  deadTimer = setTimeout(drop, withinMs);
}

function ping(withinMs = greeted ? pace().deadMs : pace().silentMs): void {
  clearTimeout(pingTimer);
  pingTimer = setTimeout(ping, pace().pingMs);
  awaitLife(withinMs);
  const askedMs = Date.now();
  forget("session.ping");
  call("session.ping", {} as Params<"session.ping">, true).then(
    (answer) => {
      tookMs = Date.now() - askedMs;
      learnClock(answer.now_ms, askedMs);
      askAnyway();
    },
    () => {},
  );
}

/** A server that knows of the question in the address has answered it before this: that one does not. */
function askAnyway(): void {
  const one = calls.get(openingId);
  if (!one) return;
  calls.delete(one.id);
  one.id = nextId++;
  calls.set(one.id, one);
  transmit(one);
}

/** The connection is dead: do not wait for its close event, which may take minutes. */
function drop(): void {
  hush(socket);
  lost(0);
}

function hush(old: WebSocket | Exchange | undefined): void {
  if (!old) return;
  old.onopen = old.onclose = old.onmessage = old.onerror = null;
  old.close();
}

/** What was sent on a connection that is gone goes out again; what only made sense on it does not. */
function startOver(): void {
  greeted = false;
  ahead = undefined;
  retriesAtMs.clear();
  for (const one of calls.values()) one.sent = false;
  forget("session.ping");
  forget("session.get");
  forget("feed.subscribe");
  forget("feed.unsubscribe");
  countPressing();
}

function lost(spreadMs: number): void {
  clearTimeout(pingTimer);
  stopWaiting();
  clearTimeout(retryTimer);
  clearTimeout(probeTimer);
  // A network on which requests worked gets one try of a WebSocket; one on which they failed too, three.
  if (exchange) failed = greeted ? triesBeforeExchange - 1 : 0;
  else failed = greeted ? 0 : failed + 1;
  socket = exchange = undefined;
  startOver();
  setState("down");
  if (signedOut.peek()) return;
  const waitedMs =
    failed >= triesBeforeExchange ? 0 : waitMs(Math.min(tries++, pace().steps), Math.random());
  retryTimer = setTimeout(open, waitedMs + Math.random() * spreadMs);
}

function leave(): void {
  signedOut.value = true;
  clearTimeout(retryTimer);
  clearTimeout(probeTimer);
}

function remember(exchanging: boolean): void {
  try {
    if (exchanging) sessionStorage.setItem(exchangePlace, "1");
    else sessionStorage.removeItem(exchangePlace);
  } catch {
    // Without storage each page finds out anew.
  }
}

/** When the server last said anything; 0: not yet. */
export const lastHeardMs = (): number => heardMs;
/** The number of the open connection, 0 while there is none. */
export const openConnection = (): number => (socket?.readyState === WebSocket.OPEN ? opened : 0);
/** The one on which what is asked now will be answered: the open one, else the next. */
export const answeringConnection = (): number => openConnection() || opened + 1;

async function begin(): Promise<void> {
  const mine = socket;
  opened++;
  stopWaiting();
  ping();
  if (hiddenAtMs > 0) saySleep();
  const greeting = greet();
  for (const one of calls.values()) if (one.first && !one.sent) transmit(one);
  // Later, it would be the answer to another question.
  if (ahead) ahead.asked = ahead.asked.filter(({ id }) => id !== openingId);
  // It has asked its questions by now; their answers may be here already.
  await tellHeard();
  await greeting;
  if (socket !== mine) return;
  greeted = true;
  tries = 0;
  remember(exchange !== undefined);
  if (exchange) probeLater();
  else failed = 0;
  setState("up");
  for (const one of calls.values()) if (!one.sent) transmit(one);
}

/** A connection on which the page could not begin is none. */
function beginOn(mine: WebSocket | Exchange): void {
  begin().catch(() => {
    if (socket === mine) drop();
  });
}

/** Each new connection subscribes to this with its opening; whoever asks in the same words gets that answer. */
export function openWith(subscription: () => Subscription | undefined): void {
  offer = subscription;
}

/** What was begun before this code was here, once; undefined: nothing that still lives. */
function takeAhead(): Ahead | undefined {
  const found = window.palabre;
  delete window.palabre;
  return found && found.closed === undefined ? found : undefined;
}

/** Goes on with it: what was asked is on its way, what was heard is told once the page has asked. */
function adopt(found: Ahead): void {
  ahead = found;
  use(found.socket);
  found.tell = () => {
    if (opened > 0) tellHeard();
  };
  if (found.socket.readyState === WebSocket.OPEN) beginOn(found.socket);
}

/** One after the other, as they came: whoever awaits an answer goes on before the next is told. */
async function tellHeard(): Promise<void> {
  for (const data of ahead?.heard.splice(0) ?? []) {
    receive(data);
    await Promise.resolve();
  }
}

function use(mine: WebSocket | Exchange): void {
  socket = mine;
  mine.onopen = () => beginOn(mine);
  mine.onmessage = (event: { data: unknown }) => receive(event.data);
  mine.onclose = (event: { code: number }) => {
    if (event.code === 4401) leave();
    lost(event.code === 1012 ? restartSpreadMs : 0);
  };
}

function open(): void {
  if (socket || signedOut.peek()) return;
  setState("connecting");
  // A path that swallows everything never opens and never closes.
  stopWaiting();
  awaitLife(openWithinMs);
  const begun = takeAhead();
  if (begun) adopt(begun);
  else if (failed < triesBeforeExchange) openNew();
  else openExchange();
}

function openNew(): void {
  const opening = openSocket(offer());
  ahead = { asked: opening.asked, heard: [] };
  use(opening.socket);
}

function openExchange(): void {
  import("./exchange").then(
    ({ Exchange }) => {
      if (socket || signedOut.peek()) return;
      exchange = new Exchange();
      use(exchange);
    },
    () => {
      if (socket) return;
      failed = 0;
      lost(0);
    },
  );
}

function probeLater(): void {
  clearTimeout(probeTimer);
  probeTimer = setTimeout(probeSocket, probeMs * (0.75 + Math.random() / 2));
  probeMs = Math.min(probeMs * 2, probeAtMostMs);
}

/** A WebSocket beside the requests: it takes over once it has answered. */
function probeSocket(): void {
  clearTimeout(probeTimer);
  if (!exchange) return;
  const mine = openSocket(undefined).socket;
  const giveUp = setTimeout(() => mine.close(), openWithinMs);
  mine.onopen = () =>
    mine.send(JSON.stringify({ jsonrpc: "2.0", id: 0, method: "session.ping", params: {} }));
  mine.onmessage = () => {
    clearTimeout(giveUp);
    if (exchange && greeted) moveTo(mine);
    else hush(mine);
  };
  mine.onclose = () => {
    clearTimeout(giveUp);
    if (exchange) probeLater();
  };
}

function moveTo(mine: WebSocket): void {
  hush(exchange);
  exchange = undefined;
  failed = triesBeforeExchange - 1;
  probeMs = probeAfterMs;
  startOver();
  use(mine);
  beginOn(mine);
}

/** A page that is put away says so: its silence then disturbs no meeting. Nothing answers. */
function saySleep(): void {
  if (socket?.readyState !== WebSocket.OPEN) return;
  const params = { on: hiddenAtMs > 0 };
  socket.send(JSON.stringify({ jsonrpc: "2.0", method: "session.sleep", params }));
}

function putAway(): void {
  if (hiddenAtMs > 0) return;
  hiddenAtMs = Date.now();
  saySleep();
}

function wake({ type }: Event): void {
  const now = Date.now();
  if (document.visibilityState === "hidden") putAway();
  if (signedOut.peek() || document.visibilityState === "hidden") return;
  const wasAway = hiddenAtMs > 0 && now - hiddenAtMs > awayMs;
  if (hiddenAtMs > 0) {
    hiddenAtMs = 0;
    saySleep();
  }
  if (socket?.readyState === WebSocket.OPEN) {
    ping(wasAway || type === "offline" ? Math.max(backWithinMs, 4 * tookMs) : undefined);
    if (exchange) {
      exchange.wake();
      probeSocket();
    }
  } else if (!socket && type !== "offline") {
    clearTimeout(retryTimer);
    tries = 0;
    const spreadMs = type === "online" ? wakeSpreadMs : returnSpreadMs;
    retryTimer = setTimeout(open, Math.random() * spreadMs);
  } else if (wasAway) drop();
}

/** Notifications of this name go to this function. */
export function listen(method: string, listener: (params: unknown) => void): void {
  listeners.set(method, listener);
}

/** Connects and stays connected. `hello` runs at the start of each connection, before waiting calls. */
export function connect(hello: () => Promise<void>): void {
  greet = hello;
  signedOut.value = false;
  tries = 0;
  try {
    failed = sessionStorage.getItem(exchangePlace) ? triesBeforeExchange : 0;
  } catch {
    failed = 0;
  }
  for (const event of ["online", "offline", "pageshow"]) window.addEventListener(event, wake);
  window.addEventListener("pagehide", putAway);
  if (document.visibilityState === "hidden") putAway();
  document.addEventListener("visibilitychange", wake);
  open();
}

/** Tries now instead of waiting. */
export function retryNow(): void {
  clearTimeout(retryTimer);
  open();
}

/** Leaves for good: after the session ended. */
export function disconnect(): void {
  leave();
  calls.clear();
  hush(socket);
  socket = exchange = undefined;
  clearTimeout(pingTimer);
  stopWaiting();
}
