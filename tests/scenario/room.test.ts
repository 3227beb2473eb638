// A room of twenty-six: who is connected, asleep, gone; what disturbs a vote, and what does not; a stop of the server; and a
// screen that reads one topic and does nothing.
import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Follower } from "../harness/follower.ts";
import {
  eventually,
  newHall,
  newId,
  newProposal,
  type Person,
  pollParams,
  post,
  readPoll,
  request,
} from "../harness/people.ts";
import { check, serveNew } from "../harness/program.ts";
import { yes } from "../harness/record.ts";
import { smallestParams } from "../harness/schema.ts";
import { Socket, type Topic } from "../harness/socket.ts";
import { type Data, httpRequest, readAnswer, reasonOf, refused } from "../harness/wire.ts";

const PEOPLE = 26;
const server = await serveNew({ more: ["--lost-seconds", "1", "--command-rate", "0"] });
const { facilitator, members } = await newHall(server, PEOPLE);
const meeting = newId();
const title = { fr: "Assemblée" };
const times = { starts: Date.now() + 3_600_000, minutes: 60, remote: true };
await facilitator.act("meeting.plan", { id: meeting, kind: "general_assembly", title, ...times });
await facilitator.act("meeting.start", { id: meeting });
const present = (member: Person) =>
  facilitator.act("attendance.record", { meeting, member: member.id, present: true });
for (const member of members) await present(member);
const alive = join(server.folder, "alive");

let desk: Socket;
let public_: Topic;
let names: Topic;
async function openDesk(): Promise<void> {
  desk = await facilitator.socket();
  await desk.watch(`meeting_desk/${meeting}`);
  public_ = await desk.watch(`meeting/${meeting}`);
  names = await desk.watch(`meeting_office/${meeting}`);
}
/** Waits for the newest word on the room. */
const room = (connected: number, asleep: number, gone: number) =>
  desk.until(`${connected} connected, ${asleep} asleep, ${gone} gone`, () => {
    const last = desk.notifications.findLast((one) => one.method === "room.changed")?.params;
    const is = [last?.connected, last?.asleep, last?.gone];
    return is.join() === [connected, asleep, gone].join() && last;
  });
/** A desk behind a proxy without WebSockets: asks for what it has not been told, until these are the counts. */
async function polled(connected: number, asleep: number, gone: number): Promise<void> {
  const desk = new Follower(server, { cookie: facilitator.cookie }, [`meeting_desk/${meeting}`]);
  const first = await desk.poll({ wait: "0" });
  assert.equal(first.rooms, undefined, "not asked for");
  let seen = 0;
  for (let is = ""; is !== [connected, asleep, gone].join(); ) {
    const { rooms = [] } = await desk.poll({ room: String(seen) });
    for (const room of rooms as Data[]) {
      assert.equal(room.meeting, meeting);
      assert.ok(room.told > seen, "newer than what was told");
      seen = room.told;
      is = [room.connected, room.asleep, room.gone].join();
    }
  }
  assert.equal((await desk.poll({ room: String(seen), wait: "0" })).rooms, undefined, "once");
}
const incidents = (kind: string) =>
  public_.all("incident").filter((one) => one.incident_kind === kind);

await openDesk();
const phones = await Promise.all(members.map((member) => member.socket()));
const phone = (at: number) => phones[at] as Socket;
const person = (at: number) => members[at] as Person;

test("the room is told to the desk alone, and pockets are no losses", async () => {
  const told = await room(PEOPLE, 0, 0);
  assert.equal(told.present, PEOPLE);
  assert.equal(told.meeting, meeting);
  // Who watches the meeting, on any phone, is nothing to tell the desk: it is not told again what it knows.
  const heard = () => desk.notifications.filter((one) => one.method === "room.changed").length;
  const before = heard();
  for (const end = Date.now() + 500; Date.now() < end; )
    await phone(1).subscribe({ [`meeting/${meeting}`]: 0 });
  await desk.call("session.ping");
  assert.equal(heard(), before);
  await polled(PEOPLE, 0, 0); // at once
  const later = polled(PEOPLE - 3, 3, 0); // held, each time
  const second = await facilitator.socket(); // a new laptop; the old one goes
  await second.watch(`meeting_desk/${meeting}`);
  second.cut();
  for (const at of [5, 6, 7]) await phone(at).call("session.sleep", { on: true });
  for (const at of [5, 6]) phone(at).cut();
  await phone(7).call("session.sleep", { on: false });
  // Where a network breaks WebSockets a held poll is a page, and what it says of sleep comes by /rpc.
  const { epoch, topics } = await phone(8).subscribe({ proposals: 0 });
  phone(8).cut();
  await room(PEOPLE - 3, 2, 1);
  const headers = { cookie: person(8).cookie, host: new URL(server.origin).host };
  const held = httpRequest({
    ...{ port: server.port, path: `/feed?epoch=${epoch}&topics=proposals:${topics[0].seq}` },
    headers: { ...headers, "x-palabre-csrf": "1" },
  });
  await room(PEOPLE - 2, 2, 0);
  await person(8).call("session.sleep", { on: true }); // into a pocket, the poll still held
  await room(PEOPLE - 3, 3, 0);
  await person(8).call("session.sleep", { on: false });
  await room(PEOPLE - 2, 2, 0);
  await person(8).call("session.sleep", { on: true });
  await newProposal(person(9));
  assert.equal((await held).status, 200);
  await room(PEOPLE - 3, 3, 0);
  await later;
  phones[8] = await person(8).socket();
  assert.ok(!phone(1).notifications.some((one) => one.method === "room.changed"));
  assert.ok(existsSync(alive));
});

test("a vote: who was lost without a word and has not voted is an incident, once", async () => {
  for (const at of [0, 1, 10]) await person(at).enrol();
  const params = pollParams([], { kind: "decision", body: "assembly", meeting });
  await facilitator.act("poll.define", params);
  const opened = await facilitator.act("poll.open", { id: params.id });
  const poll = await readPoll(facilitator, opened, params.id);
  await person(0).vote(poll, yes);
  for (const at of [0, 10]) phone(at).cut(); // one has voted
  await room(PEOPLE - 4, 2, 2);
  const found = await desk.until("an incident", () => incidents("connection")[0]);
  assert.deepEqual(
    { poll: found.poll, people: found.people, kept_away: found.kept_away, weight: found.weight },
    { poll: poll.poll, people: 1, kept_away: 1, weight: undefined },
  );
  assert.deepEqual(
    (await desk.until("names", () => names.one("incident_names", found.id))).people.map(
      (one: Data) => one.id,
    ),
    [person(10).id],
  );
  const reported = { meeting, poll: poll.poll, text: "Rien ne s’affiche" };
  await person(12).act("incident.report", reported);
  await refused(person(12).act("incident.report", reported), "incident.twice");
  const say = await desk.until("a report", () => incidents("reported")[0]);
  assert.equal(say.kept_away, 1);
  assert.equal(
    (await desk.until("its text", () => names.one("incident_names", say.id))).text,
    reported.text,
  );
  assert.equal(incidents("many").length, 0, "two are no outage");

  for (const at of [0, 10]) phones[at] = await person(at).socket();
  for (let at = 20; at < 26; at++) phone(at).cut();
  const outage = await desk.until("an outage", () => incidents("many")[0]);
  assert.deepEqual([outage.people, outage.until_ms, outage.poll], [6, undefined, undefined]);
  const kept = await desk.until("whom it kept from the vote", () => incidents("connection")[1]);
  assert.deepEqual([kept.people, kept.kept_away, kept.offer], [6, 6, undefined]);
  const offered = () => names.one("incident_names", kept.id)?.offer;
  await desk.until("the officers' offer", offered);
  for (let at = 20; at < 26; at++) phones[at] = await person(at).socket();
  const over = await desk.until("its end", () => incidents("many").find((one) => one.until_ms));
  assert.ok(over.until_ms > over.at_ms);
  assert.equal(over.people, 6);
  assert.equal(public_.all("incident").length, 4);
});

test("a server that was killed says since when it was not there", async () => {
  // Killed once it has said that it lives.
  const before = Date.now();
  await eventually("a sign of life", () => statSync(alive).mtimeMs >= before);
  await server.kill();
  const killed = Date.now();
  await server.start();
  await openDesk();
  const stop = await desk.until("the stop", () => incidents("restart")[0]);
  assert.ok(stop.at_ms >= before && stop.at_ms <= killed, `${stop.at_ms - killed}`);
  assert.ok(stop.until_ms >= killed && stop.until_ms <= Date.now());
  assert.equal(stop.people, PEOPLE);
  assert.equal(
    (
      await desk.until("the room", () =>
        desk.notifications.find((one) => one.method === "room.changed"),
      )
    ).params.present,
    PEOPLE,
  );
});

test("a screen enters by its code, reads one topic, does nothing, and hears the end of the meeting", async () => {
  const { code, link } = await facilitator.act("meeting.screen", { id: meeting });
  assert.equal(link, `${server.origin}/screen#${code}`);
  const enter = async (cookie: string) => {
    const body = request("session.screen", { code, command: newId() });
    const answer = await post(server, cookie, body);
    return { result: readAnswer(answer), cookie: (answer.headers["set-cookie"] ?? [])[0] };
  };
  const first = await enter("");
  const cookie = first.cookie?.split(";")[0] ?? "";
  assert.equal(first.result.meeting, meeting);
  assert.equal((await enter(cookie)).cookie, undefined, "a good session stays");
  assert.equal((await enter(facilitator.cookie)).cookie, undefined, "the leader's too");
  assert.equal(await reasonOf(enter(person(3).cookie)), "screen.signed_in");
  const screen = await Socket.open(server, cookie);
  const shown = await screen.watch(`screen/${meeting}`);
  assert.ok(shown.one("meeting", meeting));
  assert.ok(shown.one("meeting_code"));
  const text = await httpRequest({ port: server.port, path: "/openrpc.json" });
  const description = JSON.parse(text.text) as Data;
  for (const topic of description["x-topics"] as Data[]) {
    for (const id of [meeting, person(3).id, newId()]) {
      const name = topic.takes_id ? `${topic.name}/${id}` : topic.name;
      if (name === `screen/${meeting}`) continue;
      const reason = await reasonOf(screen.subscribe({ [name]: 0 }));
      assert.match(reason, /^(right\.missing|topic\.unknown)$/, `${name}: ${reason}`);
    }
  }
  const allowed: string[] = [];
  for (const method of description.methods as Data[]) {
    if (/^(session\.(leave|join|look|screen)|feed\.)/.test(method.name)) continue;
    const params = smallestParams(method);
    const reason = await reasonOf(
      post(server, cookie, request(method.name, params)).then(readAnswer),
    );
    if (!/^(right\.missing|method\.unknown)$/.test(reason)) allowed.push(method.name);
  }
  const may = [
    "log.epoch",
    "log.proof",
    "rpc.discover",
    "session.get",
    "session.ping",
    "session.sleep",
  ];
  assert.deepEqual(allowed.toSorted(), may);
  const file = await httpRequest({
    ...{ port: server.port, path: `/files/${"0".repeat(64)}/a.png` },
    headers: { cookie, host: new URL(server.origin).host },
  });
  assert.ok(file.status >= 400);
  const wrong = (address: string) =>
    post(server, "", request("session.screen", { code: address, command: newId() }));
  await refused(wrong("ABCDEFGHJK").then(readAnswer), "screen.unknown");

  const open = public_.all("poll_card").filter((one) => one.state === "open");
  for (const one of open) await facilitator.act("poll.close", { id: one.id });
  // Told of the end: on a WebSocket, by a poll that is held, and by one that comes later.
  const follow = () => new Follower(server, { cookie }, [`screen/${meeting}`]);
  const [held, late] = [follow(), follow()];
  for (const one of [held, late]) await one.poll();
  const state = (topic: Topic | undefined) => topic?.one("meeting", meeting)?.state;
  const told = (one: Follower) => state(one.topics.get(`screen/${meeting}`)) === "ended";
  const answered = held.until("the end", () => told(held));
  await eventually("a held poll", async () => {
    const { polls } = JSON.parse((await server.controlGet("/stats")).text);
    return polls > 0;
  });
  await facilitator.act("meeting.end", { id: meeting });
  await screen.until("the end", () => state(shown) === "ended");
  await answered;
  await late.until("the end", () => told(late));
  await refused(enter(""), "screen.unknown");
  await post(server, cookie, request("session.leave", {})).then(readAnswer);
  assert.equal(await screen.end(), 4401);
  assert.equal((await late.ask(late.query())).status, 401);
  await eventually("nothing is under way", () => !existsSync(alive));
});

test("wrong codes are counted like links", async () => {
  const small = await serveNew({ more: ["--sign-in-rate", "2"] });
  const reasons: string[] = [];
  for (let n = 0; n < 8; n++) {
    const body = request("session.screen", { code: "ABCDEFGHJK", command: newId() });
    reasons.push(await reasonOf(post(small, "", body).then(readAnswer)));
  }
  assert.equal(reasons[0], "screen.unknown");
  assert.equal(reasons.at(-1), "rate.limited");
});

test("the record gives the same again", async () => {
  for (const one of phones) one.cut();
  desk.cut();
  await server.stop();
  await check(server.folder);
});
