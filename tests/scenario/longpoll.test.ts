// The feed as a long poll: the same documents as on a WebSocket, nothing missed between two polls, and all that is
// refused.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Follower } from "../harness/follower.ts";
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
import { Raw } from "../harness/raw.ts";
import { yes } from "../harness/record.ts";
import { type Answer, type Data, readAnswer } from "../harness/wire.ts";

// Few descriptors: a quarter of the sockets they leave is soon held.
const wrap = ["sh", "-c", 'ulimit -n 160; exec "$@"', "sh"];
const server = await serveNew({ wrap });
const { admin, facilitator, members } = await newHall(server, 3);
const [first, second] = members as [Person, Person];
const proposal = await newProposal(first);
const page = `proposal/${proposal.id}`;

const follow = (person: Person, ...names: string[]) =>
  new Follower(server, { cookie: person.cookie }, names);
const reason = (answer: Answer) => JSON.parse(answer.text).error?.data?.reason;
const said = (text: string) => ({
  ...{ id: newId(), command: newId(), language: "fr" },
  on: { kind: "proposal", id: proposal.id },
  text,
});
const stats = async () => JSON.parse((await server.controlGet("/stats")).text);
/** The poll of this follower is held by the server. */
const held = (count = 1) =>
  eventually("a held poll", async () => (await stats()).polls >= count && true);

test("the first poll brings all, the next one what changes, at once", async () => {
  const follower = follow(second, "org", `proposal/${proposal.number}`);
  const answer = await follower.poll();
  assert.equal(answer.epoch, second.epoch);
  assert.deepEqual(answer.topics.map((one: Data) => [one.topic, one.full, one.more]).toSorted(), [
    ["org", true, false],
    [page, true, false],
  ]);
  assert.ok(follower.topics.get(page)?.one("supporters"));
  const next = follower.poll();
  await held();
  const elapsed = stopwatch(server);
  const { seq } = await first.act("comment.post", said("Bonjour"));
  const { topics } = await next;
  assert.ok(elapsed() < 1000 * slowness);
  assert.deepEqual(
    topics.map((one: Data) => [one.topic, one.full, one.seq >= seq]),
    [[page, false, true]],
  );
  const comments = topics[0].docs.filter((doc: Data) => doc.kind === "comment");
  assert.deepEqual([comments.length, comments[0].text], [1, "Bonjour"]);
});

test("nothing is missed across polls while 300 changes are made, and each comes once", async () => {
  const follower = follow(admin, page, "proposals");
  await follower.poll();
  const speakers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => newPerson(server, `Bavarde ${index}`)),
  );
  const ids: string[] = [];
  const talk = async (speaker: Person) => {
    for (let round = 0; round < 10; round++) {
      const batch = Array.from({ length: 5 }, (_, n) => request("comment.post", said(`n° ${n}`)));
      for (let waiting = batch; waiting.length > 0; ) {
        const answers = JSON.parse((await post(server, speaker.cookie, waiting)).text) as Data[];
        ids.push(...answers.flatMap((one) => (one.result ? [one.result.id] : [])));
        const refusedNow = new Set(answers.filter((one) => one.error).map((one) => one.id));
        waiting = waiting.filter((one) => refusedNow.has(one.id));
        if (waiting.length > 0) await speaker.rest();
      }
    }
  };
  const topic = follower.topics.get(page);
  assert.ok(topic);
  const before = topic.all("comment").length;
  const talking = Promise.all(speakers.map(talk));
  await follower.until("all 300", () => topic.all("comment").length === before + 300);
  await talking;
  assert.ok(ids.every((id) => topic.one("comment", id)));
  assert.equal(new Set(ids).size, 300);
  const seen = topic.frames
    .filter((frame) => !frame.full)
    .flatMap((frame) => frame.docs)
    .filter((doc: Data) => doc.kind === "comment")
    .map((doc: Data) => doc.id);
  assert.equal(seen.length, new Set(seen).size, "each once");
  const card = follower.topics.get("proposals")?.one("proposal_card", proposal.id);
  await follower.until("the card counts them", () => card && card.comments >= 300 && card);
  assert.ok(follower.polls > 3, `${follower.polls} polls`);
});

test("a topic larger than one answer comes in parts, and is whole", async () => {
  const follower = follow(second, page);
  const answer = await follower.poll();
  assert.equal(answer.topics[0].more, true);
  const topic = follower.topics.get(page);
  await follower.until("the rest", () => topic?.frames.at(-1)?.more === false);
  assert.ok((topic?.all("comment").length ?? 0) >= 301);
  assert.equal(topic?.frames.filter((frame) => frame.full).length, 1);
});

test("a position survives a restart; a poll held when the server stops is answered at once", async () => {
  const follower = follow(second, page);
  const topic = await follower.until("all of it", () => {
    const one = follower.topics.get(page);
    return one?.frames.at(-1)?.more === false && one;
  });
  const waiting = follower.ask(follower.query());
  await held();
  const took = await server.stop();
  const answer = await waiting;
  assert.deepEqual([answer.status, reason(answer)], [503, "server.stopping"]);
  assert.ok(took < 2000 * slowness, `${took} ms`);
  await server.start();
  const posted = await first.act("comment.post", said("Après"));
  const { topics } = await follower.poll();
  assert.equal(topics[0].full, false);
  assert.ok(
    topic.one("comment", posted.id) || topics[0].docs.some((d: Data) => d.id === posted.id),
  );
});

test("another epoch, or a position the server has not reached: all again", async () => {
  const ask = async (query: string) =>
    JSON.parse((await follow(second).ask(`${query}&wait=0`)).text).topics;
  const [other] = await ask(`topics=org:1&epoch=ffff`);
  assert.equal(other.full, true);
  const [beyond] = await ask(`topics=org:99999999&epoch=${second.epoch}`);
  assert.equal(beyond.full, true);
  const [none] = await ask("topics=org:1");
  assert.equal(none.full, true, "positions without their epoch");
  assert.deepEqual(await ask(`topics=personal:0&epoch=${second.epoch}`), [], "0 is a position too");
});

test("topics that may not be read are named, and the others come", async () => {
  const follower = follow(second, "org", "members/private", "proposal/999", "kitchen");
  const { topics, closed } = await follower.poll();
  assert.deepEqual(
    topics.map((one: Data) => one.topic),
    ["org"],
  );
  assert.deepEqual(closed, [
    { topic: "members/private", reason: "right.missing" },
    { topic: "proposal/999", reason: "topic.unknown" },
    { topic: "kitchen", reason: "topic.unknown" },
  ]);
});

test("a role taken away closes the topics it opened, at once", async () => {
  const clerk = await newPerson(server, "Sacha Secrétaire", ["secretary"]);
  const follower = follow(clerk, "members/private");
  await follower.poll();
  const next = follower.poll();
  await held();
  await admin.act("member.update", { id: clerk.id, roles: [] });
  await next;
  if (follower.closed.length === 0) await follower.poll();
  assert.deepEqual(follower.closed, [{ topic: "members/private", reason: "right.missing" }]);
});

test("guard revoked_while_held: a session that ends answers 401 at once", async () => {
  const leaver = await newPerson(server, "Léa Part");
  const follower = follow(leaver, "org");
  await follower.poll();
  const waiting = follower.ask(follower.query());
  await held();
  const elapsed = stopwatch(server);
  await admin.act("member.update", { id: leaver.id, status: "left" });
  const answer = await waiting;
  assert.deepEqual([answer.status, reason(answer)], [401, "session.expired"]);
  assert.ok(elapsed() < 1000 * slowness);
  assert.equal((await follower.ask(follower.query())).status, 401);
});

test("turnout comes at most 4 times a second, and the last value always", async () => {
  const vote = await openPoll(first, [proposal.id], { kind: "straw" });
  const follower = follow(facilitator, `poll/${vote.poll}`);
  await follower.poll();
  const topic = follower.topics.get(`poll/${vote.poll}`);
  await first.enrol();
  await second.enrol();
  const began = Date.now();
  const voting = (async () => {
    for (let n = 0; n < 12; n++) await first.vote(vote, yes);
    await second.vote(vote, yes);
  })();
  await follower.until("two voted", () => topic?.one("turnout")?.voted === 2);
  await voting;
  const most = Math.ceil((Date.now() - began) / 250) + 3;
  assert.ok(follower.polls <= most, `${follower.polls} polls, at most ${most}`);
});

test("a peer that goes away is noticed within a second or two, at no cost", async () => {
  const follower = follow(second, "org");
  await follower.poll();
  const before = await stats();
  const lost = follower.ask(follower.query()).catch(() => "gone");
  await held(before.polls + 1);
  follower.cut();
  assert.equal(await lost, "gone");
  const elapsed = stopwatch(server);
  await eventually("let go of", async () => (await stats()).polls === before.polls);
  assert.ok(elapsed() < 2000 * slowness);
  // Bytes that come while a poll is held wait, and cost nothing (an empty loop would use all of a core).
  const raw = await Raw.open(server.port);
  const head = `Host: 127.0.0.1:${server.port}\r\nX-Palabre-CSRF: 1\r\nCookie: ${second.cookie}\r\n\r\n`;
  const busy = () => {
    const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(" ");
    return Number(fields[13]) + Number(fields[14]);
  };
  raw.write(`GET /feed?${follower.query()} HTTP/1.1\r\n${head}`);
  await held(before.polls + 1);
  raw.write(`GET /healthz HTTP/1.1\r\n${head}`);
  const used = busy();
  await sleep(500);
  assert.ok(busy() - used < 15, `${busy() - used} hundredths of a second of half a second`);
  await newPerson(server, "Quelqu'un");
  await eventually("both answers, in order", async () => {
    const statuses = raw.text.match(/HTTP\/1\.1 \d+/g) ?? [];
    return statuses.length === 2 && /"topics"[\s\S]*ok\n/.test(raw.text);
  });
  raw.close();
});

test("guard foreign_poll: no page of another origin may poll", async () => {
  const follower = follow(second, "org");
  const ask = (headers: Record<string, string>) => follower.ask("topics=org&wait=0", headers);
  const none: [Record<string, string>, number, string | undefined][] = [
    [{ origin: "https://evil.example" }, 403, "origin.refused"],
    [{ "sec-fetch-site": "cross-site" }, 403, "origin.refused"],
    [{ "sec-fetch-site": "same-site" }, 403, "origin.refused"],
    [{ "x-palabre-csrf": "" }, 403, "csrf.missing"],
    [{ "x-palabre-csrf": "0" }, 403, "csrf.missing"],
    [{ origin: server.origin, "sec-fetch-site": "same-origin" }, 200, undefined],
    [{}, 200, undefined],
  ];
  for (const [headers, status, why] of none) {
    const answer = await ask(headers);
    assert.deepEqual([answer.status, reason(answer)], [status, why], JSON.stringify(headers));
  }
  assert.equal((await ask({ host: "evil.example" })).status, 421);
});

test("guard poll_without_session: 401, with the reason", async () => {
  const nobody = await new Follower(server, {}).ask("topics=org&wait=0");
  assert.deepEqual([nobody.status, reason(nobody)], [401, "session.none"]);
});

test("guard unbounded_query: what a poll may not say", async () => {
  const follower = follow(await newPerson(server, "Curieuse"));
  const many = (count: number) => Array.from({ length: count }, () => "org").join(",");
  const wrong: [string, string, string][] = [
    ["epoch=1", "input.missing_field", "topics"],
    ["topics=", "input.bad_value", "topics"],
    ["topics=org,", "input.bad_value", "topics"],
    ["topics=org:", "input.bad_value", "topics"],
    ["topics=org:-1", "input.bad_value", "topics"],
    ["topics=org:1e3", "input.bad_value", "topics"],
    ["topics=org:9999999999999999", "input.bad_value", "topics"],
    ["topics=ORG", "input.bad_value", "topics"],
    ["topics=org%22", "input.bad_value", "topics"],
    [`topics=${"o".repeat(64)}`, "input.bad_value", "topics"],
    [`topics=${many(65)}`, "input.too_big", "topics"],
    ["topics=org&topics=org", "input.bad_value", "topics"],
    ["topics=org&wait=1", "input.bad_value", "wait"],
    [`topics=org&epoch=${"e".repeat(65)}`, "input.bad_value", "epoch"],
    ["topics=org&since=1", "input.unknown_field", "query"],
    ["topics=org&", "", ""],
  ];
  for (const [query, why, field] of wrong) {
    const answer = await follower.ask(query === "topics=org&" ? `${query}wait=0` : query);
    const error = JSON.parse(answer.text).error;
    assert.deepEqual(
      [answer.status, error?.data.reason ?? "", error?.data.field ?? ""],
      [why ? 400 : 200, why, field],
      query,
    );
  }
  const long = Array.from({ length: 64 }, () => `proposal/${newId()}:123456789012345`).join(",");
  const whole = await follower.ask(`topics=${long}&wait=0&epoch=${second.epoch}`);
  assert.equal(whole.status, 200, "64 topics fit");
  assert.equal(JSON.parse(whole.text).topics.length, 64);
  const raw = await Raw.open(server.port);
  raw.write(`GET /feed?topics=${"org,".repeat(4000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
  assert.ok([0, 400, 414].includes(await raw.status()), raw.text.slice(0, 40));
  raw.close();
  assert.equal((await server.get("/feed", { "x-palabre-csrf": "1" })).status, 401);
});

test("guard poll_too_often: a poll counts as a change of one's own, and says when to come back", async () => {
  const person = await newPerson(server, "Pressée");
  const follower = follow(person);
  let answer: Answer | undefined;
  for (let n = 0; n < 200 && answer?.status !== 429; n++)
    answer = await follower.ask("topics=org:1&wait=0");
  assert.ok(answer);
  assert.deepEqual([answer.status, reason(answer)], [429, "rate.limited"]);
  assert.ok(JSON.parse(answer.text).error.data.retry_after_ms > 0);
  readAnswer(await post(server, person.cookie, request("session.get")));
});

test("guard too_many_held: at most a quarter of the sockets; the rest may ask without waiting", async () => {
  const { polls_max: most } = await stats();
  assert.ok(most > 8 && most < 40, `${most}`);
  const followers: Follower[] = [];
  const answers: Promise<Answer | undefined>[] = [];
  const start = (follower: Follower) => {
    followers.push(follower);
    answers.push(follower.ask(follower.query()).catch(() => undefined));
  };
  const people = [];
  for (let n = 0; n < Math.ceil(most / 8) + 1; n++) people.push(await newPerson(server, `P ${n}`));
  const one = follow(people[0] as Person, "org");
  await one.poll();
  const copy = (person: Person) => {
    const follower = follow(person, "org");
    follower.take({ epoch: one.epoch, topics: [], closed: [] });
    const topic = follower.topics.get("org");
    if (topic) Object.assign(topic, { full: 1, seq: one.topics.get("org")?.seq });
    return follower;
  };
  // News may come in between (somebody entered): such a poll is answered and asked again by nobody.
  for (let n = 0; n < 8; n++) start(copy(people[0] as Person));
  await held(8);
  const ninth = copy(people[0] as Person);
  const refusedNow = await ninth.ask(ninth.query());
  assert.deepEqual([refusedNow.status, reason(refusedNow)], [503, "feed.full"], "of one session");
  for (const person of people.slice(1)) for (let n = 0; n < 8; n++) start(copy(person));
  await held(most);
  const late = copy(people.at(-1) as Person);
  const answer = await late.ask(late.query());
  assert.deepEqual([answer.status, reason(answer)], [503, "feed.full"]);
  const { topics } = await late.poll({ wait: "0" });
  assert.deepEqual(topics, []);
  assert.equal((await server.get("/healthz")).status, 200, "others get in");
  for (const follower of followers) follower.cut();
  await Promise.all(answers);
});
