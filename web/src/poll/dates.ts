// Dates of votes in forms: local time of the device, as its date field writes them.

const two = (value: number): string => String(value).padStart(2, "0");

/** "2026-11-29T20:00" */
export function toLocal(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export const fromLocal = (text: string): number => new Date(text).getTime();

/** Seven days from now, at 20:00. */
export function closingDefault(now = Date.now()): number {
  const date = new Date(now);
  date.setDate(date.getDate() + 7);
  date.setHours(20, 0, 0, 0);
  return date.getTime();
}
