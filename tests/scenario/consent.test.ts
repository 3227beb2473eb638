// A vote by consent as a circle lives it: an objection is read by those who are asked as soon as it is cast, answered,
// taken into the text; everybody is asked again; and nothing of it is left when its author is erased.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  counted,
  makeReady,
  newHall,
  newPerson,
  openPoll,
  type Person,
  readPoll,
} from "../harness/people.ts";
import { check, serveNew } from "../harness/program.ts";
import { consents, makeNote, objects } from "../harness/record.ts";
import { type Data, refused } from "../harness/wire.ts";

const server = await serveNew();
const { facilitator, admin, members } = await newHall(server, 4);
const [ann, bea, cis, dov] = members as [Person, Person, Person, Person];
const voters = [ann, bea, cis, dov];
for (const voter of [...voters, admin, facilitator]) await voter.enrol();
const secretary = await newPerson(server, "Sam", ["secretary", "observer"]);
const observer = await newPerson(server, "Olaf", ["observer"]);

const proposal = await makeReady(ann, facilitator, "Un four à pain");
const poll = await openPoll(facilitator, [proposal.id], { method: "consent" });
const watching = await bea.socket();
const objections = await watching.watch(`objections/${poll.poll}`);

async function object(who: Person, reason: string): Promise<void> {
  const { hash, note } = makeNote(reason);
  const { params } = who.sign(poll, { choice: objects, note: hash });
  await who.call("ballot.cast", { ...params, note });
}
const only = (): Data | undefined => [...objections.documents.values()][0] as Data | undefined;
let objection: Data;

test("an objection without its reason is refused; with it, the others read it at once", async () => {
  await refused(cis.vote(poll, objects), "ballot.note_missing");
  await object(cis, "La fumée va chez les voisins");
  await watching.until("an objection", () => only() !== undefined);
  objection = only() as Data;
  assert.equal(objection.text, "La fumée va chez les voisins");
  assert.equal(objection.author.id, cis.id);
  assert.equal(objection.ended_ms, undefined);
  const socket = await observer.socket();
  await assert.rejects(socket.watch(`objections/${poll.poll}`));
  await assert.rejects(socket.watch(`objection/${objection.id}`));
  socket.close();
  const told = await ann.call("notification.list", {});
  assert.ok(told.items.some((one: Data) => one.what === "objection"));
});

test("it is answered by those who are asked, and its author hears of it", async () => {
  const on = { kind: "objection", id: objection.id };
  await dov.create("comment.post", { language: "fr", on, text: "Et avec un filtre ?" });
  await refused(
    observer.create("comment.post", { language: "fr", on, text: "Moi aussi" }),
    "right.missing",
  );
  const told = await cis.call("notification.list", {});
  assert.ok(told.items.some((one: Data) => one.what === "reply" && one.on.id === poll.poll));
  const answers = await watching.watch(`objection/${objection.id}`);
  assert.deepEqual([...answers.documents.values()].map((one) => (one as Data).kind).sort(), [
    "comment",
    "objection",
  ]);
});

test("who finds or reports an answer is led to the page of the vote; others do not find it", async () => {
  const found = await bea.call("search.find", { text: "filtre" });
  assert.equal(found.items.length, 1);
  assert.deepEqual([found.items[0].on.kind, found.items[0].on.id], ["poll", poll.poll]);
  assert.deepEqual((await observer.call("search.find", { text: "filtre" })).items, []);
  const id = found.items[0].id;
  await bea.act("report.make", { on: { kind: "comment", id }, reason: "Hors sujet" });
  const socket = await facilitator.socket();
  const [report] = (await socket.watch("moderation")).all("report");
  assert.deepEqual([report?.place.kind, report?.place.id], ["poll", poll.poll]);
  await facilitator.act("report.settle", { id, outcome: "kept", word: "C'est le sujet" });
  socket.close();
});

test("another ballot of its author ends it; it stays with its answers", async () => {
  await cis.vote(poll, consents, { counter: 2 });
  await watching.until("its end", () => only()?.ended_ms !== undefined);
  await cis.vote(poll, consents, { counter: 3 });
  const { hash, note } = makeNote("Un filtre ne suffit pas");
  const { params } = cis.sign(poll, { choice: objects, note: hash, counter: 4 });
  await cis.call("ballot.cast", { ...params, note });
  await watching.until("it stands again", () => only()?.ended_ms === undefined);
  assert.equal(only()?.id, objection.id);
  assert.equal(only()?.text, "Un filtre ne suffit pas");
});

test("a new text asks everybody again; both votes name each other", async () => {
  const again = await facilitator.create("poll.ask_again", {
    ...{ poll: poll.poll, base: 1, text: "Un four électrique, sans fumée." },
  });
  const { doc: old } = await ann.call("poll.get", { id: poll.poll });
  assert.equal(old.state, "cancelled");
  assert.equal(old.followed_by.number, again.number);
  const { doc, definition, poll_hash } = await ann.call("poll.get", { id: again.id });
  assert.equal(doc.state, "open");
  assert.equal(doc.follows.number, old.number);
  assert.equal(doc.about[0].version, 2);
  const told = await dov.call("notification.list", {});
  assert.ok(told.items.some((one: Data) => one.what === "poll_again" && one.on.id === again.id));
  const next = await readPoll(ann, { definition, poll_hash }, again.id);
  for (const voter of voters) await voter.vote(next, consents);
  await facilitator.act("poll.close", { id: again.id });
  const { result } = await counted(ann, again.id);
  assert.equal(result.verdict, "adopted");
  assert.deepEqual([result.consent, result.concern, result.objection], [4, 0, 0]);
  const { doc: adopted } = await ann.call("proposal.get", { id: proposal.id });
  assert.equal(adopted.state, "adopted");
  assert.equal(adopted.text, "Un four électrique, sans fumée.");
});

test("erased with their texts, nothing that its author wrote is left", async () => {
  await secretary.act("member.erase", { id: cis.id, texts: true, reason: "asked" });
  const socket = await dov.socket();
  const left = await socket.watch(`objection/${objection.id}`);
  const texts = JSON.stringify([...left.documents.values()]);
  assert.doesNotMatch(texts, /filtre ne suffit|fumée va|Membre 3/);
  assert.match(texts, /\[…\]/);
  assert.match(texts, /avec un filtre/);
  socket.close();
});

test("all of it rebuilds from the record", async () => {
  watching.close();
  await server.stop();
  await check(server.folder);
});
