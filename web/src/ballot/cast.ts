// Casting: sign with this device's key, send through the outbox, check the receipt that comes back.
// "Recorded" is said only of a ballot whose receipt passed. What was signed stays with the device, so
// that an answer that arrives after the page was closed can still be compared with it.
import { untilDone } from "../sync/backoff";
import { type Entry, onAnswer, send } from "../sync/outbox";
import { type Params, RpcError } from "../sync/rpc";
import { set } from "../sync/storage";
import { decodeBallot, encodeBallot, hashNote, zeros } from "./ballot";
import { type Bytes, equal, fromBase64Url, toBase64Url } from "./bytes";
import { ReceiptError } from "./checkpoint";
import type { Definition } from "./definition";
import type { Signer } from "./ed25519";
import { advance, logKey, proveKey, raise } from "./history";
import { checkReceipt } from "./receipt";
import { clearRefusal, type Kept, put, receipts, refusals } from "./receipts";
import { alarm, seal } from "./record";
import { voter } from "./voter";

export { readySigner } from "./keys";

/** A reason kept beside a ballot, which holds its hash. */
type Note = NonNullable<Params<"ballot.cast">["note"]>;
/** Checks a receipt and keeps it with the verdict. `signed`: what this device signed, if it did. */
export async function takeReceipt(
  poll: string,
  file: string,
  signed?: Bytes,
  note?: Note,
): Promise<Kept> {
  const good = await proveKey();
  const key = logKey();
  if (!key) throw new Error("the record's key is not known yet");
  const member = voter.peek();
  const before = receipts.peek().get(poll);
  if (before?.file === file) return before;
  let kept: Kept;
  try {
    if (!good) throw new ReceiptError("receipt.bad_checkpoint");
    const receipt = await checkReceipt(file, key, signed);
    if (receipt.poll !== poll) throw new ReceiptError("receipt.not_mine");
    const ballot = decodeBallot(receipt.tbs);
    if (ballot.onBehalfOf !== member) throw new ReceiptError("receipt.not_mine");
    await advance(receipt.checkpoint);
    const { seq, timeMs } = receipt;
    const { counter, choice } = ballot;
    kept = { poll, file, seq, timeMs, counter, choice, checked: true };
    if (note && equal(await hashNote(fromBase64Url(note.salt), note.text), ballot.note))
      kept.note = note.text;
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
    const reason = error.reason;
    const nothing = { seq: 0, timeMs: 0, counter: 0, choice: zeros(0) };
    kept = { poll, file, ...nothing, checked: false, reason };
    await raise("bad-receipt", reason, file);
  }
  if (kept.counter < (receipts.peek().get(poll)?.counter ?? 0)) return kept;
  receipts.value = put(receipts.peek(), poll, kept);
  await set(`receipt/${member}/${poll}`, kept).catch(() => {});
  return kept;
}

export interface Casting {
  org: string;
  definition: Definition;
  pollHash: Bytes;
  counter: number;
  weight: number;
  choice: Bytes;
  /** Why; "" = nothing is said. */
  note: string;
  signer: Signer;
}

export interface Signed {
  poll: string;
  tbs: Bytes;
  sig: Bytes;
  note: Note | undefined;
}

/** May anything be signed? Not while the record's key is not known to be good, nor before somebody has looked at an alarm. */
export const maySign = async (): Promise<boolean> =>
  (await proveKey()) && (alarm.peek()?.looked ?? true);

export async function signBallot(casting: Casting): Promise<Signed> {
  const member = voter.peek();
  const { org, definition, pollHash, counter, weight, choice, note, signer } = casting;
  const last = seal.peek();
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const tbs = encodeBallot({
    ...{ org, poll: definition.poll, pollHash, voter: member, onBehalfOf: member },
    ...{ mandate: zeros(32), pk: signer.pk, counter, weight, choice },
    note: note ? await hashNote(salt, note) : zeros(32),
    nonce: crypto.getRandomValues(new Uint8Array(16)),
    seenSize: last?.size ?? 0,
    seenRoot: last?.root ?? zeros(32),
  });
  const kept = note ? { salt: toBase64Url(salt), text: note } : undefined;
  return { poll: definition.poll, tbs, sig: await signer.sign(tbs), note: kept };
}

/** Sends it; the answer is handled below, on this page or on a later one. */
export function castBallot({ poll, tbs, sig, note }: Signed): void {
  clearRefusal(poll);
  send("ballot.cast", { poll, tbs: toBase64Url(tbs), sig: toBase64Url(sig), note }).catch(() => {});
}

async function settle(entry: Entry, result: unknown, error?: Error): Promise<void> {
  const poll = String(entry.params.poll);
  if (error) {
    const reason = error instanceof RpcError ? error.reason : error.message;
    refusals.value = put(refusals.peek(), poll, reason);
    if (reason === "ballot.unknown_history") await raise("unknown-history", reason, "");
    return;
  }
  const { receipt } = result as { receipt: string };
  const note = entry.params.note as Signed["note"];
  await takeReceipt(poll, receipt, fromBase64Url(String(entry.params.tbs)), note);
}
/** A receipt that cannot be checked yet (its proof, or the code for it, did not come) is not lost: until it is, the ballot
 * waits unconfirmed, and is not offered a second time. */
onAnswer("ballot.cast", (entry, result, error) => untilDone(() => settle(entry, result, error)));
