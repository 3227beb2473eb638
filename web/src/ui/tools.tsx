// Below a text field in use: five marks, the preview, where the words are kept, how much room is left.
// The marks are one stop of the Tab key; the arrows go from one to the next.
import { type Signal, signal, useSignal } from "@preact/signals";
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { language, number, t } from "../i18n/i18n";
import type { Draft } from "./draft";
import { edit, type Mark } from "./marks";

const renderer = signal<typeof import("./markdown").Markdown | null>(null);
async function fetchRenderer(): Promise<void> {
  const { fetchReader, Markdown } = await import("./markdown");
  await fetchReader();
  renderer.value = Markdown;
}

const marks: { mark: Mark; keys: string; sign: ComponentChildren }[] = [
  { mark: "bold", keys: "Control+B", sign: <b>B</b> },
  { mark: "italic", keys: "Control+I", sign: <i>I</i> },
  {
    mark: "link",
    keys: "Control+K",
    sign: (
      <Sign path="M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1" />
    ),
  },
  {
    mark: "list",
    keys: "Control+Shift+8",
    sign: <Sign path="M9 6h11M9 12h11M9 18h11M4.500 6v.1M4.500 12v.1M4.500 18v.1" />,
  },
  {
    mark: "quote",
    keys: "Control+Shift+9",
    sign: <Sign path="M5 5v14M10 7h10M10 12h10M10 17h6" />,
  },
];

function Sign({ path }: { path: string }) {
  return (
    <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

function Preview({ text }: { text: string }) {
  useEffect(() => {
    fetchRenderer().catch(() => {});
  }, []);
  const Markdown = renderer.value;
  return (
    <div class="editor-preview" data-test="editor-preview" aria-busy={!Markdown}>
      {text.trim() ? (
        Markdown && <Markdown text={text} lang={language.value} />
      ) : (
        <p class="hint">{t("editor-empty")}</p>
      )}
    </div>
  );
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
const nearly = 0.9;

/** Nothing until nine tenths are used; then what is left, or by how much it is too long. */
function Room({ text, limit }: { text: string; limit: number }) {
  // A character takes three bytes at most for each unit of its length.
  const used = text.length * 3 < limit * nearly ? 0 : bytesOf(text.normalize("NFC"));
  const left = limit - used;
  if (used < limit * nearly) return null;
  return (
    <span class={left < 0 ? "field-error" : "hint"} data-test="editor-room">
      {left < 0
        ? t("editor-too-long", { count: number(-left) })
        : t("editor-left", { count: number(left) })}
    </span>
  );
}

function Where({ draft }: { draft: Draft }) {
  const where = draft.where.value;
  return (
    <span class="hint" data-test="editor-where" data-where={where}>
      {where && t(`editor-where-${where}`)}
    </span>
  );
}

function Other({ draft }: { draft: Draft }) {
  if (!draft.other.value) return null;
  return (
    <p class="notice">
      <span class="grow">{t("editor-other")}</span>
      <button
        type="button"
        class="link"
        data-test="editor-take-other"
        onClick={() => draft.takeOther()}
      >
        {t("editor-take-other")}
      </button>
    </p>
  );
}

export default function Tools({
  draft,
  limit,
  box,
  preview,
}: {
  draft: Draft;
  limit: number;
  box: RefObject<HTMLTextAreaElement | null>;
  preview: Signal<boolean>;
}) {
  const at = useSignal(0);
  const bar = useRef<HTMLDivElement>(null);
  const text = draft.text.value;
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    at.value = (at.value + step + marks.length) % marks.length;
    bar.current?.querySelectorAll<HTMLButtonElement>("[data-mark]")[at.value]?.focus();
  };
  return (
    <>
      {preview.value && <Preview text={text} />}
      <div class="editor-bar">
        <div
          class="editor-marks"
          ref={bar}
          role="toolbar"
          aria-label={t("editor-tools")}
          onKeyDown={walk}
        >
          {marks.map(({ mark, keys, sign }, index) => (
            <button
              key={mark}
              type="button"
              data-mark={mark}
              data-test={`editor-${mark}`}
              aria-label={t(`editor-${mark}`)}
              aria-keyshortcuts={keys}
              title={t(`editor-${mark}`)}
              tabIndex={index === at.value ? 0 : -1}
              disabled={preview.value}
              // The field keeps the focus, and a phone its keyboard.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                at.value = index;
                if (box.current) edit(box.current, mark);
              }}
            >
              {sign}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="link"
          aria-pressed={preview.value}
          data-test="editor-preview-toggle"
          onClick={() => {
            preview.value = !preview.value;
          }}
        >
          {t("editor-preview")}
        </button>
        <span class="grow" />
        <span class="editor-said" role="status">
          <Room text={text} limit={limit} />
          <Where draft={draft} />
        </span>
      </div>
      <Other draft={draft} />
    </>
  );
}
