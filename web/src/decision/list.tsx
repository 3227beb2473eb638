// The register: every decision with its number, the newest first.
import { useSignal } from "@preact/signals";
import { Page } from "../app/page";
import { pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Chip, Empty, Loading, When } from "../ui/parts";
import "./decision.css";

const firstShown = 50;

export default function Decisions() {
  const watched = useTopic("decisions");
  const shown = useSignal(firstShown);
  const all = watched
    .all("decision")
    .sort((a, b) => b.recorded_ms - a.recorded_ms || (a.number < b.number ? 1 : -1));
  return (
    <Page name="decisions" title={t("decisions-title")}>
      <p class="lead">{t("decisions-lead")}</p>
      {watched.state.value === "loading" && <Loading />}
      {watched.state.value !== "loading" && all.length === 0 && (
        <Empty icon="book" text={t("decisions-none")}>
          <a class="button quiet" href="/p">
            {t("proposals-title")}
          </a>
        </Empty>
      )}
      <div class="list">
        {all.slice(0, shown.value).map((decision) => {
          const question = pick(decision.question);
          const verdict = decision.result.verdict;
          const tone = verdict === "adopted" ? "ok" : verdict === "not_adopted" ? "no" : "plain";
          return (
            <article
              class="card decision-row"
              key={decision.id}
              data-test="decision-row"
              data-number={decision.number}
            >
              <span class="decision-no">{decision.number}</span>
              <div>
                <h3>
                  <a class="cover" href={`/d/${decision.number}`} lang={question.lang}>
                    <bdi>{question.text}</bdi>
                  </a>
                </h3>
                <p class="meta">
                  <Chip icon={verdict === "adopted" ? "done" : "no"} tone={tone}>
                    {t(`verdict-${verdict.replace(/_/g, "-")}`)}
                  </Chip>
                  <When ms={decision.recorded_ms} date />
                  {decision.tasks.total > 0 && (
                    <span class="figure">
                      <Icon name="task" size={16} />
                      {t("tasks-progress-words", decision.tasks)}
                    </span>
                  )}
                </p>
              </div>
            </article>
          );
        })}
      </div>
      {all.length > shown.value && (
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            shown.value += firstShown;
          }}
        >
          {t("show-more", { count: all.length - shown.value })}
        </button>
      )}
    </Page>
  );
}
