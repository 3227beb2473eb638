// An objection is taken into the text: the new version is written here, and everybody is asked again about it.
import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { useEffect, useRef } from "preact/hooks";
import type { Poll, Proposal } from "../generated/api";
import { t } from "../i18n/i18n";
import { asLongAgain, fromLocal, toLocal } from "../poll/dates";
import { useWhole } from "../sync/feed";
import { newId } from "../sync/rpc";
import { serverNow } from "../sync/socket";
import { useDraft } from "../ui/draft";
import { Editor } from "../ui/editor";
import { Field, Loading } from "../ui/parts";
import { act } from "../ui/toast";

const clean = (text: string): string => text.trim().normalize("NFC");

function NewVersion({
  poll,
  proposal,
  onDone,
}: {
  poll: Poll;
  proposal: Proposal;
  onDone: () => void;
}) {
  // What others do meanwhile must not touch the form: it works on what it opened with.
  const base = useSignal(proposal.version);
  const need = useSignal(proposal.need);
  const text = useDraft(`again-text-${base.value}/${poll.id}`, proposal.text);
  const closes = useSignal(
    poll.closes_ms ? toLocal(asLongAgain(poll.opened_ms ?? 0, poll.closes_ms, serverNow())) : "",
  );
  const { route } = useLocation();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("textarea")?.focus(), []);
  const changed =
    clean(need.value) !== proposal.need || clean(text.text.value) !== clean(proposal.text);
  const save = async (event: Event) => {
    event.preventDefault();
    const made = await act(
      "poll.ask_again",
      {
        ...{ id: newId(), poll: poll.id, base: base.value },
        ...{ need: clean(need.value), text: clean(text.text.value) },
        closes: closes.value ? fromLocal(closes.value) : undefined,
      },
      { done: t("again-done") },
    );
    if (!made) return;
    text.clear();
    onDone();
    route(`/v/${made.number}`);
  };
  return (
    <form class="form" ref={form} onSubmit={save} data-test="again-form">
      <p>{t("again-how")}</p>
      <Field label={t("again-need")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            maxLength={1000}
            dir="auto"
            value={need.value}
            onInput={(event) => {
              need.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <Field label={t("again-text")}>
        {(ids) => <Editor ids={ids} draft={text} limit={40000} rows={10} test="again-text" />}
      </Field>
      {poll.closes_ms && (
        <Field label={t("again-closes")}>
          {(ids) => (
            <input
              {...ids}
              type="datetime-local"
              required
              value={closes.value}
              onInput={(event) => {
                closes.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
      )}
      <div class="row end">
        <button type="button" class="button quiet" onClick={onDone}>
          {t("go-back")}
        </button>
        <button type="submit" class="button primary" data-test="again-confirm" disabled={!changed}>
          {t("again-confirm")}
        </button>
      </div>
    </form>
  );
}

export function AskAgain({ poll, about }: { poll: Poll; about: number }) {
  const open = useSignal(false);
  const proposal = useWhole(open.value ? `proposal/${about}` : "").one("proposal");
  const close = () => {
    open.value = false;
  };
  return (
    <section class="card box" aria-labelledby="again">
      <h2 id="again">{t("again-title")}</h2>
      {open.value ? (
        proposal ? (
          <NewVersion poll={poll} proposal={proposal} onDone={close} />
        ) : (
          <Loading />
        )
      ) : (
        <button
          type="button"
          class="button"
          data-test="ask-again"
          onClick={() => {
            open.value = true;
          }}
        >
          {t("again-open")}
        </button>
      )}
    </section>
  );
}
