// Which face the vote card shows. A pure function of what is known, so that each state can be tested
// without a page. One rule stands above the others: "recorded" needs a receipt that was checked.

import { mayVote } from "./may";

export type VoteState =
  | "loading"
  | "not-open"
  | "not-eligible"
  | "open"
  | "signing"
  | "sent"
  | "unconfirmed"
  | "recorded"
  | "changed"
  | "closed"
  | "cancelled"
  | "refused"
  | "alarm";

export interface VoteFacts {
  /** undefined: not known yet */
  poll: { state: string } | undefined;
  /** Its time has passed, by the server's clock. */
  over?: boolean;
  /** The signed definition: fetched, decoded, and its hash compared. */
  definition: "loading" | "good" | "bad";
  mine: { eligible: boolean; reason?: string | undefined; counter: number } | undefined;
  /** What this page is doing with a ballot. */
  step: "idle" | "signing" | "sending";
  /** Milliseconds since the ballot was handed to the outbox. */
  sinceSentMs: number;
  refusal: string | undefined;
  receipt: { checked: boolean; counter: number } | undefined;
  /** The person asked to change a recorded ballot. */
  changing: boolean;
  /** A failed check of the record that nobody has looked at. */
  alarm: boolean;
}

/** Without an answer after this time the card says so. */
export const confirmMs = 4_000;

function whenOpen(facts: VoteFacts): VoteState {
  const { mine, receipt, definition, changing } = facts;
  if (facts.alarm || definition === "bad" || receipt?.checked === false) return "alarm";
  if (!mine || definition === "loading") return "loading";
  const counter = Math.max(receipt?.counter ?? 0, mine.counter);
  if (counter > 0 && !changing) {
    // Recorded from another device, and its receipt is still on the way here.
    if (!receipt || receipt.counter < mine.counter) return "loading";
    return counter > 1 ? "changed" : "recorded";
  }
  if (!mayVote(mine)) return "not-eligible";
  return "open";
}

export function voteState(facts: VoteFacts): VoteState {
  const { poll, step, refusal } = facts;
  if (!poll) return "loading";
  if (poll.state === "cancelled") return "cancelled";
  if (step === "signing") return "signing";
  if (step === "sending") return facts.sinceSentMs < confirmMs ? "sent" : "unconfirmed";
  if (refusal !== undefined) return "refused";
  if (poll.state === "closed" || poll.state === "counted" || facts.over) return "closed";
  if (poll.state === "draft") return "not-open";
  return whenOpen(facts);
}
