// The register as a table for a spreadsheet: made here, from what the reader may see anyway.
import type { Decision } from "../generated/api";
import { dayThere } from "../poll/dates";
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

/** Semicolons and a byte order mark: what spreadsheets of French and Dutch speakers open at once. Days are those of the
 * organisation's time zone, as the years of the numbers are. */
export function registerAsCsv(
  decisions: readonly Decision[],
  columns: Columns,
  say: (labels: Record<string, string | undefined>) => string,
  verdict: (word: Decision["result"]["verdict"]) => string,
  zone: string | undefined,
): string {
  const dayOf = (ms: number | undefined) => (ms === undefined ? "" : dayThere(ms, zone));
  const rows = decisions.map((one) => [
    one.number,
    dayOf(one.recorded_ms),
    say(one.question),
    verdict(one.result.verdict),
    say(one.result.sentence),
    one.proposals.map(({ number, title }) => `${number} ${title}`).join(" / "),
    String(one.poll.number),
    dayOf(one.review_ms),
    say(one.reports.at(-1)?.text ?? {}),
    String(one.tasks.done),
    String(one.tasks.total),
  ]);
  const lines = [Object.values(columns), ...rows].map((row) => row.map(cell).join(";"));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}
