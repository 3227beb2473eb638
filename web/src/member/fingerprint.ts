// The first bytes of a key, for people who compare.
import { fromBase64Url, toHex } from "../ballot/bytes";

export const fingerprint = (pk: string): string =>
  toHex(fromBase64Url(pk))
    .slice(0, 16)
    .replace(/(.{4})(?=.)/g, "$1 ");
