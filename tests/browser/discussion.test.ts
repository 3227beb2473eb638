// People talk, on a phone and with a keyboard: an open form belongs to its writer whatever others do, names
// after "@", what is new, links to a comment, earlier wordings, reports, undo.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Locator } from "playwright-core";
import { axe, becomes, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { eventually, newHall, newPerson, newProposal, type Person } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder());
after(() => endServer(server));
if (!skip) await server.start();

type Talk = { author: Person; other: Person; facilitator: Person; number: number; id: string };
async function newTalk(title: string): Promise<Talk> {
  const hall = await hallOnce;
  const author = await newPerson(server, "Paul Auteur");
  const other = await newPerson(server, "Élodie De Vos");
  const { id, number } = await newProposal(author, title);
  return { author, other, facilitator: hall.facilitator, id, number };
}
const hallOnce = skip ? Promise.reject(new Error("skipped")) : newHall(server, 1);
hallOnce.catch(() => {});

const say = (who: Person, talk: Talk, text: string, more = {}) =>
  who.create("comment.post", {
    language: "fr",
    on: { kind: "proposal", id: talk.id },
    text,
    ...more,
  });
async function visit(name: string, talk: Talk, more = "", roles: string[] = []): Promise<Visitor> {
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.join(server.origin, await linkFor(server, name, roles), "fr");
  await visitor.open(`${server.origin}/p/${talk.number}${more}`, "proposal");
  return visitor;
}
const row = (visitor: Visitor, text: string) =>
  visitor.get("comment").filter({ hasText: text }).first();

/** What axe finds, but for targets of the rest of the page that the fixed bars happen to cover. */
const faults = async (visitor: Visitor) =>
  (await axe(visitor.page)).filter(
    (line) => !/^target-size: (summary|button\[data-test="support)/.test(line),
  );

test("an open answer keeps its text, caret and focus whatever others do", { skip }, async () => {
  const talk = await newTalk("Un four à pain");
  const first = await say(talk.author, talk, "Qui vient samedi ?");
  const rosa = await visit("Rosa", talk);
  // The field has the focus before the next key, which would be lost.
  const focused = await row(rosa, "Qui vient")
    .locator('[data-test="comment-reply"]')
    .evaluate(async (reply: HTMLElement) => {
      reply.click();
      await new Promise((next) => setTimeout(next));
      return (document.activeElement as HTMLElement).dataset.test;
    });
  assert.equal(focused, "reply-text");
  const field = rosa.get("reply-text");
  await field.pressSequentially("Moi, avec ma pelle");
  for (let n = 0; n < 5; n++) await rosa.page.keyboard.press("ArrowLeft");
  const state = () =>
    field.evaluate((box: HTMLTextAreaElement) => ({
      text: box.value,
      caret: box.selectionStart,
      focused: document.activeElement === box,
    }));
  const before = await state();
  assert.equal(before.text, "Moi, avec ma pelle");
  assert.equal(before.focused, true);
  // Another answers, reacts, edits, is reported; facilitation removes what is being answered.
  await say(talk.other, talk, "Moi aussi", { parent: first.id });
  await talk.other.act("comment.react", { id: first.id, reaction: "agree", on: true });
  await talk.author.act("comment.edit", { id: first.id, text: "Qui vient samedi matin ?" });
  await rosa.page.getByText("samedi matin").first().waitFor();
  assert.deepEqual(await state(), before);
  await talk.facilitator.act("comment.remove", { id: first.id, reason: "Pour l'essai" });
  await rosa.get("comment-removed").waitFor();
  assert.deepEqual(await state(), before);
  await rosa.page.keyboard.type(" neuve");
  assert.match((await state()).text, /neuve/);
  assert.deepEqual(rosa.complaints, []);
  await rosa.close();
});

test("an answer outlives a comment that its writer takes back", { skip }, async () => {
  const talk = await newTalk("Une cave");
  const first = await say(talk.author, talk, "Je me suis trompé");
  const rosa = await visit("Rita", talk);
  await row(rosa, "trompé").locator('[data-test="comment-reply"]').click();
  await rosa.get("reply-text").fill("Ce n'est pas grave");
  await talk.author.act("comment.withdraw", { id: first.id });
  await rosa.page.getByText("repris par la personne").waitFor();
  assert.equal(await rosa.get("reply-text").inputValue(), "Ce n'est pas grave");
  await rosa.close();
});

test("names after @: keys choose, the text says who, a link shows the name of now", {
  skip,
}, async () => {
  const talk = await newTalk("Des vélos");
  const rosa = await visit("Rosine", talk);
  const field = rosa.get("comment-text");
  await field.pressSequentially("Merci @elodie");
  await rosa.get("mention-option").first().waitFor();
  assert.equal(await field.getAttribute("aria-haspopup"), "listbox");
  assert.deepEqual(await faults(rosa), []);
  await rosa.page.keyboard.press("Escape");
  await rosa.get("mention-option").first().waitFor({ state: "detached" });
  await rosa.page.keyboard.press("Backspace");
  await rosa.get("mention-option").filter({ hasText: "Élodie De Vos" }).first().waitFor();
  await rosa.page.keyboard.press("ArrowDown");
  await rosa.page.keyboard.press("ArrowUp");
  await rosa.page.keyboard.press("Enter");
  assert.match(await field.inputValue(), /^Merci @Élodie De Vos $/);
  await rosa.page.keyboard.type("et @personne.");
  await rosa.get("comment-send").click();
  const link = row(rosa, "Merci").locator("a.mention");
  await link.waitFor();
  assert.equal(await link.count(), 1);
  assert.match(await link.innerText(), /@Élodie De Vos/);
  const socket = await talk.author.socket();
  const page = await socket.watch(`proposal/${talk.id}`);
  const doc = await eventually("the comment", async () => page.all("comment")[0]);
  assert.match(doc.text, /^Merci @\[Élodie De Vos\]\(member:[0-9a-f-]{36}\) et @personne\.$/);
  socket.close();
  await rosa.close();
});

test("what is new since the last visit is marked and reached by a key, on any device", {
  skip,
}, async () => {
  const talk = await newTalk("Un bal");
  await say(talk.author, talk, "Première");
  const rosa = await visit("Rosalie", talk);
  await row(rosa, "Première").waitFor();
  assert.equal(await rosa.get("new-line").count(), 0, "nothing is new on a first visit");
  await rosa.page.locator(".discussion").scrollIntoViewIfNeeded();
  // Once it has been in view, the server knows how far one has read.
  await rosa.page.locator(".discussion[data-read]").waitFor();
  await rosa.open(`${server.origin}/p`, "proposals");
  await say(talk.other, talk, "Deuxième");
  await say(talk.other, talk, "Troisième");
  await rosa.open(`${server.origin}/p/${talk.number}`, "proposal");
  await rosa.get("new-line").waitFor();
  await becomes(() => rosa.get("next-new").innerText(), /2 nouveaux/);
  await rosa.page.locator("h1").click();
  await rosa.page.keyboard.press("n");
  const focused = () => rosa.page.evaluate(() => document.activeElement?.textContent ?? "");
  await eventually("the first new one", async () => /Deuxième/.test(await focused()));
  await rosa.page.keyboard.press("n");
  await eventually("the second", async () => /Troisième/.test(await focused()));
  await rosa.close();
});

test("those who arrive wait behind a button and move nothing", { skip }, async () => {
  const talk = await newTalk("Un jardin");
  for (let n = 1; n <= 6; n++) await say(talk.author, talk, `Ligne ${n}`);
  const rosa = await visit("Rosette", talk);
  const last = row(rosa, "Ligne 6");
  await last.scrollIntoViewIfNeeded();
  const top = () => last.evaluate((one) => Math.round(one.getBoundingClientRect().top));
  const before = await top();
  await say(talk.other, talk, "Une arrivée");
  await rosa.get("new-comments").waitFor();
  assert.equal(await top(), before);
  await talk.other.act("comment.react", {
    id: (await last.getAttribute("data-id")) ?? "",
    reaction: "thanks",
    on: true,
  });
  await last.locator('[data-test="react-thanks"] .count').filter({ hasText: "1" }).waitFor();
  assert.equal(await top(), before);
  await rosa.get("new-comments").click();
  await row(rosa, "Une arrivée").waitFor();
  await rosa.close();
});

test("a link leads to its comment through a long, folded thread, and copies", {
  skip,
}, async () => {
  const talk = await newTalk("Un long fil");
  for (let n = 1; n <= 20; n++) await say(talk.author, talk, `Racine ${n}`);
  const root = await say(talk.author, talk, "Avec réponses");
  for (let n = 1; n <= 9; n++) await say(talk.author, talk, `Réponse ${n}`, { parent: root.id });
  const target = await say(talk.author, talk, "La cible", { parent: root.id });
  for (let n = 1; n <= 3; n++) await say(talk.author, talk, `Suite ${n}`, { parent: root.id });
  const rosa = await visit("Rosario", talk, `#c-${target.number}`);
  const linked = rosa.page.locator(".comment.linked");
  await linked.waitFor();
  assert.match(await linked.innerText(), /La cible/);
  assert.match(await rosa.get("linked").innerText(), /lien/, "not by colour alone");
  await eventually("in view, with the focus", () =>
    linked.evaluate((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return document.activeElement === one && top >= 0 && bottom <= innerHeight;
    }),
  );
  assert.equal(await rosa.overflow(), 0);
  // The same page, another comment.
  await rosa.page.evaluate((number) => {
    location.hash = `#c-${number}`;
  }, root.number);
  await rosa.page.locator(".comment.linked").filter({ hasText: "Avec réponses" }).waitFor();
  await rosa.page.evaluate(() => {
    location.hash = "#c-99999";
  });
  await rosa.get("link-missing").waitFor();
  await rosa.close();
});

test("undo: a comment goes as if not sent, its words are there again; removing and reacting too", {
  skip,
}, async () => {
  const talk = await newTalk("Une fête");
  const rosa = await visit("Rosana", talk);
  /** Does it, sees what it did, and takes it back by the notice that says it in these words. */
  const undone = async (act: Locator, seen: Locator, text: string) => {
    await rosa.undoOf(() => act.click());
    await seen.waitFor();
    const notice = rosa.get("toast").filter({ hasText: text });
    await notice.locator('[data-test="undo"]').last().click();
    await rosa.settled();
  };
  await rosa.get("comment-text").fill("Trop vite");
  await undone(rosa.get("comment-send"), row(rosa, "Trop vite"), "envoyé");
  await rosa.get("comment").first().waitFor({ state: "detached" });
  await becomes(() => rosa.get("comment-text").inputValue(), "Trop vite");
  await rosa.get("comment-text").fill("Cette fois oui");
  await rosa.get("comment-send").click();
  const mine = row(rosa, "Cette fois oui");
  await mine.locator('[data-test="comment-more"]').click();
  const remove = mine.locator('[data-test="comment-remove"]');
  await undone(remove, rosa.get("comment-removed"), "retiré");
  await mine.waitFor();
  const praise = mine.locator('[data-test="react-celebrate"]');
  const praised = mine.locator('[data-test="react-celebrate"][aria-pressed="true"]');
  await undone(praise, praised, "Bravo");
  await mine.locator('[data-test="react-celebrate"][aria-pressed="false"]').waitFor();
  await rosa.close();
});

test("earlier wordings are shown in words; who reacted is said on demand", { skip }, async () => {
  const talk = await newTalk("Un puits");
  const first = await say(talk.author, talk, "Il faut quatre pelles");
  await talk.other.act("comment.react", { id: first.id, reaction: "agree", on: true });
  await talk.author.act("comment.edit", { id: first.id, text: "Il faut deux pelles" });
  const rosa = await visit("Rosamund", talk);
  const one = row(rosa, "deux pelles");
  await one
    .locator('[data-test="comment-edited"]')
    .filter({ hasText: "après des réactions" })
    .click();
  await one.locator('[data-test="wordings"] ins').filter({ hasText: "deux" }).waitFor();
  assert.match(await one.locator('[data-test="wordings"] del').first().innerText(), /\bquatre\b/);
  await one.locator('[data-test="comment-more"]').click();
  await one.locator('[data-test="who-reacted"]').click();
  await one.locator('[data-test="reactors"]').filter({ hasText: "Élodie De Vos" }).waitFor();
  await rosa.page.evaluate(() => scrollTo(0, 0));
  assert.deepEqual(await faults(rosa), []);
  await rosa.close();
});

test("a report reaches facilitation alone; a removal tells its author, who reads the words", {
  skip,
}, async () => {
  const talk = await newTalk("Une cuisine");
  const paul = await visit("Paula", talk);
  await paul.get("comment-text").fill("Achetez mes casseroles");
  await paul.get("comment-send").click();
  await row(paul, "casseroles").waitFor();
  const rosa = await visit("Rosita", talk);
  const ad = row(rosa, "casseroles");
  await ad.locator('[data-test="comment-more"]').click();
  await ad.locator('[data-test="report"]').click();
  await ad.locator('[data-test="report-reason"]').fill("Une publicité");
  await ad.locator('[data-test="report-confirm"]').click();
  await rosa.get("toast").filter({ hasText: "animation" }).waitFor();
  await rosa.open(`${server.origin}/moderation`, "moderation");
  assert.equal(await rosa.get("report-card").count(), 0, "members do not see the queue");
  const flo = await visit("Florence", talk, "", ["facilitator"]);
  await flo.open(`${server.origin}/moderation`, "moderation");
  const card = flo.get("report-card").filter({ hasText: "casseroles" });
  await card.filter({ hasText: "Une publicité" }).filter({ hasText: "Rosita" }).waitFor();
  assert.deepEqual(await faults(flo), []);
  assert.equal(await flo.overflow(), 0);
  await card.locator('[data-test="report-word"]').fill("Pas de publicité ici");
  await card.locator('[data-test="report-remove"]').click();
  await card.waitFor({ state: "detached" });
  await paul.get("comment-removed").filter({ hasText: "Pas de publicité ici" }).waitFor();
  await paul.get("removed-read").click();
  await paul.get("removed-words").filter({ hasText: "casseroles" }).waitFor();
  await paul.get("removed-again").click();
  const again = paul.get("removed-words").locator("textarea");
  await becomes(() => again.inputValue(), "Achetez mes casseroles");
  await rosa.open(`${server.origin}/p/${talk.number}`, "proposal");
  await rosa.get("comment-removed").waitFor();
  assert.equal(await rosa.get("removed-read").count(), 0);
  assert.equal(await rosa.page.getByText("casseroles").count(), 0);
  for (const one of [paul, rosa, flo]) assert.deepEqual(one.complaints, []);
  for (const one of [paul, rosa, flo]) await one.close();
});

test("facilitation records for somebody; to-dos, votes and decisions have their discussion", {
  skip,
}, async () => {
  const talk = await newTalk("Une lessive");
  const flo = await visit("Flora", talk, "", ["facilitator"]);
  await flo.get("comment-for").click();
  await flo.get("comment-for-name").fill("paul");
  await flo.get("comment-for-name-choose").filter({ hasText: "Paul Auteur" }).first().waitFor();
  await flo.page.keyboard.press("Enter");
  await flo.get("comment-text").fill("Je ferai la lessive");
  await flo.get("comment-send").click();
  await row(flo, "lessive").locator('[data-test="recorded-by"]').waitFor();
  const text = await row(flo, "lessive").locator('[data-test="recorded-by"]').innerText();
  assert.match(text, /Flora .*Paul Auteur/);
  const task = await talk.author.create("task.create", {
    language: "fr",
    title: "Acheter du savon",
    result: "Deux litres",
    from: { kind: "proposal", id: talk.id },
    assignees: [],
  });
  await flo.open(`${server.origin}/t/${task.number}`, "task");
  await flo.get("comment-text").fill("Du savon noir ?");
  await flo.get("comment-send").click();
  await row(flo, "savon noir").waitFor();
  await flo.close();
});
