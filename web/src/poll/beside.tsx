// What stands beside the card of a vote: the running result, what the vote is about, its dates.
import type { Poll, Tally } from "../generated/api";
import { number, pick, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { titleOf } from "../proposal/title";
import type { Watched } from "../sync/feed";
import { useLater } from "../ui/later";
import { By, When } from "../ui/parts";

export function Live({ tally, poll }: { tally: Tally | undefined; poll: Poll }) {
  if (!tally) return null;
  const answers = (["yes", "no", "abstain", "blank"] as const).filter(
    (choice) => tally[choice] !== undefined,
  );
  return (
    <section class="card box" aria-labelledby="live">
      <h2 id="live">{t("tally-title")}</h2>
      <ul class="tally">
        {poll.options.map(({ id, label }, option) => (
          <li key={id}>
            <bdi>{pick(label).text}</bdi> <strong>{number(tally.scores?.[option] ?? 0)}</strong>
          </li>
        ))}
        {answers.map((choice) => (
          <li key={choice}>
            <span>{t(`choice-${choice}`)}</span> <strong>{number(tally[choice] ?? 0)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function About({ poll, watched }: { poll: Poll; watched: Watched }) {
  const cards = watched.all("proposal_card");
  if (poll.about.length === 0) return null;
  return (
    <section class="card box" aria-labelledby="about">
      <h2 id="about">{t("about-title")}</h2>
      {poll.about.map((one) => {
        const card = cards.find((found) => found.id === one.id);
        const title = card ? titleOf(card) : { text: one.title, lang: "" };
        return (
          <p key={one.id}>
            <a href={`/p/${one.number}`} lang={title.lang || undefined}>
              <bdi>{title.text}</bdi>
            </a>
          </p>
        );
      })}
    </section>
  );
}

async function fetchPlanned() {
  return (await Promise.all([import("./planned"), words("ballot")]))[0];
}

/** Its dates; before it is open, what opening makes final. */
export function Dates({ poll }: { poll: Poll }) {
  const draft = poll.state === "draft";
  const planned = useLater(fetchPlanned, draft);
  return (
    <>
      {draft && planned && <planned.Planned poll={poll} />}
      <p class="meta">
        {poll.opened_ms !== undefined && (
          <span>
            {t("opened-on")} <When ms={poll.opened_ms} date />
          </span>
        )}
        {poll.closed_ms !== undefined && (
          <span>
            {t("closed-on")} <When ms={poll.closed_ms} date />
          </span>
        )}
        {poll.extended && (
          <span>
            {t("extended-because")} <bdi>{poll.extended.reason}</bdi>
          </span>
        )}
        <span>
          {t("defined-by")} <By by={poll.by} />
        </span>
      </p>
    </>
  );
}
