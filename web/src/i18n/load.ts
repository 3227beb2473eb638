// Fetches catalogues and puts them in use; the choice of language stays with the device. The words of every
// page are in locales/<language>.ftl; what only some pages need is in locales/<area>/<language>.ftl and comes
// with those pages. An area that was needed once follows every change of language.
import { effect } from "@preact/signals";
import { install, isLanguage, type Language, language } from "./i18n";

const files = import.meta.glob<string>("../../locales/**/*.ftl", {
  query: "?raw",
  import: "default",
});
const place = "palabre-language";
/** The areas in use, each with what was fetched of it: language and text. */
const areas = new Map<string, [Language, string] | null>([["", null]]);

/** The person's choice, else what their browser asks for, else French. */
export function preferred(): Language {
  const wanted = [localStorage.getItem(place), ...navigator.languages];
  for (const code of wanted) {
    const short = (code ?? "").slice(0, 2).toLowerCase();
    if (isLanguage(short)) return short;
  }
  return "fr";
}

async function fetchArea(area: string, code: Language): Promise<void> {
  if (areas.get(area)?.[0] === code) return;
  const text = await files[`../../locales/${area && `${area}/`}${code}.ftl`]?.();
  if (text === undefined) throw new Error(`no catalogue of ${area} in ${code}`);
  areas.set(area, [code, text]);
}

async function use(code: Language): Promise<void> {
  await Promise.all([...areas.keys()].map((area) => fetchArea(area, code)));
  install(
    code,
    [...areas.values()].flatMap((one) => (one?.[0] === code ? [one[1]] : [])),
  );
}

let spoken = () => {};
/** Settled when the words of every page are in use. */
const started = new Promise<void>((settle) => {
  spoken = settle;
});

export async function speak(code: Language, remember = true): Promise<void> {
  await use(code);
  spoken();
  if (remember) localStorage.setItem(place, code);
}

/** Before a page of these areas is drawn: their words are there. */
export async function words(...wanted: string[]): Promise<void> {
  const missing = wanted.filter((area) => !areas.has(area));
  if (missing.length === 0) return;
  const code = areas.get("") ? language.peek() : preferred();
  for (const area of missing) areas.set(area, null);
  await Promise.all([started, ...missing.map((area) => fetchArea(area, code))]);
  await use(language.peek());
}

effect(() => {
  document.documentElement.lang = language.value;
});
