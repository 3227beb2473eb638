// A new epoch of the record: the server was restored from a backup, or seals by another key. The event that
// began it is shown under a seal. If that seal is by the key this device knows, covers all it ever saw and
// only grew, the device takes over the key that the event names. Anything else a person must look at.
import { type Bytes, concat, equal, fail, Reader, tag, toBase64, u8, utf8 } from "./bytes";
import {
  type Checkpoint,
  type LogKey,
  openCheckpoint,
  parseNote,
  ReceiptError,
} from "./checkpoint";
import { sha256 } from "./hash";
import { openLeaf, parseReceipt } from "./receipt";
import { checkConsistency, checkInclusion, leafHash } from "./tree";

const epochType = 21;

export interface Epoch {
  /** Its place in the record: the first entry that is not what it was. */
  seq: number;
  vkey: string;
  /** The seal above it. */
  seal: Checkpoint;
}
export type Judged =
  | { follow: Epoch }
  | { why: "lost" | "key-changed" | "inconsistent"; epoch: Epoch };

/** `name/3` → ["name", 3]. */
function split(origin: string): [string, number] {
  const [, name = "", number = ""] = /^(.+)\/([1-9]\d*)$/.exec(origin) ?? fail("origin");
  return [name, Number(number)];
}
export const epochOf = (origin: string): number => split(origin)[1];

async function vkeyOf(origin: string, pk: Bytes): Promise<string> {
  const id = (await sha256(utf8(origin), u8(10), u8(1), pk)).slice(0, 4);
  const hex = Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${origin}+${hex}+${toBase64(concat(u8(1), pk))}`;
}

/** What the proof shows, whoever sealed it; it must follow `before`. Throws Malformed. */
async function openEpoch(file: string, before: string): Promise<Epoch> {
  const { extra, seq, hashes, note } = parseReceipt(file);
  const { leaf, salt, payload, commitment } = openLeaf(extra, epochType);
  if (!equal(await sha256(tag("commit"), salt, u8(epochType), payload), commitment))
    fail("commitment");
  const reader = new Reader(payload);
  const number = reader.u32();
  const origin = reader.str();
  const pk = reader.hash();
  const [name, last] = split(before);
  if (number !== last + 1 || origin !== `${name}/${number}`) fail("epoch");
  const { size, root } = parseNote(note);
  if (!(await checkInclusion(await leafHash(leaf), seq, size, hashes, root))) fail("inclusion");
  return { seq, vkey: await vkeyOf(origin, pk), seal: { origin, size, root, note } };
}

/**
 * May this device follow? `last`: the last seal it verified, in the epoch before. `prove` asks for the hashes
 * that show how one size grew to another. Throws Malformed.
 */
export async function judgeEpoch(
  file: string,
  key: LogKey,
  last: Checkpoint | null,
  prove: (from: number, to: number) => Promise<Bytes[]>,
): Promise<Judged> {
  const epoch = await openEpoch(file, key.origin);
  if (last && last.size > epoch.seq) return { why: "lost", epoch };
  try {
    await openCheckpoint(epoch.seal.note, key);
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
    return { why: "key-changed", epoch };
  }
  if (!last) return { follow: epoch };
  const hashes = await prove(last.size, epoch.seal.size);
  const { size, root } = epoch.seal;
  const grew = await checkConsistency(last.size, last.root, size, root, hashes);
  return grew ? { follow: epoch } : { why: "inconsistent", epoch };
}
