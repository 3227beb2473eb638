// Words in languages that the page is not in: of the big screen, of what is sent or printed for everybody.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { catalogue } from "./load";
import type { Language } from "./preferred";

const regions: Record<Language, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };
export const regionOf = (code: Language): string => regions[code];

/** What a message says. */
export type Speaker = (id: string, args?: Record<string, FluentVariable>) => string;

/** Speaks the words of one area. */
export async function speakerOf(area: string, code: Language): Promise<Speaker> {
  const bundle = new FluentBundle(regions[code], { useIsolating: false });
  bundle.addResource(new FluentResource(await catalogue(area, code)));
  return (id, args) => {
    const pattern = bundle.getMessage(id)?.value;
    return pattern ? bundle.formatPattern(pattern, args, []) : id;
  };
}
