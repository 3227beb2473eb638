// A discussion as it is read: two levels, oldest first. Pure functions of the comments.
import type { Comment } from "../generated/api";

export const writtenAt = (comment: Comment): number => comment.source?.at_ms ?? comment.at_ms;

export interface Thread {
  root: Comment;
  replies: Comment[];
}

/** Roots by time, each with its answers by time. An answer whose root is not here stands alone. */
export function threads(comments: Comment[]): Thread[] {
  const inOrder = [...comments].sort((a, b) => writtenAt(a) - writtenAt(b) || a.number - b.number);
  const found = new Map<string, Thread>();
  const known = new Set(inOrder.map((comment) => comment.id));
  for (const comment of inOrder)
    if (!comment.parent || !known.has(comment.parent))
      found.set(comment.id, { root: comment, replies: [] });
  for (const comment of inOrder)
    if (comment.parent && known.has(comment.parent))
      found.get(comment.parent)?.replies.push(comment);
  return [...found.values()];
}

/** Where this comment stands: the place of its thread; -1 = not here. */
export function threadOf(all: Thread[], id: string): number {
  return all.findIndex(
    ({ root, replies }) => root.id === id || replies.some((reply) => reply.id === id),
  );
}

/** Those of these comments in the order in which they are read. */
export function inOrder(all: Thread[], wanted: (comment: Comment) => boolean): string[] {
  return all.flatMap(({ root, replies }) =>
    [root, ...replies].filter(wanted).map((comment) => comment.id),
  );
}

/** Where the line "new since your last visit" stands: before the first root from which on all roots are new. -1 = nowhere. */
export function lineBefore(all: Thread[], isNew: (comment: Comment) => boolean): number {
  let first = all.length;
  while (first > 0 && isNew((all[first - 1] as Thread).root)) first--;
  return first > 0 && first < all.length ? first : -1;
}

/** The number in an address that ends in "#c-17"; 0 = none. */
export function numberIn(hash: string): number {
  return Number(/^#c-([1-9]\d{0,9})$/.exec(hash)?.[1] ?? 0);
}
