// Hours of meetings are those of the organisation, as its minutes write them, wherever the device is: a hall has one clock.
// Where the device's shows something else, dates name the zone.
import { session } from "../app/session";
import { clock, fullDate, language } from "../i18n/i18n";
import { regionOf } from "../i18n/several";
import { meantThere, shownThere, zoneName } from "../i18n/zone";
import { fromLocal, toLocal } from "../poll/dates";

const zone = () => session.value?.time_zone;

/** 18:32:10 */
export const secondOf = (ms: number): string => clock(shownThere(ms, zone()));
/** 18:32 */
export const hourOf = (ms: number): string => secondOf(ms).slice(0, 5);

/** In this language, of a device that shows other hours; else "". */
export const zoneOf = (ms: number): string => zoneName(ms, zone(), regionOf(language.value));

export function dateOf(ms: number): string {
  const name = zoneOf(ms);
  const date = fullDate(shownThere(ms, zone()));
  return name ? `${date} (${name})` : date;
}

/** As a date field writes it, and what was written there. */
export const toField = (ms: number): string => toLocal(shownThere(ms, zone()));
export const fromField = (text: string): number => meantThere(fromLocal(text), zone());
