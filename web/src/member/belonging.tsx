// How a member belongs: name, class, ties, roles, status, as every page of people shows them.
import { useClasses } from "../ui/classes";
import type { Member } from "../generated/api";
import { has, language, pick, t } from "../i18n/i18n";
import { Chip } from "../ui/parts";

/** A link as people open it, whether the server named its address or only the path. */
export const absolute = (link: string): string => new URL(link, location.origin).href;

/** What stands between a label and what it names: in French with a space that keeps them together. */
export const colon = (): string => (language.value === "fr" ? "\u00a0: " : ": ");

/** Ties are the organisation's own words; the usual ones are translated. */
export const tieName = (tie: string): string => (has(`tie-${tie}`) ? t(`tie-${tie}`) : tie);

const withoutName = (status: string) =>
  status === "erased" ? t("member-erased") : t("member-unnamed");

export const shownPerson = (member: Pick<Member, "id" | "name" | "representative" | "status">) => ({
  id: member.id,
  name: member.name || withoutName(member.status),
  ...(member.representative && { representative: member.representative }),
});

/** Class and ties: how this person belongs to the organisation. */
export function Belonging({ member }: { member: Member }) {
  const classes = useClasses();
  // Where there is but one class, naming it says nothing.
  const found = classes.find((one) => one.id === member.class && classes.length > 1);
  const words = [
    ...(found ? [pick(found.label).text || found.key] : []),
    ...(member.ties ?? []).map(tieName),
  ];
  return words.length > 0 ? <p class="hint">{words.join(" · ")}</p> : null;
}

export function Standing({ member }: { member: Member }) {
  return (
    <>
      {member.status && member.status !== "active" && (
        <Chip data-test="member-status" data-state={member.status}>
          {t(`member-status-${member.status}`)}
        </Chip>
      )}
      {(member.roles ?? []).map((role) => (
        <Chip key={role} tone="accent">
          {t(`role-${role}`)}
        </Chip>
      ))}
    </>
  );
}

/** What somebody offers or looks for: a list of short words. */
export function Words({ words, title }: { words: string[] | undefined; title: string }) {
  if (!words || words.length === 0) return null;
  return (
    <div class="member-words">
      <p class="overline">{title}</p>
      <ul class="row wrap">
        {words.map((word) => (
          <li key={word} class="chip plain">
            {word}
          </li>
        ))}
      </ul>
    </div>
  );
}
