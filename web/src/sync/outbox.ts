// Everything a person does leaves through here: written to the browser's storage, then sent, then
// forgotten only when the server has answered. Closing the page or losing the network loses nothing;
// the command's own id makes a second arrival harmless.
import { effect, signal } from "@preact/signals";
import { type Given, type Method, newId, type Params, type Result, RpcError } from "./rpc";
import { call } from "./socket";
import { delMany, entries, set } from "./storage";

export interface Entry {
  command: string;
  member: string;
  method: Method;
  params: Record<string, unknown>;
  atMs: number;
}
const prefix = "outbox/";
/** Signed bytes are their own key: these methods take no `command`. */
const selfKeyed = new Set<string>(["ballot.cast", "device.enrol"]);

/** What waits for an answer, oldest first. */
export const waiting = signal<readonly Entry[]>([]);
/** Of the record: the latest that was written for this page. */
export let lastWritten = 0;
type Listener = (entry: Entry, result: unknown, error?: Error) => Promise<void>;
const listeners = new Map<string, Listener>();
let owner = "";
let recovered = "";
let lastMs = 0;
let order: Promise<void> = Promise.resolve();

/** Strictly later than any before: what was done first is sent first, after a reload too. */
function stamp(): number {
  lastMs = Math.max(Date.now(), lastMs + 1);
  return lastMs;
}

/** Told when an answer arrives, also for what an earlier page sent, which waits until it is dealt with. */
export function onAnswer(method: Method, listener: Listener): void {
  listeners.set(method, listener);
}

async function keep(entry: Entry): Promise<void> {
  try {
    await set(prefix + entry.command, entry);
  } catch {
    // Without storage (private window) the entry lives as long as the page.
  }
}

async function forget(entry: Entry): Promise<void> {
  try {
    await delMany([prefix + entry.command]);
  } catch {
    // There was no storage, or it is full: the next page sends it again, which changes nothing.
  }
}

const isOvertaking = (entry: Entry, all: readonly Entry[]): boolean =>
  all.some((one) => one.atMs < entry.atMs);

/** Settled when everything that was sent before it is answered. */
function whenFirst(entry: Entry): Promise<void> {
  return new Promise((done) => {
    const stop = effect(() => {
      if (isOvertaking(entry, waiting.value)) return;
      done();
      queueMicrotask(() => stop());
    });
  });
}

/** What was sent before may be held up by a limit: what it makes is not known yet to what overtakes it. */
async function ask(entry: Entry, params: Params<Method>): Promise<unknown> {
  try {
    return await call(entry.method, params);
  } catch (error) {
    const isEarly = error instanceof RpcError && error.reason.endsWith(".unknown");
    if (!isEarly || !isOvertaking(entry, waiting.peek())) throw error;
    await whenFirst(entry);
    return call(entry.method, params);
  }
}

async function transmit(entry: Entry): Promise<unknown> {
  const params = selfKeyed.has(entry.method)
    ? entry.params
    : { ...entry.params, command: entry.command };
  let result: unknown;
  let failure: Error | undefined;
  try {
    result = await ask(entry, params as Params<Method>);
    lastWritten = Math.max(lastWritten, (result as { seq?: number } | null)?.seq ?? 0);
  } catch (error) {
    failure = error as Error;
  }
  await listeners.get(entry.method)?.(entry, result, failure);
  waiting.value = waiting.peek().filter((one) => one.command !== entry.command);
  await forget(entry);
  if (failure) throw failure;
  return result;
}

/** Resolves with the server's answer, however long it takes; rejects with its refusal (RpcError). */
export async function send<M extends Method>(method: M, given: Given<M>): Promise<Result<M>> {
  const params = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  const entry: Entry = { command: newId(), member: owner, method, params, atMs: stamp() };
  waiting.value = [...waiting.peek(), entry];
  order = order.then(() => keep(entry));
  await order;
  return (await transmit(entry)) as Result<M>;
}

const recoverAgainMs = 5_000;
/**
 * Sends what an earlier page of this member left behind. Once, when the session is known. `ready`: what must
 * be here before it is sent; where that fails, it is tried again. `refused`: nobody else hears of it.
 */
export async function recover(
  member: string,
  ready: (left: readonly Entry[]) => Promise<void>,
  refused: (error: unknown) => void,
): Promise<void> {
  owner = member;
  if (recovered === member) return;
  const stored = await entries<Entry>().catch(() => []);
  const mine = stored
    .filter(([key, entry]) => key.startsWith(prefix) && entry.member === member)
    .map(([, entry]) => entry)
    .filter((entry) => !waiting.peek().some((one) => one.command === entry.command))
    .sort((a, b) => a.atMs - b.atMs);
  try {
    await ready(mine);
  } catch {
    setTimeout(() => owner === member && recover(member, ready, refused), recoverAgainMs);
    return;
  }
  if (recovered === member) return;
  recovered = member;
  waiting.value = [...mine, ...waiting.peek()];
  for (const entry of mine) transmit(entry).catch(refused);
}
