// What a vote may say and ask beyond its question: an explanation, the fewest choices, the same within each class of members, a
// limit to the weight of one person. What the server does not take stands at its field. A draft is changed in the form that
// made it: what has no field stays, and who overtakes whom is said before anything is lost.
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
import { planMeeting, startMeeting } from "../harness/meeting.ts";
import { makeReady, newHall, newId, type Person, pollParams } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { enter } from "../harness/stage.ts";
import type { Data } from "../harness/wire.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder());
after(() => endServer(server));
if (!skip) await server.start();
const hall = skip ? undefined : await newHall(server, 2);
const { admin, facilitator, members } = hall ?? ({} as NonNullable<typeof hall>);
const maker = (
  skip ? undefined : await enter({ server }, "Maud", ["facilitator"], "fr", 360, 740)
) as Visitor;
after(() => maker?.close());
const codes = ["fr", "nl", "en"];

async function twoClassesAndAQuorum(): Promise<void> {
  const socket = await admin.socket();
  const { classes } = (await socket.watch("org")).one("organisation");
  socket.close();
  const label = { fr: "Travailleurs", nl: "Werknemers", en: "Workers" };
  await admin.act("org.update", {
    classes: [...classes, { id: newId(), key: "workers", label, votes: true }],
    settings: { vote_quorum_percent: 20 },
  });
}
if (!skip) await twoClassesAndAQuorum();

const open = () => maker.open(`${server.origin}/v/new`, "poll-new");
const unfold = (hook: string) => maker.get(hook).locator("summary").click();
const isOpen = (hook: string) =>
  maker.get(hook).evaluate((one) => (one as HTMLDetailsElement).open);
const focused = () =>
  maker.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.test);
const errorOf = (hook: string) =>
  maker.page.locator(`.field:has([data-test="${hook}"]) > .field-error`).innerText();
async function ask(question: string): Promise<void> {
  for (const code of codes) await maker.get(`question-${code}`).fill(`${question} (${code})`);
}
async function looksRight(picture: string): Promise<void> {
  for (const width of [360, 1280]) {
    await maker.page.setViewportSize({ width, height: 740 });
    assert.equal(await maker.overflow(), 0, `${picture} at ${width}`);
    await maker.page.evaluate(() => scrollTo(0, 0));
    await maker.picture(`${picture}-${width}`, true);
  }
  assert.deepEqual(await rawKeys(maker.page, "fr"), []);
  await maker.page.setViewportSize({ width: 360, height: 740 });
  assert.deepEqual(await axe(maker.page), [], picture);
}
async function saved() {
  await maker.get("save-vote").click();
  await maker.page.locator('main[data-page="poll"]').waitFor();
  await maker.settled();
  const number = new URL(maker.page.url()).pathname.split("/").pop();
  return (await facilitator.call("poll.get", { id: number })).doc;
}

test("an explanation and what is asked of each class and of each weight are read before and on the card", {
  skip,
}, async () => {
  await open();
  await ask("Changeons-nous les statuts ?");
  assert.equal(await isOpen("explanation"), false);
  assert.equal(await isOpen("rule-besides"), false);
  await unfold("explanation");
  for (const code of codes)
    await maker.get(`explanation-${code}`).fill(`L’article 4.\nRien d’autre (${code}).`);
  await becomes(
    () => maker.get("preview-explanation").innerText(),
    /^L’article 4\.\nRien d’autre \(fr\)\.$/,
  );
  await unfold("rule-besides");
  for (const part of ["classQuorum", "classMajority"]) await maker.get(`define-${part}`).check();
  await maker.get("define-heaviest").fill("10");
  const each =
    /Chaque catégorie doit atteindre le quorum\. Chaque catégorie doit être d’accord\. Une personne compte au plus pour un dixième/;
  await becomes(() => maker.get("rule-default").innerText(), each);
  await looksRight("define-besides");
  const doc = await saved();
  assert.deepEqual(doc.rule.per_class, ["quorum", "majority"]);
  assert.deepEqual(doc.rule.cap, { num: 10, den: 100 });
  assert.deepEqual([doc.rule.majority.num, doc.rule.quorum.num], [1, 20]);
  assert.equal(doc.explanation.nl, "L’article 4.\nRien d’autre (nl).");
  await becomes(() => maker.get("planned-rule").innerText(), each);
  await becomes(() => maker.get("planned-explanation").innerText(), /Rien d’autre \(fr\)/);
  await facilitator.act("poll.open", { id: doc.id });
  const card = () => maker.get("vote-card").innerText();
  await becomes(card, each);
  await becomes(card, /L’article 4\.\nRien d’autre \(fr\)/);
  // What no rule asks of all is not asked of each class: consent asks no majority, and weighs nobody.
  await open();
  await maker.get("purpose-consent").check();
  await unfold("rule-besides");
  assert.deepEqual(
    await maker
      .get("rule-besides")
      .locator("input")
      .evaluateAll((all) => all.map((one) => one.dataset.test)),
    ["define-classQuorum"],
  );
});

test("an emptied limit is no limit, and a question of spaces is pointed at", { skip }, async () => {
  await open();
  await ask("Sans limite ?");
  await unfold("rule-besides");
  await maker.get("define-heaviest").fill("10");
  await maker.get("define-heaviest").fill("");
  assert.equal(await maker.get("define-heaviest").inputValue(), "");
  await maker.get("question-nl").fill(" ");
  await maker.get("save-vote").click();
  await becomes(focused, "question-nl");
  await maker.get("question-nl").fill("Zonder grens?");
  assert.equal((await saved()).rule.cap ?? null, null);
});

test("a ballot may have to hold several choices; what cannot be is pointed at where it is folded away", {
  skip,
}, async () => {
  await open();
  await ask("Que plantons-nous ?");
  await maker.get("purpose-several").check();
  await maker.get("option-add").click();
  for (const [at, word] of ["Le hêtre", "Le frêne", "Le chêne"].entries())
    await maker.get(`option-${at}-fr`).fill(word);
  await unfold("method-settings");
  await maker.get("define-most").fill("2");
  await maker.get("define-least").fill("3");
  await unfold("method-settings");
  await maker.get("save-vote").click();
  await becomes(() => isOpen("method-settings"), true);
  await becomes(focused, "define-least");
  await maker.get("define-least").fill("2");
  await becomes(() => maker.get("preview").innerText(), /Cochez 2 options, ni plus ni moins/);
  const doc = await saved();
  assert.deepEqual([doc.params.min, doc.params.max], [2, 2]);
  await becomes(() => maker.get("planned").innerText(), /au moins 2, au plus 2/);
});

test("what the server does not take stands at its field, and nothing that was typed is lost", {
  skip,
}, async () => {
  await open();
  await ask("Trop long ?");
  await unfold("explanation");
  await maker.get("explanation-nl").fill("é".repeat(4_500));
  await unfold("explanation");
  await maker.get("save-vote").click();
  await becomes(focused, "explanation-nl");
  await becomes(() => errorOf("explanation-nl"), /trop long/);
  assert.equal(await maker.page.locator(".field-error:not([role])").count(), 1);
  await maker.get("explanation-nl").fill("é".repeat(4_000));
  await maker.get("poll-closes").fill("2020-01-01T10:00");
  await maker.get("save-vote").click();
  await becomes(focused, "poll-closes");
  await becomes(() => errorOf("poll-closes"), /\S/);
  await maker.picture("define-refused-360");
  assert.equal(await maker.get("question-nl").inputValue(), "Trop long ? (nl)");
  assert.equal(await maker.get("toast").count(), 0);
  assert.deepEqual(maker.complaints, []);
});

const label = (text: string) => ({ fr: text, nl: `${text} (nl)`, en: `${text} (en)` });
const options = (...words: string[]) => words.map((text) => ({ id: newId(), label: label(text) }));
const read = async (id: string) => (await facilitator.call("poll.get", { id })).doc;
/** A draft over the protocol; what changes with every writing is left out of what is compared. */
async function drafted(change: Data, about: string[] = []): Promise<Data> {
  const params = pollParams(about, { question: label("Que faire ?"), ...change });
  const { number } = await facilitator.act("poll.define", { ...params, body: undefined });
  return { params, number };
}
async function asWritten(id: string): Promise<Data> {
  const { rev: _rev, drafted: _drafted, ...rest } = await read(id);
  return rest;
}
async function edit(number: number): Promise<void> {
  await maker.open(`${server.origin}/v/${number}`, "poll");
  await maker.get("edit-vote").click();
  await maker.page.locator('main[data-page="poll-new"] form').waitFor();
  await maker.settled();
}

test("a draft is changed in the form that made it, and what has no field there stays", {
  skip,
}, async () => {
  const closes = Date.now() + 864e6;
  const rule = newId();
  await admin.act("rule.save", { id: rule, preset: "asbl-ordinary-a" });
  const ready = [];
  for (const title of ["Un four", "Un banc"])
    ready.push(await makeReady(members[0] as Person, facilitator, title));
  const proposals = ready.map(({ id }, at) => ({
    ...{ id: newId(), label: label(at ? "Un banc" : "Un four"), proposal: id },
  }));
  const meeting = await planMeeting(facilitator, ["Accueil", "Choix"]);
  const grades = ["Non", "Bof", "Oui", "Ah oui"].map(label);
  const fraction = { num: 3, den: 5, strict: true };
  const listed = { kind: "list", ids: members.map(({ id }) => id) };
  const drafts: [what: string, change: Data, about?: string[]][] = [
    [
      "grades of its own",
      {
        method: "majority-judgment",
        options: options("a", "b"),
        params: { flags: [], opt: 1, grades },
        closes,
      },
    ],
    [
      "a rule by its fields",
      {
        kind: "decision",
        rule: {
          majority: { ...fraction, base: "entitled" },
          abstain: "no",
          blank: "base",
          quorum: { ...fraction, unit: "weight" },
          per_class: ["majority"],
          cap: { num: 1, den: 3 },
          tie: "chair",
        },
        opens: closes - 864e5,
        closes,
      },
    ],
    [
      "a rule with a name, for a list",
      { kind: "decision", rule: { use: rule }, electorate: listed, mode: "confidential" },
    ],
    ["a rule that is ready-made", { kind: "decision", rule: { use: "asbl-ordinary-b" } }],
    [
      "an election by scores",
      {
        kind: "election",
        method: "score",
        options: options("Ana", "Bo", "Cy"),
        params: { flags: ["blank"], levels: 4, seats: 2 },
        rule: { tie: "reported" },
        mode: "confidential",
        closes,
      },
    ],
    [
      "options that are proposals",
      {
        kind: "decision",
        method: "approval",
        options: proposals,
        others: "discussed",
        params: { flags: ["abstain"], min: 2 },
        explanation: { nl: "Waarom." },
        show_live: true,
        closes,
      },
      ready.map(({ id }) => id),
    ],
    [
      "a point of a meeting",
      {
        kind: "decision",
        meeting: meeting.id,
        item: meeting.items[1],
        reveal: "close",
        params: { flags: ["late"] },
        revote: false,
      },
    ],
  ];
  for (const [what, change, about] of drafts) {
    const { params, number } = await drafted({ question: label(what), ...change }, about);
    const before = await asWritten(params.id);
    const was = (await read(params.id)).drafted;
    await maker.visit(`/v/new?edit=${number}`, "poll-new");
    await becomes(() => maker.get("question-nl").inputValue(), before.question.nl, what);
    assert.equal(await maker.overflow(), 0, what);
    await maker.get("save-vote").click();
    const page = change.meeting ? "meeting-lead" : "poll";
    await maker.page.locator(`main[data-page="${page}"]`).waitFor();
    await maker.settled();
    assert.deepEqual(await asWritten(params.id), before, what);
    assert.ok((await read(params.id)).drafted > was, what);
  }
});

test("a rule that was retired is not replaced unseen, and a vote that opens by itself says when", {
  skip,
}, async () => {
  const rule = newId();
  await admin.act("rule.save", { id: rule, preset: "asbl-ordinary-a" });
  const opens = Date.now() + 864e5;
  const change = { kind: "decision", rule: { use: rule }, opens, closes: opens + 864e5 };
  const { params, number } = await drafted(change);
  await admin.act("rule.retire", { id: rule, retired: true });
  const before = await read(params.id);
  await edit(number);
  assert.match(await maker.page.locator("main .lead").innerText(), /s’ouvrira de lui-même le/);
  assert.equal(await maker.get("define-rule").inputValue(), rule);
  await maker.get("question-fr").fill("Mieux dit ?");
  await maker.get("save-vote").click();
  await becomes(focused, "define-rule");
  await becomes(() => errorOf("define-rule"), /\S/);
  assert.deepEqual(await read(params.id), before);
  // Another rule is taken only where somebody takes it.
  await maker.get("define-rule").selectOption("");
  const doc = await saved();
  assert.deepEqual(
    [doc.rule.use, doc.question.fr, doc.opens_ms],
    [undefined, "Mieux dit ?", opens],
  );
});

test("whoever saves over a newer draft is told, loses nothing, and chooses", { skip }, async () => {
  const [first, second] = options("Le hêtre", "Le frêne");
  const { params, number } = await drafted({ method: "single", options: [first, second] });
  const theirs = (question: string) =>
    facilitator.act("poll.define", { ...params, body: undefined, question: label(question) });
  await edit(number);
  await maker.get("question-fr").fill("Ma question");
  await maker.get("option-0-fr").fill("Le chêne");
  // A wish changes the vote and leaves its draft as it was.
  const wish = (on: boolean) => members[0]?.act("poll.ask_confidential", { id: params.id, on });
  await wish(true);
  await theirs("Leur question");
  await maker.get("draft-newer").waitFor();
  await maker.get("save-vote").click();
  await becomes(focused, "draft-newer");
  assert.equal(await maker.get("question-fr").inputValue(), "Ma question");
  assert.equal(await maker.get("option-0-fr").inputValue(), "Le chêne");
  assert.equal((await read(params.id)).question.fr, "Leur question");
  await looksRight("define-newer");
  await maker.get("draft-mine").click();
  await becomes(() => maker.get("draft-newer").count(), 0);
  assert.equal(await focused(), "save-vote");
  const mine = await saved();
  assert.deepEqual(
    [mine.question.fr, mine.options.map((one: Data) => [one.id, one.label.fr])],
    [
      "Ma question",
      [
        [first?.id, "Le chêne"],
        [second?.id, "Le frêne"],
      ],
    ],
  );
  assert.equal(mine.asked_confidential, 1);
  // Of one choice there is nothing to say of how many.
  assert.doesNotMatch(await maker.get("planned").innerText(), /au moins/);
  await edit(number);
  await maker.get("question-fr").fill("Encore la mienne");
  await theirs("Encore la leur");
  await maker.get("draft-theirs").click();
  assert.equal(await maker.get("question-fr").inputValue(), "Encore la mienne");
  await maker.get("draft-theirs-confirm").click();
  await becomes(() => maker.get("question-fr").inputValue(), "Encore la leur");
  assert.equal(await maker.get("draft-newer").count(), 0);
  assert.equal(await maker.page.evaluate(() => document.activeElement?.id), "main");
  // Opened meanwhile: nothing to save over, and the words are still there.
  await maker.get("question-fr").fill("Trop tard");
  await facilitator.act("poll.open", { id: params.id });
  await maker.page.locator('[data-test="draft-newer"][data-ended="true"]').waitFor();
  assert.ok(await maker.get("save-vote").isDisabled());
  assert.equal(await maker.get("question-fr").inputValue(), "Trop tard");
  assert.deepEqual(await axe(maker.page), []);
  assert.deepEqual(maker.complaints, []);
});

test("the draft of a vote is changed by who may define it: its meeting's chair, and nobody in the hall", {
  skip,
}, async () => {
  const visitor = await enter({ server }, "Chantal", [], "fr", 360, 740);
  const { items } = await facilitator.call("member.list", { text: "Chantal" });
  const meeting = await planMeeting(facilitator, ["Accueil"]);
  const { params, number } = await drafted({
    ...{ kind: "decision", meeting: meeting.id, item: meeting.items[0] },
  });
  await visitor.open(`${server.origin}/v/${number}`, "poll");
  await visitor.get("planned").waitFor();
  assert.equal(await visitor.get("edit-vote").count(), 0);
  await facilitator.act("meeting.offices", { id: meeting.id, chair: items[0].id, scrutineers: [] });
  await visitor.get("edit-vote").click();
  await visitor.get("question-fr").fill("Dit par la présidence ?");
  await visitor.get("save-vote").click();
  await visitor.page.locator('main[data-page="meeting-lead"]').waitFor();
  assert.equal((await read(params.id)).question.fr, "Dit par la présidence ?");
  // On the console too, once its point is under way.
  await startMeeting(meeting);
  await visitor.get("edit-vote").waitFor();
  assert.deepEqual(visitor.complaints, []);
  await visitor.close();
});
