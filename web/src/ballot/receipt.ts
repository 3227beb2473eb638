// Seals and receipts, checked by the device itself. A checkpoint is a signed note of the record's size
// and root; a receipt shows one ballot, its place in the record, and the checkpoint above it.
import { decodeBallot } from "./ballot";
import {
  type Bytes,
  concat,
  equal,
  fail,
  fromBase64,
  Malformed,
  Reader,
  tag,
  u8,
  utf8,
} from "./bytes";
import { verify } from "./ed25519";
import { checkInclusion, leafHash, sha256 } from "./hash";

export type ReceiptReason =
  | "receipt.malformed"
  | "receipt.wrong_log"
  | "receipt.bad_checkpoint"
  | "receipt.bad_commitment"
  | "receipt.not_mine"
  | "receipt.not_included";

export class ReceiptError extends Error {
  constructor(readonly reason: ReceiptReason) {
    super(reason);
  }
}
const refuse = (reason: ReceiptReason): never => {
  throw new ReceiptError(reason);
};

export interface LogKey {
  origin: string;
  keyId: Bytes;
  pk: Bytes;
}

/** `<origin>+<key id>+<base64(0x01 ‖ pk)>`. Throws Malformed. */
export async function parseVkey(vkey: string): Promise<LogKey> {
  const [, origin = "", id = "", key = ""] =
    /^([a-z0-9.:/-]{3,200})\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? fail("vkey");
  const bytes = fromBase64(key);
  if (bytes.length !== 33 || bytes[0] !== 1) fail("vkey");
  const keyId = (await sha256(utf8(origin), u8(10), bytes)).slice(0, 4);
  if (Array.from(keyId, (byte) => byte.toString(16).padStart(2, "0")).join("") !== id) fail("vkey");
  return { origin, keyId, pk: bytes.slice(1) };
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
  note: string;
}
interface OpenNote extends Checkpoint {
  signed: Bytes;
  keyId: Bytes;
  signature: Bytes;
}

/** The four parts of a note's text. Throws Malformed. */
export function parseNote(note: string): OpenNote {
  const [, head = "", tail = ""] =
    /^((?:[^\n]+\n){3})\n((?:[^\n]+\n)+)$/.exec(note) ?? fail("note");
  const [origin = "", size = "", root = ""] = head.split("\n");
  if (!/^[a-z0-9.:/-]{3,200}$/.test(origin) || !/^(0|[1-9]\d{0,15})$/.test(size)) fail("note");
  const rootBytes = fromBase64(root);
  if (rootBytes.length !== 32 || !Number.isSafeInteger(Number(size))) fail("note");
  const [first = "", ...witnesses] = tail.slice(0, -1).split("\n");
  const [, name = "", blob = ""] = /^— (\S+) (\S+)$/.exec(first) ?? fail("signature line");
  const bytes = fromBase64(blob);
  if (name !== origin || bytes.length !== 68) fail("signature line");
  for (const line of witnesses) {
    const [, who = "", what = ""] = /^— (\S+) (\S+)$/.exec(line) ?? fail("witness line");
    if (who === origin || fromBase64(what).length < 5) fail("witness line");
  }
  return {
    ...{ origin, size: Number(size), root: rootBytes, note, signed: utf8(head) },
    ...{ keyId: bytes.slice(0, 4), signature: bytes.slice(4) },
  };
}

/** Checks syntax, name and signature; throws ReceiptError. */
export async function openCheckpoint(note: string, key: LogKey): Promise<Checkpoint> {
  let open: OpenNote;
  try {
    open = parseNote(note);
  } catch {
    return refuse("receipt.malformed");
  }
  if (open.origin !== key.origin) refuse("receipt.wrong_log");
  const good = equal(open.keyId, key.keyId) && (await verify(key.pk, open.signed, open.signature));
  if (!good) refuse("receipt.bad_checkpoint");
  return { origin: open.origin, size: open.size, root: open.root, note };
}

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
