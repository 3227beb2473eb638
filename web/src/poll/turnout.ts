// How many have voted, in the same words on every page that says so. In a meeting of those who were there when the vote
// opened: they may vote, and nobody waits for the rest of the roll. Where who comes later may vote too, the two numbers stand
// side by side, since one is no part of the other.
import type { Poll, Turnout } from "../generated/api";
import { number, t } from "../i18n/i18n";

export interface Voted {
  voted: number;
  /** For a bar. */
  all: number;
  /** What stands after the number of those who have voted. */
  words: string;
  /** The whole in a sentence. */
  said: string;
}

export function votedOf(poll: Poll, turnout: Turnout | undefined): Voted {
  const voted = turnout?.voted ?? 0;
  const there = poll.presence?.opening.heads;
  if (there === undefined) {
    const entitled = turnout?.entitled ?? poll.roll?.count ?? 0;
    const said = t("turnout-said", { voted, entitled });
    return { voted, all: entitled, words: t("turnout-of", { entitled }), said };
  }
  const all = Math.max(there, voted);
  const words = poll.params.flags?.includes("late")
    ? t("turnout-late", { voted, present: there })
    : all === 0
      ? t("turnout-nobody")
      : t("turnout-present", { voted, present: all });
  return { voted, all, words, said: `${number(voted)} ${words}` };
}
