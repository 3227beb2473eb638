// The rule of a vote in words, from its decoded definition.
import type { Definition, Fraction } from "../ballot/definition";
import type { Organisation, Poll } from "../generated/api";
import { t } from "../i18n/i18n";

const named = new Set(["1-2", "2-3", "3-4", "4-5", "1-3", "1-4", "1-5", "1-10", "1-20"]);

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

export function fractionWords({ num, den }: { num: number; den: number }): string {
  const by = commonDivisor(num, den);
  const key = `${num / by}-${den / by}`;
  if (named.has(key)) return t(`fraction-${key}`);
  return den === 100 ? t("fraction-percent", { percent: num }) : `${num}/${den}`;
}

function limit(fraction: Fraction): string {
  const amount = fractionWords(fraction);
  return fraction.strict ? t("more-than", { amount }) : t("at-least", { amount });
}

const majorities = {
  simple: { num: 1, den: 2, strict: true },
  two_thirds: { num: 2, den: 3, strict: false },
  three_quarters: { num: 3, den: 4, strict: false },
  four_fifths: { num: 4, den: 5, strict: false },
} as const;

/** The rule that a vote gets when its form says nothing: the organisation's, for what decides. */
export function defaultRule(organisation: Organisation | undefined, decides: boolean): Said {
  const settings = decides ? organisation?.settings : undefined;
  const percent = settings?.vote_quorum_percent ?? 0;
  return {
    majority: { ...majorities[settings?.vote_majority ?? "simple"], base: 1 },
    abstain: kept.indexOf(settings?.vote_abstain ?? "out"),
    blank: 0,
    quorum: percent > 0 ? { num: percent, den: 100, strict: false, unit: 1, of: 2 } : null,
    ...{ perClass: 0, cap: null },
  };
}

const bases = ["", "votes", "present", "entitled"];
const kept = ["out", "base", "no"];
const parts = ["", "quorum", "majority"];

/** As the record has it: a bit for each part that is asked of each class too. */
export const perClassOf = (asked: readonly string[] = []): number =>
  asked.reduce((sum, part) => sum + parts.indexOf(part), 0);

/** The rule of a vote that nobody has to verify: as its document says it. */
export function writtenRule(rule: Poll["rule"]): Said {
  const { majority, abstain, blank, quorum, per_class, cap } = rule;
  return {
    majority: majority ? { ...majority, base: bases.indexOf(majority.base ?? "votes") } : null,
    ...{ abstain: kept.indexOf(abstain ?? "out"), blank: kept.indexOf(blank ?? "out") },
    quorum: quorum
      ? {
          ...{ num: quorum.num, den: quorum.den, strict: quorum.strict ?? false, unit: 1 },
          of: quorum.of === "part" ? 2 : 1,
        }
      : null,
    ...{ perClass: perClassOf(per_class), cap: cap ?? null },
  };
}

type Said = Pick<
  Definition["rule"],
  "majority" | "abstain" | "blank" | "quorum" | "perClass" | "cap"
>;

export function ruleSentences({ rule }: { rule: Said }): string[] {
  const sentences: string[] = [];
  if (rule.majority) {
    const simple = rule.majority.num === 1 && rule.majority.den === 2 && rule.majority.strict;
    const plain = rule.majority.base === 1 && !rule.abstain && !rule.blank;
    sentences.push(
      simple && plain
        ? t("rule-simple")
        : t(`rule-majority-${bases[rule.majority.base]}`, { limit: limit(rule.majority) }),
    );
    sentences.push(t(`rule-abstain-${rule.abstain}`));
  }
  sentences.push(
    rule.quorum
      ? t(rule.quorum.of === 2 ? "rule-quorum-part" : "rule-quorum-present", {
          limit: limit(rule.quorum),
        })
      : t("rule-no-quorum"),
  );
  for (const bit of [1, 2]) if (rule.perClass & bit) sentences.push(t(`each-class-${bit}`));
  if (rule.cap) sentences.push(t("weight-cap", { amount: fractionWords(rule.cap) }));
  return sentences;
}
