// A meeting for the calendar of a phone or a computer: a file as RFC 5545 wants it, made where it is asked for.
import type { Meeting } from "../generated/api";

type Labels = Record<string, string | undefined> | undefined;

/** A line has 75 bytes at most, without its end (3.1). */
const lineBytes = 75;
const encoder = new TextEncoder();

/** TEXT (3.3.11): what would end a value is written otherwise, and nothing that no line may hold is left. */
export const escaped = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n]/gu, " ")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\n/g, "\\n");

/** The rest of a long line stands on lines that begin with a blank; no character is cut in two. */
export function folded(line: string): string {
  let text = "";
  let size = 0;
  for (const character of line) {
    const bytes = encoder.encode(character).length;
    if (size + bytes > lineBytes) {
      text += "\r\n ";
      size = 1;
    }
    text += character;
    size += bytes;
  }
  return text;
}

/** A moment, in universal time: every calendar shows it in its own. */
const stamp = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");

/** `say`: in the language of who asks. `page`: the address of the meeting. */
export function calendarOf(
  meeting: Meeting,
  say: (labels: Labels) => string,
  page: string,
  now: number,
): string {
  const points = meeting.agenda
    .filter((item) => item.parent === undefined)
    .map((item, at) => `${at + 1}. ${say(item.title)}`);
  const about = [points.join("\n"), [meeting.link, page].filter(Boolean).join("\n")];
  const place = say(meeting.place);
  const lines = [
    ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Palabre//Meetings//EN", "METHOD:PUBLISH"],
    ...["BEGIN:VEVENT", `UID:${meeting.id}@${new URL(page).hostname}`],
    ...[`DTSTAMP:${stamp(now)}`, `SEQUENCE:${meeting.rev}`],
    ...[`DTSTART:${stamp(meeting.starts_ms)}`, `DTEND:${stamp(meeting.planned_end_ms)}`],
    `SUMMARY:${escaped(say(meeting.title))}`,
    ...(place ? [`LOCATION:${escaped(place)}`] : []),
    `DESCRIPTION:${escaped(about.filter(Boolean).join("\n\n"))}`,
    ...[`URL:${page}`, `STATUS:${meeting.state === "cancelled" ? "CANCELLED" : "CONFIRMED"}`],
    ...["END:VEVENT", "END:VCALENDAR"],
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}
