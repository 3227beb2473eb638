// The first load: everything a cold browser fetches until home is usable, in one language, compressed.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const built = process.env.PALABRE_WEB ?? resolve(import.meta.dirname, "../../../build/web");
const limit = 60_000;

/** The catalogue of every page, not that of an area. */
const isMain = (name: string, code: string) =>
  new RegExp(`^${code}-.*\\.js$`).test(name) &&
  readFileSync(join(built, "assets", name), "utf8").includes("nav-home =");

test("the first load is under 60 kB in each language", (t) => {
  const page = join(built, "index.html");
  if (!existsSync(page)) return t.skip("the client is not built");
  const html = readFileSync(page, "utf8");
  const assets = readdirSync(join(built, "assets"));
  const seen = new Set<string>();
  const follow = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    if (!name.endsWith(".js")) return;
    const code = readFileSync(join(built, "assets", name), "utf8");
    for (const [, other = ""] of code.matchAll(/\bfrom\s*["'`]\.\/([^"'`]+)["'`]/g)) follow(other);
    for (const [, other = ""] of code.matchAll(/\bimport\s*["'`]\.\/([^"'`]+)["'`]/g))
      follow(other);
  };
  for (const [, name = ""] of html.matchAll(/\/assets\/([^"]+)"/g)) follow(name);
  const size = (name: string) => gzipSync(readFileSync(join(built, name)), { level: 9 }).length;
  const shared = [...seen].reduce((sum, name) => sum + size(join("assets", name)), 0);
  const frame = size("index.html");
  for (const code of ["fr", "nl", "en"]) {
    const catalogue = assets.find((name) => isMain(name, code));
    assert.ok(catalogue, code);
    const total = shared + frame + size(join("assets", catalogue));
    t.diagnostic(`first load in ${code}: ${total} bytes`);
    assert.ok(total < limit, `${code}: ${total} bytes`);
  }
});

test("the built client holds no inline script, style or foreign address", (t) => {
  if (!existsSync(built)) return t.skip("the client is not built");
  const html = readFileSync(join(built, "index.html"), "utf8");
  assert.ok(!/<script(?![^>]*\bsrc=)/.test(html));
  assert.ok(!/<style|\sstyle=|\son\w+=/.test(html));
  assert.ok(!/(src|href)="https?:/.test(html));
});
