// The browser client as a member in a hall meets it: what is fetched before the first page is usable, when the largest
// part of it is drawn, when a vote can be cast, cold and warm; the heaviest pages on a slow processor.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, CDPSession } from "playwright-core";
import { linkFor, Visitor, without } from "../harness/browser.ts";
import { makeReady, newHall, openPoll } from "../harness/people.ts";
import { freePort, initFolder, must, Server, shared } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";
import { HallNetwork, type Network } from "./wifi.ts";
import { figure, median, notMeasured, quick } from "./measure.ts";

const source = join(shared, "discussions/decide-madrid");
const hall: Network = { latencyMs: 400, bytesPerSecond: 50_000 };
const slow4g: Network = { latencyMs: 150, bytesPerSecond: 200_000 };
const runs = quick ? 1 : 5;

/** What a page tells of its own load; put into it before its first line. */
interface Marks {
  usable?: number;
  lcp: number;
  shift: number;
  moved: string[];
  tasks: number[];
}

/** `usable`: a condition of the page's document, as an expression. */
function watch(usable: string): string {
  return `(() => {
    const marks = (window.marks = { lcp: 0, shift: 0, moved: [], tasks: [] });
    const see = (type, take) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    see("largest-contentful-paint", (entry) => { if (!marks.usable) marks.lcp = entry.startTime; });
    const nameOf = ({ node }) => (node ? node.nodeName + "." + (node.className || node.parentNode?.className) : "");
    see("layout-shift", (entry) => {
      if (entry.hadRecentInput || marks.usable) return;
      marks.shift += entry.value;
      marks.moved.push(entry.value.toFixed(3) + " " + entry.sources.map(nameOf).join(" "));
    });
    see("longtask", (entry) => { marks.tasks.push(entry.duration); });
    const look = () => {
      if (marks.usable || !document.documentElement || !(${usable})) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => { marks.usable = performance.now(); }));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
  })();`;
}
const live = `document.documentElement.dataset.connection === "up"`;
const homeUsable = `${live} && document.querySelector('[data-test="home-poll"] a')`;
const voteUsable = `${live} && document.querySelector('[data-test="vote-card"][data-state="open"] input:not(:disabled)')`;

interface Load {
  usable: number;
  lcp: number;
  shift: number;
  moved: string[];
  /** Sum of what tasks take beyond 50 ms, and the longest. */
  blocked: number;
  longest: number;
  tasks: number[];
  /** Processor time of its main thread, ms, as if not slowed. */
  spent: number;
  /** What came over the network, and how many requests asked for it. */
  bytes: number;
  requests: string[];
}

async function slowDown(session: CDPSession, cpu: number, network?: Network): Promise<void> {
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  const { latencyMs, bytesPerSecond } = network ?? { latencyMs: 0, bytesPerSecond: -1 };
  const rate = { downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond };
  await session.send("Network.emulateNetworkConditions", {
    ...{ offline: false, latency: latencyMs, ...rate },
  });
}

/** One load in a page of its own. Brotli is not offered by browsers over plain http, nor is it here. */
async function load(
  context: BrowserContext,
  url: string,
  usable: string,
  cpu: number,
  network?: Network,
): Promise<Load> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  // A phone that comes back after hours starts the service worker anew, and its own process with it.
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await slowDown(session, cpu, network);
  const asked = new Map<string, string>();
  const requests: string[] = [];
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.fromDiskCache || response.fromServiceWorker) return;
    asked.set(requestId, new URL(response.url).pathname);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = asked.get(requestId);
    // Documents, as what the socket brings: not the client's own bytes.
    if (path === undefined || path === "/rpc" || finished) return;
    requests.push(path);
    bytes += encodedDataLength;
  });
  let finished = false;
  await page.addInitScript(watch(usable));
  await page.goto(url, { waitUntil: "commit" });
  const handle = await page.waitForFunction(() => {
    const { marks } = window as unknown as { marks: Marks };
    return marks.usable ? marks : null;
  });
  finished = true;
  const metrics = (await session.send("Performance.getMetrics")).metrics;
  const spent = (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  const marks = (await handle.jsonValue()) as Marks & { usable: number };
  await page.close();
  const { tasks } = marks;
  const blocked = tasks.reduce((sum, ms) => sum + Math.max(0, ms - 50), 0);
  return { ...marks, spent, blocked, longest: Math.max(0, ...tasks), bytes, requests };
}

const middle = (loads: Load[], of: (load: Load) => number) => median(loads.map(of));

interface Place {
  server: Server;
  origin: string;
  network: HallNetwork;
  visitor: Visitor;
  cookies: Awaited<ReturnType<BrowserContext["cookies"]>>;
  poll: number;
  longest: Data;
}

/** A real discussion's organisation with one open vote, and a member who has not voted. */
async function furnish(): Promise<Place> {
  const folder = await initFolder();
  if (existsSync(source)) await must("import", folder, "--format", "decide-madrid", source);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = new Server(folder, { origins: [origin], more: ["--command-rate", "0"] });
  await server.start();
  const network = await HallNetwork.start(port, () => server.port);
  const { facilitator, members } = await newHall(server, 3);
  // Who joins after a vote has opened has no part in it.
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.join(origin, await linkFor(server, "Ana"), "fr");
  const cookies = await visitor.context.cookies();
  const author = members[0];
  if (!author) throw new Error("nobody");
  const ready = await makeReady(author, facilitator);
  const open = await openPoll(facilitator, [ready.id], { closes: Date.now() + 6048e5 });
  const { doc } = await author.call("poll.get", { id: open.poll });
  const { items } = await author.call("proposal.list", { limit: 200 });
  const longest = (items as Data[]).reduce((a, b) => (a.comments > b.comments ? a : b));
  return { server, origin, network, visitor, cookies, poll: doc.number, longest };
}

async function coldContext({ cookies }: Place): Promise<Visitor> {
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.context.addCookies(cookies);
  await visitor.page.close();
  return visitor;
}

interface Gate {
  lcp: number;
  usable: number;
  blocked: number;
  longest: number;
}

type View = [name: string, path: string, usable: string];

function tell(title: string, loads: Load[], gate: Gate, bytes: number): void {
  const lines: [string, number, string, number][] = [
    ["largest part drawn", middle(loads, (one) => one.lcp), "ms", gate.lcp],
    ["usable and live", middle(loads, (one) => one.usable), "ms", gate.usable],
    ["tasks beyond 50 ms", middle(loads, (one) => one.blocked), "ms", gate.blocked],
    ["longest task", middle(loads, (one) => one.longest), "ms", gate.longest],
    ["moved while loading, 1/1000", middle(loads, (one) => one.shift) * 1000, "", 20],
    ["fetched until usable", middle(loads, (one) => one.bytes) / 1000, "kB", bytes],
  ];
  for (const [about, part, unit, limit] of lines)
    figure(`${title}: ${about}`, part, unit, limit, 1);
  if (process.env.SHOW)
    console.log(
      loads.map(({ spent, tasks, requests, moved }) => [
        spent,
        tasks.join(),
        requests.join(),
        moved.join("; "),
      ]),
    );
}

/** A browser that was never here. */
async function cold(place: Place, [, path, usable]: View, network: Network, times: number) {
  const loads: Load[] = [];
  place.network.network = network;
  for (let n = 0; n < times; n++) {
    const { context } = await coldContext(place);
    loads.push(await load(context, place.origin + path, usable, 4, network));
    await context.close();
  }
  place.network.network = undefined;
  return loads;
}

/** A browser that was here before, long enough to keep what it saw and the client itself. */
async function warm(place: Place, [, path, usable]: View, network: Network, times: number) {
  const loads: Load[] = [];
  const { context } = await coldContext(place);
  const page = await context.newPage();
  await page.goto(place.origin + path);
  await page.waitForFunction(() => document.documentElement.dataset.kept === "yes");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.close();
  place.network.network = network;
  for (let n = 0; n < times; n++)
    loads.push(await load(context, place.origin + path, usable, 4, network));
  place.network.network = undefined;
  await context.close();
  return loads;
}

async function inTheHall(place: Place): Promise<void> {
  const views: View[] = [
    ["home", "/", homeUsable],
    ["a vote", `/v/${place.poll}`, voteUsable],
  ];
  for (const view of views) {
    const first = await cold(place, view, hall, runs);
    tell(`${view[0]} in a hall, cold`, first, gates.hallCold, 60);
    if (view[0] === "home") {
      const requests = middle(first, (one) => one.requests.length);
      figure("home, cold: requests until usable", requests, "", 6, 1);
    }
    tell(`${view[0]} in a hall, warm`, await warm(place, view, hall, runs), gates.hallWarm, 3);
    if (quick) continue;
    tell(`${view[0]} on slow 4G, cold`, await cold(place, view, slow4g, 3), gates.slow4g, 60);
  }
}

const gates: Record<string, Gate> & { hallCold: Gate; hallWarm: Gate; slow4g: Gate } = {
  hallCold: { lcp: 2500, usable: 3000, blocked: 250, longest: 200 },
  hallWarm: { lcp: 800, usable: 1000, blocked: 50, longest: 50 },
  slow4g: { lcp: 1500, usable: 1800, blocked: 250, longest: 200 },
};

/** The heaviest pages on a processor six times slower, with the client in the browser's cache. */
async function heavy({ longest, visitor, origin }: Place): Promise<void> {
  const pages: [string, string, string][] = [
    ["80 proposals", "/p", "proposal-card"],
    [`${longest.comments} comments`, `/p/${longest.number}`, "comment"],
  ];
  for (const [name, path, hook] of pages) {
    const usable = `document.querySelector('[data-test="${hook}"]')`;
    const loads: Load[] = [];
    await load(visitor.context, origin + path, usable, 1);
    for (let n = 0; n < Math.min(runs, 3); n++)
      loads.push(await load(visitor.context, origin + path, usable, 6));
    const title = `${name}: usable, processor 6 x slower`;
    figure(
      title,
      middle(loads, (one) => one.usable),
      "ms",
      1500,
      1,
    );
    if (process.env.SHOW)
      console.log(loads.map(({ spent, tasks, usable }) => [spent, tasks.join(), usable]));
  }
}

/** What a tap and a signature take, told by the page itself. */
const watchVoting = `(() => {
  const marks = (window.marks = { taps: [], signed: [], tapped: 0 });
  addEventListener("pointerdown", () => { marks.tapped = performance.now(); }, true);
  addEventListener("change", () => {
    requestAnimationFrame(() => setTimeout(() => marks.taps.push(performance.now() - marks.tapped)));
  }, true);
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (String(data).includes('"ballot.cast"')) marks.signed.push(performance.now() - marks.tapped);
    send.call(this, data);
  };
})();`;

/** From a tap to the frame that shows it, and from "sign" to the ballot's bytes on their way. */
async function vote({ origin, poll, visitor }: Place): Promise<void> {
  const page = await visitor.context.newPage();
  await page.addInitScript(watchVoting);
  await page.goto(`${origin}/v/${poll}`);
  const session = await visitor.context.newCDPSession(page);
  const at = (hook: string) => page.locator(`[data-test="${hook}"]`);
  // The first one makes what the others find: the middle of three at least.
  for (let n = 0; n < Math.max(runs, 3); n++) {
    await at("choice-yes").waitFor();
    await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
    await at(n % 2 ? "choice-no" : "choice-yes").check({ force: true });
    await at("sign-ballot").click();
    await page.waitForFunction(
      (count) => (window as unknown as { marks: { signed: number[] } }).marks.signed.length > count,
      n,
    );
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await at("change-vote").click();
  }
  const { taps, signed } = await page.evaluate(
    () => (window as unknown as { marks: { taps: number[]; signed: number[] } }).marks,
  );
  figure("tap to what it shows, processor 6 x slower", median(taps), "ms", 100, 1);
  figure("sign and store a ballot, processor 6 x slower", median(signed), "ms", 150, 1);
  await page.close();
}

if (without) notMeasured("the browser client", without);
else {
  const place = await furnish();
  const only = process.env.PART ?? "hall,heavy,vote";
  if (only.includes("hall")) await inTheHall(place);
  if (only.includes("heavy")) await heavy(place);
  if (only.includes("vote")) await vote(place);
  await place.visitor.context.browser()?.close();
  place.network.stop();
  await place.server.stop();
}
