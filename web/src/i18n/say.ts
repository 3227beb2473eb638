// What a message says, from the pattern that the build made of it (web/build/catalogues.ts).
// tests/unit/web/locales.test.ts compares it with the reference implementation of Fluent.
import { whole } from "./format";
import type { Language } from "./preferred";

/** Text, or texts and what stands between them. */
export type Pattern = string | Part[];
/** A value; with 0 a number that people call a thing by; with patterns a choice: by the number itself, "one" or "other". */
export type Part = string | [name: string, how?: 0 | Record<string, Pattern>];
export type Catalogue = Record<string, Pattern>;
export type Args = Record<string, string | number>;

export const regions: Record<Language, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };

export const figure = (value: number, language: Language, grouping?: boolean): string =>
  Number.isSafeInteger(value)
    ? whole(value, language, grouping)
    : new Intl.NumberFormat(regions[language]).format(value);

/** As the plural rules of the three languages have it. */
const isOne = (value: string | number | undefined, language: Language): boolean =>
  typeof value === "number" && (language === "fr" ? Math.abs(value) < 2 : Math.abs(value) === 1);

export function say(pattern: Pattern, args: Args, language: Language): string {
  if (typeof pattern === "string") return pattern;
  const parts = pattern.map((part) => {
    if (typeof part === "string") return part;
    const [name, how] = part;
    const value = args[name];
    if (how) {
      const plural = isOne(value, language) ? how.one : undefined;
      return say(how[String(value)] ?? plural ?? how.other ?? "", args, language);
    }
    return typeof value === "number" ? figure(value, language, how !== 0) : (value ?? name);
  });
  return parts.join("");
}
