// What all pages of meetings ask of a meeting: its agenda as a tree, its points, what is left of a time box, hours in words.
import type { Attendance, Meeting, MeetingCard } from "../generated/api";
import { clock } from "../i18n/i18n";

export type Item = Meeting["agenda"][number];
export interface Branch {
  item: Item;
  children: Item[];
}

/** Points with those under them, in the order of the agenda. */
export function treeOf(agenda: readonly Item[]): Branch[] {
  return agenda
    .filter((item) => item.parent === undefined)
    .map((item) => ({ item, children: agenda.filter((one) => one.parent === item.id) }));
}

export const itemOf = (meeting: Meeting, id: string | undefined): Item | undefined =>
  meeting.agenda.find((item) => item.id === id);

/** "2", "2.1": what people call a point by. "" for one that is not there. */
export function placeOf(meeting: Meeting, id: string): string {
  for (const [at, { item, children }] of treeOf(meeting.agenda).entries()) {
    if (item.id === id) return String(at + 1);
    const under = children.findIndex((child) => child.id === id);
    if (under >= 0) return `${at + 1}.${under + 1}`;
  }
  return "";
}

/** People may come in before it starts: halls fill before the chair opens. */
const doorsMs = 3 * 3_600_000;
export const doorsOpen = (meeting: Meeting, now: number): boolean =>
  meeting.state === "open" || (meeting.state === "planned" && now > meeting.starts_ms - doorsMs);

const minuteMs = 60_000;
/** What the point under way has left of its time box; below 0 when it is used up, undefined without a box. */
export function leftOf(meeting: Meeting, now: number): number | undefined {
  const item = itemOf(meeting, meeting.current);
  if (!item || item.minutes === 0 || meeting.current_ms === undefined) return undefined;
  return item.minutes * minuteMs - (item.spent_ms ?? 0) - (now - meeting.current_ms);
}

/** 4:07, 1:02:30; never below nothing. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** The hour of the device: 18:32. */
export const hourOf = (ms: number): string => clock(ms).slice(0, 5);

export interface Ordered {
  open: MeetingCard[];
  coming: MeetingCard[];
  past: MeetingCard[];
}
/** Those under way, then those to come with the nearest first, then those that are over with the newest first. */
export function inOrder(cards: readonly MeetingCard[]): Ordered {
  const near = [...cards].sort((a, b) => a.starts_ms - b.starts_ms || a.number - b.number);
  return {
    open: near.filter((card) => card.state === "open"),
    coming: near.filter((card) => card.state === "planned"),
    past: near.filter((card) => card.state === "ended" || card.state === "cancelled").reverse(),
  };
}

/** Since when this person has been there; undefined: not there now. */
export function presentSince(attendance: Attendance | undefined): number | undefined {
  return attendance?.present ? attendance.periods.at(-1)?.in_ms : undefined;
}

export const wasPresentAt = (attendance: Attendance | undefined, ms: number): boolean =>
  attendance?.periods.some(
    ({ in_ms, out_ms }) => in_ms <= ms && ms < (out_ms ?? Number.MAX_SAFE_INTEGER),
  ) ?? false;
