// The published description is true: examples run, answers and documents are as it says.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import {
  counted,
  makeReady,
  newHall,
  newId,
  newProposal,
  openPoll,
  type Person,
} from "../harness/people.ts";
import { must, serveNew } from "../harness/program.ts";
import { yes } from "../harness/record.ts";
import { faults, paramsSchema } from "../harness/schema.ts";
import type { Socket } from "../harness/socket.ts";
import { type Data, httpRequest, Refused } from "../harness/wire.ts";

const server = await serveNew();
const text = (await httpRequest({ port: server.port, path: "/openrpc.json" })).text;
const description = JSON.parse(text) as Data;
const methods = new Map<string, Data>(description.methods.map((one: Data) => [one.name, one]));
const { admin, facilitator, members } = await newHall(server, 4);
const [author, second, third] = members as [Person, Person, Person];

/** Calls and compares the answer with the described result. */
async function described(person: Person, name: string, params: Data): Promise<Data> {
  const method = methods.get(name);
  assert.ok(method, name);
  const result = await person.call(name, params);
  const { properties = {}, required = [] } = method.result.schema;
  const schema = { ...method.result.schema, properties, required };
  assert.deepEqual(faults(schema, result, name), []);
  return result;
}

test("the same description by command, over HTTP and by rpc.discover", async () => {
  const printed = JSON.parse(await must("openrpc"));
  assert.deepEqual(description, printed);
  assert.deepEqual(await author.call("rpc.discover"), description);
  assert.match(description.openrpc, /^1\.\d/);
});

test("it describes the methods of the main road", () => {
  const road =
    "session.join session.get session.leave session.ping org.update device.enrol device.list " +
    "device.revoke member.invite member.link member.update member.list member.get proposal.submit " +
    "proposal.revise proposal.translate proposal.support proposal.mark proposal.list proposal.get " +
    "comment.post comment.edit comment.react comment.remove poll.define poll.open poll.extend " +
    "poll.close poll.cancel poll.get ballot.mine ballot.cast decision.list decision.get task.create " +
    "task.take task.answer task.mark task.thank task.list task.get feed.subscribe feed.unsubscribe " +
    "log.proof rpc.discover";
  for (const name of road.split(" ")) assert.ok(methods.has(name), name);
  for (const method of methods.values()) {
    assert.ok(method.summary, method.name);
    for (const error of method.errors) assert.ok(description["x-reasons"][error.data.reason]);
  }
});

test("a story whose every answer is as described", async () => {
  const proposal = await makeReady(author, facilitator);
  await newProposal(second, "Un arbre");
  const comment = { id: newId(), command: newId(), language: "fr", text: "Oui" };
  await described(second, "comment.post", {
    ...comment,
    on: { kind: "proposal", id: proposal.id },
  });
  await described(second, "comment.edit", { id: comment.id, text: "Oui !", command: newId() });
  const thanks = { id: comment.id, reaction: "agree", on: true, command: newId() };
  await described(author, "comment.react", thanks);
  await described(second, "proposal.list", { limit: 1 });
  await described(second, "proposal.get", { id: "1" });
  await described(third, "proposal.support", { id: proposal.id, on: true, command: newId() });
  const poll = await openPoll(facilitator, [proposal.id], { show_live: true });
  await author.enrol();
  await described(author, "ballot.mine", { poll: poll.poll });
  const cast = await described(author, "ballot.cast", author.sign(poll, { choice: yes }).params);
  assert.ok(cast.receipt.startsWith("c2sp.org/tlog-proof@v1\n"));
  await described(author, "ballot.mine", { poll: poll.poll });
  await described(author, "device.list", {});
  await described(facilitator, "poll.close", { id: poll.poll, command: newId() });
  const { decision } = await counted(author, poll.poll);
  await described(author, "decision.get", { id: decision.number });
  await described(author, "decision.list", {});
  const task = {
    id: newId(),
    command: newId(),
    language: "fr",
    title: "Acheter",
    result: "Du bois",
  };
  const from = { kind: "decision", id: decision.number };
  await described(author, "task.create", { ...task, from, assignees: [second.id] });
  await described(second, "task.answer", { id: task.id, yes: true, command: newId() });
  await described(second, "task.mark", { id: task.id, state: "done", command: newId() });
  await described(author, "task.thank", { id: task.id, command: newId() });
  await described(author, "task.list", {});
  await described(author, "task.get", { id: task.id });
  await described(author, "member.list", {});
  await described(author, "member.get", { id: author.id });
  await described(author, "session.get", {});
  await described(author, "session.ping", {});
  await described(author, "log.proof", { from: 1, to: 2 });
  const invite = { id: newId(), command: newId(), name: "Eva", class: "members" };
  await described(admin, "member.invite", invite);
  await described(admin, "member.link", { id: invite.id, command: newId() });
  await described(admin, "org.update", { name: "Les Essais", command: newId() });
});

test("every document pushed is as described", async () => {
  const socket: Socket = await admin.socket();
  after(() => socket.close());
  const names = ["org", "proposals", "tasks", "decisions", "me", "members/private"];
  const ids = [...Array(2).keys()].map((at) => `proposal/${at + 1}`);
  const [decision] = (await author.call("decision.list", {})).items;
  const topics = [];
  for (const name of [...names, ...ids, "poll/1", "task/1", `decision/${decision.number}`])
    topics.push(await socket.watch(name));
  const kinds = new Set<string>();
  for (const topic of topics)
    for (const doc of topic.documents.values()) {
      const schema = description.components.schemas[doc.kind];
      assert.ok(schema, `no schema of ${doc.kind}`);
      assert.deepEqual(faults(schema, doc, `${topic.name} ${doc.kind}`), []);
      kinds.add(doc.kind);
    }
  const expected = "organisation member member_private proposal proposal_card supporters comment";
  for (const kind of [
    ...expected.split(" "),
    "poll",
    "poll_card",
    "turnout",
    "tally",
    "decision",
    "task",
  ])
    assert.ok(kinds.has(kind), `no document of kind ${kind} was seen`);
  const device = await (await author.socket()).watch("me");
  for (const doc of device.all("device"))
    assert.deepEqual(faults(description.components.schemas.device, doc), []);
  assert.ok(device.one("device"));
});

test("every example fits its parameters and is answered as one of the known cases", async (t) => {
  let run = 0;
  for (const method of methods.values())
    for (const example of method["x-examples"]) {
      assert.deepEqual(faults(paramsSchema(method), example, method.name), []);
      const who: string[] = method["x-who"];
      if (who.every((one) => one === "system")) continue;
      const person = who.includes("member") ? author : who.includes("admin") ? admin : facilitator;
      const operators = who.includes("operator") && !/member|admin/.test(who.join());
      const socket = method.name.startsWith("feed.") ? await person.socket() : undefined;
      const answer = operators
        ? server.operator(method.name, example)
        : (socket ?? person).call(method.name, example);
      const error = await answer.then(
        () => undefined,
        (caught) => caught,
      );
      socket?.close();
      run++;
      if (method.name === "session.leave") await person.enterAgain();
      if (!error) continue;
      assert.ok(error instanceof Refused, String(error));
      assert.ok(description["x-reasons"][error.reason], `${method.name}: ${error.message}`);
      assert.doesNotMatch(error.reason, /^(input|method)\./, `${method.name}: ${error.message}`);
    }
  t.diagnostic(`${run} examples run`);
  assert.ok(run > 10, `${run} examples`);
});
