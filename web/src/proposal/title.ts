// What a proposal is called, wherever it is named.
import type { ProposalCard } from "../generated/api";
import { language } from "../i18n/i18n";

/** The title in the reader's language where a current translation exists. */
export function titleOf(card: Pick<ProposalCard, "title" | "titles" | "language">): {
  text: string;
  lang: string;
} {
  const own = card.titles?.[language.value];
  return own ? { text: own, lang: language.value } : { text: card.title, lang: card.language };
}
