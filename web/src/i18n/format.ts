// Dates and numbers as Intl writes them in fr-BE, nl-BE and en-GB, without it: a browser's first use of Intl's formats
// reads its tables of all languages, which holds a slow phone's page up for a fifth of a second. Whole numbers, and
// the clock of the device; whatever is rarer asks Intl itself. tests/unit/web/format.test.ts compares the two.
import type { Language } from "./preferred";

interface Tongue {
  months: string;
  /** As they stand in short dates. */
  short: string;
  /** From Sunday on. */
  weekdays: string;
  /** Between the day and the hour. */
  at: string;
  thousands: string;
  /** Days from the one before yesterday to the one after tomorrow; "" = said by its number. */
  near: string;
  /** [past, future], # = how many. */
  days: [string, string];
  hours: [string, string];
  minutes: [string, string];
  /** The same for one. */
  hour: [string, string];
  minute: [string, string];
}

const tongues: Record<Language, Tongue> = {
  fr: {
    months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    short: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    weekdays: "dimanche lundi mardi mercredi jeudi vendredi samedi",
    at: "à",
    thousands: "\u202f",
    near: "avant-hier,hier,aujourd’hui,demain,après-demain",
    days: ["il y a # jours", "dans # jours"],
    hours: ["il y a # heures", "dans # heures"],
    minutes: ["il y a # minutes", "dans # minutes"],
    hour: ["il y a 1 heure", "dans 1 heure"],
    minute: ["il y a 1 minute", "dans 1 minute"],
  },
  nl: {
    months:
      "januari februari maart april mei juni juli augustus september oktober november december",
    short: "jan feb mrt apr mei jun jul aug sep okt nov dec",
    weekdays: "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
    at: "om",
    thousands: ".",
    near: "eergisteren,gisteren,vandaag,morgen,overmorgen",
    days: ["# dagen geleden", "over # dagen"],
    hours: ["# uur geleden", "over # uur"],
    minutes: ["# minuten geleden", "over # minuten"],
    hour: ["1 uur geleden", "over 1 uur"],
    minute: ["1 minuut geleden", "over 1 minuut"],
  },
  en: {
    months: "January February March April May June July August September October November December",
    short: "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    weekdays: "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
    at: "at",
    thousands: ",",
    near: ",yesterday,today,tomorrow,",
    days: ["# days ago", "in # days"],
    hours: ["# hours ago", "in # hours"],
    minutes: ["# minutes ago", "in # minutes"],
    hour: ["1 hour ago", "in 1 hour"],
    minute: ["1 minute ago", "in 1 minute"],
  },
};

const word = (words: string, at: number): string => words.split(" ")[at] ?? "";
const two = (value: number): string => String(value).padStart(2, "0");
const time = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}`;
const dayMonth = (date: Date, words: string): string =>
  `${date.getDate()} ${word(words, date.getMonth())}`;

export function day(ms: number, language: Language): string {
  const date = new Date(ms);
  return `${dayMonth(date, tongues[language].short)} ${date.getFullYear()}`;
}
export function dayTime(ms: number, language: Language): string {
  const date = new Date(ms);
  return `${dayMonth(date, tongues[language].short)}, ${time(date)}`;
}
export function fullDate(ms: number, language: Language): string {
  const date = new Date(ms);
  const { months, weekdays, at } = tongues[language];
  return `${word(weekdays, date.getDay())} ${dayMonth(date, months)} ${at} ${time(date)}`;
}
export function clock(ms: number): string {
  const date = new Date(ms);
  return `${time(date)}:${two(date.getSeconds())}`;
}

/** A whole number, its thousands set apart unless they are not counted (a number people call a thing by). */
export function whole(value: number, language: Language, grouping = true): string {
  const digits = String(value);
  return grouping ? digits.replace(/\B(?=(\d{3})+$)/g, tongues[language].thousands) : digits;
}

const counted = (count: number, [past, future]: [string, string]): string =>
  (count < 0 ? past : future).replace("#", String(Math.abs(count)));

/** "in 3 days", "yesterday". */
export function inDays(count: number, language: Language): string {
  const { near, days } = tongues[language];
  return near.split(",")[count + 2] || counted(count, days);
}
/** "in 2 hours", "1 minute ago"; not for 0. */
export function inUnits(unit: "hour" | "minute", count: number, language: Language): string {
  const tongue = tongues[language];
  return counted(count, Math.abs(count) === 1 ? tongue[unit] : tongue[`${unit}s`]);
}

/** A text as French is set: what asks, exclaims or closes a quotation never begins a line. For the eye only. */
export const unbroken = (text: string, language: string | undefined): string =>
  language === "fr" ? text.replace(/ (?=[?!:;»])|(?<=«) /g, "\u202f") : text;
