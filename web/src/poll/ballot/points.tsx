// A budget of points to spread: a number for each option, one more and one less beside it, and what is left.
import type { Choice } from "../../ballot/choice";
import { t } from "../../i18n/i18n";
import { Icon } from "../../ui/icons";
import type { PartProps } from "./parts";
import { labelOf } from "./terms";

const pointsIn = (choice: Choice | null): readonly number[] =>
  choice?.form === 7 ? choice.points : [];
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

export function Points({ terms, choice, busy, name }: PartProps) {
  const given = pointsIn(choice.value);
  const left = terms.points - sum(given);
  const set = (option: number, points: number) => {
    const now = pointsIn(choice.peek());
    const most = Math.min(65_535, Math.max(0, points));
    choice.value = { form: 7, points: now.map((one, at) => (at === option ? most : one)) };
  };
  // Two quick presses are two points: what is given is looked at when they come, not when it was drawn.
  const step = (option: number, by: number) => {
    const now = pointsIn(choice.peek());
    const points = (now[option] ?? 0) + by;
    if (points < 0 || (by > 0 && (points > terms.cap || sum(now) >= terms.points))) return;
    set(option, points);
  };
  return (
    <>
      <p class={left < 0 ? "left over" : "left"} role="status" data-test="points-left">
        {left < 0
          ? t("points-over", { count: -left })
          : t("points-left", { left, points: terms.points })}
      </p>
      {terms.options.map((_, option) => {
        const label = labelOf(terms, option);
        const points = given[option] ?? 0;
        const id = `${name}-${option}`;
        const full = points >= terms.cap || left <= 0;
        return (
          <div class="pointed" key={option}>
            <label for={id} lang={terms.lang}>
              <bdi>{label}</bdi>
            </label>
            <button
              type="button"
              class="step"
              data-test={`points-${option}-less`}
              aria-label={t("one-less", { label })}
              aria-disabled={points === 0}
              disabled={busy}
              onClick={() => step(option, -1)}
            >
              <Icon name="abstain" />
            </button>
            <input
              id={id}
              type="number"
              inputMode="numeric"
              data-test={`points-${option}`}
              min={0}
              max={terms.cap}
              step={1}
              disabled={busy}
              value={points}
              onInput={(event) => {
                const typed = event.currentTarget.valueAsNumber;
                if (Number.isInteger(typed)) set(option, typed);
              }}
              onBlur={(event) => {
                event.currentTarget.value = String(points);
              }}
            />
            <button
              type="button"
              class="step"
              data-test={`points-${option}-more`}
              aria-label={t("one-more", { label })}
              aria-disabled={full}
              disabled={busy}
              onClick={() => step(option, 1)}
            >
              <Icon name="plus" />
            </button>
          </div>
        );
      })}
    </>
  );
}
