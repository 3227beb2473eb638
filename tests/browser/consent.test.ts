// A vote by consent on a phone and on a desk: an objection with its reason is signed, read at once by the others, answered,
// taken into the text; everybody is asked again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, becomes, closeAfterTests, type Visitor, without } from "../harness/browser.ts";
import { harmful } from "../harness/hostile.ts";
import { makeReady, openPoll, type Person, type PollInfo } from "../harness/people.ts";
import { enter, newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
const origin = () => stage.server.origin;
const author = () => stage.members[0] as Person;

async function put(mode = "named"): Promise<{ info: PollInfo; number: number }> {
  const { id } = await makeReady(author(), stage.facilitator, "Un four à pain");
  const closes = Date.now() + 864e5;
  const info = await openPoll(stage.facilitator, [id], { method: "consent", mode, closes });
  const { doc } = await author().call("poll.get", { id: info.poll });
  return { info, number: doc.number };
}

async function look(one: Visitor, name: string): Promise<void> {
  await one.settled();
  await one.picture(`consent-${name}`, true);
  assert.deepEqual(await axe(one.page), [], name);
  assert.equal(await one.overflow(), 0, name);
}

async function object(one: Visitor, reason: string): Promise<void> {
  await one.get("choice-objection").check();
  await one.get("ballot-note").fill(reason);
  await one.get("sign-ballot").click();
  await one.get("objection").first().waitFor();
}

const stands = (one: Visitor) => one.get("objection").first().getAttribute("data-stands");

test("raised on a phone, answered from a desk, taken into the text, asked again", {
  skip,
}, async () => {
  const voter = await enter(stage, "Nils", [], "nl", 360, 740);
  const leader = await enter(stage, "Fatou", ["facilitator"], "fr", 1280, 900);
  const { number } = await put();
  await leader.open(`${origin()}/v/${number}`, "poll");
  await voter.open(`${origin()}/v/${number}`, "poll");
  await voter.get("choice-objection").check();
  const hint = voter.page.locator(`#${await voter.get("ballot-note").getAttribute("id")}-hint`);
  assert.match(await hint.innerText(), /meteen, met je naam/);
  await look(voter, "reason-360");
  await object(voter, "De rook gaat naar de buren.\nEr slapen kinderen.");
  await look(voter, "raised-360");
  // The others read it at once, without a reload.
  await leader.get("objection-text").waitFor();
  await becomes(() => leader.get("objection-text").innerText(), /De rook gaat/);
  await becomes(() => leader.get("objection").innerText(), /Nils/);
  await leader.get("answers").locator('[data-test="comment-text"]').fill("Avec un filtre ?");
  await leader.get("answers").locator('[data-test="comment-send"]').click();
  await voter.get("new-answers").click();
  await voter.get("answers").getByText("Avec un filtre ?").waitFor();
  await look(leader, "answered");
  // The answer has an address of its own, on the page of the vote.
  const { items } = await author().call("search.find", { text: "filtre" });
  await voter.open(`${origin()}/v/${number}#c-${items[0].number}`, "poll");
  await voter.page.locator(`.answers [data-id="${items[0].id}"]:focus`).waitFor();
  assert.equal(await voter.get("link-missing").count(), 0);
  await leader.get("ask-again").click();
  await leader.get("again-text").waitFor();
  assert.ok(await leader.get("again-confirm").isDisabled());
  await leader.get("again-text").fill("Un four électrique, sans fumée.");
  await look(leader, "again");
  await leader.get("again-confirm").click();
  await leader.get("follows").waitFor();
  assert.notEqual(new URL(leader.page.url()).pathname, `/v/${number}`);
  await voter.get("followed-by").waitFor();
  await look(voter, "followed-360");
  await voter.get("followed-by").getByRole("link").click();
  await voter.get("follows").waitFor();
  await voter.get("choice-consent").check();
  await voter.get("sign-ballot").click();
  await voter.page.locator('[data-test="receipt"][data-checked="yes"]').waitFor();
  for (const one of [voter, leader]) {
    assert.deepEqual(one.complaints, []);
    await one.close();
  }
});

test("it ends with another ballot of its author; in a confidential vote nobody is named", {
  skip,
}, async () => {
  const voter = await enter(stage, "Oona", [], "en", 360, 740);
  const reader = await enter(stage, "Pilar", [], "fr", 360, 740);
  const { number } = await put("confidential");
  await voter.open(`${origin()}/v/${number}`, "poll");
  await reader.open(`${origin()}/v/${number}`, "poll");
  await object(voter, "Too much smoke");
  await reader.get("objection").waitFor();
  assert.doesNotMatch(await reader.get("objection").innerText(), /Oona/);
  await look(reader, "confidential-360");
  await voter.get("change-vote").click();
  await voter.get("choice-consent").check();
  await voter.get("sign-ballot").click();
  await becomes(() => stands(reader), "false");
  await look(reader, "ended-360");
  await voter.close();
  await reader.close();
});

test("who may not vote reads no objection", { skip }, async () => {
  const { number } = await put();
  const late = await enter(stage, "Late", [], "en", 360, 740);
  await late.open(`${origin()}/v/${number}`, "poll");
  await late.page.getByText(/^The objections are read by those who may vote/).waitFor();
  await late.close();
});

test("T-S3 a reason is shown as text, whatever stands in it", { skip }, async () => {
  const voter = await enter(stage, "Hana", [], "fr", 360, 740);
  const { number } = await put();
  const harm: string[] = [];
  await voter.page.exposeFunction("hit", () => harm.push("hit() was called"));
  voter.page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin()) && !/^(blob|data):/.test(url)) harm.push(`asked for ${url}`);
  });
  const reason = harmful
    .join("\n")
    .slice(0, 3900)
    .replace(/\n[^\n]*$/, "");
  await voter.open(`${origin()}/v/${number}`, "poll");
  await object(voter, reason);
  const kept = reason.normalize("NFC").replace(/\t/g, " ").trim();
  await becomes(() => voter.get("objection-text").textContent(), kept);
  assert.equal(await voter.overflow(), 0);
  assert.deepEqual(harm, []);
  assert.deepEqual(voter.complaints, []);
  await voter.close();
});
