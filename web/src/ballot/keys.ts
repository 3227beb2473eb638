// The key of this device, one for each member who uses it. Made by the browser, never shown to anybody,
// kept in its storage; where the browser cannot, it lives in memory and the device says so.
import { send } from "../sync/outbox";
import { delMany, get, set } from "../sync/storage";
import { enrolmentBody } from "./ballot";
import { type Bytes, equal, fromBase64Url, toBase64Url } from "./bytes";
import { hasNative, makeNative, type Signer, signerFromSeed, signerOf } from "./ed25519";

interface Kept {
  pair: CryptoKeyPair;
  pk: Bytes;
}
const inMemory = new Map<string, Signer>();
const place = (org: string, member: string): string => `key/${org}/${member}`;

/** This device's key of the member, if it has one. */
export async function findSigner(org: string, member: string): Promise<Signer | undefined> {
  const name = place(org, member);
  const held = inMemory.get(name);
  if (held) return held;
  const kept = await get<Kept>(name).catch(() => undefined);
  if (!kept) return undefined;
  const signer = signerOf(kept.pair, kept.pk);
  inMemory.set(name, signer);
  return signer;
}

/** A new key for this device, in place of any other. */
async function makeSigner(org: string, member: string): Promise<Signer> {
  const name = place(org, member);
  let signer: Signer;
  if (await hasNative()) {
    const made = await makeNative();
    signer = signerOf(made.pair, made.pk);
    await set(name, made).catch(() => {
      signer.kept = false;
    });
  } else signer = await signerFromSeed(crypto.getRandomValues(new Uint8Array(32)));
  inMemory.set(name, signer);
  return signer;
}

/** Removes this device's key of the member; what it signed stays good. */
export async function forgetSigner(org: string, member: string): Promise<void> {
  const name = place(org, member);
  inMemory.delete(name);
  await delMany([name]);
}

interface DeviceState {
  pk: string;
  revoked?: unknown;
}

/** Is the key in the record, and not revoked? */
export function isEnrolled(signer: Signer, devices: DeviceState[]): boolean {
  return devices.some((device) => !device.revoked && equal(fromBase64Url(device.pk), signer.pk));
}

export interface Ready {
  signer: Signer;
  /** Resolves when the key is in the record; rejects with the refusal. What is signed meanwhile is
   * sent after it, on the same connection, so nobody has to wait for this. */
  enrolled: Promise<unknown>;
}

/** The key to sign with: the one there is, or a new one on its way into the record. */
export async function readySigner(
  org: string,
  member: string,
  devices: DeviceState[],
): Promise<Ready> {
  const found = await findSigner(org, member);
  if (found && isEnrolled(found, devices)) return { signer: found, enrolled: Promise.resolve() };
  const known = found && devices.some((device) => equal(fromBase64Url(device.pk), found.pk));
  const signer = found && !known ? found : await makeSigner(org, member);
  const proof = await signer.sign(enrolmentBody(org, member, signer.pk));
  const given = { pk: toBase64Url(signer.pk), proof: toBase64Url(proof) };
  return { signer, enrolled: send("device.enrol", given) };
}
