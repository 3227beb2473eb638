// A to-do in a list: what is expected, who does it, and the steps the reader may take at once.
import { isMember, me } from "../app/session";
import type { Task } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { useDocument } from "../sync/feed";
import { Icon } from "../ui/icons";
import { memo } from "../ui/memo";
import { Avatar, Chip, Name, When } from "../ui/parts";
import { act } from "../ui/toast";
import {
  finish,
  giveBack,
  isAsked,
  isAssigned,
  isOverdue,
  looks,
  mark,
  sayNo,
  sayYes,
  take,
} from "./steps";
import "./row.css";

function Act({
  test,
  tone = "",
  onClick,
  label,
}: {
  test: string;
  tone?: string;
  onClick: () => void;
  label: string;
}) {
  return (
    <button type="button" class={`button small ${tone}`} data-test={test} onClick={onClick}>
      {label}
    </button>
  );
}

/** What the reader can do with it. On its own page thanks have a field of their own. */
export function Actions({ task, thanks = true }: { task: Task; thanks?: boolean }) {
  const { id, state } = task;
  if (!isMember.value) return null;
  const assigned = isAssigned(task);
  const thanked = task.thanks.some((thanks) => thanks.by.id === me.value.id);
  return (
    <>
      {(state === "asked" || state === "taken") && isAsked(task) && (
        <>
          <Act test="task-yes" tone="primary" label={t("task-yes")} onClick={() => sayYes(id)} />
          <Act test="task-no" label={t("task-no")} onClick={() => sayNo(id)} />
        </>
      )}
      {state === "free" && (
        <Act test="task-take" tone="primary" label={t("task-take")} onClick={() => take(id)} />
      )}
      {state === "taken" && assigned && (
        <>
          <Act test="task-done" tone="primary" label={t("task-done")} onClick={() => finish(id)} />
          <Act test="task-give-back" label={t("task-give-back")} onClick={() => giveBack(id)} />
        </>
      )}
      {state === "done" && assigned && (
        <Act test="task-not-done" label={t("task-not-done")} onClick={() => mark(id, "taken")} />
      )}
      {thanks && state === "done" && !assigned && !thanked && (
        <Act test="task-thank" label={t("task-thank")} onClick={() => act("task.thank", { id })} />
      )}
    </>
  );
}

export function Origin({ task }: { task: Task }) {
  const { kind, number, title } = task.from;
  const href = `/${{ decision: "d", proposal: "p", meeting: "meetings" }[kind]}/${number}`;
  return (
    <a href={href}>
      {kind === "decision" ? (
        t("from-decision", { number: `${number}` })
      ) : (
        <bdi>{title ?? `#${number}`}</bdi>
      )}
    </a>
  );
}

function People({ task }: { task: Task }) {
  const people = task.assignees.length > 0 ? task.assignees : task.asked;
  return (
    <>
      {people.map((person) => (
        <span class="person" key={person.id}>
          <Avatar person={person} small /> <Name person={person} />
          {"recorded_by" in person && person.recorded_by && (
            <span class="recorded-by">
              {t("task-recorded-by")} <Name person={person.recorded_by} />
            </span>
          )}
        </span>
      ))}
    </>
  );
}

/** State and date; the warning is said in words too. */
export function TaskHead({ task }: { task: Task }) {
  const [icon, tone] = looks[task.state];
  const late = isOverdue(task);
  return (
    <div class="task-head">
      <Chip icon={icon} tone={tone}>
        {t(`task-state-${task.state}`)}
      </Chip>
      {task.due_ms !== undefined && task.state !== "done" && task.state !== "dropped" && (
        <span class={late ? "due late" : "due"}>
          <Icon name={late ? "warn" : "clock"} size={16} />
          {late ? t("task-late") : t("task-due")} <When ms={task.due_ms} date />
        </span>
      )}
    </div>
  );
}

function Thanks({ task }: { task: Task }) {
  if (task.thanks.length === 0) return null;
  const first = task.thanks.slice(0, 5);
  return (
    <p class="thanks">
      <Icon name="heart" size={16} /> {t("task-thanks")}{" "}
      {first.map((thanks, at) => (
        <span key={thanks.by.id}>
          {at > 0 && ", "}
          <Name person={thanks.by} />
        </span>
      ))}
      {task.thanks.length > first.length && ` +${number(task.thanks.length - first.length)}`}
    </p>
  );
}

export const TaskRow = memo(function TaskRow({
  id,
  origin = true,
  test = "task",
}: {
  id: string;
  origin?: boolean;
  test?: string;
}) {
  const task = useDocument("task", id);
  if (!task) return null;
  const ticked = task.checklist.filter((line) => line.done).length;
  return (
    <article class={`task ${task.state}`} data-test={test} data-id={id} data-state={task.state}>
      <TaskHead task={task} />
      <h3 lang={task.language}>
        <a href={`/t/${task.number}`}>
          <bdi>{task.title}</bdi>
        </a>
      </h3>
      {task.result && (
        <p class="task-result" lang={task.language} dir="auto">
          {task.result}
        </p>
      )}
      {task.reason && (
        <p class="hint" dir="auto">
          {t("task-reason", { reason: task.reason })}
        </p>
      )}
      <p class="meta">
        <People task={task} />
        {ticked < task.checklist.length && (
          <span class="figure">
            <Icon name="task" size={16} />
            {t("task-ticked", { done: ticked, total: task.checklist.length })}
          </span>
        )}
        {origin && <Origin task={task} />}
      </p>
      <Thanks task={task} />
      <div class="row wrap task-actions">
        <Actions task={task} />
      </div>
    </article>
  );
});
