// The call to a meeting: its text in each language, made of what was planned, to copy into a letter or a mail; until when it
// must be sent; a poster with the way there. Who sent it says so here.
import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { useRoute } from "preact-iso";
import { Page } from "../app/page";
import { session } from "../app/session";
import type { Meeting } from "../generated/api";
import { day, isLanguage, type Language, languageNames, languages, pick, t } from "../i18n/i18n";
import { regionOf, type Speaker, speakerOf } from "../i18n/several";
import { useTopic } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { copyText } from "../ui/qr";
import { Loading, NotThere } from "../ui/parts";
import { Panel } from "../ui/tell/panel";
import type { Told } from "../ui/tell/tell";
import { act, notifyDone } from "../ui/toast";
import { dateOf } from "./hours";
import { useMayPrepare } from "./lead/may";
import { callBy, noticeOf } from "./lead/notice";
import { treeOf } from "./words";
import "./minutes.css";

type Labels = Record<string, string | undefined> | undefined;
/** In this language, or the nearest there is. */
const inLanguage = (labels: Labels, code: Language): string =>
  labels?.[code] ?? languages.map((one) => labels?.[one]).find(Boolean) ?? "";

const format = (ms: number, code: Language, parts: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(regionOf(code), parts).format(ms);
const fullDay = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
const hour = { hour: "2-digit", minute: "2-digit" } as const;

/** The whole text, a paragraph for each thing that there is to say. `zone`: the organisation's, whoever copies it where. */
export function composeCall(
  meeting: Meeting,
  organisation: string,
  code: Language,
  t: Speaker,
  origin: string,
  zone: string | undefined,
): string {
  const when = (parts: Intl.DateTimeFormatOptions, ms = meeting.starts_ms) =>
    format(ms, code, { ...parts, timeZone: zone });
  const title = (labels: Labels) => inLanguage(labels, code);
  const minutes = (count: number) => (count > 0 ? ` (${t("calling-minutes", { count })})` : "");
  const agenda = treeOf(meeting.agenda).flatMap(({ item, children }, at) => [
    `${at + 1}. ${title(item.title)}${minutes(item.minutes)}`,
    ...children.map(
      (one, below) => `   ${at + 1}.${below + 1} ${title(one.title)}${minutes(one.minutes)}`,
    ),
  ]);
  const place = title(meeting.place);
  const procedure = title(meeting.procedure);
  const remote = [
    meeting.remote ? t("calling-remote") : "",
    meeting.link ? t("calling-link", { link: meeting.link }) : "",
    procedure,
  ];
  const paragraphs = [
    [
      organisation,
      t(`calling-title-${meeting.meeting_kind.replace(/_/g, "-")}`, {
        title: title(meeting.title),
      }),
    ],
    [
      t("calling-when", {
        date: when(fullDay),
        from: when(hour),
        to: when(hour, meeting.planned_end_ms),
      }),
      place && t("calling-where", { place }),
    ],
    remote,
    meeting.second_of ? [t("calling-second", { number: meeting.second_of.number })] : [],
    agenda.length > 0 ? [t("calling-agenda"), ...agenda] : [],
    [t("calling-page", { address: `${origin}/meetings/${meeting.number}` })],
  ];
  return paragraphs
    .map((lines) => lines.filter(Boolean).join("\n"))
    .filter(Boolean)
    .join("\n\n");
}

function Notice({ meeting }: { meeting: Meeting }) {
  const zone = session.value?.time_zone;
  const notice = noticeOf(meeting, serverNow(), zone);
  const days = meeting.notice.asked_days;
  const date = day(callBy(meeting.starts_ms, days, zone));
  const warns = notice === "late" || notice === "over";
  return (
    <div class={warns ? "notice warn" : "notice"} data-test="call-notice" data-notice={notice}>
      {warns && <Icon name="warn" />}
      <div>
        {meeting.called_ms !== undefined && (
          <p>{t("calling-sent-on", { date: dateOf(meeting.called_ms) })}</p>
        )}
        <p>{t(`calling-notice-${notice}`, { count: days, date })}</p>
        {meeting.called_ms === undefined && meeting.state === "planned" && (
          <button
            type="button"
            class="button primary"
            data-test="call-sent"
            onClick={() => act("meeting.call", { id: meeting.id }, { done: t("calling-noted") })}
          >
            {t("calling-sent")}
          </button>
        )}
      </div>
    </div>
  );
}

function Text({ meeting, code }: { meeting: Meeting; code: Language }) {
  const id = useId();
  const speaker = useSignal<Speaker | null>(null);
  useEffect(() => {
    speakerOf("minutes", code).then((found) => {
      speaker.value = found;
    });
  }, [code]);
  const organisation = useTopic("org").one("organisation");
  if (!speaker.value) return <Loading />;
  const name = organisation?.names?.[code] ?? session.value?.org_name ?? "";
  const text = composeCall(
    meeting,
    name,
    code,
    speaker.value,
    location.origin,
    session.value?.time_zone,
  );
  const copy = async () => {
    if (await copyText(text, `call-text-${code}`)) notifyDone(t("copied"));
  };
  return (
    <section class="card box" aria-labelledby={id} lang={code}>
      <h2 id={id}>{languageNames[code]}</h2>
      <textarea
        class="invitation-text"
        rows={text.split("\n").length + 4}
        readOnly
        aria-labelledby={id}
        data-test={`call-text-${code}`}
        value={text}
      />
      <button type="button" class="button small" data-test={`call-copy-${code}`} onClick={copy}>
        <Icon name="link" size={18} /> {t("calling-copy")}
      </button>
    </section>
  );
}

const toldMeeting = (meeting: Meeting): Told => ({
  kind: "meeting",
  path: `/meetings/${meeting.number}`,
  closesMs: meeting.starts_ms,
  text: (wanted) => ({
    title: inLanguage(meeting.title, wanted),
    more: inLanguage(meeting.place, wanted),
    lang: meeting.title[wanted] ? wanted : pick(meeting.title).lang,
  }),
});

export default function InvitationPage() {
  const { params } = useRoute();
  const watched = useTopic(`meeting/${params.number}`);
  const meeting = watched.one("meeting");
  const may = useMayPrepare(meeting);
  const closed = watched.state.value === "closed" || (meeting && !may);
  const codes = (session.value?.languages ?? []).filter(isLanguage);
  return (
    <Page name="invitation" title={t(closed ? "not-found-title" : "calling-heading")} wide>
      <p class="crumbs">
        {meeting && <a href={`/meetings/${meeting.number}`}>{pick(meeting.title).text}</a>}
      </p>
      {closed && <NotThere />}
      {!closed && !meeting && <Loading />}
      {!closed && meeting && (
        <div class="split even">
          <div class="split-main stack-wide">
            <Notice meeting={meeting} />
            {(codes.length > 0 ? codes : languages).map((code) => (
              <Text key={code} meeting={meeting} code={code} />
            ))}
          </div>
          <div class="split-side">
            <Panel told={toldMeeting(meeting)} />
          </div>
        </div>
      )}
    </Page>
  );
}
