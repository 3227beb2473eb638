// The attendance list for a spreadsheet: a line for each time that somebody was there.
import type { Attendance, Meeting } from "../generated/api";
import { cell } from "../ui/csv";
import { saveFile } from "../ui/save";

/** `classOf` names a class. */
export function saveCsv(
  meeting: Meeting,
  list: readonly Attendance[],
  classOf: (id: string) => string,
): void {
  const stamp = (ms: number | undefined) => (ms === undefined ? "" : new Date(ms).toISOString());
  const lines = [...list]
    .sort((a, b) => a.member.name.localeCompare(b.member.name))
    .flatMap((one) =>
      one.periods.map((period) =>
        [
          ...[
            one.member.name,
            one.class ? classOf(one.class) : "",
            stamp(period.in_ms),
            stamp(period.out_ms),
          ],
          ...[period.how, period.remote ? "1" : "0", period.checked ?? ""],
        ]
          .map(cell)
          .join(";"),
      ),
    );
  const head = "name;class;in;out;how;remote;checked";
  const text = `\ufeff${[head, ...lines].join("\r\n")}\r\n`;
  saveFile(`attendance-${meeting.number}.csv`, text, "text/csv");
}
