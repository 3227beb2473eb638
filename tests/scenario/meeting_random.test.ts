// Meetings by chance: commands of meetings, attendance, votes, incidents and minutes in random order, by people who may and
// who may not, beside a plain model.
//
// PALABRE_MEETING_STEPS (300) says how many, PALABRE_MEETING_SEED which; a difference names the seed. What the model knows
// to be right must be done, what it knows to be wrong refused, and nothing may fail otherwise. After each step presence and
// quorum are what the model adds up by itself; votes are counted by it too. The server is killed while a command is under
// way: it is there once, or comes again. At the end the record alone gives the same documents.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { chance } from "../harness/chance.ts";
import { anotherCode } from "../harness/meeting.ts";
import {
  counted,
  newId,
  newPerson,
  type Person,
  type PollInfo,
  pollParams,
  readPoll,
  tokenOf,
} from "../harness/people.ts";
import { check, serveNew } from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";
import type { Socket } from "../harness/socket.ts";
import type { Data } from "../harness/wire.ts";

const steps = Number(process.env.PALABRE_MEETING_STEPS ?? 300);
const seed = Number(process.env.PALABRE_MEETING_SEED ?? 3);
const killEvery = 250;
const server = await serveNew({
  more: "--sign-in-rate 0 --stranger-rate 0 --command-rate 0 --reports-per-day 0 --ballot-rate 0".split(
    " ",
  ),
});

const { random, one, maybe } = chance(seed);

// ---- the model ----

type Human = {
  id: string;
  name: string;
  person?: Person; // none: invited, and never came
  office: string;
  class: "members" | "workers" | "friends";
  weight: number;
  shares: number;
  observer: boolean;
  here: boolean; // has not left the organisation
};
type Vote = {
  id: string;
  hall: Hall;
  state: "draft" | "open" | "closed" | "counted" | "cancelled";
  strict: boolean; // by a rule with a quorum
  info?: PollInfo;
  roll: Map<Human, { weight: number; shares: number }>;
  voting: Set<Human>; // there when it opened
  opening?: Data;
  closing?: Data;
  ballots: Map<Human, { weight: number; yes: boolean; counter: number }>;
  reported: Set<Human>;
  kept: Set<Human>;
  reopened: number;
};
type Hall = {
  id: string;
  code: string;
  kind: "general_assembly" | "work_session";
  by: Human;
  state: "planned" | "open" | "ended" | "cancelled";
  doors: boolean;
  remote: boolean;
  rule: "" | "sc-statutes" | "asbl-statutes";
  items: string[];
  current: string;
  chair?: Human | undefined;
  secretary?: Human | undefined;
  scrutineers: Human[];
  there: Map<Human, boolean>; // from elsewhere?
  seen: boolean; // somebody came once
  came: Set<Human>;
  reported: Set<Human>;
  imports: { id: string; before: Map<Human, boolean | undefined> }[];
  minutes: "" | "draft" | "sealed";
};
const humans: Human[] = [];
const halls: Hall[] = [];
const looker = () => humans[0]?.person as Person; // an admin, who sees everything
const votes: Vote[] = [];
const ahead = () => halls.filter(({ state }) => state === "planned" || state === "open");
const entitled = (human: Human) => human.here && !human.observer && human.class !== "friends";
const joined = () => humans.filter(({ here, person }) => here && person);
const holds = (human: Human, ...offices: string[]) => human.here && offices.includes(human.office);
const leads = (human: Human, hall: Hall) =>
  holds(human, "facilitator") ||
  (human.here &&
    (hall.chair === human ||
      hall.secretary === human ||
      (hall.kind === "work_session" && hall.by === human)));
const mayRun = (human: Human, hall: Hall) => leads(human, hall) && !human.observer;
const mayPrepare = (human: Human, hall: Hall) =>
  mayRun(human, hall) || holds(human, "secretary", "admin");
const mayRecord = (human: Human, hall: Hall) =>
  leads(human, hall) || mayPrepare(human, hall) || hall.scrutineers.includes(human);
const mayEnter = (hall: Hall) => hall.state === "open" || (hall.state === "planned" && hall.doors);

type Sum = { heads: number; weight: number; shares: number };
const sum = (some: Iterable<{ weight: number; shares: number }>): Sum => {
  const all = [...some];
  return {
    heads: all.length,
    weight: all.reduce((total, { weight }) => total + weight, 0),
    shares: all.reduce((total, { shares }) => total + shares, 0),
  };
};
/** What a rule asks of those there. */
function quorum(rule: string, there: Sum, all: Sum): Data | undefined {
  if (!rule) return undefined;
  const unit = rule === "sc-statutes" ? "shares" : "heads";
  const [num, den] = rule === "sc-statutes" ? [1, 2] : [2, 3];
  const [x, n] = [there[unit], all[unit]];
  const least = n === 0 ? 1 : Math.ceil((n * num) / den);
  return { ...{ unit, num, den, strict: false, x, n, least }, missing: Math.max(0, least - x) };
}
const isShort = (rule: string, there: Sum, all: Sum) => {
  const asked = quorum(rule, there, all);
  return asked !== undefined && asked.missing > 0;
};
const presentIn = (hall: Hall) => [...hall.there.keys()].filter(entitled);
const hallIsShort = (hall: Hall) =>
  isShort(hall.rule, sum(presentIn(hall)), sum(humans.filter(entitled)));

function leaveHall(hall: Hall, human: Human): void {
  hall.there.delete(human);
  for (const { before } of hall.imports) before.delete(human); // it can be taken back of others alone
}
function enterHall(hall: Hall, human: Human, remote: boolean): void {
  if (hall.there.get(human) !== remote) for (const { before } of hall.imports) before.delete(human);
  hall.there.set(human, remote);
  hall.came.add(human);
  hall.seen = true;
}

// ---- talking ----

let step = 0;
let eye: Socket; // of somebody who looks
const sockets = new Map<Human, Socket>();
const said = (what: string) => `${what} (PALABRE_MEETING_SEED=${seed}, step ${step})`;

async function connect(): Promise<void> {
  for (const human of joined()) sockets.set(human, await (human.person as Person).socket());
  eye = await looker().socket();
  for (const { id } of ahead()) await eye.watch(`meeting/${id}`);
}

type Act = { who: Human; method: string; params: Data; result: Data };
let last: Act | undefined;
let done = 0;
/** may: whether it must be done (undefined: the model does not know). The result, when it was. */
async function act(
  who: Human,
  method: string,
  more: Data,
  may?: boolean,
): Promise<Data | undefined> {
  const params = method === "ballot.cast" ? more : { command: newId(), ...more };
  const answer = await (sockets.get(who) as Socket).ask(method, params);
  const reason = answer.error?.data?.reason as string | undefined;
  const what = said(`${method} ${JSON.stringify(params)} by ${who.name}: ${reason ?? "done"}`);
  assert.doesNotMatch(reason ?? "", /^(storage|server|rate|method)\./, what);
  if (may !== undefined) assert.equal(reason === undefined, may, what);
  if (reason !== undefined) return undefined;
  done++;
  last = { who, method, params, result: answer.result };
  return answer.result;
}

// ---- what holds after each step ----

/** What is shown of those there. */
function presenceOf(hall: Hall): Data {
  const [present, all] = [presentIn(hall), humans.filter(entitled)];
  const asked = quorum(hall.rule, sum(present), sum(all));
  const elsewhere = present.filter((human) => hall.there.get(human));
  const classes = ["members", "workers"].map((code) => {
    const of = (some: Human[]) => sum(some.filter((human) => human.class === code));
    return { code, present: of(present), entitled: of(all) };
  });
  return {
    ...{ present: sum(present), entitled: sum(all), remote: elsewhere.length },
    ...{
      guests: hall.there.size - present.length,
      left: hall.came.size - hall.there.size,
      classes,
    },
    ...(asked && { quorum: { ...asked, met: asked.missing === 0 } }),
  };
}
async function presenceIs(hall: Hall, is: Data): Promise<void> {
  const topic = eye.topics.get(`meeting/${hall.id}`);
  const shown = (): Data => {
    const { kind, id, rev, at_start, ...rest } = topic?.one("presence", hall.id) ?? {};
    return rest;
  };
  try {
    await eye.until("presence", () => isDeepStrictEqual(shown(), is));
  } catch {
    assert.deepEqual(shown(), is, said("presence"));
  }
}
async function look(): Promise<void> {
  for (const hall of ahead())
    if (hall.state === "open" || hall.seen) await presenceIs(hall, presenceOf(hall));
}

/** Everybody who came, and whether they are there. */
async function lookAtList(hall: Hall): Promise<void> {
  const answer = await eye.call("attendance.list", { meeting: hall.id, limit: 200 });
  const listed = answer.items.map((doc: Data) => [doc.member.id, doc.present]).sort();
  const there = (human: Human) => mayEnter(hall) && hall.there.has(human);
  const is = [...hall.came].map((human) => [human.id, there(human)]).sort();
  assert.deepEqual(listed, is, said("list"));
}

function tally(vote: Vote): Data {
  const of = (is: boolean) => [...vote.ballots.values()].filter((ballot) => ballot.yes === is);
  const weight = (is: boolean) => of(is).reduce((total, ballot) => total + ballot.weight, 0);
  return { yes: weight(true), no: weight(false), heads: vote.ballots.size };
}
async function lookAtResult(vote: Vote): Promise<void> {
  const doc = await counted(looker(), vote.id);
  const { yes, no, took_part } = doc.result;
  assert.deepEqual({ yes, no, heads: took_part.heads }, tally(vote), said("result"));
  assert.equal(doc.result.entitled.heads, vote.roll.size, said("roll"));
  if (vote.strict) {
    const there = [vote.opening, vote.closing] as Sum[]; // at both
    const all = sum(vote.roll.values());
    const enough = !there.some((present) => isShort("sc-statutes", present, all));
    assert.equal(doc.result.quorum.met, enough, said("quorum of the vote"));
    if (!enough) assert.equal(doc.result.verdict, "no_quorum");
  }
  vote.state = "counted";
}

// ---- acts ----

const words = (text: string) => ({ fr: text, nl: text, en: text });
const odd = [
  ...["Réunion", '<script>alert(1)</script> & "co"', "=cmd|' /C calc'!A0", "|*_`[x](javascript:1)"],
  ...["e\u0301toile 👩‍👩‍👧 مرحبا", "``` ~~~ # 1."],
];

async function plan(who: Human): Promise<void> {
  if (ahead().length > 3) return;
  const kind = one(["general_assembly", "general_assembly", "work_session"] as const);
  const doors = maybe(8);
  const agenda = [0, 1, 2].map(() => ({
    ...{ id: newId(), title: words(one(odd)), item_kind: "vote", minutes: random(30) },
  }));
  const rule = one(["", "sc-statutes", "asbl-statutes"] as const);
  const remote = maybe(6);
  const id = newId();
  const starts = Date.now() + (doors ? one([-864e5, 0, 9e6]) : 864e6);
  const params = {
    ...{ id, kind, title: words(one(odd)), starts, minutes: 60, remote, agenda },
    ...(rule ? { rule } : {}),
  };
  const may =
    holds(who, "facilitator", "secretary", "admin") || (kind === "work_session" && !who.observer);
  if (!(await act(who, "meeting.plan", params, may))) return;
  await eye.watch(`meeting/${id}`);
  const desk = await eye.watch(`meeting_desk/${id}`);
  const { code } = desk.one("meeting_code");
  await eye.call("feed.unsubscribe", { topics: [`meeting_desk/${id}`] });
  halls.push({
    ...{ id, code, kind, by: who, state: "planned", doors, remote, rule, current: "" },
    ...{ items: agenda.map((item) => item.id), scrutineers: [], there: new Map(), seen: false },
    ...{ came: new Set<Human>(), reported: new Set<Human>(), imports: [], minutes: "" },
  });
}

async function start(who: Human, hall: Hall): Promise<void> {
  const seen = maybe(7);
  const may = mayRun(who, hall) && hall.state === "planned" && (seen || !hallIsShort(hall));
  if (await act(who, "meeting.start", { id: hall.id, seen }, may)) hall.state = "open";
}
async function goTo(who: Human, hall: Hall): Promise<void> {
  const item = maybe(9) ? one(hall.items) : newId();
  const known = hall.items.includes(item) && item !== hall.current;
  const may = mayRun(who, hall) && hall.state === "open" && known;
  if (await act(who, "meeting.item", { id: hall.id, item }, may)) hall.current = item;
}
/** From the same revision: the second is told that there is a new state. */
async function goBoth(hall: Hall): Promise<void> {
  const [first, second] = joined().filter((human) => mayRun(human, hall));
  const others = hall.items.filter((item) => item !== hall.current);
  if (hall.state !== "open" || !first || !second || others.length < 2) return;
  const base = (await eye.call("meeting.get", { id: hall.id })).doc.revs.current;
  const ask = (who: Human, item?: string) =>
    (sockets.get(who) as Socket).ask("meeting.item", {
      ...{ id: hall.id, item, base, command: newId() },
    });
  const answers = await Promise.all([ask(first, others[0]), ask(second, others[1])]);
  const done = answers.findIndex((answer) => !answer.error);
  assert.deepEqual(
    answers.map((answer) => answer.error?.data.reason).filter(Boolean),
    ["conflict"],
    said("one of two"),
  );
  hall.current = others[done] as string;
}
async function move(who: Human, hall: Hall): Promise<void> {
  const item = one(hall.items);
  const may = mayRun(who, hall) && hall.state === "open" ? undefined : false;
  if (await act(who, "meeting.move", { id: hall.id, item }, may))
    if (hall.current === item) hall.current = "";
}
async function show(who: Human, hall: Hall): Promise<void> {
  const vote = one(votes);
  const what = one(["item", "agenda", "join", "poll", "result", "tasks"]);
  const needs = what === "poll" || what === "result";
  const may = mayRun(who, hall) && hall.state === "open" && (!needs || vote?.hall === hall);
  const params = { id: hall.id, what, ...(needs && vote ? { poll: vote.id } : {}) };
  await act(who, "meeting.show", params, may);
}
async function end(who: Human, hall: Hall): Promise<void> {
  if (!maybe(5)) return;
  const own = votes.filter((vote) => vote.hall === hall);
  const free = !own.some((vote) => vote.state === "open");
  const may = mayRun(who, hall) && hall.state === "open" && free;
  if (!(await act(who, "meeting.end", { id: hall.id }, may))) return;
  hall.state = "ended";
  const presence = presenceOf(hall);
  await presenceIs(hall, presence); // what stays of a meeting that is over
  await eye.call("feed.unsubscribe", { topics: [`meeting/${hall.id}`] });
  await lookAtList(hall);
  for (const vote of own.filter(({ state }) => state === "closed")) await lookAtResult(vote);
  await minutes(humans[1] as Human, hall);
}
async function cancel(who: Human, hall: Hall): Promise<void> {
  if (!maybe(hall.there.size > 0 ? 1 : 3)) return;
  const may = mayPrepare(who, hall) && hall.state === "planned";
  const done = await act(who, "meeting.cancel", { id: hall.id, reason: one(odd) }, may);
  if (!done) return;
  hall.state = "cancelled";
  await eye.call("feed.unsubscribe", { topics: [`meeting/${hall.id}`] });
  await lookAtList(hall);
}
async function revise(who: Human, hall: Hall): Promise<void> {
  const may = mayPrepare(who, hall) && ahead().includes(hall);
  const away = [...hall.there.values()].includes(true);
  const change = random(4);
  if (change === 0) {
    const remote = maybe(5);
    const params = { id: hall.id, remote };
    if (await act(who, "meeting.revise", params, may && (remote || !away))) hall.remote = remote;
  } else if (change === 1) {
    const rule = one(["", "sc-statutes", "asbl-statutes"] as const);
    if (await act(who, "meeting.revise", { id: hall.id, rule: rule || null }, may))
      hall.rule = rule;
  } else if (change === 2) {
    const doors = maybe(8);
    const starts = Date.now() + (doors ? 6e5 : 864e6);
    const planned = may && hall.state === "planned";
    if (!(await act(who, "meeting.revise", { id: hall.id, starts }, planned))) return;
    hall.doors = doors;
    if (!doors) for (const human of [...hall.there.keys()]) leaveHall(hall, human);
  } else {
    await act(who, "meeting.revise", { id: hall.id, starts: Date.now() + 2e11 }, false);
  }
}
async function offices(who: Human, hall: Hall): Promise<void> {
  const among = maybe(2) ? humans : joined();
  const [chair, secretary, third, fourth] = [0, 1, 2, 3].map(() => one(among));
  const named = [chair, secretary, third, fourth] as [Human, Human, Human, Human];
  const fit = named.every((human) => human.here && human.person && !human.observer);
  const may = mayPrepare(who, hall) && ahead().includes(hall) && fit && third !== fourth;
  const params = {
    ...{ id: hall.id, chair: named[0].id, secretary: named[1].id },
    scrutineers: [named[2].id, named[3].id],
  };
  if (await act(who, "meeting.offices", params, may))
    Object.assign(hall, { chair, secretary, scrutineers: named.slice(2) });
}
async function agenda(who: Human, hall: Hall): Promise<void> {
  const { doc } = await eye.call("meeting.get", { id: hall.id });
  const items = doc.agenda.map((item: Data) => ({
    ...{ id: item.id, title: words(one(odd)), item_kind: item.item_kind, minutes: item.minutes },
    polls: item.polls.map((poll: Data) => poll.id),
  }));
  const fresh = maybe(8);
  const base = fresh ? doc.revs.agenda : doc.revs.agenda - 1;
  const ids = items.map((item: Data) => item.id);
  if (maybe(2) && items.length > 1) items[1].parent = items[0].id;
  if (maybe(2))
    items.push({ ...items[0] }); // twice
  else if (maybe(3) && items.length < 6)
    items.push({ id: newId(), title: words("Divers"), item_kind: "closing", minutes: 0 });
  const twice = new Set(items.map((item: Data) => item.id)).size < items.length;
  const may = mayPrepare(who, hall) && ahead().includes(hall) && fresh && !twice;
  if (await act(who, "meeting.agenda", { id: hall.id, base, items }, may))
    hall.items = items.map((item: Data) => item.id);
  else assert.deepEqual(hall.items, ids, said("a refused agenda changes nothing"));
}

const typed = (code: string) =>
  one([code, code.toLowerCase(), ` ${code.slice(0, 3)}-${code.slice(3)}`]);
async function enter(who: Human, hall: Hall): Promise<void> {
  const from = random(10);
  const code =
    from < 5 ? typed(hall.code) : from < 7 ? one([anotherCode(hall.code), "=1+1", "７KQ4XM"]) : "";
  const good = from < 5 || (code === "" && hall.remote);
  const params = { meeting: hall.id, ...(code ? { code } : {}) };
  if (!(await act(who, "attendance.enter", params, mayEnter(hall) && good))) return;
  enterHall(hall, who, code === "");
}
async function leave(who: Human, hall: Hall): Promise<void> {
  const may = mayEnter(hall) && hall.came.has(who);
  if ((await act(who, "attendance.leave", { meeting: hall.id }, may)) && hall.there.has(who))
    leaveHall(hall, who);
}
async function record(who: Human, hall: Hall): Promise<void> {
  const member = one(humans);
  const present = maybe(7);
  const remote = maybe(3);
  const may =
    mayEnter(hall) &&
    mayRecord(who, hall) &&
    member.here &&
    (!remote || hall.remote) &&
    (present || hall.came.has(member));
  const params = { meeting: hall.id, member: member.id, present, remote };
  if (!(await act(who, "attendance.record", params, may))) return;
  if (present) enterHall(hall, member, remote);
  else if (hall.there.has(member)) leaveHall(hall, member);
}
const fresh = new Set<string>(); // whom an import brought for the first time
/** A list of three, and two lines of nobody. */
async function list(who: Human, hall: Hall): Promise<void> {
  const rows = [0, 1, 2].map(() => ({ human: one(humans), present: maybe(7), remote: maybe(3) }));
  const lines = rows.map(
    (row) => `${row.human.name},${row.present ? "x" : ""},${row.remote ? "ja" : "non"}`,
  );
  const heading = "Name,Aanwezig,Op afstand";
  const file = [heading, ...lines, "=cmd|x,x,", '"\u0301",,'];
  const csv = Buffer.from(file.join("\r\n")).toString("base64url");
  const id = newId();
  const params = { meeting: hall.id, csv, import: id };
  const may = mayEnter(hall) && mayRecord(who, hall);
  const answer = await act(who, "attendance.import", params, may);
  if (!answer) return;
  const before = new Map<Human, boolean | undefined>();
  const seen = new Set<Human>();
  let wrong = 2;
  for (const { human, present, remote } of rows) {
    const good = human.here && !seen.has(human) && !(present && remote && !hall.remote);
    if (human.here) seen.add(human);
    if (!good) wrong++;
    if (!good || (present ? hall.there.get(human) === remote : !hall.there.has(human))) continue;
    const was = hall.there.get(human);
    const known = hall.came.has(human);
    if (present) enterHall(hall, human, remote);
    else leaveHall(hall, human);
    before.set(human, was);
    if (!known) fresh.add(`${id} ${human.id}`);
  }
  hall.imports.push({ id, before });
  assert.equal(answer.errors.length, wrong, said("lines left out"));
}
async function unlist(who: Human, hall: Hall): Promise<void> {
  const found = one(hall.imports) ?? { id: newId(), before: new Map() };
  const may = mayEnter(hall) && mayRecord(who, hall);
  const params = { meeting: hall.id, import: found.id };
  if (!(await act(who, "attendance.undo_import", params, may))) return;
  for (const [human, was] of found.before) {
    if (was === undefined) hall.there.delete(human);
    else if (human.here) hall.there.set(human, was);
    if (fresh.has(`${found.id} ${human.id}`)) hall.came.delete(human);
  }
  found.before.clear();
}

async function define(who: Human, hall: Hall): Promise<void> {
  const own = votes.filter((vote) => vote.hall === hall);
  if (own.length > 9) return;
  const strict = hall.kind === "general_assembly" && maybe(3);
  const item = maybe(7) ? one(hall.items) : undefined;
  const params = pollParams([], {
    ...{ kind: "decision", body: hall.kind === "general_assembly" ? "assembly" : "members" },
    ...{ meeting: hall.id, ...(item && { item }), ...(strict && { rule: { use: "sc-statutes" } }) },
  });
  const may = !mayRun(who, hall)
    ? false
    : (holds(who, "facilitator") || hall.kind === "general_assembly") && ahead().includes(hall);
  if (!(await act(who, "poll.define", params, may))) return;
  votes.push({
    ...{ id: params.id, hall, state: "draft", strict, roll: new Map(), voting: new Set<Human>() },
    ...{ ballots: new Map(), reported: new Set<Human>(), kept: new Set<Human>(), reopened: 0 },
  });
}
const openIn = (hall: Hall) =>
  votes.filter((vote) => vote.hall === hall && vote.state === "open").length;
async function open(who: Human, vote: Vote): Promise<void> {
  const { hall } = vote;
  const seen = maybe(7);
  const short =
    hallIsShort(hall) ||
    (vote.strict && isShort("sc-statutes", sum(presentIn(hall)), sum(humans.filter(entitled))));
  const may =
    mayRun(who, hall) &&
    vote.state === "draft" &&
    hall.state === "open" &&
    openIn(hall) < 5 &&
    (seen || !short);
  const opened = await act(who, "poll.open", { id: vote.id, seen }, may);
  if (!opened) return;
  const roll = humans.filter(entitled);
  vote.roll = new Map(roll.map((human) => [human, { weight: human.weight, shares: human.shares }]));
  vote.voting = new Set(hall.there.keys());
  vote.opening = sum(presentIn(hall));
  vote.state = "open";
  vote.info = await readPoll(looker(), opened, vote.id);
}
const stillThere = (vote: Vote) =>
  sum([...vote.roll].filter(([human]) => vote.hall.there.has(human)).map(([, entry]) => entry));
async function close(who: Human, vote: Vote): Promise<void> {
  const may = mayRun(who, vote.hall) && vote.state === "open";
  if (!(await act(who, "poll.close", { id: vote.id }, may))) return;
  vote.state = "closed";
  vote.closing = stillThere(vote);
  const { doc } = await eye.call("poll.get", { id: vote.id });
  assert.deepEqual(
    [doc.presence.opening, doc.presence.close, doc.result],
    [vote.opening, vote.closing, undefined],
    said("presence at the opening and at the close"),
  );
  if (vote.reopened > 0) return;
  const never = [...vote.kept].filter((human) => !vote.ballots.has(human)).length;
  const told = () => eye.topics.get(`meeting/${vote.hall.id}`)?.all("incident") ?? [];
  const kept = () =>
    told().reduce((all, one) => all + (one.poll === vote.id ? one.kept_away : 0), 0);
  await eye.until(
    said(`${never} kept away, without those who voted after all`),
    () => kept() === never,
  );
}
async function reopen(who: Human, vote: Vote): Promise<void> {
  const room = vote.hall.state === "open" && openIn(vote.hall) < 5;
  const may = mayRun(who, vote.hall) && vote.state === "closed" && room;
  if (!(await act(who, "poll.reopen", { id: vote.id, reason: one(odd) }, may))) return;
  Object.assign(vote, { state: "open", reopened: vote.reopened + 1 });
  vote.reported.clear();
}
async function reveal(who: Human, vote: Vote): Promise<void> {
  const may = mayRun(who, vote.hall) && vote.state === "closed";
  if (await act(who, "poll.reveal", { id: vote.id }, may)) await lookAtResult(vote);
}
async function drop(who: Human, vote: Vote): Promise<void> {
  const may = mayRun(who, vote.hall) && vote.state !== "counted" && vote.state !== "cancelled";
  if (await act(who, "poll.cancel", { id: vote.id, reason: one(odd) }, may))
    vote.state = "cancelled";
}
const mayCast = (human: Human, vote: Vote) =>
  vote.state === "open" &&
  vote.roll.has(human) &&
  vote.hall.there.has(human) &&
  vote.voting.has(human);
async function cast(who: Human, vote: Vote): Promise<void> {
  if (!vote.info) return;
  const before = vote.ballots.get(who);
  const [choice, counter] = [one([yes, no]), (before?.counter ?? 0) + 1];
  const weight = vote.roll.get(who)?.weight ?? 1;
  const { params } = (who.person as Person).sign(vote.info, { choice, counter, weight });
  if (await act(who, "ballot.cast", params, mayCast(who, vote))) {
    vote.ballots.set(who, { weight, yes: choice === yes, counter });
  }
}
async function toCome(who: Human, vote: Vote): Promise<void> {
  if (!mayRun(who, vote.hall) || vote.state !== "open") return;
  const answer = await act(who, "poll.awaited", { id: vote.id, command: undefined }, true);
  const may = humans.filter((human) => mayCast(human, vote));
  const awaited = may.filter((human) => !vote.ballots.has(human)).length;
  const is = { present: may.length, voted: vote.ballots.size, awaited };
  assert.deepEqual(answer, is, said("awaited"));
}
async function report(who: Human, hall: Hall): Promise<void> {
  const vote = maybe(7) ? one(votes.filter((vote) => vote.hall === hall)) : undefined;
  const reported = (vote ?? hall).reported;
  const may = hall.state === "open" && hall.there.has(who) && !who.observer && !reported.has(who);
  const params = { meeting: hall.id, text: one(odd), ...(vote ? { poll: vote.id } : {}) };
  if (!(await act(who, "incident.report", params, may))) return;
  if (vote && mayCast(who, vote) && !vote.ballots.has(who)) vote.kept.add(who);
  reported.add(who);
}

/** People change while meetings go on. */
async function change(who: Human): Promise<void> {
  const human = one(humans.slice(3));
  if (!human) return;
  const admin = holds(who, "admin");
  const what = random(4);
  if (what === 0) {
    const [weight, shares] = [1 + random(9), random(50)];
    const may = holds(who, "admin", "secretary");
    if (human.here && (await act(who, "member.update", { id: human.id, weight, shares }, may)))
      Object.assign(human, { weight, shares });
  } else if (what === 1 && human.here) {
    const key = one(["members", "workers", "friends"] as const);
    if (await act(who, "member.update", { id: human.id, class: key }, admin)) human.class = key;
  } else if (what === 2 && human.here && human.person) {
    const observer = maybe(3);
    const roles = observer ? ["observer"] : [];
    if (await act(who, "member.update", { id: human.id, roles }, admin)) human.observer = observer;
  } else if (human.here && humans.filter(({ here }) => here).length > 9 && maybe(1) && admin) {
    await act(who, "member.update", { id: human.id, status: "left" }, admin);
    human.here = false;
    sockets.get(human)?.cut();
    for (const hall of ahead()) if (hall.there.has(human)) leaveHall(hall, human);
  }
}

async function minutes(who: Human, hall: Hall): Promise<void> {
  const meeting = hall.id;
  const mayWrite = mayRun(who, hall) || holds(who, "secretary");
  const may = mayWrite && hall.state === "ended" && hall.minutes !== "sealed";
  if (hall.state === "open" || !(await act(who, "minutes.draft", { meeting }, may))) return;
  hall.minutes = "draft";
  const desk = await eye.watch(`meeting_desk/${meeting}`);
  const doc = desk.one("minutes");
  const blocks = doc.blocks as Data[];
  const facts = (kind: string) => blocks.filter(({ block_kind }) => block_kind === kind);
  assert.equal(facts("attendance")[0]?.facts.attended, hall.came.size, said("minutes: who came"));
  for (const { facts: told } of facts("vote")) {
    const vote = votes.find(({ id }) => id === told.poll) as Vote;
    assert.deepEqual(told.presence?.opening, vote.opening, said("minutes: a vote"));
    if (vote.state === "counted") assert.equal(told.result.yes, tally(vote).yes, said("minutes"));
  }
  const opened = votes.filter((vote) => vote.hall === hall && vote.info).length;
  assert.equal(facts("vote").length, opened, said("minutes: votes"));
  const given = blocks.map(({ id, text }) => (text ? { id, text } : { id }));
  const write = { meeting, base: doc.rev };
  const altered = one([given.slice(1), [...given].reverse(), [...given, { id: newId() }]]);
  await act(who, "minutes.write", { ...write, blocks: altered }, false);
  const texts = [{ id: newId(), text: { fr: `${one(odd)}\n\n${one(odd)}` } }, ...given];
  const written = await act(who, "minutes.write", { ...write, blocks: texts }, true);
  for (const format of ["html", "markdown"]) {
    const { text } = await eye.call("minutes.export", { meeting, language: "fr", format });
    assert.doesNotMatch(text, /(?<!\\)<script/, said(format));
  }
  const sealed = { meeting, base: written?.seq };
  if (maybe(5) && (await act(who, "minutes.seal", sealed, true))) hall.minutes = "sealed";
  await eye.call("feed.unsubscribe", { topics: [`meeting_desk/${meeting}`] });
}

/** What can be said of nothing: of no shape, of no meeting. */
async function nonsense(who: Human, hall: Hall): Promise<void> {
  const fitting = { id: hall.id, base: 0, item: one(hall.items) };
  const [method, params] = one<[string, Data]>([
    ["meeting.plan", { id: newId(), kind: "board", title: words("\u202e"), starts: 1, minutes: 5 }],
    ["meeting.plan", { id: newId(), kind: "board", title: words("a"), starts: -1, minutes: 5 }],
    [
      "meeting.plan",
      { id: newId(), kind: "board", title: words("a"), starts: 2 ** 53 - 1, minutes: 5 },
    ],
    ["meeting.plan", { id: newId(), kind: "group", title: words("a"), starts: 1, minutes: 5 }],
    ["meeting.revise", { id: hall.id, link: "javascript:alert(1)" }],
    ["meeting.item", { ...fitting, base: -1 }],
    ["meeting.item", { ...fitting, id: newId() }],
    ["meeting.end", { id: "99999999999999999999" }],
    ["attendance.enter", { meeting: hall.id, code: "A".repeat(21) }],
    ["attendance.record", { meeting: hall.id, member: newId(), present: true }],
    [
      "attendance.import",
      { meeting: hall.id, csv: Buffer.from("a,b\n\xff", "latin1").toString("base64url") },
    ],
    ["incident.report", { meeting: hall.id, text: "x".repeat(2001) }],
    ["meeting.incident", { id: newId(), meeting: hall.id, kind: "restart", at: 1 }],
  ]);
  await act(who, method, params, false);
}

async function again(): Promise<void> {
  if (!last?.who.here || last.method === "poll.awaited") return;
  const { who, method, params, result } = last;
  assert.equal((await act(who, method, params, true))?.seq, result.seq, said(`${method} again`));
}

/** kill -9 while somebody comes in; what they sent is there once. */
async function kill(): Promise<void> {
  const hall = one(ahead().filter(mayEnter));
  const who = one(joined());
  const params = { meeting: hall?.id, code: hall?.code, command: newId() };
  if (hall) (sockets.get(who) as Socket).ask("attendance.enter", params).catch(() => {});
  await sleep(random(4));
  await server.kill();
  eye.cut();
  for (const socket of sockets.values()) socket.cut();
  await server.start();
  await connect();
  if (!hall) return;
  await act(who, "attendance.enter", params, true);
  enterHall(hall, who, false);
}

const times = <T>(count: number, list: readonly T[]): T[] =>
  Array.from({ length: count }, () => list).flat();
const often = [start, define, record, record, leave, enter, enter, enter];
const seldom = [goTo, revise, offices, agenda, list, unlist, report, minutes, nonsense];
const ofHall = [...times(5, often), ...times(2, seldom), ...times(6, [end]), move, show, cancel];
const ofVote = [...times(3, [open, close, reveal, toCome]), ...times(20, [cast]), reopen, drop];

const leader = () => (maybe(7) ? (humans[1] as Human) : one(joined().slice(0, 3)));

async function oneStep(): Promise<void> {
  if (step % killEvery === killEvery - 1) return kill();
  const live = votes.filter(({ hall, state }) => hall.state === "open" && state !== "counted");
  const opened = votes.filter(({ state }) => state === "open");
  const under = ahead().filter(({ state }) => state === "open");
  const hall = one(under.length > 0 && maybe(5) ? under : maybe(9) ? ahead() : halls);
  const kind = random(20);
  const who = one(joined());
  if (!hall || kind === 0) return plan(maybe(5) ? who : leader());
  if (kind === 1) return change(who);
  if (kind === 2) return again();
  if (kind === 3) return goBoth(hall);
  if (kind === 4) return lookAtList(hall);
  const vote = maybe(9) && live.length > 0 ? one(live) : one(votes);
  if (kind < 12 && vote) {
    const tried = one(ofVote);
    const asked = tried === cast && opened.length > 0 && maybe(8) ? one(opened) : vote;
    return tried(tried === cast || maybe(4) ? who : leader(), asked);
  }
  const tried = one(ofHall);
  const own = tried === enter || tried === leave || tried === report;
  return tried(own || maybe(4) ? who : leader(), hall);
}

test("people of every kind", async () => {
  const label = (text: string) => ({ fr: text, nl: text, en: text });
  const admin = await newPerson(server, "Ada Admin", ["admin"]);
  const first = await admin.socket();
  const { classes } = (await first.watch("org")).one("organisation");
  first.close();
  const more = ["workers", "friends"].map((key) => ({
    ...{ id: newId(), key, label: label(key), votes: key === "workers" },
  }));
  await admin.act("org.update", { classes: [...classes, ...more] });
  const take = (person: Person, office: string, own: Partial<Human> = {}) =>
    humans.push({
      ...{ id: person.id, name: person.name, person, office, class: "members", weight: 1 },
      ...{ shares: 0, observer: false, here: true, ...own },
    });
  take(admin, "admin");
  take(await newPerson(server, "Fadila Facilitator", ["facilitator"]), "facilitator");
  take(await newPerson(server, "Simon Secrétaire", ["secretary"]), "secretary");
  for (let at = 0; at < 10; at++) {
    const own = {
      class: one(["members", "workers"] as const),
      weight: 1 + random(5),
      shares: 1 + random(9),
    };
    take(await newPerson(server, `Membre ${at}`, [], own), "", own);
  }
  for (const { person } of humans) await person?.enrol();
  const watcher = humans.at(-1) as Human;
  await admin.act("member.update", { id: watcher.id, roles: ["observer"] });
  watcher.observer = true;
  const guest = { id: newId(), name: "Invitée", class: "members", roles: [], command: newId() };
  const { link } = await server.operator("member.invite", guest);
  assert.ok(tokenOf(link));
  humans.push({
    ...{ id: guest.id, name: guest.name, office: "", class: "friends", weight: 1, shares: 0 },
    ...{ observer: false, here: true },
  });
  await connect();
});

test(`${steps} steps of seed ${seed}`, async () => {
  const facilitator = humans[1] as Human;
  while (halls.length === 0) await plan(facilitator);
  const first = halls[0] as Hall;
  while (first.state === "planned") await start(facilitator, first);
  while (first.there.size < 7) await enter(one(joined()), first);
  while (votes.length < 3) await define(facilitator, first);
  for (; step < steps; step++) {
    await oneStep();
    await look();
  }
  assert.ok(done > steps / 5, said(`${done} were done`));
});

test("the record alone gives the same", async () => {
  for (const socket of [eye, ...sockets.values()]) socket.cut();
  await server.stop();
  await check(server.folder);
});
