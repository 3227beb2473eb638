// One vote: the card, turnout, the result, and for those who lead it opening, closing, extending.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import { isFacilitator, me } from "../app/session";
import type { Poll, Tally, Turnout } from "../generated/api";
import { Discussion } from "../discussion/discussion";
import { number, pick, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { useTopic, type Watched } from "../sync/feed";
import { titleOf } from "../proposal/card";
import { TaskRow } from "../task/row";
import { Icon } from "../ui/icons";
import { useLater } from "../ui/later";
import { Ask, By, Loading, Meter, NotThere, When } from "../ui/parts";
import { TellPeople } from "../ui/tell/tell";
import { toldPoll } from "../ui/tell/told";
import { act, announce } from "../ui/toast";
import { Reason } from "../ui/reason";
import { VoteCard } from "./card";
import { closingDefault, fromLocal, toLocal } from "./dates";
import { ResultView } from "./result";
import { Voters } from "./voters";
import "./poll.css";

function TurnoutBox({ turnout, poll }: { turnout: Turnout | undefined; poll: Poll }) {
  const voted = turnout?.voted ?? 0;
  const entitled = turnout?.entitled ?? poll.roll?.count ?? 0;
  useEffect(() => {
    if (poll.state === "open" && voted > 0)
      announce("turnout", t("turnout-said", { voted, entitled }));
  }, [voted, entitled, poll.state]);
  if (poll.state === "draft" || poll.state === "cancelled") return null;
  return (
    <section class="card box" aria-labelledby="turnout">
      <h2 id="turnout">{t("turnout-title")}</h2>
      <p class="big-figure" data-test="turnout" data-voted={voted} data-entitled={entitled}>
        <strong>{number(voted)}</strong> {t("turnout-of", { entitled })}
      </p>
      <Meter value={voted} total={entitled} tone="vote" />
      {!poll.show_live && poll.state === "open" && <p class="hint">{t("result-hidden")}</p>}
    </section>
  );
}

function Live({ tally }: { tally: Tally | undefined }) {
  if (!tally) return null;
  return (
    <section class="card box" aria-labelledby="live">
      <h2 id="live">{t("tally-title")}</h2>
      <ul class="tally">
        {(["yes", "no", "abstain", "blank"] as const).map((choice) => (
          <li key={choice}>
            <span>{t(`choice-${choice}`)}</span> <strong>{number(tally[choice])}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Extend({ poll }: { poll: Poll }) {
  const closes = useSignal(toLocal((poll.closes_ms || closingDefault()) + 2 * 86_400_000));
  const reason = useSignal("");
  return (
    <Ask
      label={t("extend-vote")}
      question={t("extend-ask")}
      confirm={t("extend-vote")}
      tone="quiet"
      test="extend-vote"
      disabled={!reason.value.trim()}
      onConfirm={() =>
        act("poll.extend", {
          ...{ id: poll.id, closes: fromLocal(closes.value), reason: reason.value.trim() },
        })
      }
    >
      <label>
        {t("closes-label")}
        <input
          type="datetime-local"
          value={closes.value}
          onInput={(event) => {
            closes.value = event.currentTarget.value;
          }}
        />
      </label>
      <Reason reason={reason} test="extend-reason" />
    </Ask>
  );
}

function Cancel({ poll }: { poll: Poll }) {
  const reason = useSignal("");
  return (
    <Ask
      label={t("cancel-vote")}
      question={t("cancel-vote-ask")}
      confirm={t("cancel-vote")}
      tone="quiet"
      test="cancel-vote"
      disabled={!reason.value.trim()}
      onConfirm={() => act("poll.cancel", { id: poll.id, reason: reason.value.trim() })}
    >
      <Reason reason={reason} test="cancel-reason" />
    </Ask>
  );
}

async function fetchNotice() {
  return (await Promise.all([import("../practice/notice"), words("practice")]))[0];
}

/** Who coordinates every group that a vote asks. */
function useCoordinates(poll: Poll): boolean {
  const groups = useTopic(poll.groups ? "groups" : "").all("group");
  return (
    poll.poll_kind === "decision" &&
    (poll.groups ?? []).length > 0 &&
    (poll.groups ?? []).every((one) =>
      groups
        .find((group) => group.id === one.id)
        ?.coordinators.some((person) => person.id === me.value.id),
    )
  );
}

function Lead({ poll, turnout }: { poll: Poll; turnout: Turnout | undefined }) {
  const maker = typeof poll.by === "object" ? poll.by.id : "";
  const straw = poll.poll_kind === "straw" && maker === me.value.id;
  const coordinates = useCoordinates(poll);
  if (poll.standing) return null;
  if (!isFacilitator.value && !straw && !coordinates) return null;
  if (poll.state !== "draft" && poll.state !== "open") return null;
  const { id } = poll;
  const missing = (turnout?.entitled ?? 0) - (turnout?.voted ?? 0);
  return (
    <section class="card box" aria-labelledby="lead">
      <h2 id="lead">{t("lead-title")}</h2>
      <div class="stack">
        {poll.state === "draft" && (
          <Ask
            label={t("open-vote")}
            question={t("open-vote-ask")}
            confirm={t("open-vote")}
            test="open-vote"
            onConfirm={() => act("poll.open", { id })}
          />
        )}
        {poll.state === "open" && (
          <>
            <Ask
              label={t("close-vote")}
              question={
                missing > 0 ? t("close-vote-missing", { count: missing }) : t("close-vote-ask")
              }
              confirm={t("close-vote")}
              test="close-vote"
              onConfirm={() => act("poll.close", { id })}
            />
            {!poll.extended && <Extend poll={poll} />}
          </>
        )}
        <Cancel poll={poll} />
      </div>
    </section>
  );
}

function About({ poll, watched }: { poll: Poll; watched: Watched }) {
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

function Outcome({ poll, watched }: { poll: Poll; watched: Watched }) {
  const decision = watched.one("decision");
  const tasks = watched.all("task");
  if (!poll.result) return null;
  return (
    <section class="card outcome" aria-labelledby="outcome">
      <h2 id="outcome">{t("result-title")}</h2>
      <ResultView result={poll.result} />
      {decision && (
        <p class="decision-link">
          <Icon name="book" size={20} />
          <a href={`/d/${decision.number}`} data-test="decision-number">
            {t("decision-number", { number: decision.number })}
          </a>
        </p>
      )}
      {poll.mode === "named" && <Voters poll={poll} />}
      {tasks.map((task) => (
        <TaskRow key={task.id} id={task.id} />
      ))}
    </section>
  );
}

function Dates({ poll }: { poll: Poll }) {
  return (
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
  );
}

export default function PollPage() {
  const { params } = useRoute();
  const watched = useTopic(`poll/${params.number}`);
  const poll = watched.one("poll");
  const notice = useLater(fetchNotice, poll?.poll_kind === "practice");
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
        {poll.about[0] ? (
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
          <Outcome poll={poll} watched={watched} />
          {notice && <notice.PracticeNotice poll={poll} />}
          <VoteCard key={poll.id} poll={poll} />
          <Dates poll={poll} />
        </div>
        <aside class="split-side">
          <TurnoutBox turnout={turnout} poll={poll} />
          {poll.state !== "draft" && <TellPeople told={toldPoll(poll)} />}
          <Live tally={tally} />
          <Lead poll={poll} turnout={turnout} />
          <About poll={poll} watched={watched} />
        </aside>
        <div class="split-talk">
          <Discussion watched={watched} kind="poll" id={poll.id} />
        </div>
      </div>
    </Page>
  );
}
