// The notice of a meeting: whole days of the organisation's calendar, as the server counts them; what the law asks is in them.
import type { Meeting } from "../../generated/api";
import { shownThere } from "../../i18n/zone";
import { toLocal } from "../../poll/dates";

const dayMs = 86_400_000;

/** At some hour of the last day for the call. */
export const callBy = (startsMs: number, noticeDays: number): number =>
  startsMs - noticeDays * dayMs;

const dayOf = (ms: number, zone?: string) => toLocal(shownThere(ms, zone)).slice(0, 10);

/** Nothing asked; kept or late, of a call that was sent; still possible until a day, or not any more. */
export function noticeOf(
  { notice, called_ms, starts_ms }: Pick<Meeting, "notice" | "called_ms" | "starts_ms">,
  now: number,
  zone?: string,
): "none" | "kept" | "late" | "due" | "over" {
  const { asked_days, given_days } = notice;
  if (asked_days === 0) return "none";
  if (called_ms !== undefined) return given_days >= asked_days ? "kept" : "late";
  return dayOf(now, zone) <= dayOf(callBy(starts_ms, asked_days), zone) ? "due" : "over";
}
