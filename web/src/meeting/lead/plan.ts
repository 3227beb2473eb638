// A meeting as it is being planned, and what meeting.plan and meeting.revise take. Pure.
import type { Meeting } from "../../generated/api";
import { toLocal } from "../../poll/dates";
import { fromField, toField } from "../hours";
import type { Given } from "../../sync/rpc";
import { cleaned } from "./agenda";
import { minuteMs } from "./clock";

export type Kind = Meeting["meeting_kind"];
export const kinds = ["general_assembly", "board", "group", "work_session"] as const;
export const everies = ["week", "two_weeks", "month"] as const;

export interface Plan {
  meeting_kind: Kind;
  title: Record<string, string>;
  place: Record<string, string>;
  procedure: Record<string, string>;
  /** As a date field writes it, at the hours of the organisation. */
  starts: string;
  minutes: number;
  link: string;
  remote: boolean;
  group: string;
  /** Of the rule whose quorum is watched. */
  use: string;
  every: "" | (typeof everies)[number];
  notice_days: number;
  second_of: string;
  template: string;
}

const dayMs = 86_400_000;

/** In three weeks, at seven in the evening, for two hours. */
export function newPlan(kind: Kind, now: number): Plan {
  const starts = new Date(now + 21 * dayMs);
  starts.setHours(19, 0, 0, 0);
  return {
    ...{ meeting_kind: kind, title: {}, place: {}, procedure: {} },
    ...{ starts: toLocal(starts.getTime()), minutes: 120, link: "", remote: false },
    ...{ group: "", use: "", every: "", notice_days: 0, second_of: "", template: "" },
  };
}

export function planOf(meeting: Meeting): Plan {
  return {
    ...newPlan(meeting.meeting_kind, 0),
    ...{ title: meeting.title, place: meeting.place ?? {}, procedure: meeting.procedure ?? {} },
    starts: toField(meeting.starts_ms),
    minutes: Math.round((meeting.planned_end_ms - meeting.starts_ms) / minuteMs),
    ...{ link: meeting.link ?? "", remote: meeting.remote, group: meeting.group?.id ?? "" },
    ...{ use: meeting.rule ?? "", every: meeting.series?.every ?? "" },
    notice_days: meeting.notice_days,
    second_of: meeting.second_of?.id ?? "",
  };
}

/** What is missing, by the name of its field. */
export function problemsOf(plan: Plan): Set<string> {
  const wrong = new Set<string>();
  if (Object.keys(cleaned(plan.title)).length === 0) wrong.add("title");
  if (!Number.isFinite(fromField(plan.starts))) wrong.add("starts");
  if (!(plan.minutes >= 5 && plan.minutes <= 1440)) wrong.add("minutes");
  if (plan.link && !/^https:\/\/\S+$/.test(plan.link.trim())) wrong.add("link");
  if (plan.meeting_kind === "group" && !plan.group) wrong.add("group");
  return wrong;
}

/** As meeting.plan takes it. */
export function toPlan(plan: Plan): Omit<Given<"meeting.plan">, "id"> {
  const { meeting_kind, group, second_of, template } = plan;
  const { title, starts, minutes, ...rest } = toRevise(plan);
  const all = { ...rest, group, second_of, template };
  return {
    ...{ kind: meeting_kind, title, starts, minutes },
    ...Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== null && value !== ""),
    ),
  };
}

/** All that meeting.revise may change. */
function toRevise(plan: Plan) {
  return {
    ...{ title: cleaned(plan.title), starts: fromField(plan.starts), minutes: plan.minutes },
    ...{ place: given(cleaned(plan.place)), link: plan.link.trim() || null, remote: plan.remote },
    procedure: plan.remote ? given(cleaned(plan.procedure)) : null,
    ...{ notice_days: plan.notice_days, rule: plan.use || null, series: plan.every || null },
  };
}
const given = (words: Record<string, string>) => (Object.keys(words).length > 0 ? words : null);

/** As meeting.revise takes it: what is no longer as it was. */
export function changesOf(plan: Plan, before: Plan): Partial<ReturnType<typeof toRevise>> {
  const now = Object.entries(toRevise(plan));
  const was: Record<string, unknown> = toRevise(before);
  return Object.fromEntries(
    now.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name])),
  );
}
