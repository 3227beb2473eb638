// A vote as it is being prepared: from what people say it is about to a method with good defaults, to what poll.define
// takes, and to the ballot that the preview draws. Pure.
import { flag } from "../../ballot/definition";
import type { Methods, Poll } from "../../generated/api";
import type { Terms } from "../ballot/terms";
import { gradeCounts, gradesOf } from "./grades";

type Defined = Methods["poll.define"]["params"];
export type Kind = Defined["kind"];
export type Tie = NonNullable<NonNullable<Defined["rule"]>["tie"]>;
type Labels = Record<string, string>;
type Rule = NonNullable<Defined["rule"]>;
type Share = NonNullable<Rule["cap"]>;

/** As the record has them; words about ties are found by these. */
export const tieNumbers: Record<Tie, number> = { not_adopted: 1, chair: 2, lot: 3, reported: 4 };

/** What a method asks for: the form of its ballots and what may be set. */
interface Shape {
  number: number;
  form: number;
  options?: true;
  seats?: true;
  /** How many a ballot may hold. */
  marks?: true;
  equal?: true;
  levels?: true;
  points?: true;
  grades?: true;
  /** Another way of counting, which only programs ask for. */
  opt?: true;
  majority?: true;
  live?: true;
}
const many = { options: true, seats: true } as const;
export const shapes = {
  "yes-no": { number: 1, form: 2, majority: true, live: true },
  consent: { number: 2, form: 3 },
  single: { number: 3, form: 4, ...many, majority: true, live: true },
  approval: { number: 4, form: 5, ...many, marks: true, majority: true, live: true },
  score: { number: 5, form: 6, ...many, levels: true, opt: true, live: true },
  dots: { number: 6, form: 7, ...many, points: true, live: true },
  "majority-judgment": { number: 7, form: 6, ...many, grades: true, opt: true },
  irv: { number: 8, form: 8, options: true, marks: true, opt: true, live: true },
  schulze: { number: 9, form: 8, ...many, marks: true, equal: true, live: true },
  "stv-scottish": { number: 12, form: 8, ...many, marks: true, live: true },
} satisfies Record<string, Shape>;
export type Method = keyof typeof shapes;
export const shapeOf = (method: Method): Shape => shapes[method];

/** What a vote is about, in the order in which it is asked; the first method is the one proposed. */
export const purposes = {
  decide: ["yes-no"],
  consent: ["consent"],
  one: ["majority-judgment", "single", "approval", "irv", "schulze", "score", "dots"],
  several: ["approval", "dots", "score", "majority-judgment", "stv-scottish", "schulze"],
  elect: ["stv-scottish", "irv", "majority-judgment", "approval", "single", "schulze"],
  temperature: ["dots", "yes-no", "approval", "score", "majority-judgment", "single", "schulze"],
} as const satisfies Record<string, readonly Method[]>;
export type Purpose = keyof typeof purposes;

/** The method proposed: one seat needs no proportional count, several do. */
export function proposedMethod(purpose: Purpose, seats: number): Method {
  if (purpose === "elect") return seats > 1 ? "stv-scottish" : "irv";
  return purposes[purpose][0];
}

export interface Option {
  id: string;
  labels: Labels;
  /** It is this proposal. */
  proposal?: string;
}
export interface Draft {
  purpose: Purpose;
  method: Method;
  options: readonly Option[];
  seats: number;
  /** Fewest that a ballot that is neither blank nor an abstention may hold. */
  least: number;
  /** Most that a ballot may hold; 0 = all. */
  most: number;
  equal: boolean;
  levels: number;
  points: number;
  /** Most for one option; 0 = all. */
  cap: number;
  allPoints: boolean;
  /** So many of the usual ones; 0 = those of its own. */
  grades: number;
  ownGrades: readonly Labels[];
  opt: number;
  blank: boolean;
  abstain: boolean;
  tie: Tie;
  /** What is asked of all is asked of each class of members too. */
  classQuorum: boolean;
  classMajority: boolean;
  /** Nobody counts for more than this share of the votes cast. */
  heaviest: Share | null;
}

export const newDraft = (purpose: Purpose): Draft => ({
  ...{ purpose, method: proposedMethod(purpose, 1), options: [], seats: 1 },
  ...{ least: 1, most: 0 },
  ...{ equal: true, levels: 6, points: 10, cap: 0, allPoints: false, grades: 7, ownGrades: [] },
  ...{ blank: true, abstain: true, tie: tieFor(purpose) },
  ...{ opt: 0, classQuorum: false, classMajority: false, heaviest: null },
});

export const tieFor = (purpose: Purpose): Tie => (purpose === "elect" ? "lot" : "not_adopted");

const within = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), Math.max(low, high));

/** As the vote would have it: what does not fit the options there are is made to. */
function settled(draft: Draft) {
  const shape = shapeOf(draft.method);
  const count = shape.options ? draft.options.length : 0;
  const seats = shape.options && shape.seats ? within(draft.seats, 1, count) : 1;
  const max = draft.most > 0 ? within(draft.most, 1, count) : count;
  const min = within(draft.least, 1, max);
  const points = within(draft.points, 1, 65_535);
  const cap = draft.cap > 0 ? within(draft.cap, 1, points) : points;
  return { shape, count, seats, min, max, points, cap, levels: within(draft.levels, 2, 100) };
}

/** In each language; of those of its own the first there is where one is missing. */
function gradeLabels({ grades, ownGrades }: Draft, languages: readonly string[]): Labels[] {
  if (grades > 0) return gradesOf(grades, languages);
  const word = (labels: Labels, code: string) => labels[code] ?? Object.values(labels)[0] ?? "";
  return ownGrades.map((labels) =>
    Object.fromEntries(languages.map((code) => [code, word(labels, code)])),
  );
}

/** `options`, `params` and what of the rule is the form's own, for poll.define. */
export function paramsOf(
  draft: Draft,
  languages: readonly string[],
): Required<Pick<Defined, "method" | "options" | "params">> {
  const { shape, seats, min, max, points, cap, levels } = settled(draft);
  const flags: NonNullable<NonNullable<Defined["params"]>["flags"]> = [];
  if (draft.blank) flags.push("blank");
  if (draft.abstain) flags.push("abstain");
  if (shape.equal && draft.equal) flags.push("equal");
  if (shape.points && draft.allPoints) flags.push("all_points");
  const options = shape.options
    ? draft.options.map(({ id, labels, proposal }) => ({
        ...{ id, label: labels },
        ...(proposal ? { proposal } : {}),
      }))
    : [];
  return {
    method: draft.method,
    options,
    params: {
      flags,
      ...(shape.seats ? { seats } : {}),
      ...(shape.marks ? { min, max } : {}),
      ...(shape.levels ? { levels } : {}),
      ...(shape.points ? { points, cap } : {}),
      ...(shape.grades ? { grades: gradeLabels(draft, languages) } : {}),
      ...(shape.opt && draft.opt ? { opt: draft.opt } : {}),
    },
  };
}

/** Whether there is a majority, a quorum. */
export type Asks = Partial<Record<"majority" | "quorum", unknown>>;

/** What a rule that the form may change asks besides: of each class only what it asks of all, of consent no weight. */
export function besides(
  { method, classQuorum, classMajority, heaviest }: Draft,
  asks: Asks,
): Pick<Rule, "per_class" | "cap"> {
  const per_class: NonNullable<Rule["per_class"]> = [];
  if (classQuorum && asks.quorum) per_class.push("quorum");
  if (classMajority && asks.majority) per_class.push("majority");
  const cap = method === "consent" ? null : heaviest;
  return { ...(per_class.length > 0 ? { per_class } : {}), ...(cap ? { cap } : {}) };
}

/** A share in whole percent, at least one. */
export const percentOf = ({ num, den }: Share): number =>
  Math.max(1, Math.round((100 * num) / den));

/** What people say a vote like this is about; where a method serves several, the first. */
function purposeOf({ poll_kind, method, params }: Poll): Purpose {
  if (poll_kind === "election") return "elect";
  const wanted: Purpose[] = ["decide", "consent", "one", "several"];
  if ((params.seats ?? 1) > 1) wanted.reverse();
  return wanted.find((one) => (purposes[one] as readonly string[]).includes(method)) ?? "decide";
}

const isUsual = (grades: readonly Labels[]): boolean =>
  gradeCounts.some((count) => count === grades.length) &&
  grades.every((labels, at) =>
    Object.entries(labels).every(
      ([code, word]) => gradesOf(grades.length, [code])[at]?.[code] === word,
    ),
  );

/** A vote as the form has it; what it has no field for stays. `idOf`: of one that is asked again, options get new ids. */
export function draftOf(poll: Poll, idOf: (option: { id: string }) => string): Draft {
  const { params, rule } = poll;
  const purpose = purposeOf(poll);
  const first = newDraft(purpose);
  const has = (name: string) => params.flags?.some((one) => one === name) ?? false;
  // All that there are stays all, however many are added.
  const short = (value: number | undefined, all: number) => (!value || value >= all ? 0 : value);
  const points = params.points ?? first.points;
  const { grades = [] } = params;
  return {
    ...first,
    method: poll.method in shapes ? (poll.method as Method) : first.method,
    options: poll.options.map((option) => ({
      ...{ id: idOf(option), labels: option.label },
      ...(option.proposal ? { proposal: option.proposal } : {}),
    })),
    ...{ seats: params.seats ?? 1, least: params.min || 1 },
    most: short(params.max, poll.options.length),
    ...{ equal: has("equal"), levels: params.levels ?? first.levels, points },
    ...{ cap: short(params.cap, points), allPoints: has("all_points") },
    ...(isUsual(grades) ? { grades: grades.length } : {}),
    ...(grades.length > 0 && !isUsual(grades) ? { grades: 0, ownGrades: grades } : {}),
    opt: params.opt ?? 0,
    ...{ blank: has("blank"), abstain: has("abstain"), tie: rule.tie ?? first.tie },
    classQuorum: rule.per_class?.includes("quorum") ?? false,
    classMajority: rule.per_class?.includes("majority") ?? false,
    heaviest: rule.cap ?? null,
  };
}

/** What a vote is about besides the proposals that were options of it and are not any more. */
export function stillAbout(
  { about, options }: Pick<Poll, "about" | "options">,
  draft: Draft,
): string[] {
  const stays = ({ id }: { id: string }) =>
    !shapeOf(draft.method).options ||
    !options.some(({ proposal }) => proposal === id) ||
    draft.options.some(({ proposal }) => proposal === id);
  return about.filter(stays).map(({ id }) => id);
}

/** What the preview draws, in the reader's language. `unnamed`: what stands for an option without words yet. */
export function previewOf(
  draft: Draft,
  language: string,
  unnamed: (number: number) => string,
): Terms {
  const { shape, count, seats, min, max, points, cap, levels } = settled(draft);
  const words = shape.grades
    ? gradeLabels(draft, [language]).map((word) => word[language] ?? "")
    : Array.from({ length: shape.levels ? levels : 0 }, (_, grade) => String(grade));
  return {
    ...{ form: shape.form, method: shape.number, seats, opt: shape.opt ? draft.opt : 0 },
    lang: language,
    flags:
      (draft.blank ? flag.blank : 0) |
      (draft.abstain ? flag.abstain : 0) |
      (shape.equal && draft.equal ? flag.equal : 0) |
      (shape.points && draft.allPoints ? 128 : 0),
    ...(shape.marks ? { min, max } : { min: 0, max: 0 }),
    grades: words.length,
    ...(shape.points ? { points, cap } : { points: 0, cap: 0 }),
    budget: 0,
    options: Array.from({ length: count }, () => ({ cost: 0 })),
    labels: draft.options.map(
      ({ labels }, at) =>
        labels[language]?.trim() ||
        Object.values(labels).find((one) => one.trim()) ||
        unnamed(at + 1),
    ),
    words,
  };
}

/** What the ballot is made anew for: with these the same, what was tried in the preview stays. */
export const shapeKey = (terms: Terms): string =>
  [terms.form, terms.method, terms.options.length, terms.grades, terms.flags].join();
