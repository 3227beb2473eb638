// The votes of a meeting as who leads it sees them: prepare, open for so long, lengthen, close, reveal, cancel, open again.
// Up to five are open at once; each has its own clock, the server's.
import { act } from "../../ui/toast";
import { call } from "../../sync/socket";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Meeting, Poll, PollCard, Presence, Turnout } from "../../generated/api";
import { unbroken } from "../../i18n/format";
import { language, number, pick, t } from "../../i18n/i18n";
import { languageName } from "../../poll/define/options";
import { fractionWords } from "../../poll/rule";
import { votedOf } from "../../poll/turnout";
import { VerdictBadge } from "../../poll/result/view";
import { newId } from "../../sync/rpc";
import { Icon } from "../../ui/icons";
import { Ask, Chip, Field, Meter } from "../../ui/parts";
import { Reason } from "../../ui/reason";
import type { Item } from "./agenda";
import { Below, useAttempt } from "./below";
import { BoundTo, useBound } from "./bound";
import { lasting } from "./clock";
import { itemTitle } from "./editor";
import { useServerClock } from "../clock";
import { newVoteAddress } from "./address";
import { actOnVote } from "./once";
import type { Health } from "./room";
import { TaskLine } from "./todos";
import { voteLeft } from "../words";
import { languagesHere } from "./words";

/** Seconds; 0: until it is closed by hand. */
export const durations = [30, 60, 120, 300, 0] as const;
const closingSoonMs = 10_000;

const durationWords = (seconds: number): string =>
  seconds === 0
    ? t("open-by-hand")
    : seconds < 60
      ? t("open-seconds", { count: seconds })
      : t("open-minutes", { count: seconds / 60 });

/* ---- a draft ---- */

function Draft({
  card,
  presence,
  focus,
}: {
  card: PollCard;
  presence: Presence | undefined;
  focus: boolean;
}) {
  const seconds = useSignal<number>(120);
  const attempt = useAttempt("poll.open", () => ({
    id: card.id,
    ...(seconds.peek() ? { seconds: seconds.peek() } : {}),
  }));
  return (
    <>
      <div class="vote-acts">
        <fieldset class="segmented durations">
          <legend class="hidden">{t("open-duration")}</legend>
          {durations.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={seconds.value === one}
              data-test={`open-for-${one}`}
              onClick={() => {
                seconds.value = one;
              }}
            >
              {durationWords(one)}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          class="button primary"
          data-test="vote-open"
          aria-keyshortcuts={focus ? "v" : undefined}
          onClick={() => attempt.run()}
        >
          <Icon name="vote" /> {t("vote-open")}
          {focus && (
            <span class="kbd" aria-hidden="true">
              v
            </span>
          )}
        </button>
        <a class="button quiet small" href={`/v/${card.number}`}>
          {t("vote-look")}
        </a>
        <a class="button quiet small" href={`/v/new?edit=${card.number}`} data-test="edit-vote">
          {t("edit-vote")}
        </a>
        <Cancel id={card.id} />
      </div>
      <Below attempt={attempt} presence={presence} test="vote" />
    </>
  );
}

/* ---- an open one ---- */

function Countdown({ poll }: { poll: Poll }) {
  const now = useServerClock(500);
  if (!poll.closes_ms) return <p class="countdown by-hand">{t("vote-by-hand")}</p>;
  const left = voteLeft(poll, now);
  return (
    <p
      class={`countdown${left < closingSoonMs ? " soon" : ""}`}
      data-test="countdown"
      role="timer"
      aria-label={t("countdown", { left: lasting(left) })}
    >
      {lasting(left)}
    </p>
  );
}

interface Awaited {
  present: number;
  voted: number;
  awaited: number;
}
const againMs = 2_000;
/** Who is present and has not voted: asked again with each ballot and whoever comes or goes, five votes open at once, too. */
function useAwaited(
  poll: Poll,
  turnout: Turnout | undefined,
  health: Health | null,
): Awaited | null {
  const awaited = useSignal<Awaited | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const open = poll.state === "open";
  const voted = turnout?.voted;
  const there = health?.present;
  useEffect(() => {
    if (!open || timer.current) return;
    const ask = () => {
      timer.current = undefined;
      call("poll.awaited", { id: poll.id }).then(
        (answer) => {
          awaited.value = answer as unknown as Awaited;
        },
        () => {},
      );
    };
    timer.current = setTimeout(ask, awaited.peek() ? againMs : 0);
  }, [poll.id, open, voted, there]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return awaited.value;
}

function Open({
  poll,
  turnout,
  health,
  focus,
}: {
  poll: Poll;
  turnout: Turnout | undefined;
  health: Health | null;
  focus: boolean;
}) {
  const awaited = useAwaited(poll, turnout, health);
  const { id } = poll;
  const { voted, all, before, words } = votedOf(poll, turnout);
  const extend = (seconds: number) => {
    act("poll.extend", { id, seconds });
  };
  // What was asked is older than the ballots counted beside it.
  const waiting = awaited ? Math.max(0, awaited.awaited + awaited.voted - voted) : 0;
  const lost = health?.gone ?? 0;
  return (
    <>
      <div class="vote-live">
        <Countdown poll={poll} />
        <div class="grow">
          <p class="vote-turnout" data-test="lead-turnout" data-voted={voted}>
            {before}
            <strong>{number(voted)}</strong> {words}
          </p>
          <Meter value={voted} total={all} tone="vote" />
          <p class="hint" data-test="awaited" data-awaited={waiting}>
            {!awaited || all === 0
              ? ""
              : waiting === 0
                ? t("awaited-none")
                : lost > 0
                  ? t("awaited-lost", { count: waiting, lost })
                  : t("awaited", { count: waiting })}
          </p>
        </div>
      </div>
      <div class="vote-acts">
        {poll.closes_ms ? (
          <>
            <button
              type="button"
              class="button small"
              data-test="extend-30"
              onClick={() => extend(30)}
            >
              {t("extend-30")}
            </button>
            <button
              type="button"
              class="button small"
              data-test="extend-60"
              onClick={() => extend(60)}
            >
              {t("extend-60")}
            </button>
          </>
        ) : (
          <button
            type="button"
            class="button small"
            data-test="extend-60"
            onClick={() => extend(60)}
          >
            {t("close-in-60")}
          </button>
        )}
        <Ask
          label={
            <>
              {t("vote-close")}
              {focus && (
                <span class="kbd" aria-hidden="true">
                  v
                </span>
              )}
            </>
          }
          question={
            waiting === 0
              ? t("vote-close-all")
              : lost > 0
                ? t("vote-close-lost", { count: waiting, lost })
                : t("vote-close-awaited", { count: waiting })
          }
          confirm={t("vote-close")}
          test="vote-close"
          onConfirm={() => actOnVote("poll.close", { id })}
        />
        <Cancel id={id} />
      </div>
    </>
  );
}

function Cancel({ id }: { id: string }) {
  const reason = useSignal("");
  return (
    <Ask
      label={t("vote-cancel")}
      question={t("vote-cancel-ask")}
      confirm={t("vote-cancel")}
      tone="quiet"
      test="vote-cancel"
      disabled={!reason.value.trim()}
      onConfirm={() =>
        actOnVote("poll.cancel", { id, reason: reason.peek().trim().normalize("NFC") })
      }
    >
      <Reason reason={reason} test="vote-cancel-reason" />
    </Ask>
  );
}

/* ---- a closed one, and one that was counted ---- */

function Closed({
  poll,
  turnout,
  focus,
}: {
  poll: Poll;
  turnout: Turnout | undefined;
  focus: boolean;
}) {
  const reason = useSignal("");
  const { id } = poll;
  return (
    <>
      <p class="vote-hidden" data-test="vote-hidden" data-voted={turnout?.voted ?? 0}>
        <Icon name="lock" /> {t("vote-hidden", { count: turnout?.voted ?? 0 })}
      </p>
      <div class="vote-acts">
        <button
          type="button"
          class="button primary"
          data-test="vote-reveal"
          aria-keyshortcuts={focus ? "v" : undefined}
          onClick={() => actOnVote("poll.reveal", { id })}
        >
          <Icon name="eye" /> {t("vote-reveal")}
          {focus && (
            <span class="kbd" aria-hidden="true">
              v
            </span>
          )}
        </button>
        <Ask
          label={t("vote-reopen")}
          question={t("vote-reopen-ask")}
          confirm={t("vote-reopen")}
          tone="quiet"
          test="vote-reopen"
          disabled={!reason.value.trim()}
          onConfirm={() =>
            actOnVote("poll.reopen", {
              id,
              seconds: 120,
              reason: reason.peek().trim().normalize("NFC"),
            })
          }
        >
          <Reason reason={reason} test="vote-reopen-reason" />
        </Ask>
        <Cancel id={id} />
      </div>
    </>
  );
}

function Counted({
  poll,
  meeting,
  decision,
}: {
  poll: Poll;
  meeting: Meeting;
  decision: PollCard["decision"];
}) {
  const { result } = poll;
  const shown = meeting.shown?.what === "result" && meeting.shown.poll === poll.id;
  return (
    <>
      <div class="vote-result" data-test="lead-result">
        <VerdictBadge verdict={result?.verdict ?? "none"} />
        {result?.yes !== undefined && (
          <p class="vote-figures">
            <span class="figure">
              <Icon name="yes" size={18} /> {t("result-yes", { count: number(result.yes) })}
            </span>
            <span class="figure">
              <Icon name="no" size={18} /> {t("result-no", { count: number(result.no ?? 0) })}
            </span>
            <span class="figure">
              <Icon name="abstain" size={18} />{" "}
              {t("result-abstain", { count: result.abstain.weight })}
            </span>
          </p>
        )}
        {result && result.yes === undefined && <p>{pick(result.sentence).text}</p>}
      </div>
      <div class="vote-acts">
        <button
          type="button"
          class={`button small${shown ? " pressed" : ""}`}
          aria-pressed={shown}
          data-test="vote-show"
          onClick={() => act("meeting.show", { id: meeting.id, what: "result", poll: poll.id })}
        >
          <Icon name="eye" size={18} /> {t("vote-show")}
        </button>
        <a class="button quiet small" href={`/v/${poll.number}`}>
          {t("vote-result-open")}
        </a>
        <Again meeting={meeting} poll={poll} />
      </div>
      {decision && (
        <details class="more">
          <summary>{t("task-from-decision", { number: decision.number })}</summary>
          <TaskLine meeting={meeting} decision={decision.id} />
        </details>
      )}
    </>
  );
}

/** A new vote on the same, which says what it follows; there is one at most. */
export function Again({ meeting, poll }: { meeting: Meeting; poll: Poll }) {
  if (poll.followed_by)
    return (
      <a
        class="button quiet small"
        href={`/v/${poll.followed_by.number}`}
        data-test="vote-followed"
      >
        {t("vote-followed", { number: String(poll.followed_by.number) })}
      </a>
    );
  const to = newVoteAddress(meeting, { item: poll.meeting?.item, follows: poll.id });
  return (
    <a class="button quiet small" href={to} data-test="vote-again">
      {t("vote-again")}
    </a>
  );
}

/* ---- one vote ---- */

function rule(poll: Poll | PollCard): string {
  const majority = "params" in poll ? poll.rule.majority : undefined;
  return majority
    ? t(majority.strict ? "more-than" : "at-least", { amount: fractionWords(majority) })
    : "";
}

/** In a meeting that is called again: which of the two this vote is; "" where it makes no difference. */
function callOf({ second_of }: Meeting, poll: Poll | undefined): string {
  if (!second_of || !poll) return "";
  const { rule, follows } = poll;
  if (rule.second_call)
    return follows ? t("vote-second-of", { number: String(follows.number) }) : t("vote-second");
  return rule.quorum ? t("vote-first") : "";
}

export interface Votes {
  meeting: Meeting;
  presence: Presence | undefined;
  health: Health | null;
  turnouts: readonly Turnout[];
  /** The vote that the key opens, closes or reveals. */
  focus: string;
  /** Votes from which so many were kept that they could have changed what came out. */
  offered: readonly string[];
}

const tones: Record<string, string> = {
  ...{ draft: "plain", open: "vote", closed: "warn", counted: "ok", cancelled: "plain" },
};

export function VoteBox({
  card,
  poll,
  votes,
}: {
  card: PollCard;
  poll: Poll | undefined;
  votes: Votes;
}) {
  const { meeting, presence, health, turnouts } = votes;
  const turnout = turnouts.find(({ id }) => id === card.id);
  const focus = votes.focus === card.id;
  const question = pick(card.question);
  const state = poll?.state ?? card.state;
  const ended = state === "counted";
  const asks = rule(poll ?? card);
  const call = callOf(meeting, poll);
  return (
    <article
      class={`vote-box ${state}`}
      tabIndex={-1}
      data-test="lead-vote"
      data-state={state}
      data-id={card.id}
      aria-labelledby={`vote-${card.id}`}
    >
      <p class="meta">
        <Chip tone={tones[state] ?? "plain"} icon="vote">
          {t(`poll-state-${state}`)}
        </Chip>
        <span>{t("vote-number", { number: card.number })}</span>
        {card.mode !== "named" && (
          <span class="figure">
            <Icon name="lock" size={16} /> {t(`vote-mode-${card.mode}`)}
          </span>
        )}
        {asks && <span>{asks}</span>}
        {call && <span data-test="vote-call">{call}</span>}
      </p>
      <h3 id={`vote-${card.id}`} lang={question.lang}>
        <bdi>{unbroken(question.text, question.lang)}</bdi>
      </h3>
      {state === "draft" && <Draft card={card} presence={presence} focus={focus} />}
      {poll && state === "open" && <Open {...{ poll, turnout, health, focus }} />}
      {(ended || state === "closed") && votes.offered.includes(card.id) && (
        <p class="notice warn" data-test="vote-offered">
          <Icon name="warn" />
          <span>{t(ended ? "vote-offered-late" : "vote-offered")}</span>
        </p>
      )}
      {poll && state === "closed" && <Closed {...{ poll, turnout, focus }} />}
      {poll && state === "counted" && (
        <Counted poll={poll} meeting={meeting} decision={card.decision} />
      )}
    </article>
  );
}

/** Folded away: a language without words gets those of the field above. */
function OtherLanguages({ words }: { words: Signal<Record<string, string>> }) {
  const codes = languagesHere().filter((code) => code !== language.value);
  if (codes.length === 0) return null;
  return (
    <details class="more vote-languages" data-test="vote-quick-languages">
      <summary>{t("vote-quick-languages")}</summary>
      {codes.map((code) => (
        <Field key={code} label={t("question-in", { language: languageName(code) })}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              lang={code}
              dir="auto"
              maxLength={300}
              autoComplete="off"
              data-test={`vote-quick-${code}`}
              value={words.value[code] ?? ""}
              onInput={(event) => {
                words.value = { ...words.peek(), [code]: event.currentTarget.value };
              }}
            />
          )}
        </Field>
      ))}
    </details>
  );
}

/** A question put on the spot, yes or no; anything else has the form of its own. */
export function Prepare({ meeting, item }: { meeting: Meeting; item: Item | undefined }) {
  const text = useSignal("");
  const others = useSignal<Record<string, string>>({});
  const field = useRef<HTMLInputElement>(null);
  const bound = useBound(text.value, item);
  const busy = useSignal(false);
  const put = async (event: Event) => {
    event.preventDefault();
    const clean = (words = "") => words.trim().normalize("NFC");
    const question = clean(text.peek());
    if (!question || busy.peek()) return;
    const inOther = (code: string) => code !== language.peek() && clean(others.peek()[code]);
    busy.value = true;
    const made = await act("poll.define", {
      ...{ id: newId(), kind: "decision", method: "yes-no" },
      question: Object.fromEntries(
        languagesHere().map((code) => [code, inOther(code) || question]),
      ),
      ...{ meeting: meeting.id, ...(bound ? { item: bound.id } : {}), mode: "named" },
      ...{ options: [], params: { flags: ["abstain", "blank"] } },
      about: bound?.proposals.length === 1 ? bound.proposals.map(({ id }) => id) : [],
    });
    busy.value = false;
    if (!made) return;
    text.value = "";
    others.value = {};
    field.current?.focus();
  };
  const about = item?.proposals[0]?.number;
  return (
    <form class="vote-prepare" onSubmit={put}>
      <Field label={t("vote-quick")} hint={t("vote-quick-hint")}>
        {(ids) => (
          <span class="row wrap">
            <input
              {...ids}
              ref={field}
              type="text"
              class="grow"
              dir="auto"
              lang={language.value}
              maxLength={300}
              autoComplete="off"
              data-test="vote-quick"
              value={text.value}
              onInput={(event) => {
                text.value = event.currentTarget.value;
              }}
            />
            <button
              type="submit"
              class="button"
              data-test="vote-quick-put"
              disabled={!text.value.trim()}
            >
              <Icon name="plus" /> {t("vote-prepare")}
            </button>
          </span>
        )}
      </Field>
      <BoundTo item={bound} now={item} />
      <OtherLanguages words={others} />
      <a
        class="button quiet small"
        data-test="vote-form"
        href={newVoteAddress(meeting, { item: item?.id, about })}
      >
        {t("vote-form")}
        {item && <span class="hidden"> {itemTitle(item)}</span>}
      </a>
    </form>
  );
}
