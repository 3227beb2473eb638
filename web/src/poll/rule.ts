// The rule of a vote in words, from its decoded definition.
import type { Definition, Fraction } from "../ballot/definition";
import { t } from "../i18n/i18n";

const named = new Set(["1/2", "2/3", "3/4", "4/5", "1/3", "1/4", "1/5", "1/10", "1/20"]);

export function fractionWords({ num, den }: { num: number; den: number }): string {
  const key = `${num}/${den}`;
  return named.has(key) ? t(`fraction-${num}-${den}`) : key;
}

function limit(fraction: Fraction): string {
  const amount = fractionWords(fraction);
  return fraction.strict ? t("more-than", { amount }) : t("at-least", { amount });
}

const bases = ["", "votes", "present", "entitled"];

export function ruleSentences(definition: Definition): string[] {
  const { rule } = definition;
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
  return sentences;
}
