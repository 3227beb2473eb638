// Choosing one member by name.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Avatar, Field, Name, type Person } from "../ui/parts";

const restMs = 200;

export function ChooseMember({
  label,
  hint,
  without,
  onChoose,
  test,
}: {
  label: string;
  hint?: string;
  without: string[];
  onChoose: (person: Person) => void;
  test: string;
}) {
  const text = useSignal("");
  const found = useSignal<Person[]>([]);
  useEffect(() => {
    const wanted = text.value.trim();
    if (wanted.length < 2) {
      found.value = [];
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      call("member.list", { text: wanted, limit: 8 })
        .then(({ items }) => {
          if (!current) return;
          found.value = items
            .filter((one) => !("status" in one) || ["active", "dormant"].includes(one.status))
            .map(({ id, name }) => ({ id, name }));
        })
        .catch(() => {});
    }, restMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text.value]);
  const shown = found.value.filter((person) => !without.includes(person.id));
  return (
    <div class="choose-member">
      <Field label={label} hint={hint}>
        {(ids) => (
          <span class="search">
            <Icon name="search" />
            <input
              {...ids}
              type="search"
              autocomplete="off"
              data-test={test}
              value={text.value}
              onInput={(event) => {
                text.value = event.currentTarget.value;
              }}
            />
          </span>
        )}
      </Field>
      <ul class="lines-list" aria-live="polite">
        {shown.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              class="button quiet"
              data-test={`${test}-found`}
              onClick={() => {
                text.value = "";
                onChoose(person);
              }}
            >
              <Avatar person={person} small /> <Name person={person} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
