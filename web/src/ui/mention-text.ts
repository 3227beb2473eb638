// Names in a text that is being written. People see "@Name"; what is kept and sent says who is meant:
// @[Name](member:UUID). Pure functions; the server reads the same form (src/assembly/mention.c).

export interface Named {
  kind: string;
  id: string;
  name: string;
}
/** What stands behind each "@name" of a text, by the name shown. */
export type Names = ReadonlyMap<string, Named>;

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
export const markPattern = new RegExp(
  `@\\[((?:\\\\[^\\n]|[^\\]\\[\\\\\\n])+)\\]\\((member|group):(${uuid})\\)`,
  "g",
);
const plain = (name: string): string => name.replace(/\\(.)/g, "$1");
const escaped = (name: string): string => name.replace(/[\\[\]]/g, "\\$&");
const letter = /[\p{L}\p{M}\p{N}]/u;

/** A name not used for somebody else in this text yet. */
export function nameFor(names: Names, one: Named): string {
  let shown = one.name;
  for (let n = 2; names.has(shown) && names.get(shown)?.id !== one.id; n++)
    shown = `${one.name} ${n}`;
  return shown;
}

/** What people see of a text that is kept, and who its names are. */
export function fromMarks(text: string): { shown: string; names: Map<string, Named> } {
  const names = new Map<string, Named>();
  const shown = text.replace(markPattern, (_, inside: string, kind: string, id: string) => {
    const one = { kind, id, name: plain(inside) };
    const name = nameFor(names, one);
    names.set(name, one);
    return `@${name}`;
  });
  return { shown, names };
}

/** The text with marks: each "@name" that is known and does not go on as a longer word. */
export function toMarks(shown: string, names: Names): string {
  const known = [...names.keys()].sort((a, b) => b.length - a.length);
  let text = "";
  for (let at = 0; at < shown.length; ) {
    const name =
      shown[at] === "@" &&
      known.find((one) => {
        const after = shown[at + 1 + one.length] ?? "";
        return shown.startsWith(one, at + 1) && !letter.test(after);
      });
    const one = name ? names.get(name) : undefined;
    if (name && one) {
      text += `@[${escaped(one.name)}](${one.kind}:${one.id})`;
      at += 1 + name.length;
    } else {
      text += shown[at++];
    }
  }
  return text;
}

/** What is being typed after "@" before the caret; null = nothing is. */
export function typedName(before: string): string | null {
  const found = /(?:^|[\s([{"'«“])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*){0,2})$/u.exec(before);
  return found ? (found[1] ?? "") : null;
}

const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
/** Every word typed begins a word of the name. */
export function nameFits(name: string, typed: string): boolean {
  const words = fold(name).split(/[^\p{L}\p{N}]+/u);
  return fold(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}
