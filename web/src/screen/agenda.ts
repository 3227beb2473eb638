// What the big screen says of an agenda beside what every page does (meeting/words.ts): what comes next, and times below zero.
import type { Meeting } from "../generated/api";
import { countdown, type Item } from "../meeting/words";

/** The first after the current one that is still to come. */
export function nextOf(meeting: Meeting): Item | undefined {
  const at = meeting.agenda.findIndex(({ id }) => id === meeting.current);
  return meeting.agenda.slice(at + 1).find(({ outcome }) => outcome === undefined);
}

/** As many as fit where each takes a line, the current one among them. `rank`: which of them go first where they take more
 * (tight.css): the last; what comes next stays longest, what was before goes sooner. */
const rowsMax = 9;
export function around<T>(all: readonly T[], at: number): { item: T; rank: number }[] {
  const from = Math.max(0, Math.min(at - 2, all.length - rowsMax));
  const here = Math.max(0, at) - from;
  const shown = all.slice(from, from + rowsMax);
  const distance = (row: number) => (row < here ? 2 * (here - row) + 2 : row - here);
  const order = shown.map((_, row) => row).sort((a, b) => distance(a) - distance(b) || a - b);
  return shown.map((item, row) => ({ item, rank: order.indexOf(row) }));
}

/** "4:05", and "−0:30" once it is over. */
export const signed = (ms: number): string =>
  ms <= -1000 ? `−${countdown(Math.floor(-ms / 1000) * 1000)}` : countdown(ms);
