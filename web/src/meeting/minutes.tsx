// Minutes: what the record says, in the reader's language, and what the secretary writes around it. A text is changed by
// itself, on top of what everybody else wrote meanwhile; only where somebody changed the very same text both stand there
// until one is chosen. Facts are shown, never touched.
import { type Signal, useSignal } from "@preact/signals";
import { lexer } from "marked";
import { useId, useMemo, useRef } from "preact/hooks";
import { useRoute } from "preact-iso";
import { Page } from "../app/page";
import type { Meeting, Minutes } from "../generated/api";
import { type Language, language, languageNames, languages, pick, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { newId, RpcError } from "../sync/rpc";
import { send } from "../sync/outbox";
import { call } from "../sync/socket";
import { type Asked, Awaited, useAsked } from "../ui/asked";
import { fromBase64Url } from "../ballot/bytes";
import { useDraft } from "../ui/draft";
import { Editor } from "../ui/editor";
import { useHeldFocus } from "../ui/held-focus";
import { Icon } from "../ui/icons";
import { Markdown, readWith } from "../ui/markdown";
import { Ask, Empty, Loading, NotThere } from "../ui/parts";
import { saveFile } from "../ui/save";
import { act, notifyDone, notifyError } from "../ui/toast";
import { dateOf } from "./hours";
import { useMayPrepare } from "./lead/may";
import "./minutes.css";

// Facts are tables.
readWith((text, options) => lexer(text, options));

type Block = Minutes["blocks"][number];
type Format = "html" | "markdown" | "json";
const textMax = 20_000;

/** The words of the seal that stands in them, for the page and for what is taken along. */
async function wordsOf(minutes: Minutes): Promise<string | undefined> {
  const seal = minutes.blocks.find(({ block_kind }) => block_kind === "seal")?.facts as
    | { size?: number; root?: string }
    | undefined;
  if (!seal?.size || !seal.root) return undefined;
  const { fourWords } = await import("../ballot/words");
  return (await fourWords({ size: seal.size, root: fromBase64Url(seal.root) })).join(" ");
}

async function printed(minutes: Minutes, written: Language, format: Format) {
  const words = await wordsOf(minutes);
  return call("minutes.export", { meeting: minutes.id, language: written, format, words });
}

/** Facts as the server writes them in this language, by block. */
function useFacts(minutes: Minutes, written: Language): Asked<Map<string, string>> {
  const fetch = async () => {
    const { blocks = [] } = await printed(minutes, written, "markdown");
    return { written, texts: new Map(blocks.map(({ id, text }) => [id, text])) };
  };
  const asked = useAsked(fetch, `${minutes.rev} ${written}`);
  return {
    ...asked,
    answer: asked.answer?.written === written ? asked.answer.texts : undefined,
  };
}

/* ---- writing ---- */

interface Change {
  /** The text's block; `after`: of a new one, the block before it, "" for the first place. */
  id: string;
  after?: string | undefined;
  written: Language;
  /** What it said when this was begun. */
  opened: string;
  text: string;
}

const textOf = (minutes: Minutes, { id, written }: Pick<Change, "id" | "written">): string =>
  minutes.blocks.find((block) => block.id === id)?.text?.[written] ?? "";

/** All blocks as they are now, with this text in its place; one without words in any language is gone. */
export function withText(blocks: readonly Block[], change: Change) {
  const { id, after, written, text } = change;
  const list = blocks.map((block) =>
    block.block_kind === "text" ? { id: block.id, text: { ...block.text } } : { id: block.id },
  );
  let own = list.find((block) => block.id === id) as { text: Record<string, string> } | undefined;
  if (!own) {
    const added = { id, text: {} };
    const at = list.findIndex((block) => block.id === after);
    list.splice(at + 1, 0, added);
    own = added;
  }
  own.text[written] = text;
  const said = (block: { text?: Record<string, string | undefined> }) =>
    !block.text || Object.values(block.text).some((one) => one?.trim());
  return list.filter(said).map((block) => ({
    ...block,
    ...("text" in block
      ? {
          text: Object.fromEntries(
            Object.entries(block.text ?? {}).filter(([, one]) => one?.trim()),
          ),
        }
      : {}),
  }));
}

type Outcome = "saved" | "refused" | { theirs: string };

/** On top of the newest minutes, however often they change meanwhile. */
const triesMost = 5;
const hearMs = 5_000;
/** What others wrote is on its way here. */
async function heardAfter(newest: () => Minutes | undefined, base: number): Promise<void> {
  const limit = Date.now() + hearMs;
  while ((newest()?.rev ?? base) <= base && Date.now() < limit)
    await new Promise((done) => setTimeout(done, 50));
}

async function write(newest: () => Minutes | undefined, change: Change): Promise<Outcome> {
  for (let tries = 0; tries < triesMost; tries++) {
    const minutes = newest();
    if (!minutes) return "refused";
    const theirs = textOf(minutes, change);
    if (theirs !== change.opened && theirs !== change.text) return { theirs };
    const { id: meeting, rev: base, blocks } = minutes;
    try {
      await send("minutes.write", { meeting, base, blocks: withText(blocks, change) as never });
      return "saved";
    } catch (error) {
      if (!(error instanceof RpcError) || error.reason !== "conflict") {
        notifyError(error);
        return "refused";
      }
      if (tries === triesMost - 1) notifyError(error);
      else await heardAfter(newest, base);
    }
  }
  return "refused";
}

const draftOf = ({ id, written }: Pick<Change, "id" | "written">, meeting: string): string =>
  `minutes-${written}-${id.slice(0, 8)}/${meeting}`;

/** Sealed while somebody was writing: their words are not in it, and not lost. */
function Overtaken({
  change,
  meeting,
  onDone,
}: {
  change: Omit<Change, "text">;
  meeting: string;
  onDone: () => void;
}) {
  const id = useId();
  const draft = useDraft(draftOf(change, meeting), change.opened);
  return (
    <div class="notice warn no-print" role="alert" data-test="minutes-overtaken">
      <Icon name="warn" />
      <div class="grow">
        <p id={id}>{t("minutes-overtaken")}</p>
        <textarea
          readOnly
          rows={4}
          aria-labelledby={id}
          lang={change.written}
          value={draft.text.value}
        />
        <button
          type="button"
          class="button small"
          onClick={() => {
            draft.clear();
            onDone();
          }}
        >
          {t("minutes-overtaken-done")}
        </button>
      </div>
    </div>
  );
}

function TextForm({
  change,
  newest,
  onDone,
}: {
  change: Omit<Change, "text">;
  newest: () => Minutes | undefined;
  onDone: () => void;
}) {
  const { written } = change;
  const meeting = newest()?.id ?? "";
  const opened = useSignal(change.opened);
  const draft = useDraft(draftOf(change, meeting), change.opened);
  const theirs = useSignal<string | null>(null);
  const busy = useSignal(false);
  const save = async () => {
    busy.value = true;
    const text = draft.text.peek().trim().normalize("NFC");
    const outcome = await write(newest, { ...change, opened: opened.peek(), text });
    busy.value = false;
    if (outcome === "saved") {
      draft.clear();
      notifyDone(t("saved"));
      onDone();
    } else if (outcome !== "refused") {
      theirs.value = outcome.theirs;
      opened.value = outcome.theirs;
    }
  };
  return (
    <form
      class="card form minutes-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {theirs.value !== null && (
        <div class="notice warn" role="alert" data-test="minutes-conflict">
          <Icon name="warn" />
          <div>
            <p>{t("minutes-conflict")}</p>
            <blockquote lang={written}>
              {theirs.value ? (
                <Markdown text={theirs.value} lang={written} />
              ) : (
                <em>{t("minutes-removed")}</em>
              )}
            </blockquote>
          </div>
        </div>
      )}
      <Editor
        draft={draft}
        limit={textMax}
        rows={6}
        label={t("minutes-text-label", { language: languageNames[written] })}
        test="minutes-text"
        focus
        onSend={save}
      />
      <div class="row end">
        <button
          type="button"
          class="button quiet"
          data-test="minutes-cancel"
          onClick={() => {
            draft.clear();
            onDone();
          }}
        >
          {t("cancel")}
        </button>
        <button
          type="submit"
          class="button primary"
          data-test="minutes-save"
          disabled={busy.value}
          aria-busy={busy.value}
        >
          {t(theirs.value === null ? "save" : "minutes-save-mine")}
        </button>
      </div>
    </form>
  );
}

/* ---- reading ---- */

type Editing = Signal<Omit<Change, "text"> | null>;

function Text({
  block,
  written,
  edit,
}: {
  block: Block;
  written: Language;
  edit?: Editing | undefined;
}) {
  const own = block.text?.[written];
  const { text, lang } = own ? { text: own, lang: written } : pick(block.text);
  const change = () => {
    if (edit) edit.value = { id: block.id, written, opened: own ?? "" };
  };
  return (
    <div class="minutes-own" data-test="minutes-own">
      <div dir="auto">
        <Markdown text={text} lang={lang} />
      </div>
      {!own && <p class="hint no-print">{t("minutes-other-language")}</p>}
      {edit && (
        <button
          type="button"
          class="button small quiet no-print"
          data-test="minutes-edit"
          onClick={change}
        >
          {t(own ? "minutes-change" : "minutes-translate")}
        </button>
      )}
    </div>
  );
}

function Fact({
  block,
  text,
  written,
  refused,
}: {
  block: Block;
  text: string | undefined;
  written: Language;
  refused: boolean;
}) {
  return (
    <section class="minutes-fact" data-kind={block.block_kind} data-test="minutes-fact">
      <span class="fact-mark no-print" title={t("minutes-fact")}>
        <Icon name="lock" size={16} />
        <span class="hidden">{t("minutes-fact")}</span>
      </span>
      {text === undefined ? !refused && <Loading /> : <Markdown text={text} lang={written} />}
    </section>
  );
}

function Add({ after, written, edit }: { after: string; written: Language; edit: Editing }) {
  return (
    <button
      type="button"
      class="minutes-add no-print"
      data-test="minutes-add"
      onClick={() => {
        edit.value = { id: newId(), after, written, opened: "" };
      }}
    >
      <Icon name="plus" size={18} /> {t("minutes-add")}
    </button>
  );
}

function Blocks({
  minutes,
  written,
  newest,
  edit,
}: {
  minutes: Minutes;
  written: Language;
  newest: () => Minutes | undefined;
  edit: Editing | undefined;
}) {
  const facts = useFacts(minutes, written);
  const place = useRef<HTMLElement>(null);
  useHeldFocus(place);
  const now = edit?.value;
  const form = now && (
    <TextForm
      key={`${now.id} ${now.written}`}
      change={now}
      newest={newest}
      onDone={() => {
        if (edit) edit.value = null;
      }}
    />
  );
  return (
    <article ref={place} class="minutes" lang={written} data-test="minutes">
      {facts.refusal !== undefined && <Awaited {...facts} />}
      {minutes.blocks.map((block) => (
        <div key={block.id} tabIndex={-1}>
          {now?.id === block.id ? (
            form
          ) : block.block_kind === "text" ? (
            <Text block={block} written={written} edit={edit} />
          ) : (
            <Fact
              block={block}
              text={facts.answer?.get(block.id)}
              written={written}
              refused={facts.refusal !== undefined}
            />
          )}
          {now?.after === block.id && form}
          {edit && !now && block.block_kind !== "seal" && (
            <Add after={block.id} written={written} edit={edit} />
          )}
        </div>
      ))}
      {/* Its place was taken away by somebody else; what is being written stays. */}
      {now && !minutes.blocks.some(({ id }) => id === now.id || id === now.after) && form}
    </article>
  );
}

/* ---- the page ---- */

const types: Record<Format, [ending: string, type: string]> = {
  html: ["html", "text/html"],
  markdown: ["md", "text/markdown"],
  json: ["json", "application/json"],
};

function Take({
  minutes,
  meeting,
  written,
}: {
  minutes: Minutes;
  meeting: Meeting;
  written: Language;
}) {
  const take = async (format: Format) => {
    const [ending, type] = types[format];
    const name = `${t("minutes-file")}-${meeting.number}-${written}.${ending}`;
    await printed(minutes, written, format).then(
      ({ text }) => saveFile(name, text, type),
      notifyError,
    );
  };
  return (
    <div class="row wrap">
      <button type="button" class="button small" data-test="minutes-print" onClick={() => print()}>
        {t("minutes-print")}
      </button>
      {(Object.keys(types) as Format[]).map((format) => (
        <button
          key={format}
          type="button"
          class="button small quiet"
          data-test={`minutes-take-${format}`}
          onClick={() => take(format)}
        >
          <Icon name="down" size={18} /> {t(`minutes-take-${format}`)}
        </button>
      ))}
    </div>
  );
}

function Written({ written }: { written: Signal<Language> }) {
  return (
    <fieldset class="languages inline" aria-label={t("minutes-language")}>
      {languages.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={written.value === code}
          data-test={`minutes-in-${code}`}
          onClick={() => {
            written.value = code;
          }}
        >
          {languageNames[code]}
        </button>
      ))}
    </fieldset>
  );
}

function State({ minutes }: { minutes: Minutes }) {
  if (minutes.state === "draft")
    return (
      <p class="notice no-print" data-test="minutes-state">
        {t("minutes-draft")}
      </p>
    );
  return (
    <p class="notice" data-test="minutes-state">
      <Icon name="lock" size={18} />
      <span>
        {t("minutes-sealed", { date: dateOf(minutes.sealed_ms ?? 0) })}{" "}
        <code>{minutes.hash?.slice(0, 16)}</code>
      </span>
    </p>
  );
}

function Draft({ meeting }: { meeting: Meeting }) {
  if (meeting.state !== "ended") return <Empty icon="clock" text={t("minutes-later")} />;
  return (
    <Empty icon="book" text={t("minutes-none")}>
      <button
        type="button"
        class="button primary"
        data-test="minutes-draft"
        onClick={() => act("minutes.draft", { meeting: meeting.id })}
      >
        {t("minutes-make")}
      </button>
    </Empty>
  );
}

/** In the question: what stood there when it was asked is what is sealed, or nothing. */
function Looked({ at, rev }: { at: { current: number }; rev: number }) {
  useMemo(() => {
    at.current = rev;
  }, []);
  return null;
}

function Seal({ minutes }: { minutes: Minutes }) {
  const meeting = minutes.id;
  const at = useRef(minutes.rev);
  return (
    <div class="row wrap no-print minutes-end">
      <button
        type="button"
        class="button"
        data-test="minutes-renew"
        onClick={() => act("minutes.draft", { meeting }, { done: t("minutes-renewed") })}
      >
        {t("minutes-renew")}
      </button>
      <Ask
        label={t("minutes-seal")}
        question={t("minutes-seal-ask")}
        confirm={t("minutes-seal")}
        test="minutes-seal"
        onConfirm={() => act("minutes.seal", { meeting, base: at.current })}
      >
        <Looked at={at} rev={minutes.rev} />
      </Ask>
    </div>
  );
}

export default function MinutesPage() {
  const { params } = useRoute();
  const watched = useTopic(`meeting/${params.number}`);
  const meeting = watched.one("meeting");
  const may = useMayPrepare(meeting);
  const desk = useTopic(may ? `meeting_desk/${params.number}` : "");
  const written = useSignal<Language>(language.peek());
  const edit: Editing = useSignal(null);
  const newest = () => desk.one("minutes") ?? watched.one("minutes");
  const minutes = newest();
  if (watched.state.value === "closed")
    return (
      <Page name="minutes" title={t("not-found-title")}>
        <NotThere />
      </Page>
    );
  const known =
    meeting && watched.state.value === "complete" && (!may || desk.state.value !== "loading");
  if (!known)
    return (
      <Page name="minutes" title={t("minutes-title")}>
        <Loading />
      </Page>
    );
  return (
    <Page name="minutes" title={t("minutes-title")}>
      <p class="crumbs no-print">
        <a href={`/meetings/${meeting.number}`}>{pick(meeting.title).text}</a>
      </p>
      {!minutes && may && <Draft meeting={meeting} />}
      {!minutes && !may && <Empty icon="clock" text={t("minutes-not-yet")} />}
      {minutes && (
        <>
          <State minutes={minutes} />
          <div class="minutes-tools no-print">
            <Written written={written} />
            <Take minutes={minutes} meeting={meeting} written={written.value} />
          </div>
          {edit.value && minutes.state !== "draft" && (
            <Overtaken
              change={edit.value}
              meeting={minutes.id}
              onDone={() => {
                edit.value = null;
              }}
            />
          )}
          <Blocks
            minutes={minutes}
            written={written.value}
            newest={newest}
            edit={may && minutes.state === "draft" ? edit : undefined}
          />
          {may && minutes.state === "draft" && <Seal minutes={minutes} />}
        </>
      )}
    </Page>
  );
}
