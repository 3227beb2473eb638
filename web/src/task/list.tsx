// All to-dos, by what matters to the reader.
import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { Page } from "../app/page";
import { me } from "../app/session";
import type { Task } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { Empty, Loading } from "../ui/parts";
import { isOverdue, TaskRow } from "./row";

const filters = ["mine", "free", "asked", "overdue", "done", "all"] as const;
type Filter = (typeof filters)[number];
const firstShown = 40;

function passes(task: Task, filter: Filter, who: string, now: number): boolean {
  const isMine = [...task.assignees, ...task.asked].some((person) => person.id === who);
  switch (filter) {
    case "mine":
      return isMine && task.state !== "done" && task.state !== "dropped";
    case "free":
      return task.state === "free";
    case "asked":
      return task.state === "asked";
    case "overdue":
      return isOverdue(task, now);
    case "done":
      return task.state === "done";
    default:
      return true;
  }
}

/** Those with a date first, the soonest on top; then the newest. */
function byUrgency(a: Task, b: Task): number {
  return (
    (a.due_ms ?? Number.MAX_SAFE_INTEGER) - (b.due_ms ?? Number.MAX_SAFE_INTEGER) ||
    b.number - a.number
  );
}

export default function Tasks() {
  const { query, route } = useLocation();
  const watched = useTopic("tasks");
  const shown = useSignal(firstShown);
  const all = watched.all("task");
  const now = serverNow();
  const count = (filter: Filter) =>
    all.filter((task) => passes(task, filter, me.value.id, now)).length;
  const wanted = filters.find((filter) => filter === query.show);
  const filter: Filter = wanted ?? (count("mine") > 0 ? "mine" : "free");
  const tasks = all.filter((task) => passes(task, filter, me.value.id, now)).sort(byUrgency);
  return (
    <Page name="tasks" title={t("tasks-title")}>
      <fieldset class="tabs always" aria-label={t("tasks-filter")}>
        {filters.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === filter}
            data-test={`tasks-${one}`}
            onClick={() => route(`/t?show=${one}`, true)}
          >
            {t(`tasks-${one}`)} <span class="count">{number(count(one))}</span>
          </button>
        ))}
      </fieldset>
      {watched.state.value === "loading" && <Loading />}
      {watched.state.value !== "loading" && tasks.length === 0 && (
        <Empty icon="task" text={t(`tasks-none-${filter}`)}>
          <a class="button quiet" href="/d">
            {t("tasks-none-action")}
          </a>
        </Empty>
      )}
      <div class="list">
        {tasks.slice(0, shown.value).map((task) => (
          <TaskRow key={task.id} id={task.id} />
        ))}
      </div>
      {tasks.length > shown.value && (
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            shown.value += firstShown;
          }}
        >
          {t("show-more", { count: tasks.length - shown.value })}
        </button>
      )}
    </Page>
  );
}
