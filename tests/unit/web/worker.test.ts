// The service worker answers at the addresses at which the server sends the page, and at no other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");

test("the worker and the server agree on what is a page", () => {
  const [, table = ""] = /roots\[\] = \{([^}]*)\}/.exec(read("server/net/assets.c")) ?? [];
  const served = [...table.matchAll(/"\/([a-z]+)"/g)].map(([, name]) => name);
  const [, list = ""] = /\(\(([a-z|]+)\)/.exec(read("web/src/app/worker.ts")) ?? [];
  assert.ok(served.length > 10);
  assert.deepEqual(list.split("|").toSorted(), served.toSorted());
});
