// A vote's definition: the bytes every voter signs the hash of. The page shows only what is decoded
// here, so that nobody can be shown one question and sign another. Layout and limits are those of
// docs/ledger.md; anything outside them is refused.
import { type Bytes, fail, Reader, tag } from "./bytes";

export interface Fraction {
  num: number;
  den: number;
  strict: boolean;
}
export interface Rule {
  name: string;
  /** base: 1 votes, 2 present or represented, 3 entitled */
  majority: (Fraction & { base: number }) | null;
  /** 0 left out, 1 in the base, 2 counted as no */
  abstain: number;
  blank: number;
  void: number;
  /** unit: 1 heads, 2 weight, 3 shares; of: 1 present or represented, 2 took part */
  quorum: (Fraction & { unit: number; of: number }) | null;
  perClass: number;
  cap: { num: number; den: number } | null;
  mandates: { max: number; who: number; own: number };
  tie: number;
}
export interface Wording {
  code: string;
  question: string;
  explanation: string;
  labels: string[];
  grades: string[];
}
export interface Definition {
  org: string;
  poll: string;
  meeting: string;
  mode: number;
  kind: number;
  body: number;
  method: number;
  form: number;
  flags: number;
  opt: number;
  seats: number;
  min: number;
  max: number;
  grades: number;
  points: number;
  cap: number;
  budget: number;
  opensMs: number;
  closesMs: number;
  rollCount: number;
  rollWeight: number;
  rule: Rule;
  classes: string[];
  about: { id: string; hash: Bytes }[];
  options: { id: string; cost: number }[];
  languages: Wording[];
}

export const flag = { revote: 1, blank: 2, abstain: 4, equal: 8, late: 16, live: 32 } as const;
const knownFlags = 255;
const formsOf: Record<number, number[]> = {
  1: [2],
  2: [3],
  3: [4],
  4: [5],
  5: [6],
  6: [7],
  7: [6],
  8: [8],
  9: [8],
  10: [8],
  11: [8],
  12: [8],
  13: [8],
  14: [5, 7],
  15: [5, 7],
  16: [5, 7],
  17: [5, 7],
  18: [5],
  19: [5],
  20: [5],
};

function within(value: number, low: number, high: number, what: string): number {
  return value >= low && value <= high ? value : fail(what);
}

function readFraction(reader: Reader): { num: number; den: number } | null {
  const num = reader.u32();
  const den = reader.u32();
  if (num === 0 && den === 0) return null;
  if (num === 0 || num > den || den > 1_000_000) fail("fraction");
  return { num, den };
}

function readRule(reader: Reader): Rule {
  const name = reader.str() || fail("rule name");
  const most = readFraction(reader);
  const mostStrict = within(reader.u8(), 0, most ? 1 : 0, "strict") === 1;
  const base = within(reader.u8(), most ? 1 : 0, most ? 3 : 0, "base");
  const counted = () => within(reader.u8(), 0, most ? 2 : 0, "counted");
  const [abstain, blank, voided] = [counted(), counted(), counted()];
  const quorum = readFraction(reader);
  const quorumStrict = within(reader.u8(), 0, quorum ? 1 : 0, "strict") === 1;
  const unit = within(reader.u8(), quorum ? 1 : 0, quorum ? 3 : 0, "unit");
  const of = within(reader.u8(), quorum ? 1 : 0, quorum ? 2 : 0, "of");
  const perClass = within(reader.u8(), 0, 3, "per class");
  const cap = readFraction(reader);
  const mandates = { max: reader.u16(), who: reader.u8(), own: reader.u8() };
  const isNone = mandates.max === 0;
  within(mandates.who, isNone ? 0 : 1, isNone ? 0 : 3, "who");
  within(mandates.own, 0, isNone ? 0 : 1, "own");
  return {
    name,
    majority: most && { ...most, strict: mostStrict, base },
    abstain,
    blank,
    void: voided,
    quorum: quorum && { ...quorum, strict: quorumStrict, unit, of },
    perClass,
    cap,
    mandates,
    tie: within(reader.u8(), 1, 4, "tie"),
  };
}

function ascending(values: string[], what: string): void {
  values.forEach((value, at) => {
    const before = values[at - 1];
    if (before !== undefined && before >= value) fail(what);
  });
}

function readLanguages(reader: Reader, options: number, grades: number): Wording[] {
  const languages: Wording[] = [];
  const count = within(reader.u8(), 1, 16, "languages");
  for (let at = 0; at < count; at++) {
    const code = reader.str();
    if (!/^[a-z0-9-]{2,35}$/.test(code)) fail("language");
    const question = reader.str() || fail("question");
    const explanation = reader.text();
    const labels = Array.from({ length: options }, () => reader.str() || fail("label"));
    const words = Array.from({ length: grades }, () => reader.str() || fail("grade"));
    languages.push({ code, question, explanation, labels, grades: words });
  }
  ascending(
    languages.map((language) => language.code),
    "languages",
  );
  return languages;
}

/** Ranges that depend on method and form. */
function checkForm(definition: Omit<Definition, "languages">): void {
  const { method, form, seats, min, max, grades, points, cap, budget, flags } = definition;
  const options = definition.options.length;
  if (!formsOf[method]?.includes(form)) fail("form");
  const plain = form === 2 || form === 3;
  if (plain ? options !== 0 : options === 0) fail("options");
  if (form === 8 && options > 255) fail("options");
  within(seats, 1, plain ? 1 : options, "seats");
  const marks = form === 5 || form === 8;
  if (marks ? min < 1 || min > max || max > options : min !== 0 || max !== 0) fail("marks");
  if (form === 6 ? grades < 2 || grades > 100 || grades * options > 65_535 : grades !== 0)
    fail("grades");
  if (form === 7 ? cap < 1 || cap > points : points !== 0 || cap !== 0) fail("points");
  const money = method >= 14 && method <= 17;
  if (!money && (budget !== 0 || flags & 64 || definition.options.some((o) => o.cost !== 0)))
    fail("money");
  if ((flags & flag.equal && form !== 8) || (flags & 128 && form !== 7)) fail("flags");
}

/** Throws Malformed. */
export function decodeDefinition(bytes: Bytes): Definition {
  if (bytes.length > 262_144) fail("too long");
  const reader = new Reader(bytes);
  reader.expect(tag("poll"));
  const org = reader.id();
  const poll = reader.id();
  const meeting = reader.id();
  reader.take(16); // nonce
  const mode = within(reader.u8(), 1, 2, "mode");
  const kind = within(reader.u8(), 1, 4, "kind");
  const body = within(reader.u8(), 1, 4, "body");
  const method = within(reader.u8(), 1, 20, "method");
  const form = reader.u8();
  const flags = within(reader.u16(), 0, knownFlags, "flags");
  const opt = reader.u16();
  const [seats, min, max] = [reader.u16(), reader.u16(), reader.u16()];
  const grades = reader.u8();
  const [points, cap] = [reader.u16(), reader.u16()];
  const budget = reader.u64();
  const [opensMs, closesMs] = [reader.u64(), reader.u64()];
  if (opensMs && closesMs && opensMs >= closesMs) fail("dates");
  reader.hash(); // root of the roll
  const rollCount = within(reader.u32(), 1, 4_294_967_295, "roll");
  const rollWeight = reader.u64();
  reader.hash(); // commitment of the lot
  const rule = readRule(reader);
  const classes = Array.from({ length: within(reader.u8(), 0, 32, "classes") }, () => reader.str());
  if (classes.some((code) => !/^[A-Za-z0-9-]{1,35}$/.test(code))) fail("class");
  ascending(classes, "classes");
  const about = Array.from({ length: reader.count(reader.u8(), 48) }, () => ({
    id: reader.id(),
    hash: reader.hash(),
  }));
  ascending(
    about.map((one) => one.id),
    "about",
  );
  const optionCount = within(reader.count(reader.u16(), 24), 0, 1000, "options");
  const options = Array.from({ length: optionCount }, () => ({
    id: reader.id(),
    cost: reader.u64(),
  }));
  if (new Set(options.map((option) => option.id)).size !== options.length) fail("options");
  const head = {
    ...{ org, poll, meeting, mode, kind, body, method, form, flags, opt, seats, min, max, grades },
    ...{ points, cap, budget, opensMs, closesMs, rollCount, rollWeight, rule, classes, about },
    options,
  };
  checkForm(head);
  const languages = readLanguages(reader, options.length, method === 7 ? grades : 0);
  reader.end();
  return { ...head, languages };
}

/** The wording in the reader's language, or in the first one there is. */
export function wordingIn(definition: Definition, language: string): Wording {
  const { languages } = definition;
  return languages.find((wording) => wording.code === language) ?? languages[0] ?? fail("wording");
}
