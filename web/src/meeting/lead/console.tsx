// The console of who leads a meeting: agenda, what it is at with its votes, the room. Several may lead at once, from any
// device: each sees what the others do, and who acts last is named.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { useEffect, useRef } from "preact/hooks";
import { Page } from "../../app/page";
import { me } from "../../app/session";
import type { Meeting, Poll, PollCard, Presence } from "../../generated/api";
import { fullDate, pick, t } from "../../i18n/i18n";
import { useTopic, type Watched } from "../../sync/feed";
import { Icon } from "../../ui/icons";
import { Ask, Chip, Loading, NotThere } from "../../ui/parts";
import { act, announce } from "../../ui/toast";
import { Below, useAttempt } from "./below";
import { hour, nextItem } from "./clock";
import { AgendaColumn, CurrentItem, Ends, takeUp } from "./current";
import { keysOn, turnKeys, useKeys } from "./keys";
import { useServerClock } from "../clock";
import { NotYours, useMayLead } from "./may";
import { CodeBox, HealthBox, Incidents, PresenceBox, ScreenBox, useHealth } from "./room";
import { ClosingRound, TaskLine } from "./todos";
import { Prepare, VoteBox } from "./votes";
import "../../poll/poll.css";
import "../../poll/result/view.css";
import "./lead.css";

/** Somebody else has taken the lead since this page was last the one that acted. */
function Swapped({ meeting }: { meeting: Meeting }) {
  const by = meeting.led_by;
  const mine = useRef(false);
  const told = useSignal<{ id: string; name: string } | null>(null);
  useEffect(() => {
    if (!by) return;
    if (by.id === me.peek().id) {
      mine.current = true;
      told.value = null;
    } else if (mine.current) {
      told.value = by;
      announce("led-by", t("led-by-now", { name: by.name }));
    }
  }, [by?.id]);
  if (!told.value)
    return by && by.id !== me.value.id ? (
      <p class="led-by" data-test="led-by">
        {t("led-by", { name: by.name })}
      </p>
    ) : null;
  return (
    <p class="notice warn" role="status" data-test="led-by-now">
      <Icon name="people" />
      <span>{t("led-by-now", { name: told.value.name })}</span>
    </p>
  );
}

function Start({ meeting, presence }: { meeting: Meeting; presence: Presence | undefined }) {
  const attempt = useAttempt("meeting.start", () => ({ id: meeting.id }));
  const now = useServerClock(500);
  return (
    <section class="card current" aria-labelledby="start-title" data-test="to-start">
      <h2 id="start-title">{t("start-title")}</h2>
      <p>{fullDate(meeting.starts_ms)}</p>
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

/** Presses what the vote with the key offers now: to open, to close (asked once), to reveal. */
function pressVote(): void {
  const vote = document.querySelector("[data-focus=yes] [data-test=lead-vote]");
  const names = ["vote-seen", "vote-close-confirm", "vote-open", "vote-close", "vote-reveal"];
  const button = names
    .map((name) => vote?.querySelector<HTMLButtonElement>(`button[data-test="${name}"]`))
    .find(Boolean);
  button?.click();
}

function Votes({
  meeting,
  cards,
  polls,
  presence,
  stage,
  health,
}: Found & {
  meeting: Meeting;
  presence: Presence | undefined;
  stage: Watched;
  health: ReturnType<typeof useHealth>;
}) {
  const item = meeting.agenda.find(({ id }) => id === meeting.current);
  const focus = focusOf(meeting, cards);
  const mine = (card: PollCard) =>
    card.state === "open" || card.state === "closed" || card.meeting?.item === item?.id;
  const votes = { meeting, presence, health: health.value, focus, turnouts: stage.all("turnout") };
  const shown = sorted({ cards }).filter((card) => card.state !== "cancelled" && mine(card));
  const rest = sorted({ cards }).filter((card) => card.state !== "cancelled" && !mine(card));
  const box = (card: PollCard) => (
    <div key={card.id} data-focus={focus === card.id ? "yes" : undefined}>
      <VoteBox card={card} poll={polls.find(({ id }) => id === card.id)} votes={votes} />
    </div>
  );
  return (
    <div class="votes" data-test="votes">
      <h3>{t("lead-votes-title")}</h3>
      {shown.map(box)}
      <Prepare meeting={meeting} item={item} />
      {rest.length > 0 && (
        <details class="more">
          <summary>{t("votes-others", { count: rest.length })}</summary>
          <div class="votes">{rest.map(box)}</div>
        </details>
      )}
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

function End({ meeting, open }: { meeting: Meeting; open: number }) {
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
      tone="quiet"
      test="meeting-end"
      onConfirm={() => act("meeting.end", { id: meeting.id })}
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
          from: hour(meeting.started_ms ?? 0),
          to: hour(meeting.ended_ms ?? 0),
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
  const desk = useTopic(`meeting_desk/${meeting.id}`);
  const stage = useTopic(`screen/${meeting.id}`);
  const health = useHealth(meeting.id);
  const presence = watched.one("presence");
  const cards = watched.all("poll_card");
  const polls = stage.all("poll");
  const tasks = watched.all("task").filter((one) => one.meeting?.id === meeting.id);
  const code = desk.one("meeting_code")?.code ?? stage.one("meeting_code")?.code;
  const open = meeting.state === "open";
  const running = polls.filter((one) => one.state === "open");
  useKeys({
    n: () => {
      if (open) takeUp(meeting, nextItem);
    },
    v: pressVote,
    ...(running.length > 0
      ? {
          " ": () => {
            const [first] = running;
            if (first) act("poll.extend", { id: first.id, seconds: 30 });
          },
        }
      : {}),
  });
  return (
    <>
      <Swapped meeting={meeting} />
      <div class="console" data-state={meeting.state}>
        <div class="console-agenda">
          <AgendaColumn meeting={meeting} />
          <ClosingRound tasks={tasks} />
          <Keys />
        </div>
        <div class="console-now">
          {meeting.state === "planned" && <Start meeting={meeting} presence={presence} />}
          {open && (
            <CurrentItem meeting={meeting} tasks={tasks}>
              <Votes {...{ meeting, cards, polls, presence, stage, health }} />
            </CurrentItem>
          )}
          {open && meeting.current === undefined && <TaskLine meeting={meeting} />}
          {meeting.state === "ended" && <Ended meeting={meeting} />}
        </div>
        <div class="console-room">
          <PresenceBox meeting={meeting} presence={presence} />
          {open && <HealthBox health={health.value} />}
          {code && <CodeBox meeting={meeting} code={code} />}
          <ScreenBox meeting={meeting} polls={polls} />
          {meeting.state !== "planned" && <Incidents {...{ meeting, watched, desk, polls }} />}
        </div>
      </div>
      {open && (
        <div class="row wrap console-end">
          <End meeting={meeting} open={running.length} />
        </div>
      )}
    </>
  );
}

export default function LeadMeeting() {
  const { params } = useRoute();
  const watched = useTopic(`meeting/${params.number}`);
  const meeting = watched.one("meeting");
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
