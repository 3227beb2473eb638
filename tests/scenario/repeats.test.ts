// Every write of the published description, sent twice: the same answer, nothing written the second time; its
// name with other content is a conflict. A new write stands in the story below, or says here why it cannot.
import assert from "node:assert/strict";
import { test } from "node:test";
import { upload } from "../harness/files.ts";
import {
  counted,
  type Person,
  makeReady,
  newHall,
  newId,
  newPerson,
  newProposal,
  openPoll,
  pollParams,
  readPoll,
} from "../harness/people.ts";
import { check, must, serveNew } from "../harness/program.ts";
import { base64url, no, yes } from "../harness/record.ts";
import { type Data, httpRequest, refused } from "../harness/wire.ts";

const elsewhere: Record<string, string> = {
  "ballot.cast": "its signed bytes are its key: idempotence.test.ts",
  "device.enrol": "its key is its key: idempotence.test.ts",
  "session.leave": "the session is over with the first: idempotence.test.ts",
  "proposal.take_over": "its authors have to be silent for months: proposal_people_test.c",
  "session.join": "answers with a fresh session: idempotence.test.ts",
  "meeting.screen": "answers with the code there is, and records nothing: screen_test.c",
  "session.screen": "a projector that has a session keeps it",
};

const server = await serveNew();
const { port } = server;
const description = JSON.parse((await httpRequest({ port, path: "/openrpc.json" })).text) as Data;
const writes = (description.methods as Data[]).filter(
  (method) => method["x-write"] && method["x-who"].some((who: string) => who !== "system"),
);
const { admin, facilitator, members } = await newHall(server, 4);
const [mia, noe, lou, ben] = members as [Person, Person, Person, Person];
const operator = { call: (method: string, params: Data) => server.operator(method, params) };

const done = new Set<string>();
/** Personal documents and access tokens are not in the record: done again they are the same. */
const isPersonal = (method: string) =>
  /^(notification|preferences|draft|read|token)\./.test(method);

/** Does it, does it again, and tries its name with other content. */
async function twice(
  who: { call(method: string, params: Data): Promise<Data> },
  method: string,
  given: Data,
): Promise<Data> {
  const params: Data = { ...given, command: newId() };
  const once = await who.call(method, params);
  let grown = true; // a date of something else may act in between, not each time
  for (let tries = 0; grown && tries < 3; tries++) {
    const checkpoint = await server.checkpoint();
    assert.deepEqual(await who.call(method, params), once, method);
    grown = (await server.checkpoint()) !== checkpoint;
  }
  assert.ok(!grown, `${method} wrote again`);
  if (!isPersonal(method)) {
    const other = method === "comment.post" ? "group.create" : "comment.post";
    const content: Data =
      other === "comment.post"
        ? { id: newId(), language: "fr", on: { kind: "proposal", id: newId() }, text: "Autre" }
        : { id: newId(), language: "fr", name: "Autre", purpose: "" };
    const caller = who === operator ? null : who;
    const reply = caller
      ? refused(caller.call(other, { ...content, command: params.command }), "conflict")
      : refused(operator.call(method, { ...params, ...otherOf(given) }), "conflict");
    await reply;
  }
  done.add(method);
  return once;
}
/** The same parameters with another name, for the operator, who posts nothing. */
const otherOf = (given: Data): Data =>
  "title" in given ? { title: "Autre" } : "text" in given ? { text: "Autre" } : { name: "Autre" };

const inFrench = { language: "fr" };
const soon = () => Date.now() + 3_600_000;

test("members, invitations, devices, the organisation", async () => {
  await twice(admin, "org.update", { expectations: { fr: "Venir parfois" } });
  const rule = newId();
  await twice(admin, "rule.save", { id: rule, preset: "asbl-statutes" });
  await twice(admin, "rule.confirm", { id: rule, article: "art. 24" });
  await twice(admin, "rule.retire", { id: rule, retired: true });
  await twice(mia, "member.update", { id: mia.id, skills: ["Menuiserie"] });
  await twice(facilitator, "member.invite", { id: newId(), name: "Zoé", class: "members" });
  const people = [{ id: newId(), name: "Yan", class: "members" }];
  await twice(facilitator, "member.invite_many", { people });
  await twice(facilitator, "member.link", { id: ben.id });
  await noe.enrol();
  assert.ok(noe.device);
  await twice(noe, "device.revoke", { pk: base64url(noe.device.pk), reason: "lost" });
  const leaver = await newPerson(server, "Part");
  await twice(admin, "member.leave", { id: leaver.id });
  const gone = await newPerson(server, "Gontran Parti");
  const { id: thing } = await newProposal(noe, "Merci Gontran");
  await twice(admin, "member.erase", { id: gone.id, texts: true, reason: "asked" });
  await twice(admin, "erasure.mark", { id: gone.id, thing, done: true });
  const source = { format: "decide-madrid", id: "1" };
  const { id: author } = await twice(operator, "import.member", {
    ...{ id: newId(), name: "Auteur 1", source },
  });
  const imported = await twice(operator, "import.proposal", {
    ...{ id: newId(), ...inFrench, title: "Importée", need: "", text: "", author, state: "idea" },
    source: { ...source, at_ms: 1, supports: 2, comments: 1, author: "1" },
  });
  await twice(operator, "import.comment", {
    ...{ id: newId(), on: { kind: "proposal", id: imported.id }, author, ...inFrench },
    ...{ text: "Importé", source: { id: "2", at_ms: 1, votes: 0, up: 0, down: 0 } },
  });
});

test("groups and the practice vote", async () => {
  const { id } = await twice(mia, "group.create", {
    ...{ id: newId(), ...inFrench, name: "Jardin", purpose: "" },
  });
  await twice(mia, "group.update", { id, purpose: "Planter" });
  await twice(noe, "group.join", { id });
  await twice(noe, "group.leave", { id });
  await twice(mia, "group.invite", { id, member: lou.id });
  await twice(lou, "group.answer", { id, yes: true });
  await twice(mia, "group.role", { id, member: lou.id, coordinator: true });
  await twice(mia, "group.close", { id, reason: "L'hiver" });
  await twice(mia, "group.reopen", { id });
  await twice(ben, "practice.open", { id: newId() });
  await twice(facilitator, "practice.reset", {});
});

test("meetings", async () => {
  const { id } = await twice(facilitator, "meeting.plan", {
    ...{ id: newId(), kind: "board", title: { fr: "CA" }, starts: soon(), minutes: 60 },
    template: "working_group",
    remote: true,
  });
  await twice(facilitator, "meeting.revise", { id, minutes: 90 });
  await twice(facilitator, "meeting.offices", { id, chair: mia.id, scrutineers: [noe.id] });
  await twice(facilitator, "meeting.call", { id });
  const item = newId();
  const items = [{ id: item, title: { fr: "Point" }, item_kind: "work", minutes: 5 }];
  const { doc } = await facilitator.call("meeting.get", { id });
  await twice(facilitator, "meeting.agenda", { id, base: doc.rev, items });
  const kept = newId();
  await twice(facilitator, "meeting.keep_template", { id: kept, meeting: id, name: { fr: "CA" } });
  await twice(facilitator, "meeting.forget_template", { id: kept });
  await twice(mia, "meeting.start", { id });
  await twice(mia, "meeting.item", { id, item });
  await twice(mia, "meeting.move", { id, item });
  await twice(lou, "attendance.enter", { meeting: id });
  await twice(lou, "attendance.leave", { meeting: id });
  await twice(mia, "attendance.record", { meeting: id, member: mia.id, present: true });
  await twice(mia, "task.line", { id: newId(), meeting: id, item, line: "Clés", language: "fr" });
  const vote = pollParams([], { body: "board", meeting: id, item });
  await mia.act("poll.define", vote);
  await mia.act("poll.open", { id: vote.id });
  await mia.act("poll.close", { id: vote.id });
  await twice(mia, "poll.reveal", { id: vote.id });
  await twice(mia, "incident.report", { meeting: id, text: "Pas de son" });
  await twice(mia, "meeting.show", { id, what: "join" });
  await twice(mia, "meeting.end", { id });
  const other = await twice(mia, "meeting.plan", {
    ...{ id: newId(), kind: "work_session", title: { fr: "Jeudi" }, starts: soon(), minutes: 60 },
  });
  await twice(mia, "meeting.cancel", { id: other.id, reason: "Vacances" });
});

test("proposals and those who write them", async () => {
  const { id } = await twice(mia, "proposal.submit", {
    ...{ id: newId(), ...inFrench, title: "Un préau", need: "Il pleut", text: "", themes: [] },
  });
  await twice(mia, "proposal.revise", { id, base: 1, text: "Quatre poteaux" });
  await twice(lou, "proposal.support", { id, on: true });
  await twice(mia, "proposal.invite", { id, member: noe.id, on: true });
  await twice(noe, "proposal.join", { id, yes: true });
  await twice(ben, "proposal.translate", {
    ...{ id, version: 2, language: "nl", title: "Een afdak", need: "Regen", text: "Vier palen" },
  });
  const other = await newProposal(noe, "Un toit");
  await twice(mia, "proposal.relate", { id, to: other.id, as: "alternative_to", on: true });
  await twice(noe, "proposal.leave", { id });
  await lou.act("proposal.support", { id: other.id, on: true });
  await twice(facilitator, "proposal.merge", { id: other.id, into: id, on: true });
  await twice(noe, "proposal.consent", { id: other.id, yes: true });
  await twice(lou, "proposal.follow", { id: other.id, yes: true });
  const ready = await makeReady(mia, facilitator, "Prête");
  await twice(facilitator, "proposal.answer", { id: ready.id, text: "Bonne idée" });
  const alone = await newProposal(ben, "Seule");
  await twice(ben, "proposal.mark", { id: alone.id, state: "withdrawn" });
});

test("discussion, reports, files, what is one's own", async () => {
  const thing = await newProposal(mia, "Un banc");
  const on = { kind: "proposal", id: thing.id };
  const { id } = await twice(noe, "comment.post", { id: newId(), ...inFrench, on, text: "Oui" });
  await twice(noe, "comment.edit", { id, text: "Oui !" });
  await twice(lou, "comment.react", { id, reaction: "thanks", on: true });
  const report = { on: { kind: "comment", id }, reason: "Publicité" };
  await twice(lou, "report.make", report);
  await twice(lou, "report.take_back", { id });
  await ben.act("report.make", report);
  await twice(facilitator, "report.settle", { id, outcome: "kept", word: "Rien de mal" });
  await twice(noe, "comment.remove", { id });
  await twice(noe, "comment.restore", { id });
  const last = await noe.create("comment.post", { ...inFrench, on, text: "Trop vite" });
  await twice(noe, "comment.withdraw", { id: last.id });
  const { sha256 } = await upload(mia, Buffer.from("un plan\n"));
  const file = await twice(mia, "file.attach", { id: newId(), on, sha256, name: "plan.txt" });
  await twice(mia, "file.describe", { id: file.id, alt: "Le plan" });
  await twice(mia, "file.remove", { id: file.id });
  await twice(mia, "notification.read", { all: true });
  await twice(mia, "preferences.set", { off: ["reaction"] });
  await twice(mia, "draft.save", { object: thing.id, field: "text", text: "Brouillon" });
  await twice(mia, "read.mark", { on, upto: 1 });
  const token = { id: newId(), name: "Un script", scopes: ["read"], days: 7 };
  await twice(mia, "token.create", token);
  await twice(mia, "token.revoke", { id: token.id });
});

test("to-dos", async () => {
  const thing = await newProposal(mia, "Un four");
  const from = { kind: "proposal", id: thing.id };
  const line = newId();
  const words = { ...inFrench, title: "Un devis", result: "Trois devis", from };
  const { id } = await twice(mia, "task.create", {
    ...{ id: newId(), ...words, checklist: [{ id: line, text: "Appeler" }] },
  });
  await twice(mia, "task.update", { id, title: "Deux devis" });
  await twice(mia, "task.ask", { id, members: [noe.id] });
  await twice(noe, "task.answer", { id, yes: true });
  await twice(noe, "task.check", { id, line, on: true });
  await twice(noe, "task.mark", { id, state: "done" });
  await twice(lou, "task.thank", { id, text: "Merci" });
  const free = await mia.create("task.create", words);
  await twice(lou, "task.take", { id: free.id });
});

test("votes and decisions", async () => {
  const one = await makeReady(mia, facilitator, "Un vélo");
  const define = pollParams([one.id], { closes: soon() });
  await twice(facilitator, "poll.define", define);
  await twice(facilitator, "poll.open", { id: define.id });
  const later = { id: define.id, closes: soon() + 86_400_000, reason: "Un jour de plus" };
  await twice(facilitator, "poll.extend", later);
  await twice(facilitator, "poll.close", { id: define.id });
  await counted(mia, define.id);
  const two = await makeReady(mia, facilitator, "Une table");
  const poll = await openPoll(facilitator, [two.id]);
  await twice(facilitator, "poll.cancel", { id: poll.poll, reason: "Trop tôt" });
  const asked = await makeReady(mia, facilitator, "Un compost");
  const consent = await openPoll(facilitator, [asked.id], { method: "consent" });
  await twice(facilitator, "poll.ask_again", {
    ...{ id: newId(), poll: consent.poll, base: 1, text: "Deux bacs" },
  });
  await lou.enrol();
  const three = await makeReady(mia, facilitator, "Une horloge");
  const last = await openPoll(facilitator, [three.id]);
  await lou.vote(last, yes);
  await facilitator.act("poll.close", { id: last.poll });
  const { decision } = await counted(mia, last.poll);
  const id = decision?.id ?? (await mia.call("decision.list", {})).items[0].id;
  await twice(facilitator, "decision.review", { id, review_ms: soon() });
  await twice(facilitator, "decision.report", { id, text: { fr: "C'est fait" } });
  await twice(facilitator, "poll.reopen", { id: last.poll, reason: "Une panne" });
  const draft = pollParams([], { kind: "straw", rule: { tie: "chair" } });
  await facilitator.act("poll.define", draft);
  await twice(lou, "poll.ask_confidential", { id: draft.id, on: true });
  const tied = await readPoll(lou, await facilitator.act("poll.open", { id: draft.id }), draft.id);
  await lou.vote(tied, yes);
  await mia.enrol();
  await mia.vote(tied, no);
  await facilitator.act("poll.close", { id: tied.poll });
  await counted(mia, tied.poll);
  await twice(facilitator, "poll.decide", {
    id: tied.poll,
    adopted: true,
    reason: "La présidence",
  });
  const hall = { id: newId(), kind: "work_session", title: { fr: "Ici" }, starts: soon() };
  await facilitator.act("meeting.plan", { ...hall, minutes: 60, remote: true });
  await facilitator.act("meeting.start", { id: hall.id });
  const meeting = hall.id;
  await twice(lou, "attendance.enter", { meeting });
  await twice(facilitator, "attendance.record", { meeting, member: ben.id, present: true });
  await twice(ben, "attendance.leave", { meeting });
  const csv = Buffer.from(`name,present\n${noe.name},1\n`).toString("base64url");
  const list = newId();
  const given = { meeting, csv, import: list };
  assert.equal((await twice(facilitator, "attendance.import", given)).recorded, 1);
  await twice(facilitator, "attendance.undo_import", { meeting, import: list });
  const there = { kind: "straw", meeting: hall.id };
  const inside = await openPoll(facilitator, [], there);
  await lou.vote(inside, yes);
  await facilitator.act("poll.close", { id: inside.poll });
  await twice(facilitator, "poll.reveal", { id: inside.poll });
  await twice(facilitator, "task.line", {
    ...{ id: newId(), meeting, language: "fr", line: "!+1w balayer", members: [lou.id] },
  });
  await facilitator.act("meeting.end", { id: meeting });
  await twice(facilitator, "minutes.draft", { meeting });
  const form = { meeting, language: "fr", format: "json" };
  const drafted = JSON.parse((await facilitator.call("minutes.export", form)).text) as Data;
  const facts = (drafted.blocks as Data[]).map(({ id }) => ({ id }));
  const blocks = [...facts, { id: newId(), text: { fr: "Merci" } }];
  await twice(facilitator, "minutes.write", { meeting, base: drafted.rev, blocks });
  const { rev } = JSON.parse((await facilitator.call("minutes.export", form)).text) as Data;
  await twice(facilitator, "minutes.seal", { meeting, base: rev });
  const printed = await must("minutes", server.folder, "--meeting", meeting, "--language", "nl");
  for (const part of ["<b>Notulen</b>", "balayer", "<p>Merci</p>"])
    assert.ok(printed.includes(part), `${part} in ${printed}`);
});

test("every write was there, or is named", async () => {
  const missing = writes
    .map((method) => method.name as string)
    .filter((name) => !done.has(name) && !(name in elsewhere));
  assert.deepEqual(missing, []);
  const names = writes.map((method) => method.name);
  assert.deepEqual(
    Object.keys(elsewhere).filter((name) => !names.includes(name)),
    [],
  );
});

test("all of it rebuilds from the record", async () => {
  await server.stop();
  await check(server.folder);
});
