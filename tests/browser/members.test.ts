// Members in a browser: entering, the directory, a fresh link for somebody who cannot get in, lists.
// At 360 pixels, much of it by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, closeAfterTests, launch, linkFor, Visitor, without } from "../harness/browser.ts";
import { newHall, type Person } from "../harness/people.ts";
import { serveNew } from "../harness/program.ts";

if (without) test("members in Chromium", { skip: without }, () => {});
else {
  closeAfterTests();
  const server = await serveNew();
  const { admin, members } = await newHall(server, 3);
  const [first, second] = members as [Person, Person, Person];
  await admin.act("org.update", {
    expectations: { fr: "Aider une fois par saison.", nl: "Eén keer per seizoen helpen." },
  });

  const arrive = async (name: string, roles: string[], language = "fr", width = 360) => {
    const visitor = await Visitor.arrive(language, width, 800);
    await visitor.join(server.origin, await linkFor(server, name, roles), language);
    return visitor;
  };

  test("before joining: what is expected and whom to ask, in one's language; a sentence about oneself", async () => {
    await launch();
    const visitor = await Visitor.arrive("nl", 360, 800);
    const id = crypto.randomUUID();
    const { link } = await server.operator("member.invite", {
      ...{ id, command: crypto.randomUUID(), name: "Noor", class: "members", sponsor: first.id },
    });
    await visitor.page.goto(link);
    const shown = visitor.get("join-expectations");
    await shown.getByText("Eén keer per seizoen helpen.").waitFor();
    await shown.getByText(first.name).waitFor();
    assert.deepEqual(await axe(visitor.page), []);
    await visitor.get("join-sentence").fill("Ik herstel fietsen.");
    await visitor.get("join-button").click();
    await visitor.page.locator('main[data-page="home"]').waitFor();
    const { doc } = await admin.call("member.get", { id });
    assert.equal(doc.introduction.text, "Ik herstel fietsen.");
    assert.equal(doc.sponsor.id, first.id);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
  });

  test("I cannot get in any more: a fresh link in few taps", async () => {
    const visitor = await arrive("Flore", ["facilitator"]);
    let taps = 0;
    const tap = async (hook: string) => {
      taps++;
      await visitor.get(hook).first().click();
    };
    await tap("nav-more");
    await tap("more-members");
    await tap("members-search");
    await visitor.page.keyboard.type(second.name);
    const row = visitor.page.locator(`[data-test="member-row"][data-id="${second.id}"]`);
    await row.waitFor();
    await visitor.page.locator('[data-test="member-row"]').nth(1).waitFor({ state: "detached" });
    taps++;
    await row.locator('[data-test="new-link"]').click();
    await visitor.get("handover-qr").waitFor();
    assert.ok(taps <= 4, `${taps} taps`);
    const box = await visitor.get("handover-qr").boundingBox();
    assert.ok(box && box.width >= 200, "large enough for a camera");
    assert.deepEqual(await axe(visitor.page), []);
    const link = await visitor.get("handover-link").inputValue();
    await visitor.page.keyboard.press("Escape");
    await visitor.get("handover-qr").waitFor({ state: "detached" });
    const back = await Visitor.arrive("fr", 360, 800);
    await back.join(server.origin, link, "fr");
    await back.open(`${server.origin}/me/devices`, "devices");
    const used = back.get("issued-link").filter({ hasText: "Flore" });
    await used.filter({ hasText: /(?<!pas encore )utilisé/ }).waitFor();
    await back.close();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
  });

  test("a list: looked at, invited by keyboard, and nobody twice", async () => {
    const visitor = await arrive("Ada", ["admin"]);
    const { page } = visitor;
    await visitor.open(`${server.origin}/m/invite`, "invite-list");
    const look = async (text: string) => {
      await visitor.get("list-paste").fill(text);
      await visitor.get("list-look").focus();
      await page.keyboard.press("Enter");
      await visitor.get("list-counts").waitFor();
    };
    await look("nom;e-mail;parts\n=1+1;x@example.org;2\nLou;pas une adresse;-1\n");
    await visitor.page.getByText("un tableur y verrait une formule").waitFor();
    await visitor.page.getByText("ligne 3, caractère 5").first().waitFor();
    assert.equal(await visitor.get("list-invite").count(), 0);
    assert.equal(await visitor.overflow(), 0);
    assert.deepEqual(await axe(page), []);
    const people = Array.from({ length: 60 }, (_, n) => `Personne ${n};p${n}@example.org;${n}`);
    const list = `nom;e-mail;parts\n${people.join("\n")}\n`;
    await visitor.open(`${server.origin}/m/invite`, "invite-list");
    await look(list);
    await visitor.get("list-invite").focus();
    await page.keyboard.press("Enter");
    await visitor.get("list-print").waitFor();
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      visitor.get("list-download").click(),
    ]);
    const rows = (await saved.createReadStream().then(read)).trim().split("\r\n");
    assert.equal(rows.length, 61);
    const link = /"(http[^"]*)"$/.exec(rows[1] ?? "")?.[1] ?? "";
    const looked = await Visitor.arrive("fr", 360, 800);
    await looked.page.goto(link);
    await looked.page.getByText("Personne 0").waitFor();
    await looked.close();
    await visitor.open(`${server.origin}/m/invite`, "invite-list");
    await look(list);
    await page.getByText("Tout le monde est déjà connu.").waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
  });

  async function read(stream: AsyncIterable<Buffer>): Promise<string> {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part);
    return Buffer.concat(parts).toString("utf8");
  }
}
