// The register: every decision with its number, the newest first; searched, printed, taken along as a table.
import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { Page } from "../app/page";
import { session } from "../app/session";
import type { Decision } from "../generated/api";
import { unbroken } from "../i18n/format";
import { pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Awaited } from "../ui/asked";
import { Icon } from "../ui/icons";
import { Chip, Empty, When } from "../ui/parts";
import { notifyError } from "../ui/toast";
import { saveFile } from "../ui/save";
import { registerAsCsv } from "./csv";
import { fetchAll, Toolbar, useFound } from "./filters";
import { noFilters, type Params, paramsOf, verdictKey } from "./register";
import "./decision.css";

const firstShown = 50;
/** How many the feed holds at first. */
const windowSize = 200;

function Row({ decision }: { decision: Decision }) {
  const question = pick(decision.question);
  const verdict = decision.result.verdict;
  const tone = verdict === "adopted" ? "ok" : verdict === "not_adopted" ? "no" : "plain";
  return (
    <article class="card decision-row" data-test="decision-row" data-number={decision.number}>
      <span class="decision-no">{decision.number}</span>
      <div>
        <h3>
          <a class="cover" href={`/d/${decision.number}`} lang={question.lang}>
            <bdi>{unbroken(question.text, question.lang)}</bdi>
          </a>
        </h3>
        <p class="meta">
          <Chip icon={verdict === "adopted" ? "done" : "no"} tone={tone}>
            {t(verdictKey(verdict))}
          </Chip>
          <When ms={decision.recorded_ms} date />
          {decision.tasks.total > 0 && (
            <span class="figure">
              <Icon name="task" size={16} />
              {t("tasks-progress-words", decision.tasks)}
            </span>
          )}
          {decision.to_review_ms !== undefined && (
            <Chip icon="clock" tone="warn" data-test="to-review">
              {t("decision-to-review")}
            </Chip>
          )}
        </p>
      </div>
    </article>
  );
}

async function download(params: Params): Promise<void> {
  try {
    const columns = {
      ...{ number: t("csv-number"), date: t("csv-date"), question: t("csv-question") },
      ...{ verdict: t("csv-verdict"), reason: t("csv-reason"), proposals: t("csv-proposals") },
      ...{ vote: t("csv-vote"), review: t("csv-review"), report: t("csv-report") },
      ...{ done: t("csv-done"), total: t("csv-total") },
    };
    const text = registerAsCsv(
      await fetchAll(params),
      columns,
      (labels) => pick(labels).text,
      (verdict) => t(verdictKey(verdict)),
      session.value?.time_zone,
    );
    saveFile(`${t("csv-file")}.csv`, text, "text/csv");
  } catch (error) {
    notifyError(error);
  }
}

function Actions({ params }: { params: Params }) {
  return (
    <div class="row wrap no-print register-actions">
      <button
        type="button"
        class="button quiet"
        data-test="register-csv"
        onClick={() => download(params)}
      >
        <Icon name="down" /> {t("register-csv")}
      </button>
      <button type="button" class="button quiet" onClick={() => print()}>
        {t("register-print")}
      </button>
    </div>
  );
}

function Rows({ rows, more, onMore }: { rows: Decision[]; more: boolean; onMore: () => void }) {
  return (
    <>
      <div class="list" data-test="register">
        {rows.map((decision) => (
          <Row key={decision.id} decision={decision} />
        ))}
      </div>
      {more && (
        <button type="button" class="button quiet no-print" data-test="more" onClick={onMore}>
          {t("register-more")}
        </button>
      )}
    </>
  );
}

export default function Decisions() {
  const { query } = useLocation();
  const watched = useTopic("decisions");
  const themes = useTopic("org").one("organisation")?.settings.themes ?? [];
  const shown = useSignal(firstShown);
  const filters = useSignal({ ...noFilters, review: query.review !== undefined });
  const live = watched
    .all("decision")
    .sort((a, b) => b.recorded_ms - a.recorded_ms || (a.number < b.number ? 1 : -1));
  const params = paramsOf(filters.value);
  const filtered = Object.keys(params).length > 0;
  const asks = filtered || live.length >= windowSize;
  const stamp = live.reduce((rev, one) => Math.max(rev, one.rev), 0);
  const { found, refusal, again, more } = useFound(params, asks, stamp);
  const years = [...new Set(live.map((one) => one.number.slice(0, 4)))].sort().reverse();
  const loading = watched.state.value === "loading" || (asks && !found);
  const rows = asks ? (found?.items ?? []) : live.slice(0, shown.value);
  const none = !loading && rows.length === 0;
  return (
    <Page name="decisions" title={t("decisions-title")}>
      <p class="lead">{t("decisions-lead")}</p>
      <Toolbar filters={filters} years={years} themes={themes} />
      {(loading || refusal !== undefined) && <Awaited refusal={refusal} again={again} />}
      {none && (
        <Empty icon="book" text={filtered ? t("register-nothing") : t("decisions-none")}>
          {filtered ? (
            <button
              type="button"
              class="button quiet"
              onClick={() => {
                filters.value = noFilters;
              }}
            >
              {t("register-clear")}
            </button>
          ) : (
            <a class="button quiet" href="/p">
              {t("proposals-title")}
            </a>
          )}
        </Empty>
      )}
      <Rows
        rows={rows}
        more={asks ? Boolean(found?.next) : live.length > shown.value}
        onMore={() => {
          if (asks) more();
          else shown.value += firstShown;
        }}
      />
      {rows.length > 0 && <Actions params={params} />}
    </Page>
  );
}
