// What a load costs and what it begins with: few requests, none for files that are here, the last visit's documents
// before the server has said a word; and nothing of a visit that was somebody else's or is over.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { closeAfterTests, Visitor, without } from "../harness/browser.ts";
import { enter, newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();
const skip = without ?? false;
const stage = without ? ({} as Stage) : await newStage();

/** Paths that the network was asked for, as they are asked. */
async function watchRequests(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const asked: string[] = [];
  session.on("Network.responseReceived", ({ response }) => {
    if (!response.fromDiskCache && !response.fromServiceWorker)
      asked.push(new URL(response.url).pathname);
  });
  return asked;
}

interface Reached {
  name: string;
  position: number;
}
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ session: { name: string }; topics: Reached[] } | undefined>((done) => {
        const opening = indexedDB.open("keyval-store");
        opening.onsuccess = () => {
          const store = opening.result.transaction("keyval").objectStore("keyval");
          const asking = store.get("kept");
          asking.onsuccess = () => done(asking.result);
        };
      }),
  );
const isKept = (page: Page) => page.locator('html[data-kept="yes"]').waitFor();

/** A page on which the server never says anything but what it serves as files. */
async function mutePage(visitor: Visitor): Promise<Page> {
  const page = await visitor.context.newPage();
  await page.routeWebSocket(/\/ws/, () => {});
  await page.route("**/rpc", () => {});
  return page;
}

test("a cold load asks for six files at most before home can be used, and a warm one for none, the page itself among them", {
  skip,
}, async () => {
  const joined = await enter(stage, "Ana", [], "fr", 360, 740);
  const cookies = await joined.context.cookies();
  await joined.close();
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.context.addCookies(cookies);
  const cold = await watchRequests(visitor.page);
  // What comes once the page is served is not waited for: it is held back here.
  await visitor.page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('main[data-page="home"] .overline')) return;
      observer.disconnect();
      (window as unknown as { drawnWith: number }).drawnWith =
        performance.getEntriesByType("resource").length;
    }).observe(document, { childList: true, subtree: true });
  });
  await visitor.page.goto(stage.server.origin);
  await visitor.page.locator('main[data-page="home"] .overline').first().waitFor();
  const resources = await visitor.page.evaluate(
    () => (window as unknown as { drawnWith: number }).drawnWith,
  );
  assert.ok(resources >= 3 && resources <= 5, `${resources} beside the page itself`);
  await isKept(visitor.page);
  assert.equal(cold.filter((path) => path === "/rpc").length, 0, "one connection is enough");
  const page = await visitor.context.newPage();
  const warm = await watchRequests(page);
  await page.goto(stage.server.origin);
  await page.locator('html[data-connection="up"]').waitFor();
  assert.deepEqual(
    warm.filter((path) => path.startsWith("/assets/")),
    [],
  );
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  const served = await visitor.context.newPage();
  const again = await watchRequests(served);
  await served.goto(stage.server.origin);
  await served.locator('html[data-connection="up"]').waitFor();
  assert.deepEqual(
    again.filter((path) => path !== "/rpc"),
    [],
    "the page itself is here as well (update.test.ts: how a new release comes)",
  );
  const index = await stage.server.get("/");
  assert.equal(index.headers["cache-control"], "no-cache");
  const [, asset = ""] = /src="(\/assets\/[^"]+)"/.exec(index.text) ?? [];
  assert.match((await stage.server.get(asset)).headers["cache-control"] ?? "", /immutable/);
  await visitor.close();
});

test("what was read before is there before the server answers", { skip }, async () => {
  const visitor = await enter(stage, "Ben", [], "fr", 360, 740);
  await visitor.open(`${stage.server.origin}/p`, "proposals");
  await isKept(visitor.page);
  const found = await kept(visitor.page);
  const hint = await visitor.page.evaluate(() => localStorage.getItem("palabre-kept"));
  const positions = found?.topics.map(({ name, position }) => [name, position]);
  assert.deepEqual(
    JSON.parse(hint ?? "").topics.map(({ name, position }: Reached) => [name, position]),
    positions,
    "the guess of the next visit says what was kept",
  );
  for (const { name } of found?.topics ?? [])
    assert.match(name, /^(org|meetings|proposals|tasks|poll\/)/);
  const page = await mutePage(visitor);
  await page.goto(`${stage.server.origin}/p`);
  await page.locator('[data-test="proposal-card"]').first().waitFor();
  assert.equal(await page.locator('html[data-connection="up"]').count(), 0);
  await visitor.close();
});

test("signing out leaves nothing, and another member begins anew", { skip }, async () => {
  const first = await enter(stage, "Carla", [], "fr", 360, 740);
  await first.open(`${stage.server.origin}/p`, "proposals");
  await isKept(first.page);
  const other = await enter(stage, "Dirk", [], "fr", 360, 740);
  const cookies = await other.context.cookies();
  await other.close();
  await first.context.addCookies(cookies);
  await first.page.goto(stage.server.origin);
  await first.page.locator("h1", { hasText: "Dirk" }).waitFor();
  await isKept(first.page);
  assert.equal((await kept(first.page))?.session.name, "Dirk");
  await first.open(`${stage.server.origin}/me/devices`, "devices");
  await first.get("leave-session").click();
  await first.get("leave-session-confirm").click();
  await first.page.locator('main[data-page="join"]').waitFor();
  assert.equal(await kept(first.page), undefined);
  assert.equal(await first.page.evaluate(() => localStorage.getItem("palabre-kept")), null);
  const page = await mutePage(first);
  await page.goto(`${stage.server.origin}/p`);
  await page.locator('main[data-page="loading"]').waitFor();
  assert.equal(await page.locator('[data-test="proposal-card"]').count(), 0);
  await first.close();
});

test("a form waits for what is so now: what the last visit left may be old", { skip }, async () => {
  const visitor = await enter(stage, "Eva", ["facilitator"], "fr", 360, 740);
  await visitor.open(`${stage.server.origin}/v/new`, "poll-new");
  await visitor.get("poll-closes").waitFor();
  await isKept(visitor.page);
  const page = await mutePage(visitor);
  await page.goto(`${stage.server.origin}/v/new`);
  await page.locator('main[data-page="poll-new"] .lead').waitFor();
  await page.locator('main[data-page="poll-new"] .loading').waitFor();
  assert.equal(await page.locator('[data-test="poll-closes"]').count(), 0);
  await visitor.close();
});

interface Line {
  addresses: string[];
  /** Names of topics that messages asked for. */
  asked: string[];
  cut(): void;
}

/** What the page's sockets ask. `old`: as with a server that does not know what stands in the address. */
async function listenIn(page: Page, old = false): Promise<Line> {
  const line: Line = { addresses: [], asked: [], cut: () => {} };
  await page.routeWebSocket(/\/ws/, (mine) => {
    const server = mine.connectToServer();
    line.addresses.push(decodeURIComponent(mine.url()));
    line.cut = () => {
      mine.close();
      server.close();
    };
    mine.onMessage((data) => {
      const { method, params } = JSON.parse(String(data));
      if (method === "feed.subscribe") line.asked.push(...Object.keys(params.topics));
      server.send(data);
    });
    server.onMessage((data) => {
      if (!old || JSON.parse(String(data)).id !== 0) mine.send(data);
    });
  });
  return line;
}
const isUp = (page: Page) => page.locator('html[data-connection="up"]').waitFor();

test("the opening of each socket asks for the topics, with the positions reached", {
  skip,
}, async () => {
  const visitor = await enter(stage, "Els", [], "fr", 360, 740);
  const page = await visitor.context.newPage();
  const line = await listenIn(page);
  await page.goto(`${stage.server.origin}/p`);
  await isUp(page);
  await page.locator('[data-test="proposal-card"]').first().waitFor();
  assert.match(line.addresses[0] ?? "", /\/ws\?topics=org:\d+,proposals:\d+/);
  line.cut();
  await page.locator('html:not([data-connection="up"])').waitFor();
  await isUp(page);
  assert.match(line.addresses[1] ?? "", /org:[1-9]\d*,proposals:[1-9]\d*.*&epoch=\w+$/);
  // What comes later (the bell) asks for itself.
  const again = line.asked.filter((name) => name === "org" || name === "proposals");
  assert.deepEqual(again, [], "nothing is asked for a second time");
  await visitor.close();
});

test("with a server that does not know of it, the same is asked after the opening", {
  skip,
}, async () => {
  const visitor = await enter(stage, "Fien", [], "fr", 360, 740);
  const page = await visitor.context.newPage();
  const line = await listenIn(page, true);
  await page.goto(`${stage.server.origin}/p`);
  await isUp(page);
  await page.locator('[data-test="proposal-card"]').first().waitFor();
  assert.deepEqual(line.asked.slice(0, 2).toSorted(), ["org", "proposals"]);
  await visitor.close();
});
