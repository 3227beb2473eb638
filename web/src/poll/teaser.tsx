// A vote in a few lines, leading to its page.
import type { PollCard } from "../generated/api";
import { unbroken } from "../i18n/format";
import { fullDate, pick, relative, t } from "../i18n/i18n";
import { serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Chip } from "../ui/parts";

export const pollTones: Record<string, string> = {
  draft: "plain",
  open: "vote",
  closed: "plain",
  counted: "ok",
  cancelled: "plain",
};

export function PollState({ state }: { state: string }) {
  return (
    <Chip icon="vote" tone={pollTones[state] ?? "plain"}>
      {t(`poll-state-${state}`)}
    </Chip>
  );
}

export function PollTeaser({ poll, test }: { poll: PollCard; test: string }) {
  const question = pick(poll.question);
  return (
    <article
      class={`teaser ${poll.state}`}
      data-test={test}
      data-id={poll.id}
      data-number={poll.number}
    >
      <p class="row wrap">
        <PollState state={poll.state} />
        {poll.poll_kind !== "decision" && <Chip>{t(`poll-kind-${poll.poll_kind}`)}</Chip>}
      </p>
      <h3>
        <a class="cover" href={`/v/${poll.number}`} lang={question.lang}>
          <bdi>{unbroken(question.text, question.lang)}</bdi>
        </a>
      </h3>
      {poll.state === "open" && (
        <p class="meta">
          <Icon name="clock" size={16} />
          {poll.closes_ms ? (
            <time
              dateTime={new Date(poll.closes_ms).toISOString()}
              title={fullDate(poll.closes_ms)}
            >
              {t("closes-in", { when: relative(poll.closes_ms, serverNow()) })}
            </time>
          ) : (
            t("closes-by-hand")
          )}
        </p>
      )}
      {poll.state === "counted" && poll.verdict && (
        <p class="meta">{t(`verdict-${poll.verdict.replace(/_/g, "-")}`)}</p>
      )}
    </article>
  );
}
