// Trying it: what a practice vote is for, and the way into it. Made by itself when it is first asked for.
import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { Page } from "../app/page";
import { isMember } from "../app/session";
import { t } from "../i18n/i18n";
import { newId } from "../sync/rpc";
import { Icon } from "../ui/icons";
import { act } from "../ui/toast";

export default function Practice() {
  const { route } = useLocation();
  const busy = useSignal(false);
  const start = async () => {
    busy.value = true;
    const made = await act("practice.open", { id: newId() });
    busy.value = false;
    if (made) route(`/v/${made.number}`);
  };
  return (
    <Page name="practice" title={t("practice-title")}>
      <p class="lead">{t("practice-lead")}</p>
      <div class="stack-wide">
        <ul class="prose">
          <li>{t("practice-signed")}</li>
          <li>{t("practice-recorded")}</li>
          <li>{t("practice-nothing")}</li>
        </ul>
        {isMember.value ? (
          <button
            type="button"
            class="button primary big"
            data-test="practice-start"
            disabled={busy.value}
            onClick={start}
          >
            <Icon name="vote" /> {t("practice-start")}
          </button>
        ) : (
          <p class="notice">{t("practice-members-only")}</p>
        )}
      </div>
    </Page>
  );
}
