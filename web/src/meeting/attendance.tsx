// The attendance list to sign: who came and when, or before the meeting everybody who may come; each with a line for a
// signature on paper.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useRoute } from "preact-iso";
import { Page } from "../app/page";
import { session } from "../app/session";
import type { Attendance, Meeting, Member } from "../generated/api";
import { language, pick, t } from "../i18n/i18n";
import { regionOf } from "../i18n/several";
import { useTopic } from "../sync/feed";
import { useClassNames } from "../ui/classes";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Empty, Loading, NotThere } from "../ui/parts";
import { notifyError } from "../ui/toast";
import { saveCsv } from "./csv";
import { useMayPrepare } from "./lead/may";
import { hourOf } from "./hours";
import "./minutes.css";

interface Line {
  id: string;
  name: string;
  class: string | null | undefined;
  periods: Attendance["periods"];
}

/** On paper, which is kept: with its year. */
const yearDate = (ms: number): string =>
  new Intl.DateTimeFormat(regionOf(language.value), {
    ...{ weekday: "long", day: "numeric", month: "long", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", timeZone: session.value?.time_zone },
  }).format(ms);

const byName = (a: Line, b: Line): number => a.name.localeCompare(b.name, language.value);

/** "18:32 – 20:15, from elsewhere (seen on the call)". */
function Times({ periods }: Pick<Line, "periods">) {
  return (
    <>
      {periods.map((period) => (
        <div key={period.in_ms}>
          {hourOf(period.in_ms)} – {period.out_ms === undefined ? "" : hourOf(period.out_ms)}
          {period.remote && (
            <span class="hint">
              {" "}
              {t("attendance-remote")}
              {period.checked && ` (${t(`attendance-checked-${period.checked}`)})`}
            </span>
          )}
        </div>
      ))}
    </>
  );
}

function Table({ lines }: { lines: readonly Line[] }) {
  const classOf = useClassNames();
  // Before anybody came, the room is for signing.
  const timed = lines.some(({ periods }) => periods.length > 0);
  return (
    <table class="attendance-table" data-test="attendance">
      <thead>
        <tr>
          <th scope="col">{t("attendance-name")}</th>
          <th scope="col">{t("attendance-class")}</th>
          {timed && <th scope="col">{t("attendance-times")}</th>}
          <th scope="col" class="signature">
            {t("attendance-signature")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">
              <bdi>{line.name}</bdi>
            </th>
            <td>{line.class ? classOf(line.class) : ""}</td>
            {timed && (
              <td>
                <Times periods={line.periods} />
              </td>
            )}
            <td class="signature" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** All members, page by page, once they are wanted. */
function useEverybody(wanted: boolean): readonly Member[] {
  const members = useSignal<readonly Member[]>([]);
  const fetchAll = async () => {
    const found: Member[] = [];
    let after: string | undefined;
    do {
      const page = await call("member.list", { order: "name", limit: 200, after });
      found.push(...page.items);
      after = page.next ?? undefined;
    } while (after);
    members.value = found;
  };
  useEffect(() => {
    if (wanted && members.peek().length === 0) fetchAll().catch(notifyError);
  }, [wanted]);
  return members.value;
}

function List({ meeting }: { meeting: Meeting }) {
  const classOf = useClassNames();
  const desk = useTopic(`meeting_desk/${meeting.number}`);
  const everybody = useSignal(meeting.state === "planned");
  const members = useEverybody(everybody.value);
  const list = desk.all("attendance");
  const came: Line[] = list.map(({ member, class: own, periods }) => ({
    ...{ id: member.id, name: member.name, class: own, periods },
  }));
  const known = new Set(came.map(({ id }) => id));
  const others: Line[] = members
    .filter(({ id, status, roles }) => {
      const may = (status === "active" || status === "dormant") && !roles.includes("observer");
      return may && !known.has(id);
    })
    .map(({ id, name, class: own }) => ({ id, name, class: own, periods: [] }));
  const lines = [...came, ...(everybody.value ? others : [])].sort(byName);
  return (
    <>
      <p>
        <bdi>{pick(meeting.title).text}</bdi> · {yearDate(meeting.started_ms ?? meeting.starts_ms)}
        {meeting.place && <> · {pick(meeting.place).text}</>}
      </p>
      <div class="row wrap no-print">
        <label class="check">
          <input
            type="checkbox"
            data-test="attendance-all"
            checked={everybody.value}
            onChange={(event) => {
              everybody.value = event.currentTarget.checked;
            }}
          />
          {t("attendance-all")}
        </label>
        <button
          type="button"
          class="button small"
          data-test="attendance-print"
          onClick={() => print()}
        >
          {t("minutes-print")}
        </button>
        <button
          type="button"
          class="button small quiet"
          data-test="attendance-csv"
          onClick={() => saveCsv(meeting, list, classOf)}
        >
          <Icon name="down" size={18} /> CSV
        </button>
      </div>
      {desk.state.value === "loading" ? (
        <Loading />
      ) : lines.length === 0 ? (
        <Empty icon="people" text={t("attendance-none")} />
      ) : (
        <div class="scroll">
          <Table lines={lines} />
        </div>
      )}
    </>
  );
}

export default function AttendancePage() {
  const { params } = useRoute();
  const watched = useTopic(`meeting/${params.number}`);
  const meeting = watched.one("meeting");
  const may = useMayPrepare(meeting);
  const closed = watched.state.value === "closed" || (meeting && !may);
  return (
    <Page name="attendance" title={t(closed ? "not-found-title" : "attendance-title")} wide>
      <p class="crumbs no-print">
        {meeting && <a href={`/meetings/${meeting.number}`}>{pick(meeting.title).text}</a>}
      </p>
      {closed ? <NotThere /> : meeting ? <List meeting={meeting} /> : <Loading />}
    </Page>
  );
}
