// Votes under way: what is asked, how many have voted, how long there is. Never how anybody voted; the result stands nowhere
// before it is revealed, unless the vote was made to be watched.
import type { Poll, Tally, Turnout } from "../generated/api";
import type { Watched } from "../sync/feed";
import { Icon, type IconName } from "../ui/icons";
import { countdown, voteLeft } from "../meeting/words";
import { nowMs } from "./clock";
import { Count, Title } from "./faces";
import { plain, Say } from "./say";
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

/** Those who come later may vote too: who was there when it opened is no whole that the voters are part of. */
const ofThose = ({ presence, params }: Poll): boolean =>
  !presence || !params.flags?.includes("late");

/** What stands after the numbers. */
const wordsOf = (poll: Poll, voted: number) => {
  const there = poll.presence?.opening.heads;
  if (there === undefined) return t("screen-voted", { voted });
  if (there === 0 && voted === 0 && ofThose(poll)) return t("screen-voted-nobody");
  return t(ofThose(poll) ? "screen-voted-present" : "screen-voted-late", { count: there, voted });
};

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
  const left = voteLeft(poll, nowMs());
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

export type Answer = [word: string, icon: IconName, value: number];

export function Answers({ answers, test }: { answers: readonly Answer[]; test: string }) {
  return (
    <ul class="answers" data-test={test}>
      {answers.map(([word, icon, value]) => (
        <li key={word} class={`answer ${word}`}>
          <p class="count">{number(value)}</p>
          <p class="fact-label">
            <Icon name={icon} size={0} /> <Say of={t(`screen-answer-${word}`)} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Live({ tally }: { tally: Tally | undefined }) {
  if (tally?.yes === undefined) return null;
  const { yes, no = 0 } = tally;
  return (
    <>
      <Answers
        answers={[
          ["yes", "yes", yes],
          ["no", "no", no],
        ]}
        test="screen-live"
      />
      <Bar part={partOf(yes, yes + no)} tone="answers" />
    </>
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
          of={ofThose(poll) && all > 0 ? number(all) : undefined}
          label={wordsOf(poll, voted)}
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
        const left = poll.closes_ms ? voteLeft(poll, nowMs()) : undefined;
        return (
          <li key={poll.id} data-test="screen-vote">
            <p class="votes-question">
              <Say of={poll.question} />
            </p>
            <p class="count">
              {number(turnout?.voted ?? 0)}
              {ofThose(poll) && all > 0 && <small> / {number(all)}</small>}
            </p>
            <p class="votes-facts">
              {left !== undefined && left < 6 * 3_600_000 && (
                <span class="votes-left">
                  <Icon name="clock" size={0} /> {countdown(left)}
                </span>
              )}
              {plain(wordsOf(poll, turnout?.voted ?? 0))}
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
