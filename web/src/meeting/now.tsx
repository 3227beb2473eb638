// A meeting under way, for a member: what can be voted now, the point that is discussed and what is left of its time, what
// the big screen shows. Votes stand first and in the order in which they came, so that nothing that happens in the hall moves
// what somebody is filling in.
import { useEffect, useRef } from "preact/hooks";
import type { Meeting, PollCard, Presence } from "../generated/api";
import { unbroken } from "../i18n/format";
import { number, pick, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import type { Watched } from "../sync/feed";
import { Icon } from "../ui/icons";
import { useLater } from "../ui/later";
import { announce } from "../ui/toast";
import { Agenda, Links } from "./agenda";
import "./awake";
import { useServerClock } from "./clock";
import { PresenceBox, quorumText } from "./presence";
import { type Face, faceOf } from "../screen/face";
import { Seal } from "./seal";
import { nextShown, type Shown } from "./shown";
import { itemOf, leftOf, placeOf } from "./words";

async function fetchVotes() {
  return (await Promise.all([import("./votes"), words("ballot", "pages")]))[0];
}

/** Makes room for the next point only when nothing can be voted. */
function useShown(meeting: Meeting, cards: PollCard[]): PollCard[] {
  const before = useRef<Shown[]>([]);
  const item = useRef(meeting.current);
  const open = cards.some((card) => card.state === "open");
  const wanted = cards
    .filter(({ state }) => state === "counted")
    .filter((card) => meeting.shown?.poll === card.id || card.meeting?.item === meeting.current)
    .map(({ id }) => id);
  const stay = open || item.current === meeting.current;
  before.current = nextShown(before.current, cards, wanted, stay);
  if (!open) item.current = meeting.current;
  return before.current.flatMap(({ id }) => cards.find((card) => card.id === id) ?? []);
}

/** In minutes: what counts seconds is the chair's. */
function TimeLeft({ meeting }: { meeting: Meeting }) {
  const now = useServerClock(1_000);
  const left = leftOf(meeting, now);
  if (left === undefined) return null;
  const minutes = Math.max(1, Math.ceil(Math.abs(left) / 60_000));
  return (
    <p class={left < 0 ? "time-left over" : "time-left"} data-test="time-left">
      <Icon name="clock" size={20} />
      <span>{t(left < 0 ? "time-over" : "time-left", { count: minutes })}</span>
    </p>
  );
}

function Current({ meeting, polls }: { meeting: Meeting; polls: PollCard[] }) {
  const item = itemOf(meeting, meeting.current);
  const title = pick(item?.title);
  const text = item ? `${placeOf(meeting, item.id)}. ${title.text}` : "";
  useEffect(() => {
    if (text) announce("item", t("item-said", { title: text }));
  }, [text]);
  return (
    <section class="card current-item" aria-labelledby="current" data-test="current-item">
      <p class="overline" id="current">
        {t("item-now")}
      </p>
      {item ? (
        <>
          <p class="current-title">
            <span class="current-no">{placeOf(meeting, item.id)}</span>{" "}
            <bdi lang={title.lang}>{unbroken(title.text, title.lang)}</bdi>
          </p>
          <TimeLeft meeting={meeting} />
          <Links item={item} polls={polls} />
        </>
      ) : (
        <p>{t("item-none")}</p>
      )}
    </section>
  );
}

/** What is said of faces that have no words of their own. */
const inWords: Partial<Record<Face<PollCard>["what"], string>> = {
  ...{ polls: "poll", work: "item", waiting: "join", ended: "item", cancelled: "item" },
};
/** The big screen in words, for whoever cannot see it. */
function OnScreen({
  meeting,
  polls,
  presence,
}: {
  meeting: Meeting;
  polls: PollCard[];
  presence: Presence | undefined;
}) {
  const face = faceOf(meeting, polls);
  const what = inWords[face.what] ?? face.what;
  const cards = face.what === "polls" ? face.polls : face.what === "result" ? [face.poll] : [];
  const verdict = what === "result" && cards[0]?.verdict;
  const item = itemOf(meeting, meeting.current);
  const title = pick(item?.title);
  return (
    <section class="card box" aria-labelledby="on-screen" data-test="on-screen" data-what={what}>
      <h2 id="on-screen">{t("screen-title")}</h2>
      <p>{t(`screen-shows-${what}`, { count: cards.length })}</p>
      {what === "item" && item && (
        <p lang={title.lang}>
          <bdi>{unbroken(title.text, title.lang)}</bdi>
        </p>
      )}
      {cards.map((card) => {
        const question = pick(card.question);
        return (
          <p key={card.id} lang={question.lang}>
            <a href={`/v/${card.number}`}>
              <bdi>{unbroken(question.text, question.lang)}</bdi>
            </a>
          </p>
        );
      })}
      {verdict && (
        <p>
          <strong>{t(`verdict-${verdict.replace(/_/g, "-")}`)}</strong>
        </p>
      )}
      {presence?.quorum && (
        <p class="hint">
          {t("presence-said", { count: presence.present.heads })} {quorumText(presence.quorum)}
        </p>
      )}
    </section>
  );
}

export function Now({ meeting, watched }: { meeting: Meeting; watched: Watched }) {
  const polls = watched.all("poll_card");
  const shown = useShown(meeting, polls);
  const works = itemOf(meeting, meeting.current)?.item_kind === "work";
  const workPart = useLater(() => import("./work"), works);
  const work = works ? workPart : null;
  const votes = useLater(fetchVotes);
  const presence = watched.all("presence").find((one) => one.id === meeting.id);
  return (
    <div class="split">
      <div class="split-main stack-wide">
        {shown.length > 0 && (
          <section aria-labelledby="votes-now" class="votes-now">
            <h2 id="votes-now" class="overline">
              {t("votes-now", { count: shown.filter((card) => card.state === "open").length })}
            </h2>
            {shown.map((card) =>
              votes ? (
                <votes.HallVote key={card.id} number={card.number} />
              ) : (
                <div key={card.id} class="card vote-place" />
              ),
            )}
          </section>
        )}
        <Current meeting={meeting} polls={polls} />
        {work && <work.default meeting={meeting} />}
      </div>
      <div class="split-side">
        <PresenceBox presence={presence} />
        <OnScreen meeting={meeting} polls={polls} presence={presence} />
        <Seal />
        <details class="card box agenda-folded" data-test="agenda-folded">
          <summary>
            <span>
              {t("agenda-title")} <span class="count">{number(meeting.agenda.length)}</span>
            </span>
          </summary>
          <Agenda meeting={meeting} polls={polls} />
        </details>
      </div>
    </div>
  );
}
