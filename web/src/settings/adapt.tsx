// Adapting a rule: each part in plain words, and below, while one changes them, the sentences that say what the rule asks.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Methods, Organisation } from "../generated/api";
import { isLanguage, languageNames, pick, reasonText, t } from "../i18n/i18n";
import { RpcError } from "../sync/rpc";
import { call } from "../sync/socket";
import { Field } from "../ui/parts";

type Save = Methods["rule.save"]["params"];
type Given = NonNullable<Save["rule"]>;
export interface Draft {
  preset: Save["preset"];
  title: Record<string, string | undefined>;
  method: NonNullable<Save["method"]>;
  rule: Given;
  mode: NonNullable<Save["mode"]>;
  second_call: { gap_days: number } | null;
}
interface Fraction {
  num: number;
  den: number;
  strict: boolean;
}

const waitMs = 150;
const usual: [string, Fraction][] = [
  ["simple", { num: 1, den: 2, strict: true }],
  ["half", { num: 1, den: 2, strict: false }],
  ["third", { num: 1, den: 3, strict: false }],
  ["two_thirds", { num: 2, den: 3, strict: false }],
  ["three_quarters", { num: 3, den: 4, strict: false }],
  ["four_fifths", { num: 4, den: 5, strict: false }],
];
const sameFraction = (a: Fraction, b: Fraction): boolean =>
  a.num === b.num && a.den === b.den && a.strict === b.strict;

function Choice({
  label,
  hint,
  name,
  value,
  words,
  onChange,
}: {
  label: string;
  hint?: string;
  name: string;
  value: string;
  words: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <select
          {...ids}
          data-test={name}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {words.map(([word, text]) => (
            <option key={word} value={word}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Whole({
  label,
  name,
  value,
  max,
  onChange,
}: {
  label: string;
  name: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
}) {
  return (
    <Field label={label}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          inputMode="numeric"
          min={0}
          max={max}
          data-test={name}
          value={String(value)}
          onInput={(event) => {
            const taken = Number(event.currentTarget.value);
            if (event.currentTarget.value !== "" && taken >= 0 && taken <= max) onChange(taken);
          }}
        />
      )}
    </Field>
  );
}

/** None, a usual fraction, or any other. */
function FractionField({
  label,
  name,
  value,
  onChange,
}: {
  label: string;
  name: string;
  value: Fraction | null;
  onChange: (value: Fraction | null) => void;
}) {
  const own = useSignal(false);
  const known = value && usual.find(([, one]) => sameFraction(one, value))?.[0];
  const word = !value ? "none" : own.value || !known ? "other" : known;
  return (
    <>
      <Choice
        label={label}
        name={name}
        value={word}
        words={["none", ...usual.map(([one]) => one), "other"].map(
          (one) => [one, t(`rule-fraction-${one}`)] as const,
        )}
        onChange={(chosen) => {
          own.value = chosen === "other";
          const found = usual.find(([one]) => one === chosen)?.[1];
          onChange(
            chosen === "none" ? null : (found ?? value ?? { num: 1, den: 2, strict: false }),
          );
        }}
      />
      {word === "other" && value && (
        <div class="row wrap thirds">
          <Whole
            label={t("rule-num")}
            name={`${name}-num`}
            value={value.num}
            max={1_000_000}
            onChange={(num) => onChange({ ...value, num: Math.max(1, num) })}
          />
          <Whole
            label={t("rule-den")}
            name={`${name}-den`}
            value={value.den}
            max={1_000_000}
            onChange={(den) => onChange({ ...value, den: Math.max(1, den) })}
          />
          <Choice
            label={t("rule-strict")}
            name={`${name}-strict`}
            value={String(value.strict)}
            words={[
              ["false", t("rule-strict-false")],
              ["true", t("rule-strict-true")],
            ]}
            onChange={(strict) => onChange({ ...value, strict: strict === "true" })}
          />
        </div>
      )}
    </>
  );
}

function Check({
  name,
  checked,
  disabled,
  onChange,
  children,
}: {
  name: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
  children: ComponentChildren;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        data-test={name}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {children}
    </label>
  );
}

interface Part {
  rule: Given;
  set: (change: Partial<Given>) => void;
}

function MajorityPart({ rule, set }: Part) {
  const majority = rule.majority ?? null;
  const counted = ["abstain", "blank", "void"] as const;
  const out = { abstain: "out", blank: "out", void: "out" } as const;
  return (
    <>
      <FractionField
        label={t("rule-majority")}
        name="rule-majority"
        value={majority && { num: majority.num, den: majority.den, strict: majority.strict }}
        onChange={(value) =>
          set(
            value
              ? { majority: { base: "votes", ...majority, ...value } }
              : {
                  ...{ majority: null, ...out },
                  per_class: (rule.per_class ?? []).filter((one) => one !== "majority"),
                },
          )
        }
      />
      {majority && (
        <Choice
          label={t("rule-base")}
          name="rule-base"
          value={majority.base ?? "votes"}
          words={(["votes", "present", "entitled"] as const).map((one) => [
            one,
            t(`rule-base-${one}`),
          ])}
          onChange={(base) =>
            set({ majority: { ...majority, base: base as "votes" | "present" | "entitled" } })
          }
        />
      )}
      {majority && (majority.base ?? "votes") === "votes" && (
        <div class="row wrap thirds">
          {counted.map((name) => (
            <Choice
              key={name}
              label={t(`rule-${name}`)}
              name={`rule-${name}`}
              value={rule[name] ?? "out"}
              words={(["out", "base", "no"] as const).map((one) => [
                one,
                t(`setting-vote_abstain-${one}`),
              ])}
              onChange={(way) => set({ [name]: way as "out" | "base" | "no" })}
            />
          ))}
        </div>
      )}
    </>
  );
}

function QuorumPart({ rule, set }: Part) {
  const quorum = rule.quorum ?? null;
  const part = { unit: quorum?.unit ?? "heads", of: quorum?.of ?? "part" } as const;
  return (
    <>
      <FractionField
        label={t("rule-quorum")}
        name="rule-quorum"
        value={quorum && { num: quorum.num, den: quorum.den, strict: quorum.strict ?? false }}
        onChange={(value) =>
          set(
            value
              ? { quorum: { ...part, ...value } }
              : {
                  quorum: null,
                  per_class: (rule.per_class ?? []).filter((one) => one !== "quorum"),
                },
          )
        }
      />
      {quorum && (
        <div class="row wrap thirds">
          <Choice
            label={t("rule-of")}
            name="rule-of"
            value={part.of}
            words={(["part", "present"] as const).map((one) => [one, t(`rule-of-${one}`)])}
            onChange={(of) =>
              set({
                quorum: {
                  ...quorum,
                  ...(of === "part" && part.unit === "shares" ? { unit: "heads" as const } : {}),
                  of: of as "part" | "present",
                },
              })
            }
          />
          <Choice
            label={t("rule-unit")}
            name="rule-unit"
            value={part.unit}
            words={(part.of === "present"
              ? (["heads", "weight", "shares"] as const)
              : (["heads", "weight"] as const)
            ).map((one) => [one, t(`rule-unit-${one}`)])}
            onChange={(unit) =>
              set({ quorum: { ...quorum, unit: unit as "heads" | "weight" | "shares" } })
            }
          />
        </div>
      )}
    </>
  );
}

function ClassesPart({ rule, set }: Part) {
  const asked = rule.per_class ?? [];
  const toggle = (part: "quorum" | "majority", on: boolean) =>
    set({ per_class: on ? [...asked, part] : asked.filter((one) => one !== part) });
  return (
    <fieldset class="field">
      <legend>{t("rule-classes")}</legend>
      <p class="hint">{t("rule-classes-hint")}</p>
      {(["quorum", "majority"] as const).map((part) => (
        <Check
          key={part}
          name={`rule-class-${part}`}
          checked={asked.includes(part)}
          disabled={!rule[part]}
          onChange={(on) => toggle(part, on)}
        >
          {t(`rule-class-${part}`)}
        </Check>
      ))}
    </fieldset>
  );
}

function LimitsPart({ rule, set, consent }: Part & { consent: boolean }) {
  const ties = ["not_adopted", "chair", "lot", "reported"] as const;
  return (
    <div class="row wrap thirds">
      {!consent && (
        <Whole
          label={t("rule-cap")}
          name="rule-cap"
          value={rule.cap ? Math.floor((100 * rule.cap.num) / rule.cap.den) : 0}
          max={100}
          onChange={(num) => set({ cap: num > 0 ? { num, den: 100 } : null })}
        />
      )}
      <Whole
        label={t("rule-proxies")}
        name="rule-proxies"
        value={rule.mandates?.max ?? 0}
        max={65_535}
        onChange={(max) =>
          set({ mandates: max > 0 ? { who: "roll", own: true, ...rule.mandates, max } : null })
        }
      />
      <Choice
        label={t("rule-tie")}
        name="rule-tie"
        value={rule.tie ?? "not_adopted"}
        words={ties.map((one) => [one, t(`rule-tie-${one}`)])}
        onChange={(tie) => set({ tie: tie as (typeof ties)[number] })}
      />
    </div>
  );
}

/** What the rule asks now, or why it cannot be asked. */
function Asks({ draft }: { draft: Draft }) {
  const asks = useSignal("");
  const wrong = useSignal("");
  const { preset, method, rule, second_call } = draft;
  const asked = JSON.stringify({ preset, method, rule, second_call });
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      try {
        const result = await call("rule.preview", JSON.parse(asked));
        if (!current) return;
        asks.value = pick(result.asks).text;
        wrong.value = "";
      } catch (error) {
        if (current) wrong.value = error instanceof RpcError ? reasonText(error.reason) : "";
      }
    }, waitMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return (
    <p class={wrong.value ? "field-error" : "notice"} role="status" data-test="rule-preview">
      {wrong.value || asks.value}
    </p>
  );
}

const languageName = (code: string): string => (isLanguage(code) ? languageNames[code] : code);

export function Adapt({
  org,
  given,
  onSave,
  onLeave,
}: {
  org: Organisation;
  given: Draft;
  onSave: (draft: Draft & { title: Record<string, string> }) => void;
  onLeave: () => void;
}) {
  const draft = useSignal(given);
  const { rule, title, second_call } = draft.value;
  const put = (change: Partial<Draft>) => {
    draft.value = { ...draft.peek(), ...change };
  };
  const set = (change: Partial<Given>) => put({ rule: { ...draft.peek().rule, ...change } });
  const titles = Object.fromEntries(
    Object.entries(title)
      .map(([code, text]) => [code, (text ?? "").trim().normalize("NFC")] as const)
      .filter(([, text]) => text !== ""),
  );
  return (
    <form
      class="form adapt"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ ...draft.value, title: titles });
      }}
    >
      <div class="line-labels">
        {org.languages.map((code) => (
          <Field key={code} label={`${t("rule-title")}, ${languageName(code)}`}>
            {(ids) => (
              <input
                {...ids}
                type="text"
                lang={code}
                maxLength={80}
                data-test={`rule-title-${code}`}
                value={title[code] ?? ""}
                onInput={(event) => put({ title: { ...title, [code]: event.currentTarget.value } })}
              />
            )}
          </Field>
        ))}
      </div>
      {draft.value.method !== "consent" && <MajorityPart rule={rule} set={set} />}
      <QuorumPart rule={rule} set={set} />
      <ClassesPart rule={rule} set={set} />
      <LimitsPart rule={rule} set={set} consent={draft.value.method === "consent"} />
      <Check
        name="rule-second-call"
        checked={second_call !== null}
        onChange={(on) => put({ second_call: on ? { gap_days: 15 } : null })}
      >
        {t("rule-second-call")}
      </Check>
      {second_call && (
        <Whole
          label={t("rule-gap")}
          name="rule-gap"
          value={second_call.gap_days}
          max={365}
          onChange={(gap_days) => put({ second_call: { gap_days } })}
        />
      )}
      <Check
        name="rule-confidential"
        checked={draft.value.mode === "confidential"}
        onChange={(on) => put({ mode: on ? "confidential" : "named" })}
      >
        {t("rule-confidential")}
      </Check>
      <Asks draft={draft.value} />
      <div class="row wrap">
        <button
          type="submit"
          class="button primary"
          data-test="rule-save"
          disabled={Object.keys(titles).length === 0}
        >
          {t("rule-save")}
        </button>
        <button type="button" class="button quiet" data-test="rule-leave" onClick={onLeave}>
          {t("go-back")}
        </button>
      </div>
    </form>
  );
}
