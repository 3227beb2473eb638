// What changed between two texts: words, paragraphs, both sides.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, isChanged, type Paragraph, side } from "../../../web/src/ui/changes.ts";

const say = (paragraphs: Paragraph[]) =>
  paragraphs.map((paragraph) =>
    paragraph
      .map(({ kind, text }) =>
        kind === "same" ? text : kind === "added" ? `+${text}+` : `-${text}-`,
      )
      .join(""),
  );

test("words that were added and taken away, in their paragraph", () => {
  const found = compare(
    "Trois bancs.\n\nSous le tilleul.",
    "Deux bancs.\n\nSous le grand tilleul.",
  );
  assert.deepEqual(say(found), ["-Trois-+Deux+ bancs.", "Sous le +grand +tilleul."]);
  assert.equal(isChanged(found), true);
  assert.deepEqual(say(side(found, "added")), ["-Trois- bancs.", "Sous le tilleul."]);
  assert.deepEqual(say(side(found, "removed")), ["+Deux+ bancs.", "Sous le +grand +tilleul."]);
});

test("accents and other scripts are words, not letters", () => {
  assert.deepEqual(say(compare("l'été passé", "l'hiver passé")), ["l'-été-+hiver+ passé"]);
});

test("a paragraph added is one of its own", () => {
  assert.deepEqual(say(compare("Un.", "Un.\n\nDeux.")), ["Un.", "+Deux.+"]);
  assert.deepEqual(say(compare("", "Tout.")), ["+Tout.+"]);
});

test("the same text has not changed", () => {
  assert.equal(isChanged(compare("Un.\n\nDeux.", "Un.\n\nDeux.")), false);
  assert.deepEqual(compare("", ""), []);
});

test("two long texts with nothing in common are not compared for longer than a moment", (t) => {
  const text = (seed: number) =>
    Array.from({ length: 6000 }, (_, at) => `m${(at * 7919 + seed) % 99991}`).join(" ");
  const [before, after] = [text(1), text(50000)];
  // A clock that goes on by a tenth of a second whenever somebody looks at it.
  const now = t.mock.method(Date, "now", () => 100 * now.mock.callCount());
  assert.deepEqual(say(compare(before, after)), [`-${before}-+${after}+`]);
  assert.equal(now.mock.callCount(), 10);
});
