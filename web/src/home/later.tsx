// What home shows after what needs me: reviews that are due, newcomers, what was done this month. Comes after
// the page, with its words.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Decision, PollCard, ProposalCard, Task } from "../generated/api";
import { unbroken } from "../i18n/format";
import { number, pick, t } from "../i18n/i18n";
import { hasVoted } from "../practice/voted";
import { titleOf } from "../proposal/title";
import { useTopic } from "../sync/feed";
import { call, serverNow } from "../sync/socket";
import { Avatar, When } from "../ui/parts";
import { Icon } from "../ui/icons";

const most = 5;

/** For those who keep the register: decisions whose date of review has come. */
export function Reviews() {
  const waiting = useTopic("reviews")
    .all("decision")
    .sort((a, b) => (a.to_review_ms ?? 0) - (b.to_review_ms ?? 0));
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">
        <Icon name="clock" /> {t("home-reviews")}
      </h2>
      <ul class="lines-list">
        {waiting.slice(0, most).map((decision) => {
          const question = pick(decision.question);
          return (
            <li key={decision.id} data-test="home-review">
              <a href={`/d/${decision.number}`} lang={question.lang}>
                <bdi>{unbroken(question.text, question.lang)}</bdi>
              </a>
              <span class="hint">{decision.number}</span>
            </li>
          );
        })}
      </ul>
      {waiting.length > most && (
        <p>
          <a href="/d?review">{t("home-all-reviews", { count: waiting.length })}</a>
        </p>
      )}
    </section>
  );
}

export function Newcomers() {
  const org = useTopic("org");
  const weeks = org.one("organisation")?.settings.newcomer_weeks ?? 0;
  const since = serverNow() - weeks * 7 * 86_400_000;
  const members = (org.one("newcomers")?.members ?? []).filter((one) => one.joined_ms >= since);
  if (members.length === 0) return null;
  return (
    <section aria-labelledby="newcomers">
      <h2 id="newcomers">
        <Icon name="people" /> {t("home-newcomers")}
      </h2>
      <ul class="lines-list">
        {members.slice(0, most).map((one) => (
          <li key={one.id} data-test="home-newcomer">
            <a class="person" href={`/m/${one.number}`}>
              <Avatar person={one} small /> <bdi>{one.name}</bdi>
            </a>
            <span class="hint">
              <When ms={one.joined_ms} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Until this browser has seen a receipt of its own: a vote that decides nothing. */
export function TryVote() {
  if (hasVoted()) return null;
  return (
    <section aria-labelledby="try-vote">
      <h2 id="try-vote">
        <Icon name="vote" /> {t("home-practice")}
      </h2>
      <p>
        <a class="button quiet" href="/practice" data-test="home-practice">
          {t("home-practice-never")}
        </a>
      </p>
    </section>
  );
}

interface Done {
  key: string;
  href: string;
  icon: "flag" | "done" | "book";
  title: { text: string; lang: string };
  atMs: number;
}

function monthStart(): number {
  const now = new Date(serverNow());
  return new Date(now.getFullYear(), now.getMonth(), 1).getTime();
}

/** Decisions are read, not watched: again when a vote ends while the page is open. */
function useDecisions(polls: PollCard[]): Decision[] {
  const found = useSignal<Decision[]>([]);
  const open = polls.filter((poll) => poll.state === "open").length;
  useEffect(() => {
    call("decision.list", { limit: 20 })
      .then((answer) => {
        found.value = answer.items;
      })
      .catch(() => {});
  }, [open]);
  return found.value;
}

function doneThisMonth(cards: ProposalCard[], tasks: Task[], decisions: Decision[]): Done[] {
  const since = monthStart();
  const realised = cards
    .filter((card) => card.state === "realised" && card.state_ms >= since)
    .map((card) => ({
      ...{ key: card.id, href: `/p/${card.number}`, icon: "flag" as const },
      ...{ title: titleOf(card), atMs: card.state_ms },
    }));
  const finished = tasks
    .filter((task) => task.state === "done" && (task.done_ms ?? 0) >= since)
    .map((task) => ({
      ...{ key: task.id, href: `/t/${task.number}`, icon: "done" as const },
      ...{ title: { text: task.title, lang: task.language }, atMs: task.done_ms ?? 0 },
    }));
  const decided = decisions
    .filter((decision) => decision.recorded_ms >= since)
    .map((decision) => ({
      ...{ key: decision.id, href: `/d/${decision.number}`, icon: "book" as const },
      ...{ title: pick(decision.question), atMs: decision.recorded_ms },
    }));
  return [...realised, ...finished, ...decided].sort((a, b) => b.atMs - a.atMs);
}

export function Month() {
  const org = useTopic("org");
  const decisions = useDecisions(org.all("poll_card"));
  const cards = useTopic("proposals").all("proposal_card");
  const tasks = useTopic("tasks").all("task");
  const done = doneThisMonth(cards, tasks, decisions);
  const counts = { flag: 0, done: 0, book: 0 };
  for (const one of done) counts[one.icon]++;
  const figures: [number, string, string][] = [
    [counts.flag, "/p?view=list", t("home-month-realised", { count: counts.flag })],
    [counts.done, "/t?show=done", t("home-month-tasks", { count: counts.done })],
    [counts.book, "/d", t("home-month-decisions", { count: counts.book })],
  ];
  return (
    <section aria-labelledby="month" data-test="home-month">
      <h2 id="month">
        <Icon name="star" /> {t("home-month")} <span class="count">{number(done.length)}</span>
      </h2>
      {done.length === 0 && <p class="hint">{t("home-month-none")}</p>}
      <ul class="lines-list">
        {done.slice(0, most).map((one) => (
          <li key={one.key} data-test="home-done">
            <a class="person" href={one.href} lang={one.title.lang}>
              <Icon name={one.icon} size={18} /> <bdi>{one.title.text}</bdi>
            </a>
          </li>
        ))}
      </ul>
      {done.length > 0 && (
        <p class="meta">
          {figures
            .filter(([count]) => count > 0)
            .map(([, href, text]) => (
              <a key={href} href={href}>
                {text}
              </a>
            ))}
        </p>
      )}
    </section>
  );
}
