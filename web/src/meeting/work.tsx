// Time in a meeting to do what nobody has taken yet: the free to-dos, those that the agenda names first, each with "I take it".
import type { Meeting, Task } from "../generated/api";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Actions } from "../task/row";
import { byUrgency } from "../task/filters";
import { Empty, Loading, When } from "../ui/parts";
import { itemOf } from "./words";

/** So many that one can choose; the board has them all. */
const shownMost = 12;

function Line({ task }: { task: Task }) {
  return (
    <li class="work-line" data-test="work-task">
      <a href={`/t/${task.number}`} lang={task.language} dir="auto">
        {task.title}
      </a>
      {task.due_ms !== undefined && <When ms={task.due_ms} date />}
      <Actions task={task} />
    </li>
  );
}

export default function Work({ meeting }: { meeting: Meeting }) {
  const watched = useTopic("tasks");
  const named = itemOf(meeting, meeting.current)?.tasks.map(({ id }) => id) ?? [];
  const free = watched
    .all("task")
    .filter(({ state }) => state === "free")
    .sort((a, b) => Number(named.includes(b.id)) - Number(named.includes(a.id)) || byUrgency(a, b));
  return (
    <section class="card box" aria-labelledby="work-now" data-test="work-now">
      <h2 id="work-now">{t("work-title")}</h2>
      <p class="hint">{t("work-text")}</p>
      {watched.state.value === "loading" ? (
        <Loading />
      ) : free.length === 0 ? (
        <Empty icon="task" text={t("work-none")} />
      ) : (
        <ul class="lines-list">
          {free.slice(0, shownMost).map((task) => (
            <Line key={task.id} task={task} />
          ))}
        </ul>
      )}
      <a href="/t?show=free">{t("work-all")}</a>
    </section>
  );
}
