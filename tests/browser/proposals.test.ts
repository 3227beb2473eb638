// Proposals with two people and a facilitator: a need alone, an idea for it, co-authors, versions compared,
// a translation, a merge that a supporter follows, a support recorded for somebody; each sees the others live.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, Visitor, without } from "../harness/browser.ts";
import { newHall, newProposal, type Person } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";

closeAfterTests();
const skip = without ?? false;

async function enterAs(server: Server, person: Person, language: string, width: number) {
  const visitor = await Visitor.arrive(language, width, width < 500 ? 740 : 900);
  const { link } = await server.operator("member.link", {
    id: person.id,
    command: crypto.randomUUID(),
  });
  await visitor.join(server.origin, link, language);
  return visitor;
}

test("from a need to a text by several hands", { skip }, async (t) => {
  const server = new Server(await initFolder());
  after(() => endServer(server));
  await server.start();
  const { admin, facilitator, members } = await newHall(server, 6);
  const [mia, noe, lou, ben] = members as [Person, Person, Person, Person];
  const label = { fr: "Accueil", nl: "Onthaal", en: "Welcome" };
  await admin.act("org.update", { settings: { themes: [{ key: "welcome", label }] } });
  const wide = await enterAs(server, mia, "fr", 1280);
  const narrow = await enterAs(server, noe, "nl", 360);
  const both = [wide, narrow];
  let number = "";

  await t.test("a need without a solution, and what it asks for", async () => {
    await wide.open(`${server.origin}/p/new`, "proposal-new");
    await wide.get("proposal-title").fill("Garder les enfants");
    await wide.get("proposal-need").fill("Le soir des assemblées, les parents ne viennent pas.");
    await wide.get("asks-open").click();
    await wide.get("asks-money").fill("120,50");
    await wide.get("asks-people").fill("3");
    await wide.page.locator(".chip-check input").first().check();
    await wide.get("submit-proposal").click();
    await wide.page.locator('main[data-page="proposal"]').waitFor();
    await wide.get("need-alone").waitFor();
    await becomes(() => wide.get("asks").innerText(), /120,50.€[\s\S]*3 personnes/);
    number = wide.page.url().split("/").pop() ?? "";
  });

  await t.test("somebody has an idea, offers to write it, and is accepted", async () => {
    await narrow.open(`${server.origin}/p/${number}`, "proposal");
    await narrow.get("need-idea").click();
    assert.equal(await narrow.get("need-answer").getAttribute("href"), `/p/new?answers=${number}`);
    await narrow.get("need-join").click();
    await wide.get("author-accept").click();
    await narrow.get("revise").waitFor(); // live: an author now
  });

  await t.test("a supporter sees what changed since, by words", async () => {
    await lou.act("proposal.support", { id: number, on: true });
    await narrow.get("revise").click();
    await narrow
      .get("revise-text")
      .fill("Deux personnes gardent les enfants dans la salle du fond.");
    await narrow.get("revise-save").click();
    await wide.page.locator(".prose").getByText("Deux personnes").waitFor();
    await narrow.get("revise").click();
    await narrow
      .get("revise-text")
      .fill("Trois personnes gardent les enfants dans la salle du fond.");
    await narrow.get("revise-save").click();
    for (const one of both) {
      await one.get("versions").click();
      await one.get("diff").waitFor();
      const shown = one.page.locator(one === wide ? ".diff-two" : ".diff-one");
      await shown.locator("ins").filter({ hasText: "Trois" }).waitFor();
      await shown.locator("del").filter({ hasText: "Deux" }).waitFor();
    }
    // Said in words too, for those who do not see underlining and strokes.
    assert.match((await wide.page.locator(".diff ins").first().textContent()) ?? "", /ajouté/);
    const supporter = await enterAs(server, lou, "en", 1280);
    await supporter.open(`${server.origin}/p/${number}`, "proposal");
    await supporter.get("changed-since").waitFor();
    await supporter.get("support-still").click();
    await supporter.get("changed-since").waitFor({ state: "detached" });
    await supporter.close();
  });

  await t.test("a translation, out of date when the original changes", async () => {
    await narrow.get("translate-nl").click();
    await narrow.get("translate-title").fill("Op de kinderen passen");
    await narrow.get("translate-need").fill("Ouders komen 's avonds niet.");
    await narrow.get("translate-text").fill("Drie mensen passen op.");
    await narrow.get("translate-send").click();
    await narrow.page.locator("h1").getByText("Op de kinderen passen").waitFor();
    await mia.act("proposal.revise", { id: number, base: 3, title: "Garder les enfants le soir" });
    await narrow.page.getByRole("button", { name: /vertaling bijwerken/ }).waitFor();
    await narrow.get("translate-nl").click();
    await narrow.page.locator(".translate ins").filter({ hasText: "soir" }).first().waitFor();
    await becomes(() => narrow.get("translate-title").inputValue(), "Op de kinderen passen");
    // What another does meanwhile does not touch what is being typed.
    await narrow.get("translate-title").fill("'s Avonds op de kinderen passen");
    await mia.act("proposal.revise", { id: number, base: 4, themes: [] });
    await wide.get("theme-chip").waitFor({ state: "detached" });
    assert.equal(
      await narrow.get("translate-title").inputValue(),
      "'s Avonds op de kinderen passen",
    );
  });

  await t.test("two become one: the author agrees, the supporter follows", async () => {
    const other = await newProposal(mia, "Une garderie", "Les enfants", "Une garderie.");
    await ben.act("proposal.support", { id: other.id, on: true });
    await facilitator.act("proposal.merge", { id: other.id, into: number, on: true });
    await wide.open(server.origin, "home");
    await wide.get("home-asked").locator("a").click();
    await wide.get("merge-yes").click();
    await wide.get("merged-into").waitFor();
    const supporter = await enterAs(server, ben, "fr", 360);
    await supporter.get("home-asked").locator("a").click();
    await supporter.get("follow-yes").click();
    await supporter.get("follow-yes").waitFor({ state: "detached" });
    await wide.open(`${server.origin}/p/${number}`, "proposal");
    await wide.get("came-along").waitFor();
    await supporter.close();
  });

  await t.test("recorded for somebody without a device", async () => {
    const led = await enterAs(server, facilitator, "fr", 360);
    await led.open(`${server.origin}/p/${number}`, "proposal");
    const name = (members[5] as Person).name;
    await led.get("support-record").click();
    await led.get("support-for").fill(name);
    await led.get("support-for-choose").first().click();
    await wide.page.locator(".supporters li").filter({ hasText: "noté par" }).waitFor();
    assert.deepEqual(await axe(led.page), []);
    assert.equal(await led.overflow(), 0);
    await led.close();
  });

  await t.test("lists by what is asked, and the page of a theme", async () => {
    await mia.act("proposal.revise", { id: number, base: 5, themes: ["welcome"] });
    await wide.open(`${server.origin}/p`, "proposals");
    await wide.get("filter-asks").selectOption("people");
    await wide.page.waitForFunction(
      () => document.querySelectorAll('[data-test="proposal-card"]').length === 1,
    );
    await narrow.open(`${server.origin}/theme/welcome`, "theme");
    await narrow.get("theme-people").waitFor();
    await becomes(() => narrow.get("proposal-card").count(), 1);
    assert.deepEqual(await axe(narrow.page), []);
  });

  await t.test("none of them met an error", () => {
    for (const one of both)
      assert.deepEqual(
        one.complaints.filter((line) => !/status of 401/.test(line)),
        [],
      );
  });
  for (const one of both) await one.close();
});
