// Names in texts that are being written, and the order of a discussion.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  inOrder,
  lineBefore,
  numberIn,
  threadOf,
  threads,
} from "../../../web/src/discussion/threads";
import {
  fromMarks,
  nameFits,
  nameFor,
  type Named,
  toMarks,
  typedName,
} from "../../../web/src/ui/mention-text";

const a = "0a088402-299b-4443-88df-22b338264c7a";
const b = "1b088402-299b-4443-88df-22b338264c7b";

test("a kept text and what people see lead to each other", () => {
  for (const text of [
    "",
    "Bonjour",
    `Merci @[Élodie De Vos](member:${a}), à demain`,
    `@[A \\[b\\] \\\\ c](group:${a})@[A](member:${b})`,
    `@[Jean](member:${a}) et @[Jean](member:${b})`,
    `@[Jean](member:nope) @Jean`,
    "mail@exemple.be [lien](https://exemple.be)",
  ]) {
    const { shown, names } = fromMarks(text);
    assert.equal(toMarks(shown, names), text);
    assert.ok(!/(member|group):[0-9a-f]{8}-/.test(shown), shown);
  }
});

test("two people of one name are told apart; a longer word is not the name", () => {
  const { shown, names } = fromMarks(`@[Jean](member:${a}) @[Jean](member:${b})`);
  assert.equal(shown, "@Jean @Jean 2");
  assert.equal(nameFor(names, { kind: "member", id: b, name: "Jean" }), "Jean 2");
  const one: Named = { kind: "member", id: a, name: "Jean" };
  assert.equal(toMarks("@Jeanne", new Map([["Jean", one]])), "@Jeanne");
  assert.equal(toMarks("@Jean.", new Map([["Jean", one]])), `@[Jean](member:${a}).`);
});

test("what is typed after @ before the caret", () => {
  const cases: [string, string | null][] = [
    ["@", ""],
    ["Merci @élo", "élo"],
    ["(@De Vos", "De Vos"],
    ["mail@exemple", null],
    ["@Mia, merci", null],
    ["Bonjour", null],
    ["@a b c d e", null],
  ];
  for (const [before, wanted] of cases) assert.equal(typedName(before), wanted, before);
  assert.ok(nameFits("Élodie De Vos-Núñez", "nunez elo"));
  assert.ok(nameFits("Élodie", ""));
  assert.ok(!nameFits("Élodie", "odie"));
});

type Some = { id: string; number: number; at_ms: number; parent?: string };
const comments = (list: Some[]) => list as unknown as Parameters<typeof threads>[0];

test("threads by time, answers under their root, a lost one alone", () => {
  const all = threads(
    comments([
      { id: "r2", number: 3, at_ms: 30 },
      { id: "r1", number: 1, at_ms: 10 },
      { id: "x", number: 2, at_ms: 20, parent: "r1" },
      { id: "lost", number: 4, at_ms: 40, parent: "gone" },
    ]),
  );
  assert.deepEqual(
    all.map(({ root, replies }) => [root.id, ...replies.map((reply) => reply.id)]),
    [["r1", "x"], ["r2"], ["lost"]],
  );
  assert.equal(threadOf(all, "x"), 0);
  assert.equal(threadOf(all, "nobody"), -1);
  const isNew = (least: number) => (comment: { number: number }) => comment.number > least;
  assert.deepEqual(inOrder(all, isNew(1)), ["x", "r2", "lost"]);
  assert.equal(lineBefore(all, isNew(2)), 1);
  assert.equal(lineBefore(all, isNew(0)), -1, "all is new: no line");
  assert.equal(lineBefore(all, isNew(9)), -1);
});

test("the number in an address", () => {
  assert.equal(numberIn("#c-17"), 17);
  for (const other of ["", "#c-", "#c-0", "#c-1x", "#d-1", "#c-99999999999"])
    assert.equal(numberIn(other), 0, other);
});
