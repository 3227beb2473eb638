// A small record made here, with keys made here: its tree as RFC 6962 writes it, and its seals.
import { type Bytes, concat, toBase64, u8, utf8 } from "../../../web/src/ballot/bytes";
import type { Checkpoint } from "../../../web/src/ballot/checkpoint";
import { type Signer, signerFromSeed } from "../../../web/src/ballot/ed25519";
import { sha256 } from "../../../web/src/ballot/hash";
import { nodeHash } from "../../../web/src/ballot/tree";

export const seeded = (value: number): Promise<Signer> =>
  signerFromSeed(new Uint8Array(32).fill(value));

export async function vkeyOf(name: string, signer: Signer): Promise<string> {
  const id = (await sha256(utf8(name), u8(10), u8(1), signer.pk)).slice(0, 4);
  return `${name}+${Buffer.from(id).toString("hex")}+${toBase64(concat(u8(1), signer.pk))}`;
}

const split = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));
export async function root(leaves: Bytes[]): Promise<Bytes> {
  const [one] = leaves;
  if (leaves.length === 1 && one) return one;
  const at = split(leaves.length);
  return nodeHash(await root(leaves.slice(0, at)), await root(leaves.slice(at)));
}
export async function path(leaves: Bytes[], index: number): Promise<Bytes[]> {
  if (leaves.length === 1) return [];
  const at = split(leaves.length);
  const [left, right] = [leaves.slice(0, at), leaves.slice(at)];
  return index < at
    ? [...(await path(left, index)), await root(right)]
    : [...(await path(right, index - at)), await root(left)];
}
export async function growth(leaves: Bytes[], from: number, whole = true): Promise<Bytes[]> {
  if (from === leaves.length) return whole ? [] : [await root(leaves)];
  const at = split(leaves.length);
  const [left, right] = [leaves.slice(0, at), leaves.slice(at)];
  return from <= at
    ? [...(await growth(left, from, whole)), await root(right)]
    : [...(await growth(right, from - at, false)), await root(left)];
}

export async function sealed(name: string, signer: Signer, leaves: Bytes[]): Promise<Checkpoint> {
  const hash = await root(leaves);
  const head = `${name}\n${leaves.length}\n${toBase64(hash)}\n`;
  const id = (await sha256(utf8(name), u8(10), u8(1), signer.pk)).slice(0, 4);
  const blob = toBase64(concat(id, await signer.sign(utf8(head))));
  return { origin: name, size: leaves.length, root: hash, note: `${head}\n— ${name} ${blob}\n` };
}
