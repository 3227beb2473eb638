// What this device remembers of the record: the key it learned when joining, and the last seal it
// verified. On each return the server must prove that the record only grew. A failure is kept, shown
// in red, and asked about before the next signature; it never deletes or votes by itself.
// It comes after the page: what every page needs sooner is in record.ts. Whoever signs, or believes a seal, waits for it.
// A record that goes on in a new epoch is followed where the old key vouches for it and nothing this
// device saw is lost (epoch.ts); otherwise only when a person has looked.
import { RpcError } from "../sync/rpc";
import { call, connection } from "../sync/socket";
import { set } from "../sync/storage";
import { type Bytes, fromBase64Url, Malformed } from "./bytes";
import {
  type Checkpoint,
  type LogKey,
  openCheckpoint,
  parseVkey,
  ReceiptError,
} from "./checkpoint";
import { isGoodKey } from "./ed25519";
import { type Alarm, alarm, ends, load, seal, shown } from "./record";
import { checkConsistency } from "./tree";

let pinned = "";
let key: LogKey | undefined;
let queue: Promise<void> = Promise.resolve();

export const logKey = (): LogKey | undefined => key;
const keep = (name: string, value: unknown): Promise<void> =>
  set(`${name}/${shown.org}`, value).catch(() => {});

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

/** Somebody has looked: a new epoch is from now on the one this device knows. */
export async function markLooked(): Promise<void> {
  await ready();
  const what = alarm.value;
  if (!what) return;
  if (what.next && what.next !== pinned) {
    if (key && what.lost) await noteEnd(key.origin, what.lost[0]);
    await adopt(what.next, null);
  }
  alarm.value = { ...what, looked: true };
  await keep("alarm", alarm.value);
  if (what.next) await askRecord().catch(() => {});
}

async function noteEnd(origin: string, from: number): Promise<void> {
  ends.value = [...ends.peek(), { origin, from }];
  await keep("ends", ends.peek());
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

/** A key met for the first time is looked at before anything is signed or believed, and soon after arriving anyway.
 * Is it good? */
export async function proveKey(): Promise<boolean> {
  await ready();
  if (!unproven) return true;
  proving ??= lookAtKey().finally(() => {
    proving = undefined;
  });
  await proving;
  return !unproven;
}

function proveLater(): void {
  clearTimeout(proveTimer);
  proveTimer = setTimeout(() => proveKey().catch(proveLater), proveAfterMs);
}

let readyFor = "";
let getting: Promise<void> = Promise.resolve();
/** Settled when what the session shows is pinned. */
export async function ready(): Promise<void> {
  if (!shown.vkey) throw new Error("nobody is in session yet");
  const wanted = `${shown.org} ${shown.vkey}`;
  if (wanted !== readyFor) {
    readyFor = wanted;
    getting = pin(shown.vkey);
    getting.catch(() => {
      readyFor = "";
    });
  }
  await getting;
}

/** Learns the record's key the first time; later it must be the same, or follow from it. */
async function pin(vkey: string): Promise<void> {
  const [known, before, left] = await Promise.all([
    load<Checkpoint>("seal"),
    load<string>("vkey"),
    load<boolean>("unproven"),
  ]);
  seal.value = known ?? null;
  pinned = before ?? vkey;
  key = await parseVkey(pinned);
  unproven = !before || left === true;
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

/** Says nothing of the record: the session is over, or the server cannot read its storage just now. */
const isPassing = (error: unknown): boolean =>
  error instanceof RpcError
    ? /^(session|storage)\./.test(error.reason)
    : !(error instanceof Malformed);

async function isConsistent(from: Checkpoint, to: Checkpoint): Promise<boolean> {
  if (from.origin !== to.origin) return false;
  try {
    const hashes = await prove(from.size, to.size);
    return await checkConsistency(from.size, from.root, to.size, to.root, hashes);
  } catch (error) {
    if (isPassing(error)) throw error;
    return false;
  }
}

/** `least`: so much of the record was there before the server said that this is all of it. */
async function compare(next: Checkpoint, least: number): Promise<void> {
  const last = seal.peek();
  const steps = last ? `${last.size} → ${next.size}` : "";
  if (last && next.size < last.size) {
    if (next.size < least) return raise("smaller", steps, next.note);
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
export const advance = (next: Checkpoint): Promise<void> => inTurn(() => compare(next, 0));

const sealWithinMs = 10_000;
/** A network that lets nothing through does not say so by itself. */
async function fetchSeal(): Promise<string> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), sealWithinMs);
  try {
    const { signal } = limit;
    const response = await fetch("/log/checkpoint", { credentials: "same-origin", signal });
    if (!response.ok) throw new Error(`no seal: ${response.status}`);
    return await response.text();
  } finally {
    clearTimeout(timer);
  }
}

let asking: Promise<void> | undefined;
/** On each return: is the record the one this device knew, only longer? Rejects where nobody could say. */
export function checkRecord(): Promise<void> {
  asking ??= askRecord().finally(() => {
    asking = undefined;
  });
  return asking;
}

/** The same on a connection; the next one asks by itself. */
export async function lookAgain(): Promise<void> {
  if (connection.peek().state === "up") await checkRecord();
}

/** No receipt waits while it is asked, only while it is compared. */
async function askRecord(): Promise<void> {
  await ready();
  const known = key;
  if (!known || isPending()) return;
  const least = seal.peek()?.size ?? 0;
  const note = await fetchSeal();
  await inTurn(async () => {
    // Meanwhile another epoch began: its seal is asked for when it is followed.
    if (key !== known || isPending()) return;
    try {
      await compare(await openCheckpoint(note, known), least);
    } catch (error) {
      if (!(error instanceof ReceiptError)) throw error;
      await raise("bad-seal", error.reason, note);
    }
  });
}
