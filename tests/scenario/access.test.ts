// Who may do what: every command of the published description for every role, over both carriers.
//
// The description says who ("x-who"). Each command is sent with the smallest valid parameters, which name
// nothing that exists: whoever may gets any answer but right.missing, whoever may not gets exactly that.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  newId,
  newPerson,
  newProposal,
  openPoll,
  type Person,
  post,
  request,
} from "../harness/people.ts";
import { serveNew } from "../harness/program.ts";
import { Device, yes } from "../harness/record.ts";
import { faults, paramsSchema, smallestParams } from "../harness/schema.ts";
import { Socket } from "../harness/socket.ts";
import { type Data, httpRequest, readAnswer, reasonOf } from "../harness/wire.ts";

const server = await serveNew({ more: ["--command-rate", "0"] });
const description = JSON.parse(
  (await httpRequest({ port: server.port, path: "/openrpc.json" })).text,
) as Data;
const methods = description.methods as Data[];
const roleSets = [
  [],
  ["observer"],
  ["auditor"],
  ["facilitator"],
  ["secretary"],
  ["admin"],
  ["observer", "auditor"],
  ["observer", "facilitator"],
];
const people: { who: string[]; person: Person; idea: string }[] = [];
for (const roles of roleSets) {
  const person = await newPerson(server, roles.join(" ") || "member", roles);
  const who = roles.includes("observer") ? roles : [...roles, "member"];
  assert.deepEqual(person.roles.toSorted(), who.toSorted());
  const idea = who.includes("member") ? (await newProposal(person)).id : newId();
  people.push({ who, person, idea });
}

/** The smallest parameters; a vote that every member may prepare is a straw poll on an idea of their own, a meeting a work session. */
function paramsFor(method: Data, idea: string): Data {
  const params = smallestParams(method);
  if (method.name === "meeting.plan") return { ...params, kind: "work_session" };
  return /^poll\.(define|preview)$/.test(method.name)
    ? { ...params, kind: "straw", about: [idea] }
    : params;
}
/** Only for those who stay connected: over /rpc they are unknown. */
const onlySocket = (method: Data) => method.name.startsWith("feed.");

/** Methods in an order in which no session ends before its time. */
const inOrder = methods.toSorted(
  (a, b) => Number(a.name === "session.leave") - Number(b.name === "session.leave"),
);
const allowed = (method: Data, who: string[]) =>
  method["x-who"].includes("anyone") || who.some((role) => method["x-who"].includes(role));

test("the description is whole: every method says who, and its smallest parameters fit", () => {
  assert.ok(methods.length >= 40, `${methods.length} methods`);
  const known =
    "anyone member observer auditor facilitator secretary admin operator system screen".split(" ");
  for (const method of methods) {
    assert.ok(method["x-who"].length > 0, method.name);
    for (const who of method["x-who"]) assert.ok(known.includes(who), `${method.name}: ${who}`);
    assert.deepEqual(faults(paramsSchema(method), smallestParams(method)), [], method.name);
  }
});

for (const { who, person, idea } of people) {
  test(`T-S4 ${who.join(" + ")}: every command`, async () => {
    const wrong: string[] = [];
    for (const method of inOrder) {
      const reason = await reasonOf(person.call(method.name, paramsFor(method, idea)));
      if (onlySocket(method)) {
        assert.equal(reason, "method.unknown", method.name);
        continue;
      }
      const may = allowed(method, who);
      const good = may
        ? !/^(right\.missing|session\.|method\.|input\.(unknown|bad_request))/.test(reason)
        : reason === "right.missing" || (reason === "method.unknown" && isInternal(method));
      if (!good)
        wrong.push(`${method.name}: ${may ? "may" : "may not"}, answered ${reason || "done"}`);
      if (method.name === "session.leave") await person.enterAgain();
    }
    assert.deepEqual(wrong, []);
  });
}

/** What the server does by itself is nobody's to call. */
const isInternal = (method: Data) => method["x-who"].every((who: string) => who === "system");

test("T-S4 nobody: without a session all but the open ones are session.none", async () => {
  for (const method of methods.filter((one) => !onlySocket(one))) {
    const body = request(method.name, smallestParams(method));
    const reason = await reasonOf(post(server, "", body).then(readAnswer));
    if (method["x-who"].includes("anyone")) assert.notEqual(reason, "session.none", method.name);
    else if (!isInternal(method)) assert.equal(reason, "session.none", method.name);
    else assert.match(reason, /^(session\.none|method\.unknown|right\.missing)$/, method.name);
  }
});

test("T-S4 operator: the control socket opens what the table says, nothing else", async () => {
  for (const method of methods) {
    const reason = await reasonOf(server.operator(method.name, smallestParams(method)));
    if (allowed(method, ["operator"])) assert.notEqual(reason, "right.missing", method.name);
    else assert.match(reason, /^(right\.missing|method\.unknown)$/, `${method.name}: ${reason}`);
  }
});

test("both carriers agree", async () => {
  const { person } = people[1] as { person: Person };
  await person.enterAgain();
  const socket = await person.socket();
  for (const method of methods) {
    if (/^(session|feed)\./.test(method.name)) continue;
    const reason = await reasonOf(socket.call(method.name, paramsFor(method, newId())));
    if (allowed(method, ["observer"])) assert.notEqual(reason, "right.missing", method.name);
    else assert.match(reason, /^(right\.missing|method\.unknown)$/, `${method.name}: ${reason}`);
  }
  socket.close();
});

test("T-S4 topics: every kind for every role", async () => {
  for (const { who, person } of people) {
    await person.enterAgain();
    const socket = await person.socket();
    for (const topic of description["x-topics"] as Data[]) {
      const name = topic.takes_id ? `${topic.name}/${crypto.randomUUID()}` : topic.name;
      const reason = await reasonOf(socket.subscribe({ [name]: 0 }));
      const may = allowed(topic, who);
      // Objections are for the roll of their vote, and nobody is on the roll of none; nobody leads no meeting.
      const ofSome = /^(objections?|meeting_desk|meeting_office|screen)$/.test(topic.name);
      if (may && !ofSome) assert.match(reason, /^(|topic\.unknown)$/, `${who} ${name}: ${reason}`);
      else assert.match(reason, /^(right\.missing|topic\.unknown)$/, `${who} ${name}: ${reason}`);
      if (may && !topic.takes_id) assert.equal(reason, "", `${who} ${name}`);
    }
    socket.close();
  }
});

test("observers see names only", async () => {
  const { person } = people[1] as { person: Person };
  await person.enterAgain();
  const { items } = await person.call("member.list", {});
  assert.ok(items.length >= roleSets.length);
  for (const item of items)
    assert.deepEqual(Object.keys(item).toSorted(), ["id", "kind", "name", "number", "rev"]);
});

test("T-S4 a closed vote takes nobody's ballot and nobody's change, whatever their role", async () => {
  const facilitator = people.find(({ who }) => who.includes("facilitator"))?.person as Person;
  const { id } = await newProposal(facilitator, "Close");
  const poll = await openPoll(facilitator, [id], { kind: "straw" });
  for (const { who, person } of people) {
    if (who.includes("member")) await person.enrol();
    else person.device = new Device();
  }
  await facilitator.act("poll.close", { id: poll.poll });
  const before = (await facilitator.call("poll.get", { id: poll.poll })).doc.counts;
  for (const { who, person } of people) {
    const { params } = person.sign(poll, { choice: yes });
    const reason = await reasonOf(person.call("ballot.cast", params));
    assert.match(
      reason,
      /^(poll\.closed|right\.missing|ballot\.not_on_roll)$/,
      `${who}: ${reason}`,
    );
    const later = { id: poll.poll, closes: Date.now() + 1e9, reason: "Encore" };
    assert.match(
      await reasonOf(person.act("poll.extend", later)),
      /^(poll\.(bad_state|closed|bad_time)|right\.missing)$/,
      `${who} extends`,
    );
  }
  assert.deepEqual((await facilitator.call("poll.get", { id: poll.poll })).doc.counts, before);
});

test("T-S4 somebody who was removed: every command and topic is refused, for each of their sessions", async () => {
  const admin = people.find(({ who }) => who.includes("admin"))?.person as Person;
  const gone = await newPerson(server, "Partie", ["facilitator"]);
  const first = gone.cookie;
  await gone.enterAgain();
  await admin.act("member.update", { id: gone.id, status: "left" });
  for (const cookie of [first, gone.cookie]) {
    for (const method of methods.filter(
      (one) => !onlySocket(one) && !one["x-who"].includes("anyone"),
    )) {
      const body = request(method.name, smallestParams(method));
      const reason = await reasonOf(post(server, cookie, body).then(readAnswer));
      assert.match(
        reason,
        /^(session\.(none|expired)|method\.unknown)$/,
        `${method.name}: ${reason}`,
      );
    }
    const opened = Socket.open(server, cookie).then((socket) => socket.end());
    assert.match(String(await opened.catch((error: Error) => error.message)), /4401/);
  }
});
