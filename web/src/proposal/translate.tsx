// A translation by any member: the original beside the fields, and what changed since it was translated.
import { useSignal } from "@preact/signals";
import { isMember, session } from "../app/session";
import type { Proposal } from "../generated/api";
import { isLanguage, languageNames, t } from "../i18n/i18n";
import { useDraft } from "../ui/draft";
import { Editor } from "../ui/editor";
import { Markdown } from "../ui/markdown";
import { Field } from "../ui/parts";
import { act } from "../ui/toast";
import { Difference } from "./versions";

const nameOf = (code: string): string => (isLanguage(code) ? languageNames[code] : code);

export function Translate({
  proposal,
  language,
  onDone,
}: {
  proposal: Proposal;
  language: string;
  onDone: (language: string) => void;
}) {
  // It is a translation of the version that was opened, whatever happens meanwhile.
  const base = useSignal(proposal).value;
  const known = base.translations.find((one) => one.language === language);
  const place = `translate/${base.id}/${language}`;
  const title = useDraft(`${place}/title`, known?.title ?? "");
  const need = useDraft(`${place}/need`, known?.need ?? "");
  const text = useDraft(`${place}/text`, known?.text ?? "");
  const clean = (value: string) => value.trim().normalize("NFC");
  const send = async (event: Event) => {
    event.preventDefault();
    if (!clean(title.text.value)) return;
    const done = await act(
      "proposal.translate",
      {
        ...{ id: base.id, version: base.version, language },
        ...{ title: clean(title.text.value), need: clean(need.text.value) },
        text: clean(text.text.value),
      },
      { done: t("translate-done") },
    );
    if (!done) return;
    for (const draft of [title, need, text]) draft.clear();
    onDone(language);
  };
  return (
    <form class="translate" onSubmit={send}>
      <h2>{t("translate-title", { language: nameOf(language) })}</h2>
      <p class="hint">{t("translate-hint")}</p>
      {known?.stale && (
        <details class="notice" open>
          <summary>{t("translate-changed")}</summary>
          <Difference id={base.id} from={known.version} to={base.version} />
        </details>
      )}
      <div class="translate-pair">
        <section class="card box" aria-label={t("translate-original")}>
          <h3>
            {t("translate-original")} ({nameOf(base.language)})
          </h3>
          <div lang={base.language}>
            <p class="translate-heading">
              <strong>
                <bdi>{base.title}</bdi>
              </strong>
            </p>
            <p class="need">{base.need}</p>
          </div>
          <Markdown text={base.text} lang={base.language} />
        </section>
        <div class="form">
          <Field label={t("proposal-title-label")}>
            {(ids) => (
              <input
                {...ids}
                type="text"
                lang={language}
                maxLength={160}
                required
                data-test="translate-title"
                value={title.text.value}
                onInput={(event) => title.set(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label={t("proposal-need-label")}>
            {(ids) => (
              <textarea
                {...ids}
                rows={3}
                lang={language}
                maxLength={1000}
                data-test="translate-need"
                value={need.text.value}
                onInput={(event) => need.set(event.currentTarget.value)}
              />
            )}
          </Field>
          {base.text && (
            <Field label={t("proposal-text-label")}>
              {(ids) => (
                <Editor ids={ids} draft={text} limit={40000} rows={12} test="translate-text" />
              )}
            </Field>
          )}
          <div class="row end">
            <button type="button" class="button quiet" onClick={() => onDone("")}>
              {t("cancel")}
            </button>
            <button type="submit" class="button primary" data-test="translate-send">
              {t("translate-send")}
            </button>
          </div>
        </div>
      </div>
    </form>
  );
}

/** What stands in place of words that were erased. */
const omission = "[…]";

/** Under the text: which languages are missing or out of date. */
export function TranslationState({
  proposal,
  shown,
  onTranslate,
}: {
  proposal: Proposal;
  shown: { language: string; stale?: boolean | undefined };
  onTranslate: (language: string) => void;
}) {
  if (!isMember.value || proposal.state === "voting" || proposal.title === omission) return null;
  const wanted = (session.value?.languages ?? []).filter((code) => code !== proposal.language);
  const todo = wanted.filter((code) => {
    const known = proposal.translations.find((one) => one.language === code);
    return !known || known.stale;
  });
  const also = shown.language !== proposal.language && !shown.stale ? [shown.language] : [];
  const all = [...todo, ...also];
  if (all.length === 0) return null;
  return (
    <p class="row wrap translations">
      {all.map((code) => {
        const known = proposal.translations.find((one) => one.language === code);
        const say = { language: nameOf(code) };
        return (
          <button
            key={code}
            type="button"
            class="button quiet small"
            data-test={`translate-${code}`}
            onClick={() => onTranslate(code)}
          >
            {!known
              ? t("translate-into", say)
              : known.stale
                ? t("translate-renew", say)
                : t("translate-edit", say)}
          </button>
        );
      })}
    </p>
  );
}
