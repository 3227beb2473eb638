// One meeting as members see it: before, during and after.
import { useRoute } from "preact-iso";
import { Page } from "../app/page";
import { Discussion } from "../discussion/discussion";
import type { Meeting } from "../generated/api";
import { groupName } from "../group/names";
import { unbroken } from "../i18n/format";
import { pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { By, Chip, Loading, NotThere } from "../ui/parts";
import { saveFile } from "../ui/save";
import { After } from "./after";
import { Before } from "./before";
import { CheckIn } from "./checkin";
import { useServerClock } from "./clock";
import { MeetingState } from "./list";
import { Now } from "./now";
import { dateOf, hourOf } from "./hours";
import { doorsOpen, meetingOf } from "./words";
import { Ways } from "./ways";
import "./meeting.css";

function Head({ meeting }: { meeting: Meeting }) {
  const title = pick(meeting.title);
  const place = pick(meeting.place);
  const small = meeting.state === "open";
  // What is over began when it did.
  const from = (meeting.ended_ms && meeting.started_ms) || meeting.starts_ms;
  return (
    <header class={small ? "meeting-head small" : "meeting-head"}>
      <p class="row wrap">
        <MeetingState state={meeting.state} />
        <Chip>
          {meeting.group
            ? groupName(meeting.group).text
            : t(`meeting-kind-${meeting.meeting_kind}`)}
        </Chip>
      </p>
      <h1 lang={title.lang}>
        <bdi>{unbroken(title.text, title.lang)}</bdi>
      </h1>
      {!small && (
        <p class="meeting-when">
          <Icon name="clock" size={18} />
          <span>
            <time dateTime={new Date(from).toISOString()}>{dateOf(from)}</time>{" "}
            {t("meeting-until", { time: hourOf(meeting.ended_ms ?? meeting.planned_end_ms) })}
          </span>
        </p>
      )}
      {!small && place.text && (
        <p class="meeting-when" lang={place.lang}>
          <Icon name="place" size={18} />
          <bdi>{place.text}</bdi>
        </p>
      )}
      {meeting.state === "planned" && (
        <p>
          <button
            type="button"
            class="button quiet"
            data-test="meeting-calendar"
            onClick={() => saveCalendar(meeting)}
          >
            <Icon name="down" size={18} /> {t("meeting-calendar")}
          </button>
        </p>
      )}
    </header>
  );
}

/** The file is made when it is asked for. */
async function saveCalendar(meeting: Meeting): Promise<void> {
  const { calendarOf } = await import("./calendar");
  const page = `${location.origin}/meetings/${meeting.number}`;
  const text = calendarOf(meeting, (labels) => pick(labels).text, page, serverNow());
  saveFile(`meeting-${meeting.number}.ics`, text, "text/calendar");
}

function Cancelled({ meeting }: { meeting: Meeting }) {
  const { reason, by } = meeting.cancelled ?? {};
  return (
    <div class="notice warn" data-test="meeting-cancelled">
      <Icon name="no" />
      <div>
        <p>
          <strong>{t("meeting-cancelled")}</strong> <By by={by} />
        </p>
        <p class="lines" dir="auto">
          {reason}
        </p>
      </div>
    </div>
  );
}

export default function MeetingPage() {
  const { params } = useRoute();
  const watched = useTopic(`meeting/${params.number}`);
  const meeting = meetingOf(watched);
  const now = useServerClock(60_000, meeting?.state === "planned");
  if (watched.state.value === "closed")
    return (
      <Page name="meeting" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  if (!meeting)
    return (
      <Page name="meeting" title={t("meetings-title")} heading={false}>
        <Loading />
      </Page>
    );
  const doors = doorsOpen(meeting, now);
  return (
    <Page name="meeting" title={pick(meeting.title).text} heading={false} wide>
      <p class="crumbs">
        <a href="/meetings">{t("meetings-title")}</a>
      </p>
      <Head meeting={meeting} />
      <Ways meeting={meeting} />
      {meeting.state === "cancelled" && <Cancelled meeting={meeting} />}
      {/* Stays when the meeting starts, with what somebody types. */}
      {doors && <CheckIn meeting={meeting} />}
      {meeting.state === "planned" && <Before meeting={meeting} watched={watched} doors={doors} />}
      {meeting.state === "open" && <Now meeting={meeting} watched={watched} />}
      {meeting.state === "ended" && <After meeting={meeting} watched={watched} />}
      {/* What goes on in writing; it stays through all states, with what somebody types. */}
      <div class="meeting-talk">
        <Discussion watched={watched} kind="meeting" id={meeting.id} />
      </div>
    </Page>
  );
}
