// Catalogues (Fluent files) are read here, when the client is built: what travels is the patterns that src/i18n/say.ts
// fills in, and no reader of the language they are written in. Of that language they use text, values, whole numbers without
// their thousands set apart, and choices by a number; anything else ends the build.
import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";
import type { Catalogue, Part, Pattern } from "../src/i18n/say.ts";

type Read = FluentResource["body"][number]["value"];
type Element = Exclude<Exclude<Read, string | null>[number], string>;

function nameOf(element: Element | { type: "narg" } | undefined): string {
  if (element?.type !== "var") throw new Error("not a value");
  return element.name;
}

function partOf(element: Element): Part {
  switch (element.type) {
    case "str":
      return element.value;
    case "var":
      return [element.name];
    case "func": {
      const [value, option] = element.args;
      const plain = option?.type === "narg" && option.name === "useGrouping";
      if (element.name !== "NUMBER" || !plain || option.value.value !== 0)
        throw new Error("function");
      return [nameOf(value), 0];
    }
    case "select": {
      const { selector, variants, star } = element;
      const choice: Record<string, Pattern> = {};
      for (const { key, value } of variants) choice[key.value] = patternOf(value);
      const last = variants[star]?.key.value;
      if (last !== "other") throw new Error("the last choice is not [other]");
      return [nameOf(selector), choice];
    }
    default:
      throw new Error(element.type);
  }
}

const patternOf = (read: Read): Pattern => {
  if (read === null) throw new Error("says nothing");
  return typeof read === "string"
    ? read
    : read.map((one) => (typeof one === "string" ? one : partOf(one)));
};

/** Throws at what is no message, or more than a pattern can say. */
export function compile(text: string): Catalogue {
  const catalogue: Catalogue = {};
  for (const { id, value } of new FluentResource(text).body) {
    try {
      catalogue[id] = patternOf(value);
    } catch (error) {
      throw new Error(`${id}: ${(error as Error).message}`);
    }
  }
  // What the reader cannot read it leaves out.
  for (const [, id = ""] of text.matchAll(/^(\S+) *=/gm))
    if (catalogue[id] === undefined) throw new Error(`${id} cannot be read`);
  return catalogue;
}

export function catalogues(): Plugin {
  return {
    name: "palabre-catalogues",
    enforce: "pre",
    transform(text, id) {
      if (!id.endsWith(".ftl")) return null;
      let code = `export default ${JSON.stringify(compile(text))};`;
      // The words of every page know where those of each area are, in their language.
      const [, language] = /\/locales\/(\w+)\.ftl$/.exec(id) ?? [];
      if (language)
        code += `export const areas = import.meta.glob("./*/${language}.ftl", { import: "default" });`;
      return { code, map: null, moduleType: "js" };
    },
  };
}
