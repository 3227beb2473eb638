// The result of a vote: the sentence with every number, the bars with the threshold marked, the figures. What other methods
// than yes-no need to show how they were counted, and what anybody takes along, comes after it.
import { number, pick, t } from "../../i18n/i18n";
import { words } from "../../i18n/load";
import { Icon, type IconName } from "../../ui/icons";
import { useLater } from "../../ui/later";
import type { Result } from "../types";
import type { Subject } from "./subject";
import "./view.css";

interface Bar {
  name: "yes" | "no" | "abstain" | "blank";
  icon: IconName;
  weight: number;
}

function barsOf(result: Result): Bar[] {
  const bars: Bar[] = [
    { name: "yes", icon: "yes", weight: result.yes ?? result.scores[0] ?? 0 },
    { name: "no", icon: "no", weight: result.no ?? result.scores[1] ?? 0 },
    { name: "abstain", icon: "abstain", weight: result.abstain.weight },
    { name: "blank", icon: "blank", weight: result.blank.weight },
  ];
  return bars.filter((bar) => bar.weight > 0 || bar.name === "yes" || bar.name === "no");
}

/** Bars of different patterns, so that colour is never the only sign. */
function Bars({ result }: { result: Result }) {
  const bars = barsOf(result);
  const total = Math.max(1, ...bars.map((bar) => bar.weight));
  return (
    <div class="bars" data-test="result-bars">
      {bars.map((bar) => (
        <div class={`bar ${bar.name}`} key={bar.name}>
          <span class="bar-label">
            <Icon name={bar.icon} size={18} /> {t(`choice-${bar.name}`)}
          </span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="100" height="10" />
            <rect class="fill" width={(100 * bar.weight) / total} height="10" />
          </svg>
          <span class="bar-value">{number(bar.weight)}</span>
        </div>
      ))}
    </div>
  );
}

/** Yes, or the option that leads, among what counts, with the majority needed as a mark. */
export function Threshold({ result }: { result: Result }) {
  const majority = result.majority;
  if (!majority || majority.total === 0) return null;
  const share = (100 * majority.support) / majority.total;
  const mark = (100 * majority.num) / majority.den;
  const percent = number(Math.round(share * 10) / 10);
  return (
    <div class="threshold">
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" y="2" width="100" height="8" />
        <rect class={majority.met ? "fill met" : "fill"} y="2" width={share} height="8" />
        <rect class="mark" x={Math.min(99.4, mark - 0.3)} width="0.6" height="12" />
      </svg>
      <p>
        <Icon name={majority.met ? "done" : "no"} size={18} />
        {t(result.yes === undefined ? "threshold-first" : "threshold-text", {
          ...{ percent, num: majority.num, den: majority.den },
        })}
      </p>
    </div>
  );
}

function Quorum({ result }: { result: Result }) {
  const quorum = result.quorum;
  if (!quorum) return null;
  return (
    <p class="quorum">
      <Icon name={quorum.met ? "done" : "no"} size={18} />
      {t(quorum.met ? "quorum-met" : "quorum-missed", { x: quorum.x, n: quorum.n })}
    </p>
  );
}

/** Of the others, something is still missing. */
const verdictIcons: Readonly<Record<string, IconName>> = {
  ...{ adopted: "done", not_adopted: "no", none: "vote" },
};
export function VerdictBadge({ verdict }: { verdict: string }) {
  const tone = verdict === "adopted" ? "ok" : verdict === "not_adopted" ? "no" : "plain";
  const icon = verdictIcons[verdict] ?? "pause";
  return (
    <p class={`verdict ${tone}`}>
      <Icon name={icon} size={28} />
      {t(`verdict-${verdict.replace(/_/g, "-")}`)}
    </p>
  );
}

async function fetchAccount() {
  return (await Promise.all([import("./account"), words("result", "ballot")]))[0];
}

/** `subject`: the vote, once it is known. */
export function ResultView({ result, subject }: { result: Result; subject: Subject | undefined }) {
  const account = useLater(fetchAccount);
  const plain = result.yes !== undefined;
  return (
    <div class="result">
      <VerdictBadge verdict={result.verdict} />
      <p class="sentence" data-test="result-sentence">
        {pick(result.sentence).text}
      </p>
      {plain && (
        <>
          <Bars result={result} />
          <Threshold result={result} />
        </>
      )}
      {account && subject && <account.Account result={result} subject={subject} />}
      <Quorum result={result} />
      <p class="hint">
        {t("took-part", {
          voted: result.took_part.heads,
          entitled: result.entitled.heads,
        })}
      </p>
    </div>
  );
}
