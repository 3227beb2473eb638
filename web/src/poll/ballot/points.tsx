// A budget of points to spread: a number for each option, one more and one less beside it, and what is left.
import { t } from "../../i18n/i18n";
import { Icon } from "../../ui/icons";
import type { PartProps } from "./parts";
import { labelOf } from "./terms";

export function Points({ terms, choice, busy, name }: PartProps) {
  const given = choice.value?.form === 7 ? choice.value.points : [];
  const left = terms.points - given.reduce((sum, one) => sum + one, 0);
  const set = (option: number, points: number) => {
    const most = Math.min(65_535, Math.max(0, points));
    choice.value = { form: 7, points: given.map((one, at) => (at === option ? most : one)) };
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
              onClick={() => points > 0 && set(option, points - 1)}
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
              onClick={() => !full && set(option, points + 1)}
            >
              <Icon name="plus" />
            </button>
          </div>
        );
      })}
    </>
  );
}
