// How many have voted, in the same words on every page that says so. In a meeting of those who were there when the vote
// opened: they may vote, and nobody waits for the rest of the roll. Where who comes later may vote too, the two numbers stand
// side by side, since one is no part of the other.
import type { Poll, Turnout } from "../generated/api";
import { number, t } from "../i18n/i18n";

export interface Voted {
  voted: number;
  /** For a bar. */
  all: number;
  /** What stands before the number of those who have voted; "" = nothing. */
  before: string;
  /** What stands after it. */
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
    return { voted, all: entitled, before: "", words: t("turnout-of", { entitled }), said };
  }
  const all = Math.max(there, voted);
  const late = poll.params.flags?.includes("late");
  const nobody = all === 0 && !late;
  const before = nobody ? "" : `${t("turnout-before", { voted })}\u00a0`;
  const words = late
    ? t("turnout-late", { present: there })
    : t(nobody ? "turnout-nobody" : "turnout-present", { present: all });
  return { voted, all, before, words, said: `${before}${number(voted)} ${words}` };
}
