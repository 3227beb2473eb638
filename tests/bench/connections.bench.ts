// A hall that comes back: what it costs to let it in again, what each keeps of memory, what the others feel of those who
// sign in. docs/performance.md says what the limits are.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  eventually,
  makeReady,
  newHall,
  newId,
  openPoll,
  Person,
  post,
  request,
  tokenOf,
} from "../harness/people.ts";
import { initFolder, Server, scratch } from "../harness/program.ts";
import { Socket } from "../harness/socket.ts";
import type { Data } from "../harness/wire.ts";
import { grow, unlimited } from "./hall.ts";
import { Bare, cpuOf, figure, interleaved, Load, quick, runs } from "./measure.ts";

const all = quick ? 2100 : 15_000;
const few = all / 3;
const watching = quick ? 300 : 1000;
const changes = quick ? 15 : 30;
const spacingMs = 50;
const signInsASecond = 10;

// Somebody who speaks every 50 ms is no ordinary member.
const server = new Server(await initFolder(), { more: [...unlimited, "--command-rate", "0"] });
await server.start();
const { facilitator, members } = await newHall(server, 2);
const [author, speaker] = members as [Person, Person];
const proposal = await makeReady(author, facilitator);
const poll = await openPoll(facilitator, [proposal.id]);
const people = await grow(server, few, all / few);
const cookies = people.flatMap((person) => [person.cookie, ...person.spares]);

const say = (text: string) =>
  speaker.create("comment.post", {
    language: "fr",
    on: { kind: "proposal", id: proposal.id },
    text,
  });

/** What a page asks for when its connection is back: all it held, from where it stood. */
function comingBack(since: number): string {
  const names = ["org", "me", "proposals", `proposal/${proposal.id}`, `poll/${poll.poll}`];
  const topics = Object.fromEntries([...names.map((name) => [name, since]), ["personal", 1]]);
  const params = { topics, epoch: speaker.epoch };
  return JSON.stringify({ jsonrpc: "2.0", id: 1, method: "feed.subscribe", params });
}

function file(lines: string[], first: string): string {
  const path = join(scratch(), "load");
  writeFileSync(path, lines.map((cookie) => `${cookie}\t${first}\t-\n`).join(""));
  return path;
}

const anonymousBytes = () =>
  1024 *
  Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]);
const stats = async (): Promise<Data> => JSON.parse((await server.controlGet("/stats")).text);

/** So many come at once: microseconds of CPU of a process for each. Then all go, and it has seen them go. */
async function comeAndGo(load: Load, count: number, pid: number, gone: () => Promise<unknown>) {
  const before = cpuOf(pid);
  await load.tell(`open ${count}`);
  await sleep(100);
  const inside = cpuOf(pid);
  await load.tell("close");
  await gone();
  return { in: (inside - before) / count, out: (cpuOf(pid) - inside) / count };
}

async function storm(): Promise<void> {
  const { seq } = await say("Ce que la salle n'a pas encore vu.");
  const first = comingBack(seq - 1);
  const path = file(cookies, first);
  const probe = await Socket.open(server, author.cookie);
  const answer = JSON.stringify(await probe.call("feed.subscribe", JSON.parse(first).params));
  probe.close();
  const empty = anonymousBytes();
  const load = await Load.start(server.port, server.origin, path);
  await sleep(300);
  const each = (anonymousBytes() - empty) / all;
  const emptied = () =>
    eventually("all have gone", async () => (await stats()).connections === 0, 30_000);
  await load.tell("close");
  await emptied();
  const bare = await Bare.start("doorman", String(answer.length));
  const bareLoad = await Load.start(bare.port, server.origin, path);
  await bareLoad.tell("close");
  const [part, limit] = await interleaved(
    async () => {
      const { in: bareIn } = await comeAndGo(bareLoad, all, bare.pid, () => sleep(300));
      return { ...(await comeAndGo(load, all, server.pid, emptied)), bare: bareIn };
    },
    // As many connections on both sides: fewer of them vary more.
    async () => {
      const times: { in: number; out: number }[] = [];
      for (let n = 0; n < all / few; n++)
        times.push(await comeAndGo(load, few, server.pid, emptied));
      const mean = (of: "in" | "out") =>
        times.reduce((sum, one) => sum + one[of], 0) / times.length;
      return { in: mean("in"), out: mean("out") };
    },
  );
  for (const one of [load, bareLoad, bare]) await one.stop();
  const name = `${all} come back at once:`;
  figure(`${name} CPU for each, against ${few}`, part.in, "us", limit.in, 1.2);
  figure(`${name} CPU for each, against bare ones`, part.in, "us", part.bare, 2.5);
  figure(`${all} go at once: CPU for each, against ${few}`, part.out, "us", limit.out, 1.5);
  figure(`${all} idle: bytes of memory for each`, each, "B", 4300, 1);
  // Rates of the sessions that were here are kept for ten minutes, and what a turn needs.
  await sleep(2000);
  figure("the same, a moment after they went", (anonymousBytes() - empty) / all, "B", each, 0.5);
}

/** A whole sign-in of somebody new: the link is looked at and used, the page connects and reads what it shows. */
async function signIn(token: string): Promise<void> {
  const person = new Person(server);
  await post(server, "", request("session.look", { token }));
  await person.join(token);
  const socket = await person.socket();
  await socket.call("session.get");
  await socket.subscribe({ org: 0, me: 0, personal: 0, proposals: 0 });
  socket.close();
}

/** Changes at a steady pace: when 99 of 100 watchers have each; of these times the one that a tenth exceeds. */
async function broadcasts(load: Load): Promise<{ ms: number }> {
  const times: number[] = [];
  for (let n = 0; n < changes; n++) {
    await load.tell("mark");
    const { seq } = await say(`Une phrase comme on en écrit, la ${n}e.`);
    times.push((await load.tell(`until ${seq}`)).p99_ms);
    await sleep(spacingMs);
  }
  return { ms: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.9)] as number };
}

async function signIns(): Promise<void> {
  const most = Math.ceil((changes * spacingMs * 4 * signInsASecond) / 1000) * runs;
  const invite = () => ({ id: newId(), name: "Membre", class: "members", command: newId() });
  const asked = Array.from({ length: most }, () => request("member.invite", invite()));
  const answers: Data[] = JSON.parse((await server.operatorRaw(asked)).text);
  const links = answers.map(({ result }) => tokenOf(result.link));
  const { seq } = await say("Ce que tous ont vu.");
  const path = file(cookies.slice(0, watching), comingBack(seq));
  const load = await Load.start(server.port, server.origin, path);
  await broadcasts(load);
  let entered = 0;
  const [part, limit] = await interleaved(
    async () => {
      const underway: Promise<void>[] = [];
      const timer = setInterval(() => {
        const link = links.pop();
        if (link) underway.push(signIn(link));
      }, 1000 / signInsASecond);
      const result = await broadcasts(load);
      clearInterval(timer);
      await Promise.all(underway);
      entered += underway.length;
      return result;
    },
    () => broadcasts(load),
  );
  await load.stop();
  assert.ok(entered >= 5 * runs, `${entered} signed in`);
  const name = `one change to ${watching} while ${signInsASecond} a second sign in: p99`;
  figure(name, part.ms, "ms", limit.ms, 1.5);
}

// Memory is counted from a server that has just begun.
await server.stop();
await server.start();
await storm();
await signIns();
await server.stop();
