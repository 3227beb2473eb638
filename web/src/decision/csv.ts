// The register as a table for a spreadsheet: made here, from what the reader may see anyway.
import type { Decision } from "../generated/api";
import { cell } from "../ui/csv";

/** Names of the columns, in order. */
export type Columns = Record<
  | "number"
  | "date"
  | "question"
  | "verdict"
  | "reason"
  | "proposals"
  | "vote"
  | "review"
  | "report"
  | "done"
  | "total",
  string
>;

const isoDay = (ms: number | undefined): string =>
  ms === undefined ? "" : new Date(ms).toISOString().slice(0, 10);

/** Semicolons and a byte order mark: what spreadsheets of French and Dutch speakers open at once. */
export function registerAsCsv(
  decisions: readonly Decision[],
  columns: Columns,
  say: (labels: Record<string, string | undefined>) => string,
  verdict: (word: Decision["result"]["verdict"]) => string,
): string {
  const rows = decisions.map((one) => [
    one.number,
    isoDay(one.recorded_ms),
    say(one.question),
    verdict(one.result.verdict),
    say(one.result.sentence),
    one.proposals.map(({ number, title }) => `${number} ${title}`).join(" / "),
    String(one.poll.number),
    isoDay(one.review_ms),
    say(one.reports.at(-1)?.text ?? {}),
    String(one.tasks.done),
    String(one.tasks.total),
  ]);
  const lines = [Object.values(columns), ...rows].map((row) => row.map(cell).join(";"));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}
