// One to-do: what is expected and how one knows it is well done, who does it, its checklist, its steps and its history.
import { useSignal } from "@preact/signals";
import { useRoute } from "preact-iso";
import { Page } from "../app/page";
import { canRecord, isMember, me } from "../app/session";
import { Attached } from "../file/attached";
import type { Task, TaskVersions } from "../generated/api";
import { Discussion } from "../discussion/discussion";
import { pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Ask, Avatar, By, Loading, Name, NotThere, type Person, When } from "../ui/parts";
import { TellPeople } from "../ui/tell/tell";
import { toldTask } from "../ui/tell/told";
import { act } from "../ui/toast";
import { Reason } from "../ui/reason";
import { EditTask } from "./edit";
import { PickPeople } from "./people";
import { Actions, Origin, TaskHead } from "./row";
import { isAsked, isAssigned, isMade, isOpen, isOwner, mark } from "./steps";
import { effortText } from "./words";

function Checklist({ task }: { task: Task }) {
  if (task.checklist.length === 0) return null;
  const may = isAssigned(task) && task.state === "taken";
  const ticked = task.checklist.filter((line) => line.done).length;
  const tick = (line: string, on: boolean) =>
    act(
      "task.check",
      { id: task.id, line, on },
      {
        done: on ? t("task-ticked-done") : t("task-unticked-done"),
        undo: () => act("task.check", { id: task.id, line, on: !on }),
      },
    );
  return (
    <section class="card box" aria-labelledby="checklist">
      <h2 id="checklist">
        {t("task-checklist-label")}{" "}
        <span class="count">
          {t("task-ticked", { done: ticked, total: task.checklist.length })}
        </span>
      </h2>
      <ul class="checklist">
        {task.checklist.map((line) => (
          <li key={line.id} data-test="check-line" data-done={line.done}>
            <label class="check">
              <input
                type="checkbox"
                checked={line.done}
                disabled={!may}
                onChange={(event) => tick(line.id, event.currentTarget.checked)}
              />
              <bdi lang={task.language}>{line.text}</bdi>
            </label>
            {line.done && line.by && (
              <span class="hint">
                <By by={line.by} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

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
        act(
          "task.mark",
          { id: task.id, state: "dropped", reason: reason.value.trim().normalize("NFC") },
          { done: t("task-dropped-done"), undo: () => mark(task.id, "free") },
        )
      }
    >
      <Reason reason={reason} test="task-drop-reason" />
    </Ask>
  );
}

/** Asks others to take it, besides those at work or instead of the reader. */
function AskPeople({ task, handOver }: { task: Task; handOver?: boolean }) {
  const chosen = useSignal<Person[]>([]);
  const test = handOver ? "task-hand-over" : "task-ask";
  const without = [...task.assignees, ...task.asked].map((person) => person.id);
  return (
    <Ask
      label={handOver ? t("task-hand-over") : t("task-ask")}
      question={handOver ? t("task-hand-over-ask") : t("task-ask-ask")}
      confirm={t("task-ask-confirm")}
      tone="small"
      test={test}
      disabled={chosen.value.length === 0}
      onConfirm={() => {
        const members = chosen.value.map((person) => person.id);
        chosen.value = [];
        act(
          "task.ask",
          { id: task.id, members, ...(handOver ? { hand_over: true } : {}) },
          {
            done: t("task-asked-done", { count: members.length }),
            undo: () => act("task.ask", { id: task.id, members, on: false }),
          },
        );
      }}
    >
      <PickPeople chosen={chosen} without={[...without, me.value.id]} ask={{ id: task.id }} />
    </Ask>
  );
}

/** Facilitation and the secretariat record it for somebody without a device. */
function TakeFor({ task }: { task: Task }) {
  const chosen = useSignal<Person[]>([]);
  if (!canRecord.value || task.state !== "free") return null;
  return (
    <Ask
      label={t("task-take-for")}
      question={t("task-take-for-ask")}
      confirm={t("task-take-for")}
      tone="small"
      test="task-take-for"
      disabled={chosen.value.length !== 1}
      onConfirm={() => {
        const member = chosen.value[0]?.id;
        chosen.value = [];
        if (!member) return;
        act(
          "task.take",
          { id: task.id, for: member },
          {
            done: t("task-take-for-done"),
            undo: () => act("task.mark", { id: task.id, state: "free", for: member }),
          },
        );
      }}
    >
      <PickPeople chosen={chosen} without={[me.value.id]} ask={{ id: task.id }} />
    </Ask>
  );
}

function People({ task }: { task: Task }) {
  const mayUnask = isOwner(task) || isAssigned(task);
  return (
    <section class="card box" aria-labelledby="people">
      <h2 id="people">{t("task-people")}</h2>
      {task.assignees.length + task.asked.length === 0 && <p class="hint">{t("task-nobody")}</p>}
      <ul class="people-list">
        {task.assignees.map((person) => (
          <li key={person.id} data-test="task-assignee">
            <Avatar person={person} small /> <Name person={person} />
            {person.recorded_by && (
              <span class="hint" data-test="task-recorded-by">
                {t("task-recorded-by")} <Name person={person.recorded_by} />
              </span>
            )}
          </li>
        ))}
        {task.asked.map((person) => (
          <li key={person.id} data-test="task-asked">
            <Avatar person={person} small /> <Name person={person} />
            <span class="hint">
              {person.instead_of ? t("task-is-asked-instead") : t("task-is-asked")}{" "}
              {person.instead_of && <Name person={person.instead_of} />}
            </span>
            {mayUnask && (
              <button
                type="button"
                class="button quiet small"
                onClick={() => act("task.ask", { id: task.id, members: [person.id], on: false })}
              >
                {t("task-unask")}
                <span class="hidden"> {person.name}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      <div class="stack">
        {isOpen(task) && isMember.value && (isOwner(task) || isAssigned(task)) && (
          <AskPeople task={task} />
        )}
        {task.state === "taken" && isAssigned(task) && <AskPeople task={task} handOver />}
        <TakeFor task={task} />
      </div>
    </section>
  );
}

function ThankWithWords({ task }: { task: Task }) {
  const text = useSignal("");
  const mine = task.thanks.find((thanks) => thanks.by.id === me.value.id);
  if (!isMember.value || isAssigned(task)) return null;
  return (
    <form
      class="thank-form"
      onSubmit={(event) => {
        event.preventDefault();
        const words = text.value.trim().normalize("NFC");
        text.value = "";
        act(
          "task.thank",
          { id: task.id, ...(words ? { text: words } : {}) },
          {
            done: t("task-thanked-done"),
          },
        );
      }}
    >
      <label>
        {mine ? t("task-thank-again") : t("task-thank-words")}
        <input
          type="text"
          dir="auto"
          maxLength={300}
          data-test="thank-text"
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="button" data-test="thank-send">
        <Icon name="heart" size={18} /> {t("task-thank")}
      </button>
    </form>
  );
}

function Thanks({ task }: { task: Task }) {
  if (task.state !== "done") return null;
  return (
    <section class="card box" aria-labelledby="thanks">
      <h2 id="thanks">{t("task-thanks-title")}</h2>
      {task.thanks.length === 0 && <p class="hint">{t("task-thanks-none")}</p>}
      <ul class="people-list">
        {task.thanks.map((thanks) => (
          <li key={thanks.by.id} data-test="thanks">
            <Avatar person={thanks.by} small /> <Name person={thanks.by} />
            {thanks.text && <q dir="auto">{thanks.text}</q>}
          </li>
        ))}
      </ul>
      <ThankWithWords task={task} />
    </section>
  );
}

function Facts({ task }: { task: Task }) {
  const themes = useTopic("org").one("organisation")?.settings.themes ?? [];
  const named = task.themes.map((key) => {
    const theme = themes.find((one) => one.key === key);
    return { key, text: pick(theme?.label).text || key };
  });
  return (
    <dl class="facts">
      <div>
        <dt>{t("task-from")}</dt>
        <dd>
          <Origin task={task} />
        </dd>
      </div>
      {task.effort_hours !== undefined && (
        <div>
          <dt>{t("task-effort-label")}</dt>
          <dd>{effortText(task.effort_hours)}</dd>
        </div>
      )}
      {named.length > 0 && (
        <div>
          <dt>{t("task-themes-label")}</dt>
          <dd>
            {named.map((theme, at) => (
              <span key={theme.key}>
                {at > 0 && ", "}
                <a href={`/t?show=all&theme=${encodeURIComponent(theme.key)}`}>
                  <bdi>{theme.text}</bdi>
                </a>
              </span>
            ))}
          </dd>
        </div>
      )}
      <div>
        <dt>{t("task-made-by")}</dt>
        <dd>
          <By by={task.created_by} />, <When ms={task.created_ms} date />
        </dd>
      </div>
    </dl>
  );
}

function History({ task, versions }: { task: Task; versions: TaskVersions | undefined }) {
  if (task.history.length === 0) return null;
  return (
    <details class="card box history">
      <summary>{t("history-title")}</summary>
      <ol>
        {task.history.map((step) => (
          <li key={`${step.at_ms}${step.what}`}>
            <When ms={step.at_ms} date />{" "}
            {step.what === "updated"
              ? t("task-was-updated")
              : step.what === "overdue"
                ? t("task-was-late")
                : t(`task-state-${step.to ?? task.state}`)}{" "}
            · <By by={step.by} />
            {step.reason && (
              <span class="hint" dir="auto">
                {" "}
                {step.reason}
              </span>
            )}
          </li>
        ))}
      </ol>
      {versions && (
        <>
          <h3>{t("task-earlier")}</h3>
          {versions.items.map((version) => (
            <blockquote key={version.at_ms} lang={version.language} dir="auto">
              <strong>
                <bdi>{version.title}</bdi>
              </strong>
              <p>{version.result}</p>
              {version.quality && <p>{version.quality}</p>}
              <p class="hint">
                {version.due_ms !== undefined && (
                  <>
                    {t("task-due")} <When ms={version.due_ms} date /> ·{" "}
                  </>
                )}
                {t("task-replaced")} <When ms={version.at_ms} date />, <By by={version.by} />
              </p>
            </blockquote>
          ))}
        </>
      )}
    </details>
  );
}

function Expected({ task }: { task: Task }) {
  return (
    <>
      {task.result && (
        <section aria-labelledby="expected">
          <h2 id="expected">{t("task-result-label")}</h2>
          <p class="lines" lang={task.language} dir="auto" data-test="task-expected">
            {task.result}
          </p>
        </section>
      )}
      {task.quality && (
        <section aria-labelledby="quality">
          <h2 id="quality">{t("task-quality-label")}</h2>
          <p class="lines" lang={task.language} dir="auto" data-test="task-well-done">
            {task.quality}
          </p>
        </section>
      )}
      {task.reason && (
        <p class="notice" dir="auto">
          {t("task-reason", { reason: task.reason })}
        </p>
      )}
    </>
  );
}

export default function TaskPage() {
  const { params } = useRoute();
  const watched = useTopic(`task/${params.number}`);
  const task = watched.one("task");
  const editing = useSignal(false);
  if (watched.state.value === "closed")
    return (
      <Page name="task" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  if (!task)
    return (
      <Page name="task" title={t("tasks-title")} heading={false}>
        <Loading />
      </Page>
    );
  const mayEdit = isOpen(task) && isMember.value && (isOwner(task) || isAssigned(task));
  const mayReopen = task.state === "dropped" && isMember.value && (isMade(task) || isOwner(task));
  return (
    <Page name="task" title={task.title} heading={false} wide>
      <p class="crumbs">
        <a href="/t">{t("tasks-title")}</a> <span aria-hidden="true">›</span>{" "}
        <span data-test="task-number" data-number={task.number}>
          {t("task-number", { number: task.number })}
        </span>
      </p>
      <div class="split talk">
        <div class="split-main" data-test="task-page" data-state={task.state}>
          <TaskHead task={task} />
          <h1 lang={task.language}>
            <bdi>{task.title}</bdi>
          </h1>
          {editing.value ? (
            <EditTask
              task={task}
              onClose={() => {
                editing.value = false;
              }}
            />
          ) : (
            <Expected task={task} />
          )}
          <div class="row wrap task-actions">
            <Actions task={task} thanks={false} />
            {mayReopen && (
              <button
                type="button"
                class="button small"
                data-test="task-reopen"
                onClick={() => mark(task.id, "free")}
              >
                {t("task-reopen")}
              </button>
            )}
            {mayEdit && !editing.value && (
              <button
                type="button"
                class="button quiet small"
                data-test="task-edit-open"
                onClick={() => {
                  editing.value = true;
                }}
              >
                {t("task-edit")}
              </button>
            )}
            {isOpen(task) && isMember.value && isOwner(task) && <Drop task={task} />}
          </div>
          {!editing.value && <Checklist task={task} />}
          <Facts task={task} />
          <Attached
            topic={`task/${task.id}`}
            on={{ kind: "task", id: task.id }}
            may={isOwner(task) || isAssigned(task) || isAsked(task)}
          />
        </div>
        <aside class="split-side">
          <TellPeople told={toldTask(task)} />
          <People task={task} />
          <Thanks task={task} />
          <History task={task} versions={watched.one("task_versions")} />
        </aside>
        <div class="split-talk">
          <Discussion
            watched={watched}
            kind="task"
            id={task.id}
            reportable={typeof task.created_by !== "object" || task.created_by.id !== me.value.id}
          />
        </div>
      </div>
    </Page>
  );
}
