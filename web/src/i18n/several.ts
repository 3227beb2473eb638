// Words in languages that the page is not in: of the big screen, of what is sent or printed for everybody.
import { catalogue } from "./load";
import type { Language } from "./preferred";
import { type Args, regions, say } from "./say";

export const regionOf = (code: Language): string => regions[code];

/** What a message says. */
export type Speaker = (id: string, args?: Args) => string;

/** Speaks the words of one area. */
export async function speakerOf(area: string, code: Language): Promise<Speaker> {
  const messages = await catalogue(area, code);
  return (id, args = {}) => say(messages[id] ?? id, args, code);
}
