// Who may do what in a meeting, in each of its states: every command for every kind of caller, and what each may watch.
//
// A command is sent with parameters that its right lets through and that something else refuses, so that nothing moves: whoever
// may gets any answer but right.missing, whoever may not gets exactly that. The record does not grow by a single event.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  counted,
  newId,
  newPerson,
  type Person,
  pollParams,
  post,
  request,
} from "../harness/people.ts";
import { check, serveNew } from "../harness/program.ts";
import { Socket } from "../harness/socket.ts";
import { type Answer, type Data, httpRequest, reasonOf } from "../harness/wire.ts";

const server = await serveNew({ more: ["--command-rate", "0", "--sign-in-rate", "0"] });
const person = (name: string, roles: string[] = []) => newPerson(server, name, roles);
const facilitator = await person("Fadila", ["facilitator"]);
const group = newId();
const coordinator = await person("Coline");
await coordinator.act("group.create", {
  id: group,
  language: "fr",
  name: "Four",
  purpose: "Du pain",
});
const stranger = await person("Étrangère");
const its = newId();
await stranger.act("group.create", { id: its, language: "fr", name: "Vélos", purpose: "Rouler" });

const [chair, writer, counter, former, seated, sent, plain] = (await Promise.all(
  ["Chaïma", "Wim", "Cas", "Fons", "Sien", "Sam", "Paul"].map((name) => person(name)),
)) as [Person, Person, Person, Person, Person, Person, Person];
const caller = await person("Carla"); // has called the work sessions
const elsewhere = await person("Elke"); // chair and secretary of another meeting, under way
const observer = await person("Olga", ["observer"]);
const auditor = await person("Aud", ["auditor"]);
const secretary = await person("Séverine", ["secretary"]);
const admin = await person("Ada", ["admin"]);
const gone = await person("Guy");

const soon = () => ({ starts: Date.now() + 3_600_000, minutes: 60, remote: true });
const title = { fr: "Réunion" };
const item = newId();
const agenda = [{ id: item, title, item_kind: "vote", minutes: 5 }];
const offices = { chair: chair.id, secretary: writer.id, scrutineers: [counter.id, gone.id] };
async function planned(params: Data): Promise<string> {
  const id = newId();
  const by = params.kind === "work_session" ? caller : facilitator;
  await by.act("meeting.plan", { id, title, agenda, ...soon(), ...params });
  await facilitator.act("meeting.offices", { id, scrutineers: [former.id], chair: former.id });
  await facilitator.act("meeting.offices", { id, ...offices });
  return id;
}
const other = newId();
await facilitator.act("meeting.plan", { id: other, kind: "general_assembly", title, ...soon() });
await facilitator.act("meeting.offices", {
  ...{ id: other, chair: elsewhere.id, secretary: elsewhere.id, scrutineers: [elsewhere.id] },
});
await facilitator.act("meeting.start", { id: other });

type Meeting = { id: string; state: string; kind: string; polls: Record<string, string> };
async function define(meeting: string, more: Data = {}): Promise<string> {
  const params = pollParams([], { kind: "straw", meeting, ...more });
  delete params.body;
  await facilitator.act("poll.define", params);
  return params.id;
}
/** A meeting in a state, with its votes: a draft, one that was called off, and where it was opened one that is open or counted. */
async function arrange(kind: string, state: string): Promise<Meeting> {
  const id = await planned(kind === "group" ? { kind, group } : { kind });
  const polls: Record<string, string> = { draft: await define(id), off: await define(id) };
  await facilitator.act("poll.cancel", { id: polls.off, reason: "Non" });
  if (state === "cancelled") await facilitator.act("meeting.cancel", { id, reason: "Inondé" });
  if (state === "open" || state === "ended") {
    await facilitator.act("meeting.start", { id });
    for (const one of [seated, sent])
      await facilitator.act("attendance.record", { meeting: id, member: one.id, present: true });
    await facilitator.act("attendance.record", { meeting: id, member: sent.id, present: false });
    const open = await define(id, { reveal: "close" });
    await facilitator.act("poll.open", { id: open });
    await facilitator.act("minutes.draft", { meeting: id });
    if (state === "ended") {
      await facilitator.act("poll.close", { id: open });
      await counted(facilitator, open);
      await facilitator.act("meeting.end", { id });
      await facilitator.act("minutes.draft", { meeting: id });
    } else polls.open = open;
  }
  return { id, state, kind, polls };
}
const meetings: Meeting[] = [];
for (const state of ["planned", "open", "ended", "cancelled"])
  meetings.push(await arrange("general_assembly", state));
for (const kind of ["group", "work_session"])
  for (const state of ["open", "ended"]) meetings.push(await arrange(kind, state));
await admin.act("member.update", { id: gone.id, status: "left" });

/* ---- callers ---- */

type Call = { method: string; params: Data };
type Caller = {
  name: string;
  /** All at once; the reason of each refusal, "" = done. */
  send: (calls: Call[]) => Promise<string[]>;
  open?: () => Promise<Socket>;
};
const callers: Caller[] = [];
const batched = (ask: (body: Data) => Promise<Answer>) => async (calls: Call[]) => {
  const answer = await ask(calls.map(({ method, params }) => request(method, params)));
  const answers = JSON.parse(answer.text) as Data[];
  assert.equal(answers.length, calls.length, answer.text.slice(0, 200));
  return answers.map(({ error }) => String(error?.data.reason ?? ""));
};
const byCookie = (cookie: string) => batched((body) => post(server, cookie, body));
for (const [name, of] of Object.entries({
  ...{ facilitator, coordinator, stranger, chair, writer, counter, former, seated, sent, plain },
  ...{ caller, elsewhere, observer, auditor, secretary, admin },
}))
  callers.push({ name, send: byCookie(of.cookie), open: () => of.socket() });
async function addToken(name: string, of: Person, scopes: string[]): Promise<void> {
  const { token } = await of.act("token.create", { id: newId(), name, scopes, days: 2 });
  const headers = { authorization: `Bearer ${token}`, host: new URL(server.origin).host };
  const to = { port: server.port, path: "/rpc", method: "POST", headers };
  const send = batched((json) => httpRequest({ ...to, json }));
  callers.push({ name, send, open: () => Socket.openAt(server.port, headers) });
}
await addToken("facilitator's plain token", facilitator, ["read", "write"]);
await addToken("chair's token", chair, ["read", "write"]);
await addToken("chair's reading token", chair, ["read"]);
for (const { id } of meetings.filter(({ state }) => state === "open")) {
  const { code } = await facilitator.act("meeting.screen", { id });
  const answer = await post(server, "", request("session.screen", { code, command: newId() }));
  const cookie = (answer.headers["set-cookie"] ?? [])[0]?.split(";")[0] ?? "";
  const open = () => Socket.open(server, cookie);
  callers.push({ name: `screen of ${id}`, send: byCookie(cookie), open });
}
callers.push({ name: "gone", send: byCookie(gone.cookie) });
callers.push({ name: "nobody", send: byCookie("") });

/* ---- what the protocol says ---- */

/** Who leads, prepares, looks after the door of a meeting of this kind. */
function belongs(
  name: string,
  { kind }: Meeting,
): { leads: boolean; prepares: boolean; desk: boolean } {
  const leads =
    ["facilitator", "chair", "writer", "chair's token"].includes(name) ||
    (kind === "group" && name === "coordinator") ||
    (kind === "work_session" && name === "caller");
  const prepares = leads || name === "secretary" || name === "admin";
  return { leads, prepares, desk: prepares || name === "counter" };
}
type Rule = (caller: string, meeting: Meeting) => boolean;
const leads: Rule = (name, meeting) => belongs(name, meeting).leads;
const prepares: Rule = (name, meeting) => belongs(name, meeting).prepares;
const desk: Rule = (name, meeting) => belongs(name, meeting).desk;
const writes: Rule = (name, meeting) => leads(name, meeting) || name === "secretary";
/** Whatever somebody may read, a token of theirs may. */
const read =
  (rule: Rule): Rule =>
  (name, meeting) =>
    rule(name.replace("reading token", "token"), meeting);
type Act = {
  method: string;
  params: (meeting: Meeting) => Data;
  may: Rule;
  /** The states in which everybody is told the same, before anybody's right is looked at. */
  same?: string[];
  /** With these parameters it would succeed for who may: tried by the others alone. */
  moves?: string[];
};
const csv = Buffer.from("name,present\nPersonne,1\n").toString("base64url");
const closed = ["cancelled", "ended"];
const acts: Act[] = [
  { method: "meeting.revise", params: ({ id }) => ({ id, base: 0, minutes: 30 }), may: prepares },
  { method: "meeting.agenda", params: ({ id }) => ({ id, base: 0, items: agenda }), may: prepares },
  {
    method: "meeting.offices",
    params: ({ id }) => ({ id, base: 0, scrutineers: [] }),
    may: prepares,
  },
  { method: "meeting.call", params: ({ id }) => ({ id }), may: prepares, moves: ["planned"] },
  {
    method: "meeting.cancel",
    params: ({ id }) => ({ id, reason: "Non" }),
    may: prepares,
    moves: ["planned"],
  },
  {
    method: "meeting.start",
    params: ({ id }) => ({ id, seen: true }),
    may: leads,
    moves: ["planned"],
  },
  { method: "meeting.item", params: ({ id }) => ({ id, item: newId() }), may: leads },
  { method: "meeting.move", params: ({ id }) => ({ id, item: newId() }), may: leads },
  { method: "meeting.show", params: ({ id }) => ({ id, what: "poll", poll: newId() }), may: leads },
  { method: "meeting.screen", params: ({ id }) => ({ id }), may: leads },
  { method: "meeting.end", params: ({ id }) => ({ id }), may: leads },
  {
    method: "meeting.keep_template",
    params: ({ id }) => ({ id: newId(), meeting: id, name: title }),
    may: prepares,
    moves: ["planned", "open", "ended", "cancelled"],
  },
  {
    method: "attendance.record",
    params: ({ id }) => ({ meeting: id, member: newId(), present: true }),
    may: desk,
    same: closed,
  },
  { method: "attendance.preview", params: ({ id }) => ({ meeting: id, csv }), may: read(desk) },
  { method: "attendance.import", params: ({ id }) => ({ meeting: id, csv }), may: desk },
  {
    method: "attendance.undo_import",
    params: ({ id }) => ({ meeting: id, import: newId() }),
    may: desk,
    same: closed,
  },
  {
    method: "attendance.list",
    params: ({ id }) => ({ meeting: id }),
    may: (name, meeting) =>
      read(desk)(name, meeting) ||
      (["seated", "sent"].includes(name) && ["open", "ended"].includes(meeting.state)),
  },
  {
    method: "task.line",
    params: ({ id }) => ({
      id: newId(),
      meeting: id,
      line: "@Personne du pain",
      language: "fr",
      members: [plain.id, seated.id, plain.id],
    }),
    may: desk,
    same: ["cancelled"],
  },
  {
    method: "minutes.draft",
    params: ({ id }) => ({ meeting: id }),
    may: writes,
    moves: ["open", "ended"],
  },
  {
    method: "minutes.write",
    params: ({ id }) => ({ meeting: id, base: 0, blocks: [] }),
    may: writes,
  },
  { method: "minutes.seal", params: ({ id }) => ({ meeting: id, base: 0 }), may: writes },
  {
    method: "poll.define",
    params: ({ id, polls }) => {
      const { body: _, ...params } = pollParams([], { kind: "straw", meeting: id });
      return { ...params, id: polls.off };
    },
    may: leads,
    same: closed,
  },
  {
    method: "poll.define",
    params: ({ id, polls, kind }) => {
      const { body: _, ...params } = pollParams([], { kind: "decision", meeting: id });
      const electorate = { kind: "group", ids: [group] };
      return { ...params, id: polls.off, ...(kind === "group" ? { electorate } : {}) };
    },
    may: (name, meeting) =>
      leads(name, meeting) && (meeting.kind !== "work_session" || name === "facilitator"),
    same: closed,
  },
  {
    method: "poll.define",
    params: ({ id, polls }) => {
      const { body: _, ...params } = pollParams([], { kind: "decision", meeting: id });
      return { ...params, id: polls.off, electorate: { kind: "entitled" } };
    },
    may: (name, meeting) =>
      leads(name, meeting) && (meeting.kind === "general_assembly" || name === "facilitator"),
    same: closed,
  },
  { method: "poll.open", params: ({ polls }) => ({ id: polls.off }), may: leads },
  { method: "poll.close", params: ({ polls }) => ({ id: polls.draft }), may: leads },
  { method: "poll.extend", params: ({ polls }) => ({ id: polls.draft, seconds: 60 }), may: leads },
  { method: "poll.reveal", params: ({ polls }) => ({ id: polls.draft }), may: leads },
  {
    method: "poll.reopen",
    params: ({ polls }) => ({ id: polls.draft, reason: "Encore" }),
    may: leads,
  },
  {
    method: "poll.decide",
    params: ({ polls }) => ({ id: polls.draft, adopted: true, reason: "Oui" }),
    may: (name) => /^chair('s token)?$/.test(name),
  },
  { method: "poll.awaited", params: ({ polls }) => ({ id: polls.draft }), may: read(leads) },
  { method: "poll.cancel", params: ({ polls }) => ({ id: polls.off, reason: "Non" }), may: leads },
];

const reads = /^(attendance\.(list|preview)|poll\.awaited)$/;
const size = async () =>
  Number((await httpRequest({ port: server.port, path: "/log/checkpoint" })).text.split("\n")[1]);

/** What a caller is answered, where it is not what the protocol says. */
async function tryAll(meeting: Meeting, { name, send }: Caller): Promise<string[]> {
  const tried = acts.filter(
    ({ may, moves }) => !(may(name, meeting) && moves?.includes(meeting.state)),
  );
  const calls = tried.map(({ method, params }) => ({
    method,
    params: { ...params(meeting), ...(reads.test(method) ? {} : { command: newId() }) },
  }));
  const reasons = await send(calls);
  return tried.flatMap(({ method, may, same }, at) => {
    const reason = reasons[at] ?? "";
    const good = /^(gone|nobody)$/.test(name)
      ? /^session\.(none|expired)$/.test(reason)
      : may(name, meeting)
        ? !/^(right\.missing|session\.|token\.|method\.|input\.(unknown|missing|bad_request))/.test(
            reason,
          )
        : /^(right\.missing|token\.out_of_scope)$/.test(reason) ||
          (same?.includes(meeting.state) && /bad_state$/.test(reason));
    const word = may(name, meeting) ? "may" : "may not";
    return good ? [] : [`${method} ${name}: ${word}, ${reason || "done"}`];
  });
}

for (const meeting of meetings) {
  test(`${meeting.kind}, ${meeting.state}: every command for every caller`, async () => {
    const before = await size();
    const wrong = await Promise.all(callers.map((one) => tryAll(meeting, one)));
    assert.deepEqual(wrong.flat(), []);
    assert.equal(await size(), before, "the record grew");
  });
}

test("what the desk, the office and the screen of a meeting show, and drafted minutes, to nobody else", async () => {
  const office: Rule = (name, meeting) => read(leads)(name, meeting) || name === "counter";
  const member = (name: string) => !/^(gone|nobody|screen)/.test(name);
  const rules: Record<string, Rule> = {
    meeting: member,
    meeting_desk: read(desk),
    meeting_office: office,
    screen: (name, of) => read(desk)(name, of) || name === `screen of ${of.id}`,
  };
  for (const { name, send, open } of callers) {
    const wrong: string[] = [];
    const socket = await open?.();
    const prints = meetings.map(({ id }) => ({
      method: "minutes.export",
      params: { meeting: id, language: "fr", format: "markdown" },
    }));
    const reasons = await send(prints);
    for (const [at, meeting] of meetings.entries()) {
      const drafted = ["open", "ended"].includes(meeting.state) && read(desk)(name, meeting);
      const told = member(name)
        ? /^minutes\.unknown$/
        : /^(right\.missing|session\.(none|expired))$/;
      if (!(drafted ? /^$/ : told).test(reasons[at] ?? ""))
        wrong.push(`export ${name}: ${reasons[at] || "done"}`);
      for (const [topic, may] of Object.entries(socket ? rules : {})) {
        const asked = socket?.subscribe({ [`${topic}/${meeting.id}`]: 0 });
        const reason = await reasonOf(asked as Promise<Data>);
        if (reason !== (may(name, meeting) ? "" : "right.missing"))
          wrong.push(`${topic} ${name}: ${reason || "done"}`);
      }
    }
    socket?.close();
    assert.deepEqual(wrong, []);
  }
});

test("coming in, saying that one could not vote, and planning", async () => {
  const kinds = ["general_assembly", "board", "group", "work_session"];
  const noCode = "ABCDE1"; // a 1 stands in none
  for (const { name, send } of callers.filter((one) => !/^(gone|nobody|screen)/.test(one.name))) {
    const reading = name.includes("reading");
    const wanted: { call: Call; reason: string }[] = [];
    const want = (method: string, params: Data, reason: string) =>
      wanted.push({
        call: { method, params: { command: newId(), ...params } },
        reason: reading ? "token.out_of_scope" : reason,
      });
    for (const kind of kinds) {
      const of = kind === "group" ? { group: its } : {};
      const may =
        ["facilitator", "secretary", "admin"].includes(name) ||
        (kind === "group" && name === "stranger") ||
        (kind === "work_session" && name !== "observer");
      const params = { id: newId(), kind, title, ...soon(), ...of, link: "javascript:alert(1)" };
      want("meeting.plan", params, may ? "input.bad_value" : "right.missing");
    }
    for (const { id: meeting, state } of meetings) {
      const here = (reason: string) =>
        ["planned", "open"].includes(state) ? reason : "meeting.bad_state";
      want("attendance.enter", { meeting, code: noCode }, here("attendance.bad_code"));
      if (name === "seated" && state === "open") continue; // the only one who is there
      const was = name === "sent" && state === "open";
      want("attendance.leave", { meeting }, here(was ? "" : "attendance.not_present"));
      const report = state === "open" ? "attendance.not_present" : "meeting.bad_state";
      want("incident.report", { meeting }, name === "observer" ? "right.missing" : report);
    }
    assert.deepEqual(
      (await send(wanted.map(({ call }) => call))).map((reason, at) => [
        wanted[at]?.call.method,
        reason,
      ]),
      wanted.map(({ call, reason }) => [call.method, reason]),
      name,
    );
  }
});

test("the record gives the same again", async () => {
  await server.stop();
  await check(server.folder);
});
