// What may follow a count, or come before an opening: the chair's word on a tie that was left open, a vote opened again, and
// the wish of voters that a vote be confidential, which nobody reads by name.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isMember } from "../app/session";
import type { Poll } from "../generated/api";
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Ask, By } from "../ui/parts";
import { Reason } from "../ui/reason";
import { act } from "../ui/toast";
import { nameOf } from "./result/subject";

/** A tie that waits for the chair. */
export const isChairs = (poll: Poll): boolean =>
  poll.state === "counted" && poll.result?.decided === "open" && poll.rule.tie === "chair";

function tiedOf(poll: Poll): number[] {
  const open = (poll.result?.ties ?? []).filter((tie) => tie.how === "open");
  return [...new Set(open.flatMap((tie) => tie.tied))].sort((a, b) => a - b);
}

/** Of a yes-no adopted or not; else as many of the tied as there are places left. */
export function Decide({ poll }: { poll: Poll }) {
  const reason = useSignal("");
  const chosen = useSignal<readonly number[]>([]);
  const adopted = useSignal<boolean | null>(null);
  const plain = poll.options.length === 0;
  const sure = poll.result?.winners ?? [];
  const places = (poll.params.seats ?? 1) - sure.length;
  const ready = plain ? adopted.value !== null : chosen.value.length === places;
  const toggle = (option: number, on: boolean) => {
    const rest = chosen.peek().filter((one) => one !== option);
    // Where one place is left, the last one chosen has it.
    chosen.value = on ? [...(places === 1 ? [] : rest), option] : rest;
  };
  return (
    <Ask
      label={t("decide-tie")}
      question={plain ? t("decide-tie-ask") : t("decide-places", { count: places })}
      confirm={t("decide-tie")}
      test="decide-tie"
      disabled={!ready || !reason.value.trim()}
      onConfirm={() =>
        act("poll.decide", {
          ...{ id: poll.id, reason: reason.value.trim() },
          ...(plain
            ? { adopted: adopted.value === true }
            : { winners: [...sure, ...chosen.value].sort((a, b) => a - b) }),
        })
      }
    >
      {plain
        ? [true, false].map((value) => (
            <label class="check" key={String(value)}>
              <input
                type="radio"
                name="chair"
                data-test={value ? "chair-adopted" : "chair-not"}
                checked={adopted.value === value}
                onChange={() => {
                  adopted.value = value;
                }}
              />
              {t(value ? "verdict-adopted" : "verdict-not-adopted")}
            </label>
          ))
        : tiedOf(poll).map((option) => (
            <label class="check" key={option}>
              <input
                type="checkbox"
                data-test={`chair-${option}`}
                checked={chosen.value.includes(option)}
                onChange={(event) => toggle(option, event.currentTarget.checked)}
              />
              <bdi>{nameOf(poll, option)}</bdi>
            </label>
          ))}
      <Reason reason={reason} test="decide-reason" />
    </Ask>
  );
}

export function Reopen({ poll }: { poll: Poll }) {
  const reason = useSignal("");
  return (
    <Ask
      label={t("reopen-vote")}
      question={t("reopen-ask")}
      confirm={t("reopen-vote")}
      tone="quiet"
      test="reopen-vote"
      disabled={!reason.value.trim()}
      onConfirm={() => act("poll.reopen", { id: poll.id, reason: reason.value.trim() })}
    >
      <Reason reason={reason} test="reopen-reason" />
    </Ask>
  );
}

function Told({ text, test, note }: { text: string; test: string; note: Poll["chair"] }) {
  if (!note) return null;
  return (
    <p class="told-after" data-test={test}>
      <Icon name="flag" size={18} />
      <span>
        {text} <bdi>{note.reason}</bdi> · <By by={note.by} />
      </span>
    </p>
  );
}

/** The chair's word, and why a vote was opened again. */
export function ToldAfter({ poll }: { poll: Poll }) {
  return (
    <>
      <Told text={t("chair-decided")} test="chair-decided" note={poll.chair} />
      <Told text={t("vote-reopened")} test="vote-reopened" note={poll.reopened} />
    </>
  );
}

/** How many asked that it be confidential: before the opening, and for those who open it. */
export function Wishes({ poll }: { poll: Poll }) {
  const count = poll.asked_confidential ?? 0;
  if (poll.state !== "draft" || count === 0) return null;
  return (
    <p class="hint" data-test="wishes" data-count={count}>
      {t("confidential-asked", { count })}
    </p>
  );
}

/** One voter's wish; the server knows who is one. */
export function Wish({ poll }: { poll: Poll }) {
  const asked = useSignal<boolean | null>(null);
  const wanted = poll.state === "draft" && poll.mode === "named" && isMember.value;
  const count = poll.asked_confidential;
  useEffect(() => {
    if (!wanted) return;
    call("ballot.mine", { poll: poll.id }, true).then(
      (mine) => {
        asked.value = mine.asked_confidential === true;
      },
      () => {},
    );
  }, [wanted, poll.id, count]);
  if (!wanted || asked.value === null) return null;
  const set = async (on: boolean) => {
    const undo = () => set(!on);
    const done = { done: t(on ? "confidential-wished" : "confidential-taken-back"), undo };
    if (await act("poll.ask_confidential", { id: poll.id, on }, done)) asked.value = on;
  };
  return (
    <section class="card box" data-test="wish" data-asked={asked.value ? "yes" : "no"}>
      <p>{t(asked.value ? "confidential-wished" : "confidential-wish-text")}</p>
      <button
        type="button"
        class="button small"
        data-test="wish-set"
        onClick={() => set(!asked.peek())}
      >
        <Icon name="lock" size={18} />{" "}
        {t(asked.value ? "confidential-take-back" : "confidential-wish")}
      </button>
    </section>
  );
}
