// The console of who leads a meeting: agenda, what it is at with its votes, the room. Several may lead at once, from any
// device: each sees what the others do, and who acts last is named.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { useEffect, useRef } from "preact/hooks";
import { Page } from "../../app/page";
import { me } from "../../app/session";
import type { IncidentNames, Meeting, Poll, PollCard, Presence } from "../../generated/api";
import { pick, t } from "../../i18n/i18n";
import { useTopic, type Watched } from "../../sync/feed";
import { lastWritten, waiting } from "../../sync/outbox";
import { useSilence } from "../../sync/silence";
import { Icon } from "../../ui/icons";
import { Ask, Chip, Loading, NotThere } from "../../ui/parts";
import { act, announce } from "../../ui/toast";
import { Below, useAttempt } from "./below";
import { dateOf, hourOf } from "../hours";
import { nextItem } from "./clock";
import { AgendaColumn, CurrentItem, Ends, takeUp } from "./current";
import { useHeldFocus } from "../../ui/held-focus";
import { keysOn, turnKeys, useKeys } from "./keys";
import { useServerClock } from "../clock";
import { meetingOf } from "../words";
import { NotYours, useMayLead } from "./may";
import { CodeBox, HealthBox, Incidents, PresenceBox, ScreenBox, useHealth } from "./room";
import { actOnce } from "./once";
import { Silent } from "./silent";
import { ClosingRound } from "./todos";
import { Prepare, VoteBox } from "./votes";
import "../../poll/result/view.css";
import "./lead.css";

/** Somebody else, or the same person on another device, has taken the lead since this page was last the one that acted. */
function Swapped({ meeting }: { meeting: Meeting }) {
  const by = meeting.led_by;
  const point = meeting.revs.current;
  const mine = useRef(false);
  const before = useRef(point);
  const told = useSignal("");
  const busy = waiting.value.length > 0;
  const tell = (words: string) => {
    told.value = words;
    announce("led-by", words);
  };
  useEffect(() => {
    if (!by || by.id === me.peek().id) {
      mine.current ||= by !== undefined;
      told.value = "";
    } else if (mine.current) tell(t("led-by-now", { name: by.name }));
  }, [by?.id]);
  useEffect(() => {
    // What this page did itself may be told before it is answered.
    if (busy || point === before.current) return;
    before.current = point;
    if (by?.id !== me.peek().id) return;
    if (point > lastWritten) tell(t("led-by-self"));
    else told.value = "";
  }, [point, busy]);
  if (told.value)
    return (
      <p class="notice warn" data-test="led-by-now">
        <Icon name="people" />
        <span>{told.value}</span>
      </p>
    );
  return by && by.id !== me.value.id ? (
    <p class="led-by" data-test="led-by">
      {t("led-by", { name: by.name })}
    </p>
  ) : null;
}

function Start({ meeting, presence }: { meeting: Meeting; presence: Presence | undefined }) {
  const attempt = useAttempt("meeting.start", () => ({ id: meeting.id }));
  const now = useServerClock(500);
  return (
    <section class="card current" tabIndex={-1} aria-labelledby="start-title" data-test="to-start">
      <h2 id="start-title">{t("start-title")}</h2>
      <p>{dateOf(meeting.starts_ms)}</p>
      {meeting.offices.chair === undefined && meeting.meeting_kind === "general_assembly" && (
        <p class="rule-warning">
          <Icon name="warn" size={18} /> <span>{t("start-no-chair")}</span>
        </p>
      )}
      {meeting.starts_ms - now > 3_600_000 && <p class="hint">{t("start-before")}</p>}
      <p class="hint">{t("start-hint")}</p>
      <div class="row wrap">
        <button
          type="button"
          class="button primary big"
          data-test="meeting-start"
          onClick={() => attempt.run()}
        >
          <Icon name="next" /> {t("start")}
        </button>
        <a class="button quiet" href={`/meetings/${meeting.number}/edit`}>
          {t("start-prepare")}
        </a>
      </div>
      <Below attempt={attempt} presence={presence} test="start" />
    </section>
  );
}

/** Open ones first, then what waits to be revealed, then what is prepared. */
const order: Record<string, number> = { open: 0, closed: 1, draft: 2, counted: 3, cancelled: 4 };

interface Found {
  cards: PollCard[];
  polls: Poll[];
}
function sorted({ cards }: Pick<Found, "cards">): PollCard[] {
  return [...cards].sort(
    (a, b) => (order[a.state] ?? 9) - (order[b.state] ?? 9) || a.number - b.number,
  );
}

/** The vote that a key acts on: one under way, else one to reveal, else one of the current item that is ready. */
function focusOf(meeting: Meeting, cards: readonly PollCard[]): string {
  const here = (card: PollCard) => card.meeting?.item === meeting.current;
  const found =
    cards.find((one) => one.state === "open") ??
    cards.find((one) => one.state === "closed") ??
    cards.find((one) => one.state === "draft" && here(one));
  return found?.id ?? "";
}

/** Presses what the vote with the key offers now: to open, to close, to reveal. Each of them takes two presses: the first goes
 * to the button, or asks; so that a slip of the hand opens and reveals nothing to a whole room. */
function pressVote(): void {
  const vote = document.querySelector("[data-focus=yes] [data-test=lead-vote]");
  const names = ["vote-seen", "vote-close-confirm", "vote-open", "vote-close", "vote-reveal"];
  const button = names
    .map((name) => vote?.querySelector<HTMLButtonElement>(`button[data-test="${name}"]`))
    .find(Boolean);
  const asks = button?.dataset.test?.startsWith("vote-close");
  if (asks || document.activeElement === button) button?.click();
  else button?.focus();
}

/** Somebody writes in it, or is about to press something there. */
const isHeld = (card: PollCard): boolean =>
  document.activeElement?.closest<HTMLElement>("[data-test=lead-vote]")?.dataset.id === card.id;

function Votes({
  meeting,
  cards,
  polls,
  presence,
  stage,
  health,
  watched,
  names,
}: Found & {
  meeting: Meeting;
  presence: Presence | undefined;
  watched: Watched;
  names: readonly IncidentNames[];
  stage: Watched;
  health: ReturnType<typeof useHealth>;
}) {
  const others = useSignal(false);
  const item = meeting.agenda.find(({ id }) => id === meeting.current);
  const focus = focusOf(meeting, cards);
  const mine = (card: PollCard) =>
    card.state === "open" || card.state === "closed" || card.meeting?.item === item?.id;
  const offered = names.flatMap(
    ({ id, offer }) => (offer && watched.all("incident").find((one) => one.id === id)?.poll) || [],
  );
  const turnouts = stage.all("turnout");
  const votes = { meeting, presence, health: health.value, focus, turnouts, offered };
  const all = sorted({ cards }).filter((card) => card.state !== "cancelled");
  const rest = all.filter((card) => !mine(card) && !isHeld(card));
  const box = (card: PollCard) => {
    const folded = rest.includes(card) && !others.value;
    return (
      <div key={card.id} data-focus={focus === card.id ? "yes" : undefined} hidden={folded}>
        <VoteBox card={card} poll={polls.find(({ id }) => id === card.id)} votes={votes} />
      </div>
    );
  };
  // One list, so that a vote that changes its place keeps what is being written in it.
  return (
    <div class="votes" data-test="votes">
      <h3>{t("lead-votes-title")}</h3>
      {[
        ...all.filter((card) => !rest.includes(card)).map(box),
        <Prepare key="prepare" meeting={meeting} item={item} />,
        rest.length > 0 && (
          <button
            key="others"
            type="button"
            class="button quiet small others"
            data-test="votes-others"
            aria-expanded={others.value}
            onClick={() => {
              others.value = !others.value;
            }}
          >
            {t("votes-others", { count: rest.length })}
          </button>
        ),
        ...rest.map(box),
      ]}
    </div>
  );
}

function Keys() {
  return (
    <details class="card box keys">
      <summary>
        <h2>{t("keys-title")}</h2>
      </summary>
      <dl>
        {["n", "v", "space"].map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key === "space" ? t("key-space") : key}</kbd>
            </dt>
            <dd>{t(`key-${key}-does`)}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          data-test="keys-on"
          checked={keysOn.value}
          onChange={(event) => turnKeys(event.currentTarget.checked)}
        />
        {t("keys-on")}
      </label>
    </details>
  );
}

function End({ meeting, open, last }: { meeting: Meeting; open: number; last: boolean }) {
  const left = meeting.agenda.filter(
    (one) => !one.outcome && !one.ended_ms && one.id !== meeting.current,
  );
  if (open > 0)
    return (
      <p class="hint" data-test="end-blocked">
        {t("end-blocked", { count: open })}
      </p>
    );
  return (
    <Ask
      label={t("end")}
      question={left.length > 0 ? t("end-left", { count: left.length }) : t("end-ask")}
      confirm={t("end")}
      tone={last ? "primary" : "quiet"}
      test="meeting-end"
      onConfirm={() => actOnce("meeting.end", { id: meeting.id })}
    >
      <p class="hint">{t("end-hint")}</p>
    </Ask>
  );
}

function Ended({ meeting }: { meeting: Meeting }) {
  return (
    <section class="card current" data-test="ended">
      <h2>{t("ended-title")}</h2>
      <p>
        {t("ended-text", {
          from: hourOf(meeting.started_ms ?? 0),
          to: hourOf(meeting.ended_ms ?? 0),
        })}
      </p>
      <div class="row wrap">
        <a class="button primary" href={`/meetings/${meeting.number}/minutes`}>
          <Icon name="book" /> {t("to-minutes")}
        </a>
        <a class="button" href={`/meetings/${meeting.number}/desk`}>
          {t("desk-list")}
        </a>
        {meeting.series?.next && (
          <a class="button" href={`/meetings/${meeting.series.next.number}/edit`}>
            {t("to-next")}
          </a>
        )}
        {meeting.meeting_kind === "general_assembly" && !meeting.second && (
          <a class="button quiet" href={`/meetings/new?kind=general_assembly&second=${meeting.id}`}>
            {t("to-second")}
          </a>
        )}
      </div>
    </section>
  );
}

/** Who is there, beside the title: what a phone shows first. */
function Here({ presence }: { presence: Presence | undefined }) {
  const met = presence?.quorum?.met;
  return (
    <Chip tone={met === false ? "warn" : met ? "ok" : "plain"} icon="people">
      {t("here-count", { count: presence?.present.heads ?? 0 })}
      {met !== undefined && ` · ${t(met ? "quorum-reached" : "quorum-said-not")}`}
    </Chip>
  );
}

function Console({ meeting, watched }: { meeting: Meeting; watched: Watched }) {
  const place = useRef<HTMLDivElement>(null);
  useHeldFocus(place);
  const silence = useSilence();
  const desk = useTopic(`meeting_desk/${meeting.id}`);
  const stage = useTopic(`screen/${meeting.id}`);
  const health = useHealth(meeting.id);
  const presence = watched.one("presence");
  // Read here, where the focus is held: with an offer goes its button.
  const names = useTopic(`meeting_office/${meeting.id}`).all("incident_names");
  const cards = watched.all("poll_card");
  const polls = stage.all("poll");
  const tasks = watched.all("task").filter((one) => one.meeting?.id === meeting.id);
  const code = desk.one("meeting_code")?.code ?? stage.one("meeting_code")?.code;
  const open = meeting.state === "open";
  const running = polls.filter((one) => one.state === "open");
  // The one that the other key closes; by hand, there is no end to put off.
  const focus = focusOf(meeting, cards);
  // When no point is left, to end is what comes next.
  const last = meeting.agenda.length > 0 && !nextItem(meeting);
  const end = <End meeting={meeting} open={running.length} last={last} />;
  const timed = running.find(({ id, closes_ms }) => id === focus && closes_ms);
  useKeys({
    n: () => {
      if (open) takeUp(watched, nextItem);
    },
    v: pressVote,
    ...(timed ? { " ": () => act("poll.extend", { id: timed.id, seconds: 30 }) } : {}),
  });
  return (
    <>
      <Silent seconds={silence} />
      {open && <Swapped meeting={meeting} />}
      <div
        ref={place}
        class={`console${silence === undefined ? "" : " stale"}`}
        data-state={meeting.state}
      >
        <div class="console-agenda">
          <AgendaColumn watched={watched} meeting={meeting} />
          <ClosingRound tasks={tasks} />
          <Keys />
        </div>
        <div class="console-now" tabIndex={-1}>
          {meeting.state === "planned" && <Start meeting={meeting} presence={presence} />}
          {open && (
            <CurrentItem {...{ watched, meeting, tasks }} end={last && end}>
              <Votes {...{ meeting, cards, polls, presence, watched, stage, health, names }} />
            </CurrentItem>
          )}
          {meeting.state === "ended" && <Ended meeting={meeting} />}
        </div>
        <div class="console-room">
          <PresenceBox meeting={meeting} presence={presence} />
          {open && <HealthBox health={health.value} />}
          {code && <CodeBox meeting={meeting} code={code} />}
          <ScreenBox meeting={meeting} polls={polls} />
          {meeting.state !== "planned" && <Incidents {...{ meeting, watched, polls }} />}
        </div>
      </div>
      {open && !last && <div class="row wrap console-end">{end}</div>}
    </>
  );
}

export default function LeadMeeting() {
  const { params } = useRoute();
  const watched = useTopic(`meeting/${params.number}`);
  const meeting = meetingOf(watched);
  const may = useMayLead(meeting);
  if (watched.state.value === "closed" || meeting?.state === "cancelled")
    return (
      <Page name="meeting-lead" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  return (
    <Page
      name="meeting-lead"
      title={meeting ? pick(meeting.title).text : t("lead-page")}
      wide
      actions={
        meeting && (
          <div class="row wrap console-head">
            <Chip tone={meeting.state === "open" ? "vote" : "plain"} data-state={meeting.state}>
              {t(`meeting-state-${meeting.state}`)}
            </Chip>
            {meeting.state === "open" && <Here presence={watched.one("presence")} />}
            {meeting.state === "open" && <Ends meeting={meeting} />}
          </div>
        )
      }
    >
      {!meeting ? (
        <Loading />
      ) : may ? (
        <Console key={meeting.id} meeting={meeting} watched={watched} />
      ) : (
        <NotYours meeting={meeting} />
      )}
    </Page>
  );
}
