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
import { openInMeeting, planMeeting, startMeeting } from "../harness/meeting.ts";
import { newId } from "../harness/people.ts";
import { enter, newStage, type Stage } from "../harness/stage.ts";
import type { Data } from "../harness/wire.ts";

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
    await becomes(method, wanted, purpose);
    await becomes(form, drawn, purpose);
    assert.equal(await maker.overflow(), 0, purpose);
    assert.deepEqual(await axe(maker.page), [], purpose);
    assert.deepEqual(await rawKeys(maker.page, "fr"), [], purpose);
    if (wanted === "irv") assert.ok(await maker.get("poll-mode-confidential").isChecked());
  }
  await maker.get("purpose-one").check();
  await maker.get("other-methods").locator("summary").click();
  await maker.get("method-single").check();
  await becomes(form, "4");
  await maker.picture("define-360", true);
});

test("an election of several seats is counted by proportion, unless another method was chosen", {
  skip,
}, async () => {
  await open();
  await maker.get("purpose-elect").check();
  await maker.get("option-add").click();
  await maker.get("define-seats").fill("2");
  await becomes(method, "stv-scottish");
  await maker.get("other-methods").locator("summary").click();
  await maker.get("method-schulze").check();
  await maker.get("define-seats").fill("1");
  await becomes(method, "schulze");
});

test("no score and no grade have words of their own, which fit a phone", { skip }, async () => {
  await open();
  await maker.get("purpose-one").check();
  const none = () => preview("graded-0").locator(".none .grade-word");
  await becomes(() => none().innerText(), "Sans mention");
  await maker.get("other-methods").locator("summary").click();
  await maker.get("method-score").check();
  await becomes(() => none().innerText(), "Sans note");
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
    await becomes(() => maker.get("define-tie").count(), asked, purpose);
  }
});

test("the preview follows every key, keeps what was tried, and cannot be sent", {
  skip,
}, async () => {
  await open();
  await maker.get("purpose-several").check();
  await maker.get("option-0-fr").pressSequentially("Le potager");
  await becomes(() => preview("ballot-fields").innerText(), /Le potager/);
  await preview("choice-option-0").check();
  await maker.get("option-1-fr").fill("البستان");
  await maker.get("question-fr").fill("Que plantons-nous ?");
  assert.ok(await preview("choice-option-0").isChecked());
  await becomes(() => maker.get("preview").innerText(), /Que plantons-nous\u202f\?[\s\S]*البستان/);
  assert.equal(await maker.get("preview").locator('[data-test="sign-ballot"]').count(), 0);
  // In one language after the other: the words given so far stay.
  await maker.get("options-same").uncheck();
  await maker.get("option-0-nl").fill("De moestuin");
  assert.equal(await maker.get("option-0-fr").inputValue(), "Le potager");
  await maker.get("option-1-up").click();
  await becomes(() => maker.get("option-1-nl").inputValue(), "De moestuin");
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

test("a vote of a meeting that is asked again comes filled, and its draft says what it follows", {
  skip,
}, async () => {
  const { facilitator, server } = stage;
  const led = await startMeeting(await planMeeting(facilitator, ["Le bois"]));
  const label = (text: string) => ({ fr: text, nl: `${text} (nl)`, en: `${text} (en)` });
  const options = ["Le hêtre", "Le frêne", "Le chêne"].map((text) => ({
    ...{ id: newId(), label: label(text) },
  }));
  const asked = {
    ...{ item: led.items[0], kind: "decision", method: "score", mode: "named", options },
    params: { flags: ["abstain", "late"], levels: 4, seats: 2 },
    ...{ revote: false, reveal: "close" },
    ...{ rule: { tie: "chair" }, explanation: label("Pour le four.") },
  };
  const first = await openInMeeting(led, asked);
  await facilitator.act("poll.close", { id: first.poll });
  const before = (await facilitator.call("poll.get", { id: first.poll })).doc;
  assert.equal(before.state, "counted");
  await maker.open(`${server.origin}/meetings/${led.number}/lead`, "meeting-lead");
  await maker.get("vote-again").first().click();
  await maker.page.locator('main[data-page="poll-new"] form').waitFor();
  await maker.settled();
  await becomes(() => maker.get("question-nl").inputValue(), before.question.nl);
  await becomes(method, "score");
  await becomes(() => maker.get("option-2-en").inputValue(), "Le chêne (en)");
  await becomes(() => maker.get("rule-default").innerText(), /vote n°\u00a0\d+/);
  // Whoever is there when it opens is on the roll: nobody can come late to it.
  await maker.get("electorate-present").check();
  await becomes(() => maker.get("poll-late").count(), 0);
  await maker.get("electorate-entitled").check();
  await maker.page.evaluate(() => scrollTo(0, 0));
  await maker.picture("define-again-360", true);
  assert.deepEqual(await axe(maker.page), []);
  assert.equal(await maker.overflow(), 0);
  await maker.get("save-vote").click();
  await maker.page.locator('main[data-page="meeting-lead"]').waitFor();
  const old = (await facilitator.call("poll.get", { id: first.poll })).doc;
  const { doc } = await facilitator.call("poll.get", { id: old.followed_by.id });
  assert.equal(doc.state, "draft");
  const asIs = (poll: Data) => {
    const { poll_kind, method, mode, question, params, rule, electorate, meeting, reveal } = poll;
    const same = { poll_kind, method, mode, question, params, rule, electorate, meeting, reveal };
    return { ...same, revote: poll.revote, options: poll.options.map((one: Data) => one.label) };
  };
  assert.deepEqual(asIs(doc), asIs(before));
  assert.deepEqual(doc.explanation, before.explanation);
  assert.equal(doc.follows.id, first.poll);
});

test("in a meeting called again: what the first could not decide is a second call, anything else is not", {
  skip,
}, async () => {
  const { server, facilitator, admin } = stage;
  const rule = newId();
  await admin.act("rule.save", { id: rule, preset: "asbl-statutes", second_call: { gap_days: 0 } });
  const first = await startMeeting(await planMeeting(facilitator, ["Statuts"]));
  const vote = await openInMeeting(first, { rule: { use: rule } });
  await facilitator.act("poll.close", { id: vote.poll });
  await facilitator.act("poll.reveal", { id: vote.poll });
  await facilitator.act("meeting.end", { id: first.id });
  const again = { agenda: undefined, second_of: first.id, starts: Date.now() + 36e5 + 6e4 };
  const second = await planMeeting(facilitator, [], again);
  const { doc: planned } = await facilitator.call("meeting.get", { id: second.id });
  const added = { id: newId(), title: { fr: "Autre point" }, item_kind: "vote", minutes: 5 };
  const kept = planned.agenda.map(({ id, title, item_kind, minutes }: Data) => ({
    ...{ id, title, item_kind, minutes },
  }));
  const written = { id: second.id, base: planned.rev, items: [...kept, added] };
  await facilitator.act("meeting.agenda", written);
  const ask = async (item: string | undefined) => {
    const address = `/v/new?meeting=${second.number}&item=${item}`;
    await maker.open(server.origin + address, "poll-new");
    await maker.get("define-rule").selectOption(rule);
  };
  await ask(added.id);
  await maker.get("first-call").waitFor();
  assert.equal(await maker.get("second-call").count(), 0);
  await ask(first.items[0]);
  await becomes(() => maker.get("second-call").isChecked(), true);
  assert.equal(await maker.get("first-call").count(), 0);
  // Or the vote that had no quorum, with all that it asked.
  await maker.get("second-call-again").click();
  await maker.page.getByText(`Seconde convocation du vote n°\u00a0${vote.number}`).waitFor();
  await becomes(() => maker.get("define-rule").inputValue(), rule);
  assert.deepEqual(await axe(maker.page), []);
  assert.equal(await maker.overflow(), 0);
  await maker.picture("define-second-360", true);
  await maker.get("save-vote").click();
  await maker.page.locator('main[data-page="meeting-lead"]').waitFor();
  const { followed_by } = (await facilitator.call("poll.get", { id: vote.poll })).doc;
  const { doc } = await facilitator.call("poll.get", { id: followed_by.id });
  assert.deepEqual([doc.rule.second_call, doc.rule.quorum], [true, null]);
  // Once they are open, the console and the card say so too.
  const led = await startMeeting({ ...second, items: [added.id] });
  await openInMeeting(led, { rule: { use: rule } });
  await facilitator.act("poll.open", { id: doc.id, seen: true });
  const calls = maker.get("vote-call");
  await calls.filter({ hasText: `Seconde convocation du vote n°\u00a0${vote.number}` }).waitFor();
  await calls.filter({ hasText: "Première convocation" }).waitFor();
  await maker.open(`${server.origin}/v/${doc.number}`, "poll");
  await maker.get("hall-second").waitFor();
  assert.deepEqual(maker.complaints, []);
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
