// The queue of facilitation: what members reported, with the comment itself, and what came of it.
import { useSignal } from "@preact/signals";
import { Page } from "../app/page";
import { isFacilitator } from "../app/session";
import type { Comment, Report } from "../generated/api";
import { t } from "../i18n/i18n";
import { useDocument, useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Markdown } from "../ui/markdown";
import { By, Chip, Empty, Loading, Name, NotThere, When } from "../ui/parts";
import { act } from "../ui/toast";
import "./discussion.css";

const letters: Record<string, string> = {
  proposal: "p",
  poll: "v",
  decision: "d",
  task: "t",
  member: "m",
  group: "g",
};

function addressOf(report: Report): string {
  const { on, place } = report;
  if (place) return `/${letters[place.kind]}/${place.number ?? place.id}#c-${on.number}`;
  return `/${letters[on.kind]}/${on.number ?? on.id}`;
}

function Words({ comment }: { comment: Comment }) {
  if (comment.removed) return <p class="removed">{t("comment-removed")}</p>;
  return (
    <blockquote class="reported">
      <p class="comment-head">
        <Name person={comment.author} /> <When ms={comment.at_ms} />
      </p>
      <Markdown text={comment.text} lang={comment.language} named={comment.mentions} />
    </blockquote>
  );
}

type Outcome = "kept" | "removed" | "handled";
function Answer({ report, removable }: { report: Report; removable: boolean }) {
  const word = useSignal("");
  const busy = useSignal(false);
  const settle = async (outcome: Outcome) => {
    busy.value = true;
    await act(
      "report.settle",
      { id: report.id, outcome, word: word.value.trim().normalize("NFC") },
      {
        done: t(`report-state-${outcome}`),
        ...(outcome === "removed" && {
          undo: () => act("comment.restore", { id: report.id }),
        }),
      },
    );
    busy.value = false;
  };
  const ready = word.value.trim() !== "" && !busy.value;
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      <label>
        {t("report-word")}
        <input
          type="text"
          maxLength={1000}
          data-test="report-word"
          value={word.value}
          onInput={(event) => {
            word.value = event.currentTarget.value;
          }}
        />
      </label>
      <p class="hint">{t(removable ? "report-word-hint" : "report-word-hint-other")}</p>
      <div class="row wrap">
        <button
          type="button"
          class="button"
          data-test="report-keep"
          disabled={!ready}
          onClick={() => settle("kept")}
        >
          {t("report-keep")}
        </button>
        {removable ? (
          <button
            type="button"
            class="button"
            data-test="report-remove"
            disabled={!ready}
            onClick={() => settle("removed")}
          >
            {t("report-remove")}
          </button>
        ) : (
          <button
            type="button"
            class="button"
            data-test="report-handle"
            disabled={!ready}
            onClick={() => settle("handled")}
          >
            {t("report-handle")}
          </button>
        )}
      </div>
    </form>
  );
}

function ReportCard({ report }: { report: Report }) {
  const comment = useDocument("comment", report.on.kind === "comment" ? report.id : "");
  const open = report.state === "open";
  return (
    <article class="card report" data-test="report-card" data-state={report.state}>
      <p class="row wrap">
        <Chip icon="flag">{t(`report-on-${report.on.kind}`)}</Chip>
        <a href={addressOf(report)} data-test="report-link">
          <bdi>{report.on.title || t("report-open-place")}</bdi>
        </a>
      </p>
      {comment && <Words comment={comment} />}
      <ul class="report-reasons">
        {report.reports.map((one) => (
          <li key={one.by.id}>
            <Name person={one.by} /> <When ms={one.at_ms} />
            <p dir="auto">{one.reason}</p>
          </li>
        ))}
      </ul>
      {open ? (
        <Answer report={report} removable={comment !== undefined && !comment.removed} />
      ) : (
        report.settled && (
          <p class="settled">
            <Icon name="done" size={18} /> {t(`report-state-${report.state}`)} ·{" "}
            <By by={report.settled.by} /> <When ms={report.settled.at_ms} />
            {report.settled.word && <span dir="auto"> · {report.settled.word}</span>}
          </p>
        )
      )}
    </article>
  );
}

function Queue() {
  const watched = useTopic("moderation");
  const settled = useSignal(false);
  const all = watched.all("report").sort((a, b) => b.since_ms - a.since_ms);
  const shown = all.filter((report) => (report.state === "open") !== settled.value);
  if (watched.state.value === "closed") return <NotThere />;
  if (watched.state.value !== "complete") return <Loading />;
  return (
    <>
      <p class="lead">{t("moderation-lead")}</p>
      <div class="tabs">
        {[false, true].map((which) => (
          <button
            key={String(which)}
            type="button"
            aria-pressed={settled.value === which}
            data-test={which ? "reports-settled" : "reports-open"}
            onClick={() => {
              settled.value = which;
            }}
          >
            {t(which ? "reports-settled" : "reports-open")}
          </button>
        ))}
      </div>
      {shown.length === 0 && (
        <Empty icon="flag" text={t(settled.value ? "reports-none-settled" : "reports-none-open")}>
          <a class="button quiet" href="/p">
            {t("proposals-title")}
          </a>
        </Empty>
      )}
      <div class="list">
        {shown.map((report) => (
          <ReportCard key={report.id} report={report} />
        ))}
      </div>
    </>
  );
}

export default function Moderation() {
  return (
    <Page name="moderation" title={t("moderation-title")}>
      {isFacilitator.value ? <Queue /> : <NotThere />}
    </Page>
  );
}
