// Ed25519 exactly as the record demands: a signature is good when
//   1. the key is canonical, of the prime-order subgroup (looked at when a key is first accepted),
//   2. S < L,   3. R is not of small order,   4. encode([S]B − [k]A) is R, without a cofactor.
// Browsers' own code does 2 and 4, this file adds 1 and 3. Where the browser has no Ed25519, 2 and 4
// are computed with the points of @noble/ed25519 (its own verify multiplies by the cofactor).
import { type Bytes, concat, toHex } from "./bytes";
import { sha512 } from "./hash";

const order = (1n << 252n) + 27742317777372353535851937790883648493n;
/** The y coordinates of the points of small order, canonical or not, sign bit cleared. */
const smallOrder = new Set([
  `00${"00".repeat(31)}`,
  `01${"00".repeat(31)}`,
  `ec${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(30)}7f`,
  `ee${"ff".repeat(30)}7f`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);

function isSmallOrder(encoded: Uint8Array): boolean {
  const y = concat(encoded);
  y[31] = (y[31] ?? 0) & 0x7f;
  return smallOrder.has(toHex(y));
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`);
}

/** The library, with hashes that also work where the browser has none. */
async function noble(): Promise<typeof import("@noble/ed25519")> {
  const library = await import("@noble/ed25519");
  library.hashes.sha512Async = sha512;
  return library;
}

let native: Promise<boolean> | undefined;
/** Can this browser make and use Ed25519 keys itself? */
export function hasNative(): Promise<boolean> {
  native ??= (async () => {
    try {
      const subtle = globalThis.crypto?.subtle;
      if (!subtle) return false;
      await subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
      return true;
    } catch {
      return false;
    }
  })();
  return native;
}

/** Check 1: may this key enter the record, or be believed at all? */
export async function isGoodKey(key: Bytes): Promise<boolean> {
  if (key.length !== 32 || isSmallOrder(key)) return false;
  const { Point } = await noble();
  try {
    return Point.fromBytes(key, false).isTorsionFree();
  } catch {
    return false;
  }
}

async function verifyWithPoints(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  const { Point } = await noble();
  const r = signature.slice(0, 32);
  const s = littleEndian(signature.slice(32));
  if (s >= order) return false;
  try {
    const a = Point.fromBytes(key, false);
    const k = littleEndian(await sha512(r, key, message)) % order;
    const product = s === 0n ? Point.ZERO : Point.BASE.multiply(s, false);
    return toHex(product.subtract(a.multiply(k, false)).toBytes()) === toHex(r);
  } catch {
    return false;
  }
}

/** Checks 2 to 4, for a key that passed check 1. `points` forces the way without the browser's code. */
export async function verify(
  key: Bytes,
  message: Bytes,
  signature: Bytes,
  points = false,
): Promise<boolean> {
  if (key.length !== 32 || signature.length !== 64 || isSmallOrder(signature.slice(0, 32)))
    return false;
  if (points || !(await hasNative())) return verifyWithPoints(key, message, signature);
  const subtle = globalThis.crypto.subtle;
  try {
    const imported = await subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await subtle.verify({ name: "Ed25519" }, imported, signature, message);
  } catch {
    return false;
  }
}

/** A key of this device: signs, never shows its secret. */
export interface Signer {
  pk: Bytes;
  /** Kept in the browser's storage; false = lives in memory, for this session only. */
  kept: boolean;
  sign(message: Bytes): Promise<Bytes>;
}

export function signerOf(pair: CryptoKeyPair, pk: Bytes): Signer {
  return {
    pk,
    kept: true,
    sign: async (message) =>
      new Uint8Array(
        await globalThis.crypto.subtle.sign({ name: "Ed25519" }, pair.privateKey, message),
      ),
  };
}

export async function makeNative(): Promise<{ pair: CryptoKeyPair; pk: Bytes }> {
  const subtle = globalThis.crypto.subtle;
  const pair = (await subtle.generateKey({ name: "Ed25519" }, false, [
    "sign",
    "verify",
  ])) as CryptoKeyPair;
  return { pair, pk: new Uint8Array(await subtle.exportKey("raw", pair.publicKey)) };
}

/** A signer from a seed in memory. */
export async function signerFromSeed(seed: Bytes): Promise<Signer> {
  const library = await noble();
  const pk = concat(await library.getPublicKeyAsync(seed));
  return {
    pk,
    kept: false,
    sign: async (message) => concat(await library.signAsync(message, seed)),
  };
}
