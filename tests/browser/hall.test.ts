// Members in a meeting that is led over the protocol, on two phones: checking in, arriving late, voting while the hall goes on
// around them, the result once it is revealed, and coming back after the page was away.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import {
  axe,
  becomes,
  closeAfterTests,
  linkFor,
  rawKeys,
  Visitor,
  without,
} from "../harness/browser.ts";
import { anotherCode, openInMeeting, planMeeting, startMeeting } from "../harness/meeting.ts";
import { newHall, type Person } from "../harness/people.ts";
import { endServer, freePort, initFolder, Server } from "../harness/program.ts";
import { Relay } from "../harness/relay.ts";
import { enter } from "../harness/stage.ts";
import { refused } from "../harness/wire.ts";

closeAfterTests();
const skip = without ?? false;
const port = await freePort();
const server = new Server(skip ? "" : await initFolder(), {
  origins: [`http://127.0.0.1:${port}`],
});
after(() => endServer(server));
if (!skip) await server.start();
const relay = await Relay.start(port, () => server.port);
after(() => relay.stop());

type Opened = Awaited<ReturnType<typeof openInMeeting>>;
const wood = { fr: "Et le bois ?", nl: "En het hout?", en: "And the wood?" };

async function look(one: Visitor, name: string, language: string): Promise<void> {
  await one.settled();
  await one.picture(`hall-${name}-${language}-360`, true);
  assert.deepEqual(await axe(one.page), [], name);
  assert.deepEqual(await rawKeys(one.page, language), [], name);
  assert.equal(await one.overflow(), 0, name);
}

const vote = (one: Visitor, number: number) =>
  one.page.locator(`[data-test="hall-vote"][data-number="${number}"]`);
const inVote = (one: Visitor, number: number, hook: string) =>
  vote(one, number).locator(`[data-test="${hook}"]`);

test("two phones in a meeting: present by a code and by the QR, one of them late; votes, and what comes of them", {
  skip,
}, async () => {
  const { facilitator, members } = await newHall(server, 3);
  const [third] = members as [Person];
  const titles = ["Accueil", "Le four à pain"];
  const procedure = { fr: "La caméra reste allumée." };
  const led = await startMeeting(await planMeeting(facilitator, titles, { procedure }));
  const lea = await Visitor.arrive("fr", 360, 740);
  const nils = await Visitor.arrive("nl", 360, 740);
  await lea.join(server.origin, await linkFor(server, "Léa"), "fr");
  await nils.join(server.origin, await linkFor(server, "Nils"), "nl");
  // The meeting stands first on home.
  await lea.get("first-votes").waitFor();
  await lea.picture("hall-home-fr-360", true);
  await lea.get("first-meeting").getByRole("link").click();
  // A wrong code is said at its field; the right one counts.
  await lea.get("checkin-code").fill("2222");
  assert.ok(await lea.get("checkin").isDisabled());
  await lea.get("checkin-code").fill(anotherCode(led.code));
  await lea.get("checkin").click();
  await lea.page.locator(".checkin .field-error").getByText("n’est pas le code").waitFor();
  await lea.get("checkin-elsewhere").locator("summary").click();
  await look(lea, "checkin", "fr");
  await lea.get("checkin-code").fill(` ${led.code.slice(0, 3).toLowerCase()} ${led.code.slice(3)}`);
  await lea.get("checkin").click();
  await lea.get("present").waitFor();
  await lea.picture("hall-present-fr-360", true);
  // A vote opens: it is here, and said.
  const first = await openInMeeting(led, {}, 600);
  await inVote(lea, first.number, "choice-yes").check();
  await becomes(() => vote(lea, first.number).getByRole("alert").innerText(), /^Vote ouvert/);
  await becomes(() => inVote(lea, first.number, "hall-countdown").innerText(), /^(10:00|\d:\d\d)$/);
  // From the QR: one tap. That vote was opened before.
  await nils.open(`${server.origin}/meetings/${led.number}#${led.code}`, "meeting");
  await nils.get("checkin").click();
  await nils.get("present").waitFor();
  await becomes(async () => nils.page.url(), /\/meetings\/\d+$/);
  await becomes(
    () => inVote(nils, first.number, "not-eligible-reason").innerText(),
    /vanaf de volgende/,
  );
  await look(nils, "late", "nl");
  // The hall goes on; what Léa has begun stays under her hand.
  const begun = inVote(lea, first.number, "choice-yes");
  await begun.focus();
  await begun.evaluate((one) => {
    (one as HTMLElement & { mine?: boolean }).mine = true;
  });
  const top = await begun.evaluate((one) => one.getBoundingClientRect().top);
  await facilitator.act("meeting.item", { id: led.id, item: led.items[1] });
  await third.act("attendance.enter", { meeting: led.id, code: led.code });
  await facilitator.act("poll.extend", { id: first.poll, seconds: 60, reason: "Une question" });
  const second = await openInMeeting(led, { question: wood });
  await inVote(lea, second.number, "sign-ballot").waitFor();
  await inVote(lea, first.number, "hall-extended").waitFor();
  await becomes(() => lea.get("presence").getAttribute("data-heads"), "3");
  await becomes(() => lea.get("current-item").innerText(), /Le four à pain/);
  const still = await begun.evaluate((one: HTMLInputElement & { mine?: boolean }) => ({
    ...{ same: one.mine === true, checked: one.checked, focus: document.activeElement === one },
    top: one.getBoundingClientRect().top,
  }));
  const { same, checked, focus } = still;
  assert.deepEqual({ same, checked, focus }, { same: true, checked: true, focus: true });
  // One line says that the vote was extended.
  assert.ok(Math.abs(still.top - top) < 60, `moved by ${still.top - top} px`);
  await look(lea, "two-votes", "fr");
  // Closed before she sent it, opened again: her choice is still there.
  await facilitator.act("poll.close", { id: first.poll });
  await inVote(lea, first.number, "hall-waits").waitFor();
  await facilitator.act("poll.reopen", { id: first.poll, reason: "Trop vite", seconds: 600 });
  await inVote(lea, first.number, "hall-reopened").waitFor();
  await becomes(() => inVote(lea, first.number, "choice-yes").isChecked(), true);
  await inVote(lea, first.number, "sign-ballot").click();
  await vote(lea, first.number).locator('[data-test="receipt"][data-checked="yes"]').waitFor();
  await inVote(nils, second.number, "choice-no").check();
  await inVote(nils, second.number, "sign-ballot").click();
  await vote(nils, second.number).locator('[data-test="receipt"]').waitFor();
  // Closed, then revealed: nothing of the result exists on a page before.
  for (const { poll } of [first, second]) await facilitator.act("poll.close", { id: poll });
  for (const one of [lea, nils]) {
    await inVote(one, second.number, "hall-waits").waitFor();
    assert.equal(await one.get("result-sentence").count(), 0);
  }
  await lea.picture("hall-closed-fr-360", true);
  // The question has the focus before anything else can be pressed: it never takes it from a field of its own.
  const asks = await inVote(lea, second.number, "could-not-vote").evaluate(async (one) => {
    (one as HTMLElement).click();
    await new Promise((next) => setTimeout(next));
    return document.activeElement?.className;
  });
  assert.equal(asks, "ask");
  await inVote(lea, second.number, "could-not-text").fill("L’écran est resté noir");
  await inVote(lea, second.number, "could-not-vote-confirm").click();
  await inVote(lea, second.number, "reported").waitFor();
  await facilitator.act("poll.reveal", { id: first.poll });
  for (const one of [lea, nils]) await inVote(one, first.number, "result-sentence").waitFor();
  await look(lea, "result", "fr");
  // Gone, and what was voted stays.
  await nils.get("present-leave").click();
  await nils.get("present-leave-confirm").click();
  await nils.get("checkin-box").waitFor();
  await facilitator.act("meeting.end", { id: led.id });
  await lea.get("meeting-decision").first().waitFor();
  // It was from when it began, not from when it was to begin, until it ended.
  const { started_ms } = (await facilitator.call("meeting.get", { id: led.id })).doc;
  const from = () => lea.page.locator(".meeting-when time").getAttribute("datetime");
  await becomes(from, new Date(started_ms).toISOString());
  await lea.picture("hall-after-fr-360", true);
  for (const one of [lea, nils]) {
    assert.deepEqual([one.complaints, one.trace.limited], [[], []]);
    await one.close();
  }
});

test("away for a while: what was missed is there at once, without a reload, and what was chosen is kept", {
  skip,
}, async () => {
  const { facilitator, members } = await newHall(server, 1);
  const [other] = members as [Person];
  const led = await startMeeting(await planMeeting(facilitator, ["Comptes"]));
  const one = await Visitor.arrive("en", 360, 740);
  await one.join(server.origin, await linkFor(server, "Ann"), "en");
  await one.open(`${server.origin}/meetings/${led.number}#${led.code}`, "meeting");
  await one.get("checkin").click();
  await one.get("present").waitFor();
  const first = await openInMeeting(led);
  await inVote(one, first.number, "choice-no").check();
  await one.page.evaluate(() => {
    (window as Window & { stays?: boolean }).stays = true;
  });
  const session = await one.context.newCDPSession(one.page);
  /** As when the screen is locked: the page is told that it is hidden, then nothing of it runs. */
  const sleep = async () => {
    await one.page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
  };
  const wake = async () => {
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await one.page.evaluate(() => {
      Reflect.deleteProperty(document, "visibilityState");
      document.dispatchEvent(new Event("visibilitychange"));
    });
  };
  // The line stays; then it is lost without a word while the page sleeps.
  for (const lost of [false, true]) {
    await sleep();
    if (lost) relay.lose();
    const missed = await openInMeeting(led, { question: wood });
    await wake();
    await inVote(one, missed.number, "sign-ballot").waitFor();
    assert.ok(await inVote(one, first.number, "choice-no").isChecked());
  }
  const stays = () => (window as Window & { stays?: boolean }).stays;
  assert.equal(await one.page.evaluate(stays), true, "the page was not loaded again");
  await other.act("attendance.enter", { meeting: led.id, code: led.code });
  await becomes(() => one.get("presence").getAttribute("data-heads"), "2");
  assert.deepEqual(one.complaints, []);
  await one.close();
});

test("five votes at once on a phone and on the console; a late one where the vote says so; ballots under way at the close", {
  skip,
}, async () => {
  const { facilitator } = await newHall(server, 1);
  const led = await startMeeting(await planMeeting(facilitator, ["Comptes"]));
  const laptop = await enter({ server }, "Farid", ["facilitator"], "fr", 1280, 900);
  await laptop.visit(`/meetings/${led.number}/lead`, "meeting-lead");
  const ann = await enter({ server }, "Ann", [], "nl", 360, 740);
  const late = await openInMeeting(led, { params: { flags: ["abstain", "late"] } }, 600);
  const others = [];
  for (let at = 0; at < 4; at++) others.push(await openInMeeting(led, { question: wood }, 600));
  await refused(openInMeeting(led), "poll.too_many_open");
  await becomes(() => laptop.page.locator('[data-test=lead-vote][data-state="open"]').count(), 5);
  await ann.visit(`/meetings/${led.number}`, "meeting");
  await ann.get("checkin-code").fill(led.code);
  await ann.get("checkin").click();
  await inVote(ann, late.number, "choice-yes").check();
  await becomes(() => ann.get("not-eligible-reason").count(), 4);
  // In words: all that the big screen shows.
  await becomes(() => ann.get("on-screen").getByRole("link").count(), 5);
  // All that her phone has asked for since it joined, however long ago; five votes are watched by one question.
  const asked = ann.trace.asked.filter((method) => method !== "session.ping");
  const subscribed = asked.filter((method) => method === "feed.subscribe").length;
  assert.ok(subscribed <= 8 && asked.length <= 40, asked.join());
  await inVote(ann, late.number, "sign-ballot").click();
  const receipt = (number: number) =>
    vote(ann, number).locator('[data-test="receipt"][data-checked="yes"]');
  await receipt(late.number).waitFor();
  const kept = () =>
    document.activeElement?.closest<HTMLElement>("[data-test=hall-vote]")?.dataset.number;
  await becomes(() => ann.page.evaluate(kept), String(late.number), "where she voted");
  const turnout = (poll: string) =>
    laptop.page.locator(`[data-id="${poll}"] [data-test=lead-turnout]`).getAttribute("data-voted");
  await becomes(() => turnout(late.poll), "1");
  for (const { poll } of others) await facilitator.act("poll.close", { id: poll });
  // All five hers, in the order in which they came; one signed does not move the others.
  const hers = [];
  for (let at = 0; at < 4; at++) hers.push(await openInMeeting(led, { question: wood }, 600));
  const [first, second] = hers as [Opened, Opened];
  for (const { number } of hers) await inVote(ann, number, "sign-ballot").waitFor();
  const order = () =>
    ann
      .get("hall-vote")
      .evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.number)));
  const numbers = (some: Opened[]) => some.map(({ number }) => number);
  const openFirst = [late.number, ...numbers(hers), ...numbers(others)];
  await becomes(order, openFirst, "open ones first");
  await ann.picture("hall-five-nl-360", true);
  assert.equal(await ann.overflow(), 0);
  await inVote(ann, first.number, "choice-no").check();
  await inVote(ann, second.number, "choice-yes").check();
  // Under way while the vote is closed: it comes too late, is refused in words, and is not counted.
  relay.stall();
  await inVote(ann, second.number, "sign-ballot").click();
  await facilitator.act("poll.close", { id: second.poll });
  relay.restore();
  await inVote(ann, second.number, "vote-refused").getByText("gesloten").first().waitFor();
  assert.ok(await inVote(ann, first.number, "choice-no").isChecked());
  // Opened again, it may be cast after all.
  await facilitator.act("poll.reopen", { id: second.poll, reason: "Te laat", seconds: 600 });
  await inVote(ann, second.number, "choice-yes").check();
  await inVote(ann, second.number, "sign-ballot").click();
  await receipt(second.number).waitFor();
  // At the same instant: counted with a receipt, or refused; never in between.
  await inVote(ann, first.number, "sign-ballot").dispatchEvent("click");
  await facilitator.act("poll.close", { id: first.poll });
  const counted = receipt(first.number).or(inVote(ann, first.number, "vote-refused"));
  await counted.waitFor();
  await becomes(() => laptop.get("vote-hidden").count(), 5);
  const has = await receipt(first.number).count();
  await becomes(
    () => laptop.page.locator(`[data-id="${first.poll}"] [data-voted="${has}"]`).count(),
    1,
  );
  for (const one of [laptop, ann]) {
    assert.deepEqual([one.complaints, one.trace.limited], [[], []]);
    await one.close();
  }
});
