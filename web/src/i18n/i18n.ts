// The words of the page, in one language at a time. Dates and numbers follow the same language. Components that call
// t() follow a change of language.
import { signal } from "@preact/signals";
import * as format from "./format";
import { momentMs } from "../sync/backoff";
import type { Language } from "./preferred";
import { type Args, type Catalogue, figure, say } from "./say";

export { isLanguage, type Language, languages } from "./preferred";
/** Each language in its own words. */
export const languageNames: Record<Language, string> = {
  fr: "Français",
  nl: "Nederlands",
  en: "English",
};

export const language = signal<Language>("en");
/** The messages in use. */
const messages = signal<Catalogue>({});

/** Puts catalogues in use. */
export function install(code: Language, catalogues: Catalogue[]): void {
  messages.value = Object.assign({}, ...catalogues);
  language.value = code;
}

/** More words of the language in use: nothing that is drawn already needs them, so nothing is drawn again. */
export const extend = (catalogue: Catalogue): void => {
  Object.assign(messages.peek(), catalogue);
};

export type { Args };

export const has = (id: string): boolean => messages.value[id] !== undefined;

/** The message; a missing one shows its id, which the tests never let happen. */
export function t(id: string, args: Args = {}): string {
  const pattern = messages.value[id];
  if (pattern === undefined) return id;
  const named = args.name === "" ? { ...args, name: t("member-erased") } : args;
  return say(pattern, named, language.value);
}

/** What people read of a refusal; `afterMs`: so long it will be refused again. */
export function reasonText(reason: string, afterMs = 0): string {
  if (afterMs > momentMs)
    return t("limited-until", { time: fullDate(Date.now() + afterMs + minuteMs) });
  const id = `error-${reason.replace(/\./g, "-")}`;
  return has(id) ? t(id) : t("error-other", { reason });
}

/** Of labels in several languages: the reader's, else the first there is. */
export function pick(labels: Record<string, string | undefined> | undefined): {
  text: string;
  lang: string;
} {
  const own = labels?.[language.value];
  if (own !== undefined) return { text: own, lang: language.value };
  const [lang, text] = Object.entries(labels ?? {}).find(([, label]) => label) ?? ["", ""];
  return { text: text ?? "", lang };
}

export const day = (ms: number): string => format.day(ms, language.value);
export const dayTime = (ms: number): string => format.dayTime(ms, language.value);
export const fullDate = (ms: number): string => format.fullDate(ms, language.value);
export const clock = (ms: number): string => format.clock(ms);
export const number = (value: number): string => figure(value, language.value);

const dayMs = 86_400_000;
const minuteMs = 60_000;
const steps = [
  ["hour", 3_600_000],
  ["minute", minuteMs],
] as const;
/** "in 3 days", "2 hours ago"; days are counted by the calendar. */
export function relative(ms: number, now: number): string {
  const distance = ms - now;
  if (Math.abs(distance) >= dayMs) {
    const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
    return format.inDays(Math.round((midnight(ms) - midnight(now)) / dayMs), language.value);
  }
  for (const [unit, size] of steps)
    if (Math.abs(distance) >= size)
      return format.inUnits(unit, Math.trunc(distance / size), language.value);
  return t("just-now");
}
