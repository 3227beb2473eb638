// The Merkle tree of the record (RFC 6962): what a leaf hashes to, that one is in it, that it only grew.
import { type Bytes, equal, u8 } from "./bytes";
import { sha256 } from "./hash";

export const leafHash = (data: Uint8Array): Promise<Bytes> => sha256(u8(0), data);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
  sha256(u8(1), left, right);

/** Bits of a leaf index or size beyond 32 matter: shifts are done by division. */
const half = (value: number): number => Math.floor(value / 2);
const odd = (value: number): boolean => value % 2 === 1;

/** Is the leaf at `index` under `root` of a tree of `size` leaves? */
export async function checkInclusion(
  leaf: Bytes,
  index: number,
  size: number,
  proof: Bytes[],
  root: Bytes,
): Promise<boolean> {
  if (index >= size || leaf.length !== 32 || root.length !== 32) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (odd(node) || node === last) {
      hash = await nodeHash(sibling, hash);
      while (!odd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else hash = await nodeHash(hash, sibling);
    node = half(node);
    last = half(last);
  }
  return last === 0 && equal(hash, root);
}

/** Does the tree of `size2` leaves begin with the tree of `size1`? */
export async function checkConsistency(
  size1: number,
  root1: Bytes,
  size2: number,
  root2: Bytes,
  proof: Bytes[],
): Promise<boolean> {
  if (size1 === 0 || size2 < size1) return false;
  if (size1 === size2) return proof.length === 0 && equal(root1, root2);
  const rest = [...proof];
  let node = size1 - 1;
  let last = size2 - 1;
  while (odd(node)) {
    node = half(node);
    last = half(last);
  }
  const first = node === 0 ? root1 : rest.shift();
  if (!first) return false;
  let old = first;
  let now = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (odd(node) || node === last) {
      old = await nodeHash(sibling, old);
      now = await nodeHash(sibling, now);
      while (!odd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else now = await nodeHash(now, sibling);
    node = half(node);
    last = half(last);
  }
  return last === 0 && equal(old, root1) && equal(now, root2);
}
