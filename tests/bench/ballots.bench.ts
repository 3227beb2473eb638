// Ballots of a thousand members at one instant, over WebSockets, signed, stored and answered with receipts.
//
// The limit is the same work with nothing around it, measured in the same run on the same machine: parse,
// verify, hash and a grouped synced store of the very same messages on one thread, plus a bare echo of
// messages of these sizes. Server and generator share the machine's cores.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeReady, newHall, newPerson, openPoll, type Person, post } from "../harness/people.ts";
import { initFolder, Server, scratch } from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";
import { component, cpuOf, figure, Load, median, quick } from "./measure.ts";

const voters = quick ? 300 : 1000;
const rounds = quick ? 3 : 5;
const server = await new Server(await initFolder()).start();
const { facilitator, members } = await newHall(server, 1);
const people: Person[] = [];
const lane = async () => {
  while (people.length < voters) {
    const slot = people.length;
    people.push(undefined as unknown as Person);
    const person = await newPerson(server, `Membre ${slot}`);
    await person.enrol();
    people[slot] = person;
  }
};
await Promise.all(Array.from({ length: 16 }, lane));
const { id } = await makeReady(members[0] as Person, facilitator);
const poll = await openPoll(facilitator, [id]);

const perBallot: number[] = [];
const limits: number[] = [];
const rates: number[] = [];
const p99: number[] = [];
const groups: number[] = [];
const stats = async () => JSON.parse((await server.controlGet("/stats")).text);
for (let round = 1; round <= rounds; round++) {
  const messages = people.map((person) => {
    const { params } = person.sign(poll, { counter: round, choice: round % 2 ? yes : no });
    return JSON.stringify({ jsonrpc: "2.0", id: 7, method: "ballot.cast", params });
  });
  const file = join(scratch(), "load");
  writeFileSync(file, people.map((one, at) => `${one.cookie}\t\t${messages[at]}\n`).join(""));
  const load = await Load.start(server.port, server.origin, file);
  await sleep(300);
  const before = await stats();
  const cpu = cpuOf(server.pid);
  const result = await load.tell("send");
  const used = cpuOf(server.pid) - cpu;
  const after = await stats();
  load.stop();
  assert.equal(result.acknowledged, voters, `${result.refused} refused`);
  const plain = join(scratch(), "messages");
  writeFileSync(plain, messages.map((message) => `${message}\n`).join(""));
  const answer = await post(server, (people[0] as Person).cookie, messages[0]);
  const bare = component("ballots", plain, String(Math.min(256, voters)));
  const echo = component(
    "echo",
    String(voters),
    String(messages[0]?.length),
    String(answer.text.length),
  );
  perBallot.push(used / voters);
  limits.push(bare.cpu_us + echo.cpu_us);
  rates.push((voters * 1000) / result.last_ms);
  p99.push(result.p99_ms);
  groups.push(voters / (after.commits - before.commits));
}
const sum = median(limits);
figure(`${voters} ballots at once: CPU per ballot`, median(perBallot), "us", sum, 1.25);
figure(`${voters} ballots at once: ballots/s`, median(rates), "/s", 1e6 / sum, 0.75, "least");
figure(`${voters} ballots at once: p99`, median(p99), "ms", (voters * sum) / 1000, 1.5);
figure(`${voters} ballots at once: ballots per commit`, median(groups), "", 50, 1, "least");
await server.stop();
