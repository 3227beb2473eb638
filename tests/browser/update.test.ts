// The service worker, and a server whose client is another build: the page is here without the network, the next
// build is found and taken without losing what somebody does, nothing personal is kept, and all of it goes when it is
// given up.
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { build } from "vite";
import { becomes, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { endServer, freePort, initFolder, root, Server, webFolder } from "../harness/program.ts";

closeAfterTests();
const skip = without ?? false;
/** Beside the packages, which the build looks for above itself. */
const ground = join(root, "build", `update-${process.pid}`);
const served = join(ground, "served");
const built = join(ground, "built");
after(() => rmSync(ground, { recursive: true, force: true }));

const changed = "Deuxième version";
/** The whole client built once more, with another word in it. */
async function buildSecond(): Promise<void> {
  const source = join(ground, "web");
  cpSync(join(root, "web"), source, { recursive: true });
  cpSync(join(root, "server/net/http.c"), join(ground, "server/net/http.c"));
  const catalogue = join(source, "locales/fr.ftl");
  const text = readFileSync(catalogue, "utf8");
  writeFileSync(catalogue, text.replace(/^nav-home = .*$/m, `nav-home = ${changed}`));
  const config = { outDir: built, emptyOutDir: true };
  await build({ configFile: join(source, "vite.config.ts"), build: config, logLevel: "warn" });
}

/** What the server of this place has as its client from now on; it is read at its next start. */
function serve(files: string): void {
  rmSync(served, { recursive: true, force: true });
  cpSync(files, served, { recursive: true });
}

interface Place {
  server: Server;
  visitor: Visitor;
}
/** A member whose browser has the worker of the first build. */
async function furnish(): Promise<Place> {
  serve(webFolder);
  const port = await freePort();
  const origins = [`http://127.0.0.1:${port}`];
  const server = new Server(await initFolder(), { web: served, port, origins });
  after(() => endServer(server));
  await server.start();
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.join(server.origin, await linkFor(server, "Ana"), "fr");
  await visitor.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await visitor.open(server.origin, "home");
  assert.ok(await visitor.page.evaluate(() => navigator.serviceWorker.controller !== null));
  return { server, visitor };
}

const kept = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(async () => {
    const found: Record<string, string[]> = {};
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      found[name] = requests.map(({ url }) => new URL(url).pathname);
    }
    return found;
  });
const home = (page: Page, word: string) =>
  page.locator('[data-test="nav-home"]', { hasText: word }).waitFor();
const first = "Accueil";

/** The client is another one from here on. */
async function replace({ server, visitor }: Place, files: string): Promise<void> {
  await server.stop();
  serve(files);
  await server.start();
  // A page may wait 20 s between two tries; it may also be on its way to the new build already.
  await visitor.page.evaluate(() => dispatchEvent(new Event("online"))).catch(() => {});
}

test("the page and what it is made of are here without the network, and nothing else", {
  skip,
}, async () => {
  const place = await furnish();
  const { page } = place.visitor;
  await place.visitor.open(`${place.server.origin}/p`, "proposals");
  await page.locator('html[data-kept="yes"]').waitFor();
  const [files = [], ...others] = Object.values(await kept(page));
  assert.equal(others.length, 0);
  assert.ok(files.length > 10);
  for (const path of files) assert.match(path, /^\/index\.html$|^\/assets\/[\w-]+\.(js|css|svg)$/);
  await place.server.stop();
  await page.goto(`${place.server.origin}/p`);
  await home(page, first);
  await page.locator('main[data-page="proposals"]').waitFor();
  // What is not the page is not answered in its place.
  for (const path of ["/rpc", "/log/checkpoint", "/healthz", "/feed", "/files/x/y", "/sw.js"])
    await assert.rejects(
      page.evaluate((wanted) => fetch(wanted), path),
      /Failed to fetch/,
      path,
    );
  await assert.rejects(page.goto(`${place.server.origin}/openrpc.json`), /REFUSED/);
  await place.server.start();
  await place.visitor.close();
});

test("a page that nobody has touched is loaded again when the server has another build", {
  skip,
}, async () => {
  if (!existsSync(built)) await buildSecond();
  const place = await furnish();
  const { page } = place.visitor;
  const before = Object.keys(await kept(page));
  await page.goto(place.server.origin);
  await home(page, first);
  await replace(place, built);
  await home(page, changed);
  assert.equal(await page.locator('[data-test="renew"]').count(), 0);
  const after = async () => Object.keys(await kept(page));
  const both = "the files of one build before stay for pages that are open";
  await becomes(async () => (await after()).length, 2, both);
  assert.ok((await after()).includes(before[0] ?? ""));
  await place.visitor.close();
});

test("a new build is there at the latest with the load after the first", { skip }, async () => {
  if (!existsSync(built)) await buildSecond();
  const place = await furnish();
  const { page } = place.visitor;
  await page.goto("about:blank");
  await replace(place, built);
  // Begins with the build that is here, and is replaced.
  await page.goto(place.server.origin);
  await home(page, changed);
  // Once more: back to the first, as after a release that was taken back.
  await page.goto("about:blank");
  await replace(place, webFolder);
  await page.goto(place.server.origin);
  await home(page, first);
  await becomes(async () => Object.keys(await kept(page)).length, 2);
  await place.visitor.close();
});

test("whoever is doing something is asked, and loses nothing", { skip }, async () => {
  if (!existsSync(built)) await buildSecond();
  const place = await furnish();
  const { page } = place.visitor;
  await place.visitor.open(`${place.server.origin}/p/new`, "proposal-new");
  await place.visitor.get("proposal-title").fill("Un banc");
  await place.visitor.get("proposal-title").press("End");
  await replace(place, built);
  await place.visitor.get("renew").waitFor();
  await home(page, first);
  assert.equal(await place.visitor.get("proposal-title").inputValue(), "Un banc");
  // Parts of the old build that were here before still are.
  await place.visitor.get("renew").click();
  await home(page, changed);
  await becomes(() => place.visitor.get("proposal-title").inputValue(), "Un banc");
  await place.visitor.close();
});

test("a server that gave the worker up takes it from the browser, with what it kept", {
  skip,
}, async () => {
  const place = await furnish();
  const { page } = place.visitor;
  await place.server.stop();
  rmSync(join(served, "sw.js"));
  await place.server.start();
  await page.goto(place.server.origin);
  await page.waitForFunction(
    async () => (await navigator.serviceWorker.getRegistrations()).length === 0,
  );
  await page.waitForFunction(async () => (await caches.keys()).length === 0);
  await place.visitor.close();
});
