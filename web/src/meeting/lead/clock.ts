// Times of an agenda: when each item is due, how long the current one has been, whether the meeting ends early. Pure;
// milliseconds of the server's clock.
import type { Agenda, Item } from "./agenda";

export const minuteMs = 60_000;

export const totalMinutes = (agenda: Agenda): number =>
  agenda.reduce((sum, { minutes }) => sum + minutes, 0);

/** When each item begins and ends, if all keep to their boxes. */
export function clocksOf(agenda: Agenda, startMs: number): { from: number; to: number }[] {
  let at = startMs;
  return agenda.map(({ minutes }) => {
    const from = at;
    at += minutes * minuteMs;
    return { from, to: at };
  });
}

/** "4:05", "1:02:03"; of what is below zero the distance. */
export function lasting(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${hours ? two(Math.floor(seconds / 60) % 60) : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

export interface Running {
  agenda: Agenda;
  current?: string | undefined;
  current_ms?: number | undefined;
  planned_end_ms: number;
}

/** It has been dealt with. */
export const isOver = (item: Item): boolean =>
  item.outcome !== undefined || item.ended_ms !== undefined;

/** How long the current item has had the floor, all times together. */
export function spentMs({ agenda, current, current_ms }: Running, now: number): number {
  const item = agenda.find((one) => one.id === current);
  return (item?.spent_ms ?? 0) + (current_ms === undefined ? 0 : Math.max(0, now - current_ms));
}

/** What the boxes of the current item and of those still to come leave. */
export function remainingMs(running: Running, now: number): number {
  return running.agenda.reduce((sum, item) => {
    if (item.id === running.current)
      return sum + Math.max(0, item.minutes * minuteMs - spentMs(running, now));
    return isOver(item) ? sum : sum + item.minutes * minuteMs;
  }, 0);
}

/** Minutes by which it ends before what was planned; below zero, after. */
export const endsEarly = (running: Running, now: number): number =>
  Math.trunc((running.planned_end_ms - now - remainingMs(running, now)) / minuteMs);

/** The item after the current one that is still to come; then the first that was passed over. */
export function nextItem({ agenda, current }: Running): Item | undefined {
  const open = (item: Item) => item.id !== current && !isOver(item);
  const at = agenda.findIndex((one) => one.id === current);
  return agenda.slice(at + 1).find(open) ?? agenda.find(open);
}
