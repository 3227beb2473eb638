// One assembly on all its screens: a facilitator's laptop, two phones in French and in Dutch, and the projector. What one of
// them does, the others show.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { becomes, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { planMeeting, startMeeting } from "../harness/meeting.ts";
import { newHall } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { enter } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;

test("a vote in a hall, from the laptop that opens it to the projector that shows what came out", {
  skip,
}, async () => {
  const server = new Server(await initFolder());
  after(() => endServer(server));
  await server.start();
  const { admin, facilitator } = await newHall(server, 1);
  await admin.act("org.update", { languages: ["fr", "nl"] });
  const planned = await startMeeting(await planMeeting(facilitator, ["Accueil", "Le four à pain"]));
  const { link } = await facilitator.act("meeting.screen", { id: planned.id });

  const laptop = await enter({ server }, "Fadila", ["facilitator"], "fr", 1280, 900);
  const lea = await Visitor.arrive("fr", 360, 740);
  const nils = await Visitor.arrive("nl", 360, 740);
  const screen = await Visitor.arrive("fr", 1920, 1080);
  await laptop.visit(`/meetings/${planned.number}/lead`, "meeting-lead");
  await screen.page.goto(link);
  await screen.page.locator('main[data-page="screen"]').waitFor();
  for (const [one, name, language] of [
    [lea, "Léa", "fr"],
    [nils, "Nils", "nl"],
  ] as const) {
    await one.join(server.origin, await linkFor(server, name), language);
    await one.open(`${server.origin}/meetings/${planned.number}#${planned.code}`, "meeting");
    await one.get("checkin").click();
    await one.get("present").waitFor();
  }
  await becomes(() => laptop.get("presence").getAttribute("data-present"), "2");

  const key = async (name: string) => {
    await laptop.page.evaluate(() => (document.activeElement as HTMLElement)?.blur());
    await laptop.page.keyboard.press(name);
  };
  await key("n");
  await key("n");
  await laptop.get("current-title").getByText("Le four à pain").waitFor();
  await screen.page.getByText("Le four à pain").first().waitFor();
  await laptop.get("vote-quick").fill("On le construit ?");
  await laptop.page.keyboard.press("Enter");
  const led = (state: string) =>
    laptop.page.locator(`[data-test=lead-vote][data-state="${state}"]`).waitFor();
  await led("draft");
  await laptop.get("vote-open").waitFor();
  await key("v");
  await laptop.page.keyboard.press("v");
  await led("open");
  const face = (name: string) => screen.page.locator(`main[data-face="${name}"]`).waitFor();
  await face("polls");
  // Everywhere the same number of the same people, in the same words: not of the three who are on the roll.
  const sameTurnout = async () => {
    const text = async (one: Visitor, hook: string) =>
      (await one.get(hook).innerText()).replace(/\s+/g, " ").trim();
    const french = "A voté : 1 sur 2 présents à l’ouverture";
    await becomes(() => text(lea, "hall-turnout"), french);
    await becomes(() => text(laptop, "lead-turnout"), french);
    const dutch = "Gestemd: 1 van de 2 aanwezigen bij de opening";
    await becomes(() => text(nils, "hall-turnout"), dutch);
    const counted = /^1 ?\/ ?2$/;
    await becomes(() => text(screen, "screen-turnout"), counted);
    await becomes(() => screen.page.innerText("main"), /présent a voté/);
  };
  for (const one of [lea, nils]) {
    await one.get(one === lea ? "choice-yes" : "choice-no").check();
    await one.get("sign-ballot").click();
    await one.page.locator('[data-test="receipt"][data-checked="yes"]').waitFor();
    if (one === lea) await sameTurnout();
  }
  await becomes(() => laptop.get("lead-turnout").getAttribute("data-voted"), "2");
  await laptop.picture("assembly-laptop-open-1280");
  await screen.picture("assembly-screen-open-1920");
  await key("v");
  await laptop.get("vote-close-confirm").click();
  await led("closed");
  for (const one of [lea, nils]) {
    await one.get("hall-waits").waitFor();
    assert.equal(await one.get("result-sentence").count(), 0);
  }
  assert.ok(!(await screen.page.innerText("body")).includes("1 pour"));
  await laptop.get("vote-reveal").waitFor();
  await key("v");
  await laptop.page.keyboard.press("v");
  await laptop.get("lead-result").waitFor();
  await laptop.get("vote-show").click();
  await face("result");
  for (const one of [lea, nils]) await one.get("result-sentence").waitFor();
  // The same words on a phone and on the screen, each in its language.
  const [french, dutch] = [/1 pour sur 2 pour \+ contre/, /1 voor van 2 voor \+ tegen/];
  await becomes(() => lea.get("result-sentence").innerText(), french);
  await becomes(() => nils.get("result-sentence").innerText(), dutch);
  for (const said of [french, dutch]) await becomes(() => screen.page.innerText("body"), said);
  // The languages of the organisation, and no other.
  assert.equal(await screen.page.locator(".sentence [lang]").count(), 2);
  for (const [one, name] of [
    [laptop, "laptop-1280"],
    [lea, "phone-fr-360"],
    [nils, "phone-nl-360"],
    [screen, "screen-1920"],
  ] as const) {
    await one.picture(`assembly-${name}`);
    assert.deepEqual(one.complaints, [], name);
    await one.close();
  }
});
