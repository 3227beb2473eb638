// The field for texts in Markdown: grows with its text, keeps it (draft.ts), says when it is nearly full.
// Tools, preview and hints come with the first focus (at once where long texts are written), in a file of
// their own and below the field, so that the text never moves; the field itself is never made again. Nothing here is changed by others.
import { signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../i18n/load";
import type { Draft } from "./draft";
import { shortcut } from "./marks";
import "./editor.css";

const tools = signal<typeof import("./tools").default | null>(null);
/** Without them one can still write; the next focus tries again. */
async function fetchTools(): Promise<void> {
  if (tools.peek()) return;
  const [module] = await Promise.all([import("./tools"), words("editor")]);
  tools.value = module.default;
}

export interface EditorProps {
  draft: Draft;
  /** The most that is taken, in bytes. */
  limit: number;
  /** What the field is for; left out when a <Field> names it by `ids`. */
  label?: string;
  ids?: { id: string; "aria-describedby": string | undefined };
  rows?: number;
  placeholder?: string;
  /** data-test of the field. */
  test?: string;
  invalid?: boolean;
  /** Takes the focus when it appears. */
  focus?: boolean;
  /** Ctrl+Enter. */
  onSend?: () => void;
  box?: RefObject<HTMLTextAreaElement | null>;
}

/** A field of so many lines shows its tools without being asked. */
const longRows = 6;
const mostOfWindow = 0.6;
function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  const border = field.offsetHeight - field.clientHeight;
  const height = Math.min(field.scrollHeight + border, innerHeight * mostOfWindow);
  field.style.height = height > field.offsetHeight ? `${height}px` : "";
}

/** At once: the next key belongs here. */
const takeFocus = (drawn: HTMLElement | null) => drawn?.querySelector("textarea")?.focus();

export function Editor(props: EditorProps) {
  const { draft, limit, label, ids, rows = 3, placeholder, test, invalid } = props;
  const own = useRef<HTMLTextAreaElement>(null);
  const box = props.box ?? own;
  const opened = useSignal(false);
  const preview = useSignal(false);
  const open = () => {
    opened.value = true;
    fetchTools().catch(() => {});
  };
  const text = draft.text.value;
  const Tools = tools.value;
  useEffect(() => {
    if (box.current) grow(box.current);
  }, [text, preview.value]);
  useEffect(() => {
    if (rows >= longRows) open();
  }, []);
  return (
    <div class="editor" ref={props.focus ? takeFocus : null}>
      <textarea
        {...ids}
        ref={box}
        rows={rows}
        placeholder={placeholder}
        aria-label={label}
        aria-invalid={invalid ? "true" : undefined}
        data-test={test}
        hidden={preview.value}
        value={text}
        onFocus={open}
        onInput={(event) => draft.set(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            if (!props.onSend) return;
            event.preventDefault();
            props.onSend();
          } else if (shortcut(event)) event.preventDefault();
        }}
      />
      {opened.value && Tools && <Tools draft={draft} limit={limit} box={box} preview={preview} />}
      {rows >= longRows && !Tools && <div class="editor-bar" />}
    </div>
  );
}
