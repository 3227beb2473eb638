// A meeting being prepared: its agenda, beside it the call, the officers, and what it is.
import { act } from "../../ui/toast";
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { Page } from "../../app/page";
import { session } from "../../app/session";
import type { Meeting, Rule } from "../../generated/api";
import { day, pick, t } from "../../i18n/i18n";
import { useTopic, useWhole } from "../../sync/feed";
import { newId } from "../../sync/rpc";
import { serverNow } from "../../sync/socket";
import { Icon } from "../../ui/icons";
import { Ask, Chip, Loading, NotThere, When } from "../../ui/parts";
import { Reason } from "../../ui/reason";
import { dateOf } from "../hours";
import { meetingOf } from "../words";
import { AgendaEditor, useEditing } from "./editor";
import { MeetingForm } from "./form";
import { NotYours, useMayPrepare } from "./may";
import { Offices } from "./offices";
import { callBy, noticeOf } from "./notice";
import { changesOf, planOf, problemsOf } from "./plan";
import { Words } from "./words";
import "../../poll/define/define.css";
import "./prepare.css";

/** The notice that is asked, how much there is, and that the call was sent. */
function Call({ meeting }: { meeting: Meeting }) {
  const { notice, called_ms, starts_ms, id } = meeting;
  const { asked_days, given_days, gap_asked_days, gap_days, first_missed } = notice;
  const zone = session.value?.time_zone;
  const over = noticeOf(meeting, serverNow(), zone) === "over";
  const short = over || !notice.enough;
  return (
    <section class="card box" aria-labelledby="call-title" data-test="call">
      <h2 id="call-title">{t("call-title")}</h2>
      {asked_days > 0 && (called_ms || meeting.state === "planned") && (
        <p class={short ? "rule-warning" : "hint"} data-test="call-notice">
          {short && <Icon name="warn" size={18} />}
          <span>
            {t(called_ms ? "call-given" : over ? "call-late" : "call-asked", {
              ...{ asked: asked_days, given: given_days },
              date: day(callBy(starts_ms, asked_days, zone)),
            })}
          </span>
        </p>
      )}
      {gap_asked_days !== undefined && (
        <p class="hint">{t("call-gap", { asked: gap_asked_days, given: gap_days ?? 0 })}</p>
      )}
      {first_missed === false && (
        <p class="rule-warning" data-test="call-first">
          <Icon name="warn" size={18} />
          <span>{t("call-first")}</span>
        </p>
      )}
      {called_ms ? (
        <p>
          <Chip tone="ok" icon="done">
            {t("call-sent")}
          </Chip>{" "}
          <When ms={called_ms} date />
        </p>
      ) : (
        meeting.state === "planned" && (
          <Ask
            label={t("call-record")}
            question={t("call-record-ask")}
            confirm={t("call-record")}
            tone="small"
            test="meeting-call"
            onConfirm={() => act("meeting.call", { id })}
          />
        )
      )}
      <a class="button quiet" href={`/meetings/${meeting.number}/invitation`}>
        <Icon name="link" /> {t("invitation-open")}
      </a>
    </section>
  );
}

function Change({ meeting, own }: { meeting: Meeting; own: readonly Rule[] }) {
  const before = useSignal({ plan: planOf(meeting), rev: meeting.revs.plan });
  const plan = useSignal(before.peek().plan);
  const wrong = useSignal<ReadonlySet<string>>(new Set());
  const changes = changesOf(plan.value, before.value.plan);
  const newer = meeting.revs.plan > before.value.rev;
  const again = (text: typeof plan.value) => {
    before.value = { plan: planOf(meeting), rev: meeting.revs.plan };
    plan.value = text;
  };
  const save = async (event: Event) => {
    event.preventDefault();
    wrong.value = problemsOf(plan.peek());
    const given = changesOf(plan.peek(), before.peek().plan);
    if (wrong.peek().size > 0 || Object.keys(given).length === 0) return;
    const sent = plan.peek();
    const made = await act(
      "meeting.revise",
      { id: meeting.id, base: before.peek().rev, ...given },
      { done: t("meeting-changed") },
    );
    if (made) before.value = { plan: sent, rev: Number(made.seq) };
  };
  return (
    <details class="card box" data-test="meeting-change">
      <summary>
        <h2>{t("meeting-change-title")}</h2>
      </summary>
      {newer && (
        <p class="notice warn wrap" data-test="plan-newer">
          <span class="grow">{t("plan-newer")}</span>
          <button type="button" class="button small" onClick={() => again(planOf(meeting))}>
            {t("plan-show-theirs")}
          </button>
          <button type="button" class="button small" onClick={() => again(plan.peek())}>
            {t("agenda-keep-mine")}
          </button>
        </p>
      )}
      <form class="form planning" onSubmit={save} noValidate>
        <MeetingForm {...{ plan, wrong, own }} templates={[]} isNew={false} />
        <button
          type="submit"
          class="button primary"
          data-test="meeting-revise"
          disabled={Object.keys(changes).length === 0}
        >
          {t("meeting-revise-button")}
        </button>
      </form>
    </details>
  );
}

function KeepTemplate({ meeting }: { meeting: Meeting }) {
  const name = useSignal<Record<string, string>>(meeting.title);
  return (
    <Ask
      label={
        <>
          <Icon name="star" /> {t("template-keep")}
        </>
      }
      question={t("template-keep-ask")}
      confirm={t("template-keep")}
      tone="quiet"
      test="template-keep"
      disabled={Object.values(name.value).every((text) => !text.trim())}
      onConfirm={() => {
        const id = newId();
        act(
          "meeting.keep_template",
          { id, meeting: meeting.id, name: name.peek() },
          { done: t("template-kept"), undo: () => act("meeting.forget_template", { id }) },
        );
      }}
    >
      <Words
        legend={t("template-name")}
        words={name.value}
        most={160}
        test="template-name"
        onChange={(next) => {
          name.value = next;
        }}
      />
    </Ask>
  );
}

function Cancel({ meeting }: { meeting: Meeting }) {
  const reason = useSignal("");
  if (meeting.state !== "planned") return null;
  return (
    <Ask
      label={t("meeting-cancel")}
      question={t("meeting-cancel-ask")}
      confirm={t("meeting-cancel")}
      tone="quiet"
      test="meeting-cancel"
      disabled={!reason.value.trim()}
      onConfirm={() =>
        act("meeting.cancel", { id: meeting.id, reason: reason.peek().trim().normalize("NFC") })
      }
    >
      <Reason reason={reason} test="meeting-cancel-reason" />
    </Ask>
  );
}

function Preparing({ meeting, own }: { meeting: Meeting; own: readonly Rule[] }) {
  const editing = useEditing(meeting);
  return (
    <>
      <p class="meta meeting-facts">
        <Chip>{t(`meeting-kind-${meeting.meeting_kind}`)}</Chip>
        <span class="figure">
          <Icon name="clock" size={16} /> {dateOf(meeting.starts_ms)}
        </span>
        {meeting.place && <bdi>{pick(meeting.place).text}</bdi>}
      </p>
      <div class="split even preparing">
        <div class="split-main">
          <AgendaEditor meeting={meeting} editing={editing} />
          <div class="row wrap">
            <KeepTemplate meeting={meeting} />
            <Cancel meeting={meeting} />
          </div>
        </div>
        <aside class="split-side">
          <Call meeting={meeting} />
          <Offices meeting={meeting} />
          <Change meeting={meeting} own={own} />
        </aside>
      </div>
    </>
  );
}

export default function EditMeeting() {
  const { params } = useRoute();
  const watched = useTopic(`meeting/${params.number}`);
  const whole = useWhole("org");
  const org = whole.one("organisation");
  const meeting = meetingOf(watched);
  const may = useMayPrepare(meeting);
  if (
    watched.state.value === "closed" ||
    meeting?.state === "cancelled" ||
    meeting?.state === "ended"
  )
    return (
      <Page name="meeting-edit" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  const title = meeting ? pick(meeting.title).text : t("meeting-edit-title");
  return (
    <Page
      name="meeting-edit"
      title={title}
      wide
      actions={
        meeting &&
        may && (
          <a class="button primary" href={`/meetings/${meeting.number}/lead`} data-test="to-lead">
            <Icon name="next" /> {t("lead-open")}
          </a>
        )
      }
    >
      {meeting && !may ? (
        <NotYours meeting={meeting} />
      ) : meeting && org ? (
        <Preparing key={meeting.id} meeting={meeting} own={whole.all("rule")} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
