// What a vote may say and ask beyond its question: an explanation, the fewest choices, the same within each class of members, a
// limit to the weight of one person. What the server does not take stands at its field.
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
import { newHall, newId, type Person } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { enter } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder());
after(() => endServer(server));
if (!skip) await server.start();
const hall = skip ? undefined : await newHall(server, 2);
const { admin, facilitator } = hall ?? ({} as { admin: Person; facilitator: Person });
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
    assert.deepEqual(await axe(maker.page), [], `${picture} at ${width}`);
    await maker.page.evaluate(() => scrollTo(0, 0));
    await maker.picture(`${picture}-${width}`, true);
  }
  assert.deepEqual(await rawKeys(maker.page, "fr"), []);
  await maker.page.setViewportSize({ width: 360, height: 740 });
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
  await looksRight("define-least");
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
  assert.deepEqual(await axe(maker.page), []);
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
