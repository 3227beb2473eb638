// One change to a thousand watchers: what each delivery costs the server, against a bare loop of send() with
// the same bytes to as many sockets, measured in the same run.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { newHall, newId, newProposal, type Person } from "../harness/people.ts";
import { initFolder, Server, scratch } from "../harness/program.ts";
import { component, cpuOf, figure, Load, median, quick } from "./measure.ts";

const watchers = quick ? 300 : 1000;
const changes = quick ? 15 : 40;
// All watchers are one member: their rate is no limit here.
const server = await new Server(await initFolder(), { more: ["--command-rate", "0"] }).start();
const { members } = await newHall(server, 3);
const [author, speaker, watcher] = members as [Person, Person, Person];
const proposal = await newProposal(author);
const params = { topics: { [`proposal/${proposal.id}`]: 0 } };
const subscribe = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "feed.subscribe", params });
const file = join(scratch(), "load");
// A session may ask thirty times at once: so many watchers need sessions enough.
await watcher.prepare(Math.ceil(watchers / 25));
const cookies = Array.from({ length: watchers }, (_, at) => watcher.spares[Math.floor(at / 25)]);
writeFileSync(file, cookies.map((cookie) => `${cookie}\t${subscribe}\t-\n`).join(""));
const load = await Load.start(server.port, server.origin, file);
const stats = async () => JSON.parse((await server.controlGet("/stats")).text);

/** A lone change: the CPU from just before it to when all have it, less what the command itself costs. */
async function change(): Promise<{ cpu: number; ms: number }> {
  const cpu = cpuOf(server.pid);
  const waiting = load.tell("wait");
  await speaker.act("comment.post", {
    id: newId(),
    language: "fr",
    on: { kind: "proposal", id: proposal.id },
    text: "Une phrase comme on en écrit, ni longue ni courte, pour voir arriver la suite.",
  });
  const { ms } = await waiting;
  await sleep(20);
  return { cpu: cpuOf(server.pid) - cpu, ms };
}

await change();
const before = await stats();
const deliveries: number[] = [];
const arrivals: number[] = [];
for (let n = 0; n < changes; n++) {
  const { cpu, ms } = await change();
  deliveries.push(cpu / watchers);
  arrivals.push(ms);
}
const after = await stats();
const bytes = Math.round((after.sent_bytes - before.sent_bytes) / (after.sends - before.sends));
const sends = (after.sends - before.sends) / (changes * watchers);
load.stop();
const bares = Array.from({ length: 3 }, () => component("send", String(watchers), String(bytes)));
const bareCpu = median(bares.map((one) => one.cpu_us));
const bareLast = median(bares.map((one) => one.last_ms));
assert.ok(sends > 0.99, `${sends} sends per delivery`);
figure(`one change to ${watchers}: CPU per delivery`, median(deliveries), "us", bareCpu, 1.25);
figure(`one change to ${watchers}: last one has it`, median(arrivals), "ms", bareLast, 1.25);
figure(`one change to ${watchers}: sends per delivery`, sends, "", 1, 1.05);
await server.stop();
