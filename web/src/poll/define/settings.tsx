// What may be set about a method, with defaults that most votes keep: closed until someone looks.
import { pick, t } from "../../i18n/i18n";
import { Field } from "../../ui/parts";
import { type Editing, NumberField } from "./choose";
import { type Draft, shapeOf, type Tie } from "./draft";
import { gradeCounts } from "./grades";

type Switch = "equal" | "allPoints" | "blank" | "abstain" | "classQuorum" | "classMajority";

export function Check({ draft, set, name, label }: Editing & { name: Switch; label: string }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        data-test={`define-${name}`}
        checked={draft.value[name]}
        onChange={(event) => set({ [name]: event.currentTarget.checked })}
      />
      {label}
    </label>
  );
}

function Choice<K extends "grades" | "tie">({
  draft,
  set,
  name,
  label,
  values,
  say,
}: Editing & {
  name: K;
  label: string;
  values: readonly Draft[K][];
  say: (value: Draft[K]) => string;
}) {
  return (
    <Field label={label}>
      {(ids) => (
        <select
          {...ids}
          data-test={`define-${name}`}
          value={String(draft.value[name])}
          onChange={(event) => {
            const chosen = values[event.currentTarget.selectedIndex];
            if (chosen !== undefined) set({ [name]: chosen });
          }}
        >
          {values.map((value) => (
            <option key={value} value={String(value)}>
              {say(value)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

const sayGrades = (grades: Draft["ownGrades"]): string =>
  t("grades-own", {
    ...{ count: grades.length, worst: pick(grades[0]).text },
    best: pick(grades[grades.length - 1]).text,
  });

const ties: readonly Tie[] = ["not_adopted", "lot", "chair", "reported"];

/** `ruled`: the rule that was chosen says what follows a tie. */
export function MethodSettings({ ruled, ...editing }: Editing & { ruled: boolean }) {
  const { ownGrades, method, options, points, purpose, most: max } = editing.draft.value;
  const shape = shapeOf(method);
  const own = purpose === "elect" || purpose === "several";
  const most = Math.max(1, options.length);
  return (
    <details class="more" data-test="method-settings">
      <summary>{t("method-settings")}</summary>
      <div class="form">
        {shape.seats && !own && (
          <NumberField {...editing} name="seats" min={1} max={most} label={t("seats-chosen")} />
        )}
        {shape.marks && (
          <>
            <NumberField
              {...editing}
              name="least"
              min={1}
              max={Math.max(1, Math.min(max || most, most))}
              label={t(shape.form === 8 ? "least-ranked" : "least-marked")}
              hint={t("least-hint")}
            />
            <NumberField
              {...editing}
              name="most"
              min={0}
              max={most}
              label={t(shape.form === 8 ? "most-ranked" : "most-marked")}
              hint={t("most-hint")}
            />
          </>
        )}
        {shape.equal && <Check {...editing} name="equal" label={t("equal-label")} />}
        {shape.levels && (
          <NumberField
            {...editing}
            name="levels"
            min={2}
            max={100}
            label={t("levels-label")}
            hint={t("levels-hint", { most: editing.draft.value.levels - 1 })}
          />
        )}
        {shape.points && (
          <>
            <NumberField
              {...editing}
              name="points"
              min={1}
              max={65_535}
              label={t("points-label")}
            />
            <NumberField
              {...editing}
              name="cap"
              min={0}
              max={points}
              label={t("cap-label")}
              hint={t("cap-hint")}
            />
            <Check {...editing} name="allPoints" label={t("all-points-label")} />
          </>
        )}
        {shape.grades && (
          <Choice
            {...editing}
            name="grades"
            label={t("grades-label")}
            values={ownGrades.length > 0 ? [0, ...gradeCounts] : gradeCounts}
            say={(count) => (count > 0 ? t(`grades-${count}`) : sayGrades(ownGrades))}
          />
        )}
        <div>
          <Check {...editing} name="abstain" label={t("abstain-label")} />
          <Check {...editing} name="blank" label={t("blank-label")} />
        </div>
        {shape.number > 2 && !ruled && (
          <Choice
            {...editing}
            name="tie"
            label={t("tie-label")}
            values={ties}
            say={(tie) => t(`tie-${tie.replace("_", "-")}`)}
          />
        )}
      </div>
    </details>
  );
}
