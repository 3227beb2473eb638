// What all pages of meetings ask of a meeting: how it stands now, its agenda as a tree, its points, what is left of a time
// box, hours in words.
import type {
  AgendaItem,
  Attendance,
  Meeting,
  MeetingCard,
  MeetingNow,
  Poll,
} from "../generated/api";
import type { Watched } from "../sync/feed";

export type Item = Meeting["agenda"][number];
export interface Branch {
  item: Item;
  children: Item[];
}

/** The meeting with what was told of it since: a step of a meeting comes without its agenda. */
export function joined(
  meeting: Meeting,
  now: MeetingNow | undefined,
  items: readonly AgendaItem[],
): Meeting {
  if (!now || now.rev <= meeting.rev) return meeting;
  const { rev, revs, current, current_ms, shown, led_by } = now;
  const newer = new Map(items.flatMap((one) => (one.rev > meeting.rev ? [[one.item, one]] : [])));
  const agenda = meeting.agenda.map((item) => {
    const one = newer.get(item.id);
    if (!one) return item;
    const { started_ms, ended_ms, spent_ms, outcome, polls } = one;
    return { ...item, started_ms, ended_ms, spent_ms, outcome, polls };
  });
  return { ...meeting, rev, revs, current, current_ms, shown, led_by, agenda };
}

/** As it stands now; undefined: not here yet. Who asks for no more than its plan, its state and its offices reads it as it is. */
export function meetingOf(watched: Pick<Watched, "one" | "all">): Meeting | undefined {
  const meeting = watched.one("meeting");
  return meeting && joined(meeting, watched.one("meeting_now"), watched.all("agenda_item"));
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

/** What an open vote has left; never more than it was given, however wrong this device's idea of the time is. */
export function voteLeft(poll: Pick<Poll, "closes_ms" | "opened_ms">, now: number): number {
  const { closes_ms = 0, opened_ms = 0 } = poll;
  return Math.max(0, closes_ms - Math.max(now, opened_ms));
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
