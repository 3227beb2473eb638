// What stands above a practice vote: that it decides nothing, and, once one's ballot is back with its receipt, that this
// device works. Facilitation may start it afresh, which erases what was voted in it.
import { useLocation } from "preact-iso";
import { receipts } from "../ballot/receipts";
import { isFacilitator } from "../app/session";
import type { Poll } from "../generated/api";
import { t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { Ask } from "../ui/parts";
import { act } from "../ui/toast";

export function PracticeNotice({ poll }: { poll: Poll }) {
  const { route } = useLocation();
  const works = receipts.value.get(poll.id)?.checked === true;
  const reset = async () => {
    const done = await act("practice.reset", {}, { done: t("practice-reset-done") });
    if (done) route("/practice");
  };
  return (
    <div class="notice stack" data-test="practice-notice">
      <p>
        <strong>{t("practice-decides-nothing")}</strong> {t("practice-again")}
      </p>
      {!works && poll.state === "open" && (
        <p>
          <a href="/practice">{t("practice-start")}</a>
        </p>
      )}
      {works && (
        <p class="row" role="status" data-test="practice-works">
          <Icon name="done" /> <strong>{t("practice-works")}</strong>
        </p>
      )}
      {poll.state === "cancelled" && <p>{t("practice-forgotten")}</p>}
      {poll.standing && poll.state === "open" && isFacilitator.value && (
        <Ask
          label={t("practice-reset")}
          question={t("practice-reset-question")}
          confirm={t("practice-reset")}
          tone="quiet small"
          test="practice-reset"
          onConfirm={reset}
        />
      )}
    </div>
  );
}
