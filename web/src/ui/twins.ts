// Telling apart those who have the same name, where one of them is chosen: by the address, where whoever chooses may read it,
// else by the number that their page has.
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";

interface Named {
  id: string;
  name: string;
}
export interface Marked extends Named {
  number: number;
  email?: string | undefined;
}

const isAlone = (one: Named, all: readonly Named[]): boolean =>
  all.every(({ id, name }) => id === one.id || name !== one.name);

/** What stands beside the name; "" where nobody else has it. */
export const markOf = (one: Marked, all: readonly Marked[]): string =>
  isAlone(one, all) ? "" : one.email || t("member-number", { number: String(one.number) });

/** By id, of people of whom only the names are here: what stands beside those that several have. */
export async function marksOf(people: readonly Named[]): Promise<Readonly<Record<string, string>>> {
  const twins = people.filter((one) => !isAlone(one, people));
  const docs = await Promise.all(twins.map(({ id }) => call("member.get", { id })));
  const all = docs.map(({ doc }) => doc);
  return Object.fromEntries(all.map((one) => [one.id, markOf(one, all)]));
}
