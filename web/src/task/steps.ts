// What a to-do is to the reader, and the steps they may take: data for rows, page and board alike.
import { isFacilitator, isMember, me } from "../app/session";
import type { Task } from "../generated/api";
import { t } from "../i18n/i18n";
import { serverNow } from "../sync/socket";
import type { IconName } from "../ui/icons";
import { act } from "../ui/toast";

export type TaskState = Task["state"];
export const looks: Record<TaskState, [IconName, string]> = {
  free: ["plus", "plain"],
  asked: ["talk", "warn"],
  taken: ["work", "accent"],
  done: ["done", "ok"],
  dropped: ["no", "plain"],
};

const has = (people: { id: string }[]) => people.some((person) => person.id === me.value.id);
export const isAssigned = (task: Task): boolean => has(task.assignees);
export const isAsked = (task: Task): boolean => has(task.asked);
export const isMade = (task: Task): boolean =>
  typeof task.created_by === "object" && task.created_by.id === me.value.id;
/** Made it, or facilitates. */
export const isOwner = (task: Task): boolean => isMade(task) || isFacilitator.value;
export const isOpen = (task: Task): boolean => ["free", "asked", "taken"].includes(task.state);

export function isOverdue(task: Task, now: number = serverNow()): boolean {
  return task.due_ms !== undefined && task.due_ms < now && isOpen(task);
}

/** Done or dropped so long ago, it stands in the archive alone. */
const archiveMs = 30 * 86_400_000;
export function isArchived(task: Task, now: number): boolean {
  return task.ended_ms !== undefined && task.ended_ms + archiveMs <= now;
}

export const mark = (id: string, state: TaskState, done?: string, back?: TaskState) =>
  act(
    "task.mark",
    { id, state },
    done ? { done, ...(back ? { undo: () => act("task.mark", { id, state: back }) } : {}) } : {},
  );

export const take = (id: string) =>
  act("task.take", { id }, { done: t("task-taken-done"), undo: () => mark(id, "free") });
export const sayYes = (id: string) =>
  act(
    "task.answer",
    { id, yes: true },
    { done: t("task-taken-done"), undo: () => mark(id, "free") },
  );
export const sayNo = (id: string) => act("task.answer", { id, yes: false });
export const finish = (id: string) => mark(id, "done", t("task-done-done"), "taken");
export const giveBack = (id: string) =>
  act("task.mark", { id, state: "free" }, { done: t("task-given-back"), undo: () => take(id) });

/** Where the reader may move it by itself, without words or names. */
export function moves(task: Task): Partial<Record<TaskState, () => Promise<unknown>>> {
  const { id, state } = task;
  if (!isMember.value) return {};
  if (state === "free") return { taken: () => take(id) };
  if (state === "asked" && isAsked(task)) return { free: () => sayNo(id), taken: () => sayYes(id) };
  if (!isAssigned(task)) return {};
  if (state === "taken") return { free: () => giveBack(id), done: () => finish(id) };
  if (state === "done") return { taken: () => mark(id, "taken") };
  return {};
}
