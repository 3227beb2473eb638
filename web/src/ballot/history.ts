// What this device remembers of the record: the key it learned when joining, and the last seal it
// verified. On each return the server must prove that the record only grew. A failure is kept, shown
// in red, and asked about before the next signature; it never deletes or votes by itself.
// A record that goes on in a new epoch is followed where the old key vouches for it and nothing this
// device saw is lost (epoch.ts); otherwise only when a person has looked.
import { signal } from "@preact/signals";
import { get, set } from "idb-keyval";
import { RpcError } from "../sync/rpc";
import { call } from "../sync/socket";
import { type Bytes, fromBase64Url, Malformed } from "./bytes";
import {
  type Checkpoint,
  type LogKey,
  openCheckpoint,
  parseVkey,
  ReceiptError,
} from "./checkpoint";
import { isGoodKey } from "./ed25519";
import { checkConsistency } from "./hash";

export interface Alarm {
  why:
    | "key-changed"
    | "smaller"
    | "inconsistent"
    | "bad-seal"
    | "unknown-history"
    | "bad-receipt"
    | "lost";
  detail: string;
  atMs: number;
  /** The two seals, for whoever looks into it. */
  kept: string;
  seen: string;
  /** A person has looked at it on this device. */
  looked: boolean;
  /** The key of another epoch: known from when a person has looked. */
  next?: string;
  /** Entries this device knew, and which are not in the record any more: from, and up to before. */
  lost?: [number, number];
}
export const alarm = signal<Alarm | null>(null);
/** The last seal this device verified. */
export const seal = signal<Checkpoint | null>(null);

let org = "";
let pinned = "";
let key: LogKey | undefined;
let queue: Promise<void> = Promise.resolve();
/** Ends of epochs: what an origin sealed from this place on is lost. */
let ends: { origin: string; from: number }[] = [];

export const logKey = (): LogKey | undefined => key;
/** The key this device goes by; another one from the server means a new epoch. */
export const knows = (vkey: string): boolean => vkey === pinned;
const load = <T>(name: string): Promise<T | undefined> =>
  get<T>(`${name}/${org}`).catch(() => undefined);
const keep = (name: string, value: unknown): Promise<void> =>
  set(`${name}/${org}`, value).catch(() => {});

async function raiseWith(what: Pick<Alarm, "why" | "detail" | "seen"> & Partial<Alarm>) {
  const kept = seal.peek()?.note ?? "";
  alarm.value = { atMs: Date.now(), kept, looked: false, ...what };
  await keep("alarm", alarm.value);
}
/** Before a person has looked at a new epoch, what else fails follows from it. */
const isPending = (): boolean => alarm.peek()?.next !== undefined && !alarm.peek()?.looked;
export async function raise(why: Alarm["why"], detail: string, seen: string): Promise<void> {
  if (!isPending()) await raiseWith({ why, detail, seen });
}
/** For the sentence about it. */
export const lostOf = ({ lost }: Alarm): { from: number; to: number } => ({
  from: lost?.[0] ?? 0,
  to: (lost?.[1] ?? 1) - 1,
});

/** Somebody has looked: a new epoch is from now on the one this device knows. */
export async function markLooked(): Promise<void> {
  const what = alarm.value;
  if (!what) return;
  if (what.next && what.next !== pinned) {
    if (key && what.lost) await noteEnd(key.origin, what.lost[0]);
    await adopt(what.next, null);
  }
  alarm.value = { ...what, looked: true };
  await keep("alarm", alarm.value);
  if (what.next) await checkRecord().catch(() => {});
}

async function noteEnd(origin: string, from: number): Promise<void> {
  ends = [...ends, { origin, from }];
  await keep("ends", ends);
}
/** Was this entry, under this receipt's seal, lost when an epoch ended? */
export function isLost(seq: number, receipt: string): boolean {
  const origin = /\n\n(\S+)\n/.exec(receipt)?.[1];
  return ends.some((end) => end.origin === origin && seq >= end.from);
}

async function adopt(vkey: string, known: Checkpoint | null): Promise<void> {
  pinned = vkey;
  key = await parseVkey(vkey);
  seal.value = known;
  await keep("vkey", vkey);
  await keep("seal", known ?? undefined);
}

/** The code that looks at a key is heavy, and the first page does without. */
const proveAfterMs = 10_000;
let unproven = false;
let proving: Promise<void> | undefined;
let proveTimer: ReturnType<typeof setTimeout> | undefined;

async function lookAtKey(): Promise<void> {
  if (!key) return;
  if (!(await isGoodKey(key.pk))) return raise("bad-seal", pinned, "");
  unproven = false;
  await keep("unproven", undefined);
}

/** A key met for the first time is looked at before a vote is shown, and soon after arriving anyway. */
export async function proveKey(): Promise<void> {
  if (!unproven) return;
  proving ??= lookAtKey().finally(() => {
    proving = undefined;
  });
  await proving;
}

function proveLater(): void {
  clearTimeout(proveTimer);
  proveTimer = setTimeout(() => proveKey().catch(proveLater), proveAfterMs);
}

/** Learns the record's key the first time; later it must be the same, or follow from it. */
export async function pin(organisation: string, vkey: string): Promise<void> {
  org = organisation;
  alarm.value = (await load<Alarm>("alarm")) ?? null;
  seal.value = (await load<Checkpoint>("seal")) ?? null;
  ends = (await load<typeof ends>("ends")) ?? [];
  const before = await load<string>("vkey");
  pinned = before ?? vkey;
  key = await parseVkey(pinned);
  unproven = !before || (await load<boolean>("unproven")) === true;
  if (unproven) proveLater();
  if (before && before !== vkey) return follow(vkey);
  if (before) return;
  await keep("unproven", true);
  await keep("vkey", vkey);
}

const prove = async (from: number, to: number): Promise<Bytes[]> =>
  from === to ? [] : (await call("log.proof", { from, to }, true)).hashes.map(fromBase64Url);

/** One epoch after the other, from the key this device knows to the one the server shows. */
async function follow(vkey: string): Promise<void> {
  if (alarm.peek()?.next === vkey && isPending()) return;
  const changed = { why: "key-changed" as const, detail: `${pinned}\n${vkey}`, next: vkey };
  const { epochOf, judgeEpoch } = await import("./epoch");
  try {
    while (key && pinned !== vkey) {
      const number = epochOf(key.origin) + 1;
      const { proof } = await call("log.epoch", { epoch: number }, true);
      const judged = await judgeEpoch(proof, key, seal.peek(), prove);
      if ("follow" in judged) {
        await adopt(judged.follow.vkey, judged.follow.seal);
        continue;
      }
      const { why, epoch } = judged;
      const size = seal.peek()?.size ?? 0;
      const lost = size > epoch.seq ? { lost: [epoch.seq, size] as [number, number] } : {};
      return raiseWith({ ...changed, why, seen: epoch.seal.note, ...lost });
    }
  } catch (error) {
    if (!(error instanceof RpcError || error instanceof Malformed)) throw error;
    return raiseWith({ ...changed, seen: "" });
  }
}

async function isConsistent(from: Checkpoint, to: Checkpoint): Promise<boolean> {
  if (from.origin !== to.origin) return false;
  const hashes = await prove(from.size, to.size);
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
  await keep("seal", next);
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
  if (!key || isPending()) return;
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
