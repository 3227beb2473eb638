// Asking somebody into a group: found by name; they say yes or no.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Group, GroupMembers } from "../generated/api";
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { Avatar, Field, Name, type Person } from "../ui/parts";
import { act } from "../ui/toast";

/** Names are asked for once the typing rests. */
const restMs = 200;

function useFound(text: string): Person[] {
  const found = useSignal<Person[]>([]);
  useEffect(() => {
    let wanted = text.length > 1;
    if (!wanted) found.value = [];
    const look = async () => {
      const { items } = await call("member.list", { text, limit: 10 });
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

export function InvitePeople({
  group,
  people,
}: {
  group: Group;
  people: GroupMembers | undefined;
}) {
  const text = useSignal("");
  const known = new Set([...(people?.members ?? []), ...(people?.asked ?? [])].map(({ id }) => id));
  const found = useFound(text.value.trim()).filter(({ id }) => !known.has(id));
  return (
    <section class="card box" aria-label={t("group-invite")}>
      <Field label={t("group-invite")} hint={t("group-invite-hint")}>
        {(ids) => (
          <input
            {...ids}
            type="search"
            autoComplete="off"
            placeholder={t("group-invite-name")}
            data-test="group-invite-name"
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <ul class="group-people">
        {found.map((person) => (
          <li key={person.id}>
            <Avatar person={person} small />
            <Name person={person} />
            <button
              type="button"
              class="button quiet small"
              data-test="group-invite-ask"
              onClick={() => {
                text.value = "";
                act(
                  "group.invite",
                  { id: group.id, member: person.id },
                  { done: t("group-invited", { name: person.name }) },
                );
              }}
            >
              {t("group-invite-ask")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
