// The fields that say what is expected of a to-do: the same for a new one and for a better wording.
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Organisation } from "../generated/api";
import { pick, t } from "../i18n/i18n";
import { newId } from "../sync/rpc";
import { Icon } from "../ui/icons";
import { Field } from "../ui/parts";
import { effortText, efforts } from "./words";

export interface Line {
  id: string;
  text: string;
}
const linesMax = 30;

/** Kept only where something stands. */
export const written = (lines: Line[]): Line[] =>
  lines
    .map((line) => ({ ...line, text: line.text.trim().normalize("NFC") }))
    .filter((line) => line.text);

export function Lines({ lines }: { lines: Signal<Line[]> }) {
  const box = useRef<HTMLFieldSetElement>(null);
  const wanted = useSignal("");
  // Before the next key, which would go on writing in the line before.
  useLayoutEffect(() => {
    if (!wanted.value) return;
    box.current?.querySelector<HTMLInputElement>(`[name="line-${wanted.value}"]`)?.focus();
    wanted.value = "";
  }, [wanted.value]);
  const set = (id: string, text: string) => {
    lines.value = lines.value.map((line) => (line.id === id ? { ...line, text } : line));
  };
  const add = () => {
    if (lines.value.length >= linesMax) return;
    const id = newId();
    lines.value = [...lines.value, { id, text: "" }];
    wanted.value = id;
  };
  return (
    <fieldset class="field lines-field" ref={box}>
      <legend>{t("task-checklist-label")}</legend>
      {lines.value.map((line, at) => (
        <div class="row" key={line.id}>
          <input
            type="text"
            maxLength={200}
            name={`line-${line.id}`}
            data-test="task-line"
            aria-label={t("task-line-label", { number: at + 1 })}
            value={line.text}
            onInput={(event) => set(line.id, event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
          />
          <button
            type="button"
            class="button quiet icon-button"
            aria-label={t("task-line-remove", { number: at + 1 })}
            onClick={() => {
              lines.value = lines.value.filter((other) => other.id !== line.id);
            }}
          >
            <Icon name="no" size={18} />
          </button>
        </div>
      ))}
      {lines.value.length < linesMax && (
        <button type="button" class="button quiet small" data-test="task-line-add" onClick={add}>
          <Icon name="plus" size={18} /> {t("task-line-add")}
        </button>
      )}
    </fieldset>
  );
}

export function Effort({ hours }: { hours: Signal<number | undefined> }) {
  const known = hours.value === undefined || (efforts as readonly number[]).includes(hours.value);
  const choices = known ? efforts : [...efforts, hours.value as number].sort((a, b) => a - b);
  return (
    <Field label={t("task-effort-label")}>
      {(ids) => (
        <select
          {...ids}
          data-test="task-effort"
          value={hours.value === undefined ? "" : `${hours.value}`}
          onChange={(event) => {
            hours.value = Number(event.currentTarget.value) || undefined;
          }}
        >
          <option value="">{t("task-effort-none")}</option>
          {choices.map((value) => (
            <option key={value} value={`${value}`}>
              {effortText(value)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Themes({
  themes,
  organisation,
}: {
  themes: Signal<string[]>;
  organisation: Organisation | undefined;
}) {
  const all = organisation?.settings.themes ?? [];
  if (all.length === 0) return null;
  return (
    <fieldset class="field">
      <legend>{t("task-themes-label")}</legend>
      <div class="row wrap">
        {all.map((theme) => {
          const on = themes.value.includes(theme.key);
          return (
            <label class="check chip-check" key={theme.key}>
              <input
                type="checkbox"
                checked={on}
                disabled={!on && themes.value.length >= 5}
                onChange={() => {
                  themes.value = on
                    ? themes.value.filter((key) => key !== theme.key)
                    : [...themes.value, theme.key];
                }}
              />
              {pick(theme.label).text || theme.key}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

/** A text of several lines under its label. */
export function Words({
  label,
  hint,
  test,
  value,
  max,
  onInput,
}: {
  label: string;
  hint?: string;
  test: string;
  value: string;
  max: number;
  onInput: (text: string) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <textarea
          {...ids}
          rows={2}
          dir="auto"
          maxLength={max}
          data-test={test}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function DueDate({ due }: { due: Signal<string> }) {
  return (
    <Field label={t("task-due-label")}>
      {(ids) => (
        <input
          {...ids}
          type="date"
          data-test="task-due"
          value={due.value}
          onInput={(event) => {
            due.value = event.currentTarget.value;
          }}
        />
      )}
    </Field>
  );
}
