// One vote: the card and turnout. What not every voter waits for comes after them: the result, what those who lead
// it may do, showing it to others, the discussion.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import type { Poll, Turnout } from "../generated/api";
import { number, pick, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { useTopic } from "../sync/feed";
import { useLater } from "../ui/later";
import { Loading, Meter, NotThere } from "../ui/parts";
import { announce } from "../ui/toast";
import { VoteCard } from "./card";
import { votedOf } from "./turnout";

function TurnoutBox({ turnout, poll }: { turnout: Turnout | undefined; poll: Poll }) {
  const { voted, all, before, words, said } = votedOf(poll, turnout);
  useEffect(() => {
    if (poll.state === "open" && voted > 0) announce("turnout", said);
  }, [said, poll.state]);
  if (poll.state === "draft" || poll.state === "cancelled") return null;
  return (
    <section class="card box" aria-labelledby="turnout">
      <h2 id="turnout">{t("turnout-title")}</h2>
      <p class="big-figure" data-test="turnout" data-voted={voted} data-all={all}>
        {before}
        <strong>{number(voted)}</strong> {words}
      </p>
      <Meter value={voted} total={all} tone="vote" />
      {!poll.show_live && poll.state === "open" && <p class="hint">{t("result-hidden")}</p>}
    </section>
  );
}

async function fetchNotice() {
  return (await Promise.all([import("../practice/notice"), words("practice")]))[0];
}
async function fetchRest() {
  return (await Promise.all([import("./rest"), words("pages", "discussion")]))[0];
}

async function fetchConsent() {
  return (await Promise.all([import("../consent/life"), words("consent", "discussion")]))[0];
}

export default function PollPage() {
  const { params } = useRoute();
  const watched = useTopic(`poll/${params.number}`);
  const poll = watched.one("poll");
  const notice = useLater(fetchNotice, poll?.poll_kind === "practice");
  const rest = useLater(fetchRest);
  const consent = useLater(fetchConsent, poll?.method === "consent");
  // What stands below the card comes once the card has its height: nothing moves under a finger.
  const settled = useSignal(false);
  if (watched.state.value === "closed")
    return (
      <Page name="poll" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  if (!poll)
    return (
      <Page name="poll" title={t("vote-title")} heading={false}>
        <Loading />
      </Page>
    );
  const turnout = watched.all("turnout").find((one) => one.id === poll.id);
  const tally = watched.all("tally").find((one) => one.id === poll.id);
  const question = pick(poll.question).text;
  return (
    <Page name="poll" title={question} heading={false} wide>
      <p class="crumbs">
        {poll.meeting ? (
          <a href={`/meetings/${poll.meeting.number}`}>{t("vote-in-meeting")}</a>
        ) : poll.about[0] ? (
          <a href={`/p/${poll.about[0].number}`}>
            {t("proposal-number", { number: poll.about[0].number })}
          </a>
        ) : (
          <a href="/p">{t("proposals-title")}</a>
        )}{" "}
        <span aria-hidden="true">›</span> <span>{t("vote-number", { number: poll.number })}</span>
      </p>
      <div class="split talk">
        <div class="split-main">
          {rest && <rest.Outcome poll={poll} watched={watched} />}
          {notice && <notice.PracticeNotice poll={poll} />}
          <VoteCard key={poll.id} poll={poll} settled={settled} />
          {rest && settled.value && <rest.Dates poll={poll} />}
          {settled.value && consent && <consent.ConsentLife poll={poll} />}
        </div>
        <aside class="split-side" hidden={!settled.value}>
          <TurnoutBox turnout={turnout} poll={poll} />
          {rest && poll.state !== "draft" && <rest.TellPeople told={rest.toldPoll(poll)} />}
          {rest && <rest.Live tally={tally} poll={poll} />}
          {rest && <rest.Wish poll={poll} />}
          {rest && <rest.Lead poll={poll} turnout={turnout} />}
          {rest && <rest.About poll={poll} watched={watched} />}
        </aside>
        <div class="split-talk" hidden={!settled.value}>
          {rest ? <rest.Discussion watched={watched} kind="poll" id={poll.id} /> : <Loading />}
        </div>
      </div>
    </Page>
  );
}
