// What becomes of a decision: when it is looked at again, and in a sentence what came of it. Facilitation and the
// secretariat write; everybody reads.
import { useSignal } from "@preact/signals";
import { isFacilitator, isSecretary } from "../app/session";
import type { Decision } from "../generated/api";
import { language, pick, t } from "../i18n/i18n";
import { daysLater, toLocal } from "../poll/dates";
import { serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { By, Chip, Field, When } from "../ui/parts";
import { act } from "../ui/toast";

const mayWrite = () => isFacilitator.value || isSecretary.value;
const dateOf = (ms: number): string => toLocal(ms).slice(0, 10);
/** Nine in the morning of that day, here. */
const atNine = (date: string): number => new Date(`${date}T09:00`).getTime();

function ReviewForm({ decision, onDone }: { decision: Decision; onDone: () => void }) {
  const now = serverNow();
  const date = useSignal(dateOf(Math.max(decision.review_ms ?? 0, daysLater(now, 180))));
  const note = useSignal("");
  const set = async (reviewMs: number | null) => {
    const before = decision.review_ms;
    const said = note.value.trim().normalize("NFC");
    const undo = () => act("decision.review", { id: decision.id, review_ms: before ?? null });
    const done = await act(
      "decision.review",
      { id: decision.id, review_ms: reviewMs, ...(said ? { note: said } : {}) },
      // A date that has passed cannot be set again.
      { done: t("review-set"), ...(before === undefined || before > now ? { undo } : {}) },
    );
    if (done) onDone();
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (date.value) set(atNine(date.value));
      }}
    >
      <Field label={t("review-on")}>
        {(ids) => (
          <input
            {...ids}
            type="date"
            required
            min={dateOf(daysLater(now, 1))}
            data-test="review-date"
            value={date.value}
            onInput={(event) => {
              date.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <Field label={t("review-note")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={300}
            data-test="review-note"
            value={note.value}
            onInput={(event) => {
              note.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <div class="row wrap">
        <button type="submit" class="button primary" data-test="review-save">
          {t("review-save")}
        </button>
        {decision.review_ms !== undefined && (
          <button type="button" class="button" data-test="review-clear" onClick={() => set(null)}>
            {t("review-clear")}
          </button>
        )}
        <button type="button" class="button quiet" onClick={onDone}>
          {t("go-back")}
        </button>
      </div>
    </form>
  );
}

function ReportForm({ decision, onDone }: { decision: Decision; onDone: () => void }) {
  const text = useSignal("");
  const send = async (event: Event) => {
    event.preventDefault();
    const said = text.value.trim().normalize("NFC").replace(/\s+/g, " ");
    if (!said) return;
    const undo = () => act("decision.report", { id: decision.id, take_back: true });
    const done = await act(
      "decision.report",
      { id: decision.id, text: { [language.value]: said } },
      { done: t("report-added"), undo },
    );
    if (done) onDone();
  };
  return (
    <form class="form" onSubmit={send}>
      <Field label={t("report-label")} hint={t("report-hint")}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={500}
            data-test="report-text"
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <div class="row wrap">
        <button type="submit" class="button primary" data-test="report-save">
          {t("report-save")}
        </button>
        <button type="button" class="button quiet" onClick={onDone}>
          {t("go-back")}
        </button>
      </div>
    </form>
  );
}

/** When it is looked at again. */
export function ReviewDate({ decision }: { decision: Decision }) {
  const { review_ms: at, to_review_ms: since, review } = decision;
  return (
    <>
      {at === undefined ? t("review-none") : <When ms={at} date />}{" "}
      {since !== undefined && (
        <Chip icon="clock" tone="warn" data-test="to-review">
          {t("decision-to-review")}
        </Chip>
      )}
      {review && (
        <span class="hint review-by">
          {t("review-by")} <By by={review.by} />
          {review.note && (
            <>
              {": "}
              <bdi>{review.note}</bdi>
            </>
          )}
        </span>
      )}
    </>
  );
}

/** What became of it, the newest first, and for those who may: telling it, and setting the date. */
export function Became({ decision }: { decision: Decision }) {
  const open = useSignal<"" | "report" | "review">("");
  const reports = [...decision.reports].reverse();
  const close = () => {
    open.value = "";
  };
  if (reports.length === 0 && !mayWrite()) return null;
  return (
    <section class="card box became" aria-labelledby="became">
      <h2 id="became">{t("became-title")}</h2>
      {reports.length === 0 && <p class="hint">{t("became-none")}</p>}
      <ul class="reports">
        {reports.map((report) => {
          const said = pick(report.text);
          return (
            <li key={report.at_ms} data-test="report">
              <p lang={said.lang}>
                <bdi>{said.text}</bdi>
              </p>
              <p class="hint">
                <When ms={report.at_ms} date /> · <By by={report.by} />
              </p>
            </li>
          );
        })}
      </ul>
      {open.value === "report" && <ReportForm decision={decision} onDone={close} />}
      {open.value === "review" && <ReviewForm decision={decision} onDone={close} />}
      {open.value === "" && mayWrite() && (
        <div class="row wrap no-print">
          <button
            type="button"
            class="button"
            data-test="report-open"
            onClick={() => {
              open.value = "report";
            }}
          >
            <Icon name="plus" /> {t("report-open")}
          </button>
          <button
            type="button"
            class="button quiet"
            data-test="review-open"
            onClick={() => {
              open.value = "review";
            }}
          >
            <Icon name="clock" /> {t("review-open")}
          </button>
        </div>
      )}
    </section>
  );
}
