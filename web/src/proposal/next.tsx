// What comes next: the steps that the reader may take.
import { useSignal } from "@preact/signals";
import { isFacilitator, me } from "../app/session";
import type { PollCard, Proposal } from "../generated/api";
import { t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { Ask } from "../ui/parts";
import { AnswerForm, Owed } from "./clock";
import { act } from "../ui/toast";
import { Reason } from "../ui/reason";
import { type Step, stepsFrom } from "./states";

function NextStep({ id, step }: { id: string; step: Step }) {
  const reason = useSignal("");
  const go = () =>
    act("proposal.mark", {
      id,
      state: step.to,
      reason: step.reason ? reason.value.trim() : undefined,
    });
  if (!step.reason)
    return (
      <button type="button" class="button" data-test={step.key} onClick={go}>
        {t(`step-${step.key}`)}
      </button>
    );
  return (
    <Ask
      label={t(`step-${step.key}`)}
      question={t("step-ask")}
      confirm={t(`step-${step.key}`)}
      tone="quiet"
      test={step.key}
      disabled={!reason.value.trim()}
      onConfirm={go}
    >
      <Reason reason={reason} test="mark-reason" />
    </Ask>
  );
}

export function Next({ proposal, polls }: { proposal: Proposal; polls: PollCard[] }) {
  const author = proposal.authors.some((person) => person.id === me.value.id);
  const facilitator = isFacilitator.value;
  const imported = proposal.source !== undefined;
  // Nobody here wrote an imported text: a facilitator speaks for it.
  const who = { author: author || (imported && facilitator), facilitator };
  const steps = stepsFrom(proposal.state, who);
  const pending = polls.some((poll) => ["draft", "open"].includes(poll.state));
  const vote = facilitator && proposal.state === "ready" && !pending;
  if (steps.length === 0 && !vote && !proposal.owed_ms) return null;
  return (
    <section class="card box" aria-labelledby="next">
      <h2 id="next">{t("next-title")}</h2>
      <p class="hint">{t(`next-${proposal.state.replace("_", "-")}`)}</p>
      <Owed until={proposal.owed_ms} />
      <div class="stack">
        {vote && (
          <a
            class="button primary"
            data-test="define-vote"
            href={`/v/new?about=${proposal.number}`}
          >
            <Icon name="vote" /> {t("define-vote")}
          </a>
        )}
        {steps.map((step) => (
          <NextStep key={step.to} id={proposal.id} step={step} />
        ))}
        <AnswerForm proposal={proposal} />
      </div>
    </section>
  );
}
