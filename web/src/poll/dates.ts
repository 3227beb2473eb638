// Dates of votes in forms: local time of the device, as its date field writes them; the date proposed for the closing
// follows the settings and the time zone of the organisation.
import type { Organisation } from "../generated/api";
import { aheadMs, shownThere } from "../i18n/zone";

const two = (value: number): string => String(value).padStart(2, "0");

/** "2026-11-29T20:00" */
export function toLocal(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export const fromLocal = (text: string): number => new Date(text).getTime();

/** The day that it then is there: "2026-11-29". */
export const dayThere = (ms: number, zone: string | undefined): string =>
  toLocal(shownThere(ms, zone)).slice(0, 10);

/** The same hour so many days later, or before, also where clocks change meanwhile. */
export function daysLater(ms: number, days: number): number {
  const date = new Date(ms);
  return date.setDate(date.getDate() + days);
}

/** When it ends if it takes from now as many days, hours and minutes as it took, on the clock, from one date to the other. */
export function asLongAgain(fromMs: number, toMs: number, now: number): number {
  const onClock = (ms: number) => ms - new Date(ms).getTimezoneOffset() * 60_000;
  const wanted = new Date(onClock(now) + onClock(toMs) - onClock(fromMs));
  return fromLocal(wanted.toISOString().slice(0, 16));
}

/** So many days from now, at the hour at which votes close where the organisation is. */
export function closingDefault(
  { days = 7, hour = 20, zone }: { days?: number; hour?: number; zone?: string } = {},
  now = Date.now(),
): number {
  if (!zone) {
    return new Date(daysLater(now, days)).setHours(hour, 0, 0, 0);
  }
  const there = new Date(now + aheadMs(now, zone));
  const wanted = Date.UTC(
    there.getUTCFullYear(),
    there.getUTCMonth(),
    there.getUTCDate() + days,
    hour,
  );
  const near = wanted - aheadMs(wanted, zone);
  return wanted - aheadMs(near, zone);
}

/** The same, as the organisation has set it. */
export function closingOf(organisation: Organisation | undefined, now = Date.now()): number {
  if (!organisation) return closingDefault({}, now);
  const { vote_days, vote_close_hour } = organisation.settings;
  return closingDefault(
    { days: vote_days, hour: vote_close_hour, zone: organisation.time_zone },
    now,
  );
}
