// Suggesting something: a need is enough, a text may follow. What is typed survives a reload; proposals
// that look alike are shown while typing.
import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { Page } from "../app/page";
import { session } from "../app/session";
import { language, languageNames, isLanguage, pick, t } from "../i18n/i18n";
import { newId } from "../sync/rpc";
import { useTopic } from "../sync/feed";
import { groupName } from "../group/names";
import { useDraft } from "../ui/draft";
import { Editor } from "../ui/editor";
import { Field } from "../ui/parts";
import { act } from "../ui/toast";
import { AskFields, askedFor, useAsks } from "./asks";
import { NeedAnswered, RecordedFor, useRecorded } from "./record";
import { Alike } from "./alike";

function Themes({ chosen, onChange }: { chosen: string[]; onChange: (themes: string[]) => void }) {
  const all = useTopic("org").one("organisation")?.settings.themes ?? [];
  const themes = all.filter((theme) => !theme.retired);
  if (themes.length === 0) return null;
  return (
    <fieldset class="field">
      <legend>{t("themes-label")}</legend>
      <div class="row wrap">
        {themes.map(({ key, label }) => (
          <label class="check chip-check" key={key}>
            <input
              type="checkbox"
              checked={chosen.includes(key)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...chosen, key]
                    : chosen.filter((one) => one !== key),
                )
              }
            />
            {pick(label).text || key}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function languageChoices(): string[] {
  return session.value?.languages ?? ["fr", "nl", "en"];
}

export default function NewProposal() {
  const { query, route } = useLocation();
  const group = useTopic(query.group ? `group/${query.group}` : "").one("group");
  const title = useDraft("proposal-title");
  const need = useDraft("proposal-need");
  const text = useDraft("proposal-text");
  const written = useSignal<string>(language.value);
  const themes = useSignal<string[]>(query.theme ? [query.theme] : []);
  const busy = useSignal(false);
  const asks = useAsks();
  const person = useRecorded();
  const faults = useSignal<{ title?: string; need?: string; asks?: string }>({});

  const submit = async (event: Event) => {
    event.preventDefault();
    const asked = askedFor(asks);
    const given = {
      title: title.text.value.trim().normalize("NFC"),
      need: need.text.value.trim().normalize("NFC"),
    };
    faults.value = {
      ...(given.title ? {} : { title: t("proposal-title-missing") }),
      ...(given.need ? {} : { need: t("proposal-need-missing") }),
      ...(asked ? {} : { asks: t("asks-fault") }),
    };
    if (faults.value.title || faults.value.need || !asked) return;
    busy.value = true;
    const made = await act("proposal.submit", {
      id: newId(),
      language: written.value,
      ...given,
      text: text.text.value.trim().normalize("NFC"),
      themes: themes.value,
      asks: asked,
      ...(query.answers ? { answers: query.answers } : {}),
      ...(person.value ? { for: person.value.id } : {}),
      ...(group ? { group: group.id } : {}),
    });
    busy.value = false;
    if (!made) return;
    for (const draft of [title, need, text]) draft.clear();
    route(`/p/${made.number ?? made.id}`);
  };

  return (
    <Page name="proposal-new" title={t("new-proposal-title")}>
      <form class="form" onSubmit={submit} noValidate>
        <p class="lead">{t("new-proposal-lead")}</p>
        <NeedAnswered number={query.answers} />
        <RecordedFor person={person} />
        {group && (
          <p class="notice" data-test="proposal-group">
            {t("proposal-of-group", { name: groupName(group).text })}
          </p>
        )}
        <Field
          label={t("proposal-title-label")}
          hint={t("proposal-title-hint")}
          error={faults.value.title}
        >
          {(ids) => (
            <input
              {...ids}
              type="text"
              maxLength={160}
              data-test="proposal-title"
              aria-invalid={faults.value.title ? "true" : undefined}
              value={title.text.value}
              onInput={(event) => title.set(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field
          label={t("proposal-need-label")}
          hint={t("proposal-need-hint")}
          error={faults.value.need}
        >
          {(ids) => (
            <textarea
              {...ids}
              rows={3}
              maxLength={1000}
              data-test="proposal-need"
              aria-invalid={faults.value.need ? "true" : undefined}
              value={need.text.value}
              onInput={(event) => need.set(event.currentTarget.value)}
            />
          )}
        </Field>
        <Alike title={title.text.value} need={need.text.value} language={written.value} />
        <Field label={t("proposal-text-label")} hint={t("proposal-text-hint")}>
          {(ids) => <Editor ids={ids} draft={text} limit={40000} rows={8} test="proposal-text" />}
        </Field>
        <Themes
          chosen={themes.value}
          onChange={(next) => {
            themes.value = next;
          }}
        />
        <AskFields draft={asks} open={faults.value.asks !== undefined} />
        {faults.value.asks && <p class="field-error">{faults.value.asks}</p>}
        <Field label={t("written-in")}>
          {(ids) => (
            <select
              {...ids}
              data-test="proposal-language"
              value={written.value}
              onChange={(event) => {
                written.value = event.currentTarget.value;
              }}
            >
              {languageChoices().map((code) => (
                <option key={code} value={code} lang={code}>
                  {isLanguage(code) ? languageNames[code] : code}
                </option>
              ))}
            </select>
          )}
        </Field>
        <p class="hint">{t("files-after")}</p>
        <button
          type="submit"
          class="button primary big"
          data-test="submit-proposal"
          disabled={busy.value}
        >
          {t("submit-proposal")}
        </button>
      </form>
    </Page>
  );
}
