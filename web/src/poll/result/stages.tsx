// A count by stages, one stage at a time: what happened in it, how many votes each option then has and what the stage gave
// or took, the quota as a mark, what was exhausted or lost by rounding.
import { useSignal } from "@preact/signals";
import { number, t } from "../../i18n/i18n";
import { Icon, type IconName } from "../../ui/icons";
import type { Result } from "../types";
import { moved, type Stage, stageText, votesOf } from "./figures";
import { Fill, Label } from "./pieces";
import type { Subject } from "./subject";

const icons: Record<string, IconName> = { elected: "done", excluded: "no", withdrawn: "pause" };

function Step({
  icon,
  label,
  off,
  test,
  onStep,
}: {
  icon: "back" | "on";
  label: string;
  off: boolean;
  test: string;
  onStep: () => void;
}) {
  return (
    <button
      type="button"
      class={`step${icon === "back" ? " turned-back" : ""}`}
      aria-label={label}
      aria-disabled={off}
      data-test={test}
      onClick={() => !off && onStep()}
    >
      <Icon name="next" />
    </button>
  );
}

/** Given or taken, with its sign; "" = neither. */
function signed(parts: number, scale: number): string {
  if (parts === 0) return "";
  const votes = votesOf(Math.abs(parts), scale);
  return `${parts > 0 ? "+" : "−"} ${number(votes)}`;
}

function Row({
  option,
  stage,
  change,
  most,
  result,
  subject,
}: {
  option: number;
  stage: Stage;
  change: number;
  most: number;
  result: Result;
  subject: Subject;
}) {
  const scale = result.scale ?? 1;
  const votes = stage.votes[option] ?? 0;
  const state = stage.states[option] ?? "continuing";
  const icon = icons[state];
  return (
    <li class={`score-bar ${state}`} data-option={option} data-state={state}>
      <span class="bar-name">
        {icon && <Icon name={icon} size={18} />} <Label subject={subject} option={option} />
        {state !== "continuing" && <small class="bar-state">{t(`option-${state}`)}</small>}
      </span>
      <Fill
        value={votes}
        total={most}
        tone={state === "elected" ? "won" : state === "continuing" ? "still" : "other"}
        mark={result.quota}
      />
      <span class="bar-figure">
        {number(votesOf(votes, scale))}
        <small class={change < 0 ? "taken" : "given"}>{signed(change, scale)}</small>
      </span>
    </li>
  );
}

/** In the order of the votes of the first stage, the same at every stage: nothing jumps. */
function orderOf(stages: readonly Stage[], subject: Subject): number[] {
  const first = stages[0]?.votes ?? [];
  return subject.options
    .map((_, option) => option)
    .sort((a, b) => (first[b] ?? 0) - (first[a] ?? 0) || a - b);
}

export function Stages({
  result,
  subject,
  stages,
}: {
  result: Result;
  subject: Subject;
  stages: readonly Stage[];
}) {
  const at = useSignal(stages.length - 1);
  const scale = result.scale ?? 1;
  const now = Math.min(at.value, stages.length - 1);
  const stage = stages[now];
  if (!stage) return null;
  const change = moved(stages, now);
  const most = Math.max(1, result.quota ?? 0, ...stages.flatMap((one) => one.votes));
  const before = stages[now - 1];
  return (
    <section class="stages" aria-label={t("table-stages")} data-test="stages" data-stage={now}>
      <div class="stage-head">
        <Step
          icon="back"
          label={t("stage-before")}
          off={now === 0}
          test="stage-back"
          onStep={() => {
            at.value = now - 1;
          }}
        />
        <p aria-live="polite">
          <strong>{t("stage-number", { at: now + 1, total: stages.length })}</strong>{" "}
          <bdi>{stageText(stage, now, subject)}</bdi>
        </p>
        <Step
          icon="on"
          label={t("stage-after")}
          off={now === stages.length - 1}
          test="stage-on"
          onStep={() => {
            at.value = now + 1;
          }}
        />
      </div>
      <ul class="score-bars">
        {orderOf(stages, subject).map((option) => (
          <Row
            key={option}
            {...{ option, stage, most, result, subject }}
            change={change[option] ?? 0}
          />
        ))}
      </ul>
      <dl class="stage-rest">
        {result.quota !== undefined && (
          <div>
            <dt>{t("stage-quota")}</dt>
            <dd>{number(votesOf(result.quota, scale))}</dd>
          </div>
        )}
        <div>
          <dt>{t("stage-exhausted")}</dt>
          <dd>
            {number(votesOf(stage.exhausted, scale))}{" "}
            <small>{signed(stage.exhausted - (before?.exhausted ?? stage.exhausted), scale)}</small>
          </dd>
        </div>
        {scale > 1 && (
          <div>
            <dt>{t("stage-lost")}</dt>
            <dd>{number(stage.lost / scale)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
