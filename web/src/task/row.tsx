// A to-do, wherever it is shown: what is expected, who does it, and the steps the reader may take.
import { useSignal } from "@preact/signals";
import { isFacilitator, isMember, me } from "../app/session";
import type { Task } from "../generated/api";
import { t } from "../i18n/i18n";
import { useDocument } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { Icon, type IconName } from "../ui/icons";
import { memo } from "../ui/memo";
import { Ask, Avatar, Chip, Name, When } from "../ui/parts";
import { act } from "../ui/toast";
import "./task.css";

const icons: Record<Task["state"], [IconName, string]> = {
  free: ["plus", "plain"],
  asked: ["talk", "warn"],
  taken: ["work", "accent"],
  done: ["done", "ok"],
  dropped: ["no", "plain"],
};

export function isOverdue(task: Task, now: number): boolean {
  return (
    task.due_ms !== undefined &&
    task.due_ms < now &&
    ["free", "asked", "taken"].includes(task.state)
  );
}

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

type State = Task["state"];
const mark = (id: string, state: State, done?: string, back?: State) =>
  act(
    "task.mark",
    { id, state },
    done ? { done, ...(back ? { undo: () => act("task.mark", { id, state: back }) } : {}) } : {},
  );

function Drop({ task }: { task: Task }) {
  const reason = useSignal("");
  return (
    <Ask
      label={t("task-drop")}
      question={t("task-drop-ask")}
      confirm={t("task-drop")}
      tone="quiet small"
      test="task-drop"
      disabled={!reason.value.trim()}
      onConfirm={() =>
        act("task.mark", { id: task.id, state: "dropped", reason: reason.value.trim() })
      }
    >
      <label>
        {t("reason-label")}
        <input
          type="text"
          maxLength={1000}
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
    </Ask>
  );
}

function Actions({ task }: { task: Task }) {
  const mine = me.value.id;
  const { id, state } = task;
  if (!isMember.value) return null;
  const assigned = task.assignees.some((person) => person.id === mine);
  const asked = task.asked.some((person) => person.id === mine);
  const maker = task.created_by;
  const owner = (typeof maker === "object" && maker.id === mine) || isFacilitator.value;
  const thanked = task.thanks.some((thanks) => thanks.by.id === mine);
  const takenUndo = { done: t("task-taken-done"), undo: () => mark(id, "free") };
  return (
    <div class="row wrap task-actions">
      {state === "asked" && asked && (
        <>
          <Act
            test="task-yes"
            tone="primary"
            label={t("task-yes")}
            onClick={() => act("task.answer", { id, yes: true }, takenUndo)}
          />
          <Act
            test="task-no"
            label={t("task-no")}
            onClick={() => act("task.answer", { id, yes: false })}
          />
        </>
      )}
      {state === "free" && (
        <Act
          test="task-take"
          tone="primary"
          label={t("task-take")}
          onClick={() => act("task.take", { id }, takenUndo)}
        />
      )}
      {state === "taken" && assigned && (
        <>
          <Act
            test="task-done"
            tone="primary"
            label={t("task-done")}
            onClick={() => mark(id, "done", t("task-done-done"), "taken")}
          />
          <Act test="task-give-back" label={t("task-give-back")} onClick={() => mark(id, "free")} />
        </>
      )}
      {state === "done" && assigned && (
        <Act test="task-not-done" label={t("task-not-done")} onClick={() => mark(id, "taken")} />
      )}
      {state === "done" && !assigned && !thanked && (
        <Act test="task-thank" label={t("task-thank")} onClick={() => act("task.thank", { id })} />
      )}
      {["free", "asked", "taken"].includes(state) && owner && <Drop task={task} />}
    </div>
  );
}

function Origin({ task }: { task: Task }) {
  const { kind, number, title } = task.from;
  const href = kind === "decision" ? `/d/${number}` : `/p/${number}`;
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
        </span>
      ))}
    </>
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
  const [icon, tone] = icons[task.state];
  const late = isOverdue(task, serverNow());
  return (
    <article class={`task ${task.state}`} data-test={test} data-id={id} data-state={task.state}>
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
      <h3 lang={task.language}>
        <bdi>{task.title}</bdi>
      </h3>
      {task.result && (
        <p class="task-result" lang={task.language}>
          {task.result}
        </p>
      )}
      {task.reason && <p class="hint">{t("task-reason", { reason: task.reason })}</p>}
      <p class="meta">
        <People task={task} />
        {origin && <Origin task={task} />}
      </p>
      {task.thanks.length > 0 && (
        <p class="thanks">
          <Icon name="heart" size={16} /> {t("task-thanks")}{" "}
          {task.thanks.map((thanks, at) => (
            <>
              {at > 0 && ", "}
              <Name person={thanks.by} />
            </>
          ))}
        </p>
      )}
      <Actions task={task} />
    </article>
  );
});
