// The notice of a meeting: whole days of the organisation's calendar, as the server counts them; what the law asks is in them.
import type { Meeting } from "../../generated/api";
import { shownThere } from "../../i18n/zone";
import { dayThere, daysLater } from "../../poll/dates";

/** The last day for the call, by the clocks of the organisation: a moment at which those of this device show that day. */
export const callBy = (startsMs: number, noticeDays: number, zone?: string): number =>
  daysLater(shownThere(startsMs, zone), -noticeDays);

/** Nothing asked; kept or late, of a call that was sent; still possible until a day, or not any more. */
export function noticeOf(
  { notice, called_ms, starts_ms }: Pick<Meeting, "notice" | "called_ms" | "starts_ms">,
  now: number,
  zone?: string,
): "none" | "kept" | "late" | "due" | "over" {
  const { asked_days, given_days } = notice;
  if (asked_days === 0) return "none";
  if (called_ms !== undefined) return given_days >= asked_days ? "kept" : "late";
  const last = dayThere(callBy(starts_ms, asked_days, zone), undefined);
  return dayThere(now, zone) <= last ? "due" : "over";
}
