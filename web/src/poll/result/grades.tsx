// Majority judgment: each option's grades as one bar from the best to the worst, with a line in the middle; the grade it
// falls on is the option's.
import { number, t } from "../../i18n/i18n";
import { Icon } from "../../ui/icons";
import { toneOf } from "../ballot/grades";
import type { Result } from "../types";
import { bestFirst, gradesFor, middleGrade } from "./figures";
import { Label } from "./pieces";
import { gradeCount, gradeOf, type Subject } from "./subject";

function Stack({ weights, grades }: { weights: readonly number[]; grades: number }) {
  const total = weights.reduce((sum, one) => sum + one, 0);
  return (
    <span class="grade-stack" aria-hidden="true">
      {weights
        .map((weight, grade) => ({ weight, grade }))
        .reverse()
        .filter(({ weight }) => weight > 0)
        .map(({ weight, grade }) => (
          <span
            key={grade}
            class={`tone-${toneOf(grade, grades)} stack-part`}
            style={{ width: `${(100 * weight) / total}%` }}
          >
            <span class="swatch" />
          </span>
        ))}
      <span class="middle-line" />
    </span>
  );
}

export function GradeBars({ result, subject }: { result: Result; subject: Subject }) {
  const grades = gradeCount(subject);
  return (
    <>
      <ol class="grade-bars" data-test="result-grades">
        {bestFirst(result, subject, []).map((option) => {
          const weights = gradesFor(result, subject, option);
          const middle = middleGrade(weights);
          const won = result.winners.includes(option);
          return (
            <li key={option} data-option={option} data-middle={middle}>
              <span class="bar-name">
                {won && <Icon name="done" size={18} />} <Label subject={subject} option={option} />
                {won && <span class="hidden">{t("is-winner")}</span>}
              </span>
              <Stack weights={weights} grades={grades} />
              <span class={`middle-grade tone-${toneOf(Math.max(0, middle), grades)}`}>
                {middle >= 0 && (
                  <>
                    <span class="swatch" aria-hidden="true" />
                    {t("middle-grade", { label: gradeOf(subject, middle) })}
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ol>
      <ul class="legend" aria-label={t("legend")}>
        {Array.from({ length: grades }, (_, at) => grades - 1 - at).map((grade) => (
          <li key={grade} class={`tone-${toneOf(grade, grades)}`}>
            <span class="swatch" aria-hidden="true" /> <bdi>{gradeOf(subject, grade)}</bdi>
          </li>
        ))}
      </ul>
      <p class="hint">{t("middle-text", { count: number(result.valid.weight) })}</p>
    </>
  );
}
