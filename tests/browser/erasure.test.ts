// Erasing a member in a browser: two steps, what goes and what stays, texts by others; a page open elsewhere
// loses the words by itself.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import {
  axe,
  becomes,
  closeAfterTests,
  linkFor,
  pictures,
  Visitor,
  without,
} from "../harness/browser.ts";
import { newHall, newPerson, newProposal, type Person } from "../harness/people.ts";
import { serveNew } from "../harness/program.ts";

if (without) test("erasing in Chromium", { skip: without }, () => {});
else {
  closeAfterTests();
  const server = await serveNew();
  const { members } = await newHall(server, 1);
  const [other] = members as [Person];
  const gone = await newPerson(server, "Gontran Parti");
  const { number } = await newProposal(gone, "Un jardin de Gontran", "Gontran veut", "Planter.");
  await newProposal(other, "Merci Gontran Parti");

  test("two steps, then gone from the page, from other screens, and listed where others name them", async () => {
    const reader = await Visitor.arrive("nl", 360, 800);
    await reader.join(server.origin, await linkFor(server, "Lien", []), "nl");
    await reader.page.goto(`${server.origin}/p/${number}`);
    await reader.page.getByText("Gontran veut").first().waitFor();
    await reader.get("translate-nl").waitFor();
    const visitor = await Visitor.arrive("fr", 360, 800);
    await visitor.join(server.origin, await linkFor(server, "Sam", ["secretary"]), "fr");
    const { doc } = await other.call("member.get", { id: gone.id });
    await visitor.page.goto(`${server.origin}/m/${doc.number}`);
    await visitor.get("member-erase").click();
    await visitor.get("erase-texts").check();
    await visitor.get("erase-counts").getByText("1 texte d’une autre personne").waitFor();
    assert.deepEqual(await axe(visitor.page), []);
    await visitor.get("erase-next").click();
    await becomes(() => visitor.get("erase-next").isDisabled(), true);
    await visitor.get("erase-typed").fill("effacer");
    await visitor.page.screenshot({ path: join(pictures, "erase.png"), fullPage: true });
    await visitor.get("erase-next").click();
    await visitor.get("erase-state").waitFor();
    await visitor.get("erase-named").getByText("Proposition 2").waitFor();
    await visitor.get("erase-mark").click();
    await visitor.page.getByText("Réglé par").waitFor();
    assert.deepEqual(await axe(visitor.page), []);
    await visitor.page.screenshot({ path: join(pictures, "erased.png"), fullPage: true });
    await reader.page.getByText("gewist lid").first().waitFor();
    await becomes(() => reader.page.getByText("Gontran").count(), 0);
    await becomes(() => reader.get("translate-nl").count(), 0, "no words to translate");
    await reader.page.screenshot({ path: join(pictures, "erased-proposal.png"), fullPage: true });
    await visitor.page.goto(`${server.origin}/m/${doc.number}`);
    await visitor.get("member-erase").getByText("Textes d’autres personnes").waitFor();
    assert.deepEqual([...visitor.complaints, ...reader.complaints], []);
    await visitor.close();
    await reader.close();
  });
}
