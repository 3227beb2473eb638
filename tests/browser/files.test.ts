// Files attached as people meet them: chosen, pasted, refused in words, described, taken off and brought back, live for
// others, on a phone and by keyboard.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, type Visitor, without } from "../harness/browser.ts";
import { pdf, png, pngOf } from "../harness/files.ts";
import { newId } from "../harness/people.ts";
import { enter, newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
const origin = skip ? "" : stage.server.origin;
const mia = (skip ? undefined : await enter(stage, "Mia", [], "fr")) as Visitor;
const els = (skip ? undefined : await enter(stage, "Els", [], "nl", 360, 740)) as Visitor;
after(() => Promise.all([mia?.close(), els?.close()]));
let page = "";

const choose = (who: Visitor, name: string, mimeType: string, buffer: Buffer) =>
  who.page
    .locator('[data-on="proposal"] [data-test="file-input"]')
    .setInputFiles({ name, mimeType, buffer });
const file = (who: Visitor, name: string) =>
  who.get("file").filter({ has: who.page.getByText(name, { exact: true }) });

test("chosen by its author, seen at once by somebody else, described in words", {
  skip,
}, async () => {
  const { number } = await mia.page.evaluate(
    async ([id, command]) => {
      const params = { id, command, language: "fr", title: "Une table", need: "Manger", text: "" };
      const answer = await fetch("/rpc", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Palabre-CSRF": "1" },
        body: JSON.stringify({
          ...{ jsonrpc: "2.0", id: 1, method: "proposal.submit" },
          params: { ...params, themes: [] },
        }),
      });
      return (await answer.json()).result as { number: number };
    },
    [newId(), newId()] as const,
  );
  page = `${origin}/p/${number}`;
  await Promise.all([mia.open(page, "proposal"), els.open(page, "proposal")]);
  assert.equal(await els.get("files").count(), 0);
  await mia.get("file-add").waitFor();
  await choose(mia, "plan de la table.png", "image/png", png(300, 200, 0, 200));
  await els.get("file").waitFor();
  assert.equal(await els.get("file-remove").count(), 0);
  const drawn = await els.page
    .locator(".file-picture img")
    .evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      return img.naturalWidth;
    });
  assert.equal(drawn, 300);
  await mia.get("file-alt").fill("La table vue d'en haut");
  await mia.get("file-alt-save").press("Enter");
  await els.page.getByText("La table vue d'en haut").waitFor();
  const picture = els.page.locator(".file-picture img");
  await becomes(() => picture.getAttribute("alt"), "La table vue d'en haut");
});

test("several at once; what is refused says why beside its name, and the others arrive", {
  skip,
}, async () => {
  await mia.page.locator('[data-on="proposal"] [data-test="file-input"]').setInputFiles([
    { name: "devis.pdf", mimeType: "application/pdf", buffer: pdf() },
    { name: "photo.png", mimeType: "image/png", buffer: png().subarray(0, 50) },
    { name: "page.txt", mimeType: "text/plain", buffer: Buffer.from("<html><script>") },
    { name: "prix.csv", mimeType: "text/csv", buffer: Buffer.from("a;b\n1;2\n") },
  ]);
  await mia.page.locator('[data-on="proposal"]').evaluate((section) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(10 * 1024 * 1024 + 1)], "film.png"));
    section.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
  });
  const failed = (name: string) =>
    mia.page.locator(`[data-test="upload"][data-state="failed"]`, { hasText: name });
  for (const [name, reason] of [
    ["photo.png", "file.broken"],
    ["page.txt", "file.unknown_type"],
    ["film.png", "file.too_big"],
  ] as const) {
    await failed(name).waitFor();
    assert.equal(await failed(name).getAttribute("data-reason"), reason);
  }
  await Promise.all([file(els, "devis.pdf").waitFor(), file(els, "prix.csv").waitFor()]);
  await mia.picture("files-1280-fr", true);
  for (const name of ["photo.png", "page.txt", "film.png"])
    await failed(name).locator('[data-test="upload-cancel"]').click();
  await mia.page.waitForFunction(() => !document.querySelector('[data-test="upload"]'));
});

test("a slow line: progress is shown, and it can be stopped", { skip }, async () => {
  const devtools = await mia.context.newCDPSession(mia.page);
  const slow = { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 60_000 };
  await devtools.send("Network.emulateNetworkConditions", slow);
  // Fifty seconds of such a line.
  await choose(mia, "grande.png", "image/png", pngOf(3_000_000));
  await mia.page.waitForFunction(() => {
    const bar = document.querySelector<HTMLProgressElement>('[data-test="upload"] progress');
    return bar !== null && bar.value > 0.02 && bar.value < 1;
  });
  await mia.page
    .locator('[data-test="upload"]', { hasText: "grande.png" })
    .locator('[data-test="upload-cancel"]')
    .click();
  await mia.page.waitForFunction(() => !document.querySelector('[data-test="upload"]'));
  await devtools.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
  assert.equal(await file(mia, "grande.png").count(), 0);
});

test("pasted or dropped, it is the same", { skip }, async () => {
  await mia.page.locator('[data-on="proposal"]').evaluate((section) => {
    const data = new DataTransfer();
    data.items.add(new File(["collé\n"], "collé.txt", { type: "text/plain" }));
    section.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    const dropped = new DataTransfer();
    dropped.items.add(new File(["déposé\n"], "../déposé.txt", { type: "text/plain" }));
    section.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true }));
  });
  await file(els, "collé.txt").waitFor();
  await file(els, "-déposé.txt").waitFor();
});

test("taken off by keyboard, brought back by undo, on both pages", { skip }, async () => {
  const button = file(mia, "devis.pdf").locator('[data-test="file-remove"]');
  await button.focus();
  const undo = await mia.undoOf(() => button.press("Enter"));
  await file(els, "devis.pdf").waitFor({ state: "detached" });
  await undo.click();
  await file(els, "devis.pdf").waitFor();
});

test("a comment is sent with a file, and another is added to it afterwards", { skip }, async () => {
  await els.get("comment-text").fill("Kijk hier");
  await els.get("comment-file").first().click();
  await els
    .get("comment-file-input")
    .first()
    .setInputFiles({
      ...{ name: "schets.png", mimeType: "image/png", buffer: png(60, 40) },
    });
  await els.get("chosen-file").waitFor();
  await els.get("comment-send").click();
  await file(els, "schets.png").waitFor();
  await mia.open(page, "proposal");
  await file(mia, "schets.png").waitFor();
  const comment = els.page.locator('[data-on="comment"]');
  await comment.locator('[data-test="file-input"]').setInputFiles({
    ...{ name: "nota.txt", mimeType: "text/plain", buffer: Buffer.from("nota\n") },
  });
  await file(mia, "nota.txt").waitFor();
  assert.equal(await mia.page.locator('[data-on="comment"] [data-test="file-add"]').count(), 0);
});

test("a comment without files offers to add one behind “more”", { skip }, async () => {
  await els.get("comment-text").fill("Zonder bestand");
  await els.get("comment-send").click();
  const comment = els.get("comment").filter({ hasText: "Zonder bestand" });
  await comment.locator('[data-test="comment-more"]').waitFor();
  assert.equal(await comment.locator('[data-test="file-add"]').count(), 0);
  await comment.locator('[data-test="comment-more"]').click();
  await comment.locator('[data-test="file-add"]').waitFor();
});

test("360 px: nothing is cut off; axe finds nothing; no complaint in the console", {
  skip,
}, async () => {
  assert.equal(await els.overflow(), 0);
  await els.get("files").first().scrollIntoViewIfNeeded();
  await els.picture("files-360-nl", true);
  assert.deepEqual(await axe(els.page), []);
  assert.deepEqual(await axe(mia.page), []);
  // Refused uploads are 4xx answers, which the console lists.
  const complaints = mia.complaints.filter((one) => !/status of 4\d\d/.test(one));
  assert.deepEqual([...complaints, ...els.complaints], []);
});
