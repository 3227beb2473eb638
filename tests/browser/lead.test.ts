// A meeting planned, led and ended from a laptop, by keyboard: its agenda written while somebody else writes it too, a vote
// opened, closed, revealed, a to-do given out, another facilitator taking over.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, type Visitor, without } from "../harness/browser.ts";
import { openInMeeting, planMeeting, startMeeting } from "../harness/meeting.ts";
import { newHall, newId, type Person, readPoll } from "../harness/people.ts";
import { endServer, freePort, initFolder, Server } from "../harness/program.ts";
import { yes } from "../harness/record.ts";
import { Relay } from "../harness/relay.ts";
import { enter } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const port = await freePort();
const server = new Server(skip ? "" : await initFolder(), {
  origins: [`http://127.0.0.1:${port}`],
  // What takes somebody half an hour is done in seconds here, in fewer the faster the machine.
  more: ["--command-rate", "300"],
});
after(() => endServer(server));
if (!skip) await server.start();
const relay = await Relay.start(port, () => server.port);
after(() => relay.stop());
const hall = skip ? undefined : await newHall(server, 3);
const other = hall?.facilitator as Person;
const members = (hall?.members ?? []) as Person[];

const titles = (one: Visitor) =>
  one.get("item-title").evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));

async function type(one: Visitor, hook: string, text: string): Promise<void> {
  await one.get(hook).fill(text);
  await one.page.keyboard.press("Enter");
}

/** A key of the console, pressed where nothing is written. */
async function press(one: Visitor, key: string): Promise<void> {
  await one.page.evaluate(() => (document.activeElement as HTMLElement)?.blur());
  await one.page.keyboard.press(key);
}

const focused = (one: Visitor) =>
  one.page.evaluate(() => (document.activeElement as HTMLElement)?.dataset.test ?? "");

/** The first press goes to the button, or asks; the second acts. */
async function pressTwice(one: Visitor, key: string): Promise<void> {
  await press(one, key);
  await one.page.keyboard.press(key);
}

async function plan(one: Visitor): Promise<void> {
  await one.visit("/meetings/new", "meeting-new");
  await one.get("meeting-plan").click();
  await one.page.locator(".field-error").first().waitFor();
  for (const code of ["fr", "nl", "en"])
    await one.get(`meeting-title-${code}`).fill(`Assemblée ${code}`);
  await one.get("meeting-minutes").fill("60");
  await one.get("meeting-template").selectOption("");
  await type(one, "meeting-place-fr", "La Vieille Halle");
  await one.page.locator('[data-page="meeting-edit"]').waitFor();
}

/** What is kept of a meeting begins others until it is forgotten. */
async function keepAndForget(one: Visitor, number: number): Promise<void> {
  await one.get("template-keep").click();
  await one.get("template-keep-confirm").click();
  await one.get("toast").filter({ hasText: "Le modèle est gardé" }).waitFor();
  await one.visit("/meetings/new", "meeting-new");
  await one.get("meeting-template").selectOption({ label: "Assemblée fr" });
  const chosen = await one.get("meeting-template").inputValue();
  const names = () => one.get("meeting-template").locator("option").allInnerTexts();
  const forget = () => one.get("template-forget").click();
  const undo = await one.undoOf(forget);
  await becomes(async () => (await names()).includes("Assemblée fr"), false);
  await undo.click();
  // As it was, and chosen again.
  await becomes(() => one.get("meeting-template").inputValue(), chosen);
  await forget();
  await becomes(async () => (await names()).includes("Assemblée fr"), false);
  await one.visit(`/meetings/${number}/edit`, "meeting-edit");
}

async function writeAgenda(one: Visitor, id: string): Promise<void> {
  for (const line of ["Accueil 10", "Budget 20", "Clôture 5"]) await type(one, "item-add", line);
  await one.get("item-title").nth(1).focus();
  await one.page.keyboard.press("Alt+ArrowUp");
  await becomes(() => titles(one), ["Budget", "Accueil", "Clôture"]);
  // Whoever moves a point keeps it under their hands.
  await one.page.keyboard.press("Alt+ArrowDown");
  await becomes(() => titles(one), ["Accueil", "Budget", "Clôture"]);
  // By its handle, with a pointer.
  const middle = async (at: number) => {
    const box = await one.get("item-grip").nth(at).boundingBox();
    return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2] as const;
  };
  await one.page.mouse.move(...(await middle(2)));
  await one.page.mouse.down();
  const [x, y] = await middle(0);
  await one.page.mouse.move(x, y - 8, { steps: 4 });
  await one.page.mouse.up();
  await becomes(() => titles(one), ["Clôture", "Accueil", "Budget"]);
  await becomes(() => focused(one), "item-grip");
  for (let times = 0; times < 2; times++) await one.page.keyboard.press("Alt+ArrowDown");
  await becomes(() => titles(one), ["Accueil", "Budget", "Clôture"]);
  // Left without being saved, it waits.
  const path = await one.page.evaluate(() => location.pathname);
  await one.visit(path.replace("/edit", "/desk"), "meeting-desk");
  await one.visit(path, "meeting-edit");
  await becomes(() => titles(one), ["Accueil", "Budget", "Clôture"]);
  await one.get("item-level").nth(2).click();
  await becomes(() => one.get("item-grip").nth(2).innerText(), /2\.1/);
  await becomes(() => one.get("agenda-sum").getAttribute("data-left"), "25");
  const focus = one.page.locator('[data-test="item-remove"]:focus');
  const undo = await one.undoOf(async () => {
    await one.get("item-remove").nth(2).click();
    await focus.waitFor();
  });
  await undo.click();
  await becomes(async () => (await titles(one)).length, 3);
  // Somebody else writes it meanwhile: nothing of this one is touched.
  const { doc } = await other.call("meeting.get", { id });
  const theirs = { id: newId(), title: { fr: "Le leur" }, item_kind: "work", minutes: 5 };
  await other.act("meeting.agenda", { id, base: doc.rev, items: [theirs] });
  await one.get("agenda-newer").waitFor();
  await becomes(() => titles(one), ["Accueil", "Budget", "Clôture"]);
  await becomes(() => one.get("agenda-save").isDisabled(), true);
  await one.get("agenda-show-theirs").click();
  await becomes(() => titles(one), ["Le leur"]);
  await one.get("agenda-take-mine").click();
  await one.get("agenda-save").click();
  await one.settled();
  // What was saved here is nobody else's, though it is told to this page like theirs.
  await becomes(() => one.get("agenda-newer").count(), 0);
  await becomes(() => one.get("agenda-save").isDisabled(), true);
  const after_ = await other.call("meeting.get", { id });
  assert.deepEqual(
    after_.doc.agenda.map((item: { title: { fr: string } }) => item.title.fr),
    ["Accueil", "Budget", "Clôture"],
  );
}

async function vote(one: Visitor, id: string): Promise<void> {
  await one.get("vote-quick-languages").locator("summary").click();
  await one.get("vote-quick-nl").fill("De begroting goedkeuren?");
  await type(one, "vote-quick", "Approuver le budget ?");
  await one.page.locator('[data-test=lead-vote][data-state="draft"]').waitFor();
  // One press of the key opens nothing.
  await one.get("vote-open").waitFor();
  await press(one, "v");
  assert.equal(await focused(one), "vote-open");
  await one.page.keyboard.press("v");
  await one.page.locator('[data-test=lead-vote][data-state="open"]').waitFor();
  // The button is gone with what it did; the focus stays at the vote.
  await becomes(() => focused(one), "lead-vote");
  await one.get("countdown").waitFor();
  await becomes(() => one.get("awaited").getAttribute("data-awaited"), "3");
  const poll = (await one.get("lead-vote").getAttribute("data-id")) ?? "";
  const [first, second] = members as [Person, Person];
  const { doc } = await first.call("poll.get", { id: poll });
  const fr = "Approuver le budget ?";
  assert.deepEqual(doc.question, { fr, nl: "De begroting goedkeuren?", en: fr });
  const info = await readPoll(first, {}, poll);
  for (const voter of [first, second]) await voter.vote(info, yes);
  await becomes(() => one.get("lead-turnout").getAttribute("data-voted"), "2");
  await becomes(() => one.get("awaited").getAttribute("data-awaited"), "1");
  await press(one, "Space");
  await becomes(
    async () => String((await first.call("poll.get", { id: poll })).doc.closes_ms - doc.closes_ms),
    "30000",
  );
  await press(one, "v");
  await one.get("vote-close-confirm").waitFor();
  assert.deepEqual(await axe(one.page), []);
  await press(one, "v");
  await one.page.locator('[data-test=lead-vote][data-state="closed"]').waitFor();
  assert.equal((await other.call("poll.get", { id: poll })).doc.result, undefined);
  await one.get("vote-reveal").waitFor();
  await pressTwice(one, "v");
  await one.get("lead-result").waitFor();
  await becomes(() => one.get("lead-result").innerText(), /2 pour/);
  await one.get("vote-show").click();
  await becomes(
    async () => (await other.call("meeting.get", { id })).doc.shown?.what ?? "",
    "result",
  );
}

/** The line is cut: that is said, nothing looks live, what is pressed waits, once; then all goes on. */
async function loseLine(one: Visitor, next: string): Promise<void> {
  const desk = await one.context.newPage();
  await desk.goto(one.page.url().replace(/lead$/, "desk"));
  await desk.locator('html[data-connection="up"] [data-test="desk-find"]').waitFor();
  relay.cut();
  await one.get("silent").waitFor();
  // At the door, names are found by the server: nobody is left to type in vain.
  await desk.locator('[data-test="desk-find-silent"]').waitFor();
  await desk.close();
  const box = one.get("presence").locator(".big-figure").first();
  await becomes(() => box.evaluate((figure) => getComputedStyle(figure).filter), /gray/);
  const sent = one.page.locator('html[data-pending="1"]');
  for (let times = 0; times < 3; times++) await press(one, "n");
  await sent.waitFor();
  await one.picture("lead-silent-1280");
  assert.deepEqual(await axe(one.page), []);
  relay.restore();
  await one.get("silent").waitFor({ state: "detached" });
  const cut = /net::ERR_|Connection closed before receiving a handshake/;
  one.complaints = one.complaints.filter((line) => !cut.test(line));
  await one.settled();
  await one.get("current-title").getByText(next).waitFor();
}

test("planned, its agenda written by two, led with a vote and a to-do, ended", {
  skip,
}, async () => {
  const one = await enter({ server }, "Fadila", ["facilitator"], "fr", 1280, 900);
  await plan(one);
  const { items } = await other.call("meeting.list", {});
  const { id, number } = items[0];
  await keepAndForget(one, number);
  await writeAgenda(one, id);
  await one.get("to-lead").click();
  await one.get("meeting-start").click();
  await one.page.locator('[data-page="meeting-lead"] [data-state="open"]').first().waitFor();
  for (const member of members) {
    await member.enrol();
    const given = { meeting: id, member: member.id, present: true };
    await other.act("attendance.record", given);
  }
  await becomes(() => one.get("presence").getAttribute("data-present"), "3");
  // Pressed twice at once, it goes on twice, and nobody is told that they were quicker than themselves. Notices go again.
  const told = ["Accueil", "Budget"].map((title) => one.get("toast").getByText(title).waitFor());
  await one.page.evaluate(() => {
    for (let times = 0; times < 2; times++)
      dispatchEvent(new KeyboardEvent("keydown", { key: "n" }));
  });
  await Promise.all(told);
  await one.get("current-title").getByText("Budget").waitFor();
  await vote(one, id);
  await loseLine(one, "Clôture");
  const { agenda } = (await other.call("meeting.get", { id })).doc;
  await other.act("meeting.item", { id, item: agenda[1].id });
  await one.get("current-title").getByText("Budget").waitFor();
  await type(one, "task-line", "@Membre !+2w demander trois devis");
  const name = await one.get("candidate").nth(1).innerText();
  await one.get("candidate").nth(1).click();
  const given = one.get("current").locator('[data-test="given-task"]');
  await given.waitFor();
  await becomes(() => one.get("task-line").inputValue(), "");
  await becomes(() => given.innerText(), new RegExp(`trois devis\\s+${name}`));
  // A date that is none is said at once: it stands in the title, also on the big screen.
  await type(one, "task-line", "!31/2 ranger la remise");
  await one.get("toast").getByText("sans date").waitFor();
  await becomes(() => given.allInnerTexts().then((all) => all.join()), /!31\/2 ranger la remise/);
  // Another one takes over: this one is told, with the new state, and what was being written stays.
  await one.get("vote-quick").fill("Et maintenant");
  const { doc } = await other.call("meeting.get", { id });
  await other.act("meeting.item", { id, item: doc.agenda[2].id });
  await one.get("led-by-now").waitFor();
  await one.get("current-title").getByText("Clôture").waitFor();
  assert.equal(await one.get("vote-quick").inputValue(), "Et maintenant");
  await one.get("meeting-end").click();
  await one.get("meeting-end-confirm").click();
  await one.get("ended").waitFor();
  assert.deepEqual(await axe(one.page), []);
  assert.deepEqual([one.complaints, one.trace.limited], [[], []]);
  // At the desk, who was there stands with the times.
  await one.visit(`/meetings/${number}/desk`, "meeting-desk");
  await one.get("desk-view-all").click();
  await becomes(() => one.get("desk-row").count(), 3);
  await one.close();
});

/** A list from a file, looked at before it counts; who is elsewhere, and how it was made sure who they are. */
async function deskWork(one: Visitor): Promise<void> {
  const rows = (state: string) =>
    one.page.locator(`[data-test=import-row][data-state="${state}"]`).count();
  await one.get("desk-import").locator("summary").click();
  await one
    .get("desk-import-text")
    .fill("name,email,present,remote\nMembre 4,,1,0\nMembre 5,,1,1\nPersonne,,1,0\n");
  await one.get("desk-import-look").click();
  await one.get("desk-import-preview").waitFor();
  await becomes(async () => [await rows("wrong"), await rows("in")], [1, 2]);
  assert.equal(await one.get("desk-row").count(), 0, "nothing counts before it is said so");
  await one.get("desk-import-put").click();
  await becomes(() => one.get("desk-row").count(), 2);
  await becomes(() => one.get("desk-import-text").inputValue(), "");
  // The wrong list: everybody on it is gone from the desk, as if they had never been there.
  const put = async (list: string, here: number) => {
    await one.get("desk-import-text").fill(list);
    await one.get("desk-import-look").click();
    await one.get("desk-import-put").click();
    await becomes(() => one.get("desk-row").count(), here);
    await becomes(() => one.get("desk-import-text").inputValue(), "");
  };
  await put("name,remote\nMembre 5,0\nMembre 7,0\n", 3);
  await one.get("desk-import-take-back").click();
  await becomes(() => one.get("desk-row").count(), 2);
  await one.get("desk-import-last").waitFor({ state: "detached" });
  // Not only while a notice stands: for as long as it is the newest, on a page that was loaded again, too. It brought nobody in.
  await put("name,present\nMembre 4,0\n", 1);
  await one.page.reload();
  await one.get("desk-import").locator("summary").click();
  await one.get("desk-import-take-back").click();
  await becomes(() => one.get("desk-row").count(), 2);
  await one.get("desk-import-last").waitFor({ state: "detached" });
  // Two of one name are told apart before one of them is noted; who alone has theirs needs nothing beside it.
  const found = async (name: string) => {
    await one.get("desk-find").fill(name);
    await one.get("desk-find-choose").filter({ hasText: name }).first().waitFor();
    return one.get("desk-find-choose").allInnerTexts();
  };
  const twins = (await found("Membre 1")).map((text) => /membre n°\s\d+$/.exec(text)?.[0]);
  assert.ok(twins.length === 2 && twins[0] && twins[1] && twins[0] !== twins[1], twins.join());
  assert.doesNotMatch((await found("Membre 6")).join(), /n°/);
  await one.get("desk-find").fill("");
  await one.get("desk-remote").check();
  await one.get("desk-how").selectOption("document");
  await one.get("desk-find").fill("Membre 6");
  await one.get("desk-find-choose").first().waitFor();
  await one.page.keyboard.press("Enter");
  const row = one.get("desk-row").filter({ hasText: "Membre 6" });
  await becomes(() => row.innerText().catch(() => ""), /un document montré/);
  // A leaving that is taken back leaves them where they were.
  const undo = await one.undoOf(() => row.locator("[data-test=desk-check-out]").click());
  await row.waitFor({ state: "detached" });
  await undo.click();
  await becomes(async () => (await row.innerText().catch(() => "")).match(/document/g)?.length, 2);
}

test("at the desk; six who could not vote, and the vote open again; two laptops of one person, and another who is quicker", {
  skip,
}, async () => {
  const { facilitator, members } = await newHall(server, 8);
  const led = await startMeeting(await planMeeting(facilitator, ["Un", "Deux", "Trois"]));
  const one = await enter({ server }, "Farid", ["facilitator"], "fr", 1280, 900);
  await one.visit(`/meetings/${led.number}/desk`, "meeting-desk");
  await deskWork(one);
  await one.visit(`/meetings/${led.number}/lead`, "meeting-lead");
  await type(one, "task-line", "@membre.1 ranger");
  await becomes(() => one.get("candidate").count(), 2);
  for (const text of await one.get("candidate").allInnerTexts()) assert.match(text, /n°\s\d+$/);
  await one.get("task-line").fill("");
  for (const { id } of members)
    await facilitator.act("attendance.record", { meeting: led.id, member: id, present: true });
  const { poll } = await openInMeeting(led);
  await facilitator.act("poll.close", { id: poll });
  for (const member of members.slice(0, 6))
    await member.act("incident.report", { meeting: led.id, poll });
  await one.get("vote-offered").waitFor();
  await becomes(() => one.get("incident-reopen").count(), 1);
  await one.get("incidents").locator(".whom summary").first().click();
  await one.get("incidents").getByText("Membre").first().waitFor();
  await one.get("incident-reopen").click();
  await one.get("incident-reopen-confirm").click();
  await one.page.locator('[data-test=lead-vote][data-state="open"]').waitFor();
  await one.get("vote-offered").waitFor({ state: "detached" });
  await becomes(() => focused(one), "incident");

  // The same person on a second laptop: the first is told, and goes on.
  await press(one, "n");
  await one.get("current-title").getByText("Deux").waitFor();
  const second = await one.context.newPage();
  await second.goto(one.page.url());
  await second.locator('[data-test="next-item"]').click();
  await one.get("led-by-now").getByText("autre appareil").waitFor();
  await one.get("current-title").getByText("Trois").waitFor();
  await second.close();
  // Another one is quicker while this one presses: their state stands, and it is said whose it is.
  await other.act("meeting.item", { id: led.id, item: led.items[1] });
  await one.get("current-title").getByText("Deux").waitFor();
  await one.settled();
  relay.stall();
  await other.act("meeting.item", { id: led.id, item: led.items[0] });
  await one.get("take-up").last().click();
  await one.page.locator('html[data-pending="1"]').waitFor();
  relay.restore();
  await one.get("toast").getByText("plus rapide").waitFor();
  await one.get("current-title").getByText("Un").waitFor();
  // So with a vote: both reveal it, and who was later sees the result and no fault.
  await facilitator.act("poll.close", { id: poll });
  await one.get("vote-reveal").waitFor();
  await one.settled();
  relay.stall();
  await facilitator.act("poll.reveal", { id: poll });
  await one.get("vote-reveal").click();
  await one.page.locator('html[data-pending="1"]').waitFor();
  relay.restore();
  await one.get("toast").getByText("Quelqu’un d’autre a été plus rapide").waitFor();
  await one.get("lead-result").waitFor();
  assert.deepEqual(await axe(one.page), []);
  assert.deepEqual([one.complaints, one.trace.limited], [[], []]);
  await one.close();
});
