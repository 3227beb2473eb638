// Votes under way: what is asked, how many have voted, how long there is. Never how anybody voted; the result stands nowhere
// before it is revealed, unless the vote was made to be watched.
import type { Poll, Tally, Turnout } from "../generated/api";
import type { Watched } from "../sync/feed";
import { Icon } from "../ui/icons";
import { countdown } from "../meeting/words";
import { nowMs } from "./clock";
import { Count, Title } from "./faces";
import { Say } from "./say";
import { number, t } from "./words";

interface Voting {
  poll: Poll;
  turnout: Turnout | undefined;
  tally: Tally | undefined;
}

const partOf = (value: number, all: number): number =>
  all > 0 ? Math.min(100, (100 * value) / all) : 0;

/** Those who were there when it opened may vote, where that is allowed those who came since; the rest of the roll is not
 * waited for. */
const awaitedOf = ({ poll, turnout }: Voting): number =>
  poll.presence
    ? Math.max(poll.presence.opening.heads, turnout?.voted ?? 0)
    : (turnout?.entitled ?? poll.roll?.count ?? 0);

export function Bar({ part, mark, tone = "" }: { part: number; mark?: number; tone?: string }) {
  return (
    <div class={`bar ${tone}`} aria-hidden="true">
      <div class="bar-fill" style={{ width: `${part}%` }} />
      {mark !== undefined && <div class="bar-mark" style={{ left: `${mark}%` }} />}
    </div>
  );
}

function Closing({ poll }: { poll: Poll }) {
  if (poll.state !== "open")
    return (
      <p class="state-word" data-test="screen-closed">
        <Icon name="lock" size={0} /> <Say of={t("screen-vote-closed")} />
      </p>
    );
  if (!poll.closes_ms) return null;
  const left = Math.max(0, poll.closes_ms - nowMs());
  // Votes that end another day are no matter of minutes.
  if (left > 6 * 3_600_000) return null;
  return (
    <Count
      value={countdown(left)}
      label={t("screen-time-left")}
      tone={left < 30_000 ? "soon" : ""}
      test="screen-closes"
    />
  );
}

function Live({ tally }: { tally: Tally | undefined }) {
  if (tally?.yes === undefined) return null;
  const all = (tally.yes ?? 0) + (tally.no ?? 0);
  return (
    <div class="live">
      <p class="live-figures">
        <Icon name="yes" size={0} /> <Say of={t("screen-answer-yes")} line /> {number(tally.yes)}
        <span class="live-gap" />
        <Icon name="no" size={0} /> <Say of={t("screen-answer-no")} line /> {number(tally.no ?? 0)}
      </p>
      <Bar part={partOf(tally.yes, all)} tone="answers" />
    </div>
  );
}

function One(voting: Voting) {
  const { poll, turnout, tally } = voting;
  const voted = turnout?.voted ?? 0;
  const all = awaitedOf(voting);
  return (
    <>
      <Title of={poll.question} before={<Icon name="vote" size={0} />} />
      <div class="facts">
        <Count
          value={number(voted)}
          of={number(all)}
          label={t("screen-voted")}
          test="screen-turnout"
        />
        <Closing poll={poll} />
      </div>
      <Bar part={partOf(voted, all)} tone="turnout" />
      <Live tally={tally} />
    </>
  );
}

/** Up to five at once: a line for each. */
function Several({ votings }: { votings: readonly Voting[] }) {
  return (
    <ul class="votes">
      {votings.map((voting) => {
        const { poll, turnout } = voting;
        const all = awaitedOf(voting);
        const left = poll.closes_ms ? Math.max(0, poll.closes_ms - nowMs()) : undefined;
        return (
          <li key={poll.id} data-test="screen-vote">
            <p class="votes-question">
              <Say of={poll.question} />
              {left !== undefined && left < 6 * 3_600_000 && (
                <span class="votes-left">
                  <Icon name="clock" size={0} /> {countdown(left)}
                </span>
              )}
            </p>
            <p class="count">
              {number(turnout?.voted ?? 0)}
              <small> / {number(all)}</small>
            </p>
            <Bar part={partOf(turnout?.voted ?? 0, all)} tone="turnout" />
          </li>
        );
      })}
    </ul>
  );
}

export function Votes({ polls, watched }: { polls: readonly Poll[]; watched: Watched }) {
  const turnouts = watched.all("turnout");
  const tallies = watched.all("tally");
  const votings = polls.map((poll) => ({
    poll,
    turnout: turnouts.find(({ id }) => id === poll.id),
    tally: poll.state === "open" ? tallies.find(({ id }) => id === poll.id) : undefined,
  }));
  const [only] = votings;
  return votings.length === 1 && only ? <One {...only} /> : <Several votings={votings} />;
}
