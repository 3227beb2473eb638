// One decision: what was asked, how it was decided with every figure, and what is being done about it.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import { isFacilitator, isSecretary } from "../app/session";
import { Attached } from "../file/attached";
import { Discussion } from "../discussion/discussion";
import { unbroken } from "../i18n/format";
import { pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { NewTask } from "../task/new";
import { Progress } from "../task/progress";
import { TaskRow } from "../task/row";
import { ResultView } from "../poll/result/view";
import type { Poll } from "../generated/api";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { By, Empty, Loading, NotThere, When } from "../ui/parts";
import { Became, ReviewDate } from "./review";
import "./decision.css";

/** The vote: its own words for what its result counts, and the count stage by stage. */
function useSubject(poll: string | undefined): Poll | undefined {
  const found = useSignal<Poll | undefined>(undefined);
  useEffect(() => {
    if (!poll) return;
    call("poll.get", { id: poll }, true).then(
      ({ doc }) => {
        found.value = doc;
      },
      () => {},
    );
  }, [poll]);
  return found.value;
}

export default function DecisionPage() {
  const { params } = useRoute();
  const watched = useTopic(`decision/${params.number}`);
  const decision = watched.one("decision");
  const subject = useSubject(decision?.poll.id);
  if (watched.state.value === "closed")
    return (
      <Page name="decision" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  if (!decision)
    return (
      <Page name="decision" title={t("decisions-title")} heading={false}>
        <Loading />
      </Page>
    );
  const question = pick(decision.question);
  const tasks = watched.all("task").sort((a, b) => a.number - b.number);
  return (
    <Page
      name="decision"
      title={t("decision-number", { number: decision.number })}
      heading={false}
      wide
    >
      <p class="crumbs">
        <a href="/d">{t("decisions-title")}</a> <span aria-hidden="true">›</span>{" "}
        <span data-test="decision-number" data-number={decision.number}>
          {t("decision-number", { number: decision.number })}
        </span>
      </p>
      <div class="split talk">
        <div class="split-main">
          <h1 lang={question.lang}>
            <bdi>{unbroken(question.text, question.lang)}</bdi>
          </h1>
          <section class="card outcome" aria-labelledby="outcome">
            <h2 id="outcome">{t("result-title")}</h2>
            {decision.withdrawn && (
              <p class="notice" data-test="decision-withdrawn">
                {t("decision-withdrawn")} <bdi>{decision.withdrawn.reason}</bdi>
              </p>
            )}
            <ResultView result={subject?.result ?? decision.result} subject={subject} />
            {decision.rule?.checked === false && (
              <p class="quorum" data-test="rule-not-checked">
                <Icon name="warn" size={18} /> {t("rule-not-checked")}
              </p>
            )}
          </section>
          <dl class="facts">
            <div>
              <dt>{t("recorded-on")}</dt>
              <dd>
                <When ms={decision.recorded_ms} date /> · <By by={decision.recorded_by} />
              </dd>
            </div>
            <div>
              <dt>{t("review-on")}</dt>
              <dd>
                <ReviewDate decision={decision} />
              </dd>
            </div>
            <div>
              <dt>{t("decided-by")}</dt>
              <dd>{t(`body-${decision.body}-short`)}</dd>
            </div>
            {decision.meeting && (
              <div>
                <dt>{t("decided-in")}</dt>
                <dd data-test="decided-in">
                  <a href={`/meetings/${decision.meeting.number}`}>
                    {t("decided-in-meeting", { number: decision.meeting.number })}
                  </a>{" "}
                  · <When ms={decision.meeting.started_ms} date />
                </dd>
              </div>
            )}
            <div>
              <dt>{t("vote-title")}</dt>
              <dd>
                <a href={`/v/${decision.poll.number}`}>
                  {t("vote-number", { number: decision.poll.number })}
                </a>
              </dd>
            </div>
            {decision.proposals.map((proposal) => (
              <div key={proposal.id}>
                <dt>{t("proposal-word")}</dt>
                <dd>
                  <a href={`/p/${proposal.number}`} lang={proposal.language}>
                    <bdi>{proposal.title}</bdi>
                  </a>
                </dd>
              </div>
            ))}
          </dl>
          <Became decision={decision} />
          <Attached
            topic={`decision/${decision.id}`}
            on={{ kind: "decision", id: decision.id }}
            may={isFacilitator.value || isSecretary.value}
          />
        </div>
        <aside class="split-side">
          <section class="card box" aria-labelledby="tasks">
            <h2 id="tasks">{t("tasks-title")}</h2>
            <Progress tasks={decision.tasks} />
            {tasks.length === 0 && <Empty icon="task" text={t("decision-no-tasks")} />}
            {tasks.map((task) => (
              <TaskRow key={task.id} id={task.id} origin={false} />
            ))}
            {decision.result.verdict === "adopted" && (
              <NewTask from={{ kind: "decision", id: decision.id }} />
            )}
          </section>
        </aside>
        <div class="split-talk">
          <Discussion watched={watched} kind="decision" id={decision.id} />
        </div>
      </div>
    </Page>
  );
}
