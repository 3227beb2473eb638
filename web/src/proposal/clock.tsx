// What is owed to a proposal that is ready: a vote or a written answer, until a date that all see.
import { isFacilitator } from "../app/session";
import type { Proposal } from "../generated/api";
import { fullDate, t } from "../i18n/i18n";
import { serverNow } from "../sync/socket";
import { useSignal } from "@preact/signals";
import { useDraft } from "../ui/draft";
import { Editor } from "../ui/editor";
import { Icon } from "../ui/icons";
import { Markdown } from "../ui/markdown";
import { By, Chip, When } from "../ui/parts";
import { act } from "../ui/toast";

export function Owed({ until }: { until: number | undefined }) {
  if (!until) return null;
  const late = until < serverNow();
  return (
    <p class="owed" data-test="owed" data-late={late}>
      {late && (
        <Chip icon="warn" tone="warn">
          {t("owed-late")}
        </Chip>
      )}
      <Icon name="clock" size={16} /> {t("owed-until", { date: fullDate(until) })}
    </p>
  );
}

export function Answers({ proposal }: { proposal: Proposal }) {
  if (!proposal.answers?.length) return null;
  return (
    <section class="card box answers" aria-labelledby="answers">
      <h2 id="answers">{t("answers-title")}</h2>
      {proposal.answers.map((answer) => (
        <div key={answer.at_ms} data-test="answer">
          <p class="meta">
            <By by={answer.by} /> <When ms={answer.at_ms} date />
          </p>
          <Markdown text={answer.text} lang="" />
        </div>
      ))}
    </section>
  );
}

export function AnswerForm({ proposal }: { proposal: Proposal }) {
  const draft = useDraft(`answer/${proposal.id}`);
  const open = useSignal(false);
  if (!isFacilitator.value || proposal.state !== "ready") return null;
  if (!open.value)
    return (
      <button
        type="button"
        class="button"
        data-test="answer-open"
        onClick={() => {
          open.value = true;
        }}
      >
        {t("answer-write")}
      </button>
    );
  const send = async (event: Event) => {
    event.preventDefault();
    const text = draft.text.value.trim().normalize("NFC");
    if (!text || !(await act("proposal.answer", { id: proposal.id, text }))) return;
    draft.clear();
    open.value = false;
  };
  return (
    <form class="stack" onSubmit={send}>
      <Editor
        label={t("answer-label")}
        draft={draft}
        limit={8000}
        rows={4}
        test="answer-text"
        focus
      />
      <div class="row end">
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            open.value = false;
          }}
        >
          {t("cancel")}
        </button>
        <button type="submit" class="button primary" data-test="answer-send">
          {t("answer-send")}
        </button>
      </div>
    </form>
  );
}
