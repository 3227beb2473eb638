// Receipts, checked by the device itself: one ballot, its place in the record, and the checkpoint above it.
import { decodeBallot } from "./ballot";
import { type Bytes, concat, equal, fail, fromBase64, Malformed, Reader, tag, u8 } from "./bytes";
import {
  type Checkpoint,
  type LogKey,
  openCheckpoint,
  parseNote,
  type ReceiptReason,
  refuse,
} from "./checkpoint";
import { sha256 } from "./hash";
import { checkInclusion, leafHash } from "./tree";

export interface Receipt {
  seq: number;
  timeMs: number;
  poll: string;
  tbs: Bytes;
  signature: Bytes;
  checkpoint: Checkpoint;
}
interface ReceiptParts {
  extra: Bytes;
  seq: number;
  hashes: Bytes[];
  note: string;
}

export function parseReceipt(file: string): ReceiptParts {
  const split = file.indexOf("\n\n");
  if (split < 0) fail("receipt");
  const [version, extra = "", index = "", ...hashes] = file.slice(0, split).split("\n");
  if (version !== "c2sp.org/tlog-proof@v1") fail("version");
  const [, blob = ""] = /^extra (\S+)$/.exec(extra) ?? fail("extra");
  const [, seq = ""] = /^index (0|[1-9]\d{0,15})$/.exec(index) ?? fail("index");
  if (hashes.length > 63 || !Number.isSafeInteger(Number(seq))) fail("hashes");
  const list = hashes.map((line) => {
    const hash = fromBase64(line);
    return hash.length === 32 ? hash : fail("hash");
  });
  return { extra: fromBase64(blob), seq: Number(seq), hashes: list, note: file.slice(split + 2) };
}

const leafSize = 59;
interface Opened {
  leaf: Bytes;
  salt: Bytes;
  payload: Bytes;
  timeMs: number;
  poll: string;
  commitment: Bytes;
}

export function openLeaf(extra: Bytes, type = 10): Opened {
  const reader = new Reader(extra);
  const leaf = reader.take(leafSize);
  const salt = reader.hash();
  const payload = reader.take(reader.left);
  const fields = new Reader(leaf);
  if (fields.u8() !== 1 || fields.u8() !== type) fail("leaf");
  const timeMs = fields.u64();
  const poll = fields.id();
  if (fields.u8() !== 0) fail("leaf");
  return { leaf, salt, payload, timeMs, poll, commitment: fields.hash() };
}

/**
 * Checks a receipt against the record's known key. `signed` is what this device signed, when it did.
 * Throws ReceiptError with the reason.
 */
export async function checkReceipt(file: string, key: LogKey, signed?: Bytes): Promise<Receipt> {
  let parts: ReceiptParts;
  let opened: Opened;
  let tbs: Bytes;
  try {
    parts = parseReceipt(file);
    opened = openLeaf(parts.extra);
    if (opened.payload.length <= 64) fail("payload");
    tbs = opened.payload.slice(0, -64);
    parseNote(parts.note);
  } catch (error) {
    if (error instanceof Malformed) return refuse("receipt.malformed");
    throw error;
  }
  const checkpoint = await openCheckpoint(parts.note, key);
  const commitment = await sha256(tag("commit"), opened.salt, u8(10), opened.payload);
  if (!equal(commitment, opened.commitment)) refuse("receipt.bad_commitment");
  const mine = isMine(tbs, opened.poll, signed);
  if (mine) refuse(mine);
  const { seq, hashes } = parts;
  const leaf = await leafHash(opened.leaf);
  if (!(await checkInclusion(leaf, seq, checkpoint.size, hashes, checkpoint.root)))
    refuse("receipt.not_included");
  const { timeMs, poll, payload } = opened;
  return { seq, timeMs, poll, tbs, signature: concat(payload.slice(-64)), checkpoint };
}

function isMine(tbs: Bytes, poll: string, signed?: Bytes): ReceiptReason | null {
  if (signed && !equal(tbs, signed)) return "receipt.not_mine";
  try {
    return decodeBallot(tbs).poll === poll ? null : "receipt.malformed";
  } catch {
    return "receipt.malformed";
  }
}
