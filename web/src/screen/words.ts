// The words of the big screen: all languages of the organisation at once, since a hall reads them together. One is the main
// one, large; the others stand below it, smaller, and never take turns, so that nothing flickers.
import { computed, signal } from "@preact/signals";
import { isLanguage, type Language, preferred } from "../i18n/preferred";
import type { Args } from "../i18n/say";
import { regionOf, type Speaker, speakerOf } from "../i18n/several";

export type Labels = Record<string, string | undefined>;
const speakers = new Map<Language, Speaker>();
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
      if (!speakers.has(code)) speakers.set(code, await speakerOf("screen", code));
    }),
  );
  all.value = wanted;
}

/** The next language leads. */
export function turn(): void {
  all.value = [...all.value.slice(1), ...all.value.slice(0, 1)];
}

/** A message in each language. */
export function t(id: string, args?: Args): Labels {
  const said: Labels = {};
  for (const code of all.value) said[code] = speakers.get(code)?.(id, args);
  return said;
}

/** Of the organisation: its hours stand here, as in the minutes. */
export const zone = signal<string | undefined>(undefined);

export const number = (value: number): string =>
  new Intl.NumberFormat(regionOf(main.value)).format(value);
