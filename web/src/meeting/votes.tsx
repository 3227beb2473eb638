// One vote of a meeting as members meet it there: the vote card, how many have voted, and the result once it is revealed.
import { useSignal } from "@preact/signals";
import type { Poll, Turnout } from "../generated/api";
import { unbroken } from "../i18n/format";
import { pick, t } from "../i18n/i18n";
import { VoteCard } from "../poll/card";
import { ResultView } from "../poll/result/view";
import { votedOf } from "../poll/turnout";
import { useTopic } from "../sync/feed";
import { Meter } from "../ui/parts";

function Voted({ turnout, poll }: { turnout: Turnout | undefined; poll: Poll }) {
  const { voted, all, said } = votedOf(poll, turnout);
  return (
    <div class="hall-turnout" data-test="hall-turnout" data-voted={voted}>
      <span>{said}</span>
      <Meter value={voted} total={all} tone="vote" />
    </div>
  );
}

export function HallVote({ number }: { number: number }) {
  const watched = useTopic(`poll/${number}`);
  const settled = useSignal(false);
  const poll = watched.one("poll");
  if (!poll) return <div class="card vote-place" />;
  const question = pick(poll.question);
  const turnout = watched.all("turnout").find((one) => one.id === poll.id);
  return (
    <div class="hall-vote" data-test="hall-vote" data-number={number}>
      {poll.result && (
        <section class="card outcome" aria-label={t("result-title")}>
          <h3 lang={question.lang}>
            <bdi>{unbroken(question.text, question.lang)}</bdi>
          </h3>
          <ResultView result={poll.result} subject={poll} />
        </section>
      )}
      <VoteCard poll={poll} settled={settled} within />
      {poll.state !== "cancelled" && <Voted turnout={turnout} poll={poll} />}
    </div>
  );
}
