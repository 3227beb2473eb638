// The clocks of a time zone, on a device that may be elsewhere. Pure.
const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How far the clocks of a time zone are ahead of UTC at this moment; undefined for a zone this browser does not know. */
function ahead(ms: number, zone: string): number | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
      ...{ hour: "numeric", minute: "numeric", second: "numeric" },
    });
    const parts = format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]);
    const at: Record<string, number> = Object.fromEntries(parts);
    const shown = Date.UTC(
      at.year ?? 0,
      (at.month ?? 1) - 1,
      at.day,
      at.hour,
      at.minute,
      at.second,
    );
    return shown - Math.floor(ms / 1000) * 1000;
  } catch {
    return undefined;
  }
}
/** The same; 0 for a zone this browser does not know. */
export const aheadMs = (ms: number, zone: string): number => ahead(ms, zone) ?? 0;

/** By how much the clocks there are before those of this device, at this moment; undefined: they show the same, or it is not
 * known, and this device's are shown. */
function apart(ms: number, zone: string | undefined): number | undefined {
  if (!zone || zone === zoneHere()) return undefined;
  const here = -new Date(ms).getTimezoneOffset() * 60_000;
  const there = ahead(ms, zone);
  return there === undefined ? undefined : there - here || undefined;
}

/** The moment at which the clocks of this device show what those there show now: to be written as all times are. */
export const shownThere = (ms: number, zone: string | undefined): number =>
  ms + (apart(ms, zone) ?? 0);

/** The inverse: what was read of a clock of this device is meant there. */
export function meantThere(ms: number, zone: string | undefined): number {
  const near = ms - (apart(ms, zone) ?? 0);
  return ms - (apart(near, zone) ?? 0);
}

/** "heure d’Europe centrale", where hours are not those of the device; else "". */
export function zoneName(ms: number, zone: string | undefined, region: string): string {
  if (!zone || apart(ms, zone) === undefined) return "";
  try {
    const format = new Intl.DateTimeFormat(region, { timeZone: zone, timeZoneName: "longGeneric" });
    return format.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value ?? zone;
  } catch {
    return zone;
  }
}
