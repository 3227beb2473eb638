// Themes and classes: lists that are written here and saved as a whole, so that an order, a name and a new line go together.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Organisation } from "../generated/api";
import { isLanguage, languageNames, pick, t } from "../i18n/i18n";
import { newId } from "../sync/rpc";
import { Field } from "../ui/parts";
import { change } from "./change";

interface Line {
  key: string;
  label: Record<string, string | undefined>;
  /** A theme that is not offered any more. */
  retired?: boolean | undefined;
  /** Of a class. */
  id?: string;
  votes?: boolean;
}

/** A key from the first name given: letters, digits, hyphens, not taken yet. */
export function keyOf(label: Line["label"], taken: readonly string[]): string {
  const first = Object.values(label).find((text) => text?.trim()) ?? "";
  const plain = first
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 30);
  const base = plain || "x";
  let key = base;
  for (let count = 2; taken.includes(key); count++) key = `${base}-${count}`;
  return key;
}

const languageName = (code: string): string => (isLanguage(code) ? languageNames[code] : code);

/** Labels without empty languages, a key for those that have none; lines without any name are left out. */
function tidy(lines: Line[]): Line[] {
  const done: Line[] = [];
  for (const line of lines) {
    const label = Object.fromEntries(
      Object.entries(line.label)
        .map(([code, text]) => [code, (text ?? "").trim().normalize("NFC")] as const)
        .filter(([, text]) => text !== ""),
    );
    if (Object.keys(label).length === 0) continue;
    const taken = [...done, ...lines].map((one) => one.key).filter(Boolean);
    done.push({ ...line, label, key: line.key || keyOf(label, taken) });
  }
  return done;
}

function moved(lines: Line[], from: number, by: number): Line[] {
  const next = [...lines];
  const [line] = next.splice(from, 1);
  if (line) next.splice(from + by, 0, line);
  return next;
}

function LineFields({
  line,
  codes,
  test,
  disabled,
  onChange,
}: {
  line: Line;
  codes: readonly string[];
  test: string;
  disabled: boolean;
  onChange: (line: Line) => void;
}) {
  return (
    <div class="line-labels">
      {codes.map((code) => (
        <Field key={code} label={languageName(code)}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              lang={code}
              maxLength={80}
              disabled={disabled}
              data-test={`${test}-${code}`}
              value={line.label[code] ?? ""}
              onInput={(event) =>
                onChange({ ...line, label: { ...line.label, [code]: event.currentTarget.value } })
              }
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function Lines({
  name,
  given,
  codes,
  max,
  fresh,
  disabled,
  onSave,
}: {
  name: "themes" | "classes";
  given: Line[];
  codes: readonly string[];
  max: number;
  fresh: () => Line;
  disabled: boolean;
  onSave: (lines: Line[]) => Promise<boolean>;
}) {
  const lines = useSignal(given);
  const busy = useSignal(false);
  const key = JSON.stringify(given);
  const dirty = JSON.stringify(tidy(lines.value)) !== key;
  // Somebody else's change is taken over only where nothing is being written.
  useEffect(() => {
    if (JSON.stringify(tidy(lines.peek())) !== key) lines.value = given;
  }, [key]);
  const set = (index: number, line: Line) => {
    lines.value = lines.value.map((one, at) => (at === index ? line : one));
  };
  const save = async () => {
    busy.value = true;
    await onSave(tidy(lines.value));
    busy.value = false;
  };
  return (
    <div class="setting" data-test="setting" data-name={name}>
      <h3>{t(`setting-${name}`)}</h3>
      <p class="hint">{t(`setting-${name}-hint`)}</p>
      <ol class="lines-edit">
        {lines.value.map((line, index) => {
          const called = pick(line.label).text || line.key;
          return (
            <li key={line.id ?? (line.key || index)} data-test={`${name}-line`} data-key={line.key}>
              <LineFields
                line={line}
                codes={codes}
                test={`${name}-label`}
                disabled={disabled}
                onChange={(next) => set(index, next)}
              />
              <div class="row wrap">
                {name === "classes" ? (
                  <label class="check">
                    <input
                      type="checkbox"
                      disabled={disabled}
                      checked={line.votes === true}
                      onChange={(event) =>
                        set(index, { ...line, votes: event.currentTarget.checked })
                      }
                    />
                    {t("class-votes")}
                  </label>
                ) : (
                  line.key && (
                    <label class="check">
                      <input
                        type="checkbox"
                        disabled={disabled}
                        data-test="theme-retired"
                        checked={line.retired === true}
                        onChange={(event) => {
                          const { retired: _, ...rest } = line;
                          set(
                            index,
                            event.currentTarget.checked ? { ...rest, retired: true } : rest,
                          );
                        }}
                      />
                      {t("theme-retired")}
                    </label>
                  )
                )}
                {!disabled && (
                  <>
                    <button
                      type="button"
                      class="button quiet small"
                      aria-label={t("line-up", { name: called })}
                      disabled={index === 0}
                      onClick={() => {
                        lines.value = moved(lines.value, index, -1);
                      }}
                    >
                      ↑
                    </button>
                    <button
                      type="button"
                      class="button quiet small"
                      aria-label={t("line-down", { name: called })}
                      disabled={index === lines.value.length - 1}
                      onClick={() => {
                        lines.value = moved(lines.value, index, 1);
                      }}
                    >
                      ↓
                    </button>
                    {(name === "classes" || !line.key) && (
                      <button
                        type="button"
                        class="button quiet small"
                        onClick={() => {
                          lines.value = lines.value.filter((_, at) => at !== index);
                        }}
                      >
                        {t("line-remove")} <span class="hidden">{called}</span>
                      </button>
                    )}
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {!disabled && (
        <div class="row wrap">
          <button
            type="button"
            class="button quiet"
            data-test={`${name}-add`}
            disabled={lines.value.length >= max}
            onClick={() => {
              lines.value = [...lines.value, fresh()];
            }}
          >
            {t(`line-add-${name}`)}
          </button>
          <button
            type="button"
            class="button primary"
            data-test={`${name}-save`}
            disabled={!dirty || busy.value}
            onClick={save}
          >
            {t("setting-save")}
          </button>
        </div>
      )}
    </div>
  );
}

export function Themes({ org, disabled }: { org: Organisation; disabled: boolean }) {
  const given = org.settings.themes;
  return (
    <Lines
      name="themes"
      given={given}
      codes={org.languages}
      max={40}
      fresh={() => ({ key: "", label: {} })}
      disabled={disabled}
      onSave={(lines) => change("themes", lines, given)}
    />
  );
}

export function Classes({ org, disabled }: { org: Organisation; disabled: boolean }) {
  return (
    <Lines
      name="classes"
      given={org.classes}
      codes={org.languages}
      max={32}
      fresh={() => ({ id: newId(), key: "", label: {}, votes: true })}
      disabled={disabled}
      onSave={(lines) => change("classes", lines, org.classes)}
    />
  );
}
