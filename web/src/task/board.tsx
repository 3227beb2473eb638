// To-dos by state, side by side; on a phone one column at a time. A card is moved by its buttons, by dragging, or with the
// keyboard: arrows go from card to card, Shift and an arrow moves the card to the next column that the reader may move
// it to. Dropping needs a reason and is done on the to-do's own page.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Task } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { ShowMore } from "../ui/more";
import { TaskRow } from "./row";
import { looks, moves, type TaskState } from "./steps";

const columns = ["free", "asked", "taken", "done"] as const satisfies TaskState[];
type Column = (typeof columns)[number];
const firstShown = 30;

interface Drag {
  id: string;
  targets: TaskState[];
}

function Lane({
  state,
  tasks,
  open,
  drag,
  onDrag,
  onDropped,
}: {
  state: Column;
  tasks: Task[];
  open: boolean;
  drag: Drag | null;
  onDrag: (drag: Drag | null) => void;
  onDropped: (state: Column) => void;
}) {
  const shown = useSignal(firstShown);
  const target = drag?.targets.includes(state) ?? false;
  return (
    <section
      class={`column${tasks.length === 0 ? " none" : ""}${open ? " open" : ""}${target ? " target" : ""}`}
      data-test={`task-column-${state}`}
      aria-labelledby={`task-column-${state}`}
      onDragOver={(event) => {
        if (target) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        onDropped(state);
      }}
    >
      <h2 id={`task-column-${state}`}>
        <Icon name={looks[state][0]} size={18} />
        {t(`task-state-${state}`)} <span class="count">{number(tasks.length)}</span>
      </h2>
      {tasks.slice(0, shown.value).map((task) => {
        const targets = Object.keys(moves(task)) as TaskState[];
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: dragging; keys and buttons do the same
          <div
            key={task.id}
            class={targets.length > 0 ? "board-card may-move" : "board-card"}
            data-card={task.id}
            draggable={targets.length > 0}
            onDragStart={(event) => {
              event.dataTransfer?.setData("text/plain", task.title);
              onDrag({ id: task.id, targets });
            }}
            onDragEnd={() => onDrag(null)}
          >
            <TaskRow id={task.id} />
          </div>
        );
      })}
      <ShowMore
        left={tasks.length - shown.value}
        onMore={() => {
          shown.value += firstShown;
        }}
      />
    </section>
  );
}

const cardOf = (at: EventTarget | null) =>
  (at as HTMLElement | null)?.closest<HTMLElement>("[data-card]");
const focusIn = (card: Element | null | undefined) =>
  card?.querySelector<HTMLElement>("h3 a")?.focus();

export function TaskBoard({ tasks }: { tasks: Task[] }) {
  const open = useSignal<Column | "">("");
  const drag = useSignal<Drag | null>(null);
  const follow = useSignal("");
  const board = useRef<HTMLElement>(null);
  const inside = (state: Column) => tasks.filter((task) => task.state === state);
  const current = open.value || (columns.find((state) => inside(state).length > 0) ?? "free");
  const where = tasks.find((task) => task.id === follow.value)?.state;
  // The focus goes along with a card that was moved by keys.
  useEffect(() => {
    if (!follow.value) return;
    if (columns.includes(where as Column)) open.value = where as Column;
    focusIn(board.current?.querySelector(`[data-card="${follow.value}"]`));
  }, [follow.value, where]);

  const move = (id: string, to: TaskState) => {
    const task = tasks.find((one) => one.id === id);
    const step = task && moves(task)[to];
    if (!step) return false;
    step();
    return true;
  };
  const moveBy = (card: HTMLElement, step: 1 | -1) => {
    const id = card.dataset.card ?? "";
    const task = tasks.find((one) => one.id === id);
    if (!task) return;
    const from = columns.indexOf(task.state as Column);
    const beyond = step > 0 ? columns.slice(from + 1) : columns.slice(0, from).reverse();
    if (beyond.some((state) => move(id, state))) follow.value = id;
  };
  const goTo = (card: HTMLElement, across: number, down: number) => {
    const lane = card.closest(".column");
    const lanes = [...(board.current?.querySelectorAll(".column") ?? [])];
    const cards = [...(lane?.querySelectorAll("[data-card]") ?? [])];
    const at = cards.indexOf(card);
    if (down) return focusIn(cards[at + down]);
    for (let n = lanes.indexOf(lane as Element) + across; lanes[n]; n += across) {
      const others = [...(lanes[n]?.querySelectorAll("[data-card]") ?? [])];
      if (others.length > 0) return focusIn(others[Math.min(at, others.length - 1)]);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrows: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const arrow = arrows[event.key];
    const card = cardOf(event.target);
    if (!arrow || !card || (event.target as HTMLElement).tagName !== "A") return;
    event.preventDefault();
    follow.value = "";
    if (!event.shiftKey) goTo(card, arrow[0], arrow[1]);
    else if (arrow[0]) moveBy(card, arrow[0] as 1 | -1);
  };
  return (
    <>
      <fieldset class="tabs" aria-label={t("board-columns")}>
        {columns.map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={current === state}
            data-test={`task-tab-${state}`}
            onClick={() => {
              follow.value = "";
              open.value = state;
            }}
          >
            {t(`task-state-${state}`)} <span class="count">{number(inside(state).length)}</span>
          </button>
        ))}
      </fieldset>
      <p class="hint wide-only">{t("tasks-board-keys")}</p>
      <section
        ref={board}
        class="board task-board"
        aria-label={t("tasks-title")}
        onKeyDown={onKeyDown}
      >
        {columns.map((state) => (
          <Lane
            key={state}
            state={state}
            tasks={inside(state)}
            open={current === state}
            drag={drag.value}
            onDrag={(now) => {
              drag.value = now;
            }}
            onDropped={(to) => {
              const moved = drag.value;
              drag.value = null;
              if (moved) move(moved.id, to);
            }}
          />
        ))}
      </section>
    </>
  );
}
