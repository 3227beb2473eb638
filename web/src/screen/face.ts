// What the big screen shows: what who leads the meeting chose, until something new begins; else what is under way. Pure, so
// that a phone can say the same in words.
import type { Meeting } from "../generated/api";
import { itemOf } from "../meeting/words";

/** Of a vote, or its card. */
export interface Voted {
  id: string;
  state: string;
  opened_ms?: number | undefined;
  closed_ms?: number | undefined;
  result?: object | undefined;
  verdict?: string | undefined;
}
export type Face<P> =
  | { what: "waiting" | "join" | "item" | "agenda" | "work" | "tasks" | "ended" | "cancelled" }
  | { what: "polls"; polls: P[] }
  | { what: "result"; poll: P };

const isRevealed = (poll: Voted): boolean => Boolean(poll.result ?? poll.verdict);
const endOf = ({ closed_ms, opened_ms }: Voted): number => closed_ms ?? opened_ms ?? 0;

/** When an item or a vote last began, or a vote ended. */
const beganMs = (meeting: Meeting, polls: readonly Voted[]): number =>
  Math.max(meeting.current_ms ?? 0, ...polls.map(endOf), ...polls.map((one) => one.opened_ms ?? 0));

function chosen<P extends Voted>(meeting: Meeting, polls: readonly P[]): Face<P> | undefined {
  const { shown } = meeting;
  if (!shown || beganMs(meeting, polls) > shown.since_ms) return undefined;
  if (shown.what !== "poll" && shown.what !== "result") return { what: shown.what };
  const poll = polls.find(({ id }) => id === shown.poll);
  if (!poll) return undefined;
  // A result that nobody has revealed yet does not exist here.
  return isRevealed(poll) ? { what: "result", poll } : { what: "polls", polls: [poll] };
}

/** Votes first; then what this item has decided, until it is left; then the item. */
function underWay<P extends Voted>(meeting: Meeting, polls: readonly P[]): Face<P> {
  const open = polls.filter(({ state }) => state === "open");
  if (open.length > 0) return { what: "polls", polls: open };
  const sinceMs = meeting.current_ms ?? meeting.started_ms ?? 0;
  const [last] = polls
    .filter((poll) => /closed|counted/.test(poll.state) && endOf(poll) >= sinceMs)
    .sort((a, b) => endOf(b) - endOf(a));
  if (last)
    return isRevealed(last) ? { what: "result", poll: last } : { what: "polls", polls: [last] };
  const item = itemOf(meeting, meeting.current);
  if (!item) return { what: "join" };
  if (item.item_kind === "work") return { what: "work" };
  return { what: item.item_kind === "closing" ? "tasks" : "item" };
}

export function faceOf<P extends Voted>(meeting: Meeting, polls: readonly P[]): Face<P> {
  if (meeting.state === "planned") return { what: "waiting" };
  if (meeting.state !== "open") return { what: meeting.state };
  return chosen(meeting, polls) ?? underWay(meeting, polls);
}
