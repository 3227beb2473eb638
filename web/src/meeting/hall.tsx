// What the vote card says in a meeting: the countdown by the server's clock, extensions, how to be present, what comes after
// the close, and "I could not vote". Whoever listens to the page is told when a vote opens and half a minute before it closes.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isMember } from "../app/session";
import type { Poll } from "../generated/api";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Ask, Field } from "../ui/parts";
import { act } from "../ui/toast";
import "./awake";
import { useOwn, Ways } from "./checkin";
import { useServerClock } from "./clock";
import { countdown, voteLeft, wasPresentAt } from "./words";
import "./hall.css";

const soonMs = 30_000;
/** Whoever opens the page later sees that the vote is open. */
const justOpenedMs = 20_000;

/** Said at once, over what a screen reader is saying. */
function useAlert(poll: Poll, question: string, left: number | undefined): string {
  const said = useSignal("");
  const before = useRef<number | undefined>(undefined);
  const sinceMs = Math.max(poll.opened_ms ?? 0, poll.reopened?.at_ms ?? 0);
  useEffect(() => {
    const fresh = serverNow() - sinceMs < justOpenedMs;
    said.value = poll.state === "open" && fresh ? t("hall-opened-said", { question }) : "";
  }, [poll.state, sinceMs]);
  useEffect(() => {
    const crossed = left !== undefined && left <= soonMs && (before.current ?? 0) > soonMs;
    if (crossed) said.value = t("hall-soon-said", { question });
    before.current = left;
  }, [left]);
  return said.value;
}

/** A question that is asked again names the vote before, and the other way round. */
function Again({ poll }: { poll: Poll }) {
  const links = [
    { words: t("hall-follows"), other: poll.follows, test: "hall-follows" },
    { words: t("hall-followed"), other: poll.followed_by, test: "hall-followed" },
  ];
  return (
    <>
      {poll.rule.second_call && (
        <p class="hint" data-test="hall-second">
          {t("hall-second")}
        </p>
      )}
      {links.map(
        ({ words, other, test }) =>
          other && (
            <p key={test} class="hint" data-test={test}>
              {words}{" "}
              <a href={`/v/${other.number}`}>{t("vote-number", { number: other.number })}</a>
            </p>
          ),
      )}
    </>
  );
}

/** One line above the answers, of the same height in every state. */
export function Line({ poll, question }: { poll: Poll; question: string }) {
  const open = poll.state === "open";
  const timed = open && (poll.closes_ms ?? 0) > 0;
  const now = useServerClock(500, timed);
  const left = timed ? voteLeft(poll, now) : undefined;
  const alert = useAlert(poll, question, left);
  const { extended, reopened } = poll;
  return (
    <>
      <p class="hidden" role="alert">
        {alert}
      </p>
      {open && (
        <p
          class={left !== undefined && left <= soonMs ? "hall-line soon" : "hall-line"}
          data-test="hall-line"
        >
          <Icon name="clock" size={20} />
          {left === undefined ? (
            <span>{t("closes-by-hand")}</span>
          ) : (
            <span>
              {t("hall-closes")}{" "}
              <strong class="hall-countdown" role="timer" data-test="hall-countdown">
                {countdown(left)}
              </strong>
            </span>
          )}
        </p>
      )}
      {open && extended && (
        <p class="hint" data-test="hall-extended">
          {t("hall-extended")} <bdi>{extended.reason}</bdi>
        </p>
      )}
      {open && reopened && (
        <p class="hint" data-test="hall-reopened">
          {t("hall-reopened", { reason: reopened.reason })}
        </p>
      )}
      <Again poll={poll} />
    </>
  );
}

function goToCheckIn(): void {
  const box = document.querySelector<HTMLElement>('[data-test="checkin-box"]');
  box?.scrollIntoView({ block: "center" });
  box?.querySelector<HTMLElement>("input, button")?.focus();
}

/** Not counted as present: here is how, without leaving the vote. `within`: on the meeting's own page, which has it already. */
export function Remedy({ poll, within }: { poll: Poll; within: boolean }) {
  const meeting = useTopic(within ? "" : `meeting/${poll.meeting?.number}`).one("meeting");
  if (!isMember.value) return null;
  if (within)
    return (
      <button type="button" class="button" data-test="go-checkin" onClick={goToCheckIn}>
        {t("hall-go-checkin")}
      </button>
    );
  return meeting?.state === "open" ? (
    <div class="hall-remedy">
      <Ways meeting={meeting} />
    </div>
  ) : null;
}

/** A vote that was opened again may be reported again. */
const placeOf = ({ id, reopened }: Poll): string =>
  `palabre-reported-${id}${reopened ? `-${reopened.at_ms}` : ""}`;

/** Once for each opening of a vote, for who was there when it opened and has no ballot in it. */
function CouldNot({ poll, meeting }: { poll: Poll; meeting: string }) {
  const text = useSignal("");
  const reported = useSignal(sessionStorage.getItem(placeOf(poll)) !== null);
  const report = async () => {
    const said = text.peek().trim().normalize("NFC");
    const params = { meeting, poll: poll.id, ...(said ? { text: said } : {}) };
    if (!(await act("incident.report", params))) return;
    sessionStorage.setItem(placeOf(poll), "1");
    reported.value = true;
  };
  if (reported.value)
    return (
      <p class="hint" role="status" data-test="reported">
        <Icon name="done" size={18} /> {t("hall-reported")}
      </p>
    );
  return (
    <Ask
      label={t("hall-could-not")}
      question={t("hall-could-not-ask")}
      confirm={t("hall-could-not-send")}
      tone="quiet"
      test="could-not-vote"
      onConfirm={report}
    >
      <Field label={t("hall-could-not-what")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={500}
            data-test="could-not-text"
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
    </Ask>
  );
}

/** After the close: who shows the result, and what to do for whoever could not vote. */
export function After({ poll, voted }: { poll: Poll; voted: boolean }) {
  const meeting = poll.meeting?.id ?? "";
  const { attendance } = useOwn(meeting);
  const mine = attendance?.present && wasPresentAt(attendance, poll.opened_ms ?? 0);
  return (
    <div class="hall-after">
      {poll.state !== "counted" && (
        <p data-test="hall-waits">
          <Icon name="eye" size={18} /> {t("hall-closed-text")}
        </p>
      )}
      {!voted && mine && <CouldNot key={placeOf(poll)} poll={poll} meeting={meeting} />}
    </div>
  );
}
