// Figures of results and what is taken along: middle grades, what moved from stage to stage, exact parts of votes, tables.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { before, test } from "node:test";
import { compile } from "../../../web/build/catalogues";
import { install } from "../../../web/src/i18n/i18n";
import {
  bestFirst,
  exactly,
  middleGrade,
  moved,
  tablesOf,
  votesOf,
} from "../../../web/src/poll/result/figures";
import type { Subject } from "../../../web/src/poll/result/subject";
import { resultAsJson, tablesAsCsv } from "../../../web/src/poll/result/take";
import type { Result } from "../../../web/src/poll/types";

const locales = resolve(import.meta.dirname, "../../../web/locales");
before(() =>
  install(
    "en",
    ["en", "result/en", "ballot/en", "poll/en"].map((name) =>
      compile(readFileSync(`${locales}/${name}.ftl`, "utf8")),
    ),
  ),
);

const count = (weight: number) => ({ heads: weight, weight });
const nothing = count(0);
const base: Result = {
  ...{ verdict: "none", decided: "no_tie", entitled: count(9), took_part: count(9) },
  ...{ valid: count(9), blank: nothing, abstain: nothing, void: nothing },
  ...{ scores: [], winners: [], sentence: { en: "Counted." } },
};
const subject = (method: Subject["method"], names: string[], params = {}): Subject => ({
  ...{ number: 7, question: { en: "Which?" }, method, params },
  options: names.map((name, at) => ({ id: String(at), label: { en: name } })),
});

test("the middle grade is the lower of two", () => {
  assert.equal(middleGrade([1, 1, 1]), 1);
  assert.equal(middleGrade([1, 1]), 0);
  assert.equal(middleGrade([2, 0, 3]), 2);
  assert.equal(middleGrade([2, 0, 2]), 0);
  assert.equal(middleGrade([0, 0, 0]), -1);
  assert.equal(middleGrade([0, 0, 1]), 2);
});

test("parts of a vote are exact in files and short on the page", () => {
  assert.equal(exactly(123_456_789, 100_000), "1234.56789");
  assert.equal(exactly(5, 100_000), "0.00005");
  assert.equal(exactly(12, 1), "12");
  assert.equal(votesOf(123_456_789, 100_000), 1234.57);
});

test("winners come first in the order of their places, then ranks, then scores", () => {
  const names = subject("stv-scottish", ["A", "B", "C", "D"]);
  const result = { ...base, winners: [1, 3], elected: [3, 1], scores: [5, 4, 6, 3] };
  assert.deepEqual(bestFirst(result, names, result.scores), [3, 1, 2, 0]);
  const seats = { ...base, winners: [0, 3], scores: [5, 1, 2, 8] };
  assert.deepEqual(bestFirst(seats, names, seats.scores), [3, 0, 2, 1]);
  const ranked = { ...base, winners: [2], ranks: [2, 0, 1, 2], scores: [1, 9, 1, 2] };
  assert.deepEqual(bestFirst(ranked, names, ranked.scores), [2, 3, 0, 1]);
});

const stages: NonNullable<Result["stages"]> = [
  {
    ...{ action: "begin", votes: [500_000, 300_000, 100_000], exhausted: 0, lost: 0 },
    states: ["elected", "continuing", "continuing"],
  },
  {
    ...{ action: "surplus", option: 0, votes: [400_000, 366_666, 133_333], exhausted: 0, lost: 1 },
    states: ["elected", "continuing", "continuing"],
  },
];

test("a stage gives and takes; the table says it exactly", () => {
  assert.deepEqual(moved(stages, 0), [0, 0, 0]);
  assert.deepEqual(moved(stages, 1), [-100_000, 66_666, 33_333]);
  const result = { ...base, stages, scale: 100_000, quota: 400_000, winners: [0], elected: [0] };
  const [table] = tablesOf(result, subject("stv-scottish", ["Anna", "=Bert", "Cas"]));
  assert.deepEqual(table?.rows[1], ["=Bert", "3.00000", "3.66666", "continuing"]);
  assert.deepEqual(table?.rows.at(-2), ["Lost by rounding", "0.00000", "0.00001", ""]);
  // A tie ended the count; who had a place in any case has it.
  const tied = { ...result, winners: [0, 1], elected: [0, 1] };
  const [ended] = tablesOf(tied, subject("stv-scottish", ["Anna", "Bert", "Cas"]));
  const ends = ended?.rows.slice(0, 3).map((row) => row.at(-1));
  assert.deepEqual(ends, ["elected", "elected", "continuing"]);
  assert.match(table?.head[2] ?? "", /surplus of Anna/);
  const csv = tablesAsCsv(table ? [table] : []);
  assert.match(csv, /^\uFEFFThe count by stages\r\n/);
  assert.match(csv, /\r\n'=Bert;3\.00000;3\.66666;continuing\r\n/);
});

test("each method has its table", () => {
  const grades = ["bad", "fair", "good"].map((word) => ({ en: word }));
  const judged = { ...base, scores: [1, 2, 6, 5, 4, 0], winners: [0], elected: [0] };
  const [graded] = tablesOf(judged, subject("majority-judgment", ["A", "B"], { grades }));
  assert.deepEqual(graded?.rows, [
    ["A", "1", "2", "6", "good", "wins"],
    ["B", "5", "4", "0", "bad", "—"],
  ]);
  const pairwise = [
    [0, 5],
    [4, 0],
  ];
  const duel = { ...base, scores: [5, 4], pairwise, ranks: [1, 2], winners: [0] };
  const [duels] = tablesOf(duel, subject("schulze", ["A", "B"]));
  assert.deepEqual(duels?.rows, [
    ["A", "", "5", "1"],
    ["B", "4", "", "2"],
  ]);
  const agreed = { ...base, consent: 7, concern: 1, objection: 1, scores: [7, 1, 1] };
  const [answers] = tablesOf(agreed, subject("consent", []));
  assert.deepEqual(answers?.rows[2], ["Objection", "1"]);
  const classes = [
    { code: "A", agreed: true, entitled: count(5), took_part: count(4) },
    { code: "B", agreed: false },
  ];
  const tables = tablesOf(
    { ...base, yes: 5, no: 4, scores: [5, 4], classes },
    subject("yes-no", []),
    (code) => `Class ${code}`,
  );
  assert.deepEqual(tables[1]?.rows, [
    ["Class A", "5", "4", "", "agreed"],
    ["Class B", "", "", "", "not agreed"],
  ]);
});

test("the whole result as data is JSON with the options beside it", () => {
  const text = resultAsJson({ ...base, winners: [1] }, subject("single", ["A", "B"]));
  const data = JSON.parse(text);
  assert.deepEqual(data.result.winners, [1]);
  assert.equal(data.options[1].label.en, "B");
});
