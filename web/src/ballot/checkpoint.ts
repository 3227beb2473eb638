// Seals: a checkpoint is a signed note of the record's size and root. What every page needs to see whether the
// record only grew; receipts (receipt.ts) come with the pages of votes.
import { type Bytes, equal, fail, fromBase64, u8, utf8 } from "./bytes";
import { verify } from "./ed25519";
import { sha256 } from "./hash";

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
export const refuse = (reason: ReceiptReason): never => {
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
