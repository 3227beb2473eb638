// One proposal: text, support, steps, votes, decision, to-dos and discussion; one page, one history.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { Page } from "../app/page";
import { isFacilitator, isMember, me } from "../app/session";
import type { PollCard, Proposal, ProposalCard, Supporters } from "../generated/api";
import { isLanguage, language, languageNames, number, pick, t } from "../i18n/i18n";
import { useTopic, type Watched } from "../sync/feed";
import { PollTeaser } from "../poll/teaser";
import { NewTask } from "../task/new";
import { TaskRow } from "../task/row";
import { Icon } from "../ui/icons";
import { Markdown } from "../ui/markdown";
import { Ask, Avatar, By, Chip, Loading, Meter, Name, NotThere, When } from "../ui/parts";
import { act } from "../ui/toast";
import { StateChip } from "./card";
import { Discussion } from "./discussion";
import { Revision } from "./revise";
import { look, road, roadStep, type Step, stateKey, stepsFrom } from "./states";
import "./proposal.css";

/** Every step as a mark, in words the one where the proposal stands (the others on pointing). */
function Road({ state }: { state: string }) {
  const at = roadStep(state);
  return (
    <ol class="road" aria-label={t("road-label")}>
      {road.map((step, index) => {
        const current = index === at;
        const shown = current ? state : step;
        const word = shown === step ? t(`road-${step}`) : t(stateKey(shown));
        return (
          <li
            key={step}
            class={index < at ? "past" : current ? `now ${look(state).tone}` : "ahead"}
            aria-current={current ? "step" : undefined}
          >
            <span class="road-mark" title={current ? undefined : word}>
              <Icon name={look(shown).icon} size={16} />
              <span class={current ? "road-word" : "hidden"}>{word}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

type Translation = Proposal["translations"][number];
type Version = Pick<Translation, "language" | "title" | "need" | "text" | "stale"> & {
  by?: Translation["by"];
};
function versionsOf(proposal: Proposal): Version[] {
  const { language: lang, title, need, text } = proposal;
  return [{ language: lang, title, need, text }, ...proposal.translations];
}

function Languages({
  versions,
  shown,
  onChoose,
}: {
  versions: Version[];
  shown: Version;
  onChoose: (language: string) => void;
}) {
  if (versions.length < 2) return null;
  return (
    <fieldset class="languages inline" aria-label={t("text-languages")}>
      {versions.map((version) => (
        <button
          key={version.language}
          type="button"
          lang={version.language}
          aria-pressed={version.language === shown.language}
          onClick={() => onChoose(version.language)}
        >
          {isLanguage(version.language) ? languageNames[version.language] : version.language}
        </button>
      ))}
      {shown.by !== undefined && (
        <span class="hint">
          {t("translated-by")} <By by={shown.by} />
          {shown.stale && ` · ${t("translation-stale")}`}
        </span>
      )}
    </fieldset>
  );
}

function Source({ proposal }: { proposal: Proposal }) {
  const source = proposal.source;
  if (!source) return null;
  return (
    <p class="notice source">
      <Icon name="globe" size={18} />
      <span>
        {t("source-figures", { supports: source.supports, comments: source.comments })}
        {source.url && /^https?:\/\//.test(source.url) && (
          <>
            {" "}
            <a href={source.url} rel="noopener noreferrer nofollow" target="_blank">
              {new URL(source.url).hostname}
            </a>
          </>
        )}
      </span>
    </p>
  );
}

function Help({ id, mine }: { id: string; mine: { help?: string | undefined } }) {
  const help = useSignal(mine.help ?? "");
  const saved = help.value.trim() === (mine.help ?? "");
  return (
    <form
      class="row help"
      onSubmit={(event) => {
        event.preventDefault();
        const text = help.value.trim().normalize("NFC");
        act("proposal.support", { id, on: true, help: text || undefined }, { done: t("saved") });
      }}
    >
      <label class="grow">
        <span class="hidden">{t("support-help")}</span>
        <input
          type="text"
          maxLength={300}
          placeholder={t("support-help")}
          value={help.value}
          onInput={(event) => {
            help.value = event.currentTarget.value;
          }}
        />
      </label>
      {!saved && (
        <button type="submit" class="button small">
          {t("save")}
        </button>
      )}
    </form>
  );
}

function SupportBox({
  card,
  supporters,
  authors,
}: {
  card: ProposalCard;
  supporters: Supporters | undefined;
  authors: { id: string }[];
}) {
  const busy = useSignal(false);
  const items = supporters?.items ?? [];
  const mine = items.find((item) => item.member.id === me.value.id);
  const isAuthor = authors.some((author) => author.id === me.value.id);
  const open = ["idea", "discussed", "ready"].includes(card.state);
  const toggle = async () => {
    const on = !mine;
    const id = card.id;
    busy.value = true;
    await act(
      "proposal.support",
      { id, on },
      {
        done: on ? t("support-on") : t("support-off"),
        undo: () => act("proposal.support", { id, on: !on }),
      },
    );
    busy.value = false;
  };
  return (
    <section class="card box support" aria-labelledby="support">
      <h2 id="support">{t("support-title")}</h2>
      <p class="big-figure" data-test="support-count" data-count={card.supports}>
        <strong>{number(card.supports)}</strong> {t("support-word", { count: card.supports })}
      </p>
      {card.state === "idea" && (
        <>
          <Meter value={card.supports} total={Math.max(1, card.threshold)} />
          <p class="hint">
            {t("support-needed", { count: Math.max(0, card.threshold - card.supports) })}
          </p>
        </>
      )}
      {isMember.value && open && !isAuthor && (
        <button
          type="button"
          class={`button ${mine ? "pressed" : "primary"}`}
          aria-pressed={mine !== undefined}
          data-test="support-button"
          disabled={busy.value}
          onClick={toggle}
        >
          <Icon name="heart" /> {mine ? t("supporting") : t("support")}
        </button>
      )}
      {mine && open && <Help id={card.id} mine={mine} />}
      {items.length > 0 && (
        <ul class="supporters">
          {items.slice(0, 60).map((item) => (
            <li key={item.member.id}>
              <Avatar person={item.member} small /> <Name person={item.member} />
              {item.help && <span class="hint"> · {item.help}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function NextStep({ id, step }: { id: string; step: Step }) {
  const reason = useSignal("");
  const go = () =>
    act("proposal.mark", {
      id,
      state: step.to,
      reason: step.reason ? reason.value.trim() : undefined,
    });
  if (!step.reason)
    return (
      <button type="button" class="button" data-test={step.key} onClick={go}>
        {t(`step-${step.key}`)}
      </button>
    );
  return (
    <Ask
      label={t(`step-${step.key}`)}
      question={t("step-ask")}
      confirm={t(`step-${step.key}`)}
      tone="quiet"
      test={step.key}
      disabled={!reason.value.trim()}
      onConfirm={go}
    >
      <label>
        {t("reason-label")}
        <input
          type="text"
          maxLength={1000}
          data-test="mark-reason"
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
    </Ask>
  );
}

function Next({ proposal, polls }: { proposal: Proposal; polls: PollCard[] }) {
  const author = proposal.authors.some((person) => person.id === me.value.id);
  const facilitator = isFacilitator.value;
  const imported = proposal.source !== undefined;
  // Nobody here wrote an imported text: a facilitator speaks for it.
  const who = { author: author || (imported && facilitator), facilitator };
  const steps = stepsFrom(proposal.state, who);
  const pending = polls.some((poll) => ["draft", "open"].includes(poll.state));
  const vote = facilitator && proposal.state === "ready" && !pending;
  if (steps.length === 0 && !vote) return null;
  return (
    <section class="card box" aria-labelledby="next">
      <h2 id="next">{t("next-title")}</h2>
      <p class="hint">{t(`next-${proposal.state.replace("_", "-")}`)}</p>
      <div class="stack">
        {vote && (
          <a
            class="button primary"
            data-test="define-vote"
            href={`/v/new?about=${proposal.number}`}
          >
            <Icon name="vote" /> {t("define-vote")}
          </a>
        )}
        {steps.map((step) => (
          <NextStep key={step.to} id={proposal.id} step={step} />
        ))}
      </div>
    </section>
  );
}

function Votes({ polls, watched }: { polls: PollCard[]; watched: Watched }) {
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

function Tasks({ proposal, watched }: { proposal: Proposal; watched: Watched }) {
  const tasks = watched.all("task").sort((a, b) => a.number - b.number);
  const decisions = watched.all("decision");
  const decision = decisions[decisions.length - 1];
  const ripe = ["adopted", "in_progress"].includes(proposal.state);
  if (tasks.length === 0 && !ripe) return null;
  const from = decision
    ? ({ kind: "decision", id: decision.id } as const)
    : ({ kind: "proposal", id: proposal.id } as const);
  return (
    <section class="card box" aria-labelledby="tasks">
      <h2 id="tasks">{t("tasks-title")}</h2>
      {tasks.map((task) => (
        <TaskRow key={task.id} id={task.id} origin={false} />
      ))}
      {ripe && <NewTask from={from} />}
    </section>
  );
}

function History({ proposal }: { proposal: Proposal }) {
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
            {step.reason && <span class="hint"> {step.reason}</span>}
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

function Text({ proposal }: { proposal: Proposal }) {
  const chosen = useSignal("");
  const editing = useSignal(false);
  const versions = versionsOf(proposal);
  const own = versions.find((version) => version.language === language.value && !version.stale);
  const shown = versions.find((version) => version.language === chosen.value) ?? own ?? versions[0];
  if (!shown) return null;
  const isAuthor = proposal.authors.some((author) => author.id === me.value.id);
  const mayEdit = isAuthor && ["idea", "discussed"].includes(proposal.state);
  if (editing.value)
    return (
      <Revision
        proposal={proposal}
        onDone={() => {
          editing.value = false;
        }}
      />
    );
  return (
    <div class="text">
      <h1 lang={shown.language} data-test="proposal-heading">
        <bdi>{shown.title}</bdi>
      </h1>
      <p class="meta">
        {proposal.authors.map((author) => (
          <span class="person" key={author.id}>
            <Avatar person={author} small /> <Name person={author} />
          </span>
        ))}
        <When ms={proposal.source?.at_ms ?? proposal.created_ms} date />
        {proposal.themes.map((theme) => (
          <ThemeChip key={theme} theme={theme} />
        ))}
      </p>
      <Source proposal={proposal} />
      <Languages
        versions={versions}
        shown={shown}
        onChoose={(code) => {
          chosen.value = code;
        }}
      />
      <p class="need" lang={shown.language}>
        {shown.need}
      </p>
      {shown.text && <Markdown text={shown.text} lang={shown.language} />}
      {mayEdit && (
        <button
          type="button"
          class="button quiet small"
          data-test="revise"
          onClick={() => {
            editing.value = true;
          }}
        >
          {t("revise")}
        </button>
      )}
    </div>
  );
}

function ThemeChip({ theme }: { theme: string }) {
  const themes = useTopic("org").one("organisation")?.settings.themes;
  const label = themes?.find((one) => one.key === theme)?.label;
  return <Chip>{pick(label).text || theme}</Chip>;
}

export default function ProposalPage() {
  const { params } = useRoute();
  const watched = useTopic(`proposal/${params.number}`);
  const proposal = watched.one("proposal");
  const card = watched.all("proposal_card").find((one) => one.id === proposal?.id);
  if (watched.state.value === "closed")
    return (
      <Page name="proposal" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  if (!proposal || !card)
    return (
      <Page name="proposal" title={t("proposals-title")} heading={false}>
        <Loading />
      </Page>
    );
  const polls = watched.all("poll_card").sort((a, b) => b.number - a.number);
  const supporters = watched.all("supporters").find((one) => one.id === proposal.id);
  return (
    <Page name="proposal" title={proposal.title} heading={false} wide>
      <p class="crumbs">
        <a href="/p">{t("proposals-title")}</a> <span aria-hidden="true">›</span>{" "}
        <span>#{number(proposal.number)}</span>
        <StateChip state={proposal.state} test="proposal-state" />
      </p>
      <div class="split talk">
        <div class="split-main">
          <Text key={proposal.id} proposal={proposal} />
        </div>
        <aside class="split-side">
          <Road state={proposal.state} />
          <Votes polls={polls} watched={watched} />
          <SupportBox card={card} supporters={supporters} authors={proposal.authors} />
          <Next proposal={proposal} polls={polls} />
          <Tasks proposal={proposal} watched={watched} />
          <History proposal={proposal} />
        </aside>
        <div class="split-talk">
          <Discussion watched={watched} proposal={proposal.id} />
        </div>
      </div>
    </Page>
  );
}
