// The rule of a vote whose form says nothing, and whether a draft has that one.
import type { Organisation, Poll } from "../../generated/api";
import { defaultRule, writtenRule } from "../rule";

/** What it asks of all who vote: a majority of a yes-no alone. */
export function usualRule(org: Organisation, method: string, decides: boolean) {
  const rule = defaultRule(org, decides);
  return method === "yes-no" ? rule : { ...rule, majority: null, abstain: 0 };
}

type Said = ReturnType<typeof usualRule>;
const figures = ({ majority, abstain, blank, quorum }: Said): string =>
  JSON.stringify([
    ...[majority?.num, majority?.den, majority?.strict, majority?.base, abstain, blank],
    ...[quorum?.num, quorum?.den, quorum?.strict, quorum?.of],
  ]);

/** Nothing in it but what the usual rule would ask now and what the form may add to that. */
export function hasUsualRule(
  org: Organisation,
  { rule, method, poll_kind, meeting, electorate }: Poll,
): boolean {
  const usual = usualRule(org, method, poll_kind !== "straw");
  const of = meeting && electorate.kind !== "present" ? 1 : 2;
  const plain = method === "yes-no" || method === "consent";
  return (
    !rule.use &&
    /^(simple-majority|consent|custom)$/.test(rule.name ?? "") &&
    figures(writtenRule(rule)) ===
      figures({ ...usual, quorum: usual.quorum && { ...usual.quorum, of } }) &&
    (rule.quorum?.unit ?? "heads") === "heads" &&
    (rule.void ?? "out") === "out" &&
    !rule.mandates &&
    (!plain || (rule.tie ?? "not_adopted") === "not_adopted")
  );
}
