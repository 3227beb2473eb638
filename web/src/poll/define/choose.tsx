// What a vote is about, and how it is counted: one method is proposed with a sentence, the others stand behind a switch.
import { type Signal, useSignal } from "@preact/signals";
import { t } from "../../i18n/i18n";
import { Field } from "../../ui/parts";
import {
  type Draft,
  type Method,
  type Purpose,
  proposedMethod,
  purposes,
  shapeOf,
  tieFor,
} from "./draft";
import { type Refusal, refusedAt } from "./refusal";

export interface Editing {
  draft: Signal<Draft>;
  set: (change: Partial<Draft>) => void;
  refusal: Signal<Refusal | null>;
}

export function useDraft(first: Draft): Editing {
  const draft = useSignal(first);
  const refusal = useSignal<Refusal | null>(null);
  return {
    ...{ draft, refusal },
    set: (change) => {
      draft.value = { ...draft.peek(), ...change };
    },
  };
}

export function PurposeField({ draft, set, offered }: Editing & { offered: readonly Purpose[] }) {
  return (
    <fieldset class="field purposes">
      <legend>{t("purpose-label")}</legend>
      {offered.map((purpose) => (
        <label class="option" key={purpose}>
          <input
            type="radio"
            name="purpose"
            data-test={`purpose-${purpose}`}
            checked={draft.value.purpose === purpose}
            onChange={() =>
              set({
                purpose,
                method: proposedMethod(purpose, draft.peek().seats),
                tie: tieFor(purpose),
              })
            }
          />
          <span>
            <strong>{t(`purpose-${purpose}`)}</strong>
            <span class="hint">{t(`purpose-${purpose}-hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Others({
  draft,
  set,
  others,
}: Pick<Editing, "draft" | "set"> & { others: readonly Method[] }) {
  return (
    <details class="more" data-test="other-methods">
      <summary>{t("method-others")}</summary>
      <fieldset class="field">
        <legend class="hidden">{t("method-others")}</legend>
        {others.map((method) => (
          <label class="option" key={method}>
            <input
              type="radio"
              name="method"
              data-test={`method-${method}`}
              checked={draft.value.method === method}
              onChange={() => set({ method })}
            />
            <span>
              <strong>{t(`method-${method}`)}</strong>
              <span class="hint">{t(`method-${method}-why`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

export function NumberInput({
  value,
  onChange,
  min,
  max,
  label,
  hint,
  error,
  test,
}: {
  value: number;
  onChange: (value: number) => void;
  min: number;
  max: number;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  test: string;
}) {
  const emptied = useSignal(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          inputMode="numeric"
          class="short-number"
          data-test={test}
          aria-invalid={error ? "true" : undefined}
          {...{ min, max, step: 1 }}
          required={min > 0}
          value={emptied.value ? "" : value}
          onInput={(event) => {
            const typed = event.currentTarget.valueAsNumber;
            emptied.value = Number.isNaN(typed);
            // Where 0 sets no limit, nothing sets none either.
            if (emptied.peek() && min === 0) onChange(0);
            if (Number.isInteger(typed)) onChange(typed);
          }}
        />
      )}
    </Field>
  );
}

/** As poll.define calls what a field sets. */
const params = {
  ...{ seats: "seats", least: "min", most: "max" },
  ...{ levels: "levels", points: "points", cap: "cap" },
} as const;

/** A number of this draft. */
export function NumberField({
  draft,
  set,
  refusal,
  name,
  ...rest
}: Editing & {
  name: keyof typeof params;
  min: number;
  max: number;
  label: string;
  hint?: string;
}) {
  return (
    <NumberInput
      {...rest}
      value={draft.value[name]}
      onChange={(value) => set({ [name]: value })}
      error={refusedAt(refusal, `params.${params[name]}`)}
      test={`define-${name}`}
    />
  );
}

/** How many are chosen or elected: with it the method that fits is proposed, unless another one was chosen. */
export function Seats({ draft, set, refusal }: Editing) {
  const { purpose, method, options } = draft.value;
  if (!shapeOf(method).options || (purpose !== "elect" && purpose !== "several")) return null;
  return (
    <NumberField
      {...{ draft, refusal }}
      set={(change) => {
        const { seats: before } = draft.peek();
        const proposed = method === proposedMethod(purpose, before);
        const seats = change.seats ?? before;
        set({ seats, ...(proposed ? { method: proposedMethod(purpose, seats) } : {}) });
      }}
      name="seats"
      min={1}
      max={Math.max(1, options.length)}
      label={t(purpose === "elect" ? "seats-elected" : "seats-chosen")}
    />
  );
}

export function MethodField({ draft, set }: Editing) {
  const { purpose, method } = draft.value;
  const usual: readonly Method[] = purposes[purpose];
  const all = usual.includes(method) ? usual : [method, ...usual];
  return (
    <section class="proposed" data-test="method-chosen" data-method={method}>
      <p>
        <strong>{t(`method-${method}`)}</strong> {t(`method-${method}-why`)}
      </p>
      {all.length > 1 && <Others draft={draft} set={set} others={all} />}
    </section>
  );
}
