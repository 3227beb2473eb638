// To-dos given out in a meeting, one line each: "@Fien !vendredi horloge". Where a name may mean several members they are
// offered; what was typed stays until the to-do exists.
import { send } from "../../sync/outbox";
import { call, connection } from "../../sync/socket";
import { effect, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Meeting, Task } from "../../generated/api";
import { day, language, t } from "../../i18n/i18n";
import { newId, RpcError } from "../../sync/rpc";
import { Icon } from "../../ui/icons";
import { Chip, Field, Name, type Person } from "../../ui/parts";
import { act, notifyDone, notifyError } from "../../ui/toast";
import { marksOf } from "../../ui/twins";
import type { Item } from "./agenda";
import { BoundTo, useBound } from "./bound";

interface Named {
  text: string;
  members: Person[];
}

/** What stands after "!" is no date that the server reads: it is a part of the title. While it cannot tell, nothing is said. */
function lacksDate(line: string): Promise<boolean> {
  if (!/(^|\s)!\S/.test(line)) return Promise.resolve(false);
  return new Promise((done) => {
    const stop = effect(() => {
      if (connection.value.state !== "up") done(false);
    });
    call("task.parse", { line, language: language.value })
      .then(({ due }) => done(!due))
      .catch(() => done(false))
      .finally(stop);
  });
}

export function TaskLine({
  meeting,
  item,
  decision,
}: {
  meeting: Meeting;
  item?: Item | undefined;
  decision?: string;
}) {
  const text = useSignal("");
  const bound = useBound(text.value, item);
  const several = useSignal<readonly Named[]>([]);
  const chosen = useSignal<Readonly<Record<string, string>>>({});
  const marks = useSignal<Readonly<Record<string, string>>>({});
  const busy = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const put = async (members?: string[]) => {
    const line = text.peek().trim().normalize("NFC");
    if (!line || busy.peek()) return;
    busy.value = true;
    const id = newId();
    try {
      await send("task.line", {
        ...{ id, meeting: meeting.id, line, language: language.value },
        ...(bound ? { item: bound.id } : {}),
        ...(decision ? { decision } : {}),
        ...(members ? { members } : {}),
      });
      text.value = "";
      several.value = [];
      field.current?.focus();
      // The next to-do does not wait for it.
      lacksDate(line).then((lacks) =>
        notifyDone(lacks ? t("task-given-undated", { mark: "!" }) : t("task-given"), () =>
          act("task.mark", { id, state: "dropped", reason: t("task-given-undo") }),
        ),
      );
    } catch (error) {
      if (error instanceof RpcError && error.reason === "task.several_names") await offer(line);
      else notifyError(error);
    }
    busy.value = false;
  };
  const offer = async (line: string) => {
    const read = await call("task.parse", { line, language: language.value }).catch(() => null);
    const names = ((read?.names ?? []) as Named[]).filter(({ members }) => members.length > 0);
    marks.value = await marksOf(names.flatMap(({ members }) => members)).catch(() => ({}));
    several.value = names;
    chosen.value = Object.fromEntries(
      several
        .peek()
        .flatMap(({ text: name, members }) =>
          members.length === 1 && members[0] ? [[name, members[0].id]] : [],
        ),
    );
  };
  const pickOne = (name: string, person: Person) => {
    chosen.value = { ...chosen.peek(), [name]: person.id };
    const all = several.peek().map((one) => chosen.peek()[one.text]);
    if (all.every((one) => one !== undefined)) put(all as string[]);
  };
  return (
    <form
      class="task-line"
      onSubmit={(event) => {
        event.preventDefault();
        put();
      }}
    >
      <Field label={t("given-line-label")} hint={t("task-line-hint", { mark: "!" })}>
        {(ids) => (
          <span class="row wrap">
            <input
              {...ids}
              ref={field}
              type="text"
              class="grow"
              dir="auto"
              maxLength={300}
              autoComplete="off"
              placeholder={t("task-line-example", { mark: "!" })}
              data-test={decision ? "decision-line" : "task-line"}
              value={text.value}
              onInput={(event) => {
                text.value = event.currentTarget.value;
                several.value = [];
              }}
            />
            <button
              type="submit"
              class="button"
              data-test="task-line-put"
              disabled={!text.value.trim()}
            >
              <Icon name="plus" /> {t("task-line-put")}
            </button>
          </span>
        )}
      </Field>
      <BoundTo item={bound} now={item} />
      {several.value
        .filter(({ members }) => members.length > 1)
        .map((one) => (
          <fieldset key={one.text} class="candidates" data-test="candidates">
            <legend>{t("task-who", { name: one.text })}</legend>
            {one.members.map((person) => (
              <button
                key={person.id}
                type="button"
                class={`button small${chosen.value[one.text] === person.id ? " pressed" : ""}`}
                data-test="candidate"
                onClick={() => pickOne(one.text, person)}
              >
                <Name person={person} />{" "}
                {marks.value[person.id] && <span class="hint">{marks.value[person.id]}</span>}
              </button>
            ))}
          </fieldset>
        ))}
    </form>
  );
}

const who = (task: Task): string =>
  [...task.assignees, ...task.asked].map(({ name }) => name).join(", ");

function Line({ task }: { task: Task }) {
  return (
    <li data-test="given-task">
      <Icon name="task" size={18} />
      <a href={`/t/${task.number}`}>
        <bdi lang={task.language}>{task.title}</bdi>
      </a>{" "}
      <span class="hint">
        {who(task) || t("task-state-free")}
        {task.due_ms ? ` · ${day(task.due_ms)}` : ""}
      </span>
    </li>
  );
}

/** Those of one item, or all that were given out: for the closing round. */
export function GivenTasks({ tasks }: { tasks: readonly Task[] }) {
  if (tasks.length === 0) return null;
  return (
    <ul class="given-tasks">
      {tasks.map((task) => (
        <Line key={task.id} task={task} />
      ))}
    </ul>
  );
}

export function ClosingRound({ tasks }: { tasks: readonly Task[] }) {
  const free = tasks.filter((one) => one.state === "free").length;
  return (
    <details class="card box" data-test="closing-round" data-count={tasks.length}>
      <summary>
        <h2>
          {t("closing-round")} <span class="count">{tasks.length}</span>
        </h2>
      </summary>
      {free > 0 && (
        <p>
          <Chip tone="warn">{t("closing-free", { count: free })}</Chip>
        </p>
      )}
      {tasks.length === 0 ? <p class="hint">{t("closing-none")}</p> : <GivenTasks tasks={tasks} />}
    </details>
  );
}
