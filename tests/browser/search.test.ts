// Searching from every page: by "/" or the icon, as one types, with the keyboard alone; and what resembles a proposal
// that is being written, from the server, without taking the focus.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, type Visitor, without, closeAfterTests } from "../harness/browser.ts";
import { newPerson, newProposal } from "../harness/people.ts";
import { enter, newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
const author = skip ? undefined : await newPerson(stage.server, "Wilhelmine Quatrebarbes");
if (author) {
  await newProposal(author, "Un zéphyr dans la serre à tomates");
  await newProposal(author, "Réparer le toit de la serre");
}
const visitor = (skip ? undefined : await enter(stage, "Yasmina", [], "fr")) as Visitor;
after(() => visitor?.close());
const focused = () =>
  visitor.page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    return at.dataset.test ?? at.tagName;
  });

test("the key / opens the search; results come as one types, with what was found marked", {
  skip,
}, async () => {
  await visitor.open(`${stage.server.origin}/p`, "proposals");
  await visitor.page.keyboard.press("/");
  await visitor.page.locator('main[data-page="search"]').waitFor();
  await visitor.page.waitForFunction(() => document.activeElement?.matches("input[type=search]"));
  await visitor.page.keyboard.type("SERRES zeph");
  const result = visitor.get("result").first();
  await result.waitFor();
  // The words may have been found one by one, as they were typed.
  await becomes(() => result.locator("mark").allTextContents(), ["zéphyr", "serre"]);
  await visitor.page.waitForURL(/\/search\?q=SERRES%20zeph$/);
  await becomes(() => visitor.get("search-count").innerText(), /1 résultat/);
  assert.deepEqual(await axe(visitor.page), []);
});

test("arrows walk through the results, Escape leads back, Enter opens the best", {
  skip,
}, async () => {
  await visitor.open(`${stage.server.origin}/search?q=serre`, "search");
  await visitor.get("result").nth(1).waitFor();
  await visitor.page.waitForFunction(() => document.activeElement?.matches("input[type=search]"));
  await visitor.page.keyboard.press("ArrowDown");
  await becomes(focused, "result");
  await visitor.page.keyboard.press("ArrowDown");
  await visitor.page.keyboard.press("ArrowUp");
  await visitor.page.keyboard.press("ArrowUp");
  await becomes(focused, "search-text");
  await visitor.page.keyboard.press("ArrowDown");
  await visitor.page.keyboard.press("Escape");
  await becomes(focused, "search-text");
  await visitor.page.keyboard.press("Enter");
  await visitor.page.locator('main[data-page="proposal"]').waitFor();
});

test("names are found, and nothing is found with one action to go on", { skip }, async () => {
  await visitor.open(`${stage.server.origin}/search`, "search");
  await visitor.get("search-text").fill("quatrebarbe");
  await visitor.page.locator('[data-kind="member"]').waitFor();
  await visitor.get("search-text").fill("xyzzyx");
  await visitor.page.locator(".empty a").waitFor();
  await becomes(() => visitor.page.locator(".empty").innerText(), /xyzzyx/);
  await visitor.get("search-text").press("Escape");
  assert.equal(await visitor.get("search-text").inputValue(), "");
});

test("while a proposal is written, those that resemble it are shown and the focus stays", {
  skip,
}, async () => {
  await visitor.open(`${stage.server.origin}/p/new`, "proposal-new");
  await visitor.get("proposal-title").focus();
  await visitor.page.keyboard.type("Toit de la sere à réparer");
  const near = visitor.get("alike");
  await near.first().waitFor();
  await becomes(() => near.first().innerText(), /Réparer le toit de la serre/);
  assert.equal(await focused(), "proposal-title");
  assert.deepEqual(visitor.complaints, []);
});
