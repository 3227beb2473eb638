// The seal of the record in four words, as the big screen shows it: asked for when somebody wants to compare.
import { useSignal } from "@preact/signals";
import { checkRecord } from "../ballot/history";
import { useFourWords } from "../ballot/four";
import { t } from "../i18n/i18n";

export function Seal() {
  const open = useSignal(false);
  const { words, size } = useFourWords(open.value);
  return (
    <details
      class="card box"
      data-test="seal-words"
      data-size={size}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
        if (open.peek()) checkRecord().catch(() => {});
      }}
    >
      <summary>{t("seal-words")}</summary>
      <p class="seal-words" lang="en" role="status">
        {words || "…"}
      </p>
      <p class="hint">{t("seal-words-text")}</p>
    </details>
  );
}
