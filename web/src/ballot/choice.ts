// What a ballot says: one byte for the form, then its body. Written, read and checked for every form; what is
// written here is checked as what is read, so that no page can sign a choice that nobody would accept.
import { type Bytes, concat, fail, Reader, u8, u16 } from "./bytes";
import type { Definition } from "./definition";

export type Form = Pick<
  Definition,
  "form" | "flags" | "min" | "max" | "grades" | "points" | "cap" | "budget"
> & { options: { cost: number }[] };

/** A grade that was not given. */
export const noGrade = 255;

/** A choice as the page holds it; lists are by option. */
export type Choice =
  | { form: 0 | 1 }
  /** 2: 1 yes, 2 no; 3: 1 consent, 2 with a concern, 3 objection; 4: the option. */
  | { form: 2 | 3 | 4; value: number }
  | { form: 5; marks: boolean[] }
  | { form: 6; grades: number[] }
  | { form: 7; points: number[] }
  /** 0 unranked, 1 first. */
  | { form: 8; ranks: number[] };

function body(choice: Choice): Uint8Array[] {
  switch (choice.form) {
    case 0:
    case 1:
      return [];
    case 2:
    case 3:
      return [u8(choice.value)];
    case 4:
      return [u16(choice.value)];
    case 5: {
      const bits = new Uint8Array(Math.ceil(choice.marks.length / 8));
      choice.marks.forEach((on, at) => {
        if (on) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
      });
      return [bits];
    }
    case 6:
      return choice.grades.map(u8);
    case 7:
      return choice.points.map(u16);
    case 8:
      return choice.ranks.map(u8);
  }
}

/** null: no choice that this vote accepts. */
export function encodeChoice(choice: Choice, form: Form): Bytes | null {
  try {
    const bytes = concat(u8(choice.form), ...body(choice));
    return isChoice(bytes, form) ? bytes : null;
  } catch {
    return null;
  }
}

/** null: no choice that this vote accepts. */
export function decodeChoice(bytes: Bytes, form: Form): Choice | null {
  if (!isChoice(bytes, form)) return null;
  const reader = new Reader(bytes);
  const kind = reader.u8();
  const each = <T>(read: (at: number) => T): T[] => form.options.map((_, at) => read(at));
  if (kind === 2 || kind === 3) return { form: kind, value: reader.u8() };
  if (kind === 4) return { form: 4, value: reader.u16() };
  if (kind === 5) return { form: 5, marks: each((at) => bit(bytes, 8 + at)) };
  if (kind === 6) return { form: 6, grades: each(() => reader.u8()) };
  if (kind === 7) return { form: 7, points: each(() => reader.u16()) };
  if (kind === 8) return { form: 8, ranks: each(() => reader.u8()) };
  return { form: kind === 0 ? 0 : 1 };
}

const bit = (bytes: Bytes, at: number): boolean => (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;

function basketFits(form: Form, chosen: number[]): boolean {
  if (!(form.flags & 64)) return true;
  return chosen.reduce((sum, at) => sum + (form.options[at]?.cost ?? 0), 0) <= form.budget;
}

function checkSet(reader: Reader, form: Form): void {
  const bits = reader.take(Math.ceil(form.options.length / 8));
  const chosen: number[] = [];
  for (let at = 0; at < bits.length * 8; at++) {
    if (!bit(bits, at)) continue;
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
