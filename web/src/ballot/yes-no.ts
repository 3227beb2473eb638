// The choices of a yes-no vote: what most ballots hold, kept apart because every vote's page needs it.
import { type Bytes, concat, u8 } from "./bytes";

export type YesNo = "yes" | "no" | "abstain" | "blank";

export function encodeYesNo(choice: YesNo): Bytes {
  if (choice === "blank") return u8(0);
  if (choice === "abstain") return u8(1);
  return concat(u8(2), u8(choice === "yes" ? 1 : 2));
}

/** null: not a choice of a yes-no vote. */
export function decodeYesNo(bytes: Bytes): YesNo | null {
  const [form, value, ...rest] = bytes;
  if (rest.length > 0) return null;
  if (value === undefined) return form === 0 ? "blank" : form === 1 ? "abstain" : null;
  return form === 2 && value === 1 ? "yes" : form === 2 && value === 2 ? "no" : null;
}
