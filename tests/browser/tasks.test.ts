// To-dos as people meet them: made from a decision with all that is expected, asked for, ticked, handed over, thanked;
// the views and their address; the board by mouse and by keys; everything live between two browsers.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, type Visitor, without } from "../harness/browser.ts";
import { type Person, newPerson } from "../harness/people.ts";
import { enter, newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
const fadila = (skip ? undefined : await enter(stage, "Fadila", ["facilitator"], "fr")) as Visitor;
const els = (skip ? undefined : await enter(stage, "Els", [], "nl", 360, 740)) as Visitor;
after(() => Promise.all([fadila?.close(), els?.close()]));
const origin = skip ? "" : stage.server.origin;

/** Opens a to-do by its title from the list of all. */
async function openTask(one: Visitor, title: string): Promise<void> {
  await one.open(`${origin}/t?show=all`, "tasks");
  await one.page.getByRole("link", { name: title }).first().click();
  await one.page.locator('main[data-page="task"]').waitFor();
  await one.settled();
}
const state = (one: Visitor, wanted: string) =>
  one.page.locator(`[data-test="task-page"][data-state="${wanted}"]`).waitFor();
/** Shorter than a path of hooks. */
const press = (one: Visitor, hook: string) => one.get(hook).first().click();

test("from a decision: result, quality, effort, steps, somebody who is asked", {
  skip,
}, async () => {
  await fadila.open(`${origin}/d/${stage.decision}`, "decision");
  await fadila.get("task-title").fill("Peindre la porte");
  await fadila.get("task-result").fill("Deux couches, en vert");
  await press(fadila, "task-more");
  await fadila.get("task-quality").fill("Aucune coulure");
  await fadila.get("task-effort").selectOption("8");
  await press(fadila, "task-line-add");
  await fadila.get("task-line").last().fill("Poncer");
  // The new line has the focus before the next key, which would go on writing in the old one.
  const focused = await fadila.page.evaluate(async () => {
    const [line] = document.querySelectorAll('[data-test="task-line"]');
    const enter = { key: "Enter", bubbles: true, cancelable: true };
    line?.dispatchEvent(new KeyboardEvent("keydown", enter));
    await new Promise((next) => setTimeout(next));
    const at = document.activeElement as HTMLInputElement;
    return [at.dataset.test, at.value];
  });
  assert.deepEqual(focused, ["task-line", ""]);
  await fadila.page.keyboard.type("Peindre");
  await becomes(() => fadila.get("task-line").count(), 2);
  await fadila.get("ask-find").fill("Els");
  await fadila.get("ask-find-choose").first().click();
  await press(fadila, "task-create");
  await fadila.page.getByRole("link", { name: "Peindre la porte" }).waitFor();
  await openTask(fadila, "Peindre la porte");
  await becomes(() => fadila.get("task-well-done").innerText(), /coulure/);
  await becomes(() => fadila.get("check-line").count(), 2);
  await state(fadila, "asked");
  await fadila.picture("task-1280", true);
});

test("one tap says yes on a phone; the other page follows; steps are ticked live, with undo", {
  skip,
}, async () => {
  await els.open(`${origin}/t`, "tasks");
  await els.picture("tasks-360", true);
  await press(els, "task-yes");
  await state(fadila, "taken");
  await openTask(els, "Peindre la porte");
  const undo = await els.undoOf(() => els.get("check-line").first().locator("input").check());
  const ticked = '[data-test="check-line"][data-done="true"]';
  await fadila.page.locator(ticked).waitFor();
  await undo.click();
  await fadila.page.locator(ticked).waitFor({ state: "detached" });
  await els.get("check-line").first().locator("input").check();
  await fadila.page.locator(ticked).waitFor();
  await els.picture("task-360", true);
  assert.equal(await els.overflow(), 0);
  assert.deepEqual(await axe(els.page), []);
});

test("said better by its maker; earlier wordings stay readable", { skip }, async () => {
  await press(fadila, "task-edit-open");
  await fadila.get("edit-title").fill("Peindre la grande porte");
  await fadila.get("task-line").last().fill("Peindre deux fois");
  await fadila.picture("task-edit-1280", true);
  assert.deepEqual(await axe(fadila.page), []);
  await press(fadila, "edit-save");
  await els.page.getByRole("heading", { name: "Peindre la grande porte" }).waitFor();
  await becomes(() => els.page.locator('[data-test="check-line"][data-done="true"]').count(), 1);
  await fadila.page.locator("details.history summary").click();
  await becomes(() => fadila.page.locator(".history blockquote").innerText(), /Peindre la porte/);
});

test("handed over: it stays hers until the other says yes", { skip }, async () => {
  const relay = await newPerson(stage.server, "Rita Relais");
  await press(els, "task-hand-over");
  await els.get("ask-find").fill("Rita");
  await els.get("ask-find-choose").first().click();
  await els.picture("task-hand-over-360", true);
  await press(els, "task-hand-over-confirm");
  await fadila.get("task-asked").waitFor();
  await becomes(() => fadila.get("task-asked").innerText(), /Rita Relais[\s\S]*Els/);
  const { items } = await relay.call("task.list", { mine: true });
  await relay.act("task.answer", { id: items[0].id, yes: true });
  await fadila.get("task-asked").waitFor({ state: "detached" });
  await becomes(() => fadila.get("task-assignee").innerText(), /Rita Relais/);
  await relay.act("task.mark", { id: items[0].id, state: "done" });
  await state(els, "done");
});

test("thanks are a list, with words for those who like", { skip }, async () => {
  await els.get("thank-text").fill("Mooi groen");
  await press(els, "thank-send");
  await fadila.get("thanks").waitFor();
  await becomes(() => fadila.get("thanks").innerText(), /Els[\s\S]*Mooi groen/);
  assert.doesNotMatch(await fadila.page.locator("main").innerText(), /remerci/i);
});

test("recorded for somebody without a device", { skip }, async () => {
  await newPerson(stage.server, "Odette Ancienne");
  const made = await newTask("Ranger les chaises");
  await fadila.open(`${origin}/t/${made}`, "task");
  await press(fadila, "task-take-for");
  await fadila.get("ask-find").fill("Odette");
  await fadila.get("ask-find-choose").first().click();
  await press(fadila, "task-take-for-confirm");
  await state(fadila, "taken");
  await becomes(() => fadila.get("task-assignee").innerText(), /Odette[\s\S]*Fadila/);
});

/** A free to-do made by a facilitator from the decision; its number. */
async function newTask(title: string, more = {}): Promise<number> {
  const from = { kind: "decision", id: stage.decision };
  const { number } = await (stage.facilitator as Person).create("task.create", {
    ...{ language: "fr", title, result: "", from },
    ...more,
  });
  return number;
}

test("filters keep their address; dropped ones need a reason and can be opened again", {
  skip,
}, async () => {
  const number = await newTask("Laver les vitres");
  await fadila.open(`${origin}/t?show=free`, "tasks");
  await press(fadila, "tasks-made");
  await fadila.page.waitForURL(/show=made/);
  await fadila.page.goBack().catch(() => {});
  await fadila.open(`${origin}/t?show=all`, "tasks");
  await becomes(() => fadila.get("tasks-all").getAttribute("aria-pressed"), "true");
  for (const filter of ["mine", "free", "asked", "overdue", "made", "done", "archive"]) {
    await press(fadila, `tasks-${filter}`);
    await fadila.page.locator(`[data-test="tasks-${filter}"][aria-pressed="true"]`).waitFor();
    await fadila.settled();
    await becomes(async () => new URL(fadila.page.url()).searchParams.get("show"), filter);
  }
  await fadila.page.locator(".empty").waitFor();
  await fadila.open(`${origin}/t/${number}`, "task");
  await press(fadila, "task-drop");
  assert.ok(await fadila.get("task-drop-confirm").isDisabled());
  await fadila.get("task-drop-reason").fill("Il pleut");
  await press(fadila, "task-drop-confirm");
  await state(fadila, "dropped");
  await becomes(() => fadila.page.locator("main").innerText(), /Il pleut/);
  await press(fadila, "task-reopen");
  await state(fadila, "free");
});

const lane = (one: Visitor, state: string, title: string) =>
  one.get(`task-column-${state}`).locator("[data-card]").filter({ hasText: title });

test("board: by dragging, by keys, and live for the other", { skip }, async () => {
  await newTask("Porter les bancs");
  await fadila.open(`${origin}/t?view=board`, "tasks");
  await fadila.page.setViewportSize({ width: 1280, height: 900 });
  await lane(fadila, "free", "Porter les bancs").waitFor();
  await fadila.picture("tasks-board-1280", true);
  assert.deepEqual(await axe(fadila.page), []);
  await els.open(`${origin}/t?view=board`, "tasks");
  await lane(fadila, "free", "Porter les bancs").dragTo(fadila.get("task-column-taken"));
  await lane(fadila, "taken", "Porter les bancs").waitFor();
  await els.get("task-tab-taken").click();
  await lane(els, "taken", "Porter les bancs").waitFor();
  const link = fadila.page.getByRole("link", { name: "Porter les bancs" });
  await link.focus();
  await fadila.page.keyboard.press("Shift+ArrowRight");
  await lane(fadila, "done", "Porter les bancs").waitFor();
  await fadila.page.waitForFunction(
    () => document.activeElement?.textContent === "Porter les bancs",
  );
  await fadila.page.keyboard.press("Shift+ArrowLeft");
  await lane(fadila, "taken", "Porter les bancs").waitFor();
  await fadila.page.keyboard.press("ArrowLeft");
  await fadila.page.waitForFunction(
    () => document.activeElement?.closest('[data-test="task-column-asked"]') !== null,
  );
});

test("board on a phone: one column with tabs, by keyboard alone", { skip }, async () => {
  await newTask("Compter les clés");
  await els.open(`${origin}/t?view=board`, "tasks");
  await els.get("task-tab-free").focus();
  await els.page.keyboard.press("Enter");
  const card = lane(els, "free", "Compter les clés");
  await card.waitFor();
  await becomes(() => els.page.locator(".column.open:visible").count(), 1);
  await els.picture("tasks-board-360", true);
  assert.equal(await els.overflow(), 0);
  await card.getByRole("button").first().focus();
  await els.page.keyboard.press("Space");
  await els.get("task-tab-taken").focus();
  await els.page.keyboard.press("Enter");
  await lane(els, "taken", "Compter les clés").waitFor();
});

test("a decision says in words how far it is; the author is asked whether it is realised", {
  skip,
}, async () => {
  await fadila.open(`${origin}/d`, "decisions");
  await becomes(
    () => fadila.get("decision-row").first().innerText(),
    /Tâches\s: \d+ sur \d+ faites/,
  );
  const { items } = await stage.facilitator.call("task.list", {
    from: { kind: "decision", id: stage.decision },
    limit: 200,
  });
  for (const task of items)
    if (task.state !== "done" && task.state !== "dropped")
      await stage.facilitator.act("task.mark", { id: task.id, state: "dropped", reason: "Assez" });
  const proposal = items[0].proposal as string;
  const { doc } = await stage.facilitator.call("proposal.get", { id: proposal });
  await fadila.open(`${origin}/p/${doc.number}`, "proposal");
  await press(fadila, "tasks-realised");
  await fadila.page.locator('[data-state="realised"]').first().waitFor();
});

test("no error, no violation of the policy", { skip }, () => {
  assert.deepEqual([...fadila.complaints, ...els.complaints], []);
});
