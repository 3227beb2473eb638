// A text field in which "@" offers names: those of the discussion at once, others from the server. Arrow
// keys, Enter and Tab choose, Escape closes; the list is announced. What is kept says who is meant.
import { computed, signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";
import type { Draft } from "../ui/draft";
import { Editor, type EditorProps } from "../ui/editor";
import { Icon } from "../ui/icons";
import { Avatar } from "../ui/parts";
import { announce } from "../ui/toast";
import { fromMarks, type Named, nameFits, nameFor, toMarks, typedName } from "../ui/mention-text";

const offered = 8;
const pauseMs = 120;

/** Names that fit what is typed; null = no list. */
function useOffers(typed: string | null, nearby: () => Named[]) {
  const found = useSignal<{ for: string; items: Named[] }>({ for: "", items: [] });
  useEffect(() => {
    const asked = typed?.trim() ?? "";
    if (!asked) return;
    const timer = setTimeout(() => {
      call("mention.find", { text: asked.slice(0, 80) })
        .then(({ items }) => {
          found.value = { for: asked, items };
        })
        .catch(() => {});
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  if (typed === null) return [];
  const near = nearby().filter((one) => nameFits(one.name, typed));
  const far = found.value.items.filter((one) => typed.trim() && nameFits(one.name, typed));
  const all = [...near, ...far.filter((one) => !near.some((other) => other.id === one.id))];
  return all.slice(0, offered);
}

function Offers({
  id,
  items,
  active,
  below,
  onPick,
}: {
  id: string;
  items: Named[];
  active: number;
  /** Pixels from the top of the field. */
  below?: number;
  onPick: (one: Named) => void;
}) {
  return (
    <div
      class="mention-list"
      role="listbox"
      id={id}
      aria-label={t("mention-list")}
      ref={(list) => {
        if (!list) return;
        if (below !== undefined) list.style.top = `${below + 2}px`;
        list.scrollIntoView({ block: "nearest" });
      }}
    >
      {items.map((one, at) => (
        <div
          key={one.id}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          class={at === active ? "active" : undefined}
          aria-selected={at === active}
          data-test="mention-option"
          onMouseDown={(event) => {
            // The caret stays in the text.
            event.preventDefault();
            onPick(one);
          }}
        >
          {one.kind === "group" ? <Icon name="people" size={20} /> : <Avatar person={one} small />}
          <bdi>{one.name}</bdi>
        </div>
      ))}
    </div>
  );
}

/** A draft as people see it, with names for marks; `names` says who they are. */
function useShown(draft: Draft) {
  const made = useMemo(() => {
    const start = fromMarks(draft.text.peek());
    const text = signal(start.shown);
    const shown: Draft = {
      text,
      where: draft.where,
      other: computed(() => fromMarks(draft.other.value).shown),
      takeOther: () => draft.takeOther(),
      set(now) {
        text.value = now;
        draft.set(toMarks(now, made.names));
      },
      clear: () => draft.clear(),
    };
    return { shown, names: start.names };
  }, [draft]);
  const kept = draft.text.value;
  // Emptied, or filled from elsewhere: shown before the next key, which would write over it. What is typed here is
  // the same at every moment in both.
  useLayoutEffect(() => {
    const newest = draft.text.peek();
    if (toMarks(made.shown.text.peek(), made.names) === newest) return;
    const now = fromMarks(newest);
    made.names = now.names;
    made.shown.text.value = now.shown;
  }, [kept, made]);
  return made;
}

/** What is being typed after "@" in the field, and what keys do while names are offered. */
function useTyping(
  box: RefObject<HTMLTextAreaElement | null>,
  isChosen: (name: string) => boolean,
) {
  const typed = useSignal<string | null>(null);
  const onKey = useRef<(key: string) => boolean>(() => false);
  useEffect(() => {
    const field = box.current;
    const around = field?.parentElement;
    if (!field || !around) return;
    const look = () => {
      const now = typedName(field.value.slice(0, field.selectionStart));
      // What was chosen is not offered again.
      typed.value = now !== null && isChosen(now.trim()) ? null : now;
    };
    const close = () => {
      typed.value = null;
    };
    const moved = (event: KeyboardEvent) => {
      if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) look();
    };
    const key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.isComposing || !onKey.current(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    field.addEventListener("input", look);
    field.addEventListener("click", look);
    field.addEventListener("keyup", moved);
    field.addEventListener("blur", close);
    // Before the field itself hears of it.
    around.addEventListener("keydown", key, true);
    return () => {
      field.removeEventListener("input", look);
      field.removeEventListener("click", look);
      field.removeEventListener("keyup", moved);
      field.removeEventListener("blur", close);
      around.removeEventListener("keydown", key, true);
    };
  }, []);
  return { typed, onKey };
}

/** The field of several lines has no role of its own for a list; these say what there is. */
function useListOf(field: HTMLTextAreaElement | null, list: string, active: number, open: boolean) {
  useEffect(() => {
    if (!field || !open) return;
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list);
    field.setAttribute("aria-activedescendant", `${list}-${active}`);
    return () => {
      for (const name of ["haspopup", "autocomplete", "controls", "activedescendant"])
        field.removeAttribute(`aria-${name}`);
    };
  }, [field, list, active, open]);
}

/** `draft` holds the text as it is kept, with marks. */
export function MentionText({
  draft,
  nearby,
  ...field
}: Omit<EditorProps, "box"> & { nearby: () => Named[] }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const made = useShown(draft);
  const { typed, onKey } = useTyping(box, (name) => made.names.has(name));
  const active = useSignal(0);
  const list = useId();
  const items = useOffers(typed.value, nearby);
  const open = items.length > 0;
  const at = Math.min(active.value, items.length - 1);
  useEffect(() => {
    active.value = 0;
    if (open) announce("mention", t("mention-found", { count: items.length }));
  }, [open, typed.value]);
  useListOf(box.current, list, at, open);
  const pick = (one: Named) => {
    const field = box.current as HTMLTextAreaElement;
    const from = field.selectionStart - (typed.peek()?.length ?? 0) - 1;
    const name = nameFor(made.names, one);
    made.names.set(name, one);
    const end = field.selectionStart + (field.value[field.selectionStart] === " " ? 1 : 0);
    // At once, so that the next key finds the caret behind it.
    field.setRangeText(`@${name} `, from, end, "end");
    made.shown.set(field.value);
    typed.value = null;
    field.focus();
  };
  onKey.current = (key) => {
    const one = items[at];
    if (!one) return false;
    if (key === "ArrowDown") active.value = (at + 1) % items.length;
    else if (key === "ArrowUp") active.value = (at + items.length - 1) % items.length;
    else if (key === "Escape") typed.value = null;
    else if (key === "Enter" || key === "Tab") pick(one);
    else return false;
    return true;
  };
  return (
    <div class="mention-text">
      <Editor {...field} draft={made.shown} box={box} />
      {open && (
        <Offers
          id={list}
          items={items}
          active={at}
          below={box.current?.offsetHeight ?? 0}
          onPick={pick}
        />
      )}
    </div>
  );
}
