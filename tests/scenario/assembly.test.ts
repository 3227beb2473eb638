// An assembly of 200 members from the first who comes in to the sealed minutes, and the one that is called again.
//
// What happens is a script; beside it a plain model keeps who was there when, what each cast, what was late, lost, reopened
// and given to do. Every figure of presence, results and minutes is compared with what the model adds up by itself.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { anotherCode } from "../harness/meeting.ts";
import {
  counted,
  newId,
  newPerson,
  Person,
  type PollInfo,
  pollParams,
  readPoll,
  request,
  tokenOf,
} from "../harness/people.ts";
import { check, dayThere, serveNew } from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";
import type { Socket, Topic } from "../harness/socket.ts";
import { type Data, refused } from "../harness/wire.ts";
import { count as countPlainly } from "../unit/tally/plain.ts";

const voters = 200;
const server = await serveNew({
  more: "--sign-in-rate 0 --stranger-rate 0 --connections-per-address 0 --command-rate 0".split(
    " ",
  ),
});

// ---- the model ----

/** Somebody of the organisation: what they weigh, when they came and went, as the script has it. */
type Member = {
  person: Person;
  shares: number;
  class: "members" | "workers";
  present: boolean;
  remote: boolean;
  came: number;
  left: number;
};
const all: Member[] = [];
const there = () => all.filter(({ present }) => present);
const sharesOf = (some: Member[]) => some.reduce((sum, { shares }) => sum + shares, 0);
const headcount = (some: Member[]) => ({
  heads: some.length,
  weight: some.length,
  shares: sharesOf(some),
});
/** The least that is at least half. */
const half = (n: number) => Math.ceil(n / 2);

// ---- the people ----

const admin = await newPerson(server, "Ada Admin", ["admin"], { shares: 1 });
const facilitator = await newPerson(server, "Fadila Facilitator", ["facilitator"], { shares: 1 });
const desk = await facilitator.socket();
const workers = { fr: "Travailleurs", nl: "Werknemers", en: "Workers" };
const organisation = (await desk.watch("org")).one("organisation");
await admin.act("org.update", {
  classes: [...organisation.classes, { id: newId(), key: "workers", label: workers, votes: true }],
});

function take(person: Person, shares: number, key: Member["class"]): void {
  all.push({ person, shares, class: key, present: false, remote: false, came: 0, left: 0 });
}

async function inviteAll(): Promise<void> {
  const asked = Array.from({ length: voters }, (_, at) => ({
    id: newId(),
    name: `Membre ${at + 1}`,
    class: at % 4 === 3 ? "workers" : "members",
    shares: 1 + (at % 5),
    command: newId(),
  }));
  const sent = asked.map((one) => request("member.invite", one));
  const answers: Data[] = JSON.parse((await server.operatorRaw(sent)).text);
  for (const [at, { result }] of answers.entries()) {
    const person = new Person(server);
    await person.join(tokenOf(result.link), { command: newId() });
    await person.enrol();
    take(person, 1 + (at % 5), at % 4 === 3 ? "workers" : "members");
  }
}
for (const person of [admin, facilitator]) {
  await person.enrol();
  take(person, 1, "members");
}
await inviteAll();
const [chair, secretary, ...scrutineers] = all.slice(2, 6) as Member[] as [Member, Member, Member];

// ---- the meeting ----

const words = (text: string) => ({ fr: text, nl: text, en: text });
const item = (title: string, kind: string, minutes = 10) => ({
  id: newId(),
  title: words(title),
  item_kind: kind,
  minutes,
});
const items = {
  opening: item("Accueil", "opening", 5),
  accounts: item("Comptes", "vote"),
  statutes: item("Statuts", "vote", 20),
  election: item("Élection", "election", 20),
  oven: item("Four", "vote"),
  wall: item("Mur des visages", "discussion"),
  closing: item("Tour des tâches", "closing", 5),
};
type Hall = { id: string; topic: Topic; code: string };

async function plan(more: Data = {}): Promise<Hall> {
  const { id } = await facilitator.create("meeting.plan", {
    kind: "general_assembly",
    title: words("Assemblée générale"),
    starts: Date.now() + 60_000,
    minutes: 120,
    remote: true,
    rule: "sc-statutes",
    ...more,
  });
  const people = [chair, secretary, ...scrutineers].map(({ person }) => person.id);
  await facilitator.act("meeting.offices", {
    id,
    chair: people[0],
    secretary: people[1],
    scrutineers: people.slice(2),
  });
  const topic = await desk.watch(`meeting/${id}`);
  return { id, topic, code: "" };
}

async function start(hall: Hall, params: Data): Promise<void> {
  await chair.person.act("meeting.start", { id: hall.id, ...params });
  hall.code = (await desk.watch(`meeting_desk/${hall.id}`)).one("meeting_code").code;
}

async function enter(hall: Hall, member: Member, how: "code" | "desk" | "remote"): Promise<void> {
  const [meeting, person] = [hall.id, member.person];
  if (how === "code") await person.act("attendance.enter", { meeting, code: hall.code });
  if (how === "remote") await person.act("attendance.enter", { meeting });
  const recorded = { meeting, member: person.id, present: true };
  if (how === "desk") await scrutineers[0]?.person.act("attendance.record", recorded);
  member.present = true;
  member.remote = how === "remote";
  member.came++;
}
async function leave(hall: Hall, member: Member): Promise<void> {
  await member.person.act("attendance.leave", { meeting: hall.id });
  member.present = false;
  member.left++;
}

/** What the hall reads of who is there, once it is what the model says. */
async function presenceIs(hall: Hall): Promise<Data> {
  const expected = headcount(there());
  return desk.until(`${JSON.stringify(expected)} present`, () => {
    const presence = hall.topic.one("presence");
    return JSON.stringify(presence?.present) === JSON.stringify(expected) && presence;
  });
}

// ---- votes ----

async function openVote(hall: Hall, at: { id: string }, change: Data, opening: Data = {}) {
  const params = pollParams([], {
    kind: "decision",
    body: "assembly",
    meeting: hall.id,
    item: at.id,
    ...change,
  });
  await chair.person.act("meeting.item", { id: hall.id, item: at.id });
  await chair.person.act("poll.define", params);
  if (opening.refused) {
    await refused(chair.person.act("poll.open", { id: params.id }), opening.refused);
    opening = { seen: true };
  }
  return readPoll(
    chair.person,
    await chair.person.act("poll.open", { id: params.id, ...opening }),
    params.id,
  );
}
/** Closed: nobody can know what came out. Revealed: everybody does. */
async function closeVote(poll: PollInfo): Promise<void> {
  await chair.person.act("poll.close", { id: poll.poll });
  const { doc } = await admin.call("poll.get", { id: poll.poll });
  assert.equal(doc.state, "closed");
  assert.equal(doc.result, undefined, "nothing is shown before it is revealed");
}
async function reveal(poll: PollInfo): Promise<Data> {
  await chair.person.act("poll.reveal", { id: poll.poll });
  return counted(facilitator, poll.poll);
}
const majorityOf = (yeses: number, noes: number) => yeses * 2 > yeses + noes;
/** What the minutes have to say of each vote. */
const held: { poll: string; opening: Data; close: Data; result: Data }[] = [];
function note(poll: PollInfo, opening: Data, close: Data, doc: Data): void {
  assert.deepEqual(doc.presence, { opening, close }, "presence at the opening and at the close");
  held.push({ poll: poll.poll, opening, close, result: doc.result });
}

// The statutes ask for 15 days between the two calls, and for the second one to be held after them.
const weeks = 16 * 86_400_000;
const first = await plan({ agenda: Object.values(items), starts: Date.now() - weeks });
const entitled = headcount(all);

test("nobody is there: the chair has to say that this was seen, and it is kept", async () => {
  await refused(chair.person.act("meeting.start", { id: first.id }), "meeting.below_quorum");
  await start(first, { seen: true });
  const { seen_below_quorum: seen } = (await admin.call("meeting.get", { id: first.id })).doc;
  assert.equal(seen.length, 1);
  assert.equal(seen[0].x, 0);
  assert.equal(seen[0].least, half(entitled.shares));
  assert.equal(seen[0].by.id, chair.person.id);
});

test("130 come in by code, at the desk and from elsewhere; presence is counted as they do", async () => {
  await refused(
    admin.act("attendance.enter", { meeting: first.id, code: anotherCode(first.code) }),
    "attendance.bad_code",
  );
  for (const [at, member] of all.slice(2, 132).entries())
    await enter(first, member, at < 110 ? "code" : at < 120 ? "desk" : "remote");
  const presence = await presenceIs(first);
  assert.deepEqual(presence.entitled, entitled);
  assert.equal(presence.remote, 10);
  for (const key of ["members", "workers"] as const) {
    const own = presence.classes.find(({ code }: Data) => code === key);
    const of = (some: Member[]) => headcount(some.filter((member) => member.class === key));
    assert.deepEqual(own.present, of(there()), key);
    assert.deepEqual(own.entitled, of(all), key);
  }
  assert.equal(presence.quorum.x, sharesOf(there()));
  assert.equal(presence.quorum.least, half(entitled.shares));
  assert.equal(presence.quorum.met, true);
  assert.equal(presence.quorum.missing, 0);
});

test("who comes later votes from the next vote on; who leaves has cast what they cast", async () => {
  const voting = there();
  const opening = headcount(voting);
  const poll = await openVote(first, items.accounts, {});
  const late = all.slice(132, 147);
  for (const member of late) await enter(first, member, "code");
  const mine = (member?: Member) => member?.person.call("ballot.mine", { poll: poll.poll });
  assert.equal((await mine(late[0]))?.reason, "late");
  assert.equal((await mine(all[150]))?.reason, "absent");
  for (const member of [late[0], all[150]] as Member[])
    await refused(member.person.vote(poll, yes), "ballot.not_present");
  const casting = voting.slice(5);
  for (const [at, member] of casting.entries()) await member.person.vote(poll, at % 3 ? yes : no);
  await leave(first, casting[0] as Member);
  await refused(
    (casting[0] as Member).person.vote(poll, yes, { counter: 2 }),
    "ballot.not_present",
  );
  const waiting = await chair.person.call("poll.awaited", { id: poll.poll });
  assert.equal(waiting.awaited, 5);
  await closeVote(poll);
  const doc = await reveal(poll);
  const noes = casting.filter((_, at) => at % 3 === 0).length;
  const yeses = casting.length - noes;
  assert.equal(doc.result.yes, yeses);
  assert.equal(doc.result.no, noes);
  assert.equal(doc.result.took_part.heads, casting.length);
  assert.equal(doc.result.entitled.heads, all.length);
  assert.equal(doc.result.verdict, majorityOf(yeses, noes) ? "adopted" : "not_adopted");
  note(poll, opening, headcount(there()), doc);
});

test("people go home, the quorum falls: a vote on the statutes takes place and decides nothing", async () => {
  for (const member of there().slice(6, 86)) await leave(first, member);
  const presence = await presenceIs(first);
  const missing = half(entitled.shares) - sharesOf(there());
  assert.ok(missing > 0);
  assert.equal(presence.quorum.met, false);
  assert.equal(presence.quorum.missing, missing);
  const opening = headcount(there());
  const poll = await openVote(
    first,
    items.statutes,
    { rule: { use: "sc-statutes" } },
    { refused: "meeting.below_quorum" },
  );
  for (const member of there()) await member.person.vote(poll, yes);
  await closeVote(poll);
  const doc = await reveal(poll);
  assert.equal(doc.result.verdict, "no_quorum");
  assert.equal(doc.result.quorum.x, opening.shares);
  assert.equal(doc.result.quorum.n, entitled.shares);
  assert.equal(doc.result.quorum.met, false);
  note(poll, opening, opening, doc);
  const { seen_below_quorum: seen } = (await admin.call("meeting.get", { id: first.id })).doc;
  assert.equal(seen.at(-1).poll, poll.poll);
  assert.equal(seen.at(-1).x, opening.shares);
});

test("two seats are filled by stv-scottish, as a second count fills them", async () => {
  const candidates = ["Alix", "Bo", "Camille", "Dominique", "Eli"];
  const opening = headcount(there());
  const poll = await openVote(
    first,
    items.election,
    {
      kind: "election",
      method: "stv-scottish",
      mode: "confidential",
      params: { seats: 2 },
      options: candidates.map((name) => ({ id: newId(), label: words(name) })),
    },
    { seen: true },
  );
  const ballots: { weight: number; choice: number[] }[] = [];
  for (const [at, member] of there().entries()) {
    // Everybody ranks three; favours differ, so that a surplus and exclusions are needed.
    const order = [(at * at) % 5, (at * 2 + 1) % 5, (at * 3 + 2) % 5].filter(
      (one, index, list) => list.indexOf(one) === index,
    );
    const choice = candidates.map((_, option) => order.indexOf(option) + 1);
    await member.person.vote(poll, Buffer.from([8, ...choice]));
    ballots.push({ weight: 1, choice });
  }
  await closeVote(poll);
  const doc = await reveal(poll);
  const plainly = countPlainly({
    method: "stv-scottish",
    options: candidates.length,
    seats: 2,
    opt: 0,
    grades: 0,
    tie: 1,
    seed: null,
    withdrawn: candidates.map(() => false),
    ballots,
  });
  assert.deepEqual(doc.result.elected, plainly.elected);
  assert.equal(doc.result.quota, plainly.quota);
  assert.equal(doc.result.elected.length, 2);
  note(poll, opening, opening, doc);
});

let troubled = 0;
const cutOff: Socket[] = [];

test("phones lose the network and three say they could not vote: the vote is opened again", async () => {
  const voting = there();
  const waiting = voting.slice(-12);
  for (const { person } of waiting) {
    const phone = await person.socket();
    await phone.watch(`meeting/${first.id}`);
    cutOff.push(phone);
  }
  // A room is read once a second: of who came in and was cut off between two readings nobody would know.
  await desk.until("the phones are in the room", () => {
    const last = desk.notifications.findLast((one) => one.method === "room.changed")?.params;
    return last?.meeting === first.id && last.connected >= waiting.length;
  });
  const opening = headcount(voting);
  const poll = await openVote(first, items.oven, {}, { seen: true });
  const casting = voting.slice(0, -12);
  for (const [at, member] of casting.entries()) await member.person.vote(poll, at % 2 ? yes : no);
  for (const phone of cutOff) phone.cut();
  const many = await desk.until("the loss is noted", () =>
    first.topic.all("incident").find(({ incident_kind: kind }) => kind === "many"),
  );
  assert.equal(many.people, 12);
  await closeVote(poll);
  for (const { person } of waiting.slice(0, 3)) {
    const told = { meeting: first.id, poll: poll.poll, text: "Pas de réseau" };
    await person.act("incident.report", told);
    troubled++;
  }
  await desk.until("the reports", () => {
    const reported = first.topic
      .all("incident")
      .filter(({ incident_kind: kind }) => kind === "reported");
    return reported.reduce((sum, { people }) => sum + people, 0) === troubled;
  });
  await chair.person.act("poll.reopen", { id: poll.poll, reason: "Le réseau est tombé" });
  for (const member of waiting) await member.person.vote(poll, yes);
  await closeVote(poll);
  const doc = await reveal(poll);
  const noes = casting.filter((_, at) => at % 2 === 0).length;
  assert.equal(doc.result.yes, voting.length - noes);
  assert.equal(doc.result.no, noes);
  assert.equal(doc.result.took_part.heads, voting.length);
  note(poll, opening, opening, doc);
  await refused(chair.person.act("poll.reopen", { id: poll.poll, reason: "Encore" }), "poll.shown");
});

test("to-dos are given out in a line each", async () => {
  const line = (text: string) =>
    chair.person.create("task.line", {
      meeting: first.id,
      item: items.oven.id,
      language: "fr",
      line: text,
    });
  const made = await line("@Fadila !+2w Réparer l'horloge");
  await line("@Ada Commander les briques");
  const { doc } = await chair.person.call("task.get", { id: made.id });
  assert.equal(doc.title, "Réparer l'horloge");
  const [due, said] = [doc.due_ms, doc.created_ms].map((ms) => Date.parse(dayThere(ms)));
  assert.equal((due ?? 0) - (said ?? 0), 14 * 86_400_000);
  await desk.until("both in the meeting", () => first.topic.all("task").length === 2);
});

test("an item goes on in writing, the meeting ends, and whoever was there has left", async () => {
  await chair.person.act("meeting.move", { id: first.id, item: items.wall.id });
  await chair.person.act("meeting.item", { id: first.id, item: items.closing.id });
  await chair.person.act("meeting.end", { id: first.id });
  const { doc } = await admin.call("meeting.get", { id: first.id });
  assert.equal(doc.state, "ended");
  assert.equal(doc.agenda.find(({ id }: Data) => id === items.wall.id).outcome, "moved");
  await refused(
    (there()[0] as Member).person.act("attendance.enter", { meeting: first.id, code: first.code }),
    "meeting.bad_state",
  );
});

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const of = value as Record<string, unknown>;
  const pairs = Object.keys(of)
    .filter((key) => of[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(of[key])}`);
  return `{${pairs.join(",")}}`;
};
/** People by id alone, as the hash of sealed minutes has them. */
const nameless = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(nameless);
  if (value === null || typeof value !== "object") return value;
  const pairs = Object.entries(value).map(([key, one]) => [
    key,
    key === "member" ? (one as Data).id : nameless(one),
  ]);
  return Object.fromEntries(pairs);
};

test("the draft of the minutes says what the script did, number by number", async () => {
  await secretary.person.act("minutes.draft", { meeting: first.id });
  const asked = { meeting: first.id, language: "fr" };
  const member = (all[100] as Member).person;
  await refused(member.call("minutes.export", { ...asked, format: "json" }), "minutes.unknown");
  const { text } = await secretary.person.call("minutes.export", { ...asked, format: "json" });
  const blocks: Data[] = JSON.parse(text).blocks;
  const of = (kind: string) =>
    blocks.filter(({ block_kind: own }) => own === kind).map(({ facts }) => facts);

  const [attendance] = of("attendance");
  const came = all.filter((member) => member.came > 0);
  assert.equal(attendance.attended, came.length);
  assert.equal(attendance.remote, 10);
  for (const { person, came: times } of came) {
    const own = attendance.people.find(({ member }: Data) => member.id === person.id);
    assert.equal(own.periods.length, times, person.id);
    for (const { in_ms: from, out_ms: to } of own.periods) assert.ok(from <= to, "in, then out");
  }
  const [quorum] = of("quorum");
  assert.equal(quorum.present.heads, 0);
  assert.equal(quorum.quorum.least, half(entitled.shares));
  assert.equal(quorum.seen.length, 1);

  const votes = of("vote");
  assert.deepEqual(
    votes.map(({ poll }) => poll),
    held.map(({ poll }) => poll),
    "votes, in the order of the agenda",
  );
  for (const [at, { opening, close, result }] of held.entries()) {
    assert.deepEqual(votes[at]?.presence, { opening, close });
    for (const key of ["verdict", "entitled", "took_part", "valid", "yes", "no", "sentence"])
      assert.deepEqual(votes[at]?.result[key], result[key], key);
  }
  const [, statutes, election, oven] = votes;
  assert.equal(statutes?.seen.length, 1);
  assert.equal(election?.chosen.length, 2);
  assert.equal(oven?.reopened.reason, "Le réseau est tombé");

  const kinds = of("incidents")[0].items.map((one: Data) => [one.incident_kind, one.people]);
  assert.deepEqual(
    kinds.filter(([kind]: [string]) => kind === "many"),
    [["many", 12]],
  );
  const reports = kinds.filter(([kind]: [string]) => kind === "reported");
  assert.equal(
    reports.reduce((sum: number, [, people]: [string, number]) => sum + people, 0),
    troubled,
  );
  assert.deepEqual(
    of("tasks")[0]
      .items.map(({ title }: Data) => title)
      .sort(),
    ["Commander les briques", "Réparer l'horloge"],
  );
  const outcomes = new Map(of("item").map((one) => [one.item, one.outcome]));
  assert.equal(outcomes.get(items.wall.id), "moved");
  assert.equal(outcomes.get(items.oven.id), "held");
});

test("the secretary writes around the facts, which the server keeps; sealed, everybody reads them", async () => {
  const desks = await secretary.person.socket();
  const desk = await desks.watch(`meeting_desk/${first.id}`);
  const draft = desk.one("minutes");
  const text = { id: newId(), text: { fr: "Merci à celles et ceux qui ont **cuisiné**." } };
  const facts = draft.blocks.map(({ id }: Data) => ({ id }));
  const write = (blocks: Data[], base = draft.rev) =>
    secretary.person.act("minutes.write", { meeting: first.id, base, blocks });
  await refused(write(facts.slice(1)), "minutes.fact_altered");
  await refused(write([facts[1], facts[0], ...facts.slice(2)]), "minutes.fact_altered");
  await refused(write([facts[0], text, ...facts.slice(1)], draft.rev - 1), "conflict");
  await write([facts[0], text, ...facts.slice(1)]);
  await refused(
    secretary.person.act("minutes.seal", { meeting: first.id, base: draft.rev }),
    "conflict",
  ); // what was written meanwhile was not looked at
  const base = (await desks.watch(`meeting_desk/${first.id}`)).one("minutes").rev;
  await secretary.person.act("minutes.seal", { meeting: first.id, base });
  await refused(secretary.person.act("minutes.draft", { meeting: first.id }), "minutes.sealed");
  const reader = await admin.socket();
  const sealed = (await reader.watch(`meeting/${first.id}`)).one("minutes");
  assert.equal(sealed.state, "sealed");
  const digest = createHash("sha256").update(canonical(nameless(sealed.blocks)));
  assert.equal(sealed.hash, digest.digest("base64url"));
  for (const language of ["fr", "nl", "en"]) {
    for (const format of ["html", "markdown"]) {
      const { text: page } = await admin.call("minutes.export", {
        meeting: first.id,
        language,
        format,
      });
      const said = page.replaceAll("&#39;", "'").replaceAll("&gt;", ">");
      for (const { result } of held) assert.ok(said.includes(result.sentence[language]), language);
      assert.ok(said.includes("cuisiné"));
    }
  }
  desks.close();
  reader.close();
});

test("called again, the statutes are decided whoever comes: three quarters exactly are enough", async () => {
  for (const member of all) member.present = false;
  const second = await plan({ second_of: first.id });
  await start(second, { seen: true });
  for (const member of all.slice(2, 42)) await enter(second, member, "code");
  await presenceIs(second);
  const opening = headcount(there());
  const { agenda } = (await admin.call("meeting.get", { id: second.id })).doc;
  const at = agenda.find(({ title }: Data) => title.fr === "Statuts");
  const poll = await openVote(second, at, { rule: { use: "sc-statutes", second_call: true } });
  for (const [at, member] of there().entries()) await member.person.vote(poll, at < 30 ? yes : no);
  await closeVote(poll);
  const doc = await reveal(poll);
  assert.deepEqual(doc.presence, { opening, close: opening });
  assert.equal(doc.result.verdict, "adopted");
  assert.equal(doc.result.majority.support, 30);
  assert.equal(doc.result.majority.total, 40);
  assert.equal(doc.result.quorum, undefined);
  await chair.person.act("meeting.end", { id: second.id });
});

test("the record alone gives the same documents", async () => {
  desk.close();
  await server.stop();
  const { documents } = await check(server.folder);
  assert.ok(documents > all.length);
});
