// The live discussion of a proposal: two levels, oldest first. What others write after the page was
// read waits behind a "3 new" button, so that the text under one's eyes never moves; one's own shows
// at once. The form belongs to its writer alone: nothing that arrives renders it again.
import { batch, useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isFacilitator, isMember, me } from "../app/session";
import type { Comment } from "../generated/api";
import { language, number, t } from "../i18n/i18n";
import { useDocument, type Watched } from "../sync/feed";
import { newId } from "../sync/rpc";
import { serverNow } from "../sync/socket";
import { useDraft } from "../ui/draft";
import { Editor } from "../ui/editor";
import { Icon } from "../ui/icons";
import { Markdown } from "../ui/markdown";
import { memo } from "../ui/memo";
import { Ask, Avatar, Empty, Loading, Name, When } from "../ui/parts";
import { useSlices } from "../ui/slices";
import { act, announce } from "../ui/toast";

const reactions = ["agree", "thanks", "question", "celebrate"] as const;
const signs = { agree: "thumb", thanks: "heart", question: "question", celebrate: "star" } as const;
const firstShown = 15;
const fewReplies = 3;
/** Threads drawn at once. */
const sliceSize = 2;
/** Written while this page was open: it must not hide behind "show more". */
const isRecent = (comment: Comment): boolean => comment.at_ms > serverNow() - 3_600_000;

const writtenAt = (comment: Comment): number => comment.source?.at_ms ?? comment.at_ms;

async function post(proposal: string, text: string, parent?: Comment): Promise<boolean> {
  const id = newId();
  const root = parent?.parent ?? parent?.id;
  const made = await act(
    "comment.post",
    {
      id,
      language: language.value,
      on: { kind: "proposal", id: proposal },
      parent: root,
      reply_to: parent && root !== parent.id ? parent.id : undefined,
      text,
    },
    {
      done: t("comment-sent"),
      undo: () => act("comment.remove", { id, reason: t("comment-undo-reason") }),
    },
  );
  return made !== null;
}

function Form({
  proposal,
  parent,
  onDone,
}: {
  proposal: string;
  parent?: Comment | undefined;
  onDone?: () => void;
}) {
  const draft = useDraft(`comment/${parent?.id ?? proposal}`);
  const busy = useSignal(false);
  const kind = parent ? "reply" : "comment";
  const submit = async (event?: Event) => {
    event?.preventDefault();
    const text = draft.text.value.trim().normalize("NFC");
    if (!text || busy.value) return;
    busy.value = true;
    const sent = await post(proposal, text, parent);
    busy.value = false;
    if (!sent) return;
    draft.clear();
    onDone?.();
  };
  const label = parent ? t("reply-label", { name: parent.author.name }) : t("comment-label");
  return (
    <form class="comment-form" onSubmit={submit}>
      <Editor
        draft={draft}
        limit={8000}
        label={label}
        placeholder={label}
        rows={parent ? 2 : 3}
        test={`${kind}-text`}
        focus={parent !== undefined}
        onSend={submit}
      />
      <div class="row end">
        {onDone && (
          <button type="button" class="button quiet" onClick={onDone}>
            {t("cancel")}
          </button>
        )}
        <button
          type="submit"
          class="button primary"
          data-test={`${kind}-send`}
          disabled={busy.value}
        >
          {t("comment-send")}
        </button>
      </div>
    </form>
  );
}

function Reactions({ comment }: { comment: Comment }) {
  const mine = me.value.id;
  return (
    <div class="reactions">
      {reactions.map((reaction) => {
        const who = comment.reactions[reaction];
        const on = who.includes(mine);
        return (
          <button
            key={reaction}
            type="button"
            class="reaction"
            aria-pressed={on}
            title={t(`react-${reaction}`)}
            data-test={`react-${reaction}`}
            disabled={!isMember.value}
            onClick={() => act("comment.react", { id: comment.id, reaction, on: !on })}
          >
            <Icon name={signs[reaction]} size={18} />
            <span class="hidden">{t(`react-${reaction}`)}</span>
            {who.length > 0 && <span class="count">{number(who.length)}</span>}
          </button>
        );
      })}
    </div>
  );
}

function Correction({ comment, onDone }: { comment: Comment; onDone: () => void }) {
  const draft = useDraft(`comment-edit/${comment.id}`, comment.text);
  const save = async (event: Event) => {
    event.preventDefault();
    const clean = draft.text.value.trim().normalize("NFC");
    if (!clean || !(await act("comment.edit", { id: comment.id, text: clean }))) return;
    draft.clear();
    onDone();
  };
  return (
    <form class="comment-form" onSubmit={save}>
      <Editor draft={draft} limit={8000} label={t("comment-edit")} rows={4} focus />
      <div class="row end">
        <button type="button" class="button quiet" onClick={onDone}>
          {t("cancel")}
        </button>
        <button type="submit" class="button primary">
          {t("save")}
        </button>
      </div>
    </form>
  );
}

function Removal({ comment }: { comment: Comment }) {
  const reason = useSignal("");
  return (
    <Ask
      label={t("comment-remove")}
      question={t("comment-remove-ask")}
      confirm={t("comment-remove")}
      tone="quiet small"
      test="comment-remove"
      disabled={!reason.value.trim()}
      onConfirm={() => act("comment.remove", { id: comment.id, reason: reason.value.trim() })}
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

function Body({ comment }: { comment: Comment }) {
  if (comment.removed)
    return (
      <p class="removed">
        {comment.removed.reason
          ? t("comment-removed-why", { reason: comment.removed.reason })
          : t("comment-removed")}
      </p>
    );
  return <Markdown text={comment.text} lang={comment.language} />;
}

function Head({ comment }: { comment: Comment }) {
  const answered = useDocument("comment", comment.reply_to ?? "");
  return (
    <p class="comment-head">
      <Avatar person={comment.author} small />
      <Name person={comment.author} />
      {answered && answered.id !== comment.parent && (
        <span class="to">
          <Icon name="reply" size={14} /> <Name person={answered.author} />
        </span>
      )}
      <When ms={writtenAt(comment)} />
      {comment.edited_ms && <span class="edited">{t("comment-edited")}</span>}
      {comment.source?.orphan && <span class="edited">{t("comment-orphan")}</span>}
    </p>
  );
}

const Item = memo(function Item({
  id,
  fresh,
  proposal,
}: {
  id: string;
  fresh: boolean;
  proposal: string;
}) {
  const comment = useDocument("comment", id);
  const doing = useSignal<"" | "reply" | "edit">("");
  const stop = () => {
    doing.value = "";
  };
  if (!comment) return null;
  const mine = comment.author.id === me.value.id;
  return (
    <article
      class={`comment${fresh ? " fresh" : ""}`}
      data-test="comment"
      data-id={id}
      aria-label={t("comment-by", { name: comment.author.name })}
    >
      <Head comment={comment} />
      {doing.value === "edit" ? (
        <Correction comment={comment} onDone={stop} />
      ) : (
        <Body comment={comment} />
      )}
      {!comment.removed && doing.value !== "edit" && (
        <div class="comment-foot">
          <Reactions comment={comment} />
          {isMember.value && (
            <button
              type="button"
              class="button quiet small"
              data-test="comment-reply"
              onClick={() => {
                doing.value = "reply";
              }}
            >
              <Icon name="reply" size={16} /> {t("comment-reply")}
            </button>
          )}
          {mine && (
            <button
              type="button"
              class="button quiet small"
              data-test="comment-edit"
              onClick={() => {
                doing.value = "edit";
              }}
            >
              {t("comment-edit")}
            </button>
          )}
          {(mine || isFacilitator.value) && <Removal comment={comment} />}
        </div>
      )}
      {doing.value === "reply" && <Form proposal={proposal} parent={comment} onDone={stop} />}
    </article>
  );
});

interface Thread {
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

const nothing: Comment[] = [];
/** Which comments stand on the page, and which wait behind the button. */
function useArrivals(watched: Watched) {
  const seen = useSignal<ReadonlySet<string> | null>(null);
  const fresh = useSignal<ReadonlySet<string>>(new Set());
  const complete = watched.state.value === "complete";
  // Parts of a long discussion come in the order of their ids: nothing stands until all are here.
  const all = useComputed(() =>
    watched.state.value === "complete" ? watched.all("comment") : nothing,
  );
  const ids = all.value.map((comment) => comment.id).join();
  useEffect(() => {
    if (!complete) return;
    const known = seen.peek();
    if (!known) {
      seen.value = new Set(all.peek().map((comment) => comment.id));
      return;
    }
    const mine = all.peek().filter((c) => !known.has(c.id) && c.author.id === me.peek().id);
    if (mine.length > 0) seen.value = new Set([...known, ...mine.map((comment) => comment.id)]);
  }, [complete, ids]);
  const isWaiting = (comment: Comment) => seen.value !== null && !seen.value.has(comment.id);
  const waiting = all.value.filter(
    (c) => isWaiting(c) && c.author.id !== me.value.id && !c.removed,
  );
  const reveal = () => {
    batch(() => {
      fresh.value = new Set(waiting.map((comment) => comment.id));
      seen.value = new Set(all.peek().map((comment) => comment.id));
    });
    const first = waiting[0]?.id;
    requestAnimationFrame(() =>
      document.querySelector(`[data-id="${first}"]`)?.scrollIntoView({ block: "center" }),
    );
  };
  const shown = all.value.filter((c) => !isWaiting(c) || c.author.id === me.value.id);
  return { complete, shown, waiting, fresh: fresh.value, reveal };
}

/** A long thread shows its first answers, and those that are new or one's own. */
const ThreadView = memo(function ThreadView({
  root,
  replies,
  fresh,
  proposal,
}: {
  root: Comment;
  replies: Comment[];
  fresh: ReadonlySet<string>;
  proposal: string;
}) {
  const open = useSignal(false);
  const short = replies.length <= fewReplies + 2;
  const isKept = (reply: Comment, at: number) =>
    at < fewReplies || fresh.has(reply.id) || (isRecent(reply) && reply.author.id === me.value.id);
  const shown = open.value || short ? replies : replies.filter(isKept);
  return (
    <div class="thread">
      <Item id={root.id} fresh={fresh.has(root.id)} proposal={proposal} />
      {replies.length > 0 && (
        <div class="replies">
          {shown.map((reply) => (
            <Item key={reply.id} id={reply.id} fresh={fresh.has(reply.id)} proposal={proposal} />
          ))}
          {shown.length < replies.length && (
            <button
              type="button"
              class="button quiet small"
              data-test="more-replies"
              onClick={() => {
                open.value = true;
              }}
            >
              {t("show-more", { count: replies.length - shown.length })}
            </button>
          )}
        </div>
      )}
    </div>
  );
});

function Threads({
  all,
  fresh,
  proposal,
}: {
  all: Thread[];
  fresh: ReadonlySet<string>;
  proposal: string;
}) {
  // What somebody asked to see stands at once.
  const slices = useSlices(all.length, sliceSize);
  const drawn = fresh.size > 0 ? all.length : slices;
  return (
    <>
      {all.slice(0, drawn).map(({ root, replies }) => (
        <ThreadView key={root.id} root={root} replies={replies} fresh={fresh} proposal={proposal} />
      ))}
    </>
  );
}

export function Discussion({ watched, proposal }: { watched: Watched; proposal: string }) {
  const { complete, shown, waiting, fresh, reveal } = useArrivals(watched);
  const limit = useSignal(firstShown);
  const all = threads(shown);
  // What is new must be on the page, however far down.
  const lastFresh = all.reduce(
    (last, { root, replies }, at) =>
      fresh.has(root.id) || replies.some((one) => fresh.has(one.id)) ? at : last,
    -1,
  );
  const mineLast = all[all.length - 1]?.root.author.id === me.value.id;
  const count = Math.max(limit.value, lastFresh + 1);
  const tail = mineLast && all.length > count ? all.slice(-1) : [];
  useEffect(() => {
    if (waiting.length > 0) announce("comments", t("comments-new", { count: waiting.length }));
  }, [waiting.length]);
  return (
    <section class="discussion" aria-labelledby="discussion">
      <h2 id="discussion">
        {t("discussion")} {complete && <span class="count">{number(shown.length)}</span>}
      </h2>
      {!complete && <Loading />}
      {complete && all.length === 0 && <Empty icon="talk" text={t("comments-none")} />}
      <Threads all={[...all.slice(0, count), ...tail]} fresh={fresh} proposal={proposal} />
      {all.length > count + tail.length && (
        <p class="center">
          <button
            type="button"
            class="button quiet"
            data-test="more-comments"
            onClick={() => {
              limit.value = count + 2 * firstShown;
            }}
          >
            {t("show-more", { count: all.length - count - tail.length })}
          </button>
        </p>
      )}
      {waiting.length > 0 && (
        <button type="button" class="pill" data-test="new-comments" onClick={reveal}>
          {t("comments-new", { count: waiting.length })}
        </button>
      )}
      {isMember.value && <Form proposal={proposal} />}
    </section>
  );
}
