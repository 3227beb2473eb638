// The words of the page, in one language at a time. Catalogues are Fluent files; dates and numbers
// follow the same language through Intl. Components that call t() follow a change of language.
import {
  FluentBundle,
  FluentNumber,
  FluentResource,
  type FluentValue,
  type FluentVariable,
} from "@fluent/bundle";
import { signal } from "@preact/signals";
import * as format from "./format";
import type { Language } from "./preferred";

export { isLanguage, type Language, languages } from "./preferred";
/** Each language in its own words. */
export const languageNames: Record<Language, string> = {
  fr: "Français",
  nl: "Nederlands",
  en: "English",
};
const regions: Record<Language, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };

export const language = signal<Language>("en");
const bundle = signal<FluentBundle | null>(null);

/** Written by format.ts; Intl only tells its plural. */
class Written extends FluentNumber {
  override toString(): string {
    return written(this.value, this.opts.useGrouping !== false);
  }
}
/** NUMBER($n, useGrouping: 0), the one option that catalogues use. */
const functions = {
  NUMBER: ([value]: FluentValue[], { useGrouping }: Record<string, FluentValue>) =>
    new Written((value as FluentNumber).value, {
      useGrouping: (useGrouping as FluentNumber | undefined)?.value !== 0,
    }),
};

const prepared = (args: Args): Args =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === "number" ? new Written(value) : value,
    ]),
  );

/** Messages of catalogues in use that nobody has asked for yet. Parsing all of them holds a slow phone up for a tenth
 * of a second, and a page shows few. No message names another one (tests/unit/web/locales.test.ts). */
let unread = new Map<string, string>();

function add(catalogue: string): void {
  for (const message of catalogue.split(/^(?=[a-z])/m)) {
    const end = message.indexOf(" =");
    if (end > 0) unread.set(message.slice(0, end), message);
  }
}

/** Puts catalogues in use. */
export function install(code: Language, catalogues: string[]): void {
  unread = new Map();
  for (const catalogue of catalogues) add(catalogue);
  bundle.value = new FluentBundle(regions[code], { useIsolating: false, functions });
  language.value = code;
}

/** More words of the language in use: nothing that is drawn already needs them, so nothing is drawn again. */
export const extend = add;

/** What a message says. Throws when it has errors: a catalogue is part of the program. */
function patternOf(id: string) {
  const made = bundle.value;
  const message = unread.get(id);
  if (made && message !== undefined) {
    unread.delete(id);
    const errors = made.addResource(new FluentResource(message));
    if (errors[0]) throw errors[0];
  }
  return made?.getMessage(id)?.value;
}

export type Args = Record<string, FluentVariable>;

export function has(id: string): boolean {
  return Boolean(patternOf(id));
}

/** The message; a missing one shows its id, which the tests never let happen. */
export function t(id: string, args?: Args): string {
  const pattern = patternOf(id);
  const named = args && prepared(args.name === "" ? { ...args, name: t("member-erased") } : args);
  return pattern ? (bundle.value?.formatPattern(pattern, named, []) ?? id) : id;
}

/** What people read of a refusal. */
export function reasonText(reason: string): string {
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
const written = (value: number, grouping?: boolean): string =>
  Number.isSafeInteger(value)
    ? format.whole(value, language.value, grouping)
    : new Intl.NumberFormat(regions[language.value]).format(value);
export const number = (value: number): string => written(value);

const dayMs = 86_400_000;
const steps = [
  ["hour", 3_600_000],
  ["minute", 60_000],
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
