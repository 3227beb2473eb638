// What a nervous hand presses twice is done once: as long as the same is on its way, it is not sent again.
import type { Given, Method, Result } from "../../sync/rpc";
import { waiting } from "../../sync/outbox";
import { act } from "../../ui/toast";

/** The same command with the same words waits for its answer. */
export const isUnderWay = (method: Method, given: object): boolean =>
  waiting
    .peek()
    .some((one) => one.method === method && JSON.stringify(one.params) === JSON.stringify(given));

/** As act(); null also where it is under way. */
export async function actOnce<M extends Method>(
  method: M,
  given: Given<M>,
  after: { done?: string; undo?: () => void } = {},
): Promise<Result<M> | null> {
  return isUnderWay(method, given) ? null : act(method, given, after);
}
