// The service worker answers at the addresses at which the server sends the page, and at no other; what finds the next build
// is kept before anybody asks for it.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const built = process.env.PALABRE_WEB ?? resolve(root, "build/web");

test("the worker and the server agree on what is a page", () => {
  const [, table = ""] = /roots\[\] = \{([^}]*)\}/.exec(read("server/net/assets.c")) ?? [];
  const served = [...table.matchAll(/"\/([a-z]+)"/g)].map(([, name]) => name);
  const [, list = ""] = /\(\(([a-z|]+)\)/.exec(read("web/src/app/worker.ts")) ?? [];
  assert.ok(served.length > 10);
  assert.deepEqual(list.split("|").toSorted(), served.toSorted());
});

test("what asks for the next build is kept with the first pages: a server that went back has it no more", (t) => {
  if (!existsSync(built)) return t.skip("no client was built (make web)");
  const kept = [...read(join(built, "sw.js")).matchAll(/\/assets\/(\w+)-[\w-]{8}\.js/g)];
  const names = kept.map(([, name]) => name);
  assert.ok(names.includes("home") && names.includes("vote"), names.join());
  assert.ok(names.includes("follow"), names.join());
});
