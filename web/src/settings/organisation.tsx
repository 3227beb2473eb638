// The organisation itself: its names, languages, legal form, time zone, and what it expects of members.
import type { Organisation } from "../generated/api";
import { isLanguage, languageNames, languages, t } from "../i18n/i18n";
import { Field } from "../ui/parts";
import { change } from "./change";
import { useWritten } from "./written";

const languageName = (code: string): string => (isLanguage(code) ? languageNames[code] : code);

/** One text of several languages; taken when the field is left. */
export function Labels({
  name,
  legend,
  hint,
  values,
  codes,
  lines,
  max,
  disabled,
  onTake,
}: {
  name: string;
  legend: string;
  hint?: string;
  values: Record<string, string | undefined>;
  codes: readonly string[];
  lines?: number;
  max: number;
  disabled: boolean;
  onTake: (values: Record<string, string>) => void;
}) {
  const { value: written, write, leave } = useWritten(values);
  const key = JSON.stringify(values);
  const take = () => {
    leave();
    const kept = Object.entries(written.value)
      .map(([code, text]) => [code, (text ?? "").trim().normalize("NFC")] as const)
      .filter(([code, text]) => text !== "" || lines !== undefined || values[code] !== undefined);
    const next = Object.fromEntries(kept.filter(([, text]) => text !== "" || lines !== undefined));
    if (Object.keys(next).length > 0 && JSON.stringify(next) !== key) onTake(next);
  };
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      {codes.map((code) => {
        const part = {
          disabled,
          lang: code,
          maxLength: max,
          value: written.value[code] ?? "",
          onInput: (event: { currentTarget: { value: string } }) => {
            write({ ...written.value, [code]: event.currentTarget.value });
          },
          onBlur: take,
          "data-test": `${name}-${code}`,
        };
        return (
          <Field key={code} label={languageName(code)}>
            {(ids) =>
              lines ? (
                <textarea {...ids} {...part} rows={lines} />
              ) : (
                <input type="text" {...ids} {...part} />
              )
            }
          </Field>
        );
      })}
    </fieldset>
  );
}

const legalForms = ["sc", "asbl", "aisbl", "de-facto", "scop", "scic", "loi1901", "other"] as const;

function zones(): string[] {
  const list =
    typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];
  return list.length > 0 ? list : ["Europe/Brussels", "Europe/Paris", "Europe/Amsterdam", "UTC"];
}

function Languages({ org, disabled }: { org: Organisation; disabled: boolean }) {
  const all = [...new Set([...languages, ...org.languages])];
  const toggle = (code: string, on: boolean) => {
    const next = on ? [...org.languages, code] : org.languages.filter((one) => one !== code);
    if (next.length > 0) change("languages", next, org.languages);
  };
  return (
    <fieldset class="field">
      <legend>{t("setting-languages")}</legend>
      <p class="hint">{t("setting-languages-hint")}</p>
      <div class="row wrap">
        {all.map((code) => (
          <label class="check chip-check" key={code}>
            <input
              type="checkbox"
              data-test={`language-${code}`}
              disabled={disabled || (org.languages.length === 1 && org.languages.includes(code))}
              checked={org.languages.includes(code)}
              onChange={(event) => toggle(code, event.currentTarget.checked)}
            />
            {languageName(code)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function OrganisationFields({ org, disabled }: { org: Organisation; disabled: boolean }) {
  const { value: name, write, leave } = useWritten(org.name);
  return (
    <>
      <Field label={t("setting-name")} hint={t("setting-name-hint")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={80}
            disabled={disabled}
            data-test="setting-name"
            value={name.value}
            onInput={(event) => {
              write(event.currentTarget.value);
            }}
            onBlur={() => {
              leave();
              const text = name.value.trim().normalize("NFC");
              if (text && text !== org.name) change("name", text, org.name);
            }}
          />
        )}
      </Field>
      <Labels
        name="setting-names"
        legend={t("setting-names")}
        hint={t("setting-names-hint")}
        values={org.names ?? {}}
        codes={org.languages}
        max={80}
        disabled={disabled}
        onTake={(next) =>
          change("names", next, org.names ?? { [org.languages[0] ?? "en"]: org.name })
        }
      />
      <Languages org={org} disabled={disabled} />
      <Field label={t("setting-legal_form")} hint={t("setting-legal_form-hint")}>
        {(ids) => (
          <select
            {...ids}
            disabled={disabled}
            data-test="setting-legal_form"
            value={org.legal_form}
            onChange={(event) => change("legal_form", event.currentTarget.value, org.legal_form)}
          >
            {legalForms.map((form) => (
              <option key={form} value={form}>
                {t(`legal-form-${form}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("setting-time_zone")} hint={t("setting-time_zone-hint")}>
        {(ids) => (
          <select
            {...ids}
            disabled={disabled}
            data-test="setting-time_zone"
            value={org.time_zone}
            onChange={(event) => change("time_zone", event.currentTarget.value, org.time_zone)}
          >
            {[...new Set([org.time_zone, ...zones()])].map((zone) => (
              <option key={zone} value={zone}>
                {zone}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Labels
        name="setting-expectations"
        legend={t("setting-expectations")}
        hint={t("setting-expectations-hint")}
        values={org.expectations ?? {}}
        codes={org.languages}
        lines={3}
        max={600}
        disabled={disabled}
        onTake={(next) =>
          change(
            "expectations",
            next,
            org.expectations ?? Object.fromEntries(Object.keys(next).map((code) => [code, ""])),
          )
        }
      />
    </>
  );
}
