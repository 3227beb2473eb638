// Dates act by themselves, and on time: also when the server slept, or died, across them.
import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  counted,
  eventually,
  makeReady,
  newHall,
  newProposal,
  openPoll,
  type Person,
  pollParams,
  readPoll,
} from "../harness/people.ts";
import {
  check,
  endServer,
  initFolder,
  Server,
  serveNew,
  slowness,
  stopwatch,
} from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";
import { refused } from "../harness/wire.ts";

const server = await serveNew();
const { facilitator, members } = await newHall(server, 3);
const [first, second] = members as [Person, Person];
await first.enrol();
await second.enrol();
const began = Date.now();
await makeReady(first, facilitator);
/** Far enough that what must come before it does: five seconds, or ten times what a proposal takes. Those who wait for a date
 * wait beside each other. */
const pace = Date.now() - began;
const soon = () => Date.now() + Math.max(5000, 10 * pace);

test("a meeting of a series is followed by one at the same local hour, whatever the clocks did", async () => {
  const hour = (ms: number) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Brussels", timeStyle: "short" }).format(
      ms,
    );
  // Of a winter and a summer date that are past, one lies across a change from the next date, on any day of the year.
  for (const starts of [Date.UTC(2025, 0, 9, 17), Date.UTC(2025, 6, 10, 16)]) {
    const { id } = await first.create("meeting.plan", {
      ...{ kind: "work_session", title: { fr: "Jeudi" }, starts, minutes: 120, series: "week" },
    });
    await first.act("meeting.start", { id });
    await first.act("meeting.end", { id });
    const { doc } = await first.call("meeting.get", { id });
    const next = await first.call("meeting.get", { id: doc.series.next.id });
    assert.ok(next.doc.starts_ms > Date.now());
    assert.equal(hour(next.doc.starts_ms), "18:00");
  }
});

suite("what waits for a date", { concurrency: true }, () => {
  test("a vote closes at its stated time and is counted at once", async () => {
    const closes = soon();
    const began = Date.now();
    const elapsed = stopwatch(server);
    const { id } = await makeReady(first, facilitator);
    const poll = await openPoll(facilitator, [id], { closes });
    await first.vote(poll, yes);
    const socket = await second.socket();
    const card = await socket.watch(`poll/${poll.poll}`);
    const doc = await socket.until("the count", () => {
      const seen = card.one("poll", poll.poll);
      return seen?.state === "counted" && seen;
    });
    assert.ok(Date.now() >= closes - 5, `${closes - Date.now()} ms too soon`);
    const late = began + elapsed() - closes;
    assert.ok(late < 1000 * slowness, `${late} ms after its time`);
    assert.ok(doc.closed_ms >= closes);
    assert.equal(doc.result.verdict, "adopted");
    const { params } = second.sign(poll, { choice: no });
    await refused(second.call("ballot.cast", params), "poll.closed");
    socket.close();
  });

  test("a vote opens at its stated time", async () => {
    const opens = soon();
    const params = pollParams([(await newProposal(first)).id], {
      kind: "straw",
      opens,
      closes: opens + 3_600_000,
    });
    await first.act("poll.define", params);
    await refused(
      first.call(
        "ballot.cast",
        first.sign({
          poll: params.id,
          pollHash: Buffer.alloc(32),
          org: first.org,
          definition: null,
        }).params,
      ),
      "poll.not_open",
    );
    await sleep(opens - Date.now());
    await eventually("the opening", async () => {
      const { doc } = await first.call("poll.get", { id: params.id });
      return doc.state === "open" && doc.opened_ms >= opens;
    });
    await first.vote(await readPoll(first, null, params.id), yes);
  });

  test("a vote is extended once, never shortened", async () => {
    const closes = soon() + 60_000;
    const poll = await openPoll(first, [(await newProposal(first)).id], { kind: "straw", closes });
    const extend = (time: number) =>
      facilitator.act("poll.extend", { id: poll.poll, closes: time, reason: "Pluie" });
    await refused(extend(closes - 1000), "poll.bad_time");
    await extend(closes + 60_000);
    const { doc } = await first.call("poll.get", { id: poll.poll });
    assert.equal(doc.closes_ms, closes + 60_000);
    await refused(extend(closes + 120_000), "poll.extended_twice");
  });

  test("times that cannot be are refused", async () => {
    const { id } = await newProposal(first);
    const define = (change: object) =>
      first.act("poll.define", pollParams([id], { kind: "straw", ...change }));
    const now = Date.now();
    await refused(define({ opens: now + 9000, closes: now + 8000 }), "poll.bad_time");
    const closes = soon();
    const past = pollParams([id], { kind: "straw", closes });
    await first.act("poll.define", past);
    await sleep(closes - Date.now() + 100);
    await refused(first.act("poll.open", { id: past.id }), "poll.bad_time");
  });

  for (const [how, end] of [
    ["a stop", (one: Server) => one.stop()],
    ["kill -9", (one: Server) => one.kill()],
  ] as const) {
    test(`a vote closes at its time although ${how} lies across it`, async () => {
      const other = new Server(await initFolder());
      after(() => endServer(other));
      await other.start();
      const hall = await newHall(other, 3);
      const [author, voter] = hall.members as [Person, Person];
      await voter.enrol();
      const { id } = await makeReady(author, hall.facilitator);
      const closes = soon();
      const poll = await openPoll(hall.facilitator, [id], { closes });
      await voter.vote(poll, yes);
      const late = voter.sign(poll, { choice: no, counter: 2 });
      await end(other);
      await sleep(Math.max(0, closes - Date.now()) + 300);
      await other.start();
      const { doc } = await voter.call("poll.get", { id: poll.poll });
      assert.equal(doc.state, "counted", "closed before anybody is served");
      await refused(voter.call("ballot.cast", late.params), "poll.closed");
      const counts = (await counted(voter, poll.poll)).result;
      assert.deepEqual([counts.yes, counts.no], [1, 0]);
      await other.stop();
      await check(other.folder);
    });
  }
});
