// The pages of a real discussion (Decide Madrid: 80 proposals; one with 592 comments): how long the server takes
// for them, and when they can be used on a processor six times slower.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { linkFor, Visitor, without } from "../harness/browser.ts";
import { newPerson, type Person } from "../harness/people.ts";
import { Socket } from "../harness/socket.ts";
import { initFolder, must, Server, shared } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";
import { figure, median, quick } from "./measure.ts";

const source = join(shared, "discussions/decide-madrid");

async function measure(): Promise<void> {
  const folder = await initFolder();
  await must("import", folder, "--format", "decide-madrid", source);
  const server = await new Server(folder).start();
  const reader = await newPerson(server, "Pilar");
  const { items } = await reader.call("proposal.list", { limit: 200 });
  const longest = (items as Data[]).reduce((a, b) => (a.comments > b.comments ? a : b));
  const pages: [string, string, string, string][] = [
    ["80 proposals", "proposals", "/p", "proposal-card"],
    [`${longest.comments} comments`, `proposal/${longest.id}`, `/p/${longest.number}`, "comment"],
  ];
  for (const [name, topic] of pages) await measureServer(server, reader, name, topic);
  if (without) console.log(`skipped: ${without}`);
  else await measurePages(server, pages);
  await server.stop();
}

/** From the subscription to the last byte of the topic: nothing is parsed meanwhile. */
async function measureServer(server: Server, reader: Person, name: string, topic: string) {
  const whole = await reader.socket();
  const watched = await whole.watch(topic);
  await whole.until(name, () => watched.frames.length > 1 && watched.seq > 0, 3000).catch(() => 0);
  const count = watched.documents.size;
  whole.cut();
  let bytes = 0;
  const times: number[] = [];
  for (let n = 0; n < (quick ? 40 : 200); n++) {
    if (n % 20 === 0) await reader.enterAgain();
    const socket = await Socket.open(server, reader.cookie);
    socket.raw.removeAllListeners("message");
    const request = { jsonrpc: "2.0", id: 1, method: "feed.subscribe" };
    const taken = await new Promise<{ ms: number; size: number }>((done) => {
      let size = 0;
      const began = performance.now();
      socket.raw.on("message", (data: Buffer) => {
        size += data.length;
        const last = n === 0 ? undefined : bytes;
        if (last === undefined) setTimeout(() => done({ ms: 0, size }), 1000);
        else if (size >= last) done({ ms: performance.now() - began, size });
      });
      socket.raw.send(JSON.stringify({ ...request, params: { topics: { [topic]: 0 } } }));
    });
    if (n === 0) bytes = taken.size;
    else times.push(taken.ms);
    socket.cut();
  }
  times.sort((a, b) => a - b);
  const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
  figure(`${name}: server p99 (${count} documents)`, p99, "ms", 50, 1);
}

async function measurePages(server: Server, pages: [string, string, string, string][]) {
  const visitor = await Visitor.arrive("fr", 360, 740);
  await visitor.join(server.origin, await linkFor(server, "Ana"), "fr");
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: Number(process.env.SLOWER ?? 6) });
  for (const [name, , path, hook] of pages) {
    const times: number[] = [];
    await visitor.page.addInitScript((selector) => {
      const marks = window as unknown as { usable?: number };
      const look = new MutationObserver(() => {
        if (!document.querySelector(selector)) return;
        look.disconnect();
        requestAnimationFrame(() => setTimeout(() => (marks.usable = performance.now())));
      });
      look.observe(document, { childList: true, subtree: true });
    }, `[data-test="${hook}"]`);
    for (let n = 0; n < (quick ? 3 : 5); n++) {
      await visitor.page.goto("about:blank");
      await visitor.page.goto(server.origin + path);
      const read = () => (window as unknown as { usable?: number }).usable;
      const handle = await visitor.page.waitForFunction(read);
      times.push(Number(await handle.jsonValue()));
    }
    figure(`${name}: usable on a 6 x slower processor`, median(times), "ms", 1500, 1);
  }
  await visitor.context.browser()?.close();
}

if (existsSync(source)) await measure();
else console.log(`skipped: no ${source}`);
