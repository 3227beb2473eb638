// Shows a text to facilitation: a reason, once, seen by nobody else.
import { useSignal } from "@preact/signals";
import { t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { Ask } from "../ui/parts";
import { act } from "../ui/toast";
import { Reason } from "../ui/reason";

export function Report({
  kind,
  id,
}: {
  kind: "comment" | "proposal" | "member" | "task";
  id: string;
}) {
  const reason = useSignal("");
  return (
    <Ask
      label={
        <>
          <Icon name="flag" size={16} />{" "}
          {kind === "comment" ? t("report") : t(`report-this-${kind}`)}
        </>
      }
      question={t("report-ask")}
      confirm={t("report-send")}
      tone="quiet small"
      test="report"
      disabled={!reason.value.trim()}
      onConfirm={() =>
        act(
          "report.make",
          { on: { kind, id }, reason: reason.value.trim().normalize("NFC") },
          { done: t("report-sent"), undo: () => act("report.take_back", { id }) },
        )
      }
    >
      <Reason reason={reason} test="report-reason" label={t("report-reason")} />
    </Ask>
  );
}
