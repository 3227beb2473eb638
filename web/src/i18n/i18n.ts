// The words of the page, in one language at a time. Catalogues are Fluent files; dates and numbers
// follow the same language through Intl. Components that call t() follow a change of language.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { computed, type ReadonlySignal, signal } from "@preact/signals";

export const languages = ["fr", "nl", "en"] as const;
export type Language = (typeof languages)[number];
/** Each language in its own words. */
export const languageNames: Record<Language, string> = {
  fr: "Français",
  nl: "Nederlands",
  en: "English",
};
const regions: Record<Language, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };

export const language = signal<Language>("en");
const bundle = signal<FluentBundle | null>(null);

export const isLanguage = (code: string): code is Language =>
  (languages as readonly string[]).includes(code);

/** Puts catalogues in use. Throws when one has errors: a catalogue is part of the program. */
export function install(code: Language, catalogues: string[]): void {
  const made = new FluentBundle(regions[code], { useIsolating: false });
  for (const catalogue of catalogues) {
    const errors = made.addResource(new FluentResource(catalogue));
    if (errors[0]) throw errors[0];
  }
  bundle.value = made;
  language.value = code;
}

export type Args = Record<string, FluentVariable>;

export function has(id: string): boolean {
  return bundle.value?.hasMessage(id) ?? false;
}

/** The message; a missing one shows its id, which the tests never let happen. */
export function t(id: string, args?: Args): string {
  const pattern = bundle.value?.getMessage(id)?.value;
  const named = args?.name === "" ? { ...args, name: t("member-erased") } : args;
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

/** Made when first used: an old phone needs tens of milliseconds for each. */
function format<F>(make: (region: string) => F): ReadonlySignal<F> {
  return computed(() => make(regions[language.value]));
}
const date = (options: Intl.DateTimeFormatOptions) =>
  format((region) => new Intl.DateTimeFormat(region, options));
const formats = {
  day: date({ day: "numeric", month: "short", year: "numeric" }),
  dayTime: date({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
  full: date({
    ...{ weekday: "long", day: "numeric", month: "long" },
    ...{ hour: "2-digit", minute: "2-digit" },
  }),
  time: date({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  number: format((region) => new Intl.NumberFormat(region)),
  relative: format((region) => new Intl.RelativeTimeFormat(region, { numeric: "auto" })),
};

export const day = (ms: number): string => formats.day.value.format(ms);
export const dayTime = (ms: number): string => formats.dayTime.value.format(ms);
export const fullDate = (ms: number): string => formats.full.value.format(ms);
export const clock = (ms: number): string => formats.time.value.format(ms);
export const number = (value: number): string => formats.number.value.format(value);

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];
/** "in 3 days", "2 hours ago"; days are counted by the calendar. */
export function relative(ms: number, now: number): string {
  const distance = ms - now;
  for (const [unit, size] of steps) {
    if (Math.abs(distance) < size) continue;
    if (unit !== "day") return formats.relative.value.format(Math.trunc(distance / size), unit);
    const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
    return formats.relative.value.format(Math.round((midnight(ms) - midnight(now)) / size), "day");
  }
  return t("just-now");
}
