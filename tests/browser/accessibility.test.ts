// Every screen clean for axe in each language, in light and in dark, and no key of a message instead of words.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { axe, closeAfterTests, linkFor, rawKeys, Visitor, without } from "../harness/browser.ts";
import { tokenOf } from "../harness/people.ts";
import { addMeetings } from "../harness/meeting.ts";
import { enter, newStage, type Screen, type Stage, screensOf } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
if (!skip) await addMeetings(stage.facilitator, stage.members);
const screens = without ? [] : screensOf(stage);
const show = (one: Visitor, screen: Screen) => one.visit(screen.path, screen.page);

async function lookAtAll(language: string): Promise<void> {
  const found: string[] = [];
  const scheme = language === "nl" ? { colorScheme: "dark" } : {};
  const width = language === "en" ? 360 : 1280;
  const visitor = await enter(
    stage,
    `Axel ${language}`,
    ["facilitator"],
    language,
    width,
    800,
    scheme,
  );
  for (const screen of screens) {
    await show(visitor, screen);
    assert.equal(await visitor.page.locator("html").getAttribute("lang"), language);
    for (const line of await axe(visitor.page)) found.push(`${screen.name}: ${line}`);
    for (const key of await rawKeys(visitor.page, language))
      found.push(`${screen.name}: the key ${key} instead of words`);
  }
  await visitor.close();
  assert.deepEqual(found, []);
}

describe("axe finds nothing, no key stands for words", { concurrency: true }, () => {
  for (const language of ["fr", "nl", "en"]) test(language, { skip }, () => lookAtAll(language));
});

test("the page to join: three widths, three languages, axe", { skip }, async () => {
  const found: string[] = [];
  for (const [language, width] of [
    ["fr", 360],
    ["nl", 1280],
    ["en", 1920],
  ] as const) {
    const visitor = await Visitor.arrive(language, width, 740);
    const link = await linkFor(stage.server, "Nouvelle venue");
    await visitor.page.goto(`${stage.server.origin}/join#${tokenOf(link)}`);
    await visitor.get("join-button").waitFor();
    await visitor.picture(`join-${width}`);
    for (const line of await axe(visitor.page)) found.push(`join ${language}: ${line}`);
    assert.equal(await visitor.overflow(), 0);
    await visitor.close();
  }
  assert.deepEqual(found, []);
});

test("nobody without a link: the page says so, in words", { skip }, async () => {
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.page.goto(`${stage.server.origin}/`);
  await visitor.page.locator('main[data-page="join"]').waitFor();
  await visitor.picture("join-without-link-360");
  assert.deepEqual(await axe(visitor.page), []);
  await visitor.close();
});
