// The rule of a vote: the usual one, one that the organisation has adapted, or a ready-made one; with what it asks in
// sentences, and a warning as long as nobody has compared it with the statutes.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Methods, Poll, Rule } from "../../generated/api";
import { pick, t } from "../../i18n/i18n";
import { call } from "../../sync/socket";
import { Icon } from "../../ui/icons";
import { Field } from "../../ui/parts";
import { ruleSentences, writtenRule } from "../rule";
import type { Method } from "./draft";

type Preset = Methods["rule.presets"]["result"]["presets"][number];

/** What can be named as the rule of a vote. */
export interface Named {
  use: string;
  title: string;
  asks: string;
  mode: Rule["mode"];
  /** Whether an admin has confirmed it, or nothing in it comes from statutes. */
  checked: boolean;
  own: boolean;
  /** A meeting called again decides whatever the attendance. */
  second: boolean;
}

/** Nothing here depends on who is present: that needs a meeting. */
const needsMeeting = ({ rule }: Pick<Preset, "rule">): boolean =>
  rule.majority?.base === "present" ||
  rule.quorum?.of === "present" ||
  rule.quorum?.unit === "shares";

const presetsOnce = { asked: undefined as Promise<readonly Preset[]> | undefined };
function presets(): Promise<readonly Preset[]> {
  presetsOnce.asked ??= call("rule.presets", {}).then((answer) => answer.presets);
  presetsOnce.asked.catch(() => {
    presetsOnce.asked = undefined;
  });
  return presetsOnce.asked;
}

/** The rule of the vote that is asked again, where it has no name that could be used again. */
export const sameRule = "same";
/** As poll.define takes it. */
export function ruleAgain(rule: Poll["rule"]) {
  const {
    name,
    majority,
    abstain,
    blank,
    void: spoilt,
    quorum,
    per_class,
    cap,
    mandates,
    tie,
  } = rule;
  return { name, majority, abstain, blank, void: spoilt, quorum, per_class, cap, mandates, tie };
}
function ruleBefore(before: Poll | undefined, method: Method): readonly Named[] {
  if (!before || before.rule.use || before.method !== method) return [];
  const asks = ruleSentences({ rule: writtenRule(before.rule) }).join(" ");
  const title = t("rule-before", { number: String(before.number) });
  return [{ use: sameRule, title, asks, mode: "named", checked: true, own: true, second: false }];
}

/** Rules that fit the method: the organisation's own first. `meeting`: also those that ask who is present. */
export function useRules(
  own: readonly Rule[],
  method: Method,
  meeting = false,
  before?: Poll,
): readonly Named[] {
  const ready = useSignal<readonly Preset[]>([]);
  useEffect(() => {
    presets().then(
      (found) => {
        ready.value = found;
      },
      () => {},
    );
  }, []);
  const fits = (one: Pick<Preset, "method" | "rule">) =>
    one.method === method && (meeting || !needsMeeting(one));
  return [
    ...ruleBefore(before, method),
    ...own
      .filter((one) => fits(one) && !one.retired)
      .map((one) => ({
        ...{ use: one.id, title: pick(one.title).text, asks: pick(one.asks).text, mode: one.mode },
        ...{ checked: one.confirmed !== undefined, own: true, second: one.second_call !== null },
      })),
    ...ready.value.filter(fits).map((one) => ({
      ...{ use: one.name, title: pick(one.title).text, asks: pick(one.asks).text, mode: one.mode },
      ...{ checked: !one.from_statutes, own: false, second: one.second_call !== null },
    })),
  ];
}

export function RuleField({
  rules,
  use,
  usual,
}: {
  rules: readonly Named[];
  use: Signal<string>;
  /** What the usual rule asks. */
  usual: string;
}) {
  const chosen = rules.find((one) => one.use === use.value);
  const group = (own: boolean, label: string) => {
    const some = rules.filter((one) => one.own === own);
    return some.length > 0 ? (
      <optgroup label={label}>
        {some.map((one) => (
          <option key={one.use} value={one.use}>
            {one.title}
          </option>
        ))}
      </optgroup>
    ) : null;
  };
  return (
    <div class="notice rule-field" data-test="rule-default">
      {rules.length > 0 && (
        <Field label={t("rule-choice")}>
          {(ids) => (
            <select
              {...ids}
              data-test="define-rule"
              value={chosen ? use.value : ""}
              onChange={(event) => {
                use.value = event.currentTarget.value;
              }}
            >
              <option value="">{t("rule-usual")}</option>
              {group(true, t("rules-own"))}
              {group(false, t("rules-ready"))}
            </select>
          )}
        </Field>
      )}
      <p>
        {rules.length === 0 && `${t("rule-default")} `}
        {chosen ? <bdi>{chosen.asks}</bdi> : usual}
      </p>
      {chosen && !chosen.checked && (
        <p class="rule-warning" data-test="rule-warning">
          <Icon name="warn" size={18} /> {t("rule-not-checked")}
        </p>
      )}
    </div>
  );
}
