// Marks in texts, and where notifications lead: pure functions of the client.
import assert from "node:assert/strict";
import { test } from "node:test";
import { numberIn } from "../../../web/src/discussion/threads.ts";
import type { Notification } from "../../../web/src/generated/api.ts";
import { placeOf } from "../../../web/src/notify/kinds.ts";
import { type Mark, marked, nextLine } from "../../../web/src/ui/marks.ts";

/** The text with its selection between brackets, before and after. */
function after(mark: Mark, shown: string): string {
  const start = shown.indexOf("⟨");
  const end = shown.indexOf("⟩") - 1;
  const text = shown.replace(/[⟨⟩]/g, "");
  const change = marked(mark, { text, start, end });
  const whole = text.slice(0, change.from) + change.insert + text.slice(change.to);
  return `${whole.slice(0, change.start)}⟨${whole.slice(change.start, change.end)}⟩${whole.slice(change.end)}`;
}

test("marks go around what is selected, not around its spaces, and come off again", () => {
  assert.equal(after("bold", "un ⟨banc⟩ rouge"), "un **⟨banc⟩** rouge");
  assert.equal(after("bold", "un **⟨banc⟩** rouge"), "un ⟨banc⟩ rouge");
  assert.equal(after("italic", "un⟨ banc ⟩rouge"), "un _⟨banc⟩_ rouge");
  assert.equal(after("bold", "un ⟨⟩"), "un **⟨⟩**");
});

test("lists and quotes are marks of whole lines", () => {
  assert.equal(after("list", "a⟨b\nc⟩d"), "⟨- ab\n- cd⟩");
  assert.equal(after("list", "⟨- ab\n- cd⟩"), "⟨ab\ncd⟩");
  assert.equal(after("quote", "un\nde⟨⟩ux"), "un\n> de⟨⟩ux");
});

test("an address becomes the link, words become its text", () => {
  assert.equal(after("link", "⟨https://x.be⟩"), "[⟨⟩](https://x.be)");
  assert.equal(after("link", "voir ⟨ici⟩"), "voir [ici](⟨https://⟩)");
});

test("Enter goes on with a list and ends it in an empty item", () => {
  const at = (text: string) => nextLine({ text, start: text.length, end: text.length });
  assert.equal(at("- un")?.insert, "\n- ");
  assert.equal(at("9. un")?.insert, "\n10. ");
  assert.equal(at("> un")?.insert, "\n> ");
  assert.equal(at("un"), null);
  assert.deepEqual(at("- un\n- "), { from: 5, to: 7, insert: "", start: 5, end: 5 });
});

test("a notification leads to its thing, and to the comment where there is one", () => {
  const on = { kind: "proposal", id: "36", number: "12", comment: 34 };
  const place = placeOf({ on } as unknown as Notification);
  assert.equal(place.split("#")[0], "/p/12");
  assert.equal(numberIn(`#${place.split("#")[1]}`), 34);
  const task = { kind: "task", id: "36", number: "7" };
  assert.equal(placeOf({ on: task } as unknown as Notification), "/t/7");
  assert.equal(placeOf({ what: "report", on } as unknown as Notification), "/moderation");
  const revoked = { what: "device_revoked", on: { kind: "member", id: "3", number: "4" } };
  assert.equal(placeOf(revoked as unknown as Notification), "/me/devices");
});
