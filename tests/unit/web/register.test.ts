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
    recorded_ms: Date.UTC(2026, 2, 4, 10),
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
  const text = registerAsCsv(
    [decision],
    columns,
    (labels) => labels.fr ?? "",
    (verdict) => `<${verdict}>`,
  );
  const [head, row, end] = text.split("\r\n");
  assert.equal(head, "\uFEFFNo;Date;Question;Verdict;Why;Proposals;Vote;Review;Report;Done;Total");
  assert.equal(
    row,
    '2026-003;2026-03-04;"Un four ; ici ?";<adopted>;3 oui de 4;7 Un four;12;;Neuf soirées.;2;3',
  );
  assert.equal(end, "");
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
