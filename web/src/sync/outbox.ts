// Everything a person does leaves through here: written to the browser's storage, then sent, then
// forgotten only when the server has answered. Closing the page or losing the network loses nothing;
// the command's own id makes a second arrival harmless.
import { signal } from "@preact/signals";
import { delMany, entries, set } from "idb-keyval";
import { type Given, type Method, newId, type Params, type Result } from "./rpc";
import { call } from "./socket";

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
type Listener = (entry: Entry, result: unknown, error?: Error) => void;
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

/** Told when an answer arrives, also for what an earlier page sent. */
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

async function transmit(entry: Entry): Promise<unknown> {
  const params = selfKeyed.has(entry.method)
    ? entry.params
    : { ...entry.params, command: entry.command };
  let result: unknown;
  let failure: Error | undefined;
  try {
    result = await call(entry.method, params as Params<Method>);
  } catch (error) {
    failure = error as Error;
  }
  waiting.value = waiting.peek().filter((one) => one.command !== entry.command);
  try {
    listeners.get(entry.method)?.(entry, result, failure);
  } finally {
    await delMany([prefix + entry.command]).catch(() => {});
  }
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

/**
 * Sends what an earlier page of this member left behind. Once, when the session is known. `ready`: what must
 * be here before it is sent; where that fails, the next connection tries again.
 */
export async function recover(
  member: string,
  ready: (left: readonly Entry[]) => Promise<void>,
): Promise<void> {
  owner = member;
  if (recovered === member) return;
  const stored = await entries<string, Entry>().catch(() => []);
  const mine = stored
    .filter(([key, entry]) => String(key).startsWith(prefix) && entry.member === member)
    .map(([, entry]) => entry)
    .filter((entry) => !waiting.peek().some((one) => one.command === entry.command))
    .sort((a, b) => a.atMs - b.atMs);
  try {
    await ready(mine);
  } catch {
    return;
  }
  recovered = member;
  waiting.value = [...mine, ...waiting.peek()];
  for (const entry of mine) transmit(entry).catch(() => {});
}
