// The room, as who leads sees it: who is there and the quorum, connections, how to come in, screens, what went wrong.
import { secondOf } from "../hours";
import { Again } from "./votes";
import { actOnVote } from "./once";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Incident, IncidentNames, Meeting, Poll, Presence } from "../../generated/api";
import { number, pick, t } from "../../i18n/i18n";
import { useTopic, type Watched } from "../../sync/feed";
import { connection, listen } from "../../sync/socket";
import { useClassNames } from "../../ui/classes";
import { Icon } from "../../ui/icons";
import { ShowMore } from "../../ui/more";
import { Ask, Chip, Meter, Name } from "../../ui/parts";
import { copyText, Qr } from "../../ui/qr";
import { act, announce } from "../../ui/toast";

/* ---- presence and quorum ---- */

type Quorum = NonNullable<Presence["quorum"]>;

function QuorumLine({ quorum, test }: { quorum: Quorum; test: string }) {
  const { x, n, least, missing, unit } = quorum;
  const reached = missing === 0 && quorum.met;
  return (
    <div class="room-quorum" data-test={test} data-met={quorum.met ? "yes" : "no"}>
      <Meter value={x} total={n} mark={least} tone={reached ? "ok" : "accent"} />
      <p>
        <Chip tone={reached ? "ok" : "warn"} icon={reached ? "done" : "people"}>
          {reached
            ? t("quorum-reached")
            : missing === 0
              ? t("quorum-class-missing")
              : t(`quorum-missing-${unit}`, { count: missing })}
        </Chip>{" "}
        <span class="hint">{t(`quorum-figures-${unit}`, { x, least })}</span>
      </p>
    </div>
  );
}

export function PresenceBox({
  meeting,
  presence,
  desk = true,
}: {
  meeting: Meeting;
  presence: Presence | undefined;
  /** With the way to the desk. */
  desk?: boolean;
}) {
  const present = presence?.present.heads ?? 0;
  const met = presence?.quorum?.met;
  useEffect(() => {
    if (met !== undefined) announce("quorum", t(met ? "quorum-said-met" : "quorum-said-not"));
  }, [met]);
  return (
    <section
      class="card box"
      aria-labelledby="room-presence"
      data-test="presence"
      data-present={present}
    >
      <h2 id="room-presence">{t("presence-title")}</h2>
      {presence && (
        <p class="big-figure">
          <strong>{number(present)}</strong> {t("presence-of", { count: presence.entitled.heads })}
        </p>
      )}
      {presence?.quorum && <QuorumLine quorum={presence.quorum} test="quorum" />}
      {!presence?.quorum && (
        <p class="hint">{t(meeting.quorum ? "quorum-waiting" : "quorum-none")}</p>
      )}
      <Classes presence={presence} />
      {presence && (
        <p class="meta">
          {presence.remote > 0 && (
            <span class="figure">
              <Icon name="device" size={16} /> {t("presence-remote", { count: presence.remote })}
            </span>
          )}
          {presence.guests > 0 && (
            <span class="figure">
              <Icon name="eye" size={16} /> {t("presence-guests", { count: presence.guests })}
            </span>
          )}
          {presence.left > 0 && (
            <span class="figure">
              <Icon name="next" size={16} /> {t("presence-left", { count: presence.left })}
            </span>
          )}
        </p>
      )}
      {desk && (
        <a class="button small" href={`/meetings/${meeting.number}/desk`} data-test="to-desk">
          <Icon name="people" size={18} /> {t("desk-open")}
        </a>
      )}
    </section>
  );
}

/** Of each class, when there is more than one, or when the quorum is asked in each. */
function Classes({ presence }: { presence: Presence | undefined }) {
  const nameOf = useClassNames();
  const classes = presence?.classes ?? [];
  if (classes.length < 2) return null;
  return (
    <details class="more">
      <summary>{t("presence-classes")}</summary>
      <ul class="presence-classes">
        {classes.map((one) => (
          <li key={one.code} data-test="presence-class">
            <p>
              <bdi>{nameOf(one.code)}</bdi>{" "}
              <span class="count">
                {number(one.present.heads)} / {number(one.entitled.heads)}
              </span>
            </p>
            {one.quorum && <QuorumLine quorum={one.quorum} test="quorum-class" />}
          </li>
        ))}
      </ul>
    </details>
  );
}

/* ---- connections ---- */

export interface Health {
  present: number;
  connected: number;
  asleep: number;
  gone: number;
}

/** What the server last said of the room; nothing while this page is itself offline. */
export function useHealth(meeting: string): Signal<Health | null> {
  const health = useSignal<Health | null>(null);
  useEffect(() => {
    let mine = true;
    listen("room.changed", (params) => {
      const told = params as Health & { meeting: string };
      if (mine && told.meeting === meeting) health.value = told;
    });
    return () => {
      mine = false;
    };
  }, [meeting]);
  const up = connection.value.state === "up";
  useEffect(() => {
    if (!up) health.value = null;
  }, [up]);
  return health;
}

export function HealthBox({ health }: { health: Health | null }) {
  const offline = connection.value.state !== "up";
  const told = offline ? null : health;
  const without = told ? Math.max(0, told.present - told.connected - told.asleep - told.gone) : 0;
  return (
    <section class="card box" aria-labelledby="room-health" data-test="health">
      <h2 id="room-health">{t("health-title")}</h2>
      {told ? (
        <ul class="health">
          <li class="ok" data-test="health-connected">
            <Icon name="done" size={18} /> <strong>{number(told.connected)}</strong>{" "}
            {t("health-connected", { count: told.connected })}
          </li>
          <li data-test="health-asleep">
            <Icon name="pause" size={18} /> <strong>{number(told.asleep)}</strong>{" "}
            {t("health-asleep")}
          </li>
          <li class={told.gone > 0 ? "gone" : ""} data-test="health-gone">
            <Icon name="warn" size={18} /> <strong>{number(told.gone)}</strong>{" "}
            {t("health-gone", { count: told.gone })}
          </li>
          {without > 0 && (
            <li>
              <Icon name="device" size={18} /> <strong>{number(without)}</strong>{" "}
              {t("health-none-open")}
            </li>
          )}
        </ul>
      ) : (
        <p class="hint">{t(offline ? "health-offline" : "health-none")}</p>
      )}
      <p class="hint">{t("health-hint")}</p>
    </section>
  );
}

/* ---- how to come in, and screens ---- */

export function CodeBox({ meeting, code }: { meeting: Meeting; code: string }) {
  const address = `${location.origin}/meetings/${meeting.number}#${code}`;
  return (
    <section class="card box" aria-labelledby="room-code">
      <h2 id="room-code">{t("code-title")}</h2>
      <div class="code-box">
        <Qr text={address} label={t("code-qr")} test="code-qr" />
        <div>
          <p class="code" data-test="code">
            {code.slice(0, 3)} {code.slice(3)}
          </p>
          <p class="hint">{t("code-hint")}</p>
        </div>
      </div>
    </section>
  );
}

const shown = ["item", "agenda", "join", "poll", "result", "tasks"] as const;

export function ScreenBox({ meeting, polls }: { meeting: Meeting; polls: readonly Poll[] }) {
  const link = useSignal("");
  const now = meeting.shown?.what ?? "";
  const fits = (what: (typeof shown)[number]) =>
    what === "poll"
      ? polls.find((one) => one.state === "open" || one.state === "closed")
      : what === "result"
        ? [...polls].reverse().find((one) => one.state === "counted")
        : undefined;
  const some = fits("poll") !== undefined;
  const show = (what: (typeof shown)[number]) => {
    const poll = fits(what);
    act("meeting.show", { id: meeting.id, what, ...(poll ? { poll: poll.id } : {}) });
  };
  return (
    <section class="card box" aria-labelledby="room-screens">
      <h2 id="room-screens">{t("screens-title")}</h2>
      <fieldset class="show-choice">
        <legend class="hint">{t("screens-show")}</legend>
        {shown.map((what) => (
          <button
            key={what}
            type="button"
            class={`button small${now === what ? " pressed" : ""}`}
            data-test={`show-${what}`}
            aria-pressed={now === what}
            disabled={
              meeting.state !== "open" || ((what === "poll" || what === "result") && !fits(what))
            }
            onClick={() => show(what)}
          >
            {t(`show-${what}`)}
          </button>
        ))}
      </fieldset>
      {meeting.state === "planned" ? (
        <p class="hint">{t("screens-later")}</p>
      ) : (
        !fits("result") && <p class="hint">{t(some ? "screens-no-result" : "screens-no-vote")}</p>
      )}
      {link.value ? (
        <div class="stack">
          <label>
            <span class="hint">{t("screens-link")}</span>
            <input
              type="text"
              readOnly
              class="link-field"
              data-test="screen-link"
              value={link.value}
              onFocus={(event) => event.currentTarget.select()}
            />
          </label>
          <div class="row wrap">
            <button
              type="button"
              class="button small"
              onClick={() => copyText(link.peek(), "screen-link")}
            >
              {t("copy")}
            </button>
            <a class="button small" href={link.value} target="_blank" rel="noopener">
              {t("screens-open")}
            </a>
          </div>
        </div>
      ) : (
        <button
          type="button"
          class="button small"
          data-test="screen-get"
          onClick={async () => {
            const answer = await act("meeting.screen", { id: meeting.id });
            const given = typeof answer?.link === "string" ? answer.link : "";
            link.value = given && new URL(given, location.origin).href;
          }}
        >
          <Icon name="eye" size={18} /> {t("screens-get")}
        </button>
      )}
    </section>
  );
}

/* ---- what went wrong ---- */

const shownIncidents = 10;
/** `polls`: of who leads, who may ask them again; others read what is theirs to read. */
export function Incidents({
  meeting,
  watched,
  polls,
}: {
  meeting: Meeting;
  watched: Watched;
  polls?: readonly Poll[];
}) {
  const most = useSignal(shownIncidents);
  const all: Incident[] = [...watched.all("incident")].sort((a, b) => b.at_ms - a.at_ms);
  const names = useTopic(`meeting_office/${meeting.id}`).all("incident_names");
  const cards = watched.all("poll_card");
  const offered = all.filter((one) => names.find(({ id }) => id === one.id)?.offer);
  /** Asked once for each vote, at its newest incident. */
  const offers = (one: Incident) => offered.find(({ poll }) => poll === one.poll) === one;
  return (
    <section
      class="card box"
      aria-labelledby="room-incidents"
      data-test="incidents"
      data-count={all.length}
    >
      <h2 id="room-incidents">
        {t("incidents-title")} <span class="count">{number(all.length)}</span>
      </h2>
      {all.length === 0 && <p class="hint">{t("incidents-none")}</p>}
      <ul class="incidents" aria-live="polite">
        {all.slice(0, most.value).map((one) => {
          const poll = polls?.find(({ id }) => id === one.poll);
          const question = cards.find(({ id }) => id === one.poll)?.question;
          return (
            <li key={one.id} tabIndex={-1} data-test="incident">
              <p>
                <span class="count">{secondOf(one.at_ms)}</span>{" "}
                {t(`incident-${one.incident_kind}`, { count: one.people })}
              </p>
              {question && (
                <p class="hint">
                  <bdi>{pick(question).text}</bdi>
                </p>
              )}
              <Whom names={names.find(({ id }) => id === one.id)} />
              {poll && offers(one) && <ReopenOffer meeting={meeting} poll={poll} />}
            </li>
          );
        })}
      </ul>
      <ShowMore
        left={all.length - most.value}
        onMore={() => {
          most.value = all.length;
        }}
      />
      {all.length > 0 && <p class="hint">{t("incidents-hint")}</p>}
    </section>
  );
}

/** For the officers, folded away. */
function Whom({ names }: { names: IncidentNames | undefined }) {
  if (!names) return null;
  return (
    <details class="whom">
      <summary class="hint">{t("incident-who")}</summary>
      <p>
        {names.people.map((person, at) => (
          <span key={person.id}>
            {at > 0 && ", "}
            <Name person={person} />
          </span>
        ))}
      </p>
      {names.text && (
        <q>
          <bdi>{names.text}</bdi>
        </q>
      )}
    </details>
  );
}

/** Enough were kept away to ask it again: as long as nobody saw the result it opens again, else a new vote follows. */
function ReopenOffer({ meeting, poll }: { meeting: Meeting; poll: Poll }) {
  if (poll.state === "counted") return <Again meeting={meeting} poll={poll} />;
  if (poll.state !== "closed") return null;
  return (
    <Ask
      label={t("incident-reopen")}
      question={t("incident-reopen-ask")}
      confirm={t("incident-reopen")}
      tone="small"
      test="incident-reopen"
      onConfirm={() =>
        actOnVote("poll.reopen", { id: poll.id, reason: t("incident-reopen-reason"), seconds: 120 })
      }
    />
  );
}
