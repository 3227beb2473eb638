// The ballot of every method, cast for real: by keys alone in French on a phone's width, by finger in Dutch, by mouse in
// English; refused with a sentence before it is signed, shown again in the receipt, changed from what it was.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import {
  axe,
  becomes,
  closeAfterTests,
  rawKeys,
  type Visitor,
  without,
} from "../harness/browser.ts";
import { newHall, newId, newProposal, openPoll, type Person } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { enter } from "../harness/stage.ts";
import type { Data } from "../harness/wire.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder(), { more: ["--command-rate", "0"] });
after(() => endServer(server));
if (!skip) await server.start();
const hall = skip ? undefined : await newHall(server, 1);
const author = hall?.members[0] as Person;

const visit = async (name: string, language: string, width: number, more = {}) =>
  (skip ? undefined : await enter({ server }, name, [], language, width, 800, more)) as Visitor;
const keys = await visit("Clé", "fr", 360);
const finger = await visit("Vinger", "nl", 360, { hasTouch: true });
const mouse = await visit("Mouse", "en", 1280);
after(() => Promise.all([keys, finger, mouse].map((one) => one?.close())));

const names = ["Anna", "Bert Van den Broucke-Vermeulen", "مريم", "Dieter"];
const three = (text: string) => ({ fr: text, nl: text, en: text });
const options = () => names.map((name) => ({ id: newId(), label: three(name) }));

/** A vote of this method, open; what the three see of it. */
async function openVote(method: string, params: Data = {}, listed = true): Promise<string> {
  const { id } = await newProposal(author, `Par ${method}`);
  const poll = await openPoll(author, [id], {
    ...{ kind: "straw", method, options: listed ? options() : [] },
    params: { flags: ["blank", "abstain"], ...params },
  });
  const { doc } = await author.call("poll.get", { id: poll.poll });
  for (const one of [keys, finger, mouse]) {
    await one.visit(`/v/${doc.number}`, "poll");
    await state(one, "open");
  }
  assert.deepEqual(await axe(finger.page), []);
  assert.deepEqual(await rawKeys(finger.page, "nl"), []);
  await finger.picture(`ballot-${method}-360`, true);
  return doc.number;
}

const state = (one: Visitor, wanted: string) =>
  one.page.locator(`[data-test="vote-card"][data-state="${wanted}"]`).waitFor();
const says = (one: Visitor, wanted: string | RegExp | undefined) =>
  becomes<string | undefined>(() => one.get("chosen").innerText(), wanted);
const rank = (one: Visitor, option: number, wanted: string) =>
  becomes(() => one.get(`ranked-${option}`).getAttribute("data-rank"), wanted);

/** Presses Tab until it stands there. */
async function tabTo(hook: string): Promise<void> {
  for (let n = 0; n < 80; n++) {
    await keys.page.keyboard.press("Tab");
    const at = await keys.page.evaluate(() => document.activeElement?.getAttribute("data-test"));
    if (at === hook) return;
  }
  assert.fail(`Tab never leads to ${hook}`);
}
async function press(...pressed: string[]): Promise<void> {
  for (const key of pressed) await keys.page.keyboard.press(key);
}
const problem = (one: Visitor) => one.get("ballot-problem").innerText();
/** Signs as each of them does. */
async function sign(one: Visitor, then = "recorded"): Promise<void> {
  if (one === keys) await press("Control+Enter");
  else if (one === finger) await finger.get("sign-ballot").tap();
  else await mouse.get("sign-ballot").click();
  await state(one, then);
  await one.page.locator('[data-test="receipt"][data-checked="yes"]').waitFor();
  assert.equal(await one.overflow(), 0);
}
const tap = async (...hooks: string[]) => {
  for (const hook of hooks) await finger.get(hook).tap();
};
const click = async (...hooks: string[]) => {
  for (const hook of hooks) await mouse.get(hook).click();
};

test("consent: an objection needs its reason, which is signed and shown again", {
  skip,
}, async () => {
  await openVote("consent", {}, false);
  await tabTo("choice-consent");
  await press("ArrowDown", "ArrowDown", "Control+Enter");
  await becomes(() => problem(keys), /objection demande une raison/);
  await tabTo("ballot-note");
  await keys.page.keyboard.type("Le toit ne tiendra pas.\u0007");
  await sign(keys);
  await says(keys, /Objection/);
  await becomes(() => keys.get("chosen-note").innerText(), "Le toit ne tiendra pas.");
  await tap("choice-concern");
  await finger.get("ballot-note").fill("Let op de kost.");
  await sign(finger);
  await becomes(() => finger.get("chosen-note").innerText(), "Let op de kost.");
  // Changed from what it was: the reason stands there until the answer needs none.
  await tap("change-vote");
  await becomes(() => finger.get("ballot-note").inputValue(), "Let op de kost.");
  await tap("choice-consent");
  await sign(finger, "changed");
  assert.equal(await finger.get("chosen-note").count(), 0);
  await click("choice-aside");
  await sign(mouse);
  await says(mouse, /Stand aside/);
});

test("one of several", { skip }, async () => {
  await openVote("single");
  await tabTo("choice-option-0");
  await press("ArrowDown");
  await sign(keys);
  await says(keys, names[1]);
  await tap("sign-ballot");
  await becomes(() => problem(finger), /nog niets gekozen/);
  await tap("choice-option-2");
  await sign(finger);
  await says(finger, names[2]);
  await click("choice-blank");
  await sign(mouse);
  await says(mouse, /^\s*Blank\s*$/);
});

test("several: counted, and refused beyond the most", { skip }, async () => {
  await openVote("approval", { max: 2 });
  await tabTo("choice-option-0");
  await press("Enter");
  await tabTo("choice-option-1");
  await press("Enter");
  await tabTo("choice-option-3");
  await press("Enter");
  await becomes(() => keys.get("chosen-count").innerText(), /3 choisies, 2 au plus/);
  await press("Control+Enter");
  await becomes(() => problem(keys), /2 au plus/);
  await press("Enter");
  await sign(keys);
  await says(keys, `${names[0]}\n${names[1]}`);
  await tap("choice-option-2");
  await sign(finger);
  await tap("change-vote");
  assert.ok(await finger.get("choice-option-2").isChecked());
  await tap("choice-abstain");
  await sign(finger, "changed");
  await says(finger, /^\s*Onthouding\s*$/);
  // Whoever turns back to the list means the list.
  await click("choice-abstain", "choice-option-3");
  assert.equal(await mouse.get("choice-abstain").isChecked(), false);
  await sign(mouse);
  await says(mouse, names[3]);
});

const grade = (fr: string, nl: string, en: string) => ({ fr, nl, en });
const grades = [
  grade("À rejeter", "Te verwerpen", "Reject"),
  grade("Passable", "Matig", "Acceptable"),
  grade("Bien", "Goed", "Good"),
  grade("Excellent", "Uitstekend", "Excellent"),
];

test("grades in words, and numbers", { skip }, async () => {
  await openVote("majority-judgment", { grades });
  await press("Control+Enter");
  await tabTo("grade-0-none");
  await press("Control+Enter");
  await becomes(() => problem(keys), /mention/);
  await press("ArrowUp");
  await tabTo("grade-1-none");
  await press("ArrowDown", "ArrowDown");
  await sign(keys);
  await says(keys, /^Anna\s*: Excellent\nBert .*: Passable$/);
  await tap("grade-0-2", "grade-2-0");
  await sign(finger);
  await says(finger, /^Anna: Goed\nمريم: Te verwerpen$/);
  await click("grade-3-3");
  await sign(mouse);
  await says(mouse, /^Dieter: Excellent$/);
  await openVote("score", { levels: 21 });
  await tabTo("score-1");
  await keys.page.keyboard.type("25");
  await press("Control+Enter");
  await becomes(() => problem(keys), /de 0 à 20/);
  await press("Backspace");
  await sign(keys);
  await says(keys, /^Bert .*: 2$/);
});

test("points: what is left is said, no more than there is", { skip }, async () => {
  await openVote("dots", { points: 5, cap: 3 });
  const left = (wanted: RegExp) => becomes(() => keys.get("points-left").innerText(), wanted);
  await tabTo("points-0-more");
  await press("Enter", "Enter", "Enter", "Enter");
  await left(/2 points sur 5/);
  await tabTo("points-1");
  await press("ArrowUp", "ArrowUp");
  await left(/0 points? sur 5/);
  await tabTo("points-2-more");
  await press("Enter");
  await left(/0 points? sur 5/);
  await sign(keys);
  await says(keys, /^Anna\s*: 3 points\nBert .*: 2 points$/);
  await finger.get("points-1").fill("4");
  await tap("sign-ballot");
  await becomes(() => problem(finger), /meer dan 3 punten/);
  await tap("points-1-less", "points-3-more");
  await sign(finger);
  await says(finger, /^Bert .*: 3 punten\nDieter: 1 punt$/);
});

/** A finger on the handle of one, moved over another, and let go. */
async function dragByFinger(from: string, to: string): Promise<void> {
  const session = await finger.page.context().newCDPSession(finger.page);
  const middle = async (hook: string) => {
    const box = await finger.get(hook).boundingBox();
    assert.ok(box);
    return { x: box.x + 20, y: box.y + box.height / 2 };
  };
  await finger.get(from).scrollIntoViewIfNeeded();
  const [start, end] = [await middle(from), await middle(to)];
  const send = (
    type: "touchStart" | "touchMove" | "touchEnd",
    points: { x: number; y: number }[],
  ) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await send("touchStart", [start]);
  for (let step = 1; step <= 5; step++)
    await send("touchMove", [{ x: start.x, y: start.y + ((end.y - start.y) * step) / 5 + step }]);
  await send("touchEnd", []);
  await session.detach();
}

/** Enter adds; the focus goes on to the next that can be added. */
async function addByKey(...added: number[]): Promise<void> {
  for (const option of added) {
    await press("Enter");
    await keys.get(`ranked-${option}`).waitFor();
  }
}

test("a ranking: by keys, by finger, by mouse, by buttons", { skip }, async () => {
  await openVote("irv");
  await tabTo("rank-2-add");
  await addByKey(2, 3);
  await tabTo("rank-2-handle");
  await press("Enter");
  await becomes(() => keys.get("rank-said").innerText(), /مريم.*rang 1 sur 2, prise/);
  await press("ArrowDown");
  await becomes(() => keys.get("rank-said").innerText(), /rang 2 sur 2/);
  await press("Escape");
  await rank(keys, 2, "1"); // put back
  await press("Enter", "End", "Enter");
  await sign(keys);
  await says(keys, `1. ${names[3]}\n2. ${names[2]}`);

  await tap("rank-0-add", "rank-1-add", "rank-2-add");
  await dragByFinger("rank-2-handle", "rank-0-handle");
  await rank(finger, 2, "1");
  await tap("rank-0-up", "rank-0-down", "rank-1-remove");
  await finger.picture("ranking-360", true);
  await sign(finger);
  await says(finger, `1. ${names[2]}\n2. ${names[0]}`);
  await tap("change-vote");
  await rank(finger, 0, "2"); // begun as it was
  await tap("rank-3-add", "rank-3-up");
  await sign(finger, "changed");
  await says(finger, `1. ${names[2]}\n2. ${names[3]}\n3. ${names[0]}`);

  await click("rank-0-add", "rank-1-add", "rank-2-add", "rank-3-add");
  await mouse.get("rank-0-handle").hover();
  await mouse.page.mouse.down();
  const box = await mouse.get("rank-3-handle").boundingBox();
  assert.ok(box);
  await mouse.page.mouse.move(box.x + 10, box.y + box.height, { steps: 6 });
  await mouse.page.mouse.up();
  await rank(mouse, 0, "4");
  await sign(mouse);
  await says(mouse, `1. ${names[1]}\n2. ${names[2]}\n3. ${names[3]}\n4. ${names[0]}`);
});

test("equal ranks, where the vote allows them", { skip }, async () => {
  await openVote("schulze", { flags: ["blank", "equal"] });
  await tabTo("rank-0-add");
  await addByKey(0, 1, 2);
  await tabTo("rank-1-tie");
  await press("Enter");
  await sign(keys);
  await says(keys, `1. ${names[0]}\n1. ${names[1]}\n2. ${names[2]}`);
});

test("nothing broke, no policy was touched", { skip }, () => {
  for (const one of [keys, finger, mouse]) assert.deepEqual(one.complaints, []);
});
