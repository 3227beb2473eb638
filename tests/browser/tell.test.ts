// "Tell people": on a proposal, a vote and a to-do; the link, its QR code, and a poster that is one A4 page in each language.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { axe, closeAfterTests, pictures, type Visitor, without } from "../harness/browser.ts";
import { newProposal, type Person } from "../harness/people.ts";
import { enter, newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
const origin = skip ? "" : stage.server.origin;
const zoe = (skip ? undefined : await enter(stage, "Zoé", [], "fr")) as Visitor;
const jan = (skip ? undefined : await enter(stage, "Jan", [], "nl", 360, 740)) as Visitor;
after(() => Promise.all([zoe?.close(), jan?.close()]));

/** The pages of the document as the printer gets it. */
async function printed(who: Visitor, name: string): Promise<number> {
  const pdf = await who.page.pdf({ preferCSSPageSize: true, printBackground: true });
  writeFileSync(join(pictures, `${name}.pdf`), pdf);
  const text = pdf.toString("latin1");
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)];
  for (const [, width, height] of boxes) {
    assert.ok(Math.abs(Number(width) - 595) < 2, `${name}: ${width} wide`);
    assert.ok(Math.abs(Number(height) - 842) < 2, `${name}: ${height} high`);
  }
  return (text.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
}
async function openPanel(who: Visitor): Promise<void> {
  await who.get("tell-people").focus();
  await who.page.keyboard.press("Enter");
  await who.get("tell-panel").waitFor();
  await who.page.locator('svg[data-test="tell-qr"]').waitFor();
  await who.page.locator('svg[data-test="poster-qr"]').waitFor({ state: "attached" });
}

test("a proposal: the link is copied, the QR code is there, by keyboard", { skip }, async () => {
  await zoe.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  await zoe.open(`${origin}/p/${stage.proposal}`, "proposal");
  await openPanel(zoe);
  const link = `${origin}/p/${stage.proposal}`;
  assert.equal(await zoe.get("tell-link").inputValue(), link);
  await zoe.get("tell-copy").click();
  await zoe.get("toast").waitFor();
  assert.equal(await zoe.page.evaluate(() => navigator.clipboard.readText()), link);
  assert.deepEqual(await axe(zoe.page), []);
  await zoe.picture("tell-1280-fr", true);
});

test("its poster is one A4 page in each language, with title, organisation and address", {
  skip,
}, async () => {
  const words = { fr: "Une proposition", nl: "Een voorstel", en: "A proposal" };
  for (const [code, kind] of Object.entries(words)) {
    await zoe.get(`tell-poster-${code}`).click();
    await zoe.page.locator(`article.poster[lang="${code}"]`).waitFor({ state: "attached" });
    const text = (await zoe.get("poster").textContent()) ?? "";
    for (const part of [kind, "Les Essais", "Un atelier de réparation", new URL(origin).host])
      assert.ok(text.includes(part), `${code}: ${part} in ${text}`);
    assert.equal(await printed(zoe, `poster-proposal-${code}`), 1);
  }
  await zoe.page.emulateMedia({ media: "print" });
  await zoe.page.setViewportSize({ width: 703, height: 1032 });
  await zoe.picture("poster-proposal");
  await zoe.page.emulateMedia({ media: null });
  await zoe.page.setViewportSize({ width: 1280, height: 800 });
});

test("the longest title and need still fit on one page", { skip }, async () => {
  const author = stage.members[0] as Person;
  const long = await newProposal(
    author,
    `${"Réparation ".repeat(14)}fin`,
    "Un besoin. ".repeat(90),
  );
  await zoe.open(`${origin}/p/${long.number}`, "proposal");
  await openPanel(zoe);
  assert.equal(await printed(zoe, "poster-long"), 1);
  await zoe.page.emulateMedia({ media: "print" });
  await zoe.page.setViewportSize({ width: 703, height: 1032 });
  await zoe.picture("poster-long");
  const seen = await zoe.page.locator(".poster-foot").evaluate((foot) => {
    const page = foot.closest(".poster")?.getBoundingClientRect().bottom ?? 0;
    return foot.getBoundingClientRect().bottom <= page + 1;
  });
  assert.ok(seen, "the foot of the poster is cut off");
  await zoe.page.emulateMedia({ media: null });
  await zoe.page.setViewportSize({ width: 1280, height: 800 });
});

test("a vote on a phone: question and closing date, never how one voted", { skip }, async () => {
  await jan.open(`${origin}/v/${stage.open}`, "poll");
  await openPanel(jan);
  assert.equal(await jan.overflow(), 0);
  const text = (await jan.get("poster").textContent()) ?? "";
  assert.match(text, /Een stemming/);
  assert.match(text, /De stemming sluit .*\d{2}:\d{2}/);
  assert.ok(!/Voor|Tegen|Onthouding/.test(text), text);
  assert.equal(await printed(jan, "poster-vote"), 1);
  await jan.picture("tell-360-nl", true);
});

test("a closed panel leaves nothing to print but the page", { skip }, async () => {
  await jan.get("tell-people").click();
  await jan.page.waitForFunction(() => !document.querySelector(".poster-place"));
  assert.deepEqual([...zoe.complaints, ...jan.complaints], []);
});
