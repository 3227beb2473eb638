// Defining a vote: what it is about leads to a method, the ballot beside the form follows every key and cannot be sent, and
// what does not make a vote is refused with a sentence before it leaves.
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
import { enter, newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
const maker = (
  skip ? undefined : await enter(stage, "Maud", ["facilitator"], "fr", 360, 740)
) as Visitor;
after(() => maker?.close());
const open = () => maker.open(`${stage.server.origin}/v/new?about=${stage.proposal}`, "poll-new");
const method = () => maker.get("method-chosen").getAttribute("data-method");
const preview = (hook: string) => maker.get("preview").locator(`[data-test="${hook}"]`);
const form = () => preview("ballot-fields").getAttribute("data-form");

test("each purpose leads to a method, its ballot, and others behind a switch", {
  skip,
}, async () => {
  await open();
  const expected: [purpose: string, method: string, form: string][] = [
    ["decide", "yes-no", "2"],
    ["consent", "consent", "3"],
    ["one", "majority-judgment", "6"],
    ["several", "approval", "5"],
    ["elect", "irv", "8"],
    ["temperature", "dots", "7"],
  ];
  for (const [purpose, wanted, drawn] of expected) {
    await maker.get(`purpose-${purpose}`).check();
    assert.equal(await method(), wanted, purpose);
    assert.equal(await form(), drawn, purpose);
    assert.equal(await maker.overflow(), 0, purpose);
    assert.deepEqual(await axe(maker.page), [], purpose);
    assert.deepEqual(await rawKeys(maker.page, "fr"), [], purpose);
    if (wanted === "irv") assert.ok(await maker.get("poll-mode-confidential").isChecked());
  }
  await maker.get("purpose-one").check();
  await maker.get("other-methods").locator("summary").click();
  await maker.get("method-single").check();
  assert.equal(await form(), "4");
  await maker.picture("define-360", true);
});

test("an election of several seats is counted by proportion, unless another method was chosen", {
  skip,
}, async () => {
  await open();
  await maker.get("purpose-elect").check();
  await maker.get("option-add").click();
  await maker.get("define-seats").fill("2");
  assert.equal(await method(), "stv-scottish");
  await maker.get("other-methods").locator("summary").click();
  await maker.get("method-schulze").check();
  await maker.get("define-seats").fill("1");
  assert.equal(await method(), "schulze");
});

test("no score and no grade have words of their own, which fit a phone", { skip }, async () => {
  await open();
  await maker.get("purpose-one").check();
  const none = () => preview("graded-0").locator(".none .grade-word");
  assert.equal(await none().innerText(), "Sans mention");
  await maker.get("other-methods").locator("summary").click();
  await maker.get("method-score").check();
  assert.equal(await none().innerText(), "Sans note");
  const height = await none().evaluate((word) => word.getClientRects()[0]?.height ?? 0);
  assert.ok(height > 0 && height < 30, `one line, not ${height} px`);
});

test("what follows a tie is asked only where the answer counts", { skip }, async () => {
  await open();
  for (const [purpose, asked] of [
    ["decide", 0],
    ["consent", 0],
    ["one", 1],
    ["elect", 1],
  ] as const) {
    await maker.get(`purpose-${purpose}`).check();
    assert.equal(await maker.get("define-tie").count(), asked, purpose);
  }
});

test("the preview follows every key, keeps what was tried, and cannot be sent", {
  skip,
}, async () => {
  await open();
  await maker.get("purpose-several").check();
  await maker.get("option-0-fr").pressSequentially("Le potager");
  assert.match(await preview("ballot-fields").innerText(), /Le potager/);
  await preview("choice-option-0").check();
  await maker.get("option-1-fr").fill("البستان");
  await maker.get("question-fr").fill("Que plantons-nous ?");
  assert.ok(await preview("choice-option-0").isChecked());
  assert.match(await maker.get("preview").innerText(), /Que plantons-nous\u202f\?[\s\S]*البستان/);
  assert.equal(await maker.get("preview").locator('[data-test="sign-ballot"]').count(), 0);
  // In one language after the other: the words given so far stay.
  await maker.get("options-same").uncheck();
  await maker.get("option-0-nl").fill("De moestuin");
  assert.equal(await maker.get("option-0-fr").inputValue(), "Le potager");
  await maker.get("option-1-up").click();
  assert.equal(await maker.get("option-1-nl").inputValue(), "De moestuin");
  assert.deepEqual(await axe(maker.page), []);
});

test("too few options, and the same twice, are refused with a sentence", { skip }, async () => {
  await open();
  await maker.get("purpose-one").check();
  await maker.get("option-0-fr").fill("Oui");
  await maker.get("option-1-remove").click();
  await maker.get("save-vote").click();
  await becomes(() => maker.get("define-problem").innerText(), /au moins deux options/);
  await maker.get("option-add").click();
  await maker.get("option-1-fr").fill(" Oui ");
  await maker.get("save-vote").click();
  await becomes(() => maker.get("define-problem").innerText(), /mêmes mots/);
  assert.equal(new URL(maker.page.url()).pathname, "/v/new");
});

test("before it is opened, a vote shows how it is counted and between what", {
  skip,
}, async () => {
  await open();
  await maker.get("purpose-several").check();
  for (const code of ["fr", "nl", "en"]) await maker.get(`question-${code}`).fill("Quoi ?");
  await maker.get("option-0-fr").fill("Le potager");
  await maker.get("option-1-fr").fill("Le four");
  await maker.get("save-vote").click();
  await becomes(
    () => maker.get("planned").innerText(),
    /plus de votants acceptent[\s\S]*la place n’est pas attribuée[\s\S]*Le potager[\s\S]*Le four[\s\S]*Ferme le/,
  );
  assert.equal(await maker.overflow(), 0);
  assert.deepEqual(await axe(maker.page), []);
  await maker.picture("planned-360", true);
});

test("thirty options of many words fit a phone, in every form of ballot", { skip }, async () => {
  await open();
  await maker.get("purpose-several").check();
  for (let at = 2; at < 30; at++) await maker.get("option-add").click();
  for (let at = 0; at < 30; at++)
    await maker.get(`option-${at}-fr`).fill(`${at} ${"Donaudampfschifffahrt".repeat(3)} שלום`);
  await maker.get("other-methods").locator("summary").click();
  for (const other of ["approval", "dots", "score", "majority-judgment", "stv-scottish"]) {
    await maker.get(`method-${other}`).check();
    if (other === "stv-scottish")
      for (const at of [3, 2, 7]) await preview(`rank-${at}-add`).click();
    assert.equal(await maker.overflow(), 0, other);
  }
  await maker.picture("define-thirty-360");
  assert.deepEqual(maker.complaints, []);
});
