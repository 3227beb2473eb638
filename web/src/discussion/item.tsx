// One comment: its words, four reactions, answering, and behind "more" what is needed less often.
import { type Signal, useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isFacilitator, isMember, me } from "../app/session";
import { Attached } from "../file/attached";
import type { Comment } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { useDocument } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Markdown } from "../ui/markdown";
import { memo } from "../ui/memo";
import { Ask, Avatar, Loading, Name, When } from "../ui/parts";
import { act, notifyDone, notifyError } from "../ui/toast";
import { Correction, Form, isMine, removedWords, type Thing } from "./form";
import type { Named } from "../ui/mention-text";
import { nameOf } from "../ui/names";
import { Reason } from "../ui/reason";
import { Report } from "./report";
import { writtenAt } from "./threads";

const reactions = ["agree", "thanks", "question", "celebrate"] as const;
const signs = { agree: "thumb", thanks: "heart", question: "question", celebrate: "star" } as const;
type Reaction = (typeof reactions)[number];

/** What the items of a discussion share; it never changes while the page is open. */
export interface Shared {
  thing: Thing;
  /** People to offer after "@" before the server answers. */
  nearby: () => Named[];
  /** An open form keeps its comment on the page, whatever happens to the comment. */
  hold: (comment: Comment, on: boolean) => void;
  target: Signal<string>;
  mayWrite: Signal<boolean>;
}

function react(comment: Comment, reaction: Reaction, on: boolean): void {
  const id = comment.id;
  act(
    "comment.react",
    { id, reaction, on },
    {
      done: t(on ? "react-on" : "react-off", { reaction: t(`react-${reaction}`) }),
      undo: () => act("comment.react", { id, reaction, on: !on }),
    },
  );
}

function Reactions({ comment }: { comment: Comment }) {
  const mine = me.value.id;
  return (
    <fieldset class="reactions" aria-label={t("reactions")}>
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
            onClick={() => react(comment, reaction, !on)}
          >
            <Icon name={signs[reaction]} size={18} />
            <span class="hidden">{t(`react-${reaction}`)}</span>
            <span class="count">{who.length > 0 ? number(who.length) : ""}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

const mostNames = 100;
/** Who reacted, by name; asked for when it is opened. */
function Reactors({ comment }: { comment: Comment }) {
  return (
    <dl class="reactors" data-test="reactors">
      {reactions
        .filter((reaction) => comment.reactions[reaction].length > 0)
        .map((reaction) => {
          const who = comment.reactions[reaction];
          return (
            <div key={reaction}>
              <dt>
                <Icon name={signs[reaction]} size={16} /> {t(`react-${reaction}`)}
              </dt>
              <dd>
                {who.slice(0, mostNames).map((id, at) => (
                  <span key={id}>
                    {at > 0 && ", "}
                    <bdi>{nameOf(id, "…")}</bdi>
                  </span>
                ))}
                {who.length > mostNames && t("and-more", { count: who.length - mostNames })}
              </dd>
            </div>
          );
        })}
    </dl>
  );
}

/** One's own goes at once; facilitation says why. */
function Removal({ comment }: { comment: Comment }) {
  const reason = useSignal("");
  const remove = (why?: string) =>
    act(
      "comment.remove",
      { id: comment.id, reason: why },
      {
        done: t("comment-removed"),
        undo: () => act("comment.restore", { id: comment.id }),
      },
    );
  if (isMine(comment))
    return (
      <button
        type="button"
        class="button quiet small"
        data-test="comment-remove"
        onClick={() => remove()}
      >
        {t("comment-remove")}
      </button>
    );
  return (
    <Ask
      label={t("comment-remove")}
      question={t("comment-remove-ask")}
      confirm={t("comment-remove")}
      tone="quiet small"
      test="comment-remove"
      disabled={!reason.value.trim()}
      onConfirm={() => remove(reason.value.trim().normalize("NFC"))}
    >
      <Reason reason={reason} test="comment-remove-reason" />
    </Ask>
  );
}

/** A field with the words, to be written again without what was wrong. */
function Again({ comment, words, shared }: { comment: Comment; words: string; shared: Shared }) {
  const open = useSignal(false);
  const parent = useDocument("comment", comment.parent ?? "");
  const close = () => {
    open.value = false;
  };
  if (!open.value)
    return (
      <button
        type="button"
        class="button quiet small"
        data-test="removed-again"
        onClick={() => {
          open.value = true;
        }}
      >
        {t("removed-again")}
      </button>
    );
  return (
    <Form
      thing={shared.thing}
      parent={parent}
      again={{ id: comment.id, text: words }}
      nearby={shared.nearby}
      onDone={close}
    />
  );
}

/** In the place of removed words: who and why; its author and facilitation read them on demand. */
function Removed({ comment, shared }: { comment: Comment; shared: Shared }) {
  const words = useSignal<string | null>(null);
  const removed = comment.removed;
  if (!removed) return null;
  const by = typeof removed.by === "object" ? removed.by.id : "";
  const own = by === comment.author.id || (by !== "" && by === comment.recorded_by?.id);
  const reads = by !== "" && (isMine(comment) || (!own && isFacilitator.value));
  const restores = own ? isMine(comment) : isFacilitator.value && by !== "";
  const why = own
    ? t("comment-removed-own")
    : t(by === "" ? "comment-removed" : "comment-removed-by");
  return (
    <>
      <p class="removed" data-test="comment-removed">
        {removed.reason ? t("comment-removed-why", { why, reason: removed.reason }) : why}
      </p>
      <div class="row wrap">
        {reads && words.value === null && (
          <button
            type="button"
            class="button quiet small"
            data-test="removed-read"
            onClick={() =>
              removedWords(comment.id)
                .then((text) => {
                  words.value = text;
                })
                .catch(notifyError)
            }
          >
            {t("removed-read")}
          </button>
        )}
        {restores && (
          <button
            type="button"
            class="button quiet small"
            data-test="comment-restore"
            onClick={() =>
              act("comment.restore", { id: comment.id }, { done: t("comment-restored") })
            }
          >
            {t("comment-restore")}
          </button>
        )}
      </div>
      {words.value !== null && (
        <blockquote class="removed-words" data-test="removed-words">
          <Markdown text={words.value} lang={comment.language} />
          {isMine(comment) && !own && (
            <Again comment={comment} words={words.value} shared={shared} />
          )}
        </blockquote>
      )}
    </>
  );
}

function Head({ comment, isNew }: { comment: Comment; isNew: boolean }) {
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
      {isNew && <span class="new-mark">{t("new-mark")}</span>}
      {comment.recorded_by && (
        <span class="edited" data-test="recorded-by">
          {t("recorded-by", { recorder: comment.recorded_by.name, name: comment.author.name })}
        </span>
      )}
      {comment.source?.orphan && <span class="edited">{t("comment-orphan")}</span>}
    </p>
  );
}

type HistoryView = ComponentType<{ comment: Comment }>;
/** "edited" and when; pressed, what changed. */
function Edited({ comment }: { comment: Comment }) {
  const open = useSignal(false);
  const view = useSignal<{ it: HistoryView } | null>(null);
  if (!comment.edited_ms || comment.removed) return null;
  const toggle = () => {
    open.value = !open.value;
    if (!view.value)
      import("./history")
        .then((found) => {
          view.value = { it: found.default };
        })
        .catch(notifyError);
  };
  const Wordings = view.value?.it;
  return (
    <div class="edited-line">
      <button
        type="button"
        class="link"
        data-test="comment-edited"
        aria-expanded={open.value}
        onClick={toggle}
      >
        {comment.edited_after_reactions ? t("comment-edited-late") : t("comment-edited")}{" "}
        <When ms={comment.edited_ms} />
      </button>
      {open.value && (Wordings ? <Wordings comment={comment} /> : <Loading />)}
    </div>
  );
}

export const linkOf = (comment: Comment): string =>
  `${location.origin}${location.pathname}#c-${comment.number}`;

/** Copies the address; where the browser has no clipboard it is there to be selected. */
function CopyLink({ comment }: { comment: Comment }) {
  const shown = useSignal(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(linkOf(comment));
      notifyDone(t("link-copied"));
    } catch {
      shown.value = true;
    }
  };
  if (shown.value)
    return (
      <label class="grow">
        <span class="hidden">{t("comment-copy")}</span>
        <input
          type="text"
          readOnly
          value={linkOf(comment)}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
    );
  return (
    <button type="button" class="button quiet small" data-test="copy-link" onClick={copy}>
      <Icon name="link" size={16} /> {t("comment-copy")}
    </button>
  );
}

function More({ comment, onEdit }: { comment: Comment; onEdit: () => void }) {
  const mine = isMine(comment);
  const reacted = reactions.some((reaction) => comment.reactions[reaction].length > 0);
  const reactors = useSignal(false);
  return (
    <div class="comment-more" data-test="comment-more-open">
      <CopyLink comment={comment} />
      {reacted && (
        <button
          type="button"
          class="button quiet small"
          aria-expanded={reactors.value}
          data-test="who-reacted"
          onClick={() => {
            reactors.value = !reactors.value;
          }}
        >
          {t("who-reacted")}
        </button>
      )}
      {mine && (
        <button type="button" class="button quiet small" data-test="comment-edit" onClick={onEdit}>
          {t("comment-edit")}
        </button>
      )}
      {(mine || isFacilitator.value) && <Removal comment={comment} />}
      {isMember.value && comment.author.id !== me.value.id && (
        <Report kind="comment" id={comment.id} />
      )}
      {reactors.value && <Reactors comment={comment} />}
    </div>
  );
}

function Foot({
  comment,
  mayWrite,
  more,
  onReply,
  onEdit,
}: {
  comment: Comment;
  mayWrite: boolean;
  more: Signal<boolean>;
  onReply: () => void;
  onEdit: () => void;
}) {
  return (
    <>
      <div class="comment-foot">
        <Reactions comment={comment} />
        {mayWrite && (
          <button
            type="button"
            class="button quiet small"
            data-test="comment-reply"
            onClick={onReply}
          >
            <Icon name="reply" size={16} /> {t("comment-reply")}
          </button>
        )}
        <button
          type="button"
          class="button quiet small"
          data-test="comment-more"
          aria-expanded={more.value}
          onClick={() => {
            more.value = !more.value;
          }}
        >
          {t("comment-more")}
        </button>
      </div>
      {more.value && <More comment={comment} onEdit={onEdit} />}
    </>
  );
}

export const Item = memo(function Item({
  id,
  fresh,
  isNew,
  shared,
}: {
  id: string;
  fresh: boolean;
  isNew: boolean;
  shared: Shared;
}) {
  const live = useDocument("comment", id);
  const last = useRef(live);
  if (live) last.current = live;
  const comment = last.current;
  const doing = useSignal<"" | "reply" | "edit">("");
  const more = useSignal(false);
  const busy = doing.value !== "";
  useEffect(() => {
    if (!comment || !busy) return;
    shared.hold(comment, true);
    return () => shared.hold(comment, false);
  }, [busy]);
  if (!comment) return null;
  const stop = () => {
    doing.value = "";
  };
  const linked = shared.target.value === id;
  return (
    <article
      class={`comment${fresh ? " fresh" : ""}${linked ? " linked" : ""}`}
      data-test="comment"
      data-id={id}
      data-new={isNew || undefined}
      tabIndex={-1}
      aria-label={t("comment-by", { name: comment.author.name })}
    >
      {linked && (
        <p class="linked-mark" data-test="linked">
          <Icon name="link" size={14} /> {t("comment-linked")}
        </p>
      )}
      <Head comment={comment} isNew={isNew} />
      {doing.value === "edit" ? (
        <Correction comment={comment} nearby={shared.nearby} onDone={stop} />
      ) : (
        <Body comment={comment} shared={shared} gone={!live} />
      )}
      <Edited comment={comment} />
      {live && !comment.removed && (
        <Attached
          topic={`${shared.thing.kind}/${shared.thing.id}`}
          on={{ kind: "comment", id }}
          may={isMine(comment)}
          offered={more.value}
          small
        />
      )}
      {live && !comment.removed && doing.value !== "edit" && (
        <Foot
          comment={comment}
          mayWrite={shared.mayWrite.value}
          more={more}
          onReply={() => {
            doing.value = "reply";
          }}
          onEdit={() => {
            doing.value = "edit";
          }}
        />
      )}
      {doing.value === "reply" && (
        <Form thing={shared.thing} parent={comment} nearby={shared.nearby} onDone={stop} />
      )}
    </article>
  );
});

function Body({ comment, shared, gone }: { comment: Comment; shared: Shared; gone: boolean }) {
  if (gone) return <p class="removed">{t("comment-gone")}</p>;
  if (comment.removed) return <Removed comment={comment} shared={shared} />;
  return <Markdown text={comment.text} lang={comment.language} named={comment.mentions} />;
}
