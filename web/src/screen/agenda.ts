// What the big screen says of an agenda beside what every page does (meeting/words.ts): what comes next, and times below zero.
import type { Meeting } from "../generated/api";
import { countdown, type Item } from "../meeting/words";

/** The first after the current one that is still to come. */
export function nextOf(meeting: Meeting): Item | undefined {
  const at = meeting.agenda.findIndex(({ id }) => id === meeting.current);
  return meeting.agenda.slice(at + 1).find(({ outcome }) => outcome === undefined);
}

/** "4:05", and "−0:30" once it is over. */
export const signed = (ms: number): string =>
  ms <= -1000 ? `−${countdown(Math.floor(-ms / 1000) * 1000)}` : countdown(ms);
