// What a nervous hand presses twice is done once: as long as the same is on its way, it is not sent again.
import { t } from "../../i18n/i18n";
import { type Given, type Method, type Result, RpcError } from "../../sync/rpc";
import { send, waiting } from "../../sync/outbox";
import { act, notifyDone, notifyError } from "../../ui/toast";

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

/** On a vote: where somebody else did it, or another thing, in that very moment, what is seen next is no fault. */
export async function actOnVote<M extends Method>(method: M, given: Given<M>): Promise<void> {
  if (isUnderWay(method, given)) return;
  try {
    await send(method, given);
  } catch (error) {
    if (error instanceof RpcError && error.reason === "poll.bad_state")
      notifyDone(t("vote-conflict"));
    else notifyError(error);
  }
}
