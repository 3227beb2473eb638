// The kinds of notification: under which heading of the preferences each stands, and its sign. A kind that
// the program knows and this table does not is a fault of the build.
import type { Notification } from "../generated/api";
import type { IconName } from "../ui/icons";

export type What = Notification["what"];
export const families = ["talk", "reactions", "proposals", "votes", "tasks", "people"] as const;
export type Family = (typeof families)[number];

export const kinds: Record<What, { family: Family; icon: IconName }> = {
  reply: { family: "talk", icon: "reply" },
  mention: { family: "talk", icon: "talk" },
  comment: { family: "talk", icon: "talk" },
  reaction: { family: "reactions", icon: "thumb" },
  comment_removed: { family: "talk", icon: "talk" },
  report: { family: "people", icon: "flag" },
  report_answered: { family: "people", icon: "flag" },
  proposal_state: { family: "proposals", icon: "idea" },
  proposal_revised: { family: "proposals", icon: "idea" },
  proposal_merged: { family: "proposals", icon: "idea" },
  proposal_help: { family: "proposals", icon: "heart" },
  proposal_answered: { family: "proposals", icon: "talk" },
  proposal_done: { family: "proposals", icon: "done" },
  proposal_realised: { family: "proposals", icon: "star" },
  merge_asked: { family: "proposals", icon: "link" },
  support_follows: { family: "proposals", icon: "link" },
  author_asked: { family: "proposals", icon: "people" },
  authors_changed: { family: "proposals", icon: "people" },
  decision: { family: "votes", icon: "book" },
  poll_result: { family: "votes", icon: "vote" },
  poll_again: { family: "votes", icon: "vote" },
  objection: { family: "votes", icon: "no" },
  decision_review: { family: "votes", icon: "clock" },
  task_asked: { family: "tasks", icon: "task" },
  task_answered: { family: "tasks", icon: "task" },
  task_given: { family: "tasks", icon: "task" },
  task_done: { family: "tasks", icon: "done" },
  task_dropped: { family: "tasks", icon: "task" },
  task_thanked: { family: "reactions", icon: "heart" },
  task_due: { family: "tasks", icon: "clock" },
  meeting_called: { family: "people", icon: "hall" },
  group_asked: { family: "people", icon: "people" },
  group_joined: { family: "people", icon: "people" },
  group_news: { family: "people", icon: "people" },
  member_joined: { family: "people", icon: "me" },
  role_changed: { family: "people", icon: "me" },
  sponsor: { family: "people", icon: "people" },
  device_revoked: { family: "people", icon: "device" },
  file: { family: "proposals", icon: "link" },
};

const places: Record<Notification["on"]["kind"], string> = {
  ...{ proposal: "/p/", poll: "/v/", decision: "/d/", task: "/t/", group: "/g/", member: "/m/" },
  ...{ meeting: "/meetings/", report: "/moderation", theme: "/p", org: "/" },
};

/** What is looked at elsewhere than on the page of the thing itself. */
const elsewhere: Partial<Record<What, string>> = {
  ...{ report: "/moderation", device_revoked: "/me/devices" },
};

/** Where a notification leads. */
export function placeOf({ what, on }: Notification): string {
  const other = elsewhere[what];
  if (other) return other;
  const place = places[on.kind];
  const path = place.endsWith("/") && place !== "/" ? place + (on.number ?? on.id) : place;
  return on.comment ? `${path}#c-${on.comment}` : path;
}
