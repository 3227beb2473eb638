// Home: what needs me, at most five of each and where the others are; then news, newcomers and the month.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import {
  counted,
  makeReady,
  newPerson,
  openPoll,
  type Person,
  pollParams,
  tokenOf,
} from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { yes } from "../harness/record.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder());
after(() => endServer(server));
if (!skip) await server.start();

/** On the page of one who has joined before. */
async function enterAs({ id }: Person, language: string): Promise<Visitor> {
  const { link } = await server.operator("member.link", { id, command: crypto.randomUUID() });
  const visitor = await Visitor.arrive(language, 1280, 800);
  await visitor.page.goto(`${server.origin}/join#${tokenOf(link)}`);
  await visitor.get("join-button").click();
  await visitor.page.locator('main[data-page="home"]').waitFor();
  return visitor;
}

test("that nothing waits for who leads is not said as long as a vote in preparation does", {
  skip,
}, async () => {
  const lead = await newPerson(server, "Préparatrice", ["facilitator"]);
  const draft = pollParams([], { kind: "straw" });
  await lead.act("poll.define", draft);
  const visitor = await enterAs(lead, "fr");
  const nothing = visitor.page.getByText("Rien ne vous attend");
  await visitor.get("home-draft").waitFor();
  await visitor.get("home-month").waitFor();
  assert.equal(await nothing.count(), 0);
  await lead.act("poll.cancel", { id: draft.id, reason: "Plus tard" });
  await nothing.waitFor();
  assert.equal(await visitor.get("home-draft").count(), 0);
  await visitor.close();
});

test("five to-dos asked, then where all are; what is done and who is new shows live", {
  skip,
}, async () => {
  const facilitator = await newPerson(server, "Anime", ["facilitator"]);
  const author = await newPerson(server, "Autrice");
  const visitor = await Visitor.arrive("fr", 390, 844);
  await visitor.join(server.origin, await linkFor(server, "Solène"), "fr");
  const list = await facilitator.call("member.list", { text: "Solène" });
  const { id } = list.items[0];
  const ready = await makeReady(author, facilitator, "Un four à pain");
  await visitor.get("home-month").waitFor();
  assert.equal(await visitor.get("home-done").count(), 0);
  const from = { kind: "proposal", id: ready.id };
  for (let n = 1; n <= 6; n++)
    await facilitator.create("task.create", {
      ...{ language: "fr", title: `Brique ${n}`, result: "Posée", from, assignees: [id] },
    });
  await visitor.get("all-asked").waitFor();
  assert.equal(await visitor.get("home-task-asked").count(), 5);
  await visitor.get("home-told").nth(4).waitFor();
  assert.equal(await visitor.get("home-told").count(), 5);
  assert.match(await visitor.get("all-asked").innerText(), /6/);
  // A vote that is counted while the page is open, and somebody who says who they are.
  const poll = await openPoll(facilitator, [ready.id]);
  await author.enrol();
  await author.vote(poll, yes);
  await facilitator.act("poll.close", { id: poll.poll });
  await counted(author, poll.poll);
  await visitor.get("home-done").waitFor();
  assert.equal(await visitor.get("home-newcomer").count(), 0);
  const text = "Bonjour, je suis boulangère.";
  await author.act("member.update", { id: author.id, introduction: { language: "fr", text } });
  const newcomer = visitor.get("home-newcomer").filter({ hasText: "Autrice" });
  await newcomer.waitFor();
  const welcome = (newcomer_weeks: number) =>
    server.operator("org.update", { command: crypto.randomUUID(), settings: { newcomer_weeks } });
  await welcome(0);
  await newcomer.waitFor({ state: "detached" });
  await welcome(2);
  await newcomer.waitFor();
  assert.equal(await visitor.overflow(), 0);
  assert.deepEqual(await axe(visitor.page), []);
  await visitor.get("all-asked").click();
  await visitor.page.locator('main[data-page="tasks"]').waitFor();
  assert.deepEqual(visitor.complaints, []);
  await visitor.close();
});

test("proposals owed an answer: for facilitation, the longest waiting first", {
  skip,
}, async () => {
  const lead = await newPerson(server, "Meneuse", ["facilitator"]);
  const author = await newPerson(server, "Auteur");
  await makeReady(author, lead, "Attendue d’abord");
  await makeReady(author, lead, "Attendue ensuite");
  const visitor = await enterAs(lead, "nl");
  const owed = visitor.get("home-owed");
  for (const title of ["d’abord", "ensuite"])
    await owed.filter({ hasText: `Attendue ${title}` }).waitFor();
  const titles = await owed.locator("bdi").allInnerTexts();
  assert.ok(titles.indexOf("Attendue d’abord") < titles.indexOf("Attendue ensuite"));
  assert.equal(await owed.first().getAttribute("data-late"), "false");
  await visitor.close();
});
