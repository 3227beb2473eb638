// Choosing one of those found by a few letters, the same everywhere: arrow keys and Enter choose, Escape empties the field;
// how many were found is announced. What is found, and how one is drawn, is its user's.
import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId } from "preact/hooks";
import { Icon } from "./icons";
import { Field } from "./parts";
import "./find-member.css";

/** Asked for once the typing rests: not at each key of whoever types with two fingers. */
const restMs = 300;

export interface Answer<T> {
  /** What it was that they fit. */
  text: string;
  found: readonly T[];
}

/** Those that fit, asked for from two letters on. */
export function useFound<T>(
  text: string,
  ask: (text: string, current: () => boolean) => Promise<readonly T[]>,
): Answer<T> {
  const answer: Signal<Answer<T>> = useSignal<Answer<T>>({ text: "", found: [] });
  useEffect(() => {
    let wanted = text.length > 1;
    if (!wanted) answer.value = { text: "", found: [] };
    const look = async () => {
      const found = await ask(text, () => wanted);
      if (wanted) answer.value = { text, found };
    };
    const timer = wanted ? setTimeout(() => look().catch(() => {}), restMs) : undefined;
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text]);
  return answer.value;
}

export function Combobox<T>({
  label,
  hint,
  listLabel,
  count,
  test,
  text,
  found,
  answered,
  closed = false,
  keyOf,
  draw,
  onChoose,
  onFocus,
}: {
  label: string;
  hint?: string | undefined;
  listLabel: string;
  /** How many were found, in words. */
  count: (count: number) => string;
  test: string;
  /** What is typed; emptied by a choice. */
  text: Signal<string>;
  found: readonly T[];
  /** Those found fit what is typed: what is shown for other letters is nobody's choice. */
  answered: boolean;
  closed?: boolean;
  keyOf: (one: T) => string;
  draw: (one: T) => ComponentChildren;
  onChoose: (one: T) => void;
  onFocus?: (inside: boolean) => void;
}) {
  const active = useSignal(0);
  const list = useId();
  const open = !closed && found.length > 0;
  const at = Math.min(active.value, found.length - 1);
  const type = (now: string) => {
    text.value = now;
    active.value = 0;
  };
  const choose = (one: T | undefined) => {
    if (!one) return;
    type("");
    onChoose(one);
  };
  const key = (event: KeyboardEvent) => {
    const move = event.altKey ? undefined : { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && open) active.value = (at + move + found.length) % found.length;
    else if (event.key === "Enter") answered && choose(found[at]);
    else if (event.key === "Escape" && text.value) type("");
    else return;
    event.preventDefault();
  };
  return (
    <div class="find-member">
      <Field label={label} hint={hint}>
        {(ids) => (
          <span class="search">
            <Icon name="search" />
            <input
              {...ids}
              type="text"
              role="combobox"
              autocomplete="off"
              maxLength={80}
              data-test={test}
              value={text.value}
              aria-expanded={open}
              aria-autocomplete="list"
              aria-controls={open ? list : undefined}
              aria-activedescendant={open ? `${list}-${at}` : undefined}
              onFocus={() => onFocus?.(true)}
              onBlur={() => onFocus?.(false)}
              onInput={(event) => type(event.currentTarget.value)}
              onKeyDown={key}
            />
          </span>
        )}
      </Field>
      {open && (
        <div role="listbox" id={list} aria-label={listLabel}>
          {found.map((one, place) => (
            <div
              key={keyOf(one)}
              id={`${list}-${place}`}
              role="option"
              tabIndex={-1}
              class={place === at ? "active" : undefined}
              aria-selected={place === at}
              data-test={`${test}-choose`}
              onMouseDown={(event) => {
                // The caret stays in the field.
                event.preventDefault();
                choose(one);
              }}
            >
              {draw(one)}
            </div>
          ))}
        </div>
      )}
      <p class={open || !answered || closed ? "hidden" : "hint"} role="status">
        {answered && count(found.length)}
      </p>
    </div>
  );
}
