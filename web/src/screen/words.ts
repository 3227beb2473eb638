// The words of the big screen: all languages of the organisation at once, since a hall reads them together. One is the main
// one, large; the others stand below it, smaller, and never take turns, so that nothing flickers.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { computed, signal } from "@preact/signals";
import { isLanguage, type Language, preferred } from "../i18n/preferred";
import { catalogue } from "../i18n/load";

const regions: Record<Language, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };
export const regionOf = (code: Language): string => regions[code];

export type Labels = Record<string, string | undefined>;
const bundles = new Map<Language, FluentBundle>();
/** Those of the organisation that this program speaks, the main one first. */
const all = signal<readonly Language[]>([]);
export const spoken = computed(() => all.value);
export const main = computed<Language>(() => all.value[0] ?? "en");

/** Before the screen is drawn. The organisation's first language leads; nothing known yet: this device's. */
export async function speakAll(codes: readonly string[]): Promise<void> {
  const known = codes.filter(isLanguage);
  const wanted = known.length > 0 ? known : [preferred()];
  await Promise.all(
    wanted.map(async (code) => {
      if (bundles.has(code)) return;
      const bundle = new FluentBundle(regions[code], { useIsolating: false });
      bundle.addResource(new FluentResource(await catalogue("screen", code)));
      bundles.set(code, bundle);
    }),
  );
  all.value = wanted;
}

/** The next language leads. */
export function turn(): void {
  all.value = [...all.value.slice(1), ...all.value.slice(0, 1)];
}

/** A message in each language. */
export function t(id: string, args?: Record<string, FluentVariable>): Labels {
  const said: Labels = {};
  for (const code of all.value) {
    const bundle = bundles.get(code);
    const pattern = bundle?.getMessage(id)?.value;
    said[code] = pattern ? bundle?.formatPattern(pattern, args, []) : id;
  }
  return said;
}

export const number = (value: number): string =>
  new Intl.NumberFormat(regions[main.value]).format(value);
