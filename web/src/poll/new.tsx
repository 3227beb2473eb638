// Defining a vote: the question in each language of the organisation, when it closes, who sees what. What
// is saved is a draft; opening it is a second step on the vote's own page.
import { type Signal, useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import { isFacilitator, session } from "../app/session";
import type { Group, Organisation, ProposalCard } from "../generated/api";
import { isLanguage, languageNames, t } from "../i18n/i18n";
import { useTopic, useWhole } from "../sync/feed";
import { newId } from "../sync/rpc";
import { Field, Loading } from "../ui/parts";
import { act } from "../ui/toast";
import { closingOf, fromLocal, toLocal } from "./dates";
import { coordinates, Electorate, electorateOf, useElectorate } from "./electorate";
import { suggestion } from "./question";
import { defaultRule, ruleSentences } from "./rule";
import "./poll.css";

function languagesOf(): string[] {
  return session.value?.languages ?? ["fr", "nl", "en"];
}

function Options<T extends string>({
  legend,
  name,
  values,
  chosen,
}: {
  legend: string;
  name: string;
  values: readonly T[];
  chosen: Signal<T>;
}) {
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      {values.map((value) => (
        <label class="option" key={value}>
          <input
            type="radio"
            name={name}
            data-test={`${name}-${value}`}
            checked={chosen.value === value}
            onChange={() => {
              chosen.value = value;
            }}
          />
          <span>
            <strong>{t(`${name}-${value}`)}</strong>
            <span class="hint">{t(`${name}-${value}-hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Form({
  about,
  org,
  group,
}: {
  about: ProposalCard | undefined;
  org: Organisation;
  group: Group | undefined;
}) {
  const { route } = useLocation();
  const questions = useSignal<Record<string, string>>({});
  const decides = isFacilitator.value || coordinates(group);
  const kind = useSignal<"decision" | "straw">(decides ? "decision" : "straw");
  const mode = useSignal<"named" | "confidential">("named");
  const closes = useSignal(toLocal(closingOf(org)));
  const revote = useSignal(org.settings.vote_revote);
  const live = useSignal(org.settings.vote_show_live);
  const who = useElectorate(group);
  const busy = useSignal(false);
  useEffect(() => {
    if (!about) return;
    const found = languagesOf().map((code) => [code, suggestion(about, code)]);
    questions.value = Object.fromEntries(found);
  }, [about?.id]);

  const rule = defaultRule(org, kind.value === "decision");
  const save = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    const filled = Object.entries(questions.value)
      .map(([code, text]) => [code, text.trim().normalize("NFC")] as const)
      .filter(([, text]) => text);
    const made = await act("poll.define", {
      ...{ id: newId(), kind: kind.value, method: "yes-no", options: [] },
      ...{ electorate: electorateOf(who, kind.value) },
      ...{ about: about ? [about.id] : [], question: Object.fromEntries(filled) },
      ...{ params: { flags: ["blank", "abstain"] }, mode: mode.value, revote: revote.value },
      ...{ show_live: live.value && mode.value === "named", closes: fromLocal(closes.value) },
    });
    busy.value = false;
    if (made) route(`/v/${made.number ?? made.id}`);
  };

  return (
    <form class="form" onSubmit={save}>
      {languagesOf().map((code) => (
        <Field
          key={code}
          label={t("question-in", {
            language: isLanguage(code) ? languageNames[code] : code,
          })}
        >
          {(ids) => (
            <input
              {...ids}
              type="text"
              lang={code}
              maxLength={300}
              required
              data-test={`question-${code}`}
              value={questions.value[code] ?? ""}
              onInput={(event) => {
                questions.value = { ...questions.value, [code]: event.currentTarget.value };
              }}
            />
          )}
        </Field>
      ))}
      {decides && (
        <Options
          legend={t("poll-kind-label")}
          name="poll-kind"
          values={["decision", "straw"] as const}
          chosen={kind}
        />
      )}
      <Electorate who={who} kind={kind.value} org={org} />
      <Options
        legend={t("poll-mode-label")}
        name="poll-mode"
        values={["named", "confidential"] as const}
        chosen={mode}
      />
      <Field label={t("closes-label")} hint={t("closes-hint")}>
        {(ids) => (
          <input
            {...ids}
            type="datetime-local"
            required
            data-test="poll-closes"
            value={closes.value}
            onInput={(event) => {
              closes.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <fieldset class="field">
        <legend>{t("poll-options")}</legend>
        <label class="check">
          <input
            type="checkbox"
            checked={revote.value}
            onChange={(event) => {
              revote.value = event.currentTarget.checked;
            }}
          />
          {t("revote-label")}
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={live.value}
            disabled={mode.value === "confidential"}
            onChange={(event) => {
              live.value = event.currentTarget.checked;
            }}
          />
          {t("show-live-label")}
        </label>
      </fieldset>
      <p class="notice" data-test="rule-default">
        {t("rule-default")} {ruleSentences({ rule }).join(" ")}
      </p>
      <button type="submit" class="button primary big" data-test="save-vote" disabled={busy.value}>
        {t("save-vote")}
      </button>
    </form>
  );
}

export default function NewPoll() {
  const { query } = useLocation();
  const watched = useTopic(query.about ? `proposal/${query.about}` : "");
  const proposal = watched.one("proposal");
  const card = watched.all("proposal_card").find((one) => one.id === proposal?.id);
  const org = useWhole("org").one("organisation");
  const asked = useTopic(query.group ? `group/${query.group}` : "");
  const group = asked.one("group");
  const missing = query.group && !group && asked.state.value !== "closed";
  const waiting = query.about && !card && watched.state.value !== "closed";
  return (
    <Page name="poll-new" title={t("new-vote-title")}>
      <p class="lead">{t("new-vote-lead")}</p>
      {waiting || missing || !org ? <Loading /> : <Form about={card} org={org} group={group} />}
    </Page>
  );
}
