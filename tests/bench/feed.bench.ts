// What everybody sees at once: a lone change, a hundred changes, a document as large as they come; the limits are those
// of a broadcaster that does nothing else (broadcaster.c), measured in turn with the server, over sockets that the same
// generator has opened to both.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { newHall, newId, newPerson, newProposal, type Person } from "../harness/people.ts";
import { initFolder, Server, scratch } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";
import { Bare, cpuOf, figure, interleaved, Load, median, quick } from "./measure.ts";

const watchers = quick ? 5000 : 10_000;
const changes = 4; // lone ones, of a run: many short ones, since neighbours come and go
const burst = 100;
// All of them come from two addresses, and each member with many windows.
const unlimited = ["command-rate", "stranger-rate", "sign-in-rate", "connections-per-address"];
const more = unlimited.flatMap((name) => [`--${name}`, "0"]);
const server = await new Server(await initFolder(), { more }).start();
const { members } = await newHall(server, 2);
const [author, speaker] = members as [Person, Person];
const crowd: Person[] = [];
for (let n = 0; n < burst; n++) crowd.push(await newPerson(server, `Membre ${n}`));

const stats = async (): Promise<Data> => JSON.parse((await server.controlGet("/stats")).text);
const rpc = (id: number, method: string, params: Data) =>
  JSON.stringify({ jsonrpc: "2.0", id, method, params });

/** Connections of the crowd, each of which sends this first, and that on "send". */
function open(
  port: number,
  count: number,
  first: string,
  then: (at: number) => string = () => "-",
): Promise<Load> {
  const file = join(scratch(), "load");
  const cookie = (at: number) => (crowd[at % crowd.length] as Person).cookie;
  const lines = Array.from({ length: count }, (_, at) => `${cookie(at)}\t${first}\t${then(at)}\n`);
  writeFileSync(file, lines.join(""));
  return Load.start(port, server.origin, file);
}

const watch = (proposal: string) =>
  rpc(1, "feed.subscribe", { topics: { [`proposal/${proposal}`]: 0 } });
const text = "Une phrase comme on en écrit, ni longue ni courte, pour voir arriver la suite.";
const comment = (proposal: string) => ({
  id: newId(),
  language: "fr",
  on: { kind: "proposal", id: proposal },
  text,
  command: newId(),
});

type Seen = { cpu: number; sends: number; last: number; p99: number };

/** What sends, and whom they reach. */
type Side = { pid: number; port: number; load: Load; sends: () => Promise<number> };

/** What it costs this side until all have what `act` answers with, and when they had it. */
async function seen(side: Side, act: () => Promise<Data>): Promise<Seen> {
  const sends = await side.sends();
  await side.load.tell("mark");
  const before = cpuOf(side.pid);
  const { seq } = await act();
  const { last_ms, p99_ms } = await side.load.tell(`until ${seq}`);
  await sleep(20);
  const cpu = cpuOf(side.pid) - before;
  return { cpu, last: last_ms, p99: p99_ms, sends: (await side.sends()) - sends };
}

/** The median of several in a row. */
async function several(count: number, one: () => Promise<Seen>): Promise<Seen> {
  const all: Seen[] = [];
  for (let n = 0; n < count; n++) all.push(await one());
  const of = (name: keyof Seen) => median(all.map((each) => each[name]));
  return { cpu: of("cpu"), sends: of("sends"), last: of("last"), p99: of("p99") };
}

async function serverSide(count: number, proposal: string): Promise<Side> {
  const load = await open(server.port, count, watch(proposal));
  const sends = async () => (await stats()).sends;
  return { pid: server.pid, port: server.port, load, sends };
}

/** A hundred members speak at one instant. */
async function storm(side: Side, proposal: string): Promise<Seen> {
  const speakers = await open(side.port, burst, "", () =>
    rpc(7, "comment.post", comment(proposal)),
  );
  const taken = await seen(side, async () => {
    const answer = await speakers.tell("send");
    assert.equal(answer.acknowledged, burst);
    return answer;
  });
  await speakers.stop();
  return taken;
}

async function measureChanges(): Promise<void> {
  const { id } = await newProposal(author);
  const side = await serverSide(watchers, id);
  const one = () => seen(side, () => speaker.call("comment.post", comment(id)));
  await one();
  const { sent_bytes } = await stats();
  const { sends } = await one();
  const frame = Math.round(((await stats()).sent_bytes - sent_bytes) / sends);
  const raw = await Bare.start("broadcaster", String(frame));
  const rawLoad = await open(raw.port, watchers, watch(id));
  const rawSide: Side = { pid: raw.pid, port: raw.port, load: rawLoad, sends: async () => 0 };
  const name = `one change to ${watchers}`;
  for (const load of [side.load, rawLoad]) await load.tell("nap 1");
  const [lone, bare] = await interleaved(
    () => several(changes, one),
    () => several(changes, () => seen(rawSide, () => raw.tell("change"))),
    quick ? 7 : 11,
  );
  figure(`${name}: CPU per delivery`, lone.cpu / watchers, "us", bare.cpu / watchers, 1.25);
  figure(`${name}: last one has it`, lone.last, "ms", bare.last, 1.25);
  figure(`${name}: sends per delivery`, lone.sends / watchers, "", 1, 1.01);
  const [many, least] = await interleaved(
    () => storm(side, id),
    () => storm(rawSide, id),
  );
  const of = `${burst} changes at once to ${watchers}`;
  const all = burst * watchers;
  figure(`${of}: CPU per delivery`, many.cpu / all, "us", least.cpu / all, 2);
  figure(`${of}: last one has all`, many.last, "ms", least.last, 2);
  figure(`${of}: sends per watcher`, (many.sends - burst) / watchers, "", burst / 10, 1);
  for (const program of [side.load, rawLoad, raw]) await program.stop();
}

/** RssAnon of the server in KiB. */
const memory = () =>
  Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]);

/** As long as a proposal's text may be, and of quotes, which are twice as long in JSON: a frame of 61 KB. */
const longText = (version: number) => `${version} ${'"m" '.repeat(9900)}`;

async function longDocument(count: number): Promise<{ side: Side; one: () => Promise<Seen> }> {
  const { id } = await newProposal(author);
  const side = await serverSide(count, id);
  let base = 0;
  const revise = () => author.act("proposal.revise", { id, base: ++base, text: longText(base) });
  return { side, one: () => seen(side, revise) };
}

async function measureDocument(): Promise<void> {
  const count = quick ? 500 : 1000;
  const silent = count / 100;
  const all = await longDocument(count);
  const some = await longDocument(count);
  await all.one();
  await some.one();
  await some.side.load.tell(`silence ${silent}`);
  const before = memory();
  // Until the silent ones are behind what the kernel keeps and what the server keeps.
  for (let n = 0; n < 12; n++) await some.one();
  const [behind, reading] = await interleaved(
    () => several(changes, some.one),
    () => several(changes, all.one),
  );
  const grown = Math.max(0, memory() - before);
  const name = `61 KB to ${count}`;
  figure(`${name}: sends per delivery`, reading.sends / count, "", 1, 1.01);
  figure(
    `${name}, ${silent} of them not reading: p99 of others`,
    behind.p99,
    "ms",
    reading.p99,
    1.2,
  );
  figure(
    `${name}, ${silent} of them not reading: memory grown`,
    grown,
    "KiB",
    silent * (256 + 64),
    1,
  );
  await all.side.load.stop();
  await some.side.load.stop();
}

await measureChanges();
await measureDocument();
await server.stop();
