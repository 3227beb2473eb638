// Where one writes: a comment, an answer, other words for one's own. It belongs to its writer alone:
// nothing that arrives renders it again.
import { type Signal, useSignal } from "@preact/signals";
import { me } from "../app/session";
import type { Comment } from "../generated/api";
import { Chosen, sendChosen } from "../file/chosen";
import { language, t } from "../i18n/i18n";
import { RpcError } from "../sync/rpc";
import { newId } from "../sync/rpc";
import { call } from "../sync/socket";
import { send } from "../sync/outbox";
import { type Draft, useDraft } from "../ui/draft";
import { RecordFor } from "../ui/find-member";
import { Avatar, Name, type Person } from "../ui/parts";
import { act, notifyError } from "../ui/toast";
import { MentionText } from "./mention";
import type { Named } from "../ui/mention-text";

const mostBytes = 8000;
const clean = (text: string): string => text.trim().normalize("NFC");
const isTooLong = (text: string): boolean => new TextEncoder().encode(text).length > mostBytes;

/** On what is commented. */
export interface Thing {
  kind: "proposal" | "poll" | "decision" | "task" | "group" | "meeting" | "objection";
  id: string;
}

/** Taken back unseen as long as nobody answered, else removed; the words are there again. */
async function takeBack(id: string, draft: Draft, text: string): Promise<void> {
  try {
    await send("comment.withdraw", { id });
    if (!draft.text.peek()) draft.set(text);
  } catch (error) {
    if (!(error instanceof RpcError) || error.reason !== "comment.too_late") notifyError(error);
    else await act("comment.remove", { id });
  }
}

function Behalf({ person }: { person: Signal<Person | null> }) {
  if (!person.value)
    return (
      <RecordFor
        test="comment-for"
        find="comment-for-name"
        onChoose={(one) => {
          person.value = one;
        }}
      />
    );
  return (
    <p class="row wrap behalf">
      <span class="hint">{t("for-title")}</span>
      <Avatar person={person.value} small /> <Name person={person.value} />
      <button
        type="button"
        class="button quiet small"
        onClick={() => {
          person.value = null;
        }}
      >
        {t("for-change")}
      </button>
    </p>
  );
}

export function Form({
  thing,
  parent,
  again,
  nearby,
  onDone,
}: {
  thing: Thing;
  parent?: Comment | undefined;
  /** Words of a comment that was removed, to begin with. */
  again?: { id: string; text: string };
  nearby: () => Named[];
  onDone?: () => void;
}) {
  const draft = useDraft(
    again ? `comment-again/${again.id}` : `comment/${parent?.id ?? thing.id}`,
    again?.text,
  );
  const busy = useSignal(false);
  const behalf = useSignal<Person | null>(null);
  const chosen = useSignal<readonly File[]>([]);
  const kind = parent ? "reply" : "comment";
  const submit = async (event?: Event) => {
    event?.preventDefault();
    const text = clean(draft.text.value);
    if (!text || busy.value || isTooLong(text)) return;
    busy.value = true;
    const id = newId();
    const root = parent?.parent ?? parent?.id;
    const made = await act(
      "comment.post",
      {
        id,
        language: language.value,
        on: { kind: thing.kind, id: thing.id },
        parent: root,
        reply_to: parent && root !== parent.id ? parent.id : undefined,
        text,
        for: behalf.value?.id,
      },
      { done: t("comment-sent"), undo: () => takeBack(id, draft, text) },
    );
    busy.value = false;
    if (made === null) return;
    void sendChosen({ kind: "comment", id }, chosen);
    // What was typed meanwhile is the next comment.
    if (clean(draft.text.peek()) === text) draft.clear();
    behalf.value = null;
    onDone?.();
  };
  const label = parent ? t("reply-label", { name: parent.author.name }) : t("comment-label");
  const long = isTooLong(clean(draft.text.value));
  return (
    <form class="comment-form" onSubmit={submit}>
      <MentionText
        draft={draft}
        limit={mostBytes}
        rows={parent ? 2 : 3}
        label={label}
        placeholder={label}
        test={`${kind}-text`}
        focus={parent !== undefined || again !== undefined}
        nearby={nearby}
        onSend={submit}
      />
      {long && <p class="field-error">{t("comment-too-long")}</p>}
      <div class="row wrap end">
        <Chosen chosen={chosen} />
        <Behalf person={behalf} />
        {onDone && (
          <button type="button" class="button quiet" onClick={onDone}>
            {t("cancel")}
          </button>
        )}
        <button
          type="submit"
          class="button primary"
          data-test={`${kind}-send`}
          disabled={busy.value || long}
        >
          {t("comment-send")}
        </button>
      </div>
    </form>
  );
}

export function Correction({
  comment,
  nearby,
  onDone,
}: {
  comment: Comment;
  nearby: () => Named[];
  onDone: () => void;
}) {
  const draft = useDraft(`comment-edit/${comment.id}`, comment.text);
  const long = isTooLong(clean(draft.text.value));
  const close = () => {
    draft.clear();
    onDone();
  };
  const save = async (event?: Event) => {
    event?.preventDefault();
    const now = clean(draft.text.value);
    if (!now || isTooLong(now)) return;
    if (now === comment.text || (await act("comment.edit", { id: comment.id, text: now }))) close();
  };
  return (
    <form class="comment-form" onSubmit={save}>
      <MentionText
        draft={draft}
        limit={mostBytes}
        rows={4}
        label={t("comment-edit")}
        test="edit-text"
        focus
        nearby={nearby}
        onSend={save}
      />
      {long && <p class="field-error">{t("comment-too-long")}</p>}
      <div class="row end">
        <button type="button" class="button quiet" onClick={close}>
          {t("cancel")}
        </button>
        <button type="submit" class="button primary" data-test="edit-save" disabled={long}>
          {t("save")}
        </button>
      </div>
    </form>
  );
}

/** The words that were taken away, for those who may read them. */
export async function removedWords(id: string): Promise<string> {
  const { removed } = await call("comment.history", { id });
  return removed ?? "";
}

export const isMine = (comment: Comment): boolean =>
  comment.author.id === me.value.id || comment.recorded_by?.id === me.value.id;
