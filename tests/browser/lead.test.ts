// A meeting planned, led and ended from a laptop, by keyboard: its agenda written while somebody else writes it too, a vote
// opened, closed, revealed, a to-do given out, another facilitator taking over.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, type Visitor, without } from "../harness/browser.ts";
import { newHall, newId, type Person, readPoll } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { yes } from "../harness/record.ts";
import { enter } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder());
after(() => endServer(server));
if (!skip) await server.start();
const hall = skip ? undefined : await newHall(server, 3);
const other = hall?.facilitator as Person;
const members = (hall?.members ?? []) as Person[];

const titles = (one: Visitor) =>
  one.get("item-title").evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));

async function type(one: Visitor, hook: string, text: string): Promise<void> {
  await one.get(hook).fill(text);
  await one.page.keyboard.press("Enter");
}

/** A key of the console, pressed where nothing is written. */
async function press(one: Visitor, key: string): Promise<void> {
  await one.page.evaluate(() => (document.activeElement as HTMLElement)?.blur());
  await one.page.keyboard.press(key);
}

async function plan(one: Visitor): Promise<void> {
  await one.visit("/meetings/new", "meeting-new");
  await one.get("meeting-plan").click();
  await one.page.locator(".field-error").first().waitFor();
  for (const code of ["fr", "nl", "en"])
    await one.get(`meeting-title-${code}`).fill(`Assemblée ${code}`);
  await one.get("meeting-minutes").fill("60");
  await one.get("meeting-template").selectOption("");
  await type(one, "meeting-place-fr", "La Vieille Halle");
  await one.page.locator('[data-page="meeting-edit"]').waitFor();
}

async function writeAgenda(one: Visitor, id: string): Promise<void> {
  for (const line of ["Accueil 10", "Budget 20", "Clôture 5"]) await type(one, "item-add", line);
  await one.get("item-title").nth(1).focus();
  await one.page.keyboard.press("Alt+ArrowUp");
  assert.deepEqual(await titles(one), ["Budget", "Accueil", "Clôture"]);
  // Whoever moves a point keeps it under their hands.
  await one.page.keyboard.press("Alt+ArrowDown");
  assert.deepEqual(await titles(one), ["Accueil", "Budget", "Clôture"]);
  await one.get("item-level").nth(2).click();
  assert.match(await one.get("item-grip").nth(2).innerText(), /2\.1/);
  assert.equal(await one.get("agenda-sum").getAttribute("data-left"), "25");
  await one.get("item-remove").nth(2).click();
  await one.get("undo").last().click();
  assert.equal((await titles(one)).length, 3);
  // Somebody else writes it meanwhile: nothing of this one is touched.
  const { doc } = await other.call("meeting.get", { id });
  const theirs = { id: newId(), title: { fr: "Le leur" }, item_kind: "work", minutes: 5 };
  await other.act("meeting.agenda", { id, base: doc.rev, items: [theirs] });
  await one.get("agenda-newer").waitFor();
  assert.deepEqual(await titles(one), ["Accueil", "Budget", "Clôture"]);
  assert.ok(await one.get("agenda-save").isDisabled());
  await one.get("agenda-show-theirs").click();
  assert.deepEqual(await titles(one), ["Le leur"]);
  await one.get("agenda-take-mine").click();
  await one.get("agenda-save").click();
  await becomes(() => one.get("agenda-save").isDisabled().then(String), "true");
  const after_ = await other.call("meeting.get", { id });
  assert.deepEqual(
    after_.doc.agenda.map((item: { title: { fr: string } }) => item.title.fr),
    ["Accueil", "Budget", "Clôture"],
  );
}

async function vote(one: Visitor, id: string): Promise<void> {
  await type(one, "vote-quick", "Approuver le budget ?");
  await one.page.locator('[data-test=lead-vote][data-state="draft"]').waitFor();
  await press(one, "v");
  await one.page.locator('[data-test=lead-vote][data-state="open"]').waitFor();
  await one.get("countdown").waitFor();
  await becomes(() => one.get("awaited").getAttribute("data-awaited"), "3");
  const poll = (await one.get("lead-vote").getAttribute("data-id")) ?? "";
  const [first, second] = members as [Person, Person];
  const { doc } = await first.call("poll.get", { id: poll });
  const info = await readPoll(first, {}, poll);
  for (const voter of [first, second]) await voter.vote(info, yes);
  await becomes(() => one.get("lead-turnout").getAttribute("data-voted"), "2");
  await becomes(() => one.get("awaited").getAttribute("data-awaited"), "1");
  await press(one, "Space");
  await becomes(
    async () => String((await first.call("poll.get", { id: poll })).doc.closes_ms - doc.closes_ms),
    "30000",
  );
  await press(one, "v");
  await one.get("vote-close-confirm").waitFor();
  assert.deepEqual(await axe(one.page), []);
  await press(one, "v");
  await one.page.locator('[data-test=lead-vote][data-state="closed"]').waitFor();
  assert.equal((await other.call("poll.get", { id: poll })).doc.result, undefined);
  await press(one, "v");
  await one.get("lead-result").waitFor();
  assert.match(await one.get("lead-result").innerText(), /2 pour/);
  await one.get("vote-show").click();
  await becomes(
    async () => (await other.call("meeting.get", { id })).doc.shown?.what ?? "",
    "result",
  );
}

test("planned, its agenda written by two, led with a vote and a to-do, ended", {
  skip,
}, async () => {
  const one = await enter({ server }, "Fadila", ["facilitator"], "fr", 1280, 900);
  await plan(one);
  const { items } = await other.call("meeting.list", {});
  const { id, number } = items[0];
  await writeAgenda(one, id);
  await one.get("to-lead").click();
  await one.get("meeting-start").click();
  await one.page.locator('[data-page="meeting-lead"] [data-state="open"]').first().waitFor();
  for (const member of members) {
    await member.enrol();
    const given = { meeting: id, member: member.id, present: true };
    await other.act("attendance.record", given);
  }
  await becomes(() => one.get("presence").getAttribute("data-present"), "3");
  // Pressed twice at once, it goes on twice, and nobody is told that they were quicker than themselves.
  await one.page.evaluate(() => {
    for (let times = 0; times < 2; times++)
      dispatchEvent(new KeyboardEvent("keydown", { key: "n" }));
  });
  await one.get("current-title").getByText("Budget").waitFor();
  assert.match((await one.get("toast").allInnerTexts()).join(), /Accueil[\s\S]*Budget/);
  await vote(one, id);
  await type(one, "task-line", "@Membre !+2w demander trois devis");
  const name = await one.get("candidate").nth(1).innerText();
  await one.get("candidate").nth(1).click();
  const given = one.get("current").locator('[data-test="given-task"]');
  await given.waitFor();
  assert.equal(await one.get("task-line").inputValue(), "");
  assert.match(await given.innerText(), new RegExp(`trois devis\\s+${name}`));
  // Another one takes over: this one is told, with the new state, and what was being written stays.
  await one.get("vote-quick").fill("Et maintenant");
  const { doc } = await other.call("meeting.get", { id });
  await other.act("meeting.item", { id, item: doc.agenda[2].id });
  await one.get("led-by-now").waitFor();
  await one.get("current-title").getByText("Clôture").waitFor();
  assert.equal(await one.get("vote-quick").inputValue(), "Et maintenant");
  await one.get("meeting-end").click();
  await one.get("meeting-end-confirm").click();
  await one.get("ended").waitFor();
  assert.deepEqual(await axe(one.page), []);
  assert.deepEqual(one.complaints, []);
  // At the desk, who was there stands with the times.
  await one.visit(`/meetings/${number}/desk`, "meeting-desk");
  await one.get("desk-view-all").click();
  assert.equal(await one.get("desk-row").count(), 3);
  await one.close();
});
