// src/app/sheets.ts in the place of the bundler's helper around dynamic imports.
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const source = fileURLToPath(new URL("../src/app/sheets.ts", import.meta.url));

export function sheets(): Plugin {
  return {
    name: "palabre-sheets",
    enforce: "pre",
    load(id) {
      if (!id.endsWith("vite/preload-helper.js")) return null;
      return `export { withSheets as __vitePreload } from ${JSON.stringify(source)};`;
    },
  };
}
