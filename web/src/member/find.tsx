// Choosing a member by name: a few letters, then one of those found.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Avatar, Field, Name, type Person } from "../ui/parts";

/** Names are asked for once the typing rests. */
const restMs = 200;

function useFound(text: string): Person[] {
  const found = useSignal<Person[]>([]);
  useEffect(() => {
    let wanted = text.length > 1;
    if (!wanted) found.value = [];
    const look = async () => {
      const { items } = await call("member.list", { text, order: "name", limit: 12 });
      const here = items.filter((one) => one.status === "active" || one.status === "dormant");
      if (wanted) found.value = here.map(({ id, name }) => ({ id, name }));
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
  label: string;
  hint?: string;
  without?: string[];
  test: string;
  onChoose: (person: Person) => void;
}) {
  const text = useSignal("");
  const found = useFound(text.value.trim()).filter(({ id }) => !without.includes(id));
  return (
    <div>
      <Field label={label} hint={hint}>
        {(ids) => (
          <input
            {...ids}
            type="search"
            autoComplete="off"
            data-test={test}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <ul class="found-people">
        {found.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              class="button quiet"
              data-test={`${test}-choose`}
              onClick={() => {
                text.value = "";
                onChoose(person);
              }}
            >
              <Avatar person={person} small /> <Name person={person} />
              <span class="hidden">{t("choose")}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
