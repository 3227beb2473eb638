// Changing one's own text: a new version on top of the one that was read.
import { useSignal } from "@preact/signals";
import type { Proposal } from "../generated/api";
import { t } from "../i18n/i18n";
import { useDraft } from "../ui/draft";
import { Editor } from "../ui/editor";
import { Field } from "../ui/parts";
import { AskFields, askedFor, useAsks } from "./asks";
import { act } from "../ui/toast";

export function Revision({ proposal, onDone }: { proposal: Proposal; onDone: () => void }) {
  // What others do meanwhile must not touch the form: it works on what it opened with.
  const base = useSignal(proposal.version);
  const title = useSignal(proposal.title);
  const need = useSignal(proposal.need);
  const text = useDraft(`revise-text-${base.value}/${proposal.id}`, proposal.text);
  const asks = useAsks(proposal.asks);
  const fault = useSignal(false);
  const save = async (event: Event) => {
    event.preventDefault();
    const asked = askedFor(asks);
    fault.value = asked === null;
    if (!asked) return;
    const clean = (value: string) => value.trim().normalize("NFC");
    const done = await act(
      "proposal.revise",
      {
        ...{ id: proposal.id, base: base.value },
        ...{ title: clean(title.value), need: clean(need.value), text: clean(text.text.value) },
        asks: asked,
      },
      { done: t("saved") },
    );
    if (!done) return;
    text.clear();
    onDone();
  };
  return (
    <form class="form card" onSubmit={save}>
      <Field label={t("proposal-title-label")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={160}
            required
            value={title.value}
            onInput={(event) => {
              title.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <Field label={t("proposal-need-label")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            maxLength={1000}
            value={need.value}
            onInput={(event) => {
              need.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <Field label={t("proposal-text-label")} hint={t("proposal-text-hint")}>
        {(ids) => <Editor ids={ids} draft={text} limit={40000} rows={12} test="revise-text" />}
      </Field>
      <AskFields draft={asks} open={fault.value} />
      {fault.value && <p class="field-error">{t("asks-fault")}</p>}
      <div class="row end">
        <button type="button" class="button quiet" onClick={onDone}>
          {t("cancel")}
        </button>
        <button type="submit" class="button primary" data-test="revise-save">
          {t("save")}
        </button>
      </div>
    </form>
  );
}
