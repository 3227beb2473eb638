// Every screen: served at its address, photographed at three widths, nothing wider than the window down to
// 320 px, light and dark, and without a word from the content policy. (accessibility.test.ts runs axe on them.)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { becomes, closeAfterTests, type Visitor, without } from "../harness/browser.ts";
import { root } from "../harness/program.ts";
import { addMeetings } from "../harness/meeting.ts";
import { enter, newStage, type Screen, type Stage, screensOf } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = (without ? undefined : await newStage()) as Stage;
if (!skip) await addMeetings(stage.facilitator, stage.members);
const screens = without ? [] : screensOf(stage);
const facilitator = (
  skip ? undefined : await enter(stage, "Fadila", ["facilitator", "admin"], "fr")
) as Visitor;
after(() => facilitator?.close());
const show = (one: Visitor, screen: Screen) => one.visit(screen.path, screen.page);

test("every page of the shell is among the screens", { skip }, () => {
  const shell = readFileSync(join(root, "web/src/app/shell.tsx"), "utf8");
  const routes = [...shell.matchAll(/^ {2}\["(\/[^"]+)", \w+\],$/gm)].map((one) => one[1] ?? "");
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

test("a question that is refused says why and is asked again: no page waits for what will not come", {
  skip,
}, async () => {
  const one = await enter(stage, "Rika", ["facilitator", "admin", "secretary"], "en");
  let refuses = true;
  const refused = new Set<string>();
  await one.page.routeWebSocket(/\/ws/, (page) => {
    const server = page.connectToServer();
    page.onMessage((text) => {
      const { id, method, params } = JSON.parse(String(text));
      if (!refuses || params.command || /^(session|feed|log)\./.test(method))
        return server.send(text);
      refused.add(method);
      const data = { reason: "rate.limited", retry_after_ms: 3_600_000 };
      page.send(JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32000, message: "", data } }));
    });
  });
  await one.open(`${stage.server.origin}/more`, "more");
  /** How many parts of a page wait for an answer of their own. */
  const parts: Record<string, number> = {
    ...{ proposal: 1, vote: 1, members: 1, "member-leave": 1, "member-erase": 1, settings: 2 },
  };
  const again = one.get("refused-again");
  for (const { name, path, page } of screens) {
    await one.visit(path, page);
    await one.page.evaluate(() => {
      for (const details of document.querySelectorAll("main details"))
        details.toggleAttribute("open", true);
    });
    await becomes(() => again.count(), parts[name] ?? 0, name);
    await becomes(() => one.page.locator("main .loading").count(), 0, name);
    if (!parts[name]) continue;
    assert.match(await one.get("refused").first().innerText(), /again from/, name);
    refuses = false;
    for (let left = parts[name] ?? 0; left > 0; left--) {
      await again.first().click();
      await becomes(() => again.count(), left - 1, name);
    }
    await becomes(() => one.page.locator("main .loading").count(), 0, name);
    refuses = true;
  }
  assert.ok(refused.size > 10, [...refused].join());
  await one.close();
});

test("the content policy was never broken, nothing failed", { skip }, () => {
  const complaints = facilitator.complaints.filter((line) => !/status of 40[14]/.test(line));
  assert.deepEqual(complaints, []);
});
