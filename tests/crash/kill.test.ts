// T-R1: kill -9 in a storm of ballots, again and again on the same folder. PALABRE_CRASH_KILLS says how often,
// PALABRE_CRASH_SEED when.
//
// A round counts only if at least 200 ballots a second were acknowledged before the kill (on a machine that is too slow
// or too busy for it: half of what it manages without a kill, which is then said). The server must be ready again within
// two seconds, however long the record has grown.
// Nothing but ballots is written during a round, so the record can be counted exactly: after the restart
// every seq from the size before to the size after belongs to one ballot that somebody holds. What was
// acknowledged has a receipt that holds and the same seq; what was in flight is sent again and is there once.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chance } from "../harness/chance.ts";
import {
  counted,
  makeReady,
  newHall,
  openPoll,
  type Person,
  type Signed,
} from "../harness/people.ts";
import { check, endServer, initFolder, Server, slowness } from "../harness/program.ts";
import { checkConsistency, no, readCheckpoint, readReceipt, yes } from "../harness/record.ts";
import type { Socket } from "../harness/socket.ts";
import type { Data } from "../harness/wire.ts";

const kills = Number(process.env.PALABRE_CRASH_KILLS ?? 30);
const voterCount = 40;
/** How long each storm lasts. */
const { random } = chance(Number(process.env.PALABRE_CRASH_SEED ?? 1));
const stormPerSecond = 200;
const readyMs = 2000 * slowness;
const server = new Server(await initFolder());
after(() => endServer(server));
await server.start();
const { facilitator, members: voters } = await newHall(server, voterCount);
for (const voter of voters) await voter.enrol();
const author = voters[0] as Person;
const { id } = await makeReady(author, facilitator);
const poll = await openPoll(facilitator, [id]);
const size = async () => readCheckpoint(await server.checkpoint(), author.vkey).size;

type Cast = Signed & { answer?: Data };
/** Of each voter: the last counter that is recorded or in flight. */
const counters = new Map<Person, number>(voters.map((voter) => [voter, 0]));

function next(voter: Person): Cast {
  const counter = (counters.get(voter) ?? 0) + 1;
  counters.set(voter, counter);
  return voter.sign(poll, { counter, choice: counter % 3 ? yes : no });
}

/** One voter, one ballot after the other, until the connection dies. */
async function storm(voter: Person, socket: Socket, casts: Cast[]): Promise<void> {
  for (;;) {
    const cast = next(voter);
    casts.push(cast);
    try {
      cast.answer = await socket.call("ballot.cast", cast.params);
    } catch (error) {
      if (socket.closed) return;
      if (!/rate\.limited/.test(String(error))) throw error;
      casts.pop();
      counters.set(voter, (counters.get(voter) ?? 1) - 1);
      await sleep(20);
    }
  }
}

type Storm = { casts: Map<Person, Cast[]>; rate: number };

/** A round up to its end: what was sent, and how many were acknowledged each second. */
async function storms(ms: number, end: (sockets: Socket[]) => Promise<void>): Promise<Storm> {
  const sockets = await Promise.all(voters.map((voter) => voter.socket()));
  const casts = new Map<Person, Cast[]>(voters.map((voter) => [voter, []]));
  const began = performance.now();
  const running = voters.map((voter, at) =>
    storm(voter, sockets[at] as Socket, casts.get(voter) as Cast[]),
  );
  await sleep(ms);
  const acked = [...casts.values()].flat().filter((cast) => cast.answer).length;
  const rate = (acked * 1000) / (performance.now() - began);
  await end(sockets);
  await Promise.all(running);
  return { casts, rate };
}

type Each = (voter: Person, list: Cast[]) => Promise<void>;
/** All voters at the same time. */
const each = (casts: Map<Person, Cast[]>, act: Each) =>
  Promise.all([...casts].map(([voter, list]) => act(voter, list)));

/** Sends what was in flight again, then counts. */
async function judge(before: number, casts: Map<Person, Cast[]>): Promise<number> {
  await each(casts, async (voter, list) => {
    for (const cast of list) cast.answer ??= await voter.call("ballot.cast", cast.params);
  });
  const now = readCheckpoint(await server.checkpoint(), author.vkey);
  const seqs = [...casts.values()].flat().map((cast) => cast.answer.seq as number);
  const expected = Array.from({ length: now.size - before }, (_, at) => before + at);
  assert.deepEqual(
    seqs.toSorted((a, b) => a - b),
    expected,
    "each place of the record is one ballot",
  );
  let newest = now;
  await each(casts, async (voter, list) => {
    for (const { answer, tbs } of list) {
      const receipt = readReceipt(answer.receipt, voter.vkey, tbs);
      assert.equal(receipt.index, answer.seq);
      if (receipt.checkpoint.size < newest.size) newest = receipt.checkpoint;
    }
    const mine = await voter.call("ballot.mine", { poll: poll.poll });
    assert.equal(mine.counter, counters.get(voter));
  });
  const proof = await author.call("log.proof", { from: newest.size, to: now.size });
  const hashes = proof.hashes.map((text: string) => Buffer.from(text, "base64url"));
  checkConsistency(newest, now, hashes);
  return seqs.length;
}

test(`T-R1 ${kills} kills in a storm: every acknowledged ballot is there, none twice`, async (t) => {
  const calm = await size();
  const own = await storms(500, async (sockets) => {
    for (const socket of sockets) socket.cut();
  });
  let ballots = await judge(calm, own.casts);
  const least = Math.min(stormPerSecond, own.rate / 2);
  let done = 0;
  let slow = 0;
  let slowest = 0;
  const rates: number[] = [];
  while (done < kills) {
    const before = await size();
    const { casts, rate } = await storms(60 + random(240), () => server.kill());
    const began = performance.now();
    await server.start();
    slowest = Math.max(slowest, performance.now() - began);
    ballots += await judge(before, casts);
    if (rate >= least) done++;
    else slow++;
    rates.push(rate);
    assert.ok(slow <= kills + 10, `not a storm: ${rates.map(Math.round).join(" ")} ballots/s`);
  }
  const median = rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
  t.diagnostic(
    `figures: ${done} kills (${slow} more in less than a storm), ${ballots} ballots, ${Math.round(median)} acknowledged/s ` +
      `before a kill (median; ${Math.round(least)} make a storm), ready after ${Math.round(slowest)} ms at most`,
  );
  assert.ok(slowest < readyMs, `ready after ${Math.round(slowest)} ms`);
});

test("T-R1 the count is that of the last ballots, and the record rebuilds identically", async () => {
  await facilitator.act("poll.close", { id: poll.poll });
  const { result } = await counted(author, poll.poll);
  const last = [...counters.values()].map((counter) => (counter % 3 ? 1 : 0));
  const ayes = last.filter(Boolean).length;
  assert.deepEqual([result.yes, result.no], [ayes, voterCount - ayes]);
  assert.equal(result.took_part.heads, voterCount);
  await server.stop();
  await check(server.folder);
});
