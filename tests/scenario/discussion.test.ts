// Discussions as other programs meet them: comments on every kind of thing arrive in its topic, removed words
// are nowhere, who reported is seen by facilitation alone, mentions reach those who are named.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  makeReady,
  newHall,
  newId,
  newProposal,
  openPoll,
  type Person,
} from "../harness/people.ts";
import { check, initFolder, Server } from "../harness/program.ts";
import { type Data, reasonOf, refused } from "../harness/wire.ts";

const folder = await initFolder();
const server = await new Server(folder).start();
const { admin, facilitator, members } = await newHall(server, 3);
const [first, second, third] = members as [Person, Person, Person];
const proposal = await newProposal(first, "Un banc");

const say = (person: Person, kind: string, id: string, text: string, more: Data = {}) =>
  person.create("comment.post", { language: "fr", on: { kind, id }, text, ...more });
/** A topic as this person sees it now. */
async function look(person: Person, name: string) {
  const socket = await person.socket();
  return { socket, topic: await socket.watch(name) };
}

test("votes, to-dos and groups have a discussion; it arrives in their topic", async () => {
  const ready = await makeReady(first, facilitator, "Une vitrine");
  const { poll } = await openPoll(facilitator, [ready.id]);
  const from = { kind: "proposal", id: proposal.id };
  const task = await first.create("task.create", {
    ...{ language: "fr", title: "Un devis", result: "Trois devis", from, assignees: [] },
  });
  const group = await first.create("group.create", {
    ...{ language: "fr", name: "Menuiserie", purpose: "" },
  });
  for (const [kind, id] of [
    ["poll", poll],
    ["task", task.id],
    ["group", group.id],
  ] as const) {
    const { socket, topic } = await look(second, `${kind}/${id}`);
    const said = await say(first, kind, id, `Sur ${kind}`);
    const doc = await socket.until(kind, () => topic.one("comment", said.id));
    assert.deepEqual(doc.on, { kind, id });
    socket.close();
  }
  // Everybody reads the discussion of a group, its members write.
  await refused(say(second, "group", group.id, "Bonjour"), "right.missing");
});

test("a comment taken back leaves the pages of those who watch", async () => {
  const { socket, topic } = await look(second, `proposal/${proposal.id}`);
  const said = await say(first, "proposal", proposal.id, "Trop vite");
  await socket.until("it is there", () => topic.one("comment", said.id));
  await first.act("comment.withdraw", { id: said.id });
  await socket.until("it is gone", () => !topic.one("comment", said.id));
  const answered = await say(first, "proposal", proposal.id, "Et alors ?");
  await say(second, "proposal", proposal.id, "Oui", { parent: answered.id });
  await refused(first.act("comment.withdraw", { id: answered.id }), "comment.too_late");
  socket.close();
});

test("removed words are in no document, history or search of others", async () => {
  const said = await say(first, "proposal", proposal.id, "Zigomatique, premier jet");
  await first.act("comment.edit", { id: said.id, text: "Zigomatique, au net" });
  const { items } = await second.call("comment.history", { id: said.id });
  assert.deepEqual(
    items.map((one: Data) => one.text),
    ["Zigomatique, premier jet"],
  );
  const finds = async (person: Person) =>
    (await person.call("search.find", { text: "zigomatique" })).items.length;
  assert.equal(await finds(second), 1);
  await facilitator.act("comment.remove", { id: said.id, reason: "Pour voir" });
  const { socket, topic } = await look(second, `proposal/${proposal.id}`);
  assert.ok(!JSON.stringify([...topic.documents.values()]).includes("Zigomatique"));
  assert.equal(topic.one("comment", said.id).removed.reason, "Pour voir");
  socket.close();
  for (const person of [second, third, admin])
    await refused(person.call("comment.history", { id: said.id }), "comment.removed");
  assert.equal(await finds(first), 0);
  for (const person of [first, facilitator]) {
    const answer = await person.call("comment.history", { id: said.id });
    assert.equal(answer.removed, "Zigomatique, au net");
  }
});

test("the queue: facilitation sees the report and the comment, nobody else does", async () => {
  const said = await say(second, "proposal", proposal.id, "Achetez mes casseroles");
  for (const person of [first, admin])
    assert.equal(
      await reasonOf(look(person, "moderation").then(({ socket }) => socket.close())),
      "right.missing",
    );
  const { socket, topic } = await look(facilitator, "moderation");
  const on = { kind: "comment", id: said.id };
  await first.act("report.make", { on, reason: "Une publicité" });
  const report = await socket.until("the report", () => topic.one("report", said.id));
  assert.equal(report.reports[0].by.id, first.id);
  assert.equal(topic.one("comment", said.id).text, "Achetez mes casseroles");
  await refused(first.act("report.make", { on, reason: "Encore" }), "report.twice");
  const page = await look(second, `proposal/${proposal.id}`);
  const seen = JSON.stringify([...page.topic.documents.values()]);
  assert.ok(!seen.includes("Une publicité"), "its author does not read the reason");
  await facilitator.act("report.settle", {
    ...{ id: said.id, outcome: "removed", word: "Pas de publicité" },
  });
  await socket.until("settled", () => topic.one("report", said.id).state === "removed");
  await socket.until("the comment has left", () => !topic.one("comment", said.id));
  await page.socket.until("removed there", () => page.topic.one("comment", said.id).removed);
  const mine = await look(first, "personal");
  const heard = mine.topic.all("notification").map((one: Data) => one.what);
  assert.ok(heard.includes("report_answered"), heard.join());
  for (const { socket } of [mine, page]) socket.close();
  socket.close();
});

test("whoever is named hears of it at once, and nobody else", async () => {
  const { socket, topic } = await look(third, "personal");
  const other = await look(second, "personal");
  const before = other.topic.all("notification").length;
  const text = `Merci @[Trois](member:${third.id}) et @[Personne](member:${newId()})`;
  const said = await say(first, "proposal", proposal.id, text);
  const note = await socket.until("the notification", () =>
    topic.all("notification").find((one: Data) => one.what === "mention"),
  );
  assert.equal(note.on.kind, "proposal");
  assert.equal(note.on.comment, said.number);
  assert.equal(other.topic.all("notification").length, before);
  const { items } = await first.call("mention.names", { ids: [third.id, newId()] });
  assert.deepEqual(items, [{ kind: "member", id: third.id, name: third.name }]);
  socket.close();
  other.socket.close();
});

test("the record alone gives the same documents", async () => {
  await server.stop();
  assert.ok((await check(folder)).documents > 20);
});
