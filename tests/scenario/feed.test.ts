// The feed: positions, resuming after a cut, what is gone, slow readers, order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  eventually,
  newHall,
  newId,
  newPerson,
  newProposal,
  openPoll,
  type Person,
  post,
  request,
} from "../harness/people.ts";
import { serveNew, slowness, stopwatch } from "../harness/program.ts";
import { yes } from "../harness/record.ts";
import { type Data, refused } from "../harness/wire.ts";

const server = await serveNew();
const { admin, facilitator, members } = await newHall(server, 3);
const [first, second] = members as [Person, Person];
const proposal = await newProposal(first);

async function comment(person: Person, text: string): Promise<Data> {
  return person.create("comment.post", {
    language: "fr",
    on: { kind: "proposal", id: proposal.id },
    text,
  });
}

test("a subscription begins with all, then brings what changes", async () => {
  const socket = await second.socket();
  const answer = await socket.subscribe({
    proposals: 0,
    org: 0,
    [`proposal/${proposal.number}`]: 0,
  });
  assert.ok(answer.epoch.length > 0);
  assert.equal(answer.epoch, second.epoch);
  const names = answer.topics.map((topic: Data) => topic.topic).toSorted();
  assert.deepEqual(names, ["org", `proposal/${proposal.id}`, "proposals"]);
  const page = socket.topics.get(`proposal/${proposal.id}`);
  assert.ok(page);
  assert.ok(page.one("proposal") && page.one("proposal_card") && page.one("supporters"));
  const said = await comment(first, "Bonjour");
  const doc = await socket.until("the comment", () => page.one("comment", said.id));
  assert.equal(doc.text, "Bonjour");
  assert.equal(doc.author.id, first.id);
  assert.equal(doc.rev, said.seq);
  await socket.until("the card counts it", () => {
    return socket.topics.get("proposals")?.one("proposal_card", proposal.id)?.comments === 1;
  });
  socket.close();
});

test("resume: a returning client gets only what changed since its position", async () => {
  const socket = await second.socket();
  const page = await socket.watch(`proposal/${proposal.id}`);
  const { seq } = page;
  const { epoch } = socket;
  socket.cut();
  const one = await comment(first, "Pendant l'absence");
  const back = await second.socket();
  const answer = await back.subscribe({ [`proposal/${proposal.id}`]: seq }, epoch);
  const [topic] = answer.topics;
  assert.ok(!topic.full, "not from the beginning");
  const comments = topic.docs.filter((doc: Data) => doc.kind === "comment");
  assert.deepEqual(
    comments.map((doc: Data) => doc.id),
    [one.id],
  );
  assert.ok(!topic.docs.some((doc: Data) => doc.kind === "supporters"), "nothing unchanged");
  assert.ok(topic.seq >= one.seq);
  const nothing = await back.subscribe({ [`proposal/${proposal.id}`]: topic.seq }, epoch);
  assert.deepEqual(nothing.topics[0].docs, []);
  back.close();
});

test("another epoch, or a position the server has not reached: all again", async () => {
  const socket = await second.socket();
  const page = await socket.watch(`proposal/${proposal.id}`);
  const name = page.name;
  const other = await socket.subscribe({ [name]: page.seq }, "not-this-epoch");
  assert.equal(other.topics[0].full, true);
  const beyond = await socket.subscribe({ [name]: page.seq + 1_000_000 }, socket.epoch);
  assert.equal(beyond.topics[0].full, true);
  socket.close();
});

test("positions survive a restart of the server", async () => {
  const socket = await second.socket();
  const { name, seq } = await socket.watch(`proposal/${proposal.id}`);
  const { epoch } = socket;
  await server.stop();
  assert.equal(await socket.end(), 1012);
  await server.start();
  const back = await second.socket();
  const answer = await back.subscribe({ [name]: seq }, epoch);
  assert.equal(answer.epoch, epoch);
  assert.ok(!answer.topics[0].full);
  assert.deepEqual(answer.topics[0].docs, []);
  back.close();
});

test("a document that leaves a topic is named as gone", async () => {
  const socket = await second.socket();
  const org = await socket.watch("org");
  const poll = await openPoll(first, [proposal.id], { kind: "straw" });
  await socket.until("the open vote", () => org.one("poll_card", poll.poll));
  const held = org.seq;
  await facilitator.act("poll.close", { id: poll.poll });
  await socket.until("it is gone", () => !org.one("poll_card", poll.poll));
  assert.ok(org.frames.some((frame) => frame.gone?.some((one: Data) => one.id === poll.poll)));
  const late = await second.socket();
  const answer = await late.subscribe({ org: held }, socket.epoch);
  assert.ok(
    answer.topics[0].full || answer.topics[0].gone.some((one: Data) => one.id === poll.poll),
  );
  for (const one of [socket, late]) one.close();
});

test("many acts reach each watcher once and in order", async () => {
  const watchers = await Promise.all([admin, facilitator, second].map((one) => one.socket()));
  const pages = [];
  for (const one of watchers) pages.push(await one.watch(`proposal/${proposal.id}`));
  const batch = Array.from({ length: 25 }, (_, index) =>
    request("comment.post", {
      id: newId(),
      command: newId(),
      language: "fr",
      on: { kind: "proposal", id: proposal.id },
      text: `Numéro ${index}`,
    }),
  );
  const speaker = await newPerson(server, "Bavard");
  const answers = JSON.parse((await post(server, speaker.cookie, batch)).text) as Data[];
  const ids = answers.map((answer) => answer.result.id);
  assert.equal(new Set(ids).size, 25);
  for (const [index, page] of pages.entries()) {
    await watchers[index]?.until("all 25", () => ids.every((id) => page.one("comment", id)));
    const seen = page.frames
      .filter((frame) => !frame.full)
      .flatMap((frame) => frame.docs)
      .filter((doc: Data) => ids.includes(doc.id));
    assert.deepEqual(
      seen.map((doc: Data) => doc.id),
      ids,
      "each once, in the order of the record",
    );
    const positions = page.frames.map((frame) => frame.seq).filter((seq) => seq !== undefined);
    assert.deepEqual(
      positions,
      positions.toSorted((a: number, b: number) => a - b),
    );
  }
  for (const one of watchers) one.close();
});

test("what changed together is one send for each watcher, and a burst a few", async () => {
  const idea = await newProposal(first, "Une rampe");
  const topic = `proposal/${idea.id}`;
  const watchers = await Promise.all(
    [admin, facilitator, second].flatMap((one) => [one, one, one, one]).map((one) => one.socket()),
  );
  for (const one of watchers) {
    await one.watch("proposals");
    await one.watch(topic);
  }
  const sends = async () => JSON.parse((await server.controlGet("/stats")).text).sends as number;
  /** Those that reach watchers: the answers to the act and to the question are none. */
  const during = async (act: () => Promise<unknown>): Promise<number> => {
    const before = await sends();
    await act();
    return (await sends()) - before - 2;
  };
  const one = await during(async () => {
    const change = { id: idea.id, base: 1, title: "Une rampe, et large" };
    const { seq } = await first.act("proposal.revise", change);
    for (const watcher of watchers)
      await watcher.until("both topics", () =>
        ["proposals", topic].every((name) => (watcher.topics.get(name)?.seq ?? 0) >= seq),
      );
  });
  assert.equal(one, watchers.length, "two topics, one send each");
  const speaker = await newPerson(server, "Volubile");
  const said = Array.from({ length: 25 }, (_, index) =>
    request("comment.post", {
      id: newId(),
      command: newId(),
      language: "fr",
      on: { kind: "proposal", id: idea.id },
      text: `Encore ${index}`,
    }),
  );
  const many = await during(async () => {
    await post(server, speaker.cookie, said);
    for (const watcher of watchers)
      await watcher.until("all 25", () => watcher.topics.get(topic)?.all("comment").length === 25);
  });
  assert.ok(many <= watchers.length * 5, `${many} sends for 25 changes to ${watchers.length}`);
  for (const watcher of watchers) watcher.close();
});

test("unsubscribe: silence; unknown topics and those of others are refused", async () => {
  const socket = await second.socket();
  const page = await socket.watch(`proposal/${proposal.id}`);
  await socket.call("feed.unsubscribe", { topics: [page.name] });
  const frames = page.frames.length;
  await comment(first, "Personne n'écoute");
  await socket.call("session.ping");
  await sleep(300);
  assert.equal(page.frames.length, frames);
  await refused(socket.subscribe({ "kitchen/1": 0 }), "topic.unknown");
  await refused(socket.subscribe({ "proposal/999": 0 }), "topic.unknown");
  await refused(socket.subscribe({ "members/private": 0 }), "right.missing");
  socket.close();
});

test("a role taken away closes the topics it opened", async () => {
  const clerk = await newPerson(server, "Sacha Secrétaire", ["secretary"]);
  const socket = await clerk.socket();
  await socket.watch("members/private");
  await admin.act("member.update", { id: clerk.id, roles: [] });
  const elapsed = stopwatch(server);
  await socket.until("feed.closed", () =>
    socket.notifications.some((one) => one.method === "feed.closed"),
  );
  assert.ok(elapsed() < 2000 * slowness);
  assert.ok(!socket.closed, "the connection itself stays");
  socket.close();
});

test("guard revoked_session: a member who left is cut off within a second: 4401", async () => {
  const leaver = await newPerson(server, "Léa Part");
  const socket = await leaver.socket();
  await socket.watch("org");
  await admin.act("member.update", { id: leaver.id, status: "left" });
  const elapsed = stopwatch(server);
  assert.equal(await socket.end(), 4401);
  assert.ok(elapsed() < 1000 * slowness);
  await refused(leaver.call("session.get"), "session.none").catch(() =>
    refused(leaver.call("session.get"), "session.expired"),
  );
});

test("turnout comes at most 4 times a second, and the last value always", async () => {
  const poll = await openPoll(first, [proposal.id], { kind: "straw" });
  const socket = await facilitator.socket();
  const card = await socket.watch(`poll/${poll.poll}`);
  await first.enrol();
  const before = card.frames.length;
  const began = Date.now();
  for (let n = 0; n < 20; n++) await first.vote(poll, yes);
  await second.enrol();
  await second.vote(poll, yes);
  await socket.until("two voted", () => card.one("turnout")?.voted === 2);
  const frames = card.frames.length - before;
  const most = Math.ceil((Date.now() - began) / 250) + 2;
  assert.ok(frames <= most, `${frames} frames, at most ${most}`);
  socket.close();
});

test("guard slow_reader: a slow reader is resynchronised, nobody else waits, and it ends with the truth", async () => {
  const idea = await newProposal(first, "Une longue discussion");
  const slow = await second.socket();
  const page = await slow.watch(`proposal/${idea.id}`);
  const stream = (slow.raw as unknown as { _socket: import("node:net").Socket })._socket;
  stream.pause();
  const quick = await admin.socket();
  const live = await quick.watch(`proposal/${idea.id}`);
  const text = "mot ".repeat(1900);
  const speakers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => newPerson(server, `Orateur ${index}`)),
  );
  const ids: string[] = [];
  for (let round = 0; round < 28; round++) {
    const posted = await Promise.all(
      speakers.map((one) =>
        one.create("comment.post", {
          language: "fr",
          on: { kind: "proposal", id: idea.id },
          text: `${round} ${text}`,
        }),
      ),
    );
    ids.push(...posted.map((one) => one.id));
  }
  await quick.until("the quick one has all", () => live.all("comment").length === ids.length);
  stream.resume();
  await slow.until("the slow one has all", () => page.all("comment").length === ids.length);
  const newest = Math.max(...live.all("comment").map((doc) => doc.rev));
  await slow.until("its position", () => page.seq >= newest);
  assert.deepEqual(
    page
      .all("comment")
      .map((doc) => doc.id)
      .toSorted(),
    ids.toSorted(),
  );
  await eventually("alive", async () => slow.call("session.ping"));
  for (const one of [slow, quick]) one.close();
});
