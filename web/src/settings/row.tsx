// One setting: what it is called, one sentence that says what it does, its value, and the way back to the default.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Organisation } from "../generated/api";
import { t } from "../i18n/i18n";
import { Field } from "../ui/parts";
import { useWritten } from "./written";
import { change, label, type Setting, shown, type Value, current } from "./change";

type Ids = { id: string; "aria-describedby": string | undefined };
interface Part {
  ids: Ids;
  setting: Setting;
  value: Value;
  disabled: boolean;
  onChange: (value: Value) => void;
}

/** A number is taken when the field is left or Enter is pressed; one out of bounds stays, marked. */
function Whole({ ids, setting, value, disabled, onChange }: Part) {
  const { value: text, write, leave } = useWritten(String(value));
  const wrong = useSignal(false);
  const bounds = "min" in setting ? setting : { min: 0, max: 0 };
  useEffect(() => {
    wrong.value = false;
  }, [value]);
  const take = () => {
    leave();
    const given = Number(text.value);
    const good = /^\d+$/.test(text.value.trim()) && given >= bounds.min && given <= bounds.max;
    wrong.value = !good;
    if (good && given !== value) onChange(given);
  };
  return (
    <span class="row setting-number">
      <input
        {...ids}
        type="number"
        inputMode="numeric"
        min={bounds.min}
        max={bounds.max}
        disabled={disabled}
        data-test={`setting-${setting.name}`}
        aria-invalid={wrong.value ? "true" : undefined}
        value={text.value}
        onInput={(event) => {
          write(event.currentTarget.value);
        }}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
        }}
      />
      <span class={wrong.value ? "field-error" : "hint"} role={wrong.value ? "alert" : undefined}>
        {wrong.value
          ? t("setting-bounds", { min: String(bounds.min), max: String(bounds.max) })
          : t(`unit-name-${setting.unit}`, { count: Number(text.value) || 0 })}
      </span>
    </span>
  );
}

function Flag({ ids, setting, value, disabled, onChange }: Part) {
  return (
    <label class="check">
      <input
        {...ids}
        type="checkbox"
        disabled={disabled}
        data-test={`setting-${setting.name}`}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {t(value === true ? "setting-on" : "setting-off")}
    </label>
  );
}

function Words({ ids, setting, value, disabled, onChange }: Part) {
  return (
    <select
      {...ids}
      disabled={disabled}
      data-test={`setting-${setting.name}`}
      value={String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {("words" in setting ? setting.words : []).map((word) => (
        <option key={word} value={word}>
          {t(`setting-${setting.name}-${word}`)}
        </option>
      ))}
    </select>
  );
}

export function SettingRow({
  org,
  setting,
  disabled,
}: {
  org: Organisation;
  setting: Setting;
  disabled: boolean;
}) {
  const value = current(org, setting);
  const onChange = (given: Value) => {
    change(setting.name, given, value);
  };
  const Part = setting.type === "flag" ? Flag : setting.type === "word" ? Words : Whole;
  return (
    <div class="setting" data-test="setting" data-name={setting.name}>
      <Field label={label(setting.name)} hint={t(`setting-${setting.name}-hint`)}>
        {(ids) => (
          <Part ids={ids} setting={setting} value={value} disabled={disabled} onChange={onChange} />
        )}
      </Field>
      <p class="row wrap hint">
        {t("setting-default", { value: shown(setting.name, setting.default) })}
        {value !== setting.default && !disabled && (
          <button
            type="button"
            class="button quiet small"
            data-test={`default-${setting.name}`}
            onClick={() => onChange(setting.default)}
          >
            {t("setting-to-default")}
          </button>
        )}
      </p>
    </div>
  );
}
