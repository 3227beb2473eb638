// The formats of the record as a third party would write them from docs: keys, enrolments, ballots,
// checkpoints, receipts and proofs, with nothing but node:crypto. It shares no code with the client.
import assert from "node:assert/strict";
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto";

export const hash = (...parts: Uint8Array[]) => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest();
};
export const tag = (name: string) => Buffer.from(`palabre/v1/${name}\0`, "latin1");
export const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
export const idBytes = (text: string) => Buffer.from(text.replaceAll("-", ""), "hex");
export const idText = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
const u8 = (value: number) => Buffer.from([value]);
export const u16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
};
export const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
export const u64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
const zeros = (size: number) => Buffer.alloc(size);

/** A device's key pair. */
export class Device {
  readonly pk: Buffer;
  readonly #secret: KeyObject;

  constructor() {
    const pair = generateKeyPairSync("ed25519");
    this.#secret = pair.privateKey;
    this.pk = Buffer.from(pair.publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  }

  sign(bytes: Uint8Array): Buffer {
    return sign(null, bytes, this.#secret);
  }

  /** Parameters of device.enrol. */
  enrolment(org: string, member: string): { pk: string; proof: string } {
    const owner = [idBytes(org), idBytes(member)];
    const body = Buffer.concat([tag("device-key"), ...owner, this.pk, u8(1), zeros(16)]);
    return { pk: base64url(this.pk), proof: base64url(this.sign(body)) };
  }
}

function publicKey(pk: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: base64url(pk) },
    format: "jwk",
  });
}

export const yes = Buffer.from([2, 1]);
export const no = Buffer.from([2, 2]);
export const consents = Buffer.from([3, 1]);
export const objects = Buffer.from([3, 3]);
export const blank = Buffer.from([0]);
export const abstain = Buffer.from([1]);

/** Every field of what is signed; the tests change one at a time. */
export type Ballot = {
  tag: Buffer;
  org: string;
  poll: string;
  pollHash: Buffer;
  voter: string;
  onBehalfOf: string;
  mandate: Buffer;
  pk: Buffer;
  counter: number;
  weight: number;
  nonce: Buffer;
  seenSize: number;
  seenRoot: Buffer;
  note: Buffer;
  choice: Buffer;
};

export function ballotDefaults(): Omit<
  Ballot,
  "org" | "poll" | "pollHash" | "voter" | "onBehalfOf"
> {
  return {
    tag: tag("open-ballot"),
    mandate: zeros(32),
    pk: zeros(32),
    counter: 1,
    weight: 1,
    nonce: randomBytes(16),
    seenSize: 0,
    seenRoot: zeros(32),
    note: zeros(32),
    choice: yes,
  };
}

export function encodeBallot(ballot: Ballot): Buffer {
  return Buffer.concat([
    ballot.tag,
    idBytes(ballot.org),
    idBytes(ballot.poll),
    ballot.pollHash,
    idBytes(ballot.voter),
    idBytes(ballot.onBehalfOf),
    ballot.mandate,
    ballot.pk,
    u32(ballot.counter),
    u32(ballot.weight),
    ballot.nonce,
    u64(ballot.seenSize),
    ballot.seenRoot,
    ballot.note,
    u16(ballot.choice.length),
    ballot.choice,
  ]);
}

/** A note beside a ballot: what goes into the signed bytes, and what goes with the command. */
export function makeNote(text: string): { hash: Buffer; note: { salt: string; text: string } } {
  const salt = randomBytes(32);
  return {
    hash: hash(tag("note"), salt, Buffer.from(text)),
    note: { salt: base64url(salt), text },
  };
}

export type Checkpoint = { origin: string; size: number; root: Buffer };

/** Parses a signed note and checks the ledger's signature by the known vkey. */
export function readCheckpoint(text: string, vkey: string): Checkpoint {
  const found = /^(\S+)\n(0|[1-9]\d*)\n(\S+)\n\n((?:— \S+ \S+\n)+)$/.exec(text);
  assert.ok(found, `not a checkpoint: ${JSON.stringify(text)}`);
  const [, origin = "", size = "", root64 = "", lines = ""] = found;
  const [, name, keyId, key64 = ""] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/.exec(vkey) ?? [];
  assert.equal(origin, name, "origin of the checkpoint");
  const key = Buffer.from(key64, "base64");
  assert.equal(key.length, 33);
  const own = hash(Buffer.from(origin), u8(10), key).subarray(0, 4);
  assert.equal(own.toString("hex"), keyId, "key id of the vkey");
  const [, signer, sig64 = ""] = /^— (\S+) (\S+)\n/.exec(lines) ?? [];
  assert.equal(signer, origin);
  const sig = Buffer.from(sig64, "base64");
  assert.deepEqual(sig.subarray(0, 4), own, "key id of the signature line");
  const signed = Buffer.from(`${origin}\n${size}\n${root64}\n`);
  assert.ok(verify(null, signed, publicKey(key.subarray(1)), sig.subarray(4)), "seal");
  return { origin, size: Number(size), root: Buffer.from(root64, "base64") };
}

const leafHash = (data: Uint8Array) => hash(u8(0), data);
const nodeHash = (left: Uint8Array, right: Uint8Array) => hash(u8(1), left, right);

/** RFC 6962: the root that an inclusion proof leads to. */
export function rootByInclusion(
  index: number,
  size: number,
  leaf: Buffer,
  proof: Buffer[],
): Buffer {
  assert.ok(index < size, "index below the size");
  let at = index;
  let last = size - 1;
  let root = leaf;
  for (const step of proof) {
    assert.ok(last > 0, "proof too long");
    if (at % 2 === 1 || at === last) {
      root = nodeHash(step, root);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else root = nodeHash(root, step);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  assert.equal(last, 0, "proof too short");
  return root;
}

/** RFC 6962: both trees are the same up to the smaller size. */
export function checkConsistency(from: Checkpoint, to: Checkpoint, hashes: Buffer[]): void {
  assert.ok(from.size <= to.size);
  if (from.size === to.size || from.size === 0) {
    assert.equal(hashes.length, 0);
    if (from.size) assert.deepEqual(from.root, to.root);
    return;
  }
  const path = [...hashes];
  let at = from.size - 1;
  let last = to.size - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  const first = at === 0 ? from.root : path.shift();
  assert.ok(first, "proof too short");
  let older = first;
  let newer = first;
  for (const step of path) {
    assert.ok(last > 0, "proof too long");
    if (at % 2 === 1 || at === last) {
      older = nodeHash(step, older);
      newer = nodeHash(step, newer);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else newer = nodeHash(newer, step);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  assert.deepEqual(older, from.root, "older root");
  assert.deepEqual(newer, to.root, "newer root");
}

export type Receipt = { index: number; leaf: Buffer; payload: Buffer; checkpoint: Checkpoint };

/** Checks a receipt against the known vkey and the bytes that were signed. */
export function readReceipt(text: string, vkey: string, tbs?: Buffer): Receipt {
  const head = /^c2sp\.org\/tlog-proof@v1\nextra (\S+)\nindex (0|[1-9]\d*)\n((?:\S+\n)*)\n/.exec(
    text,
  );
  assert.ok(head, `not a receipt: ${text.slice(0, 100)}`);
  const [whole, extra64 = "", index = "", proof = ""] = head;
  const checkpoint = readCheckpoint(text.slice(whole.length), vkey);
  const extra = Buffer.from(extra64, "base64");
  const leaf = extra.subarray(0, 59);
  const salt = extra.subarray(59, 91);
  const payload = extra.subarray(91);
  assert.equal(leaf[0], 1, "version of the leaf");
  assert.equal(leaf[1], 10, "type of the leaf");
  assert.equal(leaf[26], 0, "flags of the leaf");
  const commitment = hash(tag("commit"), salt, u8(10), payload);
  assert.deepEqual(leaf.subarray(27), commitment, "commitment");
  assert.deepEqual(leaf.subarray(10, 26), payload.subarray(39, 55), "poll of the leaf");
  if (tbs) assert.deepEqual(payload.subarray(0, -64), tbs, "the bytes that were signed");
  const hashes = proof.split("\n").filter(Boolean);
  const steps = hashes.map((line) => Buffer.from(line, "base64"));
  const at = Number(index);
  const reached = rootByInclusion(at, checkpoint.size, leafHash(leaf), steps);
  assert.deepEqual(reached, checkpoint.root, "inclusion");
  return { index: at, leaf, payload, checkpoint };
}

/** The fixed front of a definition. */
export function readDefinition(text: string) {
  const bytes = Buffer.from(text, "base64url");
  assert.deepEqual(bytes.subarray(0, 16), tag("poll"));
  return {
    bytes,
    hash: hash(bytes),
    org: idText(bytes.subarray(16, 32)),
    poll: idText(bytes.subarray(32, 48)),
    mode: bytes[80],
    kind: bytes[81],
    body: bytes[82],
    method: bytes[83],
    form: bytes[84],
    flags: bytes.readUInt16BE(85),
    rollCount: bytes.readUInt32BE(156),
    rollWeight: Number(bytes.readBigUInt64BE(160)),
  };
}
