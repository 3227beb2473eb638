// Fetches one catalogue and puts it in use; the choice stays with the device.
import { effect } from "@preact/signals";
import { install, isLanguage, type Language, language } from "./i18n";

const catalogues: Record<Language, () => Promise<{ default: string }>> = {
  fr: () => import("../../locales/fr.ftl?raw"),
  nl: () => import("../../locales/nl.ftl?raw"),
  en: () => import("../../locales/en.ftl?raw"),
};
const place = "palabre-language";

/** The person's choice, else what their browser asks for, else French. */
export function preferred(): Language {
  const wanted = [localStorage.getItem(place), ...navigator.languages];
  for (const code of wanted) {
    const short = (code ?? "").slice(0, 2).toLowerCase();
    if (isLanguage(short)) return short;
  }
  return "fr";
}

export async function speak(code: Language, remember = true): Promise<void> {
  const catalogue = await catalogues[code]();
  install(code, catalogue.default);
  if (remember) localStorage.setItem(place, code);
}

effect(() => {
  document.documentElement.lang = language.value;
});
