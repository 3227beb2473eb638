// Notifications: a quiet count that follows all the person's pages, a page by day that leads to the things,
// what is read is read everywhere, and what is not wanted does not come.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { newId, newPerson, newProposal, type Person } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder());
after(() => endServer(server));
if (!skip) await server.start();

/** A visitor, and a facilitator who asks them for to-dos. */
async function asked(name: string, language = "fr") {
  const facilitator = await newPerson(server, `Anime ${name}`, ["facilitator"]);
  const visitor = await Visitor.arrive(language, 390, 844);
  await visitor.join(server.origin, await linkFor(server, name), language);
  const list = await facilitator.call("member.list", { text: name });
  const { id } = list.items.find((one: { name: string }) => one.name === name);
  const proposal = await newProposal(facilitator, `Un projet pour ${name}`);
  const ask = (title: string) => askOne(facilitator, proposal.id, id, title);
  return { visitor, ask };
}

async function askOne(person: Person, proposal: string, member: string, title: string) {
  const from = { kind: "proposal", id: proposal };
  const given = { language: "fr", title, result: "Fait", from, assignees: [member] };
  return person.act("task.create", { id: newId(), ...given });
}

const unread = (visitor: Visitor, count: number) =>
  visitor.page.locator(`[data-test="bell"][data-unread="${count}"]`).waitFor();

test("the count is live on every page of the person; the page leads and marks", {
  skip,
}, async () => {
  const { visitor, ask } = await asked("Bilal");
  await unread(visitor, 0);
  await ask("Acheter des clous");
  await unread(visitor, 1);
  const other = await Visitor.arrive("fr", 1280, 800);
  await other.context.addCookies(await visitor.context.cookies());
  await other.open(`${server.origin}/p`, "proposals");
  await unread(other, 1);
  await ask("Acheter des planches");
  await unread(visitor, 2);
  await unread(other, 2);
  await visitor.get("bell").click();
  await visitor.page.locator('main[data-page="notifications"]').waitFor();
  const told = visitor.get("told");
  await becomes(() => told.count(), 2);
  await becomes(() => told.first().innerText(), /Anime Bilal.*Acheter des planches/s);
  assert.equal(await visitor.page.locator(".told-day h2").innerText(), "AUJOURD’HUI");
  assert.equal(await visitor.overflow(), 0);
  assert.deepEqual(await axe(visitor.page), []);
  await told.first().click();
  await unread(visitor, 1);
  await unread(other, 1);
  await other.open(`${server.origin}/notifications`, "notifications");
  await other.get("read-all").click();
  await unread(other, 0);
  await unread(visitor, 0);
  await other.get("read-all").waitFor({ state: "detached" });
  assert.deepEqual(visitor.complaints, []);
  await other.close();
  await visitor.close();
});

test("what is not wanted does not come, until it is wanted again", { skip }, async () => {
  const { visitor, ask } = await asked("Chiara", "nl");
  await visitor.open(`${server.origin}/notifications`, "notifications");
  const undo = await visitor.undoOf(() => visitor.get("notify-family-tasks").uncheck());
  await visitor.settled();
  await ask("Verf kopen");
  await undo.click();
  await visitor.page.locator('[data-test="notify-family-tasks"]:checked').waitFor();
  await visitor.settled();
  await ask("Borstels kopen");
  await unread(visitor, 1);
  await visitor.get("told").filter({ hasText: "Borstels kopen" }).waitFor();
  assert.equal(await visitor.get("told").count(), 1);
  await visitor.close();
});
