// What is refused below the quorum until whoever leads says that they have seen it.
import { send } from "../../sync/outbox";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Presence } from "../../generated/api";
import { t } from "../../i18n/i18n";
import { type Given, RpcError } from "../../sync/rpc";
import { Icon } from "../../ui/icons";
import { notifyError } from "../../ui/toast";
import { isUnderWay } from "./once";

export interface Attempt {
  /** Refused, and not yet said to have been seen. */
  below: Signal<boolean>;
  run: (seen?: boolean) => Promise<boolean>;
}

type Seen = "meeting.start" | "poll.open";
export function useAttempt<M extends Seen>(method: M, given: () => Given<M>): Attempt {
  const below = useSignal(false);
  const run = async (seen = false): Promise<boolean> => {
    const asked = { ...given(), ...(seen ? { seen: true } : {}) };
    if (isUnderWay(method, asked)) return false;
    try {
      await send(method, asked);
      below.value = false;
      return true;
    } catch (error) {
      if (error instanceof RpcError && error.reason === "meeting.below_quorum") below.value = true;
      else notifyError(error);
      return false;
    }
  };
  return { below, run };
}

export function Below({
  attempt,
  presence,
  test,
}: {
  attempt: Attempt;
  presence: Presence | undefined;
  test: string;
}) {
  const first = useRef<HTMLButtonElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const shown = attempt.below.value;
  useEffect(() => {
    if (!shown) return;
    before.current = document.activeElement as HTMLElement | null;
    first.current?.focus();
    // Back to what was pressed, if it is still there.
    return () => {
      if (document.activeElement === document.body) before.current?.focus();
    };
  }, [shown]);
  if (!shown) return null;
  const quorum = presence?.quorum;
  return (
    <fieldset class="ask below-quorum" aria-label={t("below-quorum")} data-test={`${test}-below`}>
      <p>
        <Icon name="warn" /> {t("below-quorum")}
      </p>
      <p class="hint">
        {quorum &&
          !quorum.met &&
          `${t(`quorum-figures-${quorum.unit}`, { x: quorum.x, least: quorum.least })}. `}
        {t("below-quorum-yours")}
      </p>
      <div class="row wrap">
        <button
          ref={first}
          type="button"
          class="button primary"
          data-test={`${test}-seen`}
          onClick={() => attempt.run(true)}
        >
          {t("below-quorum-seen")}
        </button>
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            attempt.below.value = false;
          }}
        >
          {t("go-back")}
        </button>
      </div>
    </fieldset>
  );
}
