// All to-dos: the views that matter to the reader, as a list or as a board. The address keeps view, filter and theme.
import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { Page } from "../app/page";
import type { Task } from "../generated/api";
import { number, pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { Empty, Loading } from "../ui/parts";
import { ShowMore } from "../ui/more";
import { TaskBoard } from "./board";
import { byUrgency, type Filter, filters, type Of, passes, useOlder, windowSize } from "./filters";
import { TaskRow } from "./row";

const firstShown = 40;

function address(filter: string, { theme, meeting }: Of, board: boolean): string {
  const query = new URLSearchParams({ show: filter });
  if (theme) query.set("theme", theme);
  if (meeting) query.set("meeting", meeting);
  if (board) query.set("view", "board");
  return `/t?${query}`;
}

/** Meetings in which to-dos were given out, the newest first. */
function OfMeeting({
  tasks,
  chosen,
  onChoose,
}: {
  tasks: readonly Task[];
  chosen: string;
  onChoose: (meeting: string) => void;
}) {
  const numbers = new Set(tasks.flatMap((task) => task.meeting?.number ?? []));
  if (chosen) numbers.add(Number(chosen));
  const cards = useTopic(numbers.size > 0 ? "meetings" : "").all("meeting_card");
  if (numbers.size === 0) return null;
  const title = (number: number) => pick(cards.find((card) => card.number === number)?.title).text;
  return (
    <label class="select">
      <span class="hidden">{t("tasks-meeting")}</span>
      <select
        data-test="tasks-meeting"
        value={chosen}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{t("tasks-meeting-all")}</option>
        {[...numbers]
          .sort((a, b) => b - a)
          .map((one) => (
            <option key={one} value={String(one)}>
              {t("tasks-meeting-one", { number: one, title: title(one) })}
            </option>
          ))}
      </select>
    </label>
  );
}

function Rows({ tasks }: { tasks: Task[] }) {
  const shown = useSignal(firstShown);
  return (
    <>
      <div class="list">
        {tasks.slice(0, shown.value).map((task) => (
          <TaskRow key={task.id} id={task.id} />
        ))}
      </div>
      <ShowMore
        left={tasks.length - shown.value}
        onMore={() => {
          shown.value += firstShown;
        }}
      />
    </>
  );
}

export default function Tasks() {
  const { query, route } = useLocation();
  const watched = useTopic("tasks");
  const themes = useTopic("org").one("organisation")?.settings.themes ?? [];
  const live = watched.all("task");
  const now = serverNow();
  const board = query.view === "board";
  const theme = query.theme ?? "";
  const of: Of = { theme, meeting: query.meeting ?? "" };
  const count = (filter: Filter) => live.filter((task) => passes(task, filter, of, now)).length;
  const wanted = filters.find((filter) => filter === query.show);
  const filter: Filter = wanted ?? (board ? "all" : count("mine") > 0 ? "mine" : "free");
  const older = useOlder(filter, of);
  const known = new Set(live.map((task) => task.id));
  const tasks = [...live, ...older.items.value.filter((task) => !known.has(task.id))]
    .filter((task) => passes(task, filter, of, now))
    .sort(byUrgency);
  const loading = watched.state.value === "loading" || (tasks.length === 0 && older.busy.value);
  const mayHaveMore =
    older.next.value !== null && (live.length >= windowSize || older.next.value !== undefined);
  const offered = board ? filters.filter((one) => ["mine", "made", "all"].includes(one)) : filters;
  return (
    <Page name="tasks" title={t("tasks-title")} wide={board}>
      <div class="toolbar">
        {themes.length > 0 && (
          <label class="select">
            <span class="hidden">{t("theme-label")}</span>
            <select
              data-test="tasks-theme"
              value={theme}
              onChange={(event) =>
                route(address(filter, { ...of, theme: event.currentTarget.value }, board), true)
              }
            >
              <option value="">{t("theme-all")}</option>
              {themes.map((one) => (
                <option key={one.key} value={one.key}>
                  {pick(one.label).text || one.key}
                </option>
              ))}
            </select>
          </label>
        )}
        <OfMeeting
          tasks={live}
          chosen={of.meeting}
          onChoose={(meeting) => route(address(filter, { ...of, meeting }, board), true)}
        />
        <fieldset class="segmented" aria-label={t("view-label")}>
          <button
            type="button"
            aria-pressed={!board}
            data-test="tasks-view-list"
            onClick={() => route(address(filter, of, false), true)}
          >
            {t("view-list")}
          </button>
          <button
            type="button"
            aria-pressed={board}
            data-test="tasks-view-board"
            onClick={() => route(address(wanted === "mine" ? "mine" : "all", of, true), true)}
          >
            {t("view-board")}
          </button>
        </fieldset>
      </div>
      <fieldset class="tabs always" aria-label={t("tasks-filter")}>
        {offered.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === filter}
            data-test={`tasks-${one}`}
            onClick={() => route(address(one, of, board), true)}
          >
            {t(`tasks-${one}`)}{" "}
            {one !== "archive" && <span class="count">{number(count(one))}</span>}
          </button>
        ))}
      </fieldset>
      {loading && <Loading />}
      {!loading && tasks.length === 0 && (
        <Empty icon="task" text={t(`tasks-none-${filter}`)}>
          <a class="button quiet" href="/d">
            {t("tasks-none-action")}
          </a>
        </Empty>
      )}
      {board ? tasks.length > 0 && <TaskBoard tasks={tasks} /> : <Rows tasks={tasks} />}
      {!loading && mayHaveMore && (
        <p class="center">
          <button
            type="button"
            class="button quiet"
            data-test="tasks-older"
            disabled={older.busy.value}
            onClick={() => older.more()}
          >
            {t("tasks-older")}
          </button>
        </p>
      )}
    </Page>
  );
}
