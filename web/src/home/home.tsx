// Home answers one question: what needs me? Open votes first, then what I was asked, what I am late
// with, and for those who lead: proposals that are owed a vote, the latest first. At most five of each. Then
// what is new, and, once the page stands, notifications, newcomers and what was done this month.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Page } from "../app/page";
import { isFacilitator, isMember, isSecretary, me, session } from "../app/session";
import type { MeetingCard, Organisation, PollCard, ProposalCard, Task } from "../generated/api";
import { language, pick, relative, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { useTopic } from "../sync/feed";
import { call, serverNow } from "../sync/socket";
import { mayVote } from "../poll/may";
import { PollTeaser } from "../poll/teaser";
import { ProposalRow } from "../proposal/card";
import { titleOf } from "../proposal/title";
import { TaskRow } from "../task/row";
import { isAsked, isAssigned, isOpen, isOverdue } from "../task/steps";
import { Icon, type IconName } from "../ui/icons";
import { useLater } from "../ui/later";
import { Empty, Loading } from "../ui/parts";
import { useSlices } from "../ui/slices";
import "./home.css";

/** Which of the open votes I have not voted in: asked once per vote. */
function useToVote(polls: PollCard[]) {
  const voted = useSignal<ReadonlyMap<string, "mine" | "done" | "other">>(new Map());
  const asked = useRef(new Set<string>());
  const ids = polls.map((poll) => poll.id).join();
  useEffect(() => {
    for (const { id, number } of polls) {
      if (asked.current.has(id)) continue;
      asked.current.add(id);
      // In the words of app/early.ts, and before anything else: it is what a person comes for.
      call("ballot.mine", { poll: String(number) }, true)
        .then(
          (mine) => (mine.counter > 0 ? "done" : mayVote(mine) ? "mine" : "other"),
          // Refused: there is nothing to do about it, and the page does not wait for it.
          () => "other" as const,
        )
        .then((what) => {
          voted.value = new Map([...voted.peek(), [id, what]]);
        });
    }
  }, [ids]);
  return {
    known: polls.every((poll) => voted.value.has(poll.id)),
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
          <p class="lines" lang={expected.lang} dir="auto">
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

/** At most five, then a link to all of them. */
const most = 5;

function Section({
  id,
  icon,
  title,
  count,
  all,
  children,
}: {
  id: string;
  icon?: IconName;
  title: string;
  count: number;
  /** Where the others are. */
  all: string;
  children: ComponentChildren;
}) {
  if (count === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {icon && <Icon name={icon} />} {title}
      </h2>
      {children}
      {count > most && (
        <p>
          <a href={all} data-test={`all-${id}`}>
            {t("home-all", { count })}
          </a>
        </p>
      )}
    </section>
  );
}

const isOwed = ({ state, owed_ms }: ProposalCard): boolean =>
  state === "ready" && owed_ms !== undefined;

/** Those whose date has passed come first: they are owed the longest. */
function Owed({ cards }: { cards: ProposalCard[] }) {
  const now = serverNow();
  const until = (card: ProposalCard) => card.owed_ms ?? Number.MAX_SAFE_INTEGER;
  const owed = cards.filter(isOwed).sort((a, b) => until(a) - until(b));
  return (
    <Section id="owed" icon="ready" title={t("home-owed")} count={owed.length} all="/p">
      <ul class="lines-list">
        {owed.slice(0, most).map((card) => {
          const title = titleOf(card);
          const late = until(card) < now;
          return (
            <li key={card.id} data-test="home-owed" data-late={late}>
              <span>
                <a href={`/p/${card.number}`} lang={title.lang}>
                  <bdi>{title.text}</bdi>
                </a>
                <span class={late ? "hint late" : "hint"}>
                  {t(late ? "home-owed-late" : "home-owed-until", {
                    when: relative(until(card), now),
                  })}
                </span>
              </span>
              <a class="button small" href={`/v/new?about=${card.number}`}>
                {t("define-vote")}
              </a>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function TaskSection({
  tasks,
  ...rest
}: {
  tasks: Task[];
  id: string;
  icon: IconName;
  title: string;
  test: string;
}) {
  return (
    <Section {...rest} count={tasks.length} all="/t?show=mine">
      {tasks.slice(0, most).map((task) => (
        <TaskRow key={task.id} id={task.id} test={rest.test} />
      ))}
    </Section>
  );
}

function Tasks({ tasks }: { tasks: Task[] }) {
  const now = serverNow();
  const due = (task: Task) => task.due_ms ?? Number.MAX_SAFE_INTEGER;
  const inOrder = [...tasks].sort((a, b) => due(a) - due(b) || a.number - b.number);
  const asked = inOrder.filter((task) => isOpen(task) && isAsked(task));
  const taken = inOrder.filter((task) => task.state === "taken" && isAssigned(task));
  const late = taken.filter((task) => isOverdue(task, now));
  const rest = taken.filter((task) => !late.includes(task));
  return (
    <>
      <TaskSection
        {...{ id: "asked", icon: "talk", test: "home-task-asked", tasks: asked }}
        title={t("home-asked")}
      />
      <TaskSection
        {...{ id: "late", icon: "warn", test: "home-task-overdue", tasks: late }}
        title={t("home-late")}
      />
      <TaskSection
        {...{ id: "mine", icon: "task", test: "home-task-mine", tasks: rest }}
        title={t("home-mine")}
      />
    </>
  );
}

const awaitsMe = (task: Task): boolean =>
  isOpen(task) && (isAsked(task) || (task.state === "taken" && isAssigned(task)));

/** Few are asked something: it comes with its words when there is something. */
async function fetchAsked() {
  return (await Promise.all([import("../proposal/asked"), words("proposal")]))[0];
}
async function fetchLater() {
  return (await Promise.all([import("./later"), words("home")]))[0];
}
async function fetchFirst() {
  return (await Promise.all([import("../meeting/first"), words("home")]))[0];
}
async function fetchReplies() {
  return (await Promise.all([import("./replies"), words("home", "notify")]))[0];
}

/** The one under way, else the nearest of this month. */
const aheadMs = 31 * 86_400_000;
function firstOf(cards: MeetingCard[]): MeetingCard | undefined {
  const untilMs = serverNow() + aheadMs;
  return cards
    .filter(({ state, starts_ms }) => /open|planned/.test(state) && starts_ms < untilMs)
    .sort((a, b) => a.state.localeCompare(b.state) || a.starts_ms - b.starts_ms)[0];
}

/** Its room is kept until its words are here. */
function First({ meetings, polls }: { meetings: MeetingCard[]; polls: PollCard[] }) {
  const card = firstOf(meetings);
  const first = useLater(fetchFirst, card !== undefined);
  if (!card) return null;
  return (
    <section class={`card first-meeting ${card.state}`} data-test="first-meeting">
      {first && <first.FirstMeeting card={card} polls={polls} />}
    </section>
  );
}

function byClosing(a: PollCard, b: PollCard): number {
  const end = (poll: PollCard) => poll.closes_ms || Number.MAX_SAFE_INTEGER;
  return end(a) - end(b) || b.number - a.number;
}

export function Home() {
  const org = useTopic("org");
  const polls = org.all("poll_card");
  const open = polls.filter((poll) => poll.state === "open").sort(byClosing);
  const drafts = polls.filter((poll) => poll.state === "draft");
  const { mine, done, other, known } = useToVote(open);
  // The votes come first over a slow network: what is long waits for them, and nothing is drawn that they would move.
  const reached = useRef(false);
  reached.current ||= known && org.state.value !== "loading";
  // Then they are drawn one after the other, from above down, each in a frame of its own: none holds a slow phone up for long.
  const parts = useSlices(reached.current ? 4 : 1, 1);
  const after = (topic: string) => (reached.current ? topic : "");
  const watchedTasks = useTopic(after("tasks"));
  const tasks = watchedTasks.all("task");
  const own = useTopic(after("me"));
  const asked = own.one("asked")?.items ?? [];
  const proposals = useTopic(after("proposals"));
  const cards = proposals.all("proposal_card");
  const newest = [...cards].sort((a, b) => b.number - a.number).slice(0, most);
  const later = useLater(fetchLater);
  const told = useTopic(after("personal")).all("notification");
  const askedOfMe = useLater(fetchAsked, asked.length > 0);
  const replies = useLater(
    fetchReplies,
    told.some((one) => !one.read),
  );
  const loading = org.state.value === "loading";
  // That it is nothing is said only when all of it is here.
  const leads = isFacilitator.value;
  const keeps = leads || isSecretary.value;
  const reviews = useTopic(keeps ? after("reviews") : "");
  const nothing =
    known &&
    [org, own, watchedTasks, proposals, ...(keeps ? [reviews] : [])].every(
      ({ state }) => state.value === "complete",
    ) &&
    mine.length + asked.length + reviews.ids("decision").length === 0 &&
    !tasks.some(awaitsMe) &&
    !(leads && (drafts.length > 0 || cards.some(isOwed)));
  const title = t("home-title", { name: session.value?.name.split(" ")[0] ?? "" });
  return (
    <Page name="home" title={title} wide>
      <Welcome organisation={org.one("organisation")} />
      {loading ? (
        <Loading />
      ) : (
        <div class="split even">
          <div class="split-main stack-wide">
            <First meetings={org.all("meeting_card")} polls={polls} />
            <h2 class="overline">{t("home-needs-you")}</h2>
            <Section
              {...{ id: "open-votes", icon: "vote", count: mine.length, all: "/p" }}
              title={t("home-votes")}
            >
              {mine.slice(0, most).map((poll) => (
                <PollTeaser key={poll.id} poll={poll} test="home-poll" />
              ))}
            </Section>
            {asked.length > 0 && askedOfMe && <askedOfMe.AskedOfMe items={asked} />}
            {parts >= 2 && <Tasks tasks={tasks} />}
            {leads && parts >= 2 && <Owed cards={cards} />}
            {leads && parts >= 2 && (
              <Section id="drafts" title={t("home-drafts")} count={drafts.length} all="/p">
                {drafts.slice(0, most).map((poll) => (
                  <PollTeaser key={poll.id} poll={poll} test="home-draft" />
                ))}
              </Section>
            )}
            {later && keeps && <later.Reviews />}
            {!reached.current && <Loading />}
            {parts >= 2 && nothing && (
              <Empty icon="done" text={t("home-nothing")}>
                {isMember.value && (
                  <a class="button primary" href="/p/new">
                    <Icon name="plus" /> {t("new-proposal")}
                  </a>
                )}
              </Empty>
            )}
            {replies && <replies.Replies />}
          </div>
          <div class="split-side stack-wide" hidden={parts < 3}>
            <h2 class="overline">{t("home-new")}</h2>
            <div class="list">
              {newest.slice(0, parts < 4 ? 2 : most).map((card) => (
                <ProposalRow key={card.id} id={card.id} showState />
              ))}
            </div>
            {newest.length === 0 && proposals.state.value === "complete" && (
              <Empty icon="idea" text={t("proposals-none")} />
            )}
            <p>
              <a href="/p" lang={language.value}>
                {t("home-all-proposals")}
              </a>
            </p>
            {later && <later.Newcomers />}
            <Section id="voted" title={t("home-voted")} count={done.length} all="/p">
              {done.slice(0, most).map((poll) => (
                <PollTeaser key={poll.id} poll={poll} test="home-voted" />
              ))}
            </Section>
            <Section id="other-votes" title={t("home-other-votes")} count={other.length} all="/p">
              {other.slice(0, most).map((poll) => (
                <PollTeaser key={poll.id} poll={poll} test="home-other" />
              ))}
            </Section>
            {later && <later.Month />}
            {later && isMember.value && <later.TryVote />}
          </div>
        </div>
      )}
    </Page>
  );
}
