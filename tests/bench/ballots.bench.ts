// Ballots of 1,000 and of 5,000 members at one instant, over WebSockets, signed, stored and answered with receipts; and of
// one member alone.
//
// The limit is the same work with nothing around it, measured in the same run on the same machine: parse, verify, look
// up, hash, a grouped synced store and the receipts of the very same messages on one thread, plus a bare echo of frames
// of these sizes. Server and generator share the machine's cores; a storm keeps them busy, so as many of the bare work are
// measured beside each other. Each round is a vote of its own, closed and counted.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  counted,
  makeReady,
  newHall,
  openPoll,
  type Person,
  type PollInfo,
  post,
} from "../harness/people.ts";
import { initFolder, Server, scratch } from "../harness/program.ts";
import { Device, no, yes } from "../harness/record.ts";
import type { Data } from "../harness/wire.ts";
import { grow, unlimited } from "./hall.ts";
import {
  component,
  componentsAtOnce,
  cpuOf,
  equal,
  figure,
  interleaved,
  Load,
  quick,
  runs,
} from "./measure.ts";

const halls = quick ? [1000] : [1000, 5000];
const alone = 100;
const server = await new Server(await initFolder(), { more: unlimited }).start();
const { facilitator, members } = await newHall(server, 1);
const commits = async () => JSON.parse((await server.controlGet("/stats")).text).commits;
const people: Person[] = [];

const wire = (method: string, params: Data) =>
  JSON.stringify({ jsonrpc: "2.0", id: 7, method, params });

/** A connection for each, which sends its message when told. */
function connect(voters: Person[], messages: string[]): Promise<Load> {
  const file = join(scratch(), "load");
  writeFileSync(file, voters.map(({ cookie }, at) => `${cookie}\t\t${messages[at]}\n`).join(""));
  return Load.start(server.port, server.origin, file);
}

/** More members, whose devices are enrolled at one instant. */
async function enter(count: number): Promise<void> {
  const fresh = await grow(server, count);
  const enrolments = fresh.map((person) => {
    person.device = new Device();
    return wire("device.enrol", person.device.enrolment(person.org, person.id));
  });
  const load = await connect(fresh, enrolments);
  assert.equal((await load.tell("send")).acknowledged, count, "devices");
  load.stop();
  people.push(...fresh);
}

async function newPoll(): Promise<PollInfo> {
  const { id } = await makeReady(members[0] as Person, facilitator);
  return openPoll(facilitator, [id]);
}

const ballots = (poll: PollInfo, voters: Person[]) =>
  voters.map((person, at) => {
    const { params } = person.sign(poll, { counter: 1, choice: at % 3 ? yes : no });
    return wire("ballot.cast", params);
  });

/** What a storm keeps busy: loop, worker and writer of the server, and the generator. */
const busy = Math.min(4, availableParallelism());

/** The bare work of these messages, so many beside each other: microseconds for each message. */
async function bareWork(messages: string[], sockets: number, group: number, beside: number) {
  const file = join(scratch(), "messages");
  writeFileSync(file, messages.map((message) => `${message}\n`).join(""));
  const answer = await post(server, people[0]?.cookie ?? "", messages[0]);
  const [masked, plain] = [8, 4]; // heads of frames
  const sizes = [masked + (messages[0]?.length ?? 0), plain + answer.text.length];
  const work = await componentsAtOnce(beside, "ballots", file, String(group));
  const echo = component("echo", String(sockets), ...sizes.map(String));
  const [cpu = Number.NaN, wall = Number.NaN] = [work.cpu_us, work.wall_us];
  return { cpu_us: cpu + echo.cpu_us, ms: (wall + echo.wall_us) / 1000 };
}

/** All cast at one instant. */
async function storm(count: number): Promise<void> {
  const voters = people.slice(0, count);
  let messages: string[] = [];
  let group = 1;
  let [acknowledged, tallied] = [0, 0];
  const [part, limit] = await interleaved(
    async () => {
      const poll = await newPoll();
      messages = ballots(poll, voters);
      const load = await connect(voters, messages);
      await sleep(300); // what opening connections left behind is over
      const [before, cpu] = [await commits(), cpuOf(server.pid)];
      const result = await load.tell("send");
      const used = cpuOf(server.pid) - cpu;
      group = Math.round(count / ((await commits()) - before));
      load.stop();
      await facilitator.act("poll.close", { id: poll.poll });
      const { result: outcome } = await counted(facilitator, poll.poll);
      acknowledged += result.acknowledged;
      tallied += outcome.took_part.heads;
      const each = used / count;
      return { each, rate: (count * 1000) / result.last_ms, p99: result.p99_ms, group };
    },
    () => bareWork(messages, count, group, busy),
  );
  const name = `${count} ballots at once:`;
  figure(`${name} CPU per ballot`, part.each, "us", limit.cpu_us, 1.25);
  figure(`${name} acknowledged a second`, part.rate, "/s", 1e6 / limit.cpu_us, 0.75, "least");
  figure(`${name} p99`, part.p99, "ms", (count * limit.cpu_us) / 1000, 1.5);
  figure(`${name} ballots per commit`, part.group, "", 50, 1, "least");
  equal(`${name} counted, of those acknowledged`, tallied, acknowledged);
}

/** One after the other, each on an idle server: the median time to the receipt, against commit, verify and echo. */
async function oneAlone(): Promise<void> {
  const lots = Array.from({ length: runs }, (_, run) => people.slice(run * alone).slice(0, alone));
  const poll = await newPoll();
  let messages: string[] = [];
  const [part, limit] = await interleaved(
    async (run) => {
      const voters = lots[run - 1] ?? [];
      messages = ballots(poll, voters);
      const load = await connect(voters, messages);
      await sleep(300);
      const result = await load.tell("turns");
      load.stop();
      assert.equal(result.acknowledged, alone);
      return { ms: result.p50_ms };
    },
    () => bareWork(messages, 1, 1, 1),
  );
  figure("a ballot alone: until its durable receipt", part.ms, "ms", limit.ms, 3);
}

for (const count of halls) {
  await enter(count - people.length);
  if (count === halls[0]) await oneAlone();
  await storm(count);
}
await server.stop();
