// The bundler's modules as plain scripts: each hands its name and what makes it to src/app/parts.ts, which stands before the
// first. Browsers keep plain scripts compiled, and modules not (docs/decisions/0032). The bundler itself turns one into the
// other, so that names stay bound as in modules.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { Rolldown } from "vite";
import { compile, target } from "./alone.ts";

type Bundle = Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>;
const loader = fileURLToPath(new URL("../src/app/parts.ts", import.meta.url));

/** What this makes of a file depends on these: its name must tell. */
export const salt = [
  "../src/app/parts.ts",
  "../src/app/script.ts",
  "../src/app/address.ts",
  "classic.ts",
]
  .map((path) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8"))
  .join();

/** Fetched with those that ask for it, made when one uses it. */
const whenUsed = "marks-";
const nameOf = (fileName: string): string => fileName.replace(/^assets\//, "");

async function convert(code: string): Promise<string> {
  const bundle = await rolldown({
    input: "part",
    external: /^\.\//,
    treeshake: false,
    transform: { target },
    plugins: [
      {
        name: "part",
        resolveId: (id) => (id === "part" ? id : null),
        load: (id) => (id === "part" ? code : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "cjs", minify: true, exports: "named" });
  await bundle.close();
  return output[0].code;
}

/** The part's own name, then all others that have to be here. */
function namesFor(bundle: Bundle, fileName: string, seen = new Set<string>()): Set<string> {
  seen.add(nameOf(fileName));
  const chunk = bundle[fileName];
  if (chunk?.type === "chunk")
    for (const other of chunk.imports) if (!seen.has(nameOf(other))) namesFor(bundle, other, seen);
  return seen;
}

async function partOf(bundle: Bundle, chunk: Rolldown.OutputChunk, first: string): Promise<string> {
  const whole = await convert(chunk.code);
  const code = whole
    .trim()
    .replace(/\brequire\((["'`])(?:\.\/)?([\w-]+\.js)\1\)/g, (_all, _quote, name) =>
      name.startsWith(whenUsed) ? `require.used("${name}")` : `require("${name}")`,
    )
    .replace(/\bimport\((["'`])(?:\.\/)?([\w-]+\.js)\1\)/g, (_all, _quote, name) => {
      const names = [...namesFor(bundle, `assets/${name}`)].filter((one) => one !== first);
      return `require.later(${(names.length > 0 ? names : [first]).map((one) => `"${one}"`).join()})`;
    });
  if (/\bimport\s*\(|\bimport\.meta|__filename/.test(code))
    throw new Error(
      `${chunk.fileName}: still a module: ${/.{60}(\bimport\s*\(|\bimport\.meta|__filename).{90}/s.exec(code)?.[0]}`,
    );
  const name = nameOf(chunk.fileName);
  // In brackets, a function is compiled at once.
  return `(self.palabreParts=self.palabreParts||[]).push(["${name}",(function(exports,require){"use strict";${code}\n})]);`;
}

/** `first`: the file that the page names, with which all begins. */
export async function makeClassic(bundle: Bundle, first: string): Promise<void> {
  const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
  const begin = `window.palabreParts.begin("${nameOf(first)}");`;
  const before = await compile(loader, {});
  const codes = await Promise.all(chunks.map((chunk) => partOf(bundle, chunk, nameOf(first))));
  for (const [at, chunk] of chunks.entries()) {
    const code = codes[at] ?? "";
    chunk.code = chunk.fileName === first ? `${before}${code}${begin}\n` : `${code}\n`;
  }
}
