// Results of real counted votes of every method: who won, the picture of the count, its table, files to take along; the same
// to be read in three languages, on a phone, a laptop and a projector.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { axe, closeAfterTests, rawKeys, type Visitor, without } from "../harness/browser.ts";
import { counted, newHall, newId, newProposal, openPoll, type Person } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { enter } from "../harness/stage.ts";
import { makeNote } from "../harness/record.ts";
import type { Data } from "../harness/wire.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder(), { more: ["--command-rate", "0"] });
after(() => endServer(server));
if (!skip) await server.start();
const voters = skip ? [] : (await newHall(server, 9)).members;
const author = voters[0] as Person;
await Promise.all(voters.map((one) => one.enrol()));

const visit = async (name: string, language: string, width: number, more = {}) =>
  (skip ? undefined : await enter({ server }, name, [], language, width, 900, more)) as Visitor;
const phone = await visit("Fone", "fr", 360);
const desk = await visit("Bureau", "nl", 1280, { colorScheme: "dark" });
const hall = await visit("Hall", "en", 1920);
after(() => Promise.all([phone, desk, hall].map((one) => one?.close())));

const three = (text: string) => ({ fr: text, nl: text, en: text });
const names = ["Anna", "Bert Van den Broucke-Vermeulen", "مريم", "=Dieter"];

/** Counted with one ballot of each choice (hex), by as many voters; opened by all three. */
async function result(method: string, choices: string[], change: Data = {}): Promise<Data> {
  const { id } = await newProposal(author, `Par ${method}`);
  const options = names.map((name) => ({ id: newId(), label: three(name) }));
  const poll = await openPoll(author, [id], { kind: "straw", method, options, ...change });
  await Promise.all(
    choices.map((choice, at) => {
      const said = choice === "0303" ? makeNote("Le toit <b>ne tiendra pas</b>.") : undefined;
      const voter = voters[at] as Person;
      const hash = said ? { note: said.hash } : {};
      const signed = voter.sign(poll, { choice: Buffer.from(choice, "hex"), ...hash });
      return voter.call("ballot.cast", { ...signed.params, ...(said ? { note: said.note } : {}) });
    }),
  );
  await author.act("poll.close", { id: poll.poll });
  const doc = await counted(author, poll.poll);
  for (const [one, language] of [
    [phone, "fr"],
    [desk, "nl"],
    [hall, "en"],
  ] as const) {
    await one.visit(`/v/${doc.number}`, "poll");
    await one.get("account").waitFor();
    await one.get("result-table").locator("summary").click();
    assert.equal(await one.overflow(), 0);
    assert.deepEqual(await axe(one.page), [], `${method} ${language}`);
    assert.deepEqual(await rawKeys(one.page, language), []);
    const { width } = one.page.viewportSize() ?? { width: 0 };
    await one.picture(`result-${method}-${width}`, true);
  }
  return doc;
}

const text = (one: Visitor, hook: string) => one.get(hook).first().innerText();
async function taken(one: Visitor, hook: string): Promise<string> {
  const waiting = one.page.waitForEvent("download");
  await one.get(hook).click();
  return readFileSync(await (await waiting).path(), "utf8");
}

test("one of several, with a line under the last place", { skip }, async () => {
  const choices = ["040000", "040000", "040000", "040001", "040001", "040002", "00", "01"];
  const doc = await result("single", choices, {
    params: { seats: 2, flags: ["blank", "abstain"] },
  });
  assert.deepEqual(doc.result.winners, [0, 1]);
  assert.equal(await phone.get("winners").getAttribute("data-winners"), "0,1");
  const bars = desk.get("result-bars").locator("li");
  assert.deepEqual(await bars.evaluateAll((all) => all.map((one) => one.dataset.option)), [
    ...["0", "1", "2", "3"],
  ]);
  assert.equal(await desk.page.locator(".after-cut").getAttribute("data-option"), "2");
  const csv = await taken(desk, "result-csv");
  assert.match(csv, /\r\nAnna;3;gekozen\r\n/);
  assert.match(csv, /\r\n'=Dieter;0;—\r\n/);
  const data = JSON.parse(await taken(desk, "result-json"));
  assert.deepEqual(data.result.scores, doc.result.scores);
  // The ballots by name, in words.
  await (voters[0] as Person).call("ballot.list", { poll: doc.id });
});

test("several, scores, points", { skip }, async () => {
  await result("approval", ["0503", "0501", "0506"], { params: { seats: 1 } });
  assert.match(await text(hall, "result-bars"), /Anna[\s\S]*2[\s\S]*66[.,]7/);
  await result("score", ["0605040302", "060504ff00"], { params: { seats: 1, levels: 6 } });
  assert.match(await text(hall, "winners"), /Anna/);
  await result("dots", ["070005000500000000", "07000a000000000000"], { params: { points: 10 } });
  assert.match(await text(hall, "result-bars"), /Anna[\s\S]*15/);
});

const word = (fr: string, nl: string, en: string) => ({ fr, nl, en });
test("grades stacked, with the middle grade of each", { skip }, async () => {
  const grades = [
    word("À rejeter", "Te verwerpen", "Reject"),
    word("Passable", "Matig", "Acceptable"),
    word("Bien", "Goed", "Good"),
    word("Excellent", "Uitstekend", "Excellent"),
  ];
  const choices = ["0603020100", "0603020100", "0602030001", "0601010303", "0602020000"];
  await result("majority-judgment", choices, { params: { grades } });
  const first = phone.get("result-grades").locator("li").first();
  assert.equal(await first.getAttribute("data-option"), "0");
  assert.equal(await first.getAttribute("data-middle"), "2");
  assert.match(await first.innerText(), /Mention médiane\s: Bien/);
  assert.match(await text(desk, "result-table"), /Te verwerpen[\s\S]*Middelste beoordeling/);
});

test("an elimination, stage by stage", { skip }, async () => {
  const choices = ["0801020300", "0801020300", "0800010200", "0800010200", "0800020100"];
  await result("irv", choices);
  const at = () => hall.get("stages").getAttribute("data-stage");
  const last = Number(await at());
  assert.ok(last > 0);
  await hall.get("stage-back").click();
  assert.equal(await at(), String(last - 1));
  await hall.get("stage-back").click({ clickCount: 5 });
  assert.equal(await at(), "0");
  assert.match(await text(hall, "stages"), /Stage 1 of \d\. First choices\./);
  assert.match(await text(phone, "winners"), /Bert/);
});

test("transfers: quota, what a stage gives and takes, what rounding loses", { skip }, async () => {
  const most = ["0801020300", "0801020300", "0801020300", "0801020003", "0801000302"];
  const doc = await result("stv-scottish", [...most, "0800010200", "0800000102", "0803000201"], {
    params: { seats: 2 },
  });
  assert.equal(doc.result.scale, 100_000);
  assert.equal(await phone.page.locator('.score-bar[data-state="elected"]').count(), 2);
  await desk.get("stage-back").click({ clickCount: 20 });
  await desk.get("stage-on").click();
  assert.match(await text(desk, "stages"), /overschot van Anna[\s\S]*− 2/);
  assert.match(await text(desk, "stages"), /Kiesdeler\s3/);
  assert.match(await taken(desk, "result-csv"), /\r\nKiesdeler;3,00000/);
});

test("duels: who wins each, the ranks, and whether one wins all", { skip }, async () => {
  const choices = ["0801020304", "0801020304", "0801020304", "0802010304", "0804030201"];
  await result("schulze", choices);
  assert.equal(await phone.get("condorcet").getAttribute("data-winner"), "0");
  const row = hall.get("duels").locator('tr[data-option="0"]');
  assert.equal(await row.locator('[data-duel="won"]').count(), 3);
  assert.match(await row.innerText(), /1\. Anna/);
});

test("consent: an objection stands in the way; its reason is read by the voters", {
  skip,
}, async () => {
  const doc = await result("consent", ["0301", "0301", "0302", "0303", "01"], { options: [] });
  assert.equal(doc.result.verdict, "not_adopted");
  assert.match(await text(phone, "result-bars"), /Consentement[\s\S]*2[\s\S]*Objection[\s\S]*1/);
});

test("a lot is said to be one, and that it can be replayed", { skip }, async () => {
  const doc = await result("single", ["040000", "040001"], { rule: { tie: "lot" } });
  assert.equal(doc.result.decided, "lot");
  assert.match(await text(hall, "ties"), /Between Anna, Bert[\s\S]*The lot names[\s\S]*replay/);
});

test("nothing broke, no policy was touched", { skip }, () => {
  for (const one of [phone, desk, hall]) assert.deepEqual(one.complaints, []);
});
