// A first visit, cold, as it travels (gzip): everything that comes by itself, what the page begins with and what comes when it
// stands. The limit is that of the whole: what came before what is the machine's affair.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BrowserContext } from "playwright-core";
import { becomes, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { makeReady, openPoll, type Person } from "../harness/people.ts";
import { newStage, type Stage } from "../harness/stage.ts";

closeAfterTests();

interface View {
  path: string;
  /** What one comes for, and what comes after it: all of it is drawn when these are. */
  usable: string;
  later: string[];
  /** In bytes, of all bodies. */
  limit: number;
}
const hook = (name: string) => `[data-test="${name}"]`;
const home: View = {
  path: "/",
  usable: `${hook("home-poll")} a`,
  later: ["bell", "first-votes", "home-month", "home-practice"].map(hook),
  limit: 60_000,
};
/** Its discussion is two thirds of it, and comes after the card; what reads the marks of a text does not come: there is none. */
const voteOf = (number: number): View => ({
  path: `/v/${number}`,
  usable: `${hook("vote-card")}[data-state="open"] input:not(:disabled)`,
  later: [hook("bell"), "#about", hook("comment-text")],
  limit: 109_000,
});
/** Asked for a second after the page stands, the checkpoint last. */
const last = [/^\/assets\/follow-/, /^\/assets\/record-/, /^\/log\/checkpoint$/];

interface Fetched {
  path: string;
  /** Asked for before it was seen that the page could be used. */
  soon: boolean;
  /** What came, heads included; undefined until all of it is here. */
  wire?: number;
}
/** Of the page alone: what the service worker lays by is asked for by itself, and only where there is https. */
async function watch({ context, page }: Visitor, isUsable: () => boolean): Promise<Fetched[]> {
  const session = await context.newCDPSession(page);
  const asked = new Map<string, Fetched>();
  const fetched: Fetched[] = [];
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    const one = { path: new URL(request.url).pathname, soon: !isUsable() };
    asked.set(requestId, one);
    fetched.push(one);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const one = asked.get(requestId);
    if (one) one.wire = encodedDataLength;
  });
  // A first question that is not answered within 3 s is given up for the socket (app/early.ts).
  session.on("Network.loadingFailed", ({ requestId, canceled }) => {
    const one = asked.get(requestId);
    if (canceled && one?.path === "/rpc") one.wire = 0;
  });
  await session.send("Network.enable");
  await session.send("Network.setExtraHTTPHeaders", { headers: { "accept-encoding": "gzip" } });
  return fetched;
}

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Everything that comes by itself, once it is here. */
async function visit(origin: string, cookies: Cookies, language: string, view: View) {
  const visitor = await Visitor.arrive(language, 360, 740);
  await visitor.context.addCookies(cookies);
  let usable = false;
  const fetched = await watch(visitor, () => usable);
  await visitor.page.goto(origin + view.path);
  await visitor.page.locator(view.usable).first().waitFor();
  await visitor.connected();
  usable = true;
  for (const part of view.later) await visitor.page.locator(part).first().waitFor();
  const missing = () => {
    const here = fetched.filter(({ wire }) => wire !== undefined);
    const notYet = last.filter((name) => !here.some(({ path }) => name.test(path)));
    return [...notYet.map(String), ...fetched.filter((one) => !here.includes(one))];
  };
  await becomes(async () => missing(), []);
  await visitor.close();
  return fetched;
}

async function sizes(stage: Stage, fetched: Fetched[]) {
  const sizeOf = async ({ path, soon, wire = 0 }: Fetched) => {
    if (path === "/rpc") return { path, soon, size: wire };
    const { body } = await stage.server.get(path, { "accept-encoding": "gzip" });
    return { path, soon, size: body.length };
  };
  return Promise.all(fetched.map(sizeOf));
}

test("a first visit stays below its limit with all that comes by itself, in each language, and asks for nothing twice", {
  skip: without ?? false,
}, async (t) => {
  const stage = await newStage();
  const { origin } = stage.server;
  const joined = await Visitor.arrive("fr", 360, 740);
  await joined.join(origin, await linkFor(stage.server, "Ana"), "fr");
  const cookies = await joined.context.cookies();
  await joined.close();
  // Who joins after a vote has opened has no part in it.
  const [author] = stage.members as [Person];
  const { id } = await makeReady(author, stage.facilitator);
  const { poll } = await openPoll(stage.facilitator, [id], { closes: Date.now() + 6048e5 });
  const { doc } = await author.call("poll.get", { id: poll });
  for (const view of [home, voteOf(doc.number)]) {
    const languages = ["fr", "nl", "en"];
    const visits = languages.map((one) => visit(origin, cookies, one, view));
    for (const [at, fetched] of (await Promise.all(visits)).entries()) {
      const about = `${view.path} in ${languages[at]}`;
      const parts = await sizes(stage, fetched);
      for (const { path, soon, size } of parts)
        t.diagnostic(`${String(size).padStart(6)} ${soon ? "before" : "after "} ${path}`);
      const total = parts.reduce((sum, { size }) => sum + size, 0);
      const soon = parts.filter((one) => one.soon);
      t.diagnostic(
        `${about}: ${total} bytes in ${parts.length} requests, ${soon.length} before it could be used`,
      );
      const paths = parts.map(({ path }) => path);
      assert.deepEqual(paths, [...new Set(paths)], about);
      assert.ok(soon.length >= 5 && total > view.limit / 2, `${about}: something was measured`);
      assert.ok(total < view.limit, `${about}: ${total} bytes, ${view.limit} allowed`);
    }
  }
});
