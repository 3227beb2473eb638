// Effort in words, and the choices of it: hours are what is kept.
import { t } from "../i18n/i18n";

export const efforts = [1, 4, 8, 24] as const;

/** "about half a day" */
export function effortText(hours: number): string {
  if (hours < 4) return t("effort-hours", { count: hours });
  if (hours < 7) return t("effort-half-day");
  return t("effort-days", { count: Math.max(1, Math.round(hours / 8)) });
}

/** The end of a day, local time. */
export function endOfDay(date: string): number | undefined {
  return date ? new Date(`${date}T20:00`).getTime() : undefined;
}

/** What a date field shows of a time. */
export function dateField(ms: number | undefined): string {
  if (ms === undefined) return "";
  const date = new Date(ms);
  const two = (value: number) => `${value}`.padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
