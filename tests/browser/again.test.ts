// Before and after a vote: voters ask that it be confidential, and nobody reads who; a tie is left to the chair; a counted
// vote is opened again and keeps its ballots.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, type Visitor, without } from "../harness/browser.ts";
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
const voters = skip ? [] : (await newHall(server, 4)).members;
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
  await member.get("wish-set").click();
  await member.page.locator('[data-test="wish"][data-asked="yes"]').waitFor();
  await lead.page.locator('[data-test="wishes"][data-count="1"]').waitFor();
  assert.doesNotMatch(await lead.page.locator("main").innerText(), /Mies/);
  assert.deepEqual(await axe(member.page), []);
  assert.equal(await member.overflow(), 0);
  await member.get("undo").last().click();
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
  assert.match(await member.get("chair-decided").innerText(), /Le sol d’abord/);
  assert.equal(await member.get("winners").getAttribute("data-winners"), "1");
  await lead.get("reopen-vote").click();
  await lead.get("reopen-reason").fill("Une panne");
  await lead.get("reopen-vote-confirm").click();
  await member.get("vote-reopened").waitFor();
  await member.page.locator('[data-test="vote-card"][data-state="recorded"]').waitFor();
  assert.equal(await member.get("chosen").innerText(), "Le sol");
  assert.equal(await member.get("account").count(), 0);
});
