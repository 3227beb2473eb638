// Home answers one question: what needs me? Open votes first, then what I was asked, what I am late
// with, and for those who lead: proposals that are owed a vote. Then what is new.
import { useSignal } from "@preact/signals";
import { lazy } from "preact-iso";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import { isFacilitator, isMember, me, session } from "../app/session";
import type { Organisation, PollCard, ProposalCard, Task } from "../generated/api";
import { language, pick, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { useTopic } from "../sync/feed";
import { call, connection, serverNow } from "../sync/socket";
import { PollTeaser } from "../poll/teaser";
import { ProposalRow, titleOf } from "../proposal/card";
import { TaskRow } from "../task/row";
import { isOverdue } from "../task/steps";
import { Icon } from "../ui/icons";
import { Empty, Loading } from "../ui/parts";
import "./home.css";

/** Few are asked something: it comes with its words when there is something. */
const AskedOfMe = lazy(
  async () => (await Promise.all([import("../proposal/asked"), words("proposal")]))[0],
);

/** Which of the open votes I have not voted in: asked once per vote. */
function useToVote(polls: PollCard[]) {
  const voted = useSignal<ReadonlyMap<string, "mine" | "done" | "other">>(new Map());
  const ids = polls.map((poll) => poll.id).join();
  const up = connection.value.state === "up";
  useEffect(() => {
    if (!up) return;
    for (const { id } of polls) {
      if (voted.peek().has(id)) continue;
      call("ballot.mine", { poll: id })
        .then((mine) => {
          const mayVote = mine.eligible || mine.reason === "no_key";
          const what = mine.counter > 0 ? "done" : mayVote ? "mine" : "other";
          voted.value = new Map([...voted.peek(), [id, what]]);
        })
        .catch(() => {});
    }
  }, [ids, up]);
  return {
    mine: polls.filter((poll) => voted.value.get(poll.id) === "mine"),
    done: polls.filter((poll) => voted.value.get(poll.id) === "done"),
    other: polls.filter((poll) => voted.value.get(poll.id) === "other"),
  };
}

function Welcome({ organisation }: { organisation: Organisation | undefined }) {
  const shown = useSignal(sessionStorage.getItem("palabre-welcome") === "1");
  if (!shown.value || !organisation) return null;
  const expected = pick(organisation.expectations);
  return (
    <section class="card welcome" aria-labelledby="welcome">
      <h2 id="welcome">{t("welcome-title", { name: me.value.name })}</h2>
      <p>{t("welcome-text")}</p>
      {expected.text && (
        <>
          <h3>{t("welcome-expected")}</h3>
          <p class="lines" lang={expected.lang}>
            {expected.text}
          </p>
        </>
      )}
      <button
        type="button"
        class="button"
        data-test="welcome-done"
        onClick={() => {
          sessionStorage.removeItem("palabre-welcome");
          shown.value = false;
        }}
      >
        {t("welcome-done")}
      </button>
    </section>
  );
}

function Owed({ cards }: { cards: ProposalCard[] }) {
  const owed = cards
    .filter((card) => card.state === "ready")
    .sort((a, b) => a.state_ms - b.state_ms);
  if (!isFacilitator.value || owed.length === 0) return null;
  return (
    <section aria-labelledby="owed">
      <h2 id="owed">
        <Icon name="ready" /> {t("home-owed")}
      </h2>
      <ul class="lines-list">
        {owed.slice(0, 6).map((card) => {
          const title = titleOf(card);
          return (
            <li key={card.id} data-test="home-owed">
              <a href={`/p/${card.number}`} lang={title.lang}>
                <bdi>{title.text}</bdi>
              </a>
              <a class="button small" href={`/v/new?about=${card.number}`}>
                {t("define-vote")}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Tasks({ tasks }: { tasks: Task[] }) {
  const now = serverNow();
  const mine = me.value.id;
  const isMine = (people: { id: string }[]) => people.some((person) => person.id === mine);
  const asked = tasks.filter((task) => task.state === "asked" && isMine(task.asked));
  const taken = tasks.filter((task) => task.state === "taken" && isMine(task.assignees));
  const late = taken.filter((task) => isOverdue(task, now));
  const due = (task: Task) => task.due_ms ?? Number.MAX_SAFE_INTEGER;
  const rest = taken.filter((task) => !late.includes(task)).sort((a, b) => due(a) - due(b));
  return (
    <>
      {asked.length > 0 && (
        <section aria-labelledby="asked">
          <h2 id="asked">
            <Icon name="talk" /> {t("home-asked")}
          </h2>
          {asked.map((task) => (
            <TaskRow key={task.id} id={task.id} test="home-task-asked" />
          ))}
        </section>
      )}
      {late.length > 0 && (
        <section aria-labelledby="late">
          <h2 id="late">
            <Icon name="warn" /> {t("home-late")}
          </h2>
          {late.map((task) => (
            <TaskRow key={task.id} id={task.id} test="home-task-overdue" />
          ))}
        </section>
      )}
      {rest.length > 0 && (
        <section aria-labelledby="mine">
          <h2 id="mine">
            <Icon name="task" /> {t("home-mine")}
          </h2>
          {rest.slice(0, 4).map((task) => (
            <TaskRow key={task.id} id={task.id} test="home-task-mine" />
          ))}
        </section>
      )}
    </>
  );
}

function needsNothing(polls: PollCard[], tasks: Task[], cards: ProposalCard[]): boolean {
  const mine = me.value.id;
  const busy = tasks.some(
    (task) =>
      (task.state === "asked" && task.asked.some((person) => person.id === mine)) ||
      (task.state === "taken" && task.assignees.some((person) => person.id === mine)),
  );
  const owed = isFacilitator.value && cards.some((card) => card.state === "ready");
  return polls.length === 0 && !busy && !owed;
}

function byClosing(a: PollCard, b: PollCard): number {
  const end = (poll: PollCard) => poll.closes_ms || Number.MAX_SAFE_INTEGER;
  return end(a) - end(b) || b.number - a.number;
}

export function Home() {
  const org = useTopic("org");
  const proposals = useTopic("proposals");
  const tasks = useTopic("tasks").all("task");
  const asked = useTopic("me").one("asked")?.items ?? [];
  const polls = org.all("poll_card");
  const open = polls.filter((poll) => poll.state === "open").sort(byClosing);
  const drafts = polls.filter((poll) => poll.state === "draft");
  const cards = proposals.all("proposal_card");
  const { mine, done, other } = useToVote(open);
  const newest = [...cards].sort((a, b) => b.number - a.number).slice(0, 6);
  const loading = org.state.value === "loading";
  const title = t("home-title", { name: session.value?.name.split(" ")[0] ?? "" });
  return (
    <Page name="home" title={title} wide>
      <Welcome organisation={org.one("organisation")} />
      {loading ? (
        <Loading />
      ) : (
        <div class="split even">
          <div class="split-main stack-wide">
            <h2 class="overline">{t("home-needs-you")}</h2>
            {mine.length > 0 && (
              <section aria-labelledby="open-votes">
                <h2 id="open-votes">
                  <Icon name="vote" /> {t("home-votes")}
                </h2>
                {mine.map((poll) => (
                  <PollTeaser key={poll.id} poll={poll} test="home-poll" />
                ))}
              </section>
            )}
            {asked.length > 0 && <AskedOfMe items={asked} />}
            <Tasks tasks={tasks} />
            <Owed cards={cards} />
            {isFacilitator.value && drafts.length > 0 && (
              <section aria-labelledby="drafts">
                <h2 id="drafts">{t("home-drafts")}</h2>
                {drafts.map((poll) => (
                  <PollTeaser key={poll.id} poll={poll} test="home-draft" />
                ))}
              </section>
            )}
            {asked.length === 0 && needsNothing(mine, tasks, cards) && (
              <Empty icon="done" text={t("home-nothing")}>
                {isMember.value && (
                  <a class="button primary" href="/p/new">
                    <Icon name="plus" /> {t("new-proposal")}
                  </a>
                )}
              </Empty>
            )}
          </div>
          <div class="split-side stack-wide">
            <h2 class="overline">{t("home-new")}</h2>
            <div class="list">
              {newest.map((card) => (
                <ProposalRow key={card.id} id={card.id} showState />
              ))}
            </div>
            {newest.length === 0 && <Empty icon="idea" text={t("proposals-none")} />}
            {done.length > 0 && (
              <section aria-labelledby="voted">
                <h2 id="voted">{t("home-voted")}</h2>
                {done.map((poll) => (
                  <PollTeaser key={poll.id} poll={poll} test="home-voted" />
                ))}
              </section>
            )}
            {other.length > 0 && (
              <section aria-labelledby="other-votes">
                <h2 id="other-votes">{t("home-other-votes")}</h2>
                {other.map((poll) => (
                  <PollTeaser key={poll.id} poll={poll} test="home-other" />
                ))}
              </section>
            )}
            <p>
              <a href="/p" lang={language.value}>
                {t("home-all-proposals")}
              </a>
            </p>
          </div>
        </div>
      )}
    </Page>
  );
}
