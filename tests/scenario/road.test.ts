// The main road over real sockets: from a link to a finished to-do, then a stop, a check and a restart.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  counted,
  eventually,
  firstAdmin,
  type Hall,
  newHall,
  newId,
  newPerson,
  openPoll,
  type Person,
  type PollInfo,
  tokenOf,
} from "../harness/people.ts";
import { check, dayThere, serveNew, slowness } from "../harness/program.ts";
import { checkConsistency, no, readCheckpoint, yes } from "../harness/record.ts";
import type { Topic } from "../harness/socket.ts";
import { type Data, refused } from "../harness/wire.ts";

const server = await serveNew();
const hall: Hall = await newHall(server, 4);
const [author, second, third, fourth] = hall.members as [Person, Person, Person, Person];
let proposal: Data;
let poll: PollInfo;
let decision: Data;
let task: Data;

test("a link from the shell lets the first admin in, once", async () => {
  const admin = await firstAdmin(server, "Alba");
  assert.deepEqual(admin.roles.toSorted(), ["admin", "member"]);
  const session = await admin.call("session.get");
  assert.equal(session.member, admin.id);
  assert.equal(session.vkey, hall.admin.vkey);
  const made = await hall.admin.create("member.invite", { name: "Bea", class: "members" });
  assert.ok(Number.isInteger(made.number), "a member has a number");
  assert.ok(made.link.startsWith(`${server.origin}/join#`), made.link);
  const bea = await newPerson(server, "Bea 2");
  await refused(
    bea.join(tokenOf(made.link).replace(/^./, (first) => (first === "0" ? "1" : "0"))),
    "invite.unknown",
  );
  await bea.join(tokenOf(made.link));
  assert.equal(bea.name, "Bea");
  await refused(bea.join(tokenOf(made.link)), "invite.used");
});

test("an idea is suggested, discussed and supported: the threshold moves it on", async () => {
  const watcher = await second.socket();
  const board = await watcher.watch("proposals");
  proposal = await author.create("proposal.submit", {
    language: "fr",
    title: "Un four à pain dans la cour",
    need: "Le pain du quartier vient de loin.",
    text: "Construire un **four** à bois.",
    themes: [],
  });
  assert.equal(proposal.number, 1);
  const card = await watcher.until("the card", () => board.one("proposal_card", proposal.id));
  assert.equal(card.state, "idea");
  assert.equal(card.threshold, 3);
  const page = await watcher.watch(`proposal/${proposal.number}`);
  const said = await second.create("comment.post", {
    language: "nl",
    on: { kind: "proposal", id: proposal.id },
    text: "Wie stookt de oven?",
  });
  await author.create("comment.post", {
    language: "fr",
    on: { kind: "proposal", id: proposal.id },
    parent: said.id,
    text: "Nous, à tour de rôle.",
  });
  await second.act("comment.react", { id: said.id, reaction: "thanks", on: true });
  await watcher.until("two comments", () => page.all("comment").length === 2);
  await refused(author.act("proposal.support", { id: proposal.id, on: true }), "right.missing");
  for (const person of [second, third, fourth])
    await person.act("proposal.support", { id: proposal.id, on: true });
  const moved = await watcher.until("discussed", () => {
    const doc = page.one("proposal", proposal.id);
    return doc?.state === "discussed" && doc;
  });
  assert.equal(moved.history.at(-1).by, "system");
  assert.equal(page.one("supporters").items.length, 3);
  watcher.close();
});

test("its author says it is ready, a facilitator opens the vote", async () => {
  await author.act("proposal.mark", { id: String(proposal.number), state: "ready" });
  const params = { closes: Date.now() + 3_600_000, show_live: true };
  poll = await openPoll(hall.facilitator, [String(proposal.number)], params);
  assert.equal(poll.definition.mode, 1);
  assert.equal(poll.definition.method, 1);
  assert.equal(poll.definition.rollCount, 9);
  const { doc } = await author.call("proposal.get", { id: proposal.id });
  assert.equal(doc.state, "voting");
});

test("signed ballots give receipts that hold, everybody sees the turnout", async () => {
  const watcher = await hall.facilitator.socket();
  const card = await watcher.watch(`poll/${poll.poll}`);
  const voters = [author, second, third, fourth];
  for (const voter of voters) {
    const before = await voter.call("ballot.mine", { poll: poll.poll });
    assert.equal(before.counter, 0);
    await voter.enrol();
    const mine = await voter.call("ballot.mine", { poll: poll.poll });
    assert.equal(mine.eligible, true);
    assert.equal(mine.weight, 1);
  }
  await author.vote(poll, yes);
  await second.vote(poll, no);
  await third.vote(poll, yes);
  await fourth.vote(poll, no);
  const changed = await fourth.vote(poll, yes);
  const mine = await fourth.call("ballot.mine", { poll: poll.poll });
  assert.equal(mine.counter, 2);
  assert.equal(mine.ballot.seq, changed.seq);
  const turnout = await watcher.until("four votes", () => {
    const doc = card.one("turnout");
    return doc?.voted === 4 && doc;
  });
  assert.equal(turnout.entitled, 9);
  const tally = await watcher.until("the running count", () => {
    const doc = card.one("tally");
    return doc?.yes === 3 && doc;
  });
  assert.equal(tally.no, 1);
  watcher.close();
});

test("a returning client can prove that nothing was rewritten", async () => {
  const newest = async () => readCheckpoint(await server.checkpoint(), author.vkey);
  const from = await newest();
  await author.create("comment.post", {
    language: "fr",
    on: { kind: "proposal", id: proposal.id },
    text: "Merci à tous.",
  });
  const to = await newest();
  assert.ok(to.size > from.size);
  const answer = await author.call("log.proof", { from: from.size, to: to.size });
  const hashes = answer.hashes.map((hash: string) => Buffer.from(hash, "base64url"));
  checkConsistency(from, to, hashes);
});

test("the close gives a result, a numbered decision and moves the proposal", async () => {
  await hall.facilitator.act("poll.close", { id: poll.poll });
  const doc = await counted(author, poll.poll);
  assert.equal(doc.result.verdict, "adopted");
  assert.equal(doc.result.yes, 3);
  assert.equal(doc.result.no, 1);
  assert.deepEqual(doc.result.entitled, { heads: 9, weight: 9 });
  for (const language of ["fr", "nl", "en"]) assert.match(doc.result.sentence[language], /3.*4/);
  const year = dayThere(doc.closed_ms).slice(0, 4);
  assert.equal(doc.decision.number, `${year}-001`);
  decision = (await author.call("decision.get", { id: `${year}-001` })).doc;
  assert.equal(decision.result.verdict, "adopted");
  assert.equal(decision.proposals[0].id, proposal.id);
  const adopted = (await author.call("proposal.get", { id: proposal.id })).doc;
  assert.equal(adopted.state, "adopted");
  await refused(third.vote(poll, no), "poll.closed");
});

test("the decision gets a to-do; a member takes it and finishes it", async () => {
  task = await hall.facilitator.create("task.create", {
    language: "fr",
    title: "Demander les briques",
    result: "Trois devis sur la table",
    due: Date.now() + 86_400_000 * 14,
    from: { kind: "decision", id: decision.number },
    assignees: [],
  });
  await third.act("task.take", { id: task.id });
  const state = async () => (await author.call("task.get", { id: task.id })).doc;
  assert.equal((await state()).state, "taken");
  const under = await author.call("proposal.get", { id: proposal.id });
  assert.equal(under.doc.state, "in_progress");
  await third.act("task.mark", { id: task.id, state: "done" });
  await author.act("task.thank", { id: task.id, text: "Bravo" });
  const done = await state();
  assert.equal(done.state, "done");
  assert.equal(done.thanks[0].by.id, author.id);
  const after = await eventually("the decision's count", async () => {
    const { doc } = await author.call("decision.get", { id: decision.number });
    return doc.tasks.done === 1 && doc;
  });
  assert.deepEqual(after.tasks, { total: 1, done: 1 });
});

/** Every document of the topics that a member watches. */
async function everything(person: Person): Promise<string> {
  const socket = await person.socket();
  const names = ["org", "proposals", "tasks", "decisions", `proposal/${proposal.id}`];
  const topics: Topic[] = [];
  for (const name of [...names, `poll/${poll.poll}`, "me"]) topics.push(await socket.watch(name));
  const held = topics.map((topic) => [topic.name, topic.seq, ...topic.documents.values()]);
  socket.close();
  return JSON.stringify(held);
}

test("guard stop_in_time: SIGTERM, everybody is told 1012, the exit is 0 within 3 s, the record checks", async () => {
  const before = await everything(second);
  const checkpoint = await server.checkpoint();
  const sockets = [await author.socket(), await second.socket()];
  await sockets[0]?.watch("org");
  const ms = await server.stop();
  assert.ok(ms < 3000 * Math.min(slowness, 1.5), `took ${Math.round(ms)} ms`);
  for (const socket of sockets) assert.equal(await socket.end(), 1012);
  const { events, documents } = await check(server.folder);
  assert.ok(events > 40 && documents > 20, `${events} events, ${documents} documents`);
  await server.start();
  assert.equal(await server.checkpoint(), checkpoint);
  assert.equal(await everything(second), before);
  assert.ok(
    await second.create("proposal.submit", {
      language: "nl",
      title: "Een bank",
      need: "Nergens kan je zitten.",
      text: "",
      themes: [],
      id: newId(),
    }),
  );
});
