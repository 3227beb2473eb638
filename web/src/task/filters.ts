// The views of to-dos: which belong to one, in which order, and how the server is asked for those that the feed does not
// hold. Both sides know the same views; the address keeps the choice.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { me } from "../app/session";
import type { Methods, Task } from "../generated/api";
import { store } from "../sync/feed";
import { call } from "../sync/socket";
import { notifyError } from "../ui/toast";
import { isArchived, isAsked, isAssigned, isMade, isOpen, isOverdue } from "./steps";

export const filters = [
  "mine",
  "free",
  "asked",
  "overdue",
  "made",
  "done",
  "all",
  "archive",
] as const;
export type Filter = (typeof filters)[number];
/** How many documents a full answer of the topic holds. */
export const windowSize = 200;

/** Which to-dos one looks at, beside the view: of a theme, of a meeting (its number); "" = of all. */
export interface Of {
  theme: string;
  meeting: string;
}

export function passes(task: Task, filter: Filter, { theme, meeting }: Of, now: number): boolean {
  if (theme && !task.themes.includes(theme)) return false;
  if (meeting && String(task.meeting?.number) !== meeting) return false;
  if ((filter === "archive") !== isArchived(task, now)) return false;
  switch (filter) {
    case "mine":
      return (isAssigned(task) || isAsked(task)) && isOpen(task);
    case "free":
    case "asked":
    case "done":
      return task.state === filter;
    case "overdue":
      return isOverdue(task, now);
    case "made":
      return isMade(task);
    default:
      return true;
  }
}

/** What is to be done first: those with a date, the soonest on top, then the newest; what ended stands last. */
export function byUrgency(a: Task, b: Task): number {
  const due = (task: Task) => task.due_ms ?? Number.MAX_SAFE_INTEGER;
  const ended = (task: Task) => task.ended_ms ?? 0;
  return (
    Number(ended(a) > 0) - Number(ended(b) > 0) ||
    (ended(a) > 0 ? ended(b) - ended(a) : due(a) - due(b)) ||
    b.number - a.number
  );
}

type Params = Methods["task.list"]["params"];
export function paramsOf(filter: Filter, { theme, meeting }: Of): Params {
  const params: Params = filter === "archive" ? { archive: true } : { archive: false };
  if (theme) params.theme = theme;
  if (meeting) params.meeting = meeting;
  if (filter === "mine") params.mine = true;
  if (filter === "free") params.free = true;
  if (filter === "overdue") params.overdue = true;
  if (filter === "made") params.made = true;
  if (filter === "asked" || filter === "done") params.state = filter;
  return params;
}

/** Pages of the list method, for what the feed does not hold. The archive is fetched by itself. */
export function useOlder(filter: Filter, of: Of) {
  const items = useSignal<Task[]>([]);
  /** undefined = not asked yet; null = that was all. */
  const next = useSignal<string | null | undefined>(undefined);
  const busy = useSignal(false);
  const view = `${filter} ${of.theme} ${of.meeting} ${me.value.id}`;
  const current = useSignal(view);
  const more = async () => {
    busy.value = true;
    try {
      const after = next.value ?? undefined;
      const page = await call("task.list", { ...paramsOf(filter, of), limit: 50, after });
      if (current.peek() !== view) return;
      // Rows read their document by id: those fetched here are put beside the live ones.
      for (const task of page.items) {
        const one = store.document("task", task.id);
        if (!one.peek()) one.value = task;
      }
      items.value = [...items.value, ...page.items];
      next.value = page.next;
    } catch (error) {
      notifyError(error);
    } finally {
      busy.value = false;
    }
  };
  useEffect(() => {
    current.value = view;
    items.value = [];
    next.value = undefined;
    if (filter === "archive") more();
  }, [view]);
  return { items, next, busy, more };
}
