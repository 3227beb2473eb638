// The desk at the door: a name is typed, Enter checks in; who is there, since when, and how; a list from a file, looked at
// before it counts. Everything can be taken back.
import { act } from "../../ui/toast";
import { type Signal, useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { useRef } from "preact/hooks";
import { Page } from "../../app/page";
import { me } from "../../app/session";
import type { Attendance, Meeting } from "../../generated/api";
import { number, pick, t } from "../../i18n/i18n";
import { useTopic } from "../../sync/feed";
import { useSilence } from "../../sync/silence";
import { FindMember } from "../../ui/find-member";
import { useHeldFocus } from "../../ui/held-focus";
import { useClassNames } from "../../ui/classes";
import { Icon } from "../../ui/icons";
import { ShowMore } from "../../ui/more";
import { Avatar, Chip, Empty, Loading, Name, NotThere, type Person } from "../../ui/parts";
import { useServerClock } from "../clock";
import { saveCsv } from "../csv";
import { hourOf } from "../hours";
import { Import } from "./import";
import { useMayLead } from "./may";
import { Incidents, PresenceBox } from "./room";
import { Silent } from "./silent";
import "../../member/member.css";
import "./lead.css";

const checks = ["session", "document", "known", "call"] as const;
type Check = (typeof checks)[number];

interface How {
  remote: Signal<boolean>;
  checked: Signal<Check>;
}

/** `how`: of whoever comes in, and comes in again when their leaving is taken back. */
function record(
  meeting: Meeting,
  person: Person,
  present: boolean,
  { remote, checked }: { remote: boolean; checked: Check },
): void {
  const given = (there: boolean) => ({
    ...{ meeting: meeting.id, member: person.id, present: there },
    ...(there && remote ? { remote, checked } : {}),
  });
  act("attendance.record", given(present), {
    done: t(present ? (remote ? "desk-in-remote" : "desk-in") : "desk-out", { name: person.name }),
    undo: () => act("attendance.record", given(!present)),
  });
}

function CheckIn({
  meeting,
  list,
  how,
  silent,
}: {
  meeting: Meeting;
  list: readonly Attendance[];
  how: How;
  /** The server, which finds the names, is not heard. */
  silent: boolean;
}) {
  const last = useSignal<{ person: Person; again: boolean } | null>(null);
  const here = list.filter((one) => one.present);
  const there = last.value && here.find((one) => one.member.id === last.value?.person.id);
  return (
    <section class="card desk-in" aria-labelledby="desk-in">
      <h2 id="desk-in">{t("desk-check-in")}</h2>
      <FindMember
        label={t("desk-name")}
        hint={t("desk-name-hint")}
        test="desk-find"
        onChoose={(person) => {
          const again = here.some((one) => one.member.id === person.id);
          last.value = { person, again };
          if (!again)
            record(meeting, person, true, {
              remote: how.remote.peek(),
              checked: how.checked.peek(),
            });
        }}
      />
      {silent && (
        <p class="hint" role="status" data-test="desk-find-silent">
          {t("desk-find-silent")}
        </p>
      )}
      {meeting.remote && (
        <div class="row wrap">
          <label class="check">
            <input
              type="checkbox"
              data-test="desk-remote"
              checked={how.remote.value}
              onChange={(event) => {
                how.remote.value = event.currentTarget.checked;
              }}
            />
            {t("desk-remote")}
          </label>
          {how.remote.value && (
            <label class="row wrap">
              <span class="hint">{t("desk-checked")}</span>
              <select
                data-test="desk-how"
                value={how.checked.value}
                onChange={(event) => {
                  how.checked.value = event.currentTarget.value as Check;
                }}
              >
                {checks.map((one) => (
                  <option key={one} value={one}>
                    {t(`checked-${one}`)}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
      )}
      <p class="desk-last" role="status" data-test="desk-last">
        {last.value && (last.value.again || there) && (
          <>
            <Icon name="done" size={28} />
            <span>
              {last.value.again
                ? t("desk-already", { name: last.value.person.name })
                : t("desk-is-in", { name: last.value.person.name })}
            </span>
          </>
        )}
      </p>
    </section>
  );
}

/* ---- who is there ---- */

const shownFirst = 60;

/** People come in while it is open, and in the three hours before. */
const beforeMs = 3 * 3_600_000;
function useEntered({ state, starts_ms }: Meeting): boolean {
  const now = useServerClock(30_000, state === "planned");
  return state === "open" || (state === "planned" && starts_ms - now <= beforeMs);
}

function Row({ meeting, one, how }: { meeting: Meeting; one: Attendance; how: How }) {
  const open = useEntered(meeting);
  const last = one.periods.at(-1);
  const remote = last?.remote ?? false;
  const pressed = () => {
    const was = { remote, checked: checks.find((check) => check === last?.checked) ?? "known" };
    const now = { remote: how.remote.peek(), checked: how.checked.peek() };
    record(meeting, one.member, !one.present, one.present ? was : now);
  };
  return (
    <li class="desk-row" data-test="desk-row" data-present={one.present ? "yes" : "no"}>
      <Avatar person={one.member} small />
      <span class="grow">
        <Name person={one.member} />
        <span class="hint desk-times">
          {one.periods.map((period) => (
            <span key={period.in_ms}>
              {hourOf(period.in_ms)} – {period.out_ms ? hourOf(period.out_ms) : t("desk-here")} ·{" "}
              {t(`how-${period.how}`)}
              {period.checked ? ` · ${t(`checked-${period.checked}`)}` : ""}
            </span>
          ))}
        </span>
      </span>
      {remote && one.present && <Chip icon="device">{t("desk-from-afar")}</Chip>}
      {open && (
        <button
          type="button"
          class="button small"
          data-test={one.present ? "desk-check-out" : "desk-check-in-again"}
          onClick={pressed}
        >
          {t(one.present ? "desk-check-out" : "desk-again")}
          <span class="hidden"> {one.member.name}</span>
        </button>
      )}
    </li>
  );
}

const views = ["present", "left", "all"] as const;

function List({
  meeting,
  list,
  how,
  open,
}: {
  meeting: Meeting;
  list: readonly Attendance[];
  how: How;
  open: boolean;
}) {
  const classOf = useClassNames();
  const view = useSignal<(typeof views)[number]>("present");
  const text = useSignal("");
  const most = useSignal(shownFirst);
  const wanted = text.value.trim().toLocaleLowerCase();
  const found = list
    .filter((one) => view.value === "all" || one.present === (view.value === "present"))
    .filter((one) => one.member.name.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => (b.periods.at(-1)?.in_ms ?? 0) - (a.periods.at(-1)?.in_ms ?? 0));
  const counts = {
    present: list.filter((one) => one.present).length,
    left: list.filter((one) => !one.present).length,
    all: list.length,
  };
  return (
    <section aria-labelledby="desk-list">
      <div class="row wrap desk-head">
        <h2 id="desk-list" class="grow">
          {t("desk-list")}
        </h2>
        <a class="button quiet small" href={`/meetings/${meeting.number}/attendance`}>
          {t("desk-print")}
        </a>
        <button
          type="button"
          class="button quiet small"
          data-test="desk-csv"
          onClick={() => saveCsv(meeting, list, classOf)}
        >
          <Icon name="down" size={18} /> CSV
        </button>
      </div>
      <div class="toolbar">
        <fieldset class="segmented">
          <legend class="hidden">{t("desk-view")}</legend>
          {views.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={view.value === one}
              data-test={`desk-view-${one}`}
              onClick={() => {
                view.value = one;
              }}
            >
              {t(`desk-view-${one}`)} <span class="count">{number(counts[one])}</span>
            </button>
          ))}
        </fieldset>
        <label class="search">
          <span class="hidden">{t("desk-filter")}</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder={t("desk-filter")}
            data-test="desk-filter"
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
          />
        </label>
      </div>
      {found.length === 0 && (
        <Empty
          icon="people"
          text={t(list.length > 0 ? "desk-none-found" : open ? "desk-nobody" : "desk-empty")}
        />
      )}
      <ul class="desk-rows" tabIndex={-1}>
        {found.slice(0, most.value).map((one) => (
          <Row key={one.id} {...{ meeting, one, how }} />
        ))}
      </ul>
      <ShowMore
        left={found.length - most.value}
        onMore={() => {
          most.value += 200;
        }}
      />
    </section>
  );
}

function Desk({ meeting }: { meeting: Meeting }) {
  const watched = useTopic(`meeting/${meeting.id}`);
  const desk = useTopic(`meeting_desk/${meeting.id}`);
  const how: How = { remote: useSignal(false), checked: useSignal<Check>("known") };
  const list = desk.all("attendance");
  const open = useEntered(meeting);
  const counts = meeting.offices.scrutineers.some(({ id }) => id === me.value.id);
  const leads = useMayLead(meeting);
  const silence = useSilence();
  const place = useRef<HTMLDivElement>(null);
  useHeldFocus(place);
  if (desk.state.value === "closed") return <NotThere />;
  return (
    <div ref={place} class={`split even desk${silence === undefined ? "" : " stale"}`}>
      <Silent seconds={silence} />
      <div class="split-main">
        {open ? (
          <CheckIn {...{ meeting, list, how }} silent={silence !== undefined} />
        ) : (
          <p class="notice">{meeting.state === "planned" ? t("desk-early") : t("desk-over")}</p>
        )}
        <List {...{ meeting, list, how, open }} />
      </div>
      <aside class="split-side">
        <PresenceBox meeting={meeting} presence={watched.one("presence")} desk={false} />
        {open && <Import meeting={meeting} list={list} />}
        {counts && meeting.state !== "planned" && <Incidents {...{ meeting, watched }} />}
        {leads && (
          <a class="button quiet" href={`/meetings/${meeting.number}/lead`}>
            {t("desk-to-lead")}
          </a>
        )}
      </aside>
    </div>
  );
}

export default function DeskPage() {
  const { params } = useRoute();
  const watched = useTopic(`meeting/${params.number}`);
  const meeting = watched.one("meeting");
  if (watched.state.value === "closed")
    return (
      <Page name="meeting-desk" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  return (
    <Page
      name="meeting-desk"
      title={meeting ? t("desk-title", { title: pick(meeting.title).text }) : t("desk-page")}
      wide
    >
      {meeting ? <Desk key={meeting.id} meeting={meeting} /> : <Loading />}
    </Page>
  );
}
