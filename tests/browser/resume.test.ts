// A hall's Wi-Fi: the line is cut and comes back. What was written is kept, sent once, and nobody loses anything.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { becomes, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { newPerson, newProposal } from "../harness/people.ts";
import { endServer, freePort, initFolder, Server } from "../harness/program.ts";
import { Relay } from "../harness/relay.ts";

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

test("a cut: the banner says so, a comment is kept, sent after the return, once", {
  skip,
}, async () => {
  const author = await newPerson(server, "Autrice");
  const proposal = await newProposal(author, "Une fontaine");
  const one = await Visitor.arrive("fr", 390, 844);
  await one.join(server.origin, await linkFor(server, "Rosa"), "fr");
  await one.open(`${server.origin}/p/${proposal.number}`, "proposal");
  relay.cut();
  await one.page.locator('html:not([data-connection="up"])').waitFor();
  await one.get("comment-text").fill("Écrit sans réseau");
  await one.get("comment-send").click();
  await one.page.locator('html:not([data-pending="0"])').waitFor();
  // The banner says something.
  const banner = one.page.locator('[role="status"]');
  await becomes(async () => (await banner.allInnerTexts()).join(""), /\S/);
  await one.picture("offline-390");
  const on = { kind: "proposal", id: proposal.id };
  await author.create("comment.post", { language: "fr", on, text: "Pendant ce temps" });
  relay.restore();
  await one.connected();
  await one.page.locator('html[data-pending="0"]').waitFor();
  const row = (text: string) => one.get("comment").filter({ hasText: text });
  await one.get("new-comments").or(row("Pendant ce temps")).first().waitFor();
  if (await one.get("new-comments").count()) await one.get("new-comments").click();
  await row("Pendant ce temps").waitFor();
  await row("Écrit sans réseau").waitFor();
  const socket = await author.socket();
  const page = await socket.watch(`proposal/${proposal.id}`);
  const texts = page.all("comment").map((doc) => doc.text);
  assert.deepEqual(texts.toSorted(), ["Pendant ce temps", "Écrit sans réseau"]);
  socket.close();
  await one.close();
});

/** How many acts this device keeps for the next page to send. */
function keptForLater(): Promise<number> {
  return new Promise((done) => {
    const opening = indexedDB.open("keyval-store");
    opening.onsuccess = () => {
      const store = opening.result.transaction("keyval").objectStore("keyval");
      const asking = store.getAllKeys();
      asking.onsuccess = () =>
        done(asking.result.filter((key) => String(key).startsWith("outbox/")).length);
    };
  });
}

test("written offline, the page closed and opened again: still sent, once", { skip }, async () => {
  const author = await newPerson(server, "Auteur");
  const proposal = await newProposal(author, "Une horloge");
  const one = await Visitor.arrive("nl", 390, 844);
  await one.join(server.origin, await linkFor(server, "Bram"), "nl");
  await one.open(`${server.origin}/p/${proposal.number}`, "proposal");
  relay.cut();
  await one.page.locator('html:not([data-connection="up"])').waitFor();
  await one.get("comment-text").fill("Nog te versturen");
  await one.get("comment-send").click();
  await one.page.locator('html:not([data-pending="0"])').waitFor();
  await becomes(() => one.page.evaluate(keptForLater), 1);
  await one.page.close();
  relay.restore();
  const again = await one.context.newPage();
  await again.goto(`${server.origin}/p/${proposal.number}`);
  await again.locator('[data-test="comment"]').filter({ hasText: "Nog te versturen" }).waitFor();
  await again.locator('html[data-pending="0"]').waitFor();
  const socket = await author.socket();
  const page = await socket.watch(`proposal/${proposal.id}`);
  assert.equal(page.all("comment").length, 1);
  socket.close();
  await one.close();
});

test("the server restarts: every page comes back by itself", { skip }, async () => {
  const one = await Visitor.arrive("en", 390, 844);
  await one.join(server.origin, await linkFor(server, "Ann"), "en");
  await server.stop();
  await one.page.locator('html:not([data-connection="up"])').waitFor();
  await server.start();
  await one.connected();
  await one.close();
});
