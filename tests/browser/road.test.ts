// The main road with three browsers: a facilitator in French, members in Dutch and English, each seeing
// the others' acts live. The vote is about a proposal of a real imported discussion (Decide Madrid); where
// that is not on this machine, about one of the demonstration organisation.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { closeAfterTests, Visitor, without } from "../harness/browser.ts";
import { newPerson } from "../harness/people.ts";
import { endServer, initFolder, must, Server, scratch, shared } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";

closeAfterTests();
const madrid = join(shared, "discussions/decide-madrid");
const imported = existsSync(madrid);
const skip = without ?? false;

async function makeServer(): Promise<Server> {
  let folder: string;
  if (imported) {
    folder = await initFolder();
    await must("import", folder, "--format", "decide-madrid", madrid);
  } else {
    folder = join(scratch(), "demo");
    await must("demo", folder);
  }
  const server = new Server(folder);
  after(() => endServer(server));
  await server.start();
  const others = "Ada Bilal Chiara Dirk Emma Farid Greet Hugo Inès".split(" ");
  if (imported) for (const name of others) await newPerson(server, name);
  return server;
}

test("three people walk from an idea to a finished to-do", { skip }, async (t) => {
  if (!imported) t.diagnostic(`${madrid} is not here: the walk is on a demo proposal`);
  const server = await makeServer();
  const { origin } = server;
  const fadila = await Visitor.arrive("fr");
  const els = await Visitor.arrive("nl", 360, 740);
  const wim = await Visitor.arrive("en", 390, 844);
  const all = [fadila, els, wim];
  try {
    await t.test("they join by links, one made on the page", async () => {
      const invite = (role: string, name: string) =>
        must("invite", server.folder, "--role", role, "--name", name);
      await fadila.join(origin, (await invite("facilitator", "Fadila")).trim(), "fr");
      await wim.join(origin, (await invite("member", "Wim")).trim(), "en");
      await fadila.open(`${origin}/m`, "members");
      await fadila.get("invite-name").fill("Els");
      await fadila.get("invite-create").click();
      const link = await fadila.get("invite-link").inputValue();
      assert.ok(link.startsWith(`${origin}/join#`), link);
      for (const word of ["invite-text", "invite-qr"]) await fadila.get(word).first().waitFor();
      await els.join(origin, link, "nl");
    });

    await t.test("a member suggests an idea: the others see its card arrive", async () => {
      await wim.open(`${origin}/p`, "proposals");
      await els.open(`${origin}/p/new`, "proposal-new");
      await els.get("proposal-title").fill("Een bakoven op de binnenplaats");
      await els.get("proposal-need").fill("Het brood van de buurt komt van ver.");
      await els.get("proposal-text").fill("Een **oven** op hout, door iedereen gestookt.");
      await els.get("submit-proposal").click();
      await els.page.locator('main[data-page="proposal"]').waitFor();
      const card = wim.get("proposal-card").filter({ hasText: "Een bakoven" }).first();
      await card.waitFor();
      assert.equal(await card.getAttribute("data-state"), "idea");
    });

    let number = "";
    await t.test("they discuss a proposal, live", async () => {
      // A facilitator speaks for imported proposals; those of the demo have authors, who were ready before.
      const state = imported ? "discussed" : "ready";
      const { items } = await server.operator("proposal.list", { state, limit: 200 });
      const supports = (one: Data) => one.source?.supports ?? 0;
      number = String(
        (items as Data[]).reduce((a, b) => (supports(b) > supports(a) ? b : a)).number,
      );
      for (const one of all) await one.open(`${origin}/p/${number}`, "proposal");
      await els.get("comment-text").fill("Dit is wat de buurt nodig heeft.");
      await els.get("comment-send").click();
      for (const one of [fadila, wim]) {
        const row = one.get("comment").filter({ hasText: "Dit is wat de buurt nodig heeft." });
        await one.get("new-comments").or(row).first().waitFor();
        if (!(await row.count())) await one.get("new-comments").click();
        await row.first().waitFor();
      }
      const before = Number(await fadila.get("support-count").getAttribute("data-count"));
      await wim.get("support-button").click();
      const count = fadila.page.locator(`[data-test="support-count"][data-count="${before + 1}"]`);
      await count.waitFor();
      if (imported) await fadila.get("mark-ready").click();
      for (const one of all)
        await one.page.locator('[data-test="proposal-state"][data-state="ready"]').waitFor();
    });

    let poll = "";
    await t.test("the facilitator defines a vote in three languages and opens it", async () => {
      await fadila.get("define-vote").click();
      await fadila.page.locator('main[data-page="poll-new"]').waitFor();
      await fadila.get("question-fr").fill("Adoptons-nous cette proposition ?");
      await fadila.get("question-nl").fill("Nemen we dit voorstel aan?");
      await fadila.get("question-en").fill("Do we adopt this proposal?");
      await fadila.get("save-vote").click();
      await fadila.page.locator('main[data-page="poll"]').waitFor();
      await fadila.get("open-vote").click();
      await fadila.get("open-vote-confirm").click();
      await fadila.page.locator('[data-test="vote-card"][data-state="open"]').waitFor();
      poll = new URL(fadila.page.url()).pathname;
      for (const one of [els, wim]) {
        await one
          .get("proposal-poll")
          .locator("a")
          .or(one.page.locator(`a[href^="/v/"]`))
          .first()
          .click();
        await one.page.locator('[data-test="vote-card"][data-state="open"]').waitFor();
      }
      assert.match(await els.page.locator("main").innerText(), /Nemen we dit voorstel aan\?/);
      assert.match(await wim.page.locator("main").innerText(), /Do we adopt this proposal\?/);
    });

    /** Signs a choice and waits for the receipt that the client has checked. */
    const vote = async (one: Visitor, choice: string) => {
      await one.get(`choice-${choice}`).check();
      await one.get("sign-ballot").click();
      await one.page.locator('[data-test="receipt"][data-checked="yes"]').waitFor();
    };
    const turnout = (one: Visitor, voted: number) =>
      one.page.locator(`[data-test="turnout"][data-voted="${voted}"]`).waitFor();

    await t.test("members sign ballots, get receipts, and everybody sees the turnout", async () => {
      await vote(els, "yes");
      await turnout(fadila, 1);
      await turnout(wim, 1);
      await vote(wim, "no");
      await turnout(els, 2);
      await wim.get("change-vote").click();
      await vote(wim, "yes");
      await vote(fadila, "yes");
      for (const one of all) await turnout(one, 3);
      await fadila.settled();
      await fadila.page.evaluate(() => scrollTo(0, 0));
      await fadila.picture("road-voted");
    });

    let decision = "";
    await t.test("the close shows everybody the result in their language", async () => {
      await fadila.get("close-vote").click();
      await fadila.get("close-vote-confirm").click();
      const said = [];
      for (const one of all) {
        await one.get("result-sentence").first().waitFor();
        said.push(await one.get("result-sentence").first().innerText());
      }
      assert.match(said[0] ?? "", /pour|oui/i);
      assert.match(said[1] ?? "", /\bja\b|voor/i);
      assert.match(said[2] ?? "", /yes|for/i);
      const link = fadila.get("decision-number").first();
      await link.waitFor();
      decision = (await link.getAttribute("href")) ?? "";
      assert.match(decision, /^\/d\/\d{4}-\d{3}$/);
      assert.match(poll, /^\/v\/\d+$/);
    });

    await t.test("the decision gets a to-do; a member takes it and finishes it", async () => {
      for (const one of all) await one.open(`${origin}${decision}`, "decision");
      await fadila.get("task-title").fill("Demander trois devis");
      await fadila.get("task-result").fill("Trois devis comparés");
      await fadila.get("task-create").click();
      const row = (one: Visitor) => one.get("task").filter({ hasText: "Demander trois devis" });
      for (const one of all) await row(one).first().waitFor();
      const step = async (hook: string, state: string) => {
        await row(els).locator(`[data-test="${hook}"]`).click();
        for (const one of all)
          await one.page.locator(`[data-test="task"][data-state="${state}"]`).first().waitFor();
      };
      await step("task-take", "taken");
      await step("task-done", "done");
    });

    await t.test("none of them met an error or a violation of the policy", () => {
      for (const one of all)
        assert.deepEqual(
          one.complaints.filter((line) => !/status of 401/.test(line)),
          [],
        );
    });
  } finally {
    for (const [index, one] of all.entries())
      await one.picture(`road-end-${index}`).catch(() => {});
    for (const one of all) await one.close();
  }
});
