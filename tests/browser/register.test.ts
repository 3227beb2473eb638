// The register in the browser: searched, told what became of a decision with an undo, its date of review moved and cleared,
// taken along as a table; read by those who may not write.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { axe, type Visitor, without, closeAfterTests } from "../harness/browser.ts";
import { enter, newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
const facilitator = (
  skip ? undefined : await enter(stage, "Rosalie", ["facilitator"], "fr")
) as Visitor;
const member = (skip ? undefined : await enter(stage, "Anatole", [], "nl", 360, 740)) as Visitor;
after(() => Promise.all([facilitator?.close(), member?.close()]));
const rows = (visitor: Visitor) => visitor.get("decision-row");

test("words and filters find decisions; nothing found leads back to all", { skip }, async () => {
  await facilitator.open(`${stage.server.origin}/d`, "decisions");
  await rows(facilitator).first().waitFor();
  await facilitator.get("register-search").fill("FOUR cour");
  await facilitator.page.locator(`[data-number="${stage.decision}"]`).waitFor();
  await facilitator.get("register-search").fill("xyzzyx");
  await facilitator.page.locator(".empty button").click();
  await rows(facilitator).first().waitFor();
  await facilitator.get("register-review").check();
  await facilitator.page.locator(".empty button").waitFor();
  assert.deepEqual(await axe(facilitator.page), []);
});

test("the register is downloaded as a table", { skip }, async () => {
  await facilitator.open(`${stage.server.origin}/d`, "decisions");
  const waiting = facilitator.page.waitForEvent("download");
  await facilitator.get("register-csv").click();
  const download = await waiting;
  assert.match(download.suggestedFilename(), /\.csv$/);
  const text = readFileSync(await download.path(), "utf8");
  assert.match(text, new RegExp(`^${stage.decision};\\d{4}-\\d\\d-\\d\\d;`, "m"));
});

test("what became of it is written, seen by others at once, and taken back", { skip }, async () => {
  const path = `${stage.server.origin}/d/${stage.decision}`;
  await member.open(path, "decision");
  await facilitator.open(path, "decision");
  assert.equal(await member.get("report-open").count(), 0);
  await facilitator.get("report-open").click();
  // The header that stays on top covers what is scrolled below it.
  await facilitator.page.evaluate(() => scrollTo(0, 0));
  assert.deepEqual(await axe(facilitator.page), []);
  await facilitator.get("report-text").fill("Trois fournées par semaine.");
  const undo = await facilitator.undoOf(() => facilitator.get("report-save").click());
  await member.get("report").filter({ hasText: "Trois fournées" }).waitFor();
  await undo.click();
  await member.get("report").waitFor({ state: "detached" });
});

test("the date of review is moved and cleared", { skip }, async () => {
  await facilitator.open(`${stage.server.origin}/d/${stage.decision}`, "decision");
  await facilitator.get("review-open").click();
  await facilitator.get("review-date").fill("2031-05-06");
  await facilitator.get("review-note").fill("Après deux hivers");
  await facilitator.get("review-save").click();
  await member.page.getByText("Après deux hivers").waitFor();
  await facilitator.page.locator(".facts time", { hasText: "2031" }).waitFor();
  await facilitator.get("review-open").click();
  await facilitator.get("review-clear").click();
  await facilitator.page.getByText("Pas de réexamen prévu").waitFor();
  assert.deepEqual([...facilitator.complaints, ...member.complaints], []);
});

test("when its date comes, facilitation finds it on the home page and the register marks it", {
  skip,
}, async () => {
  await facilitator.open(`${stage.server.origin}/`, "home");
  await member.open(`${stage.server.origin}/d?review`, "decisions");
  await member.page.locator(".empty button").waitFor();
  const soon = Date.now() + 2_000;
  await stage.facilitator.act("decision.review", { id: stage.decision, review_ms: soon });
  await facilitator.get("home-review").filter({ hasText: stage.decision }).waitFor();
  await member.get("to-review").waitFor();
});
