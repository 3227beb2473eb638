// What an agenda says of one of its items: its number as people say it, what comes after it, and the time it has left.
import type { Meeting } from "../generated/api";

export type Item = Meeting["agenda"][number];

/** "3", or "3.2" below the third. */
export function numberOf(agenda: readonly Item[], item: Item): string {
  const beside = agenda.filter(({ parent }) => parent === item.parent);
  const own = String(beside.findIndex(({ id }) => id === item.id) + 1);
  const above = agenda.find(({ id }) => id === item.parent);
  return above ? `${numberOf(agenda, above)}.${own}` : own;
}

export const currentOf = (meeting: Meeting): Item | undefined =>
  meeting.agenda.find(({ id }) => id === meeting.current);

/** The first after it that is still to come. */
export function nextOf(meeting: Meeting): Item | undefined {
  const at = meeting.agenda.findIndex(({ id }) => id === meeting.current);
  return meeting.agenda.slice(at + 1).find(({ outcome }) => outcome === undefined);
}

/** Of its time box, below zero once that is over; nothing where it has none. */
export function leftMs(meeting: Meeting, now: number): number | undefined {
  const item = currentOf(meeting);
  if (!item || item.minutes === 0 || meeting.current_ms === undefined) return undefined;
  return item.minutes * 60_000 - (item.spent_ms ?? 0) - Math.max(0, now - meeting.current_ms);
}

/** "4:05", "1:04:05", "−0:30". */
export function countdown(ms: number): string {
  const seconds = ms < 0 ? Math.floor(-ms / 1000) : Math.ceil(ms / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const clock = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${ms < 0 && seconds > 0 ? "−" : ""}${clock}:${two(seconds % 60)}`;
}
