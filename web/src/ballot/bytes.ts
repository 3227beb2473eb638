// Reading and writing the fixed binary forms of the record, and their text forms.
// A Reader throws Malformed at anything that has a second way to be written: too short, too long,
// text that is not clean UTF-8, numbers that JavaScript cannot hold exactly.

export type Bytes = Uint8Array<ArrayBuffer>;

export class Malformed extends Error {}

export function fail(what: string): never {
  throw new Malformed(what);
}

const encoder = new TextEncoder();
/** What people see must be what was decoded: no control, separator or direction characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const unclean = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/;

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;
export const tag = (name: string): Bytes => utf8(`palabre/v1/${name}\0`);

export function concat(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

function number(size: number, value: number): Bytes {
  if (!Number.isSafeInteger(value) || value < 0) fail("number");
  const bytes = new Uint8Array(size);
  let rest = value;
  for (let at = size - 1; at >= 0; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  if (rest > 0) fail("number");
  return bytes;
}
export const u8 = (value: number): Bytes => number(1, value);
export const u16 = (value: number): Bytes => number(2, value);
export const u32 = (value: number): Bytes => number(4, value);
export const u64 = (value: number): Bytes => number(8, value);

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function fromHex(text: string): Bytes {
  if (!/^([0-9a-f]{2})*$/.test(text)) fail("hex");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The 16 bytes of a UUID. */
export function idBytes(uuid: string): Bytes {
  const bytes = fromHex(uuid.replace(/-/g, "").toLowerCase());
  return bytes.length === 16 ? bytes : fail("id");
}

export function idText(bytes: Uint8Array): string {
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Standard alphabet with padding, one form only: unused trailing bits must be zero. */
export function fromBase64(text: string): Bytes {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    fail("base64");
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : fail("base64");
}

export const toBase64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

export function fromBase64Url(text: string): Bytes {
  if (/[^A-Za-z0-9_-]/.test(text)) fail("base64url");
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return fromBase64(padded + "=".repeat((4 - (padded.length % 4)) % 4));
}

export class Reader {
  at = 0;
  constructor(readonly bytes: Bytes) {}

  get left(): number {
    return this.bytes.length - this.at;
  }
  take(size: number): Bytes {
    if (size > this.left) fail("too short");
    this.at += size;
    return this.bytes.slice(this.at - size, this.at);
  }
  private number(size: number): number {
    let value = 0;
    for (const byte of this.take(size)) value = value * 256 + byte;
    return Number.isSafeInteger(value) ? value : fail("number");
  }
  u8 = (): number => this.number(1);
  u16 = (): number => this.number(2);
  u32 = (): number => this.number(4);
  u64 = (): number => this.number(8);
  id = (): string => idText(this.take(16));
  hash = (): Bytes => this.take(32);
  expect(bytes: Uint8Array): void {
    if (!equal(this.take(bytes.length), bytes)) fail("tag");
  }
  private clean(size: number, lines: boolean): string {
    let text = "";
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.take(size));
    } catch (error) {
      fail(error instanceof Malformed ? error.message : "utf-8");
    }
    if (unclean.test(text) || (!lines && text.includes("\n"))) fail("text");
    return text;
  }
  str = (): string => this.clean(this.u16(), false);
  text = (): string => this.clean(this.u32(), true);
  /** A count of things of at least `size` bytes each: never more than the bytes left allow. */
  count(value: number, size: number): number {
    return value * size <= this.left ? value : fail("count");
  }
  end(): void {
    if (this.left > 0) fail("too long");
  }
}
