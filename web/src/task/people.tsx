// Whom to ask: who offered help, who has the skill, and anybody else by name.
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Methods } from "../generated/api";
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { FindMember } from "../ui/find-member";
import { Avatar, Name, type Person } from "../ui/parts";

type Suggestion = Methods["task.suggest"]["result"]["items"][number];

function Why({ suggestion }: { suggestion: Suggestion }) {
  return (
    <span class="hint">
      {t(`suggest-${suggestion.why}`)} <bdi>{suggestion.text}</bdi>
    </span>
  );
}

function Choice({
  person,
  chosen,
  onToggle,
  why,
}: {
  person: Person;
  chosen: boolean;
  onToggle: () => void;
  why?: Suggestion | undefined;
}) {
  return (
    <label class="check person-choice">
      <input type="checkbox" checked={chosen} data-test="ask-person" onChange={onToggle} />
      <Avatar person={person} small />
      <span>
        <Name person={person} /> {why && <Why suggestion={why} />}
      </span>
    </label>
  );
}

/** Suggestions, then those found by name and chosen; the field finds more. */
export function PickPeople({
  chosen,
  without,
  ask,
}: {
  chosen: Signal<Person[]>;
  without: string[];
  ask: Methods["task.suggest"]["params"];
}) {
  const suggested = useSignal<Suggestion[]>([]);
  useEffect(() => {
    call("task.suggest", ask)
      .then(({ items }) => {
        suggested.value = items;
      })
      .catch(() => {});
  }, [JSON.stringify(ask)]);
  const found = useSignal<Person[]>([]);
  const has = (id: string) => chosen.value.some((person) => person.id === id);
  const toggle = (person: Person) => () => {
    chosen.value = has(person.id)
      ? chosen.value.filter((other) => other.id !== person.id)
      : [...chosen.value, { id: person.id, name: person.name }];
  };
  // One list in which nobody changes places when they are chosen: suggestions, then those who were found.
  const why = new Map(suggested.value.map((one) => [one.member.id, one]));
  const people = new Map<string, Person>();
  for (const one of suggested.value) people.set(one.member.id, one.member);
  for (const person of [...found.value, ...chosen.value])
    if (!people.has(person.id)) people.set(person.id, person);
  return (
    <fieldset class="field pick-people">
      <legend>{t("ask-whom")}</legend>
      {[...people.values()].map((person) => (
        <Choice
          key={person.id}
          person={person}
          chosen={has(person.id)}
          onToggle={toggle(person)}
          why={why.get(person.id)}
        />
      ))}
      <FindMember
        without={[...without, ...people.keys()]}
        test="ask-find"
        onChoose={(person) => {
          found.value = [...found.value, person];
          toggle(person)();
        }}
      />
    </fieldset>
  );
}
