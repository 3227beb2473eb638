// The four words of a seal: a glance for a hall, which sees the same four on the big screen and on every phone (06 §2). The
// list of words is fetched with the first who shows them.
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { type Bytes, tag, u64 } from "./bytes";
import { sha256 } from "./hash";

const bitsOfWord = 11;
export const countOfWords = 4;

/** 4 × 11 bits from the left. */
export function indexesOf(hash: Bytes): number[] {
  const bits = Array.from(hash.slice(0, 6), (byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: countOfWords }, (_, at) =>
    Number.parseInt(bits.slice(at * bitsOfWord, (at + 1) * bitsOfWord), 2),
  );
}

export async function hashOfWords(size: number, root: Bytes): Promise<Bytes> {
  return sha256(tag("words"), u64(size), root);
}

export async function fourWords(seal: { size: number; root: Bytes }): Promise<string[]> {
  const indexes = indexesOf(await hashOfWords(seal.size, seal.root));
  return indexes.map((at) => wordlist[at] ?? "");
}
