// What this device remembers of the record: the key it learned when joining, and the last seal it
// verified. On each return the server must prove that the record only grew. A failure is kept, shown
// in red, and asked about before the next signature; it never deletes or votes by itself.
import { signal } from "@preact/signals";
import { get, set } from "idb-keyval";
import { RpcError } from "../sync/rpc";
import { call } from "../sync/socket";
import { fromBase64Url } from "./bytes";
import { isGoodKey } from "./ed25519";
import { checkConsistency } from "./hash";
import { type Checkpoint, type LogKey, openCheckpoint, parseVkey, ReceiptError } from "./receipt";

export interface Alarm {
  why: "key-changed" | "smaller" | "inconsistent" | "bad-seal" | "unknown-history" | "bad-receipt";
  detail: string;
  atMs: number;
  /** The two seals, for whoever looks into it. */
  kept: string;
  seen: string;
  /** A person has looked at it on this device. */
  looked: boolean;
}
export const alarm = signal<Alarm | null>(null);
/** The last seal this device verified. */
export const seal = signal<Checkpoint | null>(null);

let org = "";
let key: LogKey | undefined;
let queue: Promise<void> = Promise.resolve();

export const logKey = (): LogKey | undefined => key;

export async function raise(why: Alarm["why"], detail: string, seen: string): Promise<void> {
  const kept = seal.peek()?.note ?? "";
  alarm.value = { why, detail, atMs: Date.now(), kept, seen, looked: false };
  await set(`alarm/${org}`, alarm.value).catch(() => {});
}

export async function markLooked(): Promise<void> {
  if (!alarm.value) return;
  alarm.value = { ...alarm.value, looked: true };
  await set(`alarm/${org}`, alarm.value).catch(() => {});
}

/** Learns the record's key the first time; later it must be the same. */
export async function pin(organisation: string, vkey: string): Promise<void> {
  org = organisation;
  alarm.value = (await get<Alarm>(`alarm/${org}`).catch(() => undefined)) ?? null;
  seal.value = (await get<Checkpoint>(`seal/${org}`).catch(() => undefined)) ?? null;
  const pinned = await get<string>(`vkey/${org}`).catch(() => undefined);
  key = await parseVkey(pinned ?? vkey);
  if (pinned && pinned !== vkey) return raise("key-changed", `${pinned}\n${vkey}`, "");
  if (pinned) return;
  if (!(await isGoodKey(key.pk))) return raise("bad-seal", vkey, "");
  await set(`vkey/${org}`, vkey).catch(() => {});
}

async function isConsistent(from: Checkpoint, to: Checkpoint): Promise<boolean> {
  if (from.origin !== to.origin) return false;
  const hashes =
    from.size === to.size
      ? []
      : (await call("log.proof", { from: from.size, to: to.size })).hashes.map(fromBase64Url);
  return checkConsistency(from.size, from.root, to.size, to.root, hashes);
}

/** `current`: the server says that this is its record now, so it may not be smaller than before. */
async function compare(next: Checkpoint, current: boolean): Promise<void> {
  const last = seal.peek();
  const steps = last ? `${last.size} → ${next.size}` : "";
  if (last && next.size < last.size) {
    if (current) return raise("smaller", steps, next.note);
    if (!(await isConsistent(next, last))) return raise("inconsistent", steps, next.note);
    return;
  }
  if (last && !(await isConsistent(last, next))) return raise("inconsistent", steps, next.note);
  seal.value = next;
  await set(`seal/${org}`, next).catch(() => {});
}

/** One comparison after the other, so that a seal on its way is not taken for a step back. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const done = queue.then(work);
  queue = done.catch(() => {});
  return done;
}

/** The verified seal of a receipt: consistent with the last one known, which it replaces if newer. */
export const advance = (next: Checkpoint): Promise<void> => inTurn(() => compare(next, false));

/** On each return: is the record the one this device knew, only longer? */
export const checkRecord = (): Promise<void> => inTurn(askRecord);

async function askRecord(): Promise<void> {
  if (!key) return;
  const response = await fetch("/log/checkpoint", { credentials: "same-origin" });
  if (!response.ok) return;
  const note = await response.text();
  try {
    await compare(await openCheckpoint(note, key), true);
  } catch (error) {
    if (error instanceof ReceiptError) await raise("bad-seal", error.reason, note);
    else if (error instanceof RpcError) await raise("inconsistent", error.reason, note);
    else throw error;
  }
}
