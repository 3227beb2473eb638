// What became of a proposal: votes, decisions, to-dos, and its history.
import { isFacilitator, me } from "../app/session";
import type { PollCard, Proposal, ProposalCard } from "../generated/api";
import { t } from "../i18n/i18n";
import { PollTeaser } from "../poll/teaser";
import type { Watched } from "../sync/feed";
import { NewTask } from "../task/new";
import { AllDone, Progress } from "../task/progress";
import { TaskRow } from "../task/row";
import { Icon } from "../ui/icons";
import { By, When } from "../ui/parts";
import { stateKey } from "./states";

export function Votes({ polls, watched }: { polls: PollCard[]; watched: Watched }) {
  const decisions = watched.all("decision");
  if (polls.length === 0 && decisions.length === 0) return null;
  return (
    <section class="card box" aria-labelledby="votes">
      <h2 id="votes">{t("votes-title")}</h2>
      {polls.map((poll) => (
        <PollTeaser key={poll.id} poll={poll} test="proposal-poll" />
      ))}
      {decisions.map((decision) => (
        <p key={decision.id} class="decision-link">
          <Icon name="book" size={18} />
          <a href={`/d/${decision.number}`} data-test="decision-number">
            {t("decision-number", { number: decision.number })}
          </a>
          <span>{t(`verdict-${decision.result.verdict.replace(/_/g, "-")}`)}</span>
        </p>
      ))}
    </section>
  );
}

/** Whoever may say that it is realised is asked once everything is done. */
function asksRealised(proposal: Proposal, card: ProposalCard | undefined): boolean {
  const isAuthor = proposal.authors.some((author) => author.id === me.value.id);
  const { total, done } = card?.tasks ?? { total: 0, done: 0 };
  const underWay = ["adopted", "in_progress"].includes(proposal.state);
  return underWay && total > 0 && done === total && (isAuthor || isFacilitator.value);
}

export function Tasks({ proposal, watched }: { proposal: Proposal; watched: Watched }) {
  const tasks = watched.all("task").sort((a, b) => a.number - b.number);
  const decisions = watched.all("decision");
  const decision = decisions[decisions.length - 1];
  const card = watched.all("proposal_card").find((one) => one.id === proposal.id);
  const ripe = ["adopted", "in_progress"].includes(proposal.state);
  if (tasks.length === 0 && !ripe) return null;
  const from = decision
    ? ({ kind: "decision", id: decision.id } as const)
    : ({ kind: "proposal", id: proposal.id } as const);
  return (
    <section class="card box" aria-labelledby="tasks">
      <h2 id="tasks">{t("tasks-title")}</h2>
      {card && <Progress tasks={card.tasks} />}
      {asksRealised(proposal, card) && <AllDone proposal={proposal.id} />}
      {tasks.map((task) => (
        <TaskRow key={task.id} id={task.id} origin={false} />
      ))}
      {ripe && <NewTask from={from} />}
    </section>
  );
}

export function History({ proposal }: { proposal: Proposal }) {
  return (
    <details class="card box history">
      <summary>{t("history-title")}</summary>
      <ol>
        <li>
          <When ms={proposal.source?.at_ms ?? proposal.created_ms} date /> {t("history-created")}{" "}
          <By by={proposal.authors[0]} />
        </li>
        {proposal.history.map((step) => (
          <li key={`${step.at_ms}${step.to}`}>
            <When ms={step.at_ms} date /> {t(stateKey(step.to))} · <By by={step.by} />
            {step.reason && (
              <span class="hint" dir="auto">
                {" "}
                {step.reason}
              </span>
            )}
          </li>
        ))}
        {proposal.versions.length > 1 &&
          proposal.versions.slice(1).map((version) => (
            <li key={`v${version.version}`}>
              <When ms={version.at_ms} date /> {t("history-version", { version: version.version })}{" "}
              · <By by={version.by} />
            </li>
          ))}
      </ol>
    </details>
  );
}
