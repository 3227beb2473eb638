// The live discussion of a thing: two levels, oldest first. What others write after the page was read
// waits behind a "3 new" button, so that the text under one's eyes never moves; one's own shows at once.
// What came since the last visit is marked, and `n` goes from one to the next. An address that ends in
// #c-17 leads to that comment, however far down or folded away.
import { batch, type Signal, signal, useComputed, useSignal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { isFacilitator, isMember, me } from "../app/session";
import type { Comment } from "../generated/api";
import { number, t } from "../i18n/i18n";
import type { Watched } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { memo } from "../ui/memo";
import { Empty, Loading } from "../ui/parts";
import { useSlices } from "../ui/slices";
import { announce } from "../ui/toast";
import { Form, isMine, type Thing } from "./form";
import { Item, type Shared } from "./item";
import type { Named } from "../ui/mention-text";
import { ShowMore } from "../ui/more";
import { Report } from "./report";
import { inOrder, lineBefore, numberIn, type Thread, threadOf, threads } from "./threads";
import { useVisit } from "./visit";
import "./discussion.css";

const firstShown = 15;
const fewReplies = 3;
/** Threads drawn at once: the first can be read while the others are drawn. */
const sliceSize = 1;
/** Written while this page was open: it must not hide behind "show more". */
const isRecent = (comment: Comment): boolean => comment.at_ms > serverNow() - 3_600_000;

const nothing: Comment[] = [];
/** Which comments stand on the page, and which wait behind the button. */
export function useArrivals(
  watched: Watched,
  thing: Thing,
  held: Signal<ReadonlyMap<string, Comment>>,
) {
  const seen = useSignal<ReadonlySet<string> | null>(null);
  const fresh = useSignal<ReadonlySet<string>>(new Set());
  const complete = watched.state.value === "complete";
  // Parts of a long discussion come in the order of their ids: nothing stands until all are here.
  const all = useComputed(() => {
    if (watched.state.value !== "complete") return nothing;
    const here = watched.all("comment").filter((comment) => comment.on.id === thing.id);
    const known = new Set(here.map((comment) => comment.id));
    return [...here, ...[...held.value.values()].filter((comment) => !known.has(comment.id))];
  });
  const ids = all.value.map((comment) => comment.id).join();
  useEffect(() => {
    if (!complete) return;
    const known = seen.peek();
    if (!known) {
      seen.value = new Set(all.peek().map((comment) => comment.id));
      return;
    }
    const mine = all.peek().filter((c) => !known.has(c.id) && isMine(c));
    if (mine.length > 0) seen.value = new Set([...known, ...mine.map((comment) => comment.id)]);
  }, [complete, ids]);
  const isWaiting = (comment: Comment) => seen.value !== null && !seen.value.has(comment.id);
  const waiting = all.value.filter((c) => isWaiting(c) && !isMine(c) && !c.removed);
  const reveal = (): string | undefined => {
    const first = waiting[0]?.id;
    batch(() => {
      fresh.value = new Set(waiting.map((comment) => comment.id));
      seen.value = new Set(all.peek().map((comment) => comment.id));
    });
    return first;
  };
  const shown = all.value.filter((c) => !isWaiting(c) || isMine(c));
  return { complete, shown, waiting, fresh: fresh.value, reveal };
}

interface Marks {
  fresh: ReadonlySet<string>;
  /** New since the last visit. */
  isNew: ReadonlySet<string>;
}

/** A long thread shows its first answers, and those that are new, linked or one's own; what was shown stays. */
const ThreadView = memo(function ThreadView({
  root,
  replies,
  marks,
  shared,
}: {
  root: Comment;
  replies: Comment[];
  marks: Marks;
  shared: Shared;
}) {
  const open = useSignal(false);
  const shownOnce = useRef(new Set<string>());
  const short = replies.length <= fewReplies + 2;
  const isKept = (reply: Comment, at: number) =>
    at < fewReplies ||
    shownOnce.current.has(reply.id) ||
    marks.fresh.has(reply.id) ||
    marks.isNew.has(reply.id) ||
    shared.target.value === reply.id ||
    (isRecent(reply) && isMine(reply));
  const shown = open.value || short ? replies : replies.filter(isKept);
  for (const reply of shown) shownOnce.current.add(reply.id);
  const item = (comment: Comment) => (
    <Item
      key={comment.id}
      id={comment.id}
      fresh={marks.fresh.has(comment.id)}
      isNew={marks.isNew.has(comment.id)}
      shared={shared}
    />
  );
  return (
    <div class="thread">
      {item(root)}
      {replies.length > 0 && (
        <div class="replies">
          {shown.map(item)}
          <ShowMore
            left={replies.length - shown.length}
            small
            test="more-replies"
            onMore={() => {
              open.value = true;
            }}
          />
        </div>
      )}
    </div>
  );
});

export function Threads({
  all,
  atOnce,
  line,
  marks,
  shared,
}: {
  all: Thread[];
  /** So many are drawn without a breath: somebody asked to see them. */
  atOnce: number;
  line: number;
  marks: Marks;
  shared: Shared;
}) {
  const slices = useSlices(all.length, sliceSize);
  return (
    <>
      {all.slice(0, Math.max(slices, atOnce)).map(({ root, replies }, at) => (
        <>
          {at === line && (
            <p key="line" class="new-line" data-test="new-line">
              <span>{t("new-line")}</span>
            </p>
          )}
          <ThreadView key={root.id} root={root} replies={replies} marks={marks} shared={shared} />
        </>
      ))}
    </>
  );
}

/** Numbers of comments that stand in another part of the page. */
export const elsewhere = signal<ReadonlySet<number>>(new Set());

/** Scrolls there and gives it the focus, once it is drawn. */
function goTo(id: string, tries = 40): void {
  const found = document.querySelector<HTMLElement>(`.discussion [data-id="${CSS.escape(id)}"]`);
  if (!found) {
    if (tries > 0) requestAnimationFrame(() => goTo(id, tries - 1));
    return;
  }
  found.scrollIntoView({ block: "center" });
  found.focus({ preventScroll: true });
}

/** The comment that the address names. */
export function useTarget(all: Thread[], complete: boolean, target: Signal<string>) {
  const { url } = useLocation();
  const hash = useSignal(location.hash);
  const missing = useSignal(false);
  useEffect(() => {
    const look = () => {
      hash.value = location.hash;
    };
    look();
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, [url]);
  const wanted = numberIn(hash.value);
  useEffect(() => {
    if (!complete) return;
    const every = all.flatMap(({ root, replies }) => [root, ...replies]);
    const found = every.find((comment) => comment.number === wanted);
    missing.value = wanted > 0 && !found;
    target.value = found?.id ?? "";
    // After the page has scrolled to its own beginning.
    if (found) setTimeout(() => goTo(found.id), 0);
  }, [complete, wanted, url]);
  return missing.value && !elsewhere.value.has(wanted);
}

const isTyping = (element: EventTarget | null): boolean =>
  element instanceof HTMLElement && element.matches("input, textarea, select, [contenteditable]");

/** What is new, in the order of reading, and going from one to the next. */
function useNext(
  ids: string[],
  target: Signal<string>,
  arrivals: { waiting: Comment[]; reveal: () => string | undefined },
) {
  const at = useRef("");
  const next = () => {
    const following = ids[ids.indexOf(at.current) + 1];
    const first = !following && arrivals.waiting.length > 0 ? arrivals.reveal() : undefined;
    const id = following ?? first ?? ids[0];
    if (!id) return;
    at.current = id;
    target.value = target.peek() === id ? id : "";
    goTo(id);
  };
  const latest = useRef(next);
  latest.current = next;
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
  return next;
}

/** People of this discussion, the last to write first. */
function peopleOf(comments: Comment[]): Named[] {
  const people = new Map<string, Named>();
  for (const { author, removed } of [...comments].reverse())
    if (!removed && author.id !== me.peek().id && !people.has(author.id))
      people.set(author.id, { kind: "member", id: author.id, name: author.name });
  return [...people.values()];
}

export function useShared(
  thing: Thing,
  held: Signal<ReadonlyMap<string, Comment>>,
  shown: Comment[],
  may: boolean,
) {
  const target = useSignal("");
  const mayWrite = useSignal(may);
  useEffect(() => {
    mayWrite.value = may;
  }, [may]);
  const latest = useRef(shown);
  latest.current = shown;
  return useMemo<Shared>(
    () => ({
      thing,
      target,
      mayWrite,
      nearby: () => peopleOf(latest.current.filter((comment) => comment.source === undefined)),
      hold: (comment, on) => {
        const now = new Map(held.peek());
        if (on) now.set(comment.id, comment);
        else now.delete(comment.id);
        held.value = now;
      },
    }),
    [],
  );
}

interface Place {
  watched: Watched;
  mayWrite?: boolean;
  /** Said to those who may not. */
  whoWrites?: string;
  /** The thing is somebody else's: it can be shown to facilitation. */
  reportable?: boolean;
}

function Here({
  watched,
  thing,
  may,
  whoWrites,
  reportable,
}: Place & { thing: Thing; may: boolean }) {
  const section = useRef<HTMLElement>(null);
  const held = useSignal<ReadonlyMap<string, Comment>>(new Map());
  const { complete, shown, waiting, fresh, reveal } = useArrivals(watched, thing, held);
  const limit = useSignal(firstShown);
  const shared = useShared(thing, held, shown, may);
  const all = useMemo(() => threads(shown), [shown.map((c) => `${c.id}${c.rev}`).join()]);
  const newest = complete ? shown.reduce((most, c) => Math.max(most, c.number), 0) : 0;
  const { since, upto } = useVisit(thing, section, newest);
  const isNewOne = (comment: Comment) =>
    since !== null &&
    comment.number > since &&
    !isMine(comment) &&
    !comment.removed &&
    !fresh.has(comment.id);
  const newIds = inOrder(all, isNewOne);
  const marks = useMemo<Marks>(() => ({ fresh, isNew: new Set(newIds) }), [fresh, newIds.join()]);
  const missing = useTarget(all, complete, shared.target);
  const next = useNext(newIds, shared.target, { waiting, reveal });
  // What is new or linked must be on the page, however far down.
  const lastFresh = all.reduce(
    (last, { root, replies }, at) =>
      fresh.has(root.id) || replies.some((one) => fresh.has(one.id)) ? at : last,
    -1,
  );
  const lastNew = newIds.length > 0 ? threadOf(all, newIds[newIds.length - 1] as string) : -1;
  const targetAt = threadOf(all, shared.target.value);
  const reached = useRef(0);
  reached.current = Math.max(
    reached.current,
    limit.value,
    lastFresh + 1,
    lastNew + 1,
    targetAt + 1,
  );
  const count = reached.current;
  const last = all[all.length - 1]?.root;
  const mineLast = last !== undefined && isMine(last);
  const tail = mineLast && all.length > count ? all.slice(-1) : [];
  useEffect(() => {
    if (waiting.length > 0) announce("comments", t("comments-new", { count: waiting.length }));
  }, [waiting.length]);
  const show = () => {
    const first = reveal();
    if (first) requestAnimationFrame(() => goTo(first));
  };
  const rest = all.length - count - tail.length;
  return (
    <section class="discussion" aria-labelledby="discussion" ref={section} data-read={upto}>
      <div class="discussion-head">
        <h2 id="discussion">
          {t("discussion")} {complete && <span class="count">{number(shown.length)}</span>}
        </h2>
        {newIds.length > 0 && (
          <button type="button" class="button small" data-test="next-new" onClick={next}>
            {t("new-since", { count: newIds.length })} <kbd>n</kbd>
          </button>
        )}
        {isFacilitator.value && (
          <a class="button quiet small" href="/moderation">
            {t("moderation-title")}
          </a>
        )}
      </div>
      {missing && (
        <p class="notice" data-test="link-missing">
          {t("comment-link-missing")}
        </p>
      )}
      {!complete && <Loading />}
      {complete && all.length === 0 && <Empty icon="talk" text={t("comments-none")} />}
      <Threads
        all={[...all.slice(0, count), ...tail]}
        atOnce={Math.max(fresh.size > 0 ? all.length : 0, targetAt + 1)}
        line={lineBefore(all, isNewOne)}
        marks={marks}
        shared={shared}
      />
      {rest > 0 && (
        <p class="center">
          <ShowMore
            left={rest}
            test="more-comments"
            onMore={() => {
              limit.value = count + 2 * firstShown;
            }}
          />
        </p>
      )}
      {waiting.length > 0 && (
        <button type="button" class="pill" data-test="new-comments" onClick={show}>
          {t("comments-new", { count: waiting.length })}
        </button>
      )}
      {may && <Form thing={thing} nearby={shared.nearby} />}
      {!may && whoWrites && <p class="hint">{whoWrites}</p>}
      {reportable && isMember.value && (thing.kind === "proposal" || thing.kind === "task") && (
        <div class="report-thing">
          <Report kind={thing.kind} id={thing.id} />
        </div>
      )}
    </section>
  );
}

/** The discussion of a thing, whose topic the page watches. Members write, where nothing else is said. */
export function Discussion({ kind, id, mayWrite = true, ...place }: Place & Thing) {
  const thing = useMemo(() => ({ kind, id }), [kind, id]);
  return <Here key={id} {...place} thing={thing} may={isMember.value && mayWrite} />;
}
