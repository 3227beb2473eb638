// Asking somebody into a group: found by name; they say yes or no.
import type { Group, GroupMembers } from "../generated/api";
import { t } from "../i18n/i18n";
import { FindMember } from "../ui/find-member";
import { act } from "../ui/toast";

export function InvitePeople({
  group,
  people,
}: {
  group: Group;
  people: GroupMembers | undefined;
}) {
  const known = [...(people?.members ?? []), ...(people?.asked ?? [])].map(({ id }) => id);
  return (
    <section class="card box" aria-label={t("group-invite")}>
      <FindMember
        label={t("group-invite")}
        hint={t("group-invite-hint")}
        without={known}
        test="group-invite"
        onChoose={(person) => {
          act(
            "group.invite",
            { id: group.id, member: person.id },
            { done: t("group-invited", { name: person.name }) },
          );
        }}
      />
    </section>
  );
}
