// The first load: everything fetched, cold, until home is usable, in one language, as it travels (gzip).
import assert from "node:assert/strict";
import { test } from "node:test";
import { linkFor, Visitor, without, closeAfterTests } from "../harness/browser.ts";
import { newStage } from "../harness/stage.ts";

closeAfterTests();
const limit = 60_000;

test("the first load stays under 60 kB", { skip: without ?? false }, async (t) => {
  const stage = await newStage();
  const joined = await Visitor.arrive("fr", 360, 740);
  await joined.join(stage.server.origin, await linkFor(stage.server, "Ana"), "fr");
  const cookies = await joined.context.cookies();
  await joined.close();
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.context.addCookies(cookies);
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send("Network.enable");
  await session.send("Network.setExtraHTTPHeaders", { headers: { "accept-encoding": "gzip" } });
  const fetched: [string, number][] = [];
  const paths = new Map<string, string>();
  session.on("Network.responseReceived", ({ requestId, response }) => {
    paths.set(requestId, new URL(response.url).pathname);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    fetched.push([paths.get(requestId) ?? requestId, encodedDataLength]);
  });
  await visitor.page.goto(`${stage.server.origin}/`);
  await visitor.page.locator('main[data-page="home"]').waitFor();
  await visitor.connected();
  await visitor.settled();
  await visitor.page.waitForTimeout(300);
  let total = 0;
  for (const [path, wire] of fetched) {
    const body = await stage.server.get(path, { "accept-encoding": "gzip" });
    const size = path === "/rpc" ? wire : body.body.length;
    total += size;
    t.diagnostic(`${String(size).padStart(6)} ${path}`);
  }
  t.diagnostic(`${String(total).padStart(6)} in ${fetched.length} requests`);
  assert.ok(fetched.length > 2 && total > 5000, "something was measured");
  assert.ok(total < limit, `${total} bytes, ${limit} allowed`);
  await visitor.close();
});
