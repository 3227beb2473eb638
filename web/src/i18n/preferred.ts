// Which language the page speaks, known before its words are here.

export const languages = ["fr", "nl", "en"] as const;
export type Language = (typeof languages)[number];
export const isLanguage = (code: string): code is Language =>
  (languages as readonly string[]).includes(code);

/** In the device's storage: the person's choice. */
export const languagePlace = "palabre-language";

/** The person's choice, else what their browser asks for, else French. */
export function preferred(): Language {
  const wanted = [localStorage.getItem(languagePlace), ...navigator.languages];
  for (const code of wanted) {
    const short = (code ?? "").slice(0, 2).toLowerCase();
    if (isLanguage(short)) return short;
  }
  return "fr";
}
