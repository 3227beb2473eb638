// The browser client as a member in a hall meets it: what is fetched before the first page is usable, when the largest
// part of it is drawn, when a vote can be cast, cold and warm; the heaviest pages on a slow processor.
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { launch, linkFor, Visitor, without } from "../harness/browser.ts";
import { makeReady, newHall, openPoll } from "../harness/people.ts";
import { freePort, initFolder, must, Server, shared, webFolder } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";
import { figure, median, notMeasured, quick } from "./measure.ts";
import { Someone } from "./tab.ts";
import { HallNetwork, type Network } from "./wifi.ts";

const source = join(shared, "discussions/decide-madrid");
const hall: Network = { latencyMs: 400, bytesPerSecond: 50_000 };
const slow4g: Network = { latencyMs: 150, bytesPerSecond: 200_000 };
const runs = quick ? 1 : 5;

/** What a page tells of its own load; put into it before its first line. */
interface Marks {
  usable: number;
  /** The same, by the clock. */
  atMs: number;
  lcp: number;
  shift: number;
  moved: string[];
  tasks: number[];
}

/** From the end of a drawing's work to what the browser calls its time. */
const frameMs = 100;

/** `usable`: a condition of the page's document, as an expression. */
function watch(usable: string): string {
  return `(() => {
    const marks = { lcp: 0, shift: 0, moved: [], tasks: [] };
    const see = (type, take) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    // The drawing that makes it usable is told of a moment later.
    see("largest-contentful-paint", ({ startTime }) => {
      if (!marks.usable || startTime < marks.usable + ${frameMs}) marks.lcp = startTime;
    });
    const nameOf = ({ node }) => (node ? node.nodeName + "." + (node.className || node.parentNode?.className) : "");
    see("layout-shift", (entry) => {
      if (entry.hadRecentInput || marks.usable) return;
      marks.shift += entry.value;
      marks.moved.push(entry.value.toFixed(3) + " " + entry.sources.map(nameOf).join(" "));
    });
    see("longtask", (entry) => { if (!(entry.startTime > marks.usable)) marks.tasks.push(entry.duration); });
    const look = () => {
      if (marks.usable || !document.documentElement || !(${usable})) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => {
        marks.usable = performance.now();
        marks.atMs = Date.now();
        // What observers are told of the last tasks comes a moment later.
        setTimeout(() => tell(JSON.stringify(marks)), ${frameMs});
      }));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
  })();`;
}
const live = `document.documentElement.dataset.connection === "up"`;
const homeUsable = `${live} && document.querySelector('[data-test="home-poll"] a')`;
const voteUsable = `${live} && document.querySelector('[data-test="vote-card"][data-state="open"] input:not(:disabled)')`;

interface Load extends Marks {
  /** Sum of what tasks take beyond 50 ms, and the longest. */
  blocked: number;
  longest: number;
  /** What came over the network, and what was asked for. Documents are not the client's own: no socket, no /rpc. */
  bytes: number;
  requests: string[];
}

/** One load in a page of its own. */
async function load(
  { network }: Place,
  someone: Someone,
  url: string,
  usable: string,
  cpu: number,
): Promise<Load> {
  const tab = await someone.open(cpu);
  // A phone that comes back after hours starts the service worker anew, and its own process with it.
  await tab.send("ServiceWorker.enable");
  await tab.send("ServiceWorker.stopAllWorkers");
  await tab.send("ServiceWorker.disable");
  await network.free();
  network.fetched = [];
  const marks = JSON.parse(await tab.goTo(url, watch(usable))) as Marks;
  const fetched = network.fetched.filter(
    ({ path, atMs }) => path !== "/rpc" && path !== "/ws" && atMs <= marks.atMs,
  );
  await tab.close();
  const { tasks } = marks;
  const blocked = tasks.reduce((sum, ms) => sum + Math.max(0, ms - 50), 0);
  const bytes = fetched.reduce((sum, one) => sum + one.bytes, 0);
  const requests = fetched.map(({ path }) => path);
  return { ...marks, blocked, longest: Math.max(0, ...tasks), bytes, requests };
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

/** The client as a hall's plain http brings it: browsers take Brotli there from their own machine alone. */
function inGzip(): string {
  const folder = mkdtempSync(join(tmpdir(), "palabre-gzip-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  cpSync(webFolder, folder, { recursive: true, filter: (name) => !name.endsWith(".br") });
  return folder;
}

/** A real discussion's organisation with one open vote, and a member who has not voted. */
async function furnish(): Promise<Place> {
  const folder = await initFolder();
  if (existsSync(source)) await must("import", folder, "--format", "decide-madrid", source);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const more = ["--command-rate", "0"];
  const server = new Server(folder, { web: inGzip(), origins: [origin], more });
  await server.start();
  const network = await HallNetwork.start(port, () => server.port);
  const { facilitator, members } = await newHall(server, 3);
  // Who joins after a vote has opened has no part in it.
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.join(origin, await linkFor(server, "Ana"), "fr");
  // Its page would fetch what comes later over the line that is measured.
  await visitor.page.goto("about:blank");
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

const arrive = async ({ cookies }: Place): Promise<Someone> =>
  Someone.arrive(await launch(), cookies);

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
      loads.map(({ tasks, requests, moved }) => [tasks.join(), requests.join(), moved.join("; ")]),
    );
}

/** A browser that was never here. */
async function cold(place: Place, [, path, usable]: View, network: Network, times: number) {
  const loads: Load[] = [];
  for (let n = 0; n < times; n++) {
    const someone = await arrive(place);
    place.network.network = network;
    loads.push(await load(place, someone, place.origin + path, usable, 4));
    place.network.network = undefined;
    await someone.leave();
  }
  return loads;
}

/** Long enough to keep what it saw and the client itself. */
const untilKept = `addEventListener("load", async () => {
    await navigator.serviceWorker.ready;
    const look = () => (document.documentElement.dataset.kept === "yes" ? tell("") : setTimeout(look, 100));
    look();
  });`;

/** A browser that was here before. */
async function comeBack(place: Place, [, path, usable]: View, cpu: number, times: number) {
  const loads: Load[] = [];
  const someone = await arrive(place);
  const { network } = place.network;
  place.network.network = undefined;
  const first = await someone.open(1);
  await first.goTo(place.origin + path, untilKept);
  await first.close();
  place.network.network = network;
  for (let n = 0; n < times; n++)
    loads.push(await load(place, someone, place.origin + path, usable, cpu));
  await someone.leave();
  return loads;
}

async function warm(place: Place, view: View, network: Network, times: number) {
  place.network.network = network;
  const loads = await comeBack(place, view, 4, times);
  place.network.network = undefined;
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

/** The heaviest pages on a processor six times slower, with the client on the device. */
async function heavy(place: Place): Promise<void> {
  const { longest } = place;
  const pages: [string, string, string][] = [
    ["80 proposals", "/p", "proposal-card"],
    [`${longest.comments} comments`, `/p/${longest.number}`, "comment"],
  ];
  for (const [name, path, hook] of pages) {
    const view: View = [name, path, `document.querySelector('[data-test="${hook}"]')`];
    const loads = await comeBack(place, view, 6, Math.min(runs, 3));
    const part = middle(loads, (one) => one.usable);
    figure(`${name}: usable, processor 6 x slower`, part, "ms", 1500, 1);
    if (process.env.SHOW) console.log(loads.map(({ tasks, usable }) => [tasks.join(), usable]));
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
