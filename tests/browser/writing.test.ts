// Writing: marks and keys, preview, drafts on this device and on the person's others, and that nobody
// else's act touches what is being written.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { newId, newPerson, newProposal, post, request } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { readAnswer } from "../harness/wire.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder());
after(() => endServer(server));
if (!skip) await server.start();

/** A member at a proposal of somebody else. */
async function atProposal(name: string, language = "fr") {
  const author = await newPerson(server, `Autrice de ${name}`);
  const proposal = await newProposal(author, `Un banc pour ${name}`);
  const visitor = await Visitor.arrive(language, 390, 844);
  await visitor.join(server.origin, await linkFor(server, name), language);
  await visitor.open(`${server.origin}/p/${proposal.number}`, "proposal");
  return { author, proposal, visitor, field: visitor.get("comment-text") };
}

/** The same person in another browser. */
async function otherDevice(visitor: Visitor, language = "fr"): Promise<Visitor> {
  const other = await Visitor.arrive(language, 1280, 800);
  await other.context.addCookies(await visitor.context.cookies());
  return other;
}

const saved = (visitor: Visitor) =>
  visitor.page.locator('[data-test="editor-where"][data-where="saved"]').first().waitFor();

test("marks by button and by key, lists that go on, undo by the browser", { skip }, async () => {
  const { visitor, field } = await atProposal("Ida");
  await field.click();
  await visitor.get("editor-bold").waitFor();
  await field.fill("un banc rouge");
  await field.evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(8, 13));
  await visitor.get("editor-bold").click();
  assert.equal(await field.inputValue(), "un banc **rouge**");
  await visitor.page.keyboard.press("Control+b");
  assert.equal(await field.inputValue(), "un banc rouge");
  await visitor.page.keyboard.press("Control+z");
  assert.equal(await field.inputValue(), "un banc **rouge**");
  await field.fill("pommes");
  await visitor.get("editor-list").click();
  await visitor.page.keyboard.press("End");
  await visitor.page.keyboard.press("Enter");
  await visitor.page.keyboard.type("poires");
  assert.equal(await field.inputValue(), "- pommes\n- poires");
  await visitor.page.keyboard.press("Enter");
  await visitor.page.keyboard.press("Enter");
  assert.equal(await field.inputValue(), "- pommes\n- poires\n");
  // The marks are one stop of Tab; the arrows walk.
  const mark = () => visitor.page.evaluate(() => document.activeElement?.getAttribute("data-mark"));
  await field.press("Tab");
  await becomes(mark, "list");
  await visitor.page.keyboard.press("ArrowRight");
  await becomes(mark, "quote");
  assert.equal(await visitor.overflow(), 0);
  assert.deepEqual(await axe(visitor.page), []);
  assert.deepEqual(visitor.complaints, []);
  await visitor.close();
});

test("a preview of what is written, and how much room is left", { skip }, async () => {
  const { visitor, field } = await atProposal("Odile");
  await field.fill("**Oui** et\n\n- un\n- deux");
  await visitor.get("editor-preview-toggle").click();
  const preview = visitor.get("editor-preview");
  await preview.locator("strong").waitFor();
  assert.equal(await preview.locator("li").count(), 2);
  await visitor.get("editor-preview-toggle").click();
  assert.equal(await field.inputValue(), "**Oui** et\n\n- un\n- deux");
  assert.equal(await visitor.get("editor-room").count(), 0);
  await field.fill("é".repeat(3990));
  await becomes(() => visitor.get("editor-room").innerText(), /20/);
  await field.fill("é".repeat(4001));
  await becomes(() => visitor.get("editor-room").innerText(), /2\D*$/);
  await visitor.close();
});

test("a draft goes on, on another device, and leaves both when it is sent", { skip }, async () => {
  const { visitor, field, proposal } = await atProposal("Nour");
  const other = await otherDevice(visitor);
  await field.fill("Commencé au téléphone");
  await saved(visitor);
  await other.open(`${server.origin}/p/${proposal.number}`, "proposal");
  const there = other.get("comment-text");
  await other.page.waitForFunction(
    () =>
      document.querySelector<HTMLTextAreaElement>('[data-test="comment-text"]')?.value ===
      "Commencé au téléphone",
  );
  await there.focus();
  await there.press("End");
  await other.page.keyboard.type(", fini au bureau");
  await saved(other);
  // Somebody typing here is never overwritten by somebody typing there: it is offered.
  await visitor.get("editor-take-other").waitFor();
  assert.equal(await field.inputValue(), "Commencé au téléphone");
  // It stands in the field before anything more can be typed, which would bring the old words back.
  const taken = await visitor.page.evaluate(async () => {
    document.querySelector<HTMLElement>('[data-test="editor-take-other"]')?.click();
    await new Promise((next) => setTimeout(next));
    return document.querySelector<HTMLTextAreaElement>('[data-test="comment-text"]')?.value;
  });
  assert.equal(taken, "Commencé au téléphone, fini au bureau");
  await saved(visitor);
  await other.get("comment-send").click();
  await other.get("comment").filter({ hasText: "fini au bureau" }).waitFor();
  await becomes(() => there.inputValue(), "");
  await visitor.page.reload();
  await visitor.get("comment").filter({ hasText: "fini au bureau" }).waitFor();
  await visitor.page.waitForFunction(
    () =>
      document.querySelector<HTMLTextAreaElement>('[data-test="comment-text"]')?.value === "" &&
      Object.keys(localStorage).every((name) => !name.startsWith("palabre-draft/")),
  );
  await other.close();
  await visitor.close();
});

test("T-S6 a session that ends while somebody writes: joined again, they find what they wrote", {
  skip,
}, async () => {
  const { visitor, field, proposal } = await atProposal("Inès");
  await visitor.page.addInitScript(() => {
    const Plain = window.WebSocket;
    window.WebSocket = class extends Plain {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener("close", ({ code }) =>
          localStorage.setItem("test-closed", `${code}`),
        );
      }
    };
  });
  const page = `${server.origin}/p/${proposal.number}`;
  await visitor.open(page, "proposal");
  await field.fill("Écrit avant la fin");
  await saved(visitor);
  await field.press("End");
  await visitor.page.keyboard.type(", et juste avant");
  const [cookie] = await visitor.context.cookies();
  assert.ok(cookie);
  const session = `${cookie.name}=${cookie.value}`;
  const { member } = readAnswer(await post(server, session, request("session.get")));
  readAnswer(await post(server, session, request("session.leave")));
  await visitor.page.locator('main[data-page="join"]').waitFor();
  const code = await visitor.page.evaluate(() => localStorage.getItem("test-closed"));
  assert.equal(code, "4401");
  const { link } = await server.operator("member.link", { id: member, command: newId() });
  await visitor.join(server.origin, link, "fr");
  await visitor.open(page, "proposal");
  await visitor.page.waitForFunction(
    () =>
      document.querySelector<HTMLTextAreaElement>('[data-test="comment-text"]')?.value ===
      "Écrit avant la fin, et juste avant",
  );
  await visitor.get("comment-send").click();
  await visitor.get("comment").filter({ hasText: "et juste avant" }).waitFor();
  await visitor.close();
});

test("what others do leaves text, selection and focus where they are", { skip }, async () => {
  const { visitor, field, proposal, author } = await atProposal("Zoé");
  await field.fill("Je disais donc que");
  await field.evaluate((box: HTMLTextAreaElement) => {
    box.focus();
    box.setSelectionRange(3, 9);
    (window as unknown as { field: Element }).field = box;
  });
  const on = { kind: "proposal", id: proposal.id };
  await author.create("comment.post", { language: "fr", on, text: "Pendant ce temps" });
  const third = await newPerson(server, "Tiers");
  await third.act("proposal.support", { id: proposal.id, on: true });
  await visitor.get("new-comments").waitFor();
  const now = await field.evaluate((box: HTMLTextAreaElement) => ({
    same: (window as unknown as { field: Element }).field === box,
    focused: document.activeElement === box,
    selection: [box.selectionStart, box.selectionEnd],
    text: box.value,
  }));
  assert.deepEqual(now, {
    same: true,
    focused: true,
    selection: [3, 9],
    text: "Je disais donc que",
  });
  await visitor.close();
});

test("an act is taken back by button or by key, never while one is typing", { skip }, async () => {
  const { visitor, field, proposal, author } = await atProposal("Yann");
  const supports = async () =>
    (await author.call("proposal.list", {})).items.find(
      (card: { id: string }) => card.id === proposal.id,
    ).supports;
  const support = visitor.get("support-button");
  const toast = visitor.get("toast");
  await visitor.undoOf(() => support.click());
  assert.ok(await toast.evaluate((one: Element) => one.closest("[aria-live]") !== null));
  await visitor.settled();
  assert.equal(await supports(), 1);
  await field.fill("Un mot");
  await field.press("Control+z");
  assert.equal(await field.inputValue(), "");
  assert.equal(await toast.count(), 1);
  await visitor.page.locator("main").focus();
  await visitor.page.keyboard.press("Control+z");
  await visitor.page.locator('[data-test="support-count"][data-count="0"]').waitFor();
  await visitor.settled();
  assert.equal(await supports(), 0);
  await becomes(() => toast.count(), 0);
  await visitor.close();
});
