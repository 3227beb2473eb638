// A vote that is not open yet: how it will be counted, between what, and until when. Whoever opens it reads here what opening
// makes final.
import type { Poll } from "../generated/api";
import { fullDate, pick, t } from "../i18n/i18n";
import { type Method, shapes, tieNumbers } from "./define/draft";
import { Label } from "./result/pieces";
import { ruleSentences, writtenRule } from "./rule";

export function Planned({ poll }: { poll: Poll }) {
  const shape = shapes[poll.method as Method];
  const { seats = 1, min = 0, max = 0 } = poll.params;
  const explanation = pick(poll.explanation);
  const { tie } = poll.rule;
  return (
    <section class="card box planned" aria-labelledby="planned" data-test="planned">
      <h2 id="planned">{t("planned-title")}</h2>
      {explanation.text && (
        <p class="explanation" lang={explanation.lang} dir="auto" data-test="planned-explanation">
          {explanation.text}
        </p>
      )}
      {shape && (
        <p>
          {t(`method-how-${shape.number}`, { seats })}{" "}
          {shape.number > 2 && tie && t(`tie-ends-${tieNumbers[tie]}`)}{" "}
          {(min > 1 || max < poll.options.length) && t("planned-marks", { min, max })}
        </p>
      )}
      <p data-test="planned-rule">{ruleSentences({ rule: writtenRule(poll.rule) }).join(" ")}</p>
      {poll.options.length > 0 && (
        <ol>
          {poll.options.map((option, at) => (
            <li key={option.id}>
              <Label subject={poll} option={at} />
            </li>
          ))}
        </ol>
      )}
      {poll.closes_ms ? (
        <p class="hint">{t("closes-at", { date: fullDate(poll.closes_ms) })}</p>
      ) : null}
    </section>
  );
}
