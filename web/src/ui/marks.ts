// Markdown marks put around, or at the beginning of, what is selected in a text field. Pure on texts:
// marked() says what stands there afterwards; edit() types it, so that the browser's own undo works.

export type Mark = "bold" | "italic" | "link" | "list" | "quote";

export interface Selection {
  text: string;
  start: number;
  end: number;
}

const around = { bold: "**", italic: "_" } as const;
const before = { list: "- ", quote: "> " } as const;

/** What replaces text[from, to), and the selection afterwards. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

function wrap({ text, start, end }: Selection, sign: string): Edit {
  // Spaces at the ends of the selection stay outside: "** word**" is no bold.
  const chosen = text.slice(start, end);
  const from = start + (chosen.length - chosen.trimStart().length);
  const inside = chosen.trim();
  const to = from + inside.length;
  const size = sign.length;
  if (text.slice(from - size, from) === sign && text.slice(to, to + size) === sign)
    return {
      from: from - size,
      to: to + size,
      insert: inside,
      start: from - size,
      end: to - size,
    };
  return { from, to, insert: sign + inside + sign, start: from + size, end: to + size };
}

function link({ text, start, end }: Selection): Edit {
  const chosen = text.slice(start, end).trim();
  if (/^(https?:\/\/|mailto:)\S+$/i.test(chosen))
    return { from: start, to: end, insert: `[](${chosen})`, start: start + 1, end: start + 1 };
  const at = start + chosen.length + 3;
  return { from: start, to: end, insert: `[${chosen}](https://)`, start: at, end: at + 8 };
}

function lines({ text, start, end }: Selection, sign: string): Edit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", Math.max(end - 1, start));
  const to = next < 0 ? text.length : next;
  const all = text.slice(from, to).split("\n");
  const off = all.every((line) => line.startsWith(sign));
  const insert = all.map((line) => (off ? line.slice(sign.length) : sign + line)).join("\n");
  if (start !== end) return { from, to, insert, start: from, end: from + insert.length };
  const caret = Math.max(from, start + (off ? -sign.length : sign.length));
  return { from, to, insert, start: caret, end: caret };
}

export function marked(mark: Mark, selection: Selection): Edit {
  if (mark === "link") return link(selection);
  if (mark === "list" || mark === "quote") return lines(selection, before[mark]);
  return wrap(selection, around[mark]);
}

/** Enter at the end of an item begins the next one; in an empty item it ends the list. */
export function nextLine({ text, start, end }: Selection): Edit | null {
  if (start !== end) return null;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const [whole = "", sign = ""] = /^(?:[-*>]|\d+\.) /.exec(text.slice(from, start)) ?? [];
  if (!whole) return null;
  if (start - from === whole.length) return { from, to: start, insert: "", start: from, end: from };
  const item = /^\d/.test(whole) ? `${Number.parseInt(whole, 10) + 1}. ` : whole;
  const at = start + item.length + 1;
  return { from: start, to: end, insert: `\n${sign || item}`, start: at, end: at };
}

function type(field: HTMLTextAreaElement, change: Edit): void {
  field.focus();
  field.setSelectionRange(change.from, change.to);
  const typed = change.insert
    ? document.execCommand("insertText", false, change.insert)
    : document.execCommand("delete");
  if (!typed) {
    field.setRangeText(change.insert, change.from, change.to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(change.start, change.end);
}

const selectionOf = (field: HTMLTextAreaElement): Selection => ({
  text: field.value,
  start: field.selectionStart,
  end: field.selectionEnd,
});

export function edit(field: HTMLTextAreaElement, mark: Mark): void {
  type(field, marked(mark, selectionOf(field)));
}

const keys: Record<string, Mark> = { b: "bold", i: "italic", k: "link" };
/** Ctrl (or ⌘) with B, I, K; Shift+8 a list, Shift+9 a quote; Enter inside a list. true = done here. */
export function shortcut(event: KeyboardEvent): boolean {
  const field = event.target as HTMLTextAreaElement;
  if (event.isComposing || event.altKey) return false;
  if (event.key === "Enter" && !event.shiftKey) {
    const change = nextLine(selectionOf(field));
    if (change) type(field, change);
    return change !== null;
  }
  if (!(event.ctrlKey || event.metaKey)) return false;
  const lists: Record<string, Mark> = { Digit8: "list", Digit9: "quote" };
  const mark = event.shiftKey ? lists[event.code] : keys[event.key.toLowerCase()];
  if (mark) edit(field, mark);
  return mark !== undefined;
}
