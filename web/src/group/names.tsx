// What a group is called in the reader's language, and its place among the others.
import type { Group } from "../generated/api";
import { language } from "../i18n/i18n";

type Named = Pick<Group, "name" | "names"> & { language?: string };

/** Its name in the reader's language where there is one, else as it was given. */
export function groupName(group: Named): { text: string; lang: string } {
  const own = group.names?.[language.value];
  return own
    ? { text: own, lang: language.value }
    : { text: group.name, lang: group.language ?? "" };
}

export function groupPurpose(group: Group): { text: string; lang: string } {
  const own = group.purposes?.[language.value];
  return own ? { text: own, lang: language.value } : { text: group.purpose, lang: group.language };
}

export interface Branch {
  group: Group;
  children: Branch[];
}

/** The tree: open groups first, by name. A group whose parent is not among them stands at the top. */
export function treeOf(groups: Group[]): Branch[] {
  const known = new Set(groups.map((group) => group.id));
  const under = (parent: string | undefined): Branch[] =>
    groups
      .filter((group) => {
        const above = group.parent && known.has(group.parent.id) ? group.parent.id : undefined;
        return above === parent;
      })
      .sort(
        (a, b) =>
          Number(a.state === "closed") - Number(b.state === "closed") ||
          groupName(a).text.localeCompare(groupName(b).text, language.value),
      )
      .map((group) => ({ group, children: under(group.id) }));
  return under(undefined);
}

/** From the top down to the group itself. */
export function pathOf(groups: Group[], group: Group): Group[] {
  const path = [group];
  for (let at = group; at.parent && path.length < 6; ) {
    const above = groups.find((one) => one.id === at.parent?.id);
    if (!above) break;
    path.unshift(above);
    at = above;
  }
  return path;
}

export const groupDepthMost = 5;
