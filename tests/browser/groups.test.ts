// Groups, settings and the practice vote in the browser: a group is started at 360 px by keyboard alone, joined from another
// screen, a setting is changed and taken back, and a practice vote says that the device works.
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
import { newHall } from "../harness/people.ts";
import { dayThere, endServer, initFolder, Server } from "../harness/program.ts";

closeAfterTests();
const limit = { skip: without };

async function served() {
  const server = new Server(await initFolder());
  after(() => endServer(server));
  await server.start();
  return { server, ...(await newHall(server, 2)) };
}

/** Tab until the element with this hook has the focus. */
async function tabTo(visitor: Visitor, hook: string): Promise<void> {
  for (let n = 0; n < 80; n++) {
    await visitor.page.keyboard.press("Tab");
    const here = await visitor.page.evaluate(
      () => (document.activeElement as HTMLElement | null)?.dataset.test ?? "",
    );
    if (here === hook) return;
  }
  assert.fail(`${hook} was not reached by Tab`);
}

test("a group is started by keyboard at 360 px, and joined live", limit, async () => {
  const { server } = await served();
  const small = await Visitor.arrive("fr", 360, 740);
  await small.join(server.origin, await linkFor(server, "Sophie"), "fr");
  const wide = await Visitor.arrive("nl", 1280, 800);
  await wide.join(server.origin, await linkFor(server, "Bram"), "nl");
  await wide.open(`${server.origin}/g`, "groups");
  await small.open(`${server.origin}/g`, "groups");
  await tabTo(small, "group-new");
  await small.page.keyboard.press("Enter");
  await small.page.locator('main[data-page="group-new"]').waitFor();
  await tabTo(small, "group-name");
  await small.page.keyboard.type("Jardin partagé");
  await tabTo(small, "group-purpose");
  await small.page.keyboard.type("Cultiver ensemble.");
  await tabTo(small, "group-save");
  await small.page.keyboard.press("Enter");
  await small.page.locator('main[data-page="group"]').waitFor();
  assert.equal(await small.get("group-title").textContent(), "Jardin partagé");
  assert.deepEqual(await axe(small.page), []);
  assert.deepEqual(await rawKeys(small.page, "fr"), []);
  const overflow = await small.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `${overflow} px beside the screen`);
  // The other screen has it without doing anything, joins, and takes it back.
  await wide.get("group-row").getByRole("link", { name: "Jardin partagé" }).click();
  const undo = await wide.undoOf(() => wide.get("group-join").click());
  await small.get("group-member").nth(1).waitFor();
  await undo.click();
  await wide.get("group-join").waitFor();
  await small.get("group-member").nth(1).waitFor({ state: "detached" });
  assert.deepEqual(await axe(wide.page), []);
});

test("a setting is changed, says so, and goes back to its default", limit, async () => {
  const { server } = await served();
  const admin = await Visitor.arrive("en", 360, 740);
  await admin.join(server.origin, await linkFor(server, "Ada", ["admin", "facilitator"]), "en");
  await admin.open(`${server.origin}/settings`, "settings");
  assert.deepEqual(await axe(admin.page), []);
  assert.deepEqual(await rawKeys(admin.page, "en"), []);
  await admin.get("setting-vote_days").fill("14");
  await admin.get("setting-vote_days").press("Enter");
  await admin.get("default-vote_days").waitFor();
  await admin.get("setting-history").first().getByText("14 days").waitFor();
  await admin.get("setting-vote_revote").uncheck();
  await admin.get("default-vote_revote").waitFor();
  const before = Date.now();
  await admin.open(`${server.origin}/v/new`, "poll-new");
  const closes = (await admin.get("poll-closes").inputValue()).slice(0, 10);
  // Of the day on which the page was opened: one of these two.
  const days = [before, Date.now()].map((ms) => Date.parse(closes) - Date.parse(dayThere(ms)));
  assert.ok(days.includes(14 * 864e5), `closes on ${closes}`);
  await admin.open(`${server.origin}/settings`, "settings");
  await admin.get("default-vote_days").click();
  await admin.get("default-vote_days").waitFor({ state: "detached" });
  await becomes(() => admin.get("setting-vote_days").inputValue(), "7");
  // A number out of bounds is not taken.
  await admin.get("setting-vote_days").fill("0");
  await admin.get("setting-vote_days").press("Enter");
  await admin.page.locator('[data-test="setting-vote_days"][aria-invalid="true"]').waitFor();
});

test("a practice vote says that it decides nothing and that the device works", limit, async () => {
  const { server } = await served();
  const one = await Visitor.arrive("nl", 360, 740);
  await one.join(server.origin, await linkFor(server, "Bram", ["facilitator"]), "nl");
  await one.get("home-practice").click();
  await one.get("practice-start").click();
  await one.get("practice-notice").waitFor();
  assert.equal(await one.get("practice-works").count(), 0);
  await one.get("choice-yes").check();
  await one.get("sign-ballot").click();
  await one.get("practice-works").waitFor();
  assert.deepEqual(await axe(one.page), []);
  await one.get("practice-reset").click();
  await one.get("practice-reset-confirm").click();
  await one.page.locator('main[data-page="practice"]').waitFor();
  await one.open(`${server.origin}/`, "home");
  assert.equal(await one.get("home-practice").count(), 0);
});
