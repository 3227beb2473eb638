// Meetings: those under way and to come first, those that are over after them.
import { useSignal } from "@preact/signals";
import { Page } from "../app/page";
import type { MeetingCard } from "../generated/api";
import { groupName } from "../group/names";
import { unbroken } from "../i18n/format";
import { pick, relative, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { ShowMore } from "../ui/more";
import { Chip, Empty, Loading, When } from "../ui/parts";
import { dateOf } from "./hours";
import { inOrder } from "./words";
import { PlanOne } from "./ways";
import "./meeting.css";

const stateTones = { planned: "accent", open: "vote", ended: "plain", cancelled: "no" } as const;

export function MeetingState({ state }: { state: MeetingCard["state"] }) {
  return (
    <Chip tone={stateTones[state]} data-state={state}>
      {t(`meeting-state-${state}`)}
    </Chip>
  );
}

/** When and where, of a meeting that is to come or under way. */
function Place({ card }: { card: MeetingCard }) {
  const place = pick(card.place);
  return (
    <>
      <p class="meeting-when">
        <Icon name="clock" size={18} />
        <span>
          <time dateTime={new Date(card.starts_ms).toISOString()}>{dateOf(card.starts_ms)}</time>{" "}
          {card.state === "planned" && (
            <span class="hint">({relative(card.starts_ms, serverNow())})</span>
          )}
        </span>
      </p>
      {place.text && (
        <p class="meeting-when" lang={place.lang}>
          <Icon name="place" size={18} />
          <bdi>{place.text}</bdi>
        </p>
      )}
    </>
  );
}

function Row({ card }: { card: MeetingCard }) {
  const title = pick(card.title);
  const past = card.state === "ended" || card.state === "cancelled";
  return (
    <article
      class={`card meeting-row ${card.state}`}
      data-test="meeting-row"
      data-number={card.number}
    >
      <p class="row wrap">
        {card.state !== "planned" && <MeetingState state={card.state} />}
        <Chip>
          {card.group ? groupName(card.group).text : t(`meeting-kind-${card.meeting_kind}`)}
        </Chip>
      </p>
      <h3>
        <a class="cover" href={`/meetings/${card.number}`} lang={title.lang}>
          <bdi>{unbroken(title.text, title.lang)}</bdi>
        </a>
      </h3>
      {past ? (
        <p class="meta">
          <When ms={card.starts_ms} date />
        </p>
      ) : (
        <Place card={card} />
      )}
    </article>
  );
}

function Section({ title, cards, id }: { title: string; cards: MeetingCard[]; id: string }) {
  if (cards.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class="list">
        {cards.map((card) => (
          <Row key={card.id} card={card} />
        ))}
      </div>
    </section>
  );
}

const firstShown = 10;

export default function Meetings() {
  const watched = useTopic("meetings");
  const shown = useSignal(firstShown);
  const { open, coming, past } = inOrder(watched.all("meeting_card"));
  const loading = watched.state.value === "loading";
  return (
    <Page name="meetings" title={t("meetings-title")} actions={<PlanOne />}>
      {loading && <Loading />}
      {!loading && open.length + coming.length === 0 && (
        <Empty icon="hall" text={t("meetings-none")} />
      )}
      <div class="stack-wide">
        <Section id="meetings-open" title={t("meetings-open")} cards={open} />
        <Section id="meetings-coming" title={t("meetings-coming")} cards={coming} />
        <Section id="meetings-past" title={t("meetings-past")} cards={past.slice(0, shown.value)} />
      </div>
      <ShowMore
        left={past.length - shown.value}
        onMore={() => {
          shown.value = past.length;
        }}
      />
    </Page>
  );
}
