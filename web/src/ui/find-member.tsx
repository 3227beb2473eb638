// Choosing a member by name, the same everywhere: a few letters, then one of those found. Recording for somebody is the same
// with a button before it.
import { useSignal } from "@preact/signals";
import { canRecord } from "../app/session";
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Combobox, useFound } from "./combobox";
import { Avatar, Name, type Person } from "./parts";
import { type Marked, markOf } from "./twins";

const offered = 12;

/** Those whose name fits, in the order of names; a page of the answer may hold many who have left. */
async function look(text: string, current: () => boolean): Promise<readonly (Person & Marked)[]> {
  const found: (Person & Marked)[] = [];
  let after: string | undefined;
  do {
    const page = await call("member.list", { text, order: "name", limit: offered, after });
    for (const { id, name, number, email, status } of page.items)
      if (status === "active" || status === "dormant") found.push({ id, name, number, email });
    after = page.next ?? undefined;
  } while (after && found.length < offered && current());
  return found.slice(0, offered);
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
  const typed = text.value.trim();
  const answer = useFound(typed, look);
  return (
    <Combobox
      {...{ hint, test, text }}
      onChoose={({ id, name }) => onChoose({ id, name })}
      label={label ?? t("find-member")}
      listLabel={t("find-member-list")}
      count={(count) => t("find-member-found", { count })}
      found={answer.found.filter(({ id }) => !without.includes(id))}
      answered={typed !== "" && answer.text === typed}
      keyOf={({ id }) => id}
      draw={(person) => (
        <>
          <Avatar person={person} small /> <Name person={person} />{" "}
          <span class="hint">{markOf(person, answer.found)}</span>
        </>
      )}
    />
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
