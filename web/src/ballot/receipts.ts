// Receipts that this device keeps, and refusals of ballots: what cards of votes show, without the code that signs and checks
// (cast.ts).
import { effect, signal } from "@preact/signals";
import { get } from "../sync/storage";
import type { Bytes } from "./bytes";
import { alarm, isLost } from "./record";
import { voter } from "./voter";

export interface Kept {
  poll: string;
  file: string;
  seq: number;
  timeMs: number;
  counter: number;
  choice: Bytes;
  checked: boolean;
  reason?: string | undefined;
  /** What was signed with it as its note, where that is known. */
  note?: string | undefined;
}
/** Receipts by poll id, of the member in session. */
export const receipts = signal<ReadonlyMap<string, Kept>>(new Map());
/** Refusals of ballots by poll id, until the person looks at the card again. */
export const refusals = signal<ReadonlyMap<string, string>>(new Map());

let member = voter.peek();
/** What the page held of somebody else goes. */
effect(() => {
  if (voter.value === member) return;
  member = voter.value;
  receipts.value = new Map();
  refusals.value = new Map();
});

export function put<T>(
  map: ReadonlyMap<string, T>,
  key: string,
  value: T | undefined,
): Map<string, T> {
  const next = new Map(map);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
}
export const clearRefusal = (poll: string): void => {
  refusals.value = put(refusals.peek(), poll, undefined);
};

export async function loadReceipt(poll: string): Promise<void> {
  if (receipts.peek().has(poll)) return;
  const kept = await get<Kept>(`receipt/${member}/${poll}`).catch(() => undefined);
  if (kept && !isLost(kept.seq, kept.file) && !receipts.peek().has(poll))
    receipts.value = put(receipts.peek(), poll, kept);
}

/** Of ballots that went with the end of an epoch nothing is shown: they may be cast again. */
effect(() => {
  if (!alarm.value?.looked) return;
  const all = [...receipts.peek()];
  const left = all.filter(([, { seq, file }]) => !isLost(seq, file));
  if (left.length < all.length) receipts.value = new Map(left);
});
