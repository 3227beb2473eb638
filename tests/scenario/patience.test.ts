// Peers that are slow, silent or gone: each waits, so all of them wait side by side, and honest people are answered
// meanwhile. Figures stand in the diagnostics of the tests.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, newHall, newPerson, newProposal, type Person } from "../harness/people.ts";
import { serveNew, slowness, stopwatch } from "../harness/program.ts";
import { frame, framesOf, openSocket, Raw } from "../harness/raw.ts";
import type { Data } from "../harness/wire.ts";

// All of them come from one address, and the crowd from one session.
const server = await serveNew({
  more: ["--command-rate", "0", "--connections-per-address", "0"],
});
const { members } = await newHall(server, 3);
const [member, crowd, gone] = members as [Person, Person, Person];
const host = `Host: 127.0.0.1:${server.port}`;
const stats = async (): Promise<Data> => JSON.parse((await server.controlGet("/stats")).text);

/** Tells when each of them ended, in seconds since now as a quiet machine counts them. */
function endsOf(peers: Raw[]): (number | undefined)[] {
  const elapsed = stopwatch(server);
  const ends: (number | undefined)[] = peers.map(() => undefined);
  for (const [at, { socket }] of peers.entries())
    socket.once("close", () => {
      ends[at] = elapsed() / 1000;
    });
  return ends;
}

async function openMany(count: number, what: (raw: Raw, at: number) => void): Promise<Raw[]> {
  const all: Raw[] = [];
  for (let at = 0; at < count; at += 100) {
    const some = Array.from({ length: Math.min(100, count - at) }, () => Raw.open(server.port));
    all.push(...(await Promise.all(some)));
  }
  for (const [at, raw] of all.entries()) what(raw, at);
  return all;
}

const latencies = async (count: number): Promise<number[]> => {
  const all: number[] = [];
  for (let n = 0; n < count; n++) {
    const elapsed = stopwatch(server);
    const ask = n % 2 === 0 ? server.healthy() : member.call("session.ping");
    assert.ok(await ask);
    all.push(elapsed());
  }
  return all.toSorted((a, b) => a - b);
};
const p99 = (all: number[]) => all[Math.floor(all.length * 0.99)] ?? 0;

// ---- readers that are slow for a while: they fall behind, then read all there is ----

const edited = await newProposal(member, "Un texte souvent changé");
const { id: changing } = await member.create("comment.post", {
  ...{ language: "fr", on: { kind: "proposal", id: edited.id }, text: "Bientôt" },
});
const late = await Promise.all(Array.from({ length: 20 }, () => openSocket(server, crowd.cookie)));
const subscribe = (id: string, topic: string) =>
  frame(
    1,
    Buffer.from(
      JSON.stringify({
        ...{ jsonrpc: "2.0", id, method: "feed.subscribe" },
        params: { topics: { [topic]: 0 } },
      }),
    ),
  );
for (const raw of late) {
  raw.write(subscribe("l", `proposal/${edited.id}`));
  await raw.has('"result"');
  raw.socket.pause();
}
const aBit = (raw: Raw) => {
  raw.socket.once("data", () => raw.socket.pause());
  raw.socket.resume();
};
const text = "mot ".repeat(1900);
for (let round = 0; round < 250; round++) {
  await member.act("comment.edit", { id: changing, text: `${round} ${text}` });
  for (const [at, raw] of late.entries()) if (round > 65 && round % (at + 8) === 0) aBit(raw);
}
for (const raw of late) {
  raw.socket.resume();
  await raw.has(`"249 mot`);
}
const lateSince = Date.now();
const lateAlive = setInterval(() => {
  for (const raw of late) raw.write(frame(10, Buffer.alloc(0)));
}, 10_000);

// ---- T-N1 ----

const calm = await latencies(100);
const heads = await openMany(1200, (raw) => raw.write(`GET / HTTP/1.1\r\n${host}\r\n`));
const silent = await openMany(100, () => {});
const bodies = await openMany(600, (raw) =>
  raw.write(
    `POST /rpc HTTP/1.1\r\n${host}\r\nOrigin: ${server.origin}\r\nX-Palabre-CSRF: 1\r\nContent-Length: 4000\r\n\r\n{`,
  ),
);
const asking = `GET /openrpc.json HTTP/1.1\r\n${host}\r\n\r\n`.repeat(200);
const readers = await openMany(10, (raw) => {
  raw.socket.pause();
  raw.write(asking);
});
const slow = { heads: endsOf(heads), silent: endsOf(silent), bodies: endsOf(bodies) };
let drips = 0;
const drip = setInterval(() => {
  for (const raw of heads) raw.write(drips % 2 === 0 ? "X" : "-");
  for (const raw of bodies) raw.write(" ");
  drips++;
}, 1500);

// ---- T-N3: peers that have gone without a word: nothing is read, nothing answered, nothing closed ----

const half: Raw[] = [];
for (let at = 0; at < 300; at += 50) {
  const some = Array.from({ length: 50 }, () => openSocket(server, gone.cookie));
  half.push(...(await Promise.all(some)));
}
for (const raw of half) raw.socket.pause();
const halfSince = Date.now();
const halfElapsed = stopwatch(server);
const living = await member.socket();

// ---- T-N2: readers that stop, and still say that they live ----

const idea = await newProposal(member, "Une longue discussion");
const choked: Raw[] = [];
for (let at = 0; at < 500; at += 50) {
  const some = Array.from({ length: 50 }, () => openSocket(server, crowd.cookie));
  choked.push(...(await Promise.all(some)));
}
for (const raw of choked) raw.write(subscribe("s", `proposal/${idea.id}`));
await Promise.all(choked.map((raw) => raw.has('"result"', 20_000)));
for (const raw of choked) raw.socket.pause();
const memory = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024;
const memoryBefore = memory();
const alive = setInterval(() => {
  for (const raw of choked) raw.write(frame(10, Buffer.alloc(0)));
}, 10_000);
const quick = await living.watch(`proposal/${idea.id}`);
const speakers = await Promise.all(
  Array.from({ length: 10 }, (_, at) => newPerson(server, `Orateur ${at}`)),
);
let said = 0;
const speakingSince = Date.now();
for (let round = 0; round < 12; round++) {
  const on = { kind: "proposal", id: idea.id };
  const post = (one: Person) =>
    one.create("comment.post", { language: "fr", on, text: `${round} ${text}` });
  await Promise.all(speakers.map(post));
  said += speakers.length;
}
await living.until("the quick one has all", () => quick.all("comment").length === said, 30_000);
const memoryBehind = memory();
const goneAfter = eventually(
  "the end of those who vanished",
  async () =>
    (await stats()).connections <= choked.length + late.length + 1 && {
      real: (Date.now() - halfSince) / 1000,
      quiet: halfElapsed() / 1000,
    },
  60_000,
);
// Given up 30 s after it could take no more, and the close frame may wait ten more: who reads again then is told.
// When a reader could take no more is known to the kernel alone, so one after the other reads again.
const told = (async () => {
  await sleep(Math.max(0, 30_000 - (Date.now() - speakingSince)));
  const asleep = [...choked];
  await eventually("one of them is told", async () => {
    const one = asleep.shift() as Raw;
    one.socket.resume();
    await Promise.race([once(one.socket, "close"), sleep(3000)]);
    one.close();
    const last = framesOf(one).at(-1);
    return last?.first === 0x88 && last.payload.readUInt16BE(0) === 1013;
  });
})();
// They wait beside the first test, which must not take from their time.
for (const waiting of [goneAfter, told]) waiting.catch(() => {});

test("T-N1 honest people are answered while 2,000 others are slow", async (t) => {
  const busy = await latencies(100);
  const figures = `p99 ${p99(calm).toFixed(1)} ms before, ${p99(busy).toFixed(1)} ms meanwhile`;
  t.diagnostic(`${figures}; ${(await stats()).sockets} sockets`);
  assert.ok(p99(busy) <= Math.max(2 * p99(calm), 250 * slowness), figures);
});

test("T-N2 guard choked_reader: 500 readers that stop cost a bounded memory, then they are closed with 1013", async (t) => {
  t.diagnostic(
    `memory ${memoryBefore.toFixed(0)} MB before, ${memoryBehind.toFixed(0)} MB with 500 behind`,
  );
  // A copy of 64 KiB each; live frames are shared. The sanitizer keeps up to 256 MB of what was freed.
  const most = 60 + (slowness > 1 ? 300 : 0);
  assert.ok(memoryBehind - memoryBefore <= most, `${memoryBehind - memoryBefore} MB more`);
  await told;
  await eventually("the others", async () => (await stats()).connections === late.length + 1);
  clearInterval(alive);
  for (const raw of choked) raw.close();
  assert.ok(!living.closed && (await living.call("session.ping")));
});

test("T-N3 guard silent_connection: 300 peers that vanished are gone within 45 s, who lives stays", async (t) => {
  const { real, quiet } = await goneAfter;
  t.diagnostic(`gone after ${real.toFixed(1)} s`);
  assert.ok(real > 35 && quiet <= 45, `${real} s`);
  assert.ok(!living.closed && (await living.call("session.ping")));
  for (const raw of half) raw.close();
});

test("T-N1 guard slow_body: heads are cut within 10 s, bodies within 30 s, readers too", async (t) => {
  clearInterval(drip);
  const latest = (ends: (number | undefined)[]) => Math.max(...ends.map((at) => at ?? Infinity));
  const ends = Object.entries(slow).map(([what, all]) => [what, latest(all)] as const);
  t.diagnostic(ends.map(([what, at]) => `${what} ${at.toFixed(1)} s`).join(", "));
  for (const [what, at] of ends) assert.ok(at <= (what === "bodies" ? 30 : 12), `${what}: ${at} s`);
  for (const raw of readers) raw.socket.resume();
  await eventually("the readers' end", async () => readers.every((raw) => raw.ended), 30_000);
  const all = asking.split("GET").length - 1;
  for (const raw of readers) assert.ok(raw.text.split("HTTP/1.1 200").length - 1 < all);
});

test("who fell behind and has read all since then is not taken for a reader that stops", async () => {
  await sleep(Math.max(0, 35_000 - (Date.now() - lateSince)));
  clearInterval(lateAlive);
  const ended = late.filter((raw) => raw.ended || framesOf(raw).at(-1)?.first === 0x88);
  for (const raw of late) raw.close();
  assert.equal(ended.length, 0);
});
