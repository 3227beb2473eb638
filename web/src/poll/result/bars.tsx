// Bars: answers of a consent, and options by their votes or points with a line under the last place.
import { number, t } from "../../i18n/i18n";
import { Icon, type IconName } from "../../ui/icons";
import type { Result } from "../types";
import { bestFirst } from "./figures";
import { Fill, Label } from "./pieces";
import type { Subject } from "./subject";
import { Threshold } from "./view";

export function Answers({ result }: { result: Result }) {
  const answers: [word: string, icon: IconName, weight: number][] = [
    ["consent", "yes", result.consent ?? 0],
    ["concern", "talk", result.concern ?? 0],
    ["objection", "no", result.objection ?? 0],
    ["aside", "abstain", result.abstain.weight],
    ["blank", "blank", result.blank.weight],
  ];
  const total = Math.max(1, ...answers.map(([, , weight]) => weight));
  return (
    <ul class="score-bars" data-test="result-bars">
      {answers
        .filter(([word, , weight]) => weight > 0 || /consent|objection/.test(word))
        .map(([word, icon, weight]) => (
          <li key={word} class={`score-bar answer-${word}`}>
            <span class="bar-name">
              <Icon name={icon} size={18} /> {t(`choice-${word}`)}
            </span>
            <Fill value={weight} total={total} tone={word} />
            <span class="bar-figure">{number(weight)}</span>
          </li>
        ))}
    </ul>
  );
}

/** The mean of those who gave a score, to two places. */
function meanOf(result: Result, option: number): string {
  const graders = result.graders?.[option] ?? 0;
  if (graders === 0) return "";
  const mean = Math.round((100 * (result.scores[option] ?? 0)) / graders) / 100;
  return t("score-mean", { value: number(mean) });
}

export function Scores({ result, subject }: { result: Result; subject: Subject }) {
  const order = bestFirst(result, subject, result.scores);
  const total = Math.max(1, ...result.scores);
  const heads = subject.method === "single" || subject.method === "approval";
  const valid = result.valid.weight;
  const last = result.winners.length;
  return (
    <>
      <ol class="score-bars" data-test="result-bars">
        {order.map((option, at) => {
          const score = result.scores[option] ?? 0;
          const won = result.winners.includes(option);
          const share = valid > 0 ? number(Math.round((1000 * score) / valid) / 10) : "";
          return (
            <li
              key={option}
              class={`score-bar${last > 0 && at === last ? " after-cut" : ""}`}
              data-option={option}
            >
              <span class="bar-name">
                {won && <Icon name="done" size={18} />} <Label subject={subject} option={option} />
                {won && <span class="hidden">{t("is-winner")}</span>}
              </span>
              <Fill value={score} total={total} tone={won ? "won" : "other"} />
              <span class="bar-figure">
                {number(score)}
                {heads && share && <small>{t("percent", { percent: share })}</small>}
                {result.graders && <small>{meanOf(result, option)}</small>}
              </span>
            </li>
          );
        })}
      </ol>
      {last > 0 && last < order.length && <p class="hint">{t("cut-text", { count: last })}</p>}
      <Threshold result={result} />
    </>
  );
}
