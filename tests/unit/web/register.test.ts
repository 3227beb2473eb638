// The register as a table: what a spreadsheet would take for a formula, quotes, lines, and one row for each decision.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Columns, registerAsCsv } from "../../../web/src/decision/csv";
import { paramsOf } from "../../../web/src/decision/register";
import type { Decision } from "../../../web/src/generated/api";
import { linksAsCsv } from "../../../web/src/member/pieces";
import { cell } from "../../../web/src/ui/csv";

const columns: Columns = {
  ...{ number: "No", date: "Date", question: "Question", verdict: "Verdict", reason: "Why" },
  ...{ proposals: "Proposals", vote: "Vote", review: "Review", report: "Report" },
  ...{ done: "Done", total: "Total" },
};

test("T-S10 cells hold no formula and keep their quotes", () => {
  assert.equal(cell("plain, text"), "plain, text");
  assert.equal(cell('a;"b"'), '"a;""b"""');
  assert.equal(cell("two\nlines"), '"two\nlines"');
  for (const text of ["=1+1", "+32", "-1", "@x"]) assert.equal(cell(text), `'${text}`);
});

test("T-S10 names and links hold no formula either", () => {
  const made = ["=1+1", "+a@b.c", '-"x"', "\t@x", "Zoé"].map((name) => ({
    name,
    link: "https://x/",
  }));
  const rows = linksAsCsv(made as Parameters<typeof linksAsCsv>[0])
    .split("\r\n")
    .slice(1, -1);
  const names = rows.map((row) => row.slice(0, row.lastIndexOf(',"')));
  assert.deepEqual(names, [`"'=1+1"`, `"'+a@b.c"`, `"'-""x"""`, `"'\t@x"`, '"Zoé"']);
});

test("a row for each decision, under the names of the columns", () => {
  const decision = {
    number: "2026-003",
    recorded_ms: Date.parse("2026-03-04T10:00Z"),
    question: { fr: "Un four ; ici ?" },
    result: { verdict: "adopted", sentence: { fr: "3 oui de 4" } },
    proposals: [{ id: "x", number: 7, title: "Un four", language: "fr" }],
    poll: { id: "y", number: 12 },
    reports: [
      { at_ms: 0, by: "system", text: { fr: "ancien" } },
      { at_ms: 1, by: "system", text: { fr: "Neuf soirées." } },
    ],
    tasks: { done: 2, total: 3 },
  } as unknown as Decision;
  const inBrussels = (one: Decision) =>
    registerAsCsv(
      [one],
      columns,
      (labels) => labels.fr ?? "",
      (verdict) => `<${verdict}>`,
      "Europe/Brussels",
    );
  const [head, row, end] = inBrussels(decision).split("\r\n");
  assert.equal(head, "\uFEFFNo;Date;Question;Verdict;Why;Proposals;Vote;Review;Report;Done;Total");
  assert.equal(
    row,
    '2026-003;2026-03-04;"Un four ; ici ?";<adopted>;3 oui de 4;7 Un four;12;;Neuf soirées.;2;3',
  );
  assert.equal(end, "");
  // Half past midnight of New Year's Day there, wherever the reader is: the day is of the year that its number has.
  const recorded_ms = Date.parse("2026-12-31T23:30Z");
  const first = { ...decision, number: "2027-001", recorded_ms, review_ms: recorded_ms - 36e5 };
  assert.match(inBrussels(first), /\r\n2027-001;2027-01-01;.*;12;2026-12-31;/);
});

test("only what was chosen is asked for", () => {
  const none = { text: " ", year: "", verdict: "", theme: "", review: false };
  assert.deepEqual(paramsOf(none), {});
  assert.deepEqual(paramsOf({ ...none, text: " four ", year: "2026", review: true }), {
    text: "four",
    year: 2026,
    to_review: true,
  });
});
