// What the screen shows: what who leads the meeting chose, or by itself what is under way. Pure.
import type { Meeting, Poll } from "../generated/api";
import { itemOf } from "../meeting/words";

export type Face =
  | { what: "waiting" | "join" | "item" | "agenda" | "work" | "tasks" | "ended" | "cancelled" }
  | { what: "polls"; polls: Poll[] }
  | { what: "result"; poll: Poll };

const newest = (polls: readonly Poll[]): Poll | undefined =>
  [...polls].sort((a, b) => (b.closed_ms ?? 0) - (a.closed_ms ?? 0))[0];

function chosen({ shown }: Meeting, polls: readonly Poll[]): Face | undefined {
  if (!shown) return undefined;
  if (shown.what !== "poll" && shown.what !== "result") return { what: shown.what };
  const poll = polls.find(({ id }) => id === shown.poll);
  if (!poll) return undefined;
  // A result that nobody has revealed yet does not exist here.
  const revealed = shown.what === "result" && poll.result;
  return revealed ? { what: "result", poll } : { what: "polls", polls: [poll] };
}

/** Votes first; then what this item has decided, until it is left; then the item. */
function underWay(meeting: Meeting, polls: readonly Poll[]): Face {
  const open = polls.filter(({ state }) => state === "open");
  if (open.length > 0) return { what: "polls", polls: open };
  const item = itemOf(meeting, meeting.current);
  const sinceMs = meeting.current_ms ?? meeting.started_ms ?? 0;
  const ended = newest(
    polls.filter(
      ({ state, closed_ms = 0 }) => /closed|counted/.test(state) && closed_ms >= sinceMs,
    ),
  );
  if (ended?.result) return { what: "result", poll: ended };
  if (ended) return { what: "polls", polls: [ended] };
  if (!item) return { what: "join" };
  if (item.item_kind === "work") return { what: "work" };
  return { what: item.item_kind === "closing" ? "tasks" : "item" };
}

export function faceOf(meeting: Meeting, polls: readonly Poll[]): Face {
  if (meeting.state === "planned") return { what: "waiting" };
  if (meeting.state !== "open") return { what: meeting.state };
  return chosen(meeting, polls) ?? underWay(meeting, polls);
}
