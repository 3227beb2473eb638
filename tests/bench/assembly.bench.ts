// An assembly as the hall feels it: phones that check in and vote, big screens and a facilitator who follow, and a server
// that is killed in the middle of a vote. Every figure is one the people there would notice, so the limit of each line is
// its goal itself.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  counted,
  newHall,
  newId,
  type Person,
  type PollInfo,
  pollParams,
  post,
  readPoll,
  request,
} from "../harness/people.ts";
import { initFolder, Server, scratch } from "../harness/program.ts";
import { Device, no, yes } from "../harness/record.ts";
import { Socket } from "../harness/socket.ts";
import type { Data } from "../harness/wire.ts";
import { grow, unlimited } from "./hall.ts";
import { cpuOf, equal, figure, Load, quick } from "./measure.ts";

const phones = quick ? 200 : 1000;
const items = 20;
const votes = quick ? 2 : 10;
const screens = 3;
/** All check in, all vote, each within this time. */
const crowdMs = quick ? 2000 : 10_000;

const server = new Server(await initFolder(), { more: [...unlimited, "--command-rate", "0"] });
await server.start();
const { facilitator } = await newHall(server, 1);
const people = await grow(server, phones);
const wire = (method: string, params: Data) =>
  JSON.stringify({ jsonrpc: "2.0", id: 7, method, params });

function lines(messages: string[]): string {
  const path = join(scratch(), "messages");
  writeFileSync(path, messages.map((message) => `${message}\n`).join(""));
  return path;
}

/** The same, or its own, message of every phone: sent, and answered. */
async function all(load: Load, message: string | ((person: Person) => string)): Promise<Data> {
  const messages = people.map((person) =>
    typeof message === "string" ? message : message(person),
  );
  await load.tell(`next ${lines(messages)}`);
  return load.tell("send");
}

async function plan(): Promise<Data> {
  const agenda = Array.from({ length: items }, (_, at) => ({
    id: newId(),
    title: { fr: `Point ${at + 1}`, nl: `Punt ${at + 1}`, en: `Item ${at + 1}` },
    item_kind: at < votes ? "vote" : "discussion",
    minutes: 5,
    proposals: [],
    polls: [],
    decisions: [],
    tasks: [],
  }));
  const id = newId();
  const titles = { fr: "Assemblée générale", nl: "Algemene vergadering", en: "General assembly" };
  await facilitator.act("meeting.plan", {
    id,
    kind: "general_assembly",
    title: titles,
    starts: Date.now() + 60_000,
    minutes: 120,
    agenda,
  });
  await facilitator.act("meeting.start", { id });
  return { id, agenda };
}

/** A big screen: a browser that entered by the meeting's code. */
async function openScreen(code: string, meeting: string): Promise<Socket> {
  const answer = await post(server, "", request("session.screen", { code, command: newId() }));
  const [cookie = ""] = answer.headers["set-cookie"] ?? [];
  const socket = await Socket.open(server, cookie.split(";")[0] ?? "");
  await socket.subscribe({ [`screen/${meeting}`]: 0 });
  return socket;
}

const seen = (socket: Socket, meeting: string) => socket.topics.get(`screen/${meeting}`);

async function openVote(meeting: string, item: string): Promise<PollInfo> {
  const params = pollParams([], {
    kind: "decision",
    body: "assembly",
    meeting,
    item,
    reveal: "close",
    revote: false,
  });
  await facilitator.act("poll.define", params);
  return readPoll(facilitator, await facilitator.act("poll.open", { id: params.id }), params.id);
}

const ballot = (person: Person, poll: PollInfo, at: number) =>
  wire("ballot.cast", person.sign(poll, { counter: 1, choice: at % 3 ? yes : no }).params);

/** One vote: everybody casts within the time; then it is closed, and everybody sees what came out. */
async function vote(load: Load, big: Socket[], meeting: string, item: string) {
  const poll = await openVote(meeting, item);
  await load.tell("spread 0");
  await all(load, wire("feed.subscribe", { topics: { [`poll/${poll.poll}`]: 0 } }));
  const at = new Map(people.map((person, index) => [person, index]));
  await load.tell(`spread ${crowdMs}`);
  const cast = await all(load, (person) => ballot(person, poll, at.get(person) ?? 0));
  const shown = big.map((socket) =>
    socket.until("the verdict", () => seen(socket, meeting)?.one("poll", poll.poll)?.result),
  );
  await load.tell("mark");
  const began = performance.now();
  const { seq } = await facilitator.act("poll.close", { id: poll.poll });
  const phonesMs = (await load.tell(`until ${seq}`)).last_ms;
  await Promise.all(shown);
  const screensMs = performance.now() - began;
  const { result } = await counted(facilitator, poll.poll);
  return { cast, told: Math.max(phonesMs, screensMs), counted: result.took_part.heads };
}

const resident = () =>
  Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) /
  1024;

const { id: meeting, agenda } = await plan();
const first = wire("feed.subscribe", {
  topics: { org: 0, me: 0, [`meeting/${meeting}`]: 0 },
}).replace('"id":7', '"id":1');
const path = lines(people.map(({ cookie }) => `${cookie}\t${first}\t-`));
const load = await Load.start(server.port, server.origin, path);
await all(load, (person) => {
  person.device = new Device();
  return wire("device.enrol", person.device.enrolment(person.org, person.id));
});
const { code: screenCode } = await facilitator.act("meeting.screen", { id: meeting });
const big = [];
for (let n = 0; n < screens; n++) big.push(await openScreen(screenCode, meeting));
const code = seen(big[0] as Socket, meeting)?.one("meeting_code").code;
const cpu = cpuOf(server.pid);
const before = (await load.tell("received")).most;

await load.tell(`spread ${crowdMs}`);
const entered = await all(load, () =>
  wire("attendance.enter", { command: newId(), meeting, code }),
);
assert.equal(entered.acknowledged, phones, "all are there");
let slowest = entered.p99_ms;
let told = 0;
let acknowledged = 0;
let tallied = 0;
for (const item of agenda) {
  await facilitator.act("meeting.item", { id: meeting, item: item.id });
  if (item.item_kind !== "vote") continue;
  const one = await vote(load, big, meeting, item.id);
  slowest = Math.max(slowest, one.cast.p99_ms);
  told = Math.max(told, one.told);
  acknowledged += one.cast.acknowledged;
  tallied += one.counted;
}
const used = (cpuOf(server.pid) - cpu) / 1e6;
const received = (await load.tell("received")).most - before;
const name = `assembly of ${phones}:`;
const whole = `${items} items, ${votes} votes`;
figure(`${name} check-in and ballots, the slowest p99`, slowest, "ms", 500, 1);
figure(`${name} from close to verdict on every screen`, told, "ms", 1000, 1);
figure(`${name} received by a phone, ${whole}`, received / 1000, "kB", 300, 1);
equal(`${name} counted, of those acknowledged`, tallied, acknowledged);
console.log(`${name} ${used.toFixed(1)} s of CPU, ${resident().toFixed(1)} MB of its own memory`);

// The server is killed while they vote. Phones come back by themselves and send what was not answered.
const last = agenda.at(-1) as Data;
const poll = await openVote(meeting, last.id);
await load.tell("lasting 1");
const order = new Map(people.map((person, index) => [person, index]));
const messages = people.map((person) => ballot(person, poll, order.get(person) ?? 0));
await load.tell(`next ${lines(messages)}`);
const sending = load.tell("send");
await sleep(crowdMs / 2);
await server.kill();
await server.start();
const sent = await sending;
const { ms: back } = await load.tell("back");
await facilitator.act("poll.close", { id: poll.poll });
const { result } = await counted(facilitator, poll.poll);
figure(`${name} killed in a vote: until all are back`, back / 1000, "s", 10, 1);
equal(`${name} killed in a vote: acknowledged`, sent.acknowledged, phones);
equal(`${name} killed in a vote: counted`, result.took_part.heads, phones);
await load.stop();
for (const socket of big) socket.close();
await server.stop();
