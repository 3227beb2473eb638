// The first card of home: the meeting under way, with what can be voted in it now; otherwise the next one.
import type { MeetingCard, PollCard } from "../generated/api";
import { unbroken } from "../i18n/format";
import { pick, relative, t } from "../i18n/i18n";
import { serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { dateOf } from "./hours";

export function FirstMeeting({ card, polls }: { card: MeetingCard; polls: PollCard[] }) {
  const title = pick(card.title);
  const place = pick(card.place);
  const open = card.state === "open";
  const votes = polls.filter((poll) => poll.state === "open" && poll.meeting?.id === card.id);
  return (
    <>
      <h2 class="overline">{t(open ? "first-open" : "first-next")}</h2>
      <p class="first-title">
        <a class="cover" href={`/meetings/${card.number}`} lang={title.lang}>
          <bdi>{unbroken(title.text, title.lang)}</bdi>
        </a>
      </p>
      {open ? (
        <p class="first-votes" data-test="first-votes" data-count={votes.length}>
          <Icon name={votes.length > 0 ? "vote" : "next"} size={20} />
          <strong>{t("first-votes", { count: votes.length })}</strong>
        </p>
      ) : (
        <p class="meta">
          <Icon name="clock" size={16} />
          <time dateTime={new Date(card.starts_ms).toISOString()}>{dateOf(card.starts_ms)}</time>
          <span>{relative(card.starts_ms, serverNow())}</span>
          {place.text && <bdi lang={place.lang}>{place.text}</bdi>}
        </p>
      )}
    </>
  );
}
