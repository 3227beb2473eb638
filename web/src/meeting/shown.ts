// Which votes stand on a member's page of a meeting, and in what order: what happens in the hall moves nothing that somebody
// is filling in, and what can be voted is never below what cannot. Pure.
import type { PollCard } from "../generated/api";

type Card = Pick<PollCard, "id" | "state" | "number">;
/** A vote that stands on the page, as it was then. */
export type Shown = Pick<PollCard, "id" | "state">;

const stages: Partial<Record<PollCard["state"], number>> = { open: 0, closed: 1 };

/** What is on the page stays there in its order while `stay`; what comes is put below it, but what can be voted before what is
 * closed, and that before results. What is opened again goes above what cannot be voted. */
export function nextShown(
  before: readonly Shown[],
  cards: readonly Card[],
  wanted: readonly string[],
  stay: boolean,
): Shown[] {
  const live = cards
    .filter((card) => card.state === "open" || card.state === "closed" || wanted.includes(card.id))
    .sort((a, b) => a.number - b.number)
    .map((card) => card.id);
  const stateOf = (id: string) => cards.find((card) => card.id === id)?.state;
  const stageOf = (id: string): number => stages[stateOf(id) ?? "counted"] ?? 2;
  const kept = before.filter(({ id }) => live.includes(id) || (stay && stateOf(id) !== undefined));
  const ids = kept.map(({ id }) => id);
  for (const { id, state } of kept) {
    if (state === "open" || stateOf(id) !== "open") continue;
    const [above, at] = [ids.findIndex((one) => stageOf(one) > 0), ids.indexOf(id)];
    if (above < 0 || above > at) continue;
    ids.splice(at, 1);
    ids.splice(above, 0, id);
  }
  for (const id of live.filter((one) => !ids.includes(one)))
    ids.splice(ids.findLastIndex((one) => stageOf(one) <= stageOf(id)) + 1, 0, id);
  return ids.flatMap((id) => {
    const state = stateOf(id);
    return state === undefined ? [] : [{ id, state }];
  });
}
