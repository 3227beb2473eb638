// The big screen: what is shown when, an item's number and time, the four words of a seal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { fromHex, toHex } from "../../../web/src/ballot/bytes";
import { parseNote } from "../../../web/src/ballot/checkpoint";
import { fourWords, hashOfWords, indexesOf } from "../../../web/src/ballot/words";
import type { Meeting, Poll } from "../../../web/src/generated/api";
import { around, nextOf, signed } from "../../../web/src/screen/agenda";
import { faceOf } from "../../../web/src/screen/face";
import { fitting, partOf, turnAt, turnFrom } from "../../../web/src/screen/part";
import { absent, vectors } from "./vectors";

interface Seals {
  checkpoints: { note: string }[];
  words_bits: { size: number; hash: string; indexes: number[] };
}
const seals = vectors<Seals>("checkpoints.json");

test("four words of a seal", { skip: seals ? false : absent("checkpoints.json") }, async () => {
  const { words_bits: wanted, checkpoints } = seals as Seals;
  const notes = checkpoints.map((one) =>
    parseNote(Object.values(one).find((text) => /\n\n/.test(text)) ?? ""),
  );
  const note = notes.find(({ size }) => size === wanted.size);
  assert.ok(note);
  const hash = await hashOfWords(note.size, note.root);
  assert.equal(toHex(hash), wanted.hash);
  assert.deepEqual(indexesOf(fromHex(wanted.hash)), wanted.indexes);
  const words = wanted.indexes.map((at) => wordlist[at]);
  assert.deepEqual(await fourWords(note), words);
});

const item = (id: string, more: object = {}) => ({
  ...{ id, title: { fr: id }, item_kind: "discussion", minutes: 10 },
  ...{ proposals: [], polls: [], decisions: [], tasks: [] },
  ...more,
});
const agenda = [
  item("a", { outcome: "held" }),
  item("b"),
  item("b1", { parent: "b" }),
  item("b2", { parent: "b", item_kind: "work", outcome: "moved" }),
  item("c", { item_kind: "closing" }),
];
const meeting = (more: object = {}) =>
  ({
    state: "open",
    agenda,
    current: "b",
    current_ms: 1_000_000,
    started_ms: 1,
    ...more,
  }) as unknown as Meeting;
const poll = (id: string, more: object = {}) => ({ id, state: "open", ...more }) as Poll;
const what = (one: Meeting, polls: Poll[] = []) => {
  const face = faceOf(one, polls);
  if (face.what === "polls") return `polls ${face.polls.map(({ id }) => id).join()}`;
  return face.what === "result" ? `result ${face.poll.id}` : face.what;
};

test("by itself the screen shows what is under way", () => {
  assert.equal(what(meeting({ state: "planned" }), [poll("1")]), "waiting");
  assert.equal(what(meeting({ state: "ended" })), "ended");
  assert.equal(what(meeting({ state: "cancelled" })), "cancelled");
  assert.equal(what(meeting({ current: undefined, current_ms: undefined })), "join");
  assert.equal(what(meeting()), "item");
  assert.equal(what(meeting({ current: "b2" })), "work");
  assert.equal(what(meeting({ current: "c" })), "tasks");
  const counted = { state: "counted", closed_ms: 1_000_001, result: {} };
  assert.equal(what(meeting(), [poll("1"), poll("2", counted), poll("3")]), "polls 1,3");
  assert.equal(what(meeting(), [poll("2", counted)]), "result 2");
  // What an earlier item decided, and what a closed vote holds before it is revealed.
  assert.equal(what(meeting(), [poll("2", { ...counted, closed_ms: 999_999 })]), "item");
  const closed = { state: "closed", closed_ms: 1_000_002 };
  assert.equal(what(meeting(), [poll("2", counted), poll("4", closed)]), "polls 4");
});

test("whoever leads chooses, and no result is shown that was not revealed", () => {
  const shows = (shown: object) => meeting({ shown: { since_ms: 2e6, ...shown } });
  assert.equal(what(shows({ what: "agenda" }), [poll("1")]), "agenda");
  assert.equal(what(shows({ what: "poll", poll: "1" }), [poll("1"), poll("2")]), "polls 1");
  // What begins later than the choice is shown by itself.
  const later = { opened_ms: 2e6 + 1 };
  assert.equal(what(shows({ what: "agenda" }), [poll("1", later)]), "polls 1");
  assert.equal(what({ ...shows({ what: "agenda" }), current_ms: 2e6 + 1 } as Meeting), "item");
  const hidden = poll("1", { state: "closed" });
  assert.equal(what(shows({ what: "result", poll: "1" }), [hidden]), "polls 1");
  const revealed = poll("1", { state: "counted", result: {} });
  assert.equal(what(shows({ what: "result", poll: "1" }), [revealed]), "result 1");
  assert.equal(what(shows({ what: "result", poll: "gone" }), []), "item");
  assert.equal(what({ ...shows({ what: "tasks" }), state: "ended" } as Meeting), "ended");
});

test("the next item, and times that are over", () => {
  assert.equal(nextOf(meeting())?.id, "b1");
  assert.equal(nextOf(meeting({ current: "b1" }))?.id, "c");
  assert.equal(nextOf(meeting({ current: "c" })), undefined);
  const said = [600_000, 59_001, 0, -30_400, -999].map(signed);
  assert.deepEqual(said, ["10:00", "1:00", "0:00", "−0:30", "0:00"]);
});

test("of an agenda what comes next is shown longest", () => {
  const twelve = Array.from({ length: 12 }, (_, at) => at);
  const shown = (at: number, all = twelve) => around(all, at).map(({ item }) => item);
  const kept = (at: number, most: number, all = twelve) =>
    around(all, at)
      .filter(({ rank }) => rank < most)
      .map(({ item }) => item);
  assert.deepEqual(shown(4), [2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(shown(-1), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(shown(11), [3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(shown(1, [0, 1, 2]), [0, 1, 2]);
  assert.deepEqual(kept(4, 4), [4, 5, 6, 7]);
  assert.deepEqual(kept(4, 6), [3, 4, 5, 6, 7, 8]);
  assert.deepEqual(kept(-1, 4), [0, 1, 2, 3]);
  assert.deepEqual(kept(10, 4), [8, 9, 10, 11]);
  assert.deepEqual(kept(11, 4), [8, 9, 10, 11]);
});

test("the longer the titles, the fewer below each other", () => {
  const titles = (...lengths: number[]) => lengths.map((of) => ({ title: "x".repeat(of) }));
  assert.equal(fitting([], 14), 7);
  assert.equal(fitting(titles(40, 12), 14), 7);
  assert.equal(fitting(titles(41, 12), 14), 5);
  assert.equal(fitting(titles(120), 14), 4);
  assert.equal(fitting(titles(160), 14), 3);
  assert.equal(fitting(titles(160), 3), 1);
});

test("what does not fit takes turns: parts of one size, from the first on, each for a time", () => {
  const seven = [1, 2, 3, 4, 5, 6, 7];
  const shown = (turn: number, narrow = true) => partOf(seven, turn, 3, narrow).shown;
  assert.deepEqual(
    [shown(0), shown(1), shown(2)],
    [
      [1, 2, 3, 4],
      [5, 6, 7],
      [1, 2, 3, 4],
    ],
  );
  const wide = [0, 1, 2, 3].map((turn) => shown(turn, false));
  assert.deepEqual(wide, [[1, 2, 3], [4, 5, 6], [7], [1, 2, 3]]);
  assert.deepEqual(partOf(seven, 1, 3, true), {
    ...{ shown: [5, 6, 7], first: 4, columns: 2, rows: 2 },
  });
  assert.deepEqual(partOf(seven.slice(4), 5, 3, true), {
    ...{ shown: [5, 6, 7], first: 0, columns: 1, rows: 3 },
  });
  assert.deepEqual(partOf([], 3, 3, true).shown, []);
  // The first part stands from the moment it is shown for half a turn at least.
  for (const ms of [0, 5_999, 6_000, 11_999, 12_000]) {
    const turn = (later: number) => Math.max(0, turnAt(ms + later) - turnFrom(ms));
    assert.deepEqual([turn(0), turn(5_999), turn(18_000)], [0, 0, 1], String(ms));
  }
});
