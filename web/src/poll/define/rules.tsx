// The rule of a vote: the usual one, one that the organisation has adapted, or a ready-made one; with what it asks in
// sentences, and a warning as long as nobody has compared it with the statutes.
import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Methods, Poll, Rule } from "../../generated/api";
import { pick, t } from "../../i18n/i18n";
import { call } from "../../sync/socket";
import { Icon } from "../../ui/icons";
import { Field } from "../../ui/parts";
import { ruleSentences, writtenRule } from "../rule";
import { besides, type Draft, type Method, shapeOf } from "./draft";

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
  /** Nobody counts for more than a share of the votes. */
  capped: boolean;
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
/** As poll.define takes it, with what the form makes of it. */
export function ruleAgain(rule: Poll["rule"], draft: Draft) {
  const { name, majority, abstain, blank, void: spoilt, quorum, mandates } = rule;
  const tie = shapeOf(draft.method).number > 2 ? draft.tie : rule.tie;
  const same = { name, majority, abstain, blank, void: spoilt, quorum, mandates, tie };
  return { ...same, ...besides(draft, rule) };
}
/** That of the vote that is asked again or changed, as one that can be chosen: also by a name that is not offered now. */
export function ruleBefore(before: Poll | undefined, draft: Draft): readonly Named[] {
  if (!before || before.method !== draft.method) return [];
  const { use = sameRule, second_call } = before.rule;
  const rule = use === sameRule ? ruleAgain(before.rule, draft) : before.rule;
  const asks = ruleSentences({ rule: writtenRule(rule) }).join(" ");
  const title = t("rule-before", { number: String(before.number) });
  return [
    {
      ...{ use, title, asks, mode: "named", checked: true, own: true },
      second: second_call === true,
      capped: Boolean(rule.cap),
    },
  ];
}

/** Rules that fit the method: the organisation's own first. `meeting`: also those that ask who is present. */
export function useRules(
  own: readonly Rule[],
  method: Method,
  meeting = false,
  before: readonly Named[] = [],
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
  const offered = [
    ...own
      .filter((one) => fits(one) && !one.retired)
      .map((one) => ({
        ...{ use: one.id, title: pick(one.title).text, asks: pick(one.asks).text, mode: one.mode },
        ...{ checked: one.confirmed !== undefined, own: true, second: one.second_call !== null },
        capped: Boolean(one.rule.cap),
      })),
    ...ready.value.filter(fits).map((one) => ({
      ...{ use: one.name, title: pick(one.title).text, asks: pick(one.asks).text, mode: one.mode },
      ...{ checked: !one.from_statutes, own: false, second: one.second_call !== null },
      capped: Boolean(one.rule.cap),
    })),
  ];
  // A rule that was retired since, or that is not known yet, is not replaced unseen: the server says when it is over.
  return [...before.filter(({ use }) => !offered.some((one) => one.use === use)), ...offered];
}

export function RuleField({
  rules,
  use,
  usual,
  error,
  children,
}: {
  rules: readonly Named[];
  use: Signal<string>;
  /** What the usual rule asks. */
  usual: string;
  error: string | undefined;
  children: ComponentChildren;
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
        <Field label={t("rule-choice")} error={error}>
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
      {children}
      {rules.length === 0 && error && <p class="field-error">{error}</p>}
    </div>
  );
}
