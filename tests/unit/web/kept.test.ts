// What the next visit will ask for stands as soon as the page is left: nothing of it comes to run then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Kept, readHint, writeKept } from "../../../web/src/sync/kept";

const texts = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => texts.set(key, text),
    removeItem: (key: string) => texts.delete(key),
  },
});
const keptAt = (position: number) =>
  ({ epoch: "e", topics: [{ name: "org", aliases: [], position, docs: [] }] }) as unknown as Kept;

test("the guess of the next visit is written at once, and goes where nothing could be kept", async () => {
  await writeKept(keptAt(7));
  assert.equal(readHint(), undefined, "without IndexedDB");
  Object.assign(globalThis, { indexedDB: { open: () => ({}) } });
  writeKept(keptAt(8));
  assert.equal(readHint()?.topics[0]?.position, 8, "while IndexedDB has not answered");
});
