// An agenda of two levels as one list: an item below another stands after it, with its id as `parent`. What is moved keeps
// its sub-items; whatever is done, the list stays one that the server takes. Pure.
import type { Meeting } from "../../generated/api";

export type Item = Meeting["agenda"][number];
export type ItemKind = Item["item_kind"];
export type Agenda = readonly Item[];
export const itemKinds = [
  ...(["opening", "information", "discussion", "vote"] as const),
  ...(["election", "work", "break", "closing"] as const),
] satisfies readonly ItemKind[];
/** What an item may be about, in the order in which it is asked for. */
export const linkKinds = ["proposals", "polls", "decisions", "tasks"] as const;
export type LinkKind = (typeof linkKinds)[number];
export type Link = Item["proposals"][number];

export const newItem = (
  id: string,
  more: Partial<Pick<Item, "title" | "item_kind" | "minutes" | "parent" | "proposals" | "polls">>,
): Item => ({
  ...{ id, title: {}, item_kind: "discussion", minutes: 10 },
  ...{ proposals: [], polls: [], decisions: [], tasks: [] },
  ...more,
});

const placeOf = (agenda: Agenda, id: string): number => agenda.findIndex((one) => one.id === id);

/** An item with those below it. */
export const withBelow = (agenda: Agenda, id: string): Item[] =>
  agenda.filter((one) => one.id === id || one.parent === id);

/** "1", "2", "2.1": what people call the items by. */
export function numbersOf(agenda: Agenda): string[] {
  let above = 0;
  let below = 0;
  return agenda.map(({ parent }) => {
    if (!parent) below = 0;
    return parent ? `${above}.${++below}` : String(++above);
  });
}

/** The list with an item and those below it taken out and put where `before` was; at the end without one. */
function put(agenda: Agenda, moved: readonly Item[], before: string | undefined): Item[] {
  const rest = agenda.filter((one) => !moved.includes(one));
  const at = before === undefined ? -1 : placeOf(rest, before);
  return at < 0 ? [...rest, ...moved] : [...rest.slice(0, at), ...moved, ...rest.slice(at)];
}

const tops = (agenda: Agenda): Item[] => agenda.filter(({ parent }) => !parent);
const belowOf = (agenda: Agenda, id: string): Item[] =>
  agenda.filter(({ parent }) => parent === id);

function moveTop(agenda: Agenda, item: Item, step: -1 | 1): Agenda {
  const all = tops(agenda);
  const at = all.indexOf(item);
  if (!all[at + step]) return agenda;
  return put(agenda, withBelow(agenda, item.id), all[step < 0 ? at - 1 : at + 2]?.id);
}

/** Past the end of its family it goes to the next one. */
function moveBelow(agenda: Agenda, item: Item, step: -1 | 1): Agenda {
  const family = belowOf(agenda, item.parent ?? "");
  const at = family.indexOf(item);
  if (family[at + step]) {
    const other = step < 0 ? family[at - 1] : agenda[placeOf(agenda, family[at + 1]?.id ?? "") + 1];
    return put(agenda, [item], other?.id);
  }
  const all = tops(agenda);
  const parent = all[all.findIndex(({ id }) => id === item.parent) + step];
  if (!parent) return agenda;
  const moved = { ...item, parent: parent.id };
  const rest = agenda.filter((one) => one !== item);
  const after = step < 0 ? withBelow(rest, parent.id).length : 1;
  const place = placeOf(rest, parent.id) + after;
  return [...rest.slice(0, place), moved, ...rest.slice(place)];
}

/** One place up or down, with those below it. */
export function step(agenda: Agenda, id: string, by: -1 | 1): Agenda {
  const item = agenda[placeOf(agenda, id)];
  if (!item) return agenda;
  return item.parent ? moveBelow(agenda, item, by) : moveTop(agenda, item, by);
}

/** It can go below the one before it. */
export const mayIndent = (agenda: Agenda, id: string): boolean => {
  const item = agenda[placeOf(agenda, id)];
  return Boolean(item && !item.parent && tops(agenda)[0] !== item && !belowOf(agenda, id).length);
};

export function indent(agenda: Agenda, id: string): Agenda {
  if (!mayIndent(agenda, id)) return agenda;
  const all = tops(agenda);
  const above = all[all.findIndex((one) => one.id === id) - 1];
  return agenda.map((one) => (one.id === id && above ? { ...one, parent: above.id } : one));
}

/** Out of its family, right after it. */
export function outdent(agenda: Agenda, id: string): Agenda {
  const item = agenda[placeOf(agenda, id)];
  if (!item?.parent) return agenda;
  const all = tops(agenda);
  const next = all[all.findIndex((one) => one.id === item.parent) + 1];
  const { parent: _parent, ...alone } = item;
  const rest = agenda.filter((one) => one !== item);
  return put([...rest, alone], [alone], next?.id);
}

/** Let go at another place of the list, as dragging does: a family goes between families; a sub-item goes below the one it
 * stands under then. */
export function drop(agenda: Agenda, from: number, to: number): Agenda {
  const item = agenda[from];
  if (!item || from === to) return agenda;
  const rest = agenda.filter((one) => one !== item);
  if (!item.parent) {
    const moved = withBelow(agenda, item.id);
    const next = rest.slice(to).find((one) => !one.parent);
    return put(agenda, moved, next?.id);
  }
  const above = rest[to - 1];
  const { parent: _parent, ...alone } = item;
  const placed = above ? { ...item, parent: above.parent ?? above.id } : alone;
  return [...rest.slice(0, to), placed, ...rest.slice(to)];
}

export const change = (agenda: Agenda, id: string, by: Partial<Item>): Agenda =>
  agenda.map((one) => (one.id === id ? { ...one, ...by } : one));

/** With those below it. */
export const remove = (agenda: Agenda, id: string): Agenda =>
  agenda.filter((one) => one.id !== id && one.parent !== id);

/** At the end of a family, or of everything. */
export function add(agenda: Agenda, item: Item): Agenda {
  if (!item.parent) return [...agenda, item];
  const at = placeOf(agenda, item.parent) + withBelow(agenda, item.parent).length;
  return [...agenda.slice(0, at), item, ...agenda.slice(at)];
}

/** As meeting.agenda takes it. */
export const toSend = (agenda: Agenda) =>
  agenda.map(({ id, parent, title, item_kind, minutes, ...links }) => ({
    ...{ id, title: cleaned(title), item_kind, minutes },
    ...(parent ? { parent } : {}),
    ...Object.fromEntries(linkKinds.map((kind) => [kind, links[kind].map((one) => one.id)])),
  }));

/** Words as the record takes them: without what is empty. */
export const cleaned = (words: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words)
      .map(([code, text]) => [code, text.trim().normalize("NFC")] as const)
      .filter(([, text]) => text),
  );

/** The same agenda, whatever was recorded of how it is held. */
export const same = (one: Agenda, other: Agenda): boolean =>
  JSON.stringify(toSend(one)) === JSON.stringify(toSend(other));
