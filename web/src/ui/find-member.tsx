// Choosing a member by name, the same everywhere: a few letters, then one of those found. Arrow keys and
// Enter choose, Escape empties the field; how many were found is announced. Recording for somebody is the
// same with a button before it.
import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { canRecord } from "../app/session";
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Icon } from "./icons";
import { Avatar, Field, Name, type Person } from "./parts";
import "./find-member.css";

/** Names are asked for once the typing rests. */
const restMs = 200;
const offered = 12;

/** Those whose name fits, in the order of names; `text` says what it was that they fit. */
function useFound(text: string): { text: string; people: Person[] } {
  const found = useSignal<{ text: string; people: Person[] }>({ text: "", people: [] });
  useEffect(() => {
    let wanted = text.length > 1;
    if (!wanted) found.value = { text: "", people: [] };
    const look = async () => {
      const { items } = await call("member.list", { text, order: "name", limit: offered });
      const here = items.filter((one) => one.status === "active" || one.status === "dormant");
      if (wanted) found.value = { text, people: here.map(({ id, name }) => ({ id, name })) };
    };
    const timer = wanted ? setTimeout(() => look().catch(() => {}), restMs) : undefined;
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text]);
  return found.value;
}

export function FindMember({
  label,
  hint,
  without = [],
  test,
  onChoose,
}: {
  label?: string;
  hint?: string;
  /** Members who are not to be chosen. */
  without?: readonly string[];
  test: string;
  onChoose: (person: Person) => void;
}) {
  const text = useSignal("");
  const active = useSignal(0);
  const list = useId();
  const typed = text.value.trim();
  const found = useFound(typed);
  const answered = typed !== "" && found.text === typed;
  const people = found.people.filter(({ id }) => !without.includes(id));
  const open = people.length > 0;
  const at = Math.min(active.value, people.length - 1);
  const type = (now: string) => {
    text.value = now;
    active.value = 0;
  };
  const choose = (person: Person | undefined) => {
    if (!person) return;
    type("");
    onChoose(person);
  };
  const key = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && open) active.value = (at + move + people.length) % people.length;
    // What is shown for other letters is nobody's choice.
    else if (event.key === "Enter") answered && choose(people[at]);
    else if (event.key === "Escape" && text.value) type("");
    else return;
    event.preventDefault();
  };
  return (
    <div class="find-member">
      <Field label={label ?? t("find-member")} hint={hint}>
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
              onInput={(event) => type(event.currentTarget.value)}
              onKeyDown={key}
            />
          </span>
        )}
      </Field>
      {open && (
        <div role="listbox" id={list} aria-label={t("find-member-list")}>
          {people.map((person, place) => (
            <div
              key={person.id}
              id={`${list}-${place}`}
              role="option"
              tabIndex={-1}
              class={place === at ? "active" : undefined}
              aria-selected={place === at}
              data-test={`${test}-choose`}
              onMouseDown={(event) => {
                // The caret stays in the field.
                event.preventDefault();
                choose(person);
              }}
            >
              <Avatar person={person} small /> <Name person={person} />
            </div>
          ))}
        </div>
      )}
      <p class={open || !answered ? "hidden" : "hint"} role="status">
        {answered && t("find-member-found", { count: people.length })}
      </p>
    </div>
  );
}

/** Facilitation and the secretariat record what somebody without a device says. */
export function RecordFor({
  test,
  find,
  without,
  onChoose,
}: {
  /** Of the button. */
  test: string;
  /** Of the field. */
  find: string;
  without?: readonly string[];
  onChoose: (person: Person) => void;
}) {
  const open = useSignal(false);
  if (!canRecord.value) return null;
  if (open.value)
    return (
      <FindMember
        label={t("record-for-label")}
        hint={t("record-for-hint")}
        test={find}
        without={without ?? []}
        onChoose={(person) => {
          open.value = false;
          onChoose(person);
        }}
      />
    );
  return (
    <button
      type="button"
      class="button quiet small"
      data-test={test}
      onClick={() => {
        open.value = true;
      }}
    >
      {t("record-for")}
    </button>
  );
}
