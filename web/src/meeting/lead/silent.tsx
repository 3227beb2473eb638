// What whoever acts for a room must know at once: that the server is not heard, how old the figures are and what waits here;
// and that what was pressed is on its way, when the line is slow. Over the head of the page: nothing moves under a hand.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/i18n";
import { waiting } from "../../sync/outbox";
import { Icon } from "../../ui/icons";

const slowMs = 800;

/** Something sent has not been answered for a moment. */
function useSlow(): boolean {
  const slow = useSignal(false);
  const under = waiting.value.length > 0;
  useEffect(() => {
    if (!under) return;
    const timer = setTimeout(() => {
      slow.value = true;
    }, slowMs);
    return () => {
      clearTimeout(timer);
      slow.value = false;
    };
  }, [under]);
  return slow.value;
}

/** `seconds`: of silence (sync/silence.ts). */
export function Silent({ seconds }: { seconds: number | undefined }) {
  const slow = useSlow();
  const quiet = seconds !== undefined;
  const kept = waiting.value.length;
  const minutes = Math.floor((seconds ?? 0) / 60);
  return (
    <>
      <p class="hidden" role="status">
        {quiet ? t("silent-said") : slow ? t("sending") : ""}
      </p>
      {quiet && (
        <div class="silent" data-test="silent" data-age={seconds}>
          <Icon name="warn" />
          <p>
            <strong>
              {minutes > 0 ? t("silent-minutes", { minutes }) : t("silent", { seconds })}
            </strong>{" "}
            {kept > 0 ? t("silent-kept", { count: kept }) : t("silent-then")}
          </p>
        </div>
      )}
      {!quiet && slow && (
        <div class="silent sending" data-test="sending">
          <Icon name="clock" />
          <p>{t("sending")}</p>
        </div>
      )}
    </>
  );
}
