// One thing said in every language of the organisation: the main one first, then the others, smaller; alike ones once.
import { unbroken } from "../i18n/format";
import { isLanguage } from "../i18n/preferred";
import { type Labels, spoken } from "./words";

function textsOf(labels: Labels): [lang: string, text: string][] {
  const order = spoken.value.some((code) => labels[code]) ? spoken.value : Object.keys(labels);
  const texts = new Map<string, string>();
  for (const code of order) {
    const text = labels[code];
    if (text && ![...texts.values()].includes(text)) texts.set(code, text);
  }
  return [...texts];
}

/** The text in the main language, or the nearest there is. */
export const plain = (labels: Labels): string => textsOf(labels)[0]?.[1] ?? "";

const set = (text: string, lang: string) => unbroken(text, isLanguage(lang) ? lang : undefined);

/** `line`: after each other on one line; else the others stand below. */
export function Say({ of, line = false }: { of: Labels; line?: boolean }) {
  const [first, ...others] = textsOf(of);
  if (!first) return null;
  return (
    <span class={line ? "say line" : "say"}>
      <span class="say-main" lang={first[0]} dir="auto">
        {set(first[1], first[0])}
      </span>
      {others.map(([lang, text]) => (
        <span key={lang} class="say-other" lang={lang} dir="auto">
          {line && <span aria-hidden="true"> · </span>}
          {set(text, lang)}
        </span>
      ))}
    </span>
  );
}
