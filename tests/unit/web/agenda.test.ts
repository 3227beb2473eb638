// The agenda of a meeting: whatever is done to it, it stays one that the server takes; its clock.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Agenda,
  add,
  drop,
  indent,
  mayIndent,
  newItem,
  numbersOf,
  outdent,
  remove,
  same,
  step,
  toSend,
} from "../../../web/src/meeting/lead/agenda.ts";
import { nextShown, type Shown } from "../../../web/src/meeting/shown.ts";
import { joined } from "../../../web/src/meeting/words.ts";
import { callBy, noticeOf } from "../../../web/src/meeting/lead/notice.ts";
import { dayThere } from "../../../web/src/poll/dates.ts";
import { inZone } from "./zones.ts";
import { piecesOf, textOf } from "../../../web/src/meeting/lead/table.ts";
import {
  clocksOf,
  endsEarly,
  lasting,
  nextItem,
  remainingMs,
  spentMs,
  totalMinutes,
} from "../../../web/src/meeting/lead/clock.ts";

/** "A a1 a2 B C": a small letter stands below its capital. */
const agendaOf = (words: string): Agenda =>
  words.split(" ").map((id) => {
    const parent = id.length > 1 ? { parent: id.charAt(0).toUpperCase() } : {};
    return newItem(id, { title: { fr: id }, ...parent });
  });
const shown = (agenda: Agenda): string =>
  agenda.map(({ id, parent }) => (parent ? `${parent.toLowerCase()}/${id}` : id)).join(" ");

/** An item before it, itself without a parent, nearest of all those without one. */
function assertWhole(agenda: Agenda): void {
  let top = "";
  for (const { id, parent } of agenda) {
    if (parent) assert.equal(parent, top, shown(agenda));
    else top = id;
  }
  assert.equal(new Set(agenda.map(({ id }) => id)).size, agenda.length);
}

test("items move with those below them, and past the end of a family into the next", () => {
  const agenda = agendaOf("A a1 a2 B C c1");
  assert.equal(shown(step(agenda, "B", -1)), "B A a/a1 a/a2 C c/c1");
  assert.equal(shown(step(agenda, "A", 1)), "B A a/a1 a/a2 C c/c1");
  assert.equal(shown(step(agenda, "C", -1)), "A a/a1 a/a2 C c/c1 B");
  assert.equal(shown(step(agenda, "a2", -1)), "A a/a2 a/a1 B C c/c1");
  assert.equal(shown(step(agenda, "a2", 1)), "A a/a1 B b/a2 C c/c1");
  assert.equal(shown(step(agenda, "c1", -1)), "A a/a1 a/a2 B b/c1 C");
  for (const [id, by] of [
    ["A", -1],
    ["C", 1],
    ["a1", -1],
    ["c1", 1],
    ["?", 1],
  ] as const)
    assert.equal(step(agenda, id, by), agenda);
});

test("one level below and back", () => {
  const agenda = agendaOf("A a1 B C c1");
  assert.equal(shown(indent(agenda, "B")), "A a/a1 a/B C c/c1");
  assert.equal(shown(outdent(agenda, "a1")), "A a1 B C c/c1");
  assert.deepEqual(
    ["A", "a1", "B", "C"].map((id) => mayIndent(agenda, id)),
    [false, false, true, false],
  );
  assert.equal(shown(add(agenda, newItem("a9", { parent: "A" }))), "A a/a1 a/a9 B C c/c1");
  assert.equal(shown(remove(agenda, "C")), "A a/a1 B");
  assert.deepEqual(numbersOf(agenda), ["1", "1.1", "2", "3", "3.1"]);
});

test("dropped anywhere: whole, and nothing lost", () => {
  const agenda = agendaOf("A a1 a2 B C c1");
  for (let from = 0; from < agenda.length; from++)
    for (let to = 0; to < agenda.length; to++) {
      const dropped = drop(agenda, from, to);
      assertWhole(dropped);
      assert.equal(dropped.length, agenda.length);
    }
  assert.equal(shown(drop(agenda, 0, 3)), "B A a/a1 a/a2 C c/c1");
  assert.equal(shown(drop(agenda, 1, 0)), "a1 A a/a2 B C c/c1");
  assert.equal(shown(drop(agenda, 5, 1)), "A a/c1 a/a1 a/a2 B C");
});

test("any walk of moves leaves a whole agenda", () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  let agenda = agendaOf("A a1 a2 B b1 C D d1 d2 E");
  for (let n = 0; n < 2000; n++) {
    const id = agenda[random(agenda.length)]?.id ?? "";
    const act = random(5);
    if (act === 0) agenda = step(agenda, id, -1);
    else if (act === 1) agenda = step(agenda, id, 1);
    else if (act === 2) agenda = indent(agenda, id);
    else if (act === 3) agenda = outdent(agenda, id);
    else agenda = drop(agenda, random(agenda.length), random(agenda.length));
    assertWhole(agenda);
    assert.equal(agenda.length, 10);
  }
});

test("what is sent: names in links alone, no empty words, nothing of how it was held", () => {
  const link = { id: "p", number: "3", title: "Un four" };
  const held = { ...newItem("A", { title: { fr: " Budget ", nl: " " }, proposals: [link] }) };
  const [sent] = toSend([{ ...held, spent_ms: 4, outcome: "held" }]);
  assert.deepEqual(sent, {
    ...{ id: "A", title: { fr: "Budget" }, item_kind: "discussion", minutes: 10 },
    ...{ proposals: ["p"], polls: [], decisions: [], tasks: [] },
  });
  assert.ok(same([held], [{ ...held, spent_ms: 9 }]));
  assert.ok(!same([held], [{ ...held, minutes: 9 }]));
});

test("the clock: when items are due, what is left, early or late", () => {
  const agenda = agendaOf("A a1 B C").map((one, at) => ({
    ...one,
    minutes: [5, 10, 20, 15][at] ?? 0,
  }));
  const start = Date.UTC(2026, 10, 29, 18, 30);
  const minutes = clocksOf(agenda, start).map(({ from, to }) =>
    [from, to].map((ms) => (ms - start) / 6e4),
  );
  assert.deepEqual(minutes, [
    [0, 5],
    [5, 15],
    [15, 35],
    [35, 50],
  ]);
  assert.equal(totalMinutes(agenda), 50);
  const [a, a1, b, c] = agenda as [Agenda[0], Agenda[0], Agenda[0], Agenda[0]];
  const over = { outcome: "held", ended_ms: start } as const;
  const running = {
    agenda: [{ ...a, ...over }, { ...a1, ...over }, { ...b, spent_ms: 6e4 }, c],
    ...{ current: "B", current_ms: start, planned_end_ms: start + 60 * 6e4 },
  };
  const now = start + 9 * 6e4;
  assert.equal(spentMs(running, now), 10 * 6e4);
  assert.equal(remainingMs(running, now), 25 * 6e4);
  assert.equal(endsEarly(running, now), 26);
  // Over its box it takes from what comes after.
  assert.equal(endsEarly(running, start + 40 * 6e4), 5);
  assert.equal(endsEarly(running, start + 50 * 6e4), -5);
  assert.equal(nextItem(running)?.id, "C");
  assert.equal(nextItem({ ...running, current: "C" })?.id, "B");
  assert.equal(nextItem({ ...running, agenda: [{ ...c, ...over }], current: "C" }), undefined);
  assert.deepEqual([245_000, 3_723_000, -61_000, 0].map(lasting), [
    "4:05",
    "1:02:03",
    "1:01",
    "0:00",
  ]);
});

test("a table in pieces: each with the heading, whole rows, lines as in the text", () => {
  assert.deepEqual(piecesOf("name\r\nAn\n\nBo\n"), [{ csv: "name\nAn\nBo\n", line: 2 }]);
  assert.deepEqual(piecesOf("name\n"), []);
  // As an older spreadsheet writes it, and as any other.
  assert.equal(textOf(Uint8Array.of(0x5a, 0x6f, 0xe9)), "Zoé");
  assert.equal(textOf(new TextEncoder().encode("Zoé")), "Zoé");
  const rows = Array.from({ length: 700 }, (_, at) =>
    at === 10 ? '"An\nPeeters",1' : `M ${at},1`,
  );
  const pieces = piecesOf(["name,present", ...rows].join("\n"));
  // The eleventh row takes two lines.
  assert.deepEqual(
    pieces.map(({ line }) => line),
    [2, 303, 603],
  );
  assert.ok(pieces.every(({ csv }) => csv.startsWith("name,present\n")));
  const again = pieces.flatMap(({ csv }) => csv.split("\n").slice(1, -1));
  assert.deepEqual(again, rows.join("\n").split("\n"));
  assert.ok(piecesOf(`name\n${"é".repeat(9_000)}\n${"é".repeat(9_000)}\n`).length === 2);
});

test("what was told of a meeting since is laid over it, and nothing older", () => {
  const revs = { plan: 1, agenda: 1, offices: 1, current: 1 };
  const held = { started_ms: 1, ended_ms: 2, spent_ms: 1, outcome: "held" as const };
  const agenda = [...agendaOf("A B C")].map((item) => ({ ...item, ...held }));
  const meeting = { rev: 10, revs, current: "A", shown: { what: "join" }, agenda } as never;
  const now = (rev: number) => ({ rev, revs: { ...revs, current: rev }, current: "B" }) as never;
  const poll = { id: "V" };
  const part = (rev: number, item: string) =>
    ({ rev, item, started_ms: 5, polls: [poll] }) as never;
  assert.equal(joined(meeting, undefined, []), meeting);
  assert.equal(joined(meeting, now(10), [part(10, "B")]), meeting);
  const after = joined(meeting, now(12), [part(9, "A"), part(11, "B")]);
  const { rev, current, shown } = after;
  assert.deepEqual({ rev, current, shown }, { rev: 12, current: "B", shown: undefined });
  assert.equal(after.revs.current, 12);
  const [a, b, c] = after.agenda;
  assert.deepEqual([a, c], [agenda[0], agenda[2]]);
  // Taken up again: what it had become is gone.
  assert.deepEqual(
    { started: b?.started_ms, ended: b?.ended_ms, outcome: b?.outcome, polls: b?.polls },
    { started: 5, ended: undefined, outcome: undefined, polls: [poll] },
  );
  assert.deepEqual(b?.title, agenda[1]?.title);
});

test("the notice: what the law asks counts too, a whole day to its end", () => {
  const starts_ms = Date.UTC(2026, 11, 17, 18);
  const zone = "Europe/Brussels";
  const none = { notice: { asked_days: 0, given_days: 0, enough: true }, starts_ms };
  assert.equal(noticeOf(none, starts_ms, zone), "none");
  assert.equal(noticeOf({ ...none, called_ms: starts_ms }, starts_ms, zone), "none");
  const asked = { notice: { asked_days: 15, given_days: 14, enough: false }, starts_ms };
  const last = callBy(starts_ms, 15);
  assert.equal(noticeOf(asked, last - 36e5, zone), "due");
  assert.equal(noticeOf(asked, last + 4 * 36e5, zone), "due", "the evening of the last day");
  assert.equal(noticeOf(asked, last + 6 * 36e5, zone), "over");
  assert.equal(noticeOf(asked, last + 6 * 36e5, "America/New_York"), "due", "a day of elsewhere");
  assert.equal(noticeOf({ ...asked, called_ms: last + 6 * 36e5 }, starts_ms, zone), "late");
  const given = { ...asked.notice, given_days: 15 };
  assert.equal(noticeOf({ ...asked, notice: given, called_ms: last }, starts_ms, zone), "kept");
});

test("the last day for the call is that of the organisation, also where clocks change meanwhile", () => {
  const zone = "Europe/Brussels";
  const notice = { asked_days: 15, given_days: 0, enough: false };
  for (const [starts, last, next] of [
    // Half past eleven in the evening of 1 November, half past midnight of 5 April, half past six of 17 December.
    ["2026-11-01T22:30Z", "2026-10-17", "2026-10-17T22:00Z"],
    ["2027-04-04T22:30Z", "2027-03-21", "2027-03-21T23:00Z"],
    ["2026-12-17T17:30Z", "2026-12-02", "2026-12-02T23:00Z"],
  ] as const) {
    const starts_ms = Date.parse(starts);
    const over = Date.parse(next);
    assert.equal(noticeOf({ notice, starts_ms }, over - 1, zone), "due", starts);
    assert.equal(noticeOf({ notice, starts_ms }, over, zone), "over", starts);
    for (const here of ["Europe/Brussels", "Asia/Tokyo", "America/Los_Angeles", "UTC"])
      inZone(here, () =>
        assert.equal(dayThere(callBy(starts_ms, 15, zone), undefined), last, here),
      );
  }
});

test("votes on a member's page keep their places, and what is opened again is not below what cannot be voted", () => {
  /** "a+ b- c=": a is open, b closed, c counted; numbered as they are called. */
  const cards = (text: string) =>
    text.split(" ").map((one) => ({
      id: one.charAt(0),
      number: one.charCodeAt(0),
      state: ({ "+": "open", "-": "closed" } as const)[one.charAt(1)] ?? ("counted" as const),
    }));
  const follow = (...steps: string[]): string =>
    steps
      .reduce<Shown[]>((before, step) => nextShown(before, cards(step), ["c"], true), [])
      .map(({ id }) => id)
      .join("");
  assert.equal(follow("a+ b+", "a- b+ d+"), "abd", "closed ones keep their place");
  assert.equal(follow("a- c=", "a- b+ c="), "bac", "what can be voted comes first");
  assert.equal(follow("a+ b+ c=", "a- b- c=", "a- b+ c="), "bac", "opened again");
  assert.equal(follow("a+ b+ d+", "a+ b- d+", "a+ b+ d+"), "abd", "nothing to go above");
  assert.equal(follow("a- b- d+", "a- b+ d+"), "dba", "below an open one, above the rest");
});
