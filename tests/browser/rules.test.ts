// Rules of votes on the settings page: an admin reads a ready-made one, copies and adapts it while its sentence follows,
// confirms it with the article of the statutes, and takes each step back. By keyboard too, at 360 pixels, in each language.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  axe,
  becomes,
  closeAfterTests,
  launch,
  linkFor,
  rawKeys,
  Visitor,
  without,
} from "../harness/browser.ts";
import { newHall } from "../harness/people.ts";
import { serveNew } from "../harness/program.ts";

if (without) test("rules of votes in Chromium", { skip: without }, () => {});
else {
  closeAfterTests();
  const server = await serveNew();
  const { admin } = await newHall(server, 2);
  const arrive = async (name: string, roles: string[], language: string) => {
    const visitor = await Visitor.arrive(language, 360, 800);
    await visitor.join(server.origin, await linkFor(server, name, roles), language);
    await visitor.open(`${server.origin}/settings`, "settings");
    return visitor;
  };
  const rules = async () => {
    const socket = await admin.socket();
    const { documents } = await socket.watch("org");
    socket.close();
    return [...documents.values()].filter((one) => one.kind === "rule");
  };

  test("copied, adapted with its sentence, confirmed, taken back", async () => {
    await launch();
    const visitor = await arrive("Adèle", ["admin"], "fr");
    const { page } = visitor;
    await visitor.get("rule-presets").selectOption("asbl-statutes");
    await visitor.get("preset-asks").getByText("au moins deux tiers").waitFor();
    await page.getByText("CSA/WVV 9:21").waitFor();
    await visitor.get("rule-copy").focus();
    await page.keyboard.press("Enter");
    await visitor.get("rule-unchecked").getByText("Non vérifiée par un juriste").waitFor();

    await visitor.get("rule-adapt").click();
    await visitor.get("rule-title-fr").fill("Nos statuts");
    await visitor.get("rule-majority").selectOption("three_quarters");
    const preview = visitor.get("rule-preview");
    await preview.getByText("au moins trois quarts de pour + contre").waitFor();
    await visitor.get("rule-quorum").selectOption("other");
    await visitor.get("rule-quorum-num").fill("3");
    await visitor.get("rule-quorum-den").fill("7");
    await preview.getByText("au moins 3/7 des votants").waitFor();
    await visitor.get("rule-class-majority").check();
    await preview.getByText("Chaque catégorie doit être d’accord").waitFor();
    await visitor.get("rule-quorum-num").fill("9"); // more than all: it says so, and is not kept
    await page.locator('[data-test="rule-preview"].field-error').waitFor();
    await visitor.get("rule-quorum").selectOption("none");
    await visitor.get("rule-second-call").uncheck();
    await page.locator('[data-test="rule-preview"].notice').waitFor();
    assert.deepEqual(await axe(page), []);
    await visitor.get("rule-save").focus();
    await page.keyboard.press("Enter");
    await visitor.get("rule-adapt").waitFor();
    const [saved] = await rules();
    assert.equal(saved?.title.fr, "Nos statuts");
    assert.deepEqual(saved?.rule.majority, { num: 3, den: 4, strict: false, base: "votes" });
    assert.deepEqual(
      [saved?.rule.quorum, saved?.rule.per_class, saved?.second_call],
      [null, ["majority"], null],
    );

    await visitor.get("rule-confirm").click();
    assert.equal(await visitor.get("rule-confirm-confirm").isDisabled(), true);
    await visitor.get("rule-article").fill("art. 24");
    const undo = await visitor.undoOf(() => visitor.get("rule-confirm-confirm").click());
    await visitor.get("rule-checked").getByText("art. 24").waitFor();
    await undo.click();
    await visitor.get("rule-unchecked").waitFor();
    await visitor.get("rule-retire").click();
    await visitor.get("rule-again").click();
    await visitor.get("rule-adapt").waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
  });

  test("every member reads them, in each language, and changes nothing", async () => {
    for (const language of ["fr", "nl", "en"]) {
      const visitor = await arrive(`Lecteur ${language}`, [], language);
      await visitor.get("rule").waitFor();
      await becomes(() => visitor.get("rule-adapt").count(), 0);
      assert.equal(await visitor.get("rule-presets").count(), 0);
      assert.deepEqual(await rawKeys(visitor.page, language), []);
      const [wide, seen] = await visitor.page.evaluate(() => [
        document.documentElement.scrollWidth,
        window.innerWidth,
      ]);
      assert.ok((wide ?? 0) <= (seen ?? 0), `${language}: ${wide} wide`);
      assert.deepEqual(visitor.complaints, []);
      await visitor.close();
    }
  });
}
