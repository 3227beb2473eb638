// The ballot as voters would see it, drawn from the form as it is filled in: the very parts that votes are cast with. It can
// be tried and cannot be sent.
import { useSignal } from "@preact/signals";
import type { Bytes } from "../../ballot/bytes";
import { unbroken } from "../../i18n/format";
import { language, t } from "../../i18n/i18n";
import { BallotFields } from "../ballot/parts";
import type { Editing } from "./choose";
import { previewOf, shapeKey } from "./draft";

export function Preview({
  draft,
  question,
  explanation,
}: Pick<Editing, "draft"> & { question: string; explanation: string }) {
  const tried = {
    choice: useSignal<Bytes | null>(null),
    note: useSignal(""),
    told: useSignal(false),
  };
  const unnamed = (number: number) => t("option-number", { number });
  const terms = previewOf(draft.value, language.value, unnamed);
  return (
    <section class="card box preview" aria-labelledby="preview" data-test="preview">
      <h2 id="preview">{t("preview-title")}</h2>
      <p class="hint">{t("preview-hint")}</p>
      <p class="question" dir="auto">
        {unbroken(question, language.value) || t("preview-question")}
      </p>
      {explanation && (
        <p class="explanation" dir="auto" data-test="preview-explanation">
          {explanation}
        </p>
      )}
      {terms.form > 3 && terms.options.length === 0 ? (
        <p class="hint">{t("preview-empty")}</p>
      ) : (
        <BallotFields key={shapeKey(terms)} terms={terms} draft={tried} busy={false} />
      )}
    </section>
  );
}
