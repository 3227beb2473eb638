// The bytes a voter signs: 281 bytes and the choice. Also the note (a reason kept beside the ballot)
// and the body that enrols a device's key.
import {
  type Bytes,
  concat,
  fail,
  idBytes,
  isZero,
  Reader,
  tag,
  u8,
  u16,
  u32,
  u64,
  utf8,
} from "./bytes";
import { sha256 } from "./hash";

export interface Ballot {
  org: string;
  poll: string;
  pollHash: Bytes;
  voter: string;
  onBehalfOf: string;
  mandate: Bytes;
  pk: Bytes;
  counter: number;
  weight: number;
  nonce: Bytes;
  seenSize: number;
  seenRoot: Bytes;
  note: Bytes;
  choice: Bytes;
}

export const zeros = (size: number): Bytes => new Uint8Array(size);

export function encodeBallot(ballot: Ballot): Bytes {
  return concat(
    tag("open-ballot"),
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
  );
}

/** Throws Malformed. */
export function decodeBallot(tbs: Bytes): Ballot {
  const reader = new Reader(tbs);
  reader.expect(tag("open-ballot"));
  const org = reader.id();
  const poll = reader.id();
  const pollHash = reader.hash();
  const voter = reader.id();
  const onBehalfOf = reader.id();
  const mandate = reader.hash();
  const pk = reader.hash();
  const counter = reader.u32();
  const weight = reader.u32();
  const nonce = reader.take(16);
  const seenSize = reader.u64();
  const seenRoot = reader.hash();
  const note = reader.hash();
  const choice = reader.take(reader.u16());
  reader.end();
  if (choice.length === 0) fail("choice");
  if (seenSize === 0 && !isZero(seenRoot)) fail("seen");
  return {
    ...{ org, poll, pollHash, voter, onBehalfOf, mandate, pk, counter, weight, nonce, seenSize },
    ...{ seenRoot, note, choice },
  };
}

export const hashNote = (salt: Bytes, text: string): Promise<Bytes> =>
  sha256(tag("note"), salt, utf8(text));

/** What a new device key signs to prove that it is here: a device of a member, for no meeting. */
export function enrolmentBody(org: string, member: string, pk: Bytes): Bytes {
  return concat(tag("device-key"), idBytes(org), idBytes(member), pk, u8(1), zeros(16));
}
