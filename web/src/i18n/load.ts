// Fetches catalogues and puts them in use; the choice of language stays with the device. The words of every
// page are in locales/<language>.ftl; what only some pages need is in locales/<area>/<language>.ftl and comes
// with those pages. An area that was needed once follows every change of language.
import { effect } from "@preact/signals";
import { extend, install, language } from "./i18n";
import { type Language, languagePlace, preferred } from "./preferred";
import type { Catalogue } from "./say";

export { preferred };

/** The words of every page in a language, which know where those of its areas are (web/build/catalogues.ts): of the others
 * not even the names of files come. */
interface Words {
  default: Catalogue;
  areas: Record<string, () => Promise<Catalogue>>;
}
const files = import.meta.glob<Words>("../../locales/*.ftl");
/** The areas that follow the language, and those of them whose words are in use. */
const areas = new Set([""]);
let inUse = new Set<string>();

/** The words of an area in a language. Fetched once: the browser keeps modules. */
export async function catalogue(area: string, code: Language): Promise<Catalogue> {
  const main = await files[`../../locales/${code}.ftl`]?.();
  const found = area ? await main?.areas[`./${area}/${code}.ftl`]?.() : main?.default;
  if (!found) throw new Error(`no catalogue of ${area} in ${code}`);
  return found;
}

let spoken = () => {};
/** Settled when the words of every page are in use. */
const started = new Promise<void>((settle) => {
  spoken = settle;
});

export async function speak(code: Language, remember = true): Promise<void> {
  // At the start the frame of the page waits for its own words alone.
  const wanted = inUse.size > 0 ? [...areas] : [""];
  install(code, await Promise.all(wanted.map((area) => catalogue(area, code))));
  inUse = new Set(wanted);
  spoken();
  if (remember) localStorage.setItem(languagePlace, code);
}

/** Before a page of these areas is drawn: their words are there, in the language that is spoken then. */
export async function words(...wanted: string[]): Promise<void> {
  for (const area of wanted) areas.add(area);
  // Asked for before the language is settled: it will hardly be another one.
  if (inUse.size === 0) for (const area of wanted) catalogue(area, preferred()).catch(() => {});
  await started;
  for (const area of wanted) {
    let code: Language;
    let found: Catalogue;
    do {
      code = language.peek();
      found = await catalogue(area, code);
    } while (code !== language.peek());
    if (!inUse.has(area)) extend(found);
    inUse.add(area);
  }
}

effect(() => {
  document.documentElement.lang = language.value;
});
