// What the usual rule, or that of the vote before, may ask besides: the same of each class of members, and a limit to the
// weight of one person. A rule with a name says all of that itself. Closed until someone looks.
import { useMemo } from "preact/hooks";
import { t } from "../../i18n/i18n";
import { type Editing, NumberInput } from "./choose";
import { type Asks, type Draft, percentOf } from "./draft";
import { Check } from "./settings";

const isSet = ({ classQuorum, classMajority, heaviest }: Draft): boolean =>
  classQuorum || classMajority || heaviest !== null;

export function Besides({
  asks,
  classes,
  ...editing
}: Editing & {
  /** Of all who vote. */
  asks: Asks;
  /** There are several that vote. */
  classes: boolean;
}) {
  const { draft, set } = editing;
  const { method, heaviest } = draft.value;
  const open = useMemo(() => isSet(draft.peek()), []);
  const each = classes && Boolean(asks.majority ?? asks.quorum);
  const weighs = method !== "consent";
  if (!each && !weighs) return null;
  return (
    <details class="more" data-test="rule-besides" open={open}>
      <summary>{t("besides-title")}</summary>
      <div class="form">
        {each && (
          <fieldset class="field">
            <legend>{t("besides-classes")}</legend>
            <p class="hint">{t("besides-classes-hint")}</p>
            {asks.quorum && (
              <Check {...editing} name="classQuorum" label={t("besides-class-quorum")} />
            )}
            {asks.majority && (
              <Check {...editing} name="classMajority" label={t("besides-class-majority")} />
            )}
          </fieldset>
        )}
        {weighs && (
          <NumberInput
            value={heaviest ? percentOf(heaviest) : 0}
            onChange={(num) =>
              set({ heaviest: num > 0 ? { num: Math.min(num, 100), den: 100 } : null })
            }
            min={0}
            max={100}
            label={t("besides-weight")}
            hint={t("besides-weight-hint")}
            test="define-heaviest"
          />
        )}
      </div>
    </details>
  );
}
