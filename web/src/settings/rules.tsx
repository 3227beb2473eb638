// Rules of votes: the organisation copies a ready-made one, adapts it while reading what it asks, and an admin confirms it
// with the article of the statutes. Until then every vote by it says that nobody checked it.
import { useSignal } from "@preact/signals";
import type { Methods, Organisation, Rule } from "../generated/api";
import { pick, t } from "../i18n/i18n";
import { useWhole } from "../sync/feed";
import { newId } from "../sync/rpc";
import { call } from "../sync/socket";
import { Awaited, useAsked } from "../ui/asked";
import { Ask, By, Field, When } from "../ui/parts";
import { act } from "../ui/toast";
import { Adapt, type Draft } from "./adapt";

type Preset = Methods["rule.presets"]["result"]["presets"][number];

const calledBy = (title: Rule["title"]): string => pick(title).text;

const draftOf = (rule: Rule | Preset): Draft => ({
  preset: "preset" in rule ? rule.preset : rule.name,
  title: rule.title,
  method: rule.method,
  rule: rule.rule,
  mode: rule.mode,
  second_call: rule.second_call ?? null,
});

/** What is sent: names without the languages that have none. */
const given = (id: string, draft: Draft) => ({
  ...{ id, ...draft },
  title: Object.fromEntries(
    Object.entries(draft.title).flatMap(([code, text]) => (text ? [[code, text] as const] : [])),
  ),
});
const save = (id: string, draft: Draft, undo: () => void) =>
  act("rule.save", given(id, draft), { done: t("rule-saved"), undo });
const retire = (id: string, retired: boolean) => act("rule.retire", { id, retired });

function Confirm({ rule }: { rule: Rule }) {
  const article = useSignal("");
  const text = article.value.trim().normalize("NFC");
  const confirm = () =>
    act(
      "rule.confirm",
      { id: rule.id, article: text },
      { done: t("rule-confirmed-now"), undo: () => act("rule.confirm", { id: rule.id }) },
    );
  return (
    <Ask
      label={t("rule-confirm")}
      question={t("rule-confirm-question")}
      confirm={t("rule-confirm")}
      tone="quiet small"
      test="rule-confirm"
      disabled={text === ""}
      onConfirm={confirm}
    >
      <Field label={t("rule-article")} hint={t("rule-article-hint")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={200}
            data-test="rule-article"
            value={article.value}
            onInput={(event) => {
              article.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
    </Ask>
  );
}

function Checked({ rule }: { rule: Rule }) {
  if (!rule.confirmed)
    return (
      <p class="notice warn" data-test="rule-unchecked">
        {t("rule-unchecked")}
      </p>
    );
  const { article, by, at_ms } = rule.confirmed;
  return (
    <p class="hint" data-test="rule-checked">
      {t("rule-checked", { article })} <By by={by} />, <When ms={at_ms} date />
    </p>
  );
}

function Acts({ rule, onAdapt }: { rule: Rule; onAdapt: () => void }) {
  const small = (test: string, text: string, onClick: () => void) => (
    <button type="button" class="button quiet small" data-test={test} onClick={onClick}>
      {t(text)}
    </button>
  );
  if (rule.retired)
    return (
      <div class="row wrap">{small("rule-again", "rule-again", () => retire(rule.id, false))}</div>
    );
  return (
    <div class="row wrap">
      {small("rule-adapt", "rule-adapt", onAdapt)}
      {!rule.confirmed && <Confirm rule={rule} />}
      {rule.confirmed &&
        small("rule-unconfirm", "rule-unconfirm", () => act("rule.confirm", { id: rule.id }))}
      {small("rule-retire", "rule-retire", () =>
        act(
          "rule.retire",
          { id: rule.id, retired: true },
          {
            done: t("rule-retired-now"),
            undo: () => retire(rule.id, false),
          },
        ),
      )}
    </div>
  );
}

function Own({ org, rule, disabled }: { org: Organisation; rule: Rule; disabled: boolean }) {
  const adapting = useSignal(false);
  const before = draftOf(rule);
  return (
    <li data-test="rule" data-preset={rule.preset}>
      <h3>
        {calledBy(rule.title)} {rule.retired && <span class="hint">({t("rule-retired")})</span>}
      </h3>
      <p data-test="rule-asks">{pick(rule.asks).text}</p>
      {!rule.retired && <Checked rule={rule} />}
      {!disabled && !adapting.value && (
        <Acts
          rule={rule}
          onAdapt={() => {
            adapting.value = true;
          }}
        />
      )}
      {adapting.value && (
        <Adapt
          org={org}
          given={before}
          onLeave={() => {
            adapting.value = false;
          }}
          onSave={async (draft) => {
            const made = await save(rule.id, draft, () => act("rule.save", given(rule.id, before)));
            if (made) adapting.value = false;
          }}
        />
      )}
    </li>
  );
}

/** The ready-made rules: one is read, then copied. */
function Presets() {
  const chosen = useSignal("");
  const asked = useAsked(() => call("rule.presets", {}), "");
  if (!asked.answer) return <Awaited {...asked} />;
  const presets: readonly Preset[] = asked.answer.presets;
  const preset = presets.find(({ name }) => name === chosen.value);
  const copy = async () => {
    if (!preset) return;
    const id = newId();
    const made = await save(id, draftOf(preset), () => retire(id, true));
    if (made) chosen.value = "";
  };
  return (
    <div class="setting">
      <Field label={t("rule-copy-from")} hint={t("rule-copy-hint")}>
        {(ids) => (
          <select
            {...ids}
            data-test="rule-presets"
            value={chosen.value}
            onChange={(event) => {
              chosen.value = event.currentTarget.value;
            }}
          >
            <option value="">{t("rule-choose")}</option>
            {presets.map(({ name, title }) => (
              <option key={name} value={name}>
                {calledBy(title)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {preset && (
        <>
          <p data-test="preset-asks">{pick(preset.asks).text}</p>
          {preset.article && <p class="hint">{t("rule-stands-in", { article: preset.article })}</p>}
          {preset.from_statutes && <p class="notice warn">{t("rule-unchecked")}</p>}
          <button type="button" class="button primary" data-test="rule-copy" onClick={copy}>
            {t("rule-copy")}
          </button>
        </>
      )}
    </div>
  );
}

export function Rules({ org, disabled }: { org: Organisation; disabled: boolean }) {
  const rules = [...useWhole("org").all("rule")].sort(
    (a, b) =>
      Number(a.retired ?? false) - Number(b.retired ?? false) || a.saved.at_ms - b.saved.at_ms,
  );
  return (
    <section class="card box settings-section" aria-labelledby="settings-rules">
      <h2 id="settings-rules">{t("settings-rules")}</h2>
      <p class="hint">{t("settings-rules-lead")}</p>
      {rules.length === 0 && <p class="hint">{t("settings-rules-none")}</p>}
      <ul class="lines-edit">
        {rules.map((rule) => (
          <Own key={rule.id} org={org} rule={rule} disabled={disabled} />
        ))}
      </ul>
      {!disabled && <Presets />}
    </section>
  );
}
