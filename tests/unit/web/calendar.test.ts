// A meeting as a file for calendars: lines, folding and escaping as RFC 5545 has them, whatever people wrote.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Meeting } from "../../../web/src/generated/api.ts";
import { calendarOf, escaped, folded } from "../../../web/src/meeting/calendar.ts";

const bytes = (text: string): number => Buffer.byteLength(text);
/** As 3.1 says: the end of a line and the blank after it are nothing. */
const unfolded = (text: string): string => text.replace(/\r\n /g, "");
/** As 3.3.11 says. */
const unescaped = (text: string): string =>
  text.replace(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? "\n" : sign));

const hostile = [
  "Salle du bas; escalier, à gauche \\ au fond",
  "a\nBEGIN:VEVENT\r\nEND:VCALENDAR\rX",
  "é".repeat(200),
  "🧑‍🌾".repeat(40),
  `${"x".repeat(74)}é${"y".repeat(73)}🧑`,
  "tab\there \u0007\u0085",
];

test("lines are folded at 75 bytes between characters, and unfold to what they were", () => {
  for (const text of [...hostile.map(escaped), "", "x".repeat(75), "x".repeat(76)]) {
    const lines = folded(text).split("\r\n");
    for (const [at, line] of lines.entries()) {
      assert.ok(bytes(line) <= 75, `${bytes(line)} bytes`);
      assert.ok(at === 0 || line.startsWith(" "));
      assert.equal(Buffer.from(line).toString(), line, "no character is cut in two");
    }
    assert.equal(unfolded(folded(text)), text);
  }
  assert.equal(folded("x".repeat(75)).length, 75);
  assert.equal(folded("x".repeat(76)), `${"x".repeat(75)}\r\n x`);
});

test("texts are escaped, and read as they were written", () => {
  assert.equal(escaped("a;b,c\\d\ne"), "a\\;b\\,c\\\\d\\ne");
  for (const text of hostile) {
    assert.doesNotMatch(escaped(text), /\p{Cc}/u);
    const plain = text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n]/gu, " ");
    assert.equal(unescaped(escaped(text)), plain);
  }
});

const meeting = (words: string, state: Meeting["state"]) =>
  ({
    ...{ kind: "meeting", id: "0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b01", rev: 812, number: 12, state },
    ...{ title: { fr: words }, place: { fr: words }, link: "https://visio.example/x;y" },
    ...{ starts_ms: Date.UTC(2026, 10, 26, 18, 30), planned_end_ms: Date.UTC(2026, 10, 26, 20) },
    agenda: [
      { id: "1", title: { fr: words } },
      { id: "2", parent: "1", title: { fr: "dessous" } },
      { id: "3", title: { fr: "Divers" } },
    ],
  }) as unknown as Meeting;
const say = (labels: Record<string, string | undefined> | undefined) => labels?.fr ?? "";

test("a meeting is one event with all that a calendar needs", () => {
  for (const words of hostile) {
    const page = "https://coop.example/meetings/12";
    const text = calendarOf(meeting(words, "planned"), say, page, Date.UTC(2026, 0, 2, 3, 4, 5));
    assert.ok(text.endsWith("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    assert.doesNotMatch(text.replace(/\r\n/g, ""), /[\r\n]/);
    const lines = unfolded(text).trimEnd().split("\r\n");
    const value = (name: string): string[] =>
      lines
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1));
    const plain = unescaped(escaped(words));
    assert.deepEqual(value("BEGIN"), ["VCALENDAR", "VEVENT"]);
    assert.deepEqual(value("VERSION"), ["2.0"]);
    assert.deepEqual(value("UID"), ["0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b01@coop.example"]);
    assert.deepEqual(value("DTSTAMP"), ["20260102T030405Z"]);
    assert.deepEqual(value("DTSTART"), ["20261126T183000Z"]);
    assert.deepEqual(value("DTEND"), ["20261126T200000Z"]);
    assert.deepEqual(value("SEQUENCE"), ["812"]);
    assert.deepEqual(value("SUMMARY").map(unescaped), [plain]);
    assert.deepEqual(value("LOCATION").map(unescaped), [plain]);
    assert.deepEqual(value("DESCRIPTION").map(unescaped), [
      `1. ${plain}\n2. Divers\n\nhttps://visio.example/x;y\n${page}`,
    ]);
    assert.deepEqual(value("URL"), [page]);
    assert.deepEqual(value("STATUS"), ["CONFIRMED"]);
  }
  const called = calendarOf(meeting("AG", "cancelled"), say, "https://coop.example/meetings/12", 0);
  assert.match(called, /\r\nSTATUS:CANCELLED\r\n/);
});
