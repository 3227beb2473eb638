// One line that says why: beside whatever must not be done without a reason.
import type { Signal } from "@preact/signals";
import { t } from "../i18n/i18n";

export function Reason({
  reason,
  test,
  label,
}: {
  reason: Signal<string>;
  test: string;
  label?: string;
}) {
  return (
    <label>
      {label ?? t("reason-label")}
      <input
        type="text"
        dir="auto"
        maxLength={1000}
        data-test={test}
        value={reason.value}
        onInput={(event) => {
          reason.value = event.currentTarget.value;
        }}
      />
    </label>
  );
}
