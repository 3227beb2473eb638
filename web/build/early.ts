// The first file of the page: src/app/early.ts, built alone so that nothing has to come before it, and told the
// names of the files that the page's code would ask for only once it is here itself. Then the service worker, which is told
// the same names.
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";
import { compile } from "./alone.ts";
import { plan } from "./chunks.ts";
import { makeClassic, salt } from "./classic.ts";
import { inlineRuntime } from "./runtime.ts";
import { compileWorker } from "./worker.ts";

const source = fileURLToPath(new URL("../src/app/early.ts", import.meta.url));
/** Addresses whose code and words are asked for at once: their page, and the areas of its words. */
const pages: [address: string, page: string, areas: string[]][] = [
  ["^/$", "home/home.tsx", []],
  ["^/v/\\d", "poll/page.tsx", ["poll"]],
  ["^/p/?$", "proposal/list.tsx", ["pages", "poll", "proposal"]],
  ["^/p/\\d", "proposal/page.tsx", ["pages", "poll", "task", "discussion", "proposal"]],
];
/** What the worker keeps besides: what reads the record, and what asks for the next build, which may be gone from the
 * server by then. */
const alsoKept = ["/src/ballot/history.ts", "/src/app/follow.ts"];
const languages = ["fr", "nl", "en"];

type Bundle = Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>;

function chunkOf(bundle: Bundle, end: string): Rolldown.OutputChunk {
  for (const one of Object.values(bundle))
    if (one.type === "chunk" && one.moduleIds.some((id) => id.split("?")[0]?.endsWith(end)))
      return one;
  throw new Error(`no chunk of ${end}`);
}

/** The chunk's own files and those it imports; without what the page itself names. */
function filesOf(bundle: Bundle, chunk: Rolldown.OutputChunk, seen: Set<string>): void {
  if (seen.has(chunk.fileName)) return;
  seen.add(chunk.fileName);
  for (const name of chunk.viteMetadata?.importedCss ?? []) seen.add(name);
  for (const name of chunk.imports) {
    const other = bundle[name];
    if (other?.type === "chunk") filesOf(bundle, other, seen);
  }
}

function listFiles(bundle: Bundle, html: string) {
  const words = (area: string, code: string) =>
    chunkOf(bundle, `/locales/${area && `${area}/`}${code}.ftl`).fileName;
  const each = (of: (code: string) => string[]) =>
    Object.fromEntries(languages.map((code) => [code, of(code)]));
  return {
    words: each((code) => [words("", code)]),
    pages: pages.map(([address, page, areas]) => {
      const seen = new Set<string>();
      filesOf(bundle, chunkOf(bundle, `/src/${page}`), seen);
      // What all other pages share is nothing but style: no chunk of that name is left.
      for (const name of Object.keys(bundle))
        if (areas.includes("pages") && /\/pages-[^/]*\.css$/.test(name)) seen.add(name);
      const files = [...seen].filter((name) => !html.includes(name));
      return { address, files, words: each((code) => areas.map((area) => words(area, code))) };
    }),
  };
}

export function early(): Plugin {
  return {
    name: "palabre-early",
    apply: "build",
    enforce: "post",
    buildEnd() {
      plan(this.getModuleIds(), this);
    },
    augmentChunkHash() {
      return salt;
    },
    // After the bundler has written what each dynamic import needs into it.
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("no page");
        const main = chunkOf(bundle, "/src/app/main.tsx").fileName;
        const html = String(page.source).replace(
          `<script type="module" crossorigin src="/${main}">`,
          `<script defer src="/${main}">`,
        );
        if (html.includes("module")) throw new Error("the page names a module");
        inlineRuntime(bundle, main);
        await makeClassic(bundle, main);
        const files = listFiles(bundle, html);
        const code = await compile(source, { __FILES__: files });
        const hash = createHash("sha256").update(code).digest("base64url").slice(0, 8);
        const fileName = `assets/early-${hash}.js`;
        this.emitFile({ type: "asset", fileName, source: code });
        page.source = html.replace(
          "<title>",
          `<script async src="/${fileName}"></script>\n    <title>`,
        );
        const first = [...page.source.matchAll(/"\/(assets\/[^"]+)"/g)].map(
          ([, name = ""]) => name,
        );
        const kept = alsoKept.map((end) => chunkOf(bundle, end).fileName);
        for (const name of [...files.pages.flatMap((one) => one.files), ...kept])
          if (!first.includes(name)) first.push(name);
        const worker = await compileWorker(page.source, Object.keys(bundle), first);
        this.emitFile({ type: "asset", fileName: "sw.js", source: worker });
      },
    },
  };
}
