// SHA-256 and SHA-512. Browsers offer them only in a secure context; on a hall's plain http network the same comes
// from a small library, loaded when needed.
import { type Bytes, concat } from "./bytes";

export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  const data = concat(...parts);
  const subtle = globalThis.crypto?.subtle;
  if (subtle) return new Uint8Array(await subtle.digest("SHA-256", data));
  const noble = await import("@noble/hashes/sha2.js");
  return concat(noble.sha256(data));
}

export async function sha512(...parts: Uint8Array[]): Promise<Bytes> {
  const data = concat(...parts);
  const subtle = globalThis.crypto?.subtle;
  if (subtle) return new Uint8Array(await subtle.digest("SHA-512", data));
  const noble = await import("@noble/hashes/sha2.js");
  return concat(noble.sha512(data));
}
