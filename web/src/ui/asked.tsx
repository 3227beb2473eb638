// What a part of a page asks the server, and what stands in its place until the answer is here: that it is on its way, or why it
// was refused, and the way to ask again.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { reasonText, t } from "../i18n/i18n";
import { RpcError } from "../sync/rpc";
import { Icon } from "./icons";
import { Loading } from "./parts";

export interface Asked<T> {
  /** The last that came; undefined: none yet. */
  answer: T | undefined;
  /** Why the last question got none. */
  refusal: unknown;
  again: () => void;
}

/** Asked when the part is shown, and again when what it is about changes. `ask` undefined: nothing to ask yet. `restMs`: a
 * question may change while somebody writes it. */
export function useAsked<T>(
  ask: (() => Promise<T>) | undefined,
  about: unknown,
  restMs = 0,
): Asked<T> {
  const answer = useSignal<T | undefined>(undefined);
  const refusal = useSignal<unknown>(undefined);
  const turn = useSignal(0);
  useEffect(() => {
    if (!ask) return;
    let wanted = true;
    const timer = setTimeout(() => {
      ask().then(
        (found) => {
          if (!wanted) return;
          answer.value = found;
          refusal.value = undefined;
        },
        (error) => {
          if (wanted) refusal.value = error;
        },
      );
    }, restMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [ask === undefined, about, turn.value]);
  const again = () => {
    refusal.value = undefined;
    turn.value++;
  };
  return { answer: answer.value, refusal: refusal.value, again };
}

/** In place of an answer that is not here. */
export function Awaited({ refusal, again }: Pick<Asked<unknown>, "refusal" | "again">) {
  if (refusal === undefined) return <Loading />;
  return (
    <p class="notice wrap" role="alert" data-test="refused">
      <Icon name="warn" size={18} />{" "}
      {refusal instanceof RpcError
        ? reasonText(refusal.reason, refusal.retryAfterMs)
        : t("error-general")}{" "}
      <button type="button" class="button small" data-test="refused-again" onClick={again}>
        {t("retry")}
      </button>
    </p>
  );
}
