// The same act may be sent again for ever: same answer, or a conflict, never a second effect.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  newHall,
  newId,
  newPerson,
  newProposal,
  openPoll,
  Person,
  pollParams,
  tokenOf,
} from "../harness/people.ts";
import { check, serveNew } from "../harness/program.ts";
import { base64url, Device, no, readReceipt, yes } from "../harness/record.ts";
import { refused } from "../harness/wire.ts";

const server = await serveNew();
const { admin, facilitator, members } = await newHall(server, 3);
const [first, second] = members as [Person, Person];

const idea = (id: string, title: string) => ({
  id,
  language: "fr",
  title,
  need: "Un besoin",
  text: "",
  themes: [],
});

test("a repeated command answers the same and writes nothing", async () => {
  const params = { ...idea(newId(), "Un jardin"), command: newId() };
  const once = await first.call("proposal.submit", params);
  const checkpoint = await server.checkpoint();
  assert.deepEqual(await first.call("proposal.submit", params), once);
  assert.deepEqual(await first.call("proposal.submit", { ...params }), once);
  assert.equal(await server.checkpoint(), checkpoint);
});

test("it answers the same after the state has moved on, and after a restart", async () => {
  const proposal = await newProposal(first, "Un banc");
  const support = { id: proposal.id, on: true, command: newId() };
  const once = await second.call("proposal.support", support);
  await first.act("proposal.mark", { id: proposal.id, state: "withdrawn" });
  assert.deepEqual(await second.call("proposal.support", support), once);
  await server.stop();
  await server.start();
  assert.deepEqual(await second.call("proposal.support", support), once);
});

test("the same command with other content, or another's command id with it, is a conflict", async () => {
  const params = { ...idea(newId(), "Une cloche"), command: newId() };
  await first.call("proposal.submit", params);
  const checkpoint = await server.checkpoint();
  await refused(first.call("proposal.submit", { ...params, title: "Deux cloches" }), "conflict");
  await refused(first.call("proposal.submit", { ...params, command: newId() }), "conflict");
  await refused(second.call("proposal.submit", { ...params, command: newId() }), "conflict");
  assert.equal(await server.checkpoint(), checkpoint);
});

test("a refused command leaves no trace and may be sent again", async () => {
  const id = newId();
  const command = newId();
  const text = { language: "fr", on: { kind: "proposal", id }, text: "Bonjour" };
  const comment = { id: newId(), ...text, command };
  await refused(first.call("comment.post", comment), "proposal.unknown");
  await second.act("proposal.submit", idea(id, "Un arbre"));
  const posted = await first.call("comment.post", comment);
  assert.equal(posted.id, comment.id);
});

test("a draft of a vote may be written again under its id; an open one may not", async () => {
  const params = pollParams([]);
  const proposal = await newProposal(first, "Une table");
  const define = { ...params, about: [proposal.id] };
  await first.act("poll.define", define);
  await first.act("poll.define", { ...define, revote: false });
  await first.act("poll.open", { id: params.id });
  const again = await refused(first.act("poll.define", define), "poll.bad_state").catch(() =>
    refused(first.act("poll.define", define), "conflict"),
  );
  assert.ok(again);
});

test("session.join with the same pair within 15 minutes: same answer, a fresh cookie", async () => {
  const { link } = await admin.create("member.invite", { name: "Zoé", class: "members" });
  const command = newId();
  const zoe = new Person(server);
  const once = await zoe.join(tokenOf(link), { command });
  const cookie = zoe.cookie;
  const again = await zoe.join(tokenOf(link), { command });
  assert.deepEqual({ ...again, now_ms: 0 }, { ...once, now_ms: 0 });
  assert.notEqual(zoe.cookie, cookie);
  assert.equal((await zoe.call("session.get")).member, once.member);
  await refused(zoe.join(tokenOf(link), { command: newId() }), "invite.used");
});

test("a session that was left is over, its open sockets too", async () => {
  const person = await newPerson(server, "Part");
  const socket = await person.socket();
  await person.call("session.leave", { command: newId() });
  assert.equal(await socket.end(), 4401);
  await refused(person.call("session.get"), "session.none");
  await person.enterAgain();
  assert.ok(await person.call("session.get"));
});

test("a key is enrolled once, for one member, for ever", async () => {
  const device = new Device();
  const params = device.enrolment(first.org, first.id);
  const once = await first.call("device.enrol", params);
  assert.deepEqual(await first.call("device.enrol", params), once);
  await refused(second.call("device.enrol", device.enrolment(second.org, second.id)), "key.twice");
  const other = new Device();
  const forged = { ...other.enrolment(first.org, first.id), proof: params.proof };
  await refused(first.call("device.enrol", forged), "key.bad_proof");
  await first.act("device.revoke", { pk: base64url(device.pk), reason: "lost" });
  assert.deepEqual(await first.call("device.enrol", params), once);
});

test("the same ballot again: same seq, whoever brings it, whatever the signature's bytes", async () => {
  const proposal = await newProposal(second, "Un vélo");
  const poll = await openPoll(second, [proposal.id], { kind: "straw" });
  for (const person of [first, second]) {
    person.device = new Device();
    await person.call("device.enrol", person.device.enrolment(person.org, person.id));
  }
  const { params, tbs } = first.sign(poll, { choice: yes });
  const once = await first.call("ballot.cast", params);
  const size = readReceipt(once.receipt, first.vkey, tbs).checkpoint.size;
  const again = await second.call("ballot.cast", params);
  assert.equal(again.seq, once.seq);
  assert.ok(readReceipt(again.receipt, first.vkey, tbs).checkpoint.size >= size);
  const bad = { ...params, sig: base64url(Buffer.alloc(64, 7)) };
  assert.equal((await first.call("ballot.cast", bad)).seq, once.seq);
  await facilitator.act("poll.close", { id: poll.poll });
  assert.equal((await first.call("ballot.cast", params)).seq, once.seq);
  const late = second.sign(poll, { choice: no });
  await refused(second.call("ballot.cast", late.params), "poll.closed");
  const { doc } = await first.call("poll.get", { id: poll.poll });
  assert.equal(doc.result?.took_part.heads ?? 1, 1);
});

test("all of it rebuilds from the record", async () => {
  await server.stop();
  await check(server.folder);
});
