// Figures of a result, computed from its document alone: orders, middle grades, what moved from one stage to the next, and
// the tables that are shown and taken along. Pure but for the words.
import { language, t } from "../../i18n/i18n";
import type { Result } from "../types";
import { gradeCount, gradeOf, nameOf, type Subject } from "./subject";

export type Stage = NonNullable<Result["stages"]>[number];

/** What is seen under a heading, and taken along as lines of a file. */
export interface Table {
  title: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Options from the best: by rank where there are ranks, those elected first, then by score, then as they were asked. */
export function bestFirst(result: Result, subject: Subject, scores: readonly number[]): number[] {
  const { elected, winners } = result;
  // Winners without an order of their own stand in the order of their numbers.
  const place = (option: number) => {
    const at = elected ? elected.indexOf(option) : winners.includes(option) ? 0 : -1;
    return at < 0 ? subject.options.length : at;
  };
  const rank = (option: number) => result.ranks?.[option] || subject.options.length + 1;
  return subject.options
    .map((_, option) => option)
    .sort(
      (a, b) =>
        place(a) - place(b) || rank(a) - rank(b) || (scores[b] ?? 0) - (scores[a] ?? 0) || a - b,
    );
}

/** Of majority judgment: weights of an option by grade, worst first. */
export function gradesFor(result: Result, subject: Subject, option: number): number[] {
  const count = gradeCount(subject);
  return result.scores.slice(option * count, (option + 1) * count);
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

/** The middle grade, of an even number the lower of the two; −1 where nobody graded. */
export function middleGrade(weights: readonly number[]): number {
  const middle = Math.floor((sum(weights) - 1) / 2);
  let seen = 0;
  return weights.findIndex((weight) => {
    seen += weight;
    return middle >= 0 && seen > middle;
  });
}

/** Parts of a vote as votes, to two places for reading, exact for taking along. */
export const votesOf = (parts: number, scale: number): number =>
  Math.round((100 * parts) / scale) / 100;
/** With the mark that a spreadsheet of that language takes for a decimal one: a point would part thousands in Dutch. */
export const exactly = (parts: number, scale: number): string => {
  if (scale === 1) return String(parts);
  const digits = String(scale).length - 1;
  const whole = Math.floor(parts / scale);
  const mark = language.value === "en" ? "." : ",";
  return `${whole}${mark}${String(parts % scale).padStart(digits, "0")}`;
};

/** What this stage gave or took, per option; nothing at the first. */
export function moved(stages: readonly Stage[], at: number): number[] {
  const now = stages[at]?.votes ?? [];
  const before = stages[at - 1]?.votes;
  return now.map((votes, option) => votes - (before?.[option] ?? votes));
}

export function stageText(stage: Stage, at: number, subject: Subject): string {
  const name = stage.option === undefined ? "" : nameOf(subject, stage.option);
  return t(`stage-${stage.action}`, { number: at + 1, label: name });
}

function scoresTable(result: Result, subject: Subject): Table {
  const means = result.graders;
  const points = subject.method === "dots" || subject.method === "score";
  const rows = bestFirst(result, subject, result.scores).map((option) => [
    nameOf(subject, option),
    String(result.scores[option] ?? 0),
    ...(means ? [String(means[option] ?? 0)] : []),
    t(result.winners.includes(option) ? "is-winner" : "is-not"),
  ]);
  const head = [
    t("column-option"),
    t(points ? "column-points" : "column-votes"),
    ...(means ? [t("column-graders")] : []),
    t("column-won"),
  ];
  return { title: t("table-scores"), head, rows };
}

function gradesTable(result: Result, subject: Subject): Table {
  const grades = Array.from({ length: gradeCount(subject) }, (_, grade) => grade);
  const rows = bestFirst(result, subject, []).map((option) => {
    const weights = gradesFor(result, subject, option);
    const middle = middleGrade(weights);
    return [
      nameOf(subject, option),
      ...weights.map(String),
      middle < 0 ? "" : gradeOf(subject, middle),
      t(result.winners.includes(option) ? "is-winner" : "is-not"),
    ];
  });
  const head = [
    t("column-option"),
    ...grades.map((grade) => gradeOf(subject, grade)),
    t("column-middle"),
    t("column-won"),
  ];
  return { title: t("table-grades"), head, rows };
}

function stagesTable(result: Result, subject: Subject): Table {
  const stages = result.stages ?? [];
  const scale = result.scale ?? 1;
  // A count that a tie ends gives places after its last stage to those who have them in any case.
  const endOf = (option: number) =>
    result.winners.includes(option) ? "elected" : (stages.at(-1)?.states[option] ?? "continuing");
  const rows = subject.options.map((_, option) => [
    nameOf(subject, option),
    ...stages.map((stage) => exactly(stage.votes[option] ?? 0, scale)),
    t(`option-${endOf(option)}`),
  ]);
  rows.push(
    [t("stage-exhausted"), ...stages.map((one) => exactly(one.exhausted, scale)), ""],
    [t("stage-lost"), ...stages.map((one) => exactly(one.lost, scale)), ""],
  );
  if (result.quota)
    rows.push([t("stage-quota"), ...stages.map(() => exactly(result.quota ?? 0, scale)), ""]);
  const head = [
    t("column-option"),
    ...stages.map((stage, at) => stageText(stage, at, subject)),
    t("column-end"),
  ];
  return { title: t("table-stages"), head, rows };
}

function duelsTable(result: Result, subject: Subject): Table {
  const rows = subject.options.map((_, row) => [
    nameOf(subject, row),
    ...subject.options.map((_each, column) =>
      row === column ? "" : String(result.pairwise?.[row]?.[column] ?? 0),
    ),
    String(result.ranks?.[row] ?? ""),
  ]);
  const head = [
    t("column-option"),
    ...subject.options.map((_, option) => nameOf(subject, option)),
    t("column-rank"),
  ];
  return { title: t("table-duels"), head, rows };
}

function answersTable(result: Result): Table {
  const answers =
    result.consent === undefined
      ? (["yes", "no"] as const)
      : (["consent", "concern", "objection"] as const);
  const rows = [
    ...answers.map((word) => [t(`choice-${word}`), String(result[word] ?? 0)]),
    ...(["abstain", "blank"] as const).map((word) => [
      t(`choice-${word}`),
      String(result[word].weight),
    ]),
  ];
  return { title: t("table-answers"), head: [t("column-answer"), t("column-votes")], rows };
}

function classesTable(result: Result, nameOf: (code: string) => string): Table {
  const some = (count: { weight: number } | undefined) => (count ? String(count.weight) : "");
  const rows = (result.classes ?? []).map((one) => [
    nameOf(one.code),
    some(one.entitled),
    some(one.took_part),
    one.majority ? `${one.majority.support} / ${one.majority.total}` : "",
    t(one.agreed ? "class-agreed" : "class-disagreed"),
  ]);
  const head = [
    t("column-class"),
    t("column-entitled"),
    t("column-took-part"),
    t("column-majority"),
    t("column-agreed"),
  ];
  return { title: t("table-classes"), head, rows };
}

/** All tables of this result, the one that people look for first. `nameOf`: of a class. */
export function tablesOf(
  result: Result,
  subject: Subject,
  nameOf = (code: string) => code,
): Table[] {
  const tables: Table[] = [];
  if (subject.options.length === 0) tables.push(answersTable(result));
  else if (subject.method === "majority-judgment") tables.push(gradesTable(result, subject));
  else if (result.stages) tables.push(stagesTable(result, subject));
  else if (result.pairwise) tables.push(duelsTable(result, subject));
  else tables.push(scoresTable(result, subject));
  if (result.classes) tables.push(classesTable(result, nameOf));
  return tables;
}
