// What a ballot says: one byte for the form, then its body. Encoding for the forms that the page
// offers, and the check for all of them.
import { type Bytes, concat, fail, Reader, u8 } from "./bytes";
import type { Definition } from "./definition";

export type YesNo = "yes" | "no" | "abstain" | "blank";

/** Choices of a yes-no vote. */
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

export type Form = Pick<
  Definition,
  "form" | "flags" | "min" | "max" | "grades" | "points" | "cap" | "budget"
> & { options: { cost: number }[] };

function basketFits(form: Form, chosen: number[]): boolean {
  if (!(form.flags & 64)) return true;
  return chosen.reduce((sum, at) => sum + (form.options[at]?.cost ?? 0), 0) <= form.budget;
}

function checkSet(reader: Reader, form: Form): void {
  const bits = reader.take(Math.ceil(form.options.length / 8));
  const chosen: number[] = [];
  for (let at = 0; at < bits.length * 8; at++) {
    if (!(((bits[Math.floor(at / 8)] ?? 0) >> (at % 8)) & 1)) continue;
    if (at >= form.options.length) fail("unused bit");
    chosen.push(at);
  }
  if (chosen.length < form.min || chosen.length > form.max) fail("marks");
  if (!basketFits(form, chosen)) fail("basket");
}

function checkGrades(reader: Reader, form: Form): void {
  const grades = [...reader.take(form.options.length)];
  if (grades.some((grade) => grade !== 255 && grade >= form.grades)) fail("grade");
  if (grades.every((grade) => grade === 255)) fail("no grade");
}

function checkPoints(reader: Reader, form: Form): void {
  const points = form.options.map(() => reader.u16());
  const sum = points.reduce((all, one) => all + one, 0);
  if (sum === 0 || sum > form.points || points.some((one) => one > form.cap)) fail("points");
  if (form.flags & 128 && sum !== form.points) fail("points left");
  if (
    !basketFits(
      form,
      points.flatMap((one, at) => (one ? [at] : [])),
    )
  )
    fail("basket");
}

function checkRanks(reader: Reader, form: Form): void {
  const ranks = [...reader.take(form.options.length)].filter((rank) => rank !== 0);
  if (ranks.length < form.min || ranks.length > form.max) fail("ranks");
  const seen = new Set(ranks);
  if (!(form.flags & 8) && seen.size !== ranks.length) fail("equal ranks");
  for (let rank = 1; rank <= seen.size; rank++) if (!seen.has(rank)) fail("gap");
}

function check(reader: Reader, form: Form): void {
  const kind = reader.u8();
  if (kind === 0) return void (form.flags & 2 || fail("blank"));
  if (kind === 1) return void (form.flags & 4 || fail("abstain"));
  if (kind !== form.form) fail("form");
  if (kind === 2 || kind === 3) {
    const value = reader.u8();
    if (value < 1 || value > kind) fail("value");
  } else if (kind === 4) {
    if (reader.u16() >= form.options.length) fail("option");
  } else if (kind === 5) checkSet(reader, form);
  else if (kind === 6) checkGrades(reader, form);
  else if (kind === 7) checkPoints(reader, form);
  else checkRanks(reader, form);
}

/** Would these bytes be accepted as a choice? */
export function isChoice(bytes: Bytes, form: Form): boolean {
  try {
    const reader = new Reader(bytes);
    check(reader, form);
    reader.end();
    return true;
  } catch {
    return false;
  }
}
