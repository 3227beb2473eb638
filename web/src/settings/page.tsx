// Settings: every default of the organisation, with one sentence that says what it does. Administration changes them; every
// member reads them, and who changed what.
import { useSignal } from "@preact/signals";
import { Page } from "../app/page";
import { isAdmin } from "../app/session";
import type { Methods, Organisation } from "../generated/api";
import { t } from "../i18n/i18n";
import { useWhole } from "../sync/feed";
import { call } from "../sync/socket";
import { Awaited, useAsked } from "../ui/asked";
import { By, Field, Loading, When } from "../ui/parts";
import { ShowMore } from "../ui/more";
import { change, label, settingsOf, shown } from "./change";
import { Classes, Themes } from "./lists";
import { OrganisationFields } from "./organisation";
import { SettingRow } from "./row";
import { Rules } from "./rules";
import { useWritten } from "./written";
import "./settings.css";

const supportDefault = { at_least: 3, num: 1, den: 20, at_most: 15 };

/** A number that is taken when the field is left. */
function Figure({
  ids,
  kept,
  min,
  max,
  disabled,
  test,
  onTake,
}: {
  ids: { id: string; "aria-describedby": string | undefined };
  kept: number;
  min: number;
  max: number;
  disabled: boolean;
  test: string;
  onTake: (value: number) => void;
}) {
  const { value, write, leave } = useWritten(String(kept));
  return (
    <input
      {...ids}
      type="number"
      min={min}
      max={max}
      disabled={disabled}
      data-test={test}
      value={value.value}
      onInput={(event) => write(event.currentTarget.value)}
      onChange={() => {
        leave();
        const taken = Number(value.value);
        if (value.value !== "" && taken >= min && taken !== kept) onTake(taken);
      }}
    />
  );
}

/** Supporters an idea needs: at least so many, or a share of active members, at most so many. */
function Support({ org, disabled }: { org: Organisation; disabled: boolean }) {
  const { support } = org.settings;
  const percent = Math.round((100 * support.num) / support.den);
  const part = (name: "at_least" | "at_most") => (
    <Field label={t(`setting-support-${name}`)}>
      {(ids) => (
        <Figure
          ids={ids}
          kept={support[name]}
          min={1}
          max={1000}
          disabled={disabled}
          test={`support-${name}`}
          onTake={(value) => change("support", { ...support, [name]: value }, support)}
        />
      )}
    </Field>
  );
  const active = org.members.active;
  const fraction = Math.ceil((active * support.num) / support.den);
  const needed = Math.min(support.at_most, Math.max(support.at_least, fraction));
  return (
    <div class="setting" data-test="setting" data-name="support">
      <fieldset class="field">
        <legend>{label("support")}</legend>
        <p class="hint">{t("setting-support-hint")}</p>
        <div class="row wrap thirds">
          {part("at_least")}
          <Field label={t("setting-support-percent")}>
            {(ids) => (
              <Figure
                ids={ids}
                kept={percent}
                min={0}
                max={100}
                disabled={disabled}
                test="support-percent"
                onTake={(num) => {
                  if (num <= 100) change("support", { ...support, num, den: 100 }, support);
                }}
              />
            )}
          </Field>
          {part("at_most")}
        </div>
      </fieldset>
      <p class="row wrap hint">
        <strong data-test="support-now">{t("setting-support-now", { count: needed })}</strong>
        {t("setting-default", { value: t("setting-support-default") })}
        {JSON.stringify(support) !== JSON.stringify(supportDefault) && !disabled && (
          <button
            type="button"
            class="button quiet small"
            data-test="default-support"
            onClick={() => change("support", supportDefault, support)}
          >
            {t("setting-to-default")}
          </button>
        )}
      </p>
    </div>
  );
}

type Item = NonNullable<Methods["org.history"]["result"]["doc"]>["items"][number];

function History({ rev, disabled }: { rev: number; disabled: boolean }) {
  const all = useSignal(false);
  const asked = useAsked(() => call("org.history", {}), rev);
  if (!asked.answer) return <Awaited {...asked} />;
  const items: Item[] = [...(asked.answer.doc?.items ?? [])].reverse();
  if (items.length === 0) return <p class="hint">{t("settings-history-none")}</p>;
  return (
    <>
      <ul class="settings-history">
        {items.slice(0, all.value ? 100 : 10).map((item) => (
          <li key={`${item.at_ms}-${item.name}`} data-test="setting-history">
            <p>
              <strong>{label(item.name)}</strong>{" "}
              {item.before !== undefined && (
                <>
                  <s class="hint">{shown(item.name, item.before)}</s>{" "}
                  <span aria-hidden="true">→</span>{" "}
                </>
              )}
              {shown(item.name, item.after)}
            </p>
            <p class="hint row wrap">
              <span>
                <By by={item.by} />, <When ms={item.at_ms} />
              </span>
              {item.before !== undefined && !disabled && (
                <button
                  type="button"
                  class="button quiet small"
                  data-test="setting-put-back"
                  onClick={() => change(item.name, item.before, item.after)}
                >
                  {t("setting-put-back")}
                </button>
              )}
            </p>
          </li>
        ))}
      </ul>
      <ShowMore
        left={all.value ? 0 : items.length - 10}
        onMore={() => {
          all.value = true;
        }}
      />
    </>
  );
}

function Section({
  org,
  name,
  disabled,
  children,
}: {
  org: Organisation;
  name: string;
  disabled: boolean;
  children?: preact.ComponentChildren;
}) {
  const rows = settingsOf(name);
  if (rows.length === 0 && !children) return null;
  return (
    <section class="card box settings-section" aria-labelledby={`settings-${name}`}>
      <h2 id={`settings-${name}`}>{t(`settings-${name}`)}</h2>
      {children}
      {rows.map((setting) => (
        <SettingRow key={setting.name} org={org} setting={setting} disabled={disabled} />
      ))}
    </section>
  );
}

export default function Settings() {
  const org = useWhole("org").one("organisation");
  const disabled = !isAdmin.value;
  return (
    <Page name="settings" title={t("settings-title")}>
      <p class="lead">{t("settings-lead")}</p>
      {disabled && <p class="notice">{t("settings-read-only")}</p>}
      {!org ? (
        <Loading />
      ) : (
        <div class="stack-wide">
          <Section org={org} name="organisation" disabled={disabled}>
            <OrganisationFields org={org} disabled={disabled} />
            <Classes org={org} disabled={disabled} />
          </Section>
          <Section org={org} name="proposals" disabled={disabled}>
            <Support org={org} disabled={disabled} />
            <Themes org={org} disabled={disabled} />
          </Section>
          <Section org={org} name="votes" disabled={disabled} />
          <Rules org={org} disabled={disabled} />
          {["members", "sessions", "others"].map((name) => (
            <Section key={name} org={org} name={name} disabled={disabled} />
          ))}
          <section class="card box" aria-labelledby="settings-history">
            <h2 id="settings-history">{t("settings-history")}</h2>
            <History rev={org.rev} disabled={disabled} />
          </section>
        </div>
      )}
    </Page>
  );
}
