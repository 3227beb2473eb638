// What a load costs and what it begins with: few requests, none for files that are here, the last visit's documents
// before the server has said a word; and nothing of a visit that was somebody else's or is over.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { becomes, closeAfterTests, Visitor, without } from "../harness/browser.ts";
import { makeReady, openPoll, type Person } from "../harness/people.ts";
import { enter, newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();
/** Numbers of the page's own questions are smaller (web/src/sync/ahead.ts). */
const firstId = 1_000_000_000;
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

test("the page waits for its first file, which opens the only connection, and not for one that fails", {
  skip,
}, async () => {
  const visitor = await enter(stage, "Bob", [], "fr", 360, 740);
  const cookies = await visitor.context.cookies();
  await visitor.close();
  for (const fails of [false, true]) {
    const other = await Visitor.arrive("fr", 360, 740);
    await other.context.addCookies(cookies);
    const { page } = other;
    let sockets = 0;
    page.on("websocket", () => sockets++);
    const first = page.waitForResponse(/\/assets\/first-.*\.js$/).then((one) => one.finished());
    await page.route("**/early-*.js", async (route) => {
      await first;
      await page.waitForFunction(
        () =>
          typeof (window as unknown as { palabreParts?: { begin?: unknown } }).palabreParts
            ?.begin === "function",
      );
      await (fails ? route.abort() : route.continue());
    });
    await page.goto(stage.server.origin, { waitUntil: "commit" });
    await page.locator('main[data-page="home"]').waitFor();
    await other.connected();
    assert.equal(sockets, 1);
    await other.close();
  }
});

test("a cold load asks for six files before home can be used, and a warm one for none, the page itself among them", {
  skip,
}, async () => {
  const joined = await enter(stage, "Ana", [], "fr", 360, 740);
  const cookies = await joined.context.cookies();
  await joined.close();
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.context.addCookies(cookies);
  const cold = await watchRequests(visitor.page);
  const checked = visitor.page.waitForResponse(/\/log\/checkpoint$/);
  await visitor.page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('main[data-page="home"] .overline')) return;
      observer.disconnect();
      (window as unknown as { drawnWith: string[] }).drawnWith = performance
        .getEntriesByType("resource")
        .map(({ name }) => name.replace(/.*\//, "").replace(/-[\w-]{8}\./, "."));
    }).observe(document, { childList: true, subtree: true });
  });
  await visitor.page.goto(stage.server.origin);
  await visitor.page.locator('main[data-page="home"] .overline').first().waitFor();
  const resources = await visitor.page.evaluate(
    () => (window as unknown as { drawnWith: string[] }).drawnWith,
  );
  // Some of what comes once the page is served may be here already; of words the kind is the same.
  const later = ["soon.js", "later.js", "follow.js", "record.js"];
  const needed = new Set(resources.filter((name) => !later.includes(name)));
  const five = ["early.js", "first.css", "first.js", "fr.js", "home.js"];
  assert.deepEqual([...needed].toSorted(), five, "beside the page itself");
  await isKept(visitor.page);
  // The last of what a page asks for: all others find its files here.
  await visitor.get("home-month").waitFor();
  await checked;
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
    again.filter((path) => path !== "/rpc" && path !== "/log/checkpoint"),
    [],
    "the page itself is here as well (update.test.ts: how a new release comes)",
  );
  const index = await stage.server.get("/");
  assert.equal(index.headers["cache-control"], "no-cache");
  const [, asset = ""] = /src="(\/assets\/[^"]+)"/.exec(index.text) ?? [];
  assert.match((await stage.server.get(asset)).headers["cache-control"] ?? "", /immutable/);
  // A script that did not come is asked for at another address (web/src/app/script.ts).
  const { status, text } = await stage.server.get(`${asset}?again=1`);
  assert.deepEqual([status, text], [200, (await stage.server.get(asset)).text]);
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
  await becomes(() => kept(first.page), undefined);
  await becomes(() => first.page.evaluate(() => localStorage.getItem("palabre-kept")), null);
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
  /** Votes about which it was asked what one may do. */
  mine: { id: number; poll: string }[];
  onMine(): void;
  cut(): void;
}

/** What the page's sockets ask. `old`: as with a server that does not know what stands in the address. */
async function listenIn(page: Page, old = false): Promise<Line> {
  const line: Line = { addresses: [], asked: [], mine: [], onMine: () => {}, cut: () => {} };
  await page.routeWebSocket(/\/ws/, (mine) => {
    const server = mine.connectToServer();
    line.addresses.push(decodeURIComponent(mine.url()));
    line.cut = () => {
      mine.close();
      server.close();
    };
    mine.onMessage((data) => {
      const { id, method, params } = JSON.parse(String(data));
      if (method === "ballot.mine") {
        line.mine.push({ id, poll: params.poll });
        line.onMine();
      }
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
  // Not while the first page writes down what the next one begins with.
  await isKept(visitor.page);
  const page = await visitor.context.newPage();
  const line = await listenIn(page);
  await page.goto(`${stage.server.origin}/p`);
  await isUp(page);
  await page.locator('[data-test="proposal-card"]').first().waitFor();
  assert.match(line.addresses[0] ?? "", /\/ws\?topics=org:\d+,proposals:\d+/);
  line.cut();
  await becomes(async () => line.addresses.length, 2);
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

test("home asks about open votes when it is known what is open, before its code is here, and once; for no meeting that is over", {
  skip,
}, async () => {
  const joined = await enter(stage, "Gijs", [], "fr", 360, 740);
  const cookies = await joined.context.cookies();
  await joined.close();
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.context.addCookies(cookies);
  const line = await listenIn(visitor.page);
  const asked = new Promise<void>((done) => {
    line.onMine = done;
  });
  // The code comes when the question has been put.
  await visitor.page.route("**/assets/home-*.js", async (route) => {
    await asked;
    await route.continue();
  });
  await visitor.page.goto(stage.server.origin);
  await visitor.page.locator('main[data-page="home"] .overline').first().waitFor();
  await isUp(visitor.page);
  await isKept(visitor.page);
  const polls = line.mine.map(({ poll }) => poll);
  assert.equal(new Set(polls).size, polls.length, `twice: ${polls}`);
  // The meetings ahead, which stand first, come with the organisation.
  await visitor.get("first-votes").waitFor();
  assert.match(line.addresses[0] ?? "", /\?topics=org:0$/);
  assert.ok(!line.asked.includes("meetings"), line.asked.join());
  await visitor.close();
});

test("a vote that one has voted in is asked about once when its page is loaded again", {
  skip,
}, async () => {
  const visitor = await enter(stage, "Hugo", [], "fr", 360, 740);
  const [author] = stage.members as [Person];
  const { id } = await makeReady(author, stage.facilitator);
  const { poll } = await openPoll(stage.facilitator, [id], { closes: Date.now() + 6048e5 });
  const { doc } = await author.call("poll.get", { id: poll });
  const address = `${stage.server.origin}/v/${doc.number}`;
  await visitor.open(address, "poll");
  await visitor.get("choice-yes").check();
  await visitor.get("sign-ballot").click();
  const checked = '[data-test="receipt"][data-checked="yes"]';
  await visitor.page.locator(checked).waitFor();
  const page = await visitor.context.newPage();
  const line = await listenIn(page);
  const last = page.waitForResponse(/\/log\/checkpoint$/);
  await page.goto(address);
  await page.locator(checked).waitFor();
  // What looks at the record comes a second after everything was answered.
  await last;
  // The first file has asked; the page itself does so on a connection that follows a cut.
  const own = line.mine.filter((one) => one.id < firstId);
  assert.ok(own.length < line.addresses.length, `asked again ${own.length} times`);
  await visitor.close();
});
