// A first wording of the question, in each language, from the proposal's title in that language (or the
// language it has). The catalogue in use holds one language only, so these three stand here.
import type { ProposalCard } from "../generated/api";

const frames: Record<string, (title: string) => string> = {
  fr: (title) => `Adopter la proposition «\u202f${title}\u202f»\u202f?`,
  nl: (title) => `Het voorstel “${title}” aannemen?`,
  en: (title) => `Adopt the proposal “${title}”?`,
};
const longest = 300;

export function suggestion(card: ProposalCard, language: string): string {
  const titles = card.titles ?? {};
  const title = card.language === language ? card.title : (titles[language] ?? card.title);
  const frame = frames[language] ?? ((text: string) => text);
  return frame(
    Array.from(title)
      .slice(0, longest - 40)
      .join(""),
  );
}
