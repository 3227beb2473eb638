// Every screen: photographed at three widths, nothing wider than the window down to 320 px, clean for axe in
// each language, light and dark, and without a word from the content policy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { axe, closeAfterTests, linkFor, rawKeys, Visitor, without } from "../harness/browser.ts";
import { tokenOf } from "../harness/people.ts";
import { root } from "../harness/program.ts";
import { enter, newStage, type Screen, type Stage, screensOf } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
const screens = without ? [] : screensOf(stage);
const facilitator = (
  skip ? undefined : await enter(stage, "Fadila", ["facilitator", "admin"], "fr")
) as Visitor;
after(() => facilitator?.close());
const show = (one: Visitor, screen: Screen) =>
  one.open(stage.server.origin + screen.path, screen.page);

test("every page of the shell is among the screens", { skip }, () => {
  const shell = readFileSync(join(root, "web/src/app/shell.tsx"), "utf8");
  const routes = [...shell.matchAll(/<Route path="([^"]+)"/g)].map((one) => one[1] ?? "");
  assert.ok(routes.length > 10);
  const missing = routes.filter((route) => {
    const pattern = new RegExp(`^${route.replaceAll(/:\w+\??/g, "[^/?]+")}(\\?|$)`);
    return !screens.some(({ path }) => pattern.test(path));
  });
  assert.deepEqual(missing, []);
});

test("every page can be reloaded: its address is served", { skip }, async () => {
  for (const { name, path } of screens) {
    const { status } = await stage.server.get(path, { accept: "text/html" });
    assert.equal(status, name === "not-found" ? 404 : 200, path);
  }
});

test("each screen at 360, 1280 and 1920 px, photographed; no sideways scrolling, also at 320", {
  skip,
}, async () => {
  const wide: string[] = [];
  for (const screen of screens) {
    await show(facilitator, screen);
    for (const width of [320, 360, 1280, 1920]) {
      await facilitator.page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
      await facilitator.settled();
      const overflow = await facilitator.overflow();
      if (overflow > 0) wide.push(`${screen.name} at ${width}: ${overflow} px too wide`);
      if (width > 320) await facilitator.picture(`${screen.name}-${width}`, width === 360);
    }
  }
  assert.deepEqual(wide, []);
});

for (const language of ["fr", "nl", "en"])
  test(`axe finds nothing, no key stands for words: ${language}`, { skip }, async () => {
    const found: string[] = [];
    const scheme = language === "nl" ? { colorScheme: "dark" } : {};
    const width = language === "en" ? 360 : 1280;
    const visitor = await enter(
      stage,
      `Axel ${language}`,
      ["facilitator"],
      language,
      width,
      800,
      scheme,
    );
    for (const screen of screens) {
      await show(visitor, screen);
      assert.equal(await visitor.page.locator("html").getAttribute("lang"), language);
      for (const line of await axe(visitor.page)) found.push(`${screen.name}: ${line}`);
      for (const key of await rawKeys(visitor.page, language))
        found.push(`${screen.name}: the key ${key} instead of words`);
    }
    await visitor.close();
    assert.deepEqual(found, []);
  });

test("the page to join: three widths, three languages, axe", { skip }, async () => {
  const found: string[] = [];
  for (const [language, width] of [
    ["fr", 360],
    ["nl", 1280],
    ["en", 1920],
  ] as const) {
    const visitor = await Visitor.arrive(language, width, 740);
    const link = await linkFor(stage.server, "Nouvelle venue");
    await visitor.page.goto(`${stage.server.origin}/join#${tokenOf(link)}`);
    await visitor.get("join-button").waitFor();
    await visitor.picture(`join-${width}`);
    for (const line of await axe(visitor.page)) found.push(`join ${language}: ${line}`);
    assert.equal(await visitor.overflow(), 0);
    await visitor.close();
  }
  assert.deepEqual(found, []);
});

test("nobody without a link: the page says so, in words", { skip }, async () => {
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.page.goto(`${stage.server.origin}/`);
  await visitor.page.locator('main[data-page="join"]').waitFor();
  await visitor.picture("join-without-link-360");
  assert.deepEqual(await axe(visitor.page), []);
  await visitor.close();
});

test("dark: the screens that people see most, photographed", { skip }, async () => {
  const dark = await enter(stage, "Nora", [], "nl", 1280, 900, { colorScheme: "dark" });
  for (const screen of screens.filter(({ name }) =>
    /^(home|proposal|vote|vote-result)$/.test(name),
  )) {
    await show(dark, screen);
    await dark.picture(`${screen.name}-dark-1280`);
  }
  await dark.close();
});

test("the keyboard reaches the way past the navigation, and focus is seen", { skip }, async () => {
  await facilitator.page.setViewportSize({ width: 1280, height: 800 });
  for (const screen of screens.filter(({ name }) => /^(home|proposal|vote)$/.test(name))) {
    await show(facilitator, screen);
    await facilitator.page.evaluate(() => (document.activeElement as HTMLElement)?.blur());
    const seen = new Set<string>();
    for (let n = 0; n < 12; n++) {
      await facilitator.page.keyboard.press("Tab");
      const [what, outline] = await facilitator.page.evaluate(() => {
        const at = document.activeElement as HTMLElement;
        const style = getComputedStyle(at);
        const mark = `${style.outlineStyle} ${style.outlineWidth} ${style.boxShadow}`;
        return [`${at.tagName} ${at.textContent?.slice(0, 30)}`, mark] as const;
      });
      seen.add(what);
      assert.doesNotMatch(outline, /^none 0px none$/, `${screen.name}: ${what} shows no focus`);
    }
    assert.ok(seen.size >= 6, `${screen.name}: ${[...seen].join(" | ")}`);
  }
});

test("the content policy was never broken, nothing failed", { skip }, () => {
  const complaints = facilitator.complaints.filter((line) => !/status of 40[14]/.test(line));
  assert.deepEqual(complaints, []);
});
