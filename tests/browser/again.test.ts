// Before and after a vote: voters ask that it be confidential, and nobody reads who; a tie is left to the chair; a counted
// vote is opened again and keeps its ballots.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, type Visitor, without } from "../harness/browser.ts";
import { openInMeeting, planMeeting, startMeeting } from "../harness/meeting.ts";
import {
  counted,
  newHall,
  newId,
  newProposal,
  openPoll,
  type Person,
  pollParams,
} from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { enter } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder(), { more: ["--command-rate", "0"] });
after(() => endServer(server));
if (!skip) await server.start();
const hall = skip ? undefined : await newHall(server, 4);
const voters = hall?.members ?? [];
const facilitator = hall?.facilitator as Person;
const author = voters[0] as Person;
await Promise.all(voters.map((one) => one.enrol()));
const visit = async (name: string, roles: string[], language: string, width: number) =>
  (skip ? undefined : await enter({ server }, name, roles, language, width, 800)) as Visitor;
const lead = await visit("Flore", ["facilitator"], "fr", 360);
const member = await visit("Mies", [], "nl", 360);
after(() => Promise.all([lead?.close(), member?.close()]));
const three = (text: string) => ({ fr: text, nl: text, en: text });

test("a voter asks for a confidential vote, and takes it back", { skip }, async () => {
  const { id } = await newProposal(author, "Qui s’en occupe ?");
  const draft = pollParams([id], { kind: "straw" });
  const { number } = await author.act("poll.define", draft);
  await lead.visit(`/v/${number}`, "poll");
  await member.visit(`/v/${number}`, "poll");
  const undo = await member.undoOf(() => member.get("wish-set").click());
  await member.page.locator('[data-test="wish"][data-asked="yes"]').waitFor();
  await lead.page.locator('[data-test="wishes"][data-count="1"]').waitFor();
  assert.doesNotMatch(await lead.page.locator("main").innerText(), /Mies/);
  assert.deepEqual(await axe(member.page), []);
  assert.equal(await member.overflow(), 0);
  await undo.click();
  await member.page.locator('[data-test="wish"][data-asked="no"]').waitFor();
  await becomes(() => lead.get("wishes").count(), 0);
});

test("the chair decides a tie; the vote is opened again, its ballots stay", { skip }, async () => {
  const { id } = await newProposal(author, "Par où commencer ?");
  const options = ["Le toit", "Le sol", "Rien"].map((text) => ({
    id: newId(),
    label: three(text),
  }));
  const poll = await openPoll(author, [id], {
    ...{ kind: "straw", method: "single", options, rule: { tie: "chair" } },
  });
  const { doc } = await author.call("poll.get", { id: poll.poll });
  await member.visit(`/v/${doc.number}`, "poll");
  await member.get("choice-option-1").check();
  await member.get("sign-ballot").click();
  await member.page.locator('[data-test="receipt"][data-checked="yes"]').waitFor();
  await author.vote(poll, Buffer.from([4, 0, 0]));
  await author.act("poll.close", { id: poll.poll });
  await counted(author, poll.poll);
  await lead.visit(`/v/${doc.number}`, "poll");
  await lead.get("decide-tie").click();
  assert.ok(await lead.get("decide-tie-confirm").isDisabled());
  await lead.get("chair-0").check();
  await lead.get("chair-1").check();
  assert.equal(await lead.get("chair-0").isChecked(), false, "one place is left");
  await lead.get("decide-reason").fill("Le sol d’abord");
  assert.deepEqual(await axe(lead.page), []);
  await lead.get("decide-tie-confirm").click();
  await member.get("chair-decided").waitFor();
  await becomes(() => member.get("chair-decided").innerText(), /Le sol d’abord/);
  await becomes(() => member.get("winners").getAttribute("data-winners"), "1");
  await lead.get("reopen-vote").click();
  await lead.get("reopen-reason").fill("Une panne");
  await lead.get("reopen-vote-confirm").click();
  await member.get("vote-reopened").waitFor();
  await member.page.locator('[data-test="vote-card"][data-state="recorded"]').waitFor();
  await becomes(() => member.get("chosen").innerText(), "Le sol");
  await becomes(() => member.get("account").count(), 0);
});

test("a meeting goes into a calendar; its chair alone decides its tie", { skip }, async () => {
  const [one, two] = voters as [Person, Person];
  const planned = await planMeeting(facilitator, ["Le four"]);
  const page = `/meetings/${planned.number}`;
  await member.visit(page, "meeting");
  const saving = member.page.waitForEvent("download");
  await member.get("meeting-calendar").click();
  const file = await saving;
  assert.equal(file.suggestedFilename(), `meeting-${planned.number}.ics`);
  const text = readFileSync(await file.path(), "utf8");
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.ok(text.includes("SUMMARY:Assemblée de printemps (nl)\r\n"));
  assert.equal(await member.overflow(), 0);
  const { items } = await author.call("member.list", {});
  const chair = items.find(({ name }: { name: string }) => name === "Mies").id;
  await facilitator.act("meeting.offices", { id: planned.id, chair, scrutineers: [] });
  const led = await startMeeting(planned);
  for (const { id } of [one, two])
    await facilitator.act("attendance.record", { meeting: led.id, member: id, present: true });
  const poll = await openInMeeting(led, { rule: { tie: "chair" } });
  await one.vote(poll, Buffer.from([2, 1]));
  await two.vote(poll, Buffer.from([2, 2]));
  for (const act of ["poll.close", "poll.reveal"]) await facilitator.act(act, { id: poll.poll });
  await lead.visit(`/v/${poll.number}`, "poll");
  await lead.get("result-sentence").waitFor();
  await member.visit(`/v/${poll.number}`, "poll");
  await member.get("decide-tie").click();
  assert.equal(await lead.get("decide-tie").count(), 0, "who facilitates does not chair");
  await member.get("chair-adopted").check();
  await member.get("decide-reason").fill("Pour le four");
  assert.deepEqual(await axe(member.page), []);
  assert.equal(await member.overflow(), 0);
  await member.get("decide-tie-confirm").click();
  await lead.get("chair-decided").waitFor();
});
