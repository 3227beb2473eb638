// T-R7: the wall clock jumps. The real program reads the clock through the shim (shim.c), which adds what a file says.
//
// What must hold whatever it does: a closed vote never opens again; a vote closes at its stated time, also when the machine
// slept over it; places in the record and receipts go forward; deadlines and limits do not care; a session that was over
// stays over. PALABRE_CRASH_CLOCKS says how often.
import assert from "node:assert/strict";
import { realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  counted,
  eventually,
  newHall,
  newId,
  openPoll,
  type Person,
  type PollInfo,
} from "../harness/people.ts";
import { check, crashProgram, endServer, initFolder, Server, scratch } from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";
import { reasonOf } from "../harness/wire.ts";

const rounds = Number(process.env.PALABRE_CRASH_CLOCKS ?? 1);
const [second, hour, year] = [1000, 3_600_000, 31_557_600_000];
const file = join(realpathSync(scratch()), "clock");
let off = 0;
/** Sets the clock by so many ms from the true one, at once. */
function set(ms: number): void {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(Math.round(ms)));
  writeFileSync(file, bytes, { flag: "r+" });
  off = ms;
}
writeFileSync(file, Buffer.alloc(8));
const wrap = ["env", `LD_PRELOAD=${crashProgram("shim.so")}`, `PALABRE_SHIM_CLOCK=${file}`];
const server = new Server(await initFolder(), { wrap });
after(() => endServer(server));
await server.start();
const { admin, facilitator, members } = await newHall(server, 2);
const [one, two] = members as [Person, Person];
for (const voter of members) await voter.enrol();
const now = () => Math.round(Date.now() + off);
/** A vote that closes so many ms from now, as the program's clock says. */
const vote = (ms: number) => openPoll(facilitator, [], { kind: "straw", closes: now() + ms });
const state = async (poll: PollInfo) =>
  (await one.call("poll.get", { id: poll.poll })).doc.state as string;
const refuses = async (poll: PollInfo) =>
  assert.equal(await reasonOf(two.vote(poll, no)), "poll.closed");

for (let round = 0; round < rounds; round++) {
  test("T-R7 an hour forward: what closes in it is closed; an hour back: it stays so", async () => {
    set(off);
    const poll = await vote(hour / 2);
    const first = await one.vote(poll, yes);
    set(off + hour);
    await counted(one, poll.poll);
    set(off - hour);
    await refuses(poll);
    assert.equal(await state(poll), "counted");
    const other = await vote(2 * hour);
    const later = await one.vote(other, yes);
    assert.ok(later.seq > first.seq);
    set(off - hour);
    assert.equal(await state(other), "open");
    assert.ok((await two.vote(other, no)).seq > later.seq);
  });

  test("T-R7 the machine sleeps over a closing: the ballot that wakes it meets a closed vote", async () => {
    const poll = await vote(2 * hour);
    await one.vote(poll, yes);
    process.kill(server.pid, "SIGSTOP");
    set(off + 3 * hour);
    const late = reasonOf(two.vote(poll, no));
    await sleep(50);
    process.kill(server.pid, "SIGCONT");
    assert.equal(await late, "poll.closed");
    const { closes_ms, result } = await counted(one, poll.poll);
    assert.ok(closes_ms <= now());
    assert.deepEqual([result.yes, result.no], [1, 0]);
  });

  test("T-R7 five seconds back every second: ballots and receipts go on in order", async () => {
    const poll = await vote(24 * hour);
    let seq = 0;
    for (let step = 0; step < 10; step++) {
      set(off - 5 * second);
      for (const voter of members) {
        const answer = await voter.vote(poll, step % 2 ? yes : no);
        assert.ok(answer.seq > seq, `seq ${answer.seq} after ${seq}`);
        seq = answer.seq;
      }
      await sleep(100);
    }
    assert.equal(await state(poll), "open");
    await facilitator.act("poll.close", { id: poll.poll });
    await refuses(poll);
  });

  test("T-R7 the night summer time ends, and a second told twice: a vote closes once, at its stated time", async () => {
    // The last Sunday of October of a year that is ahead, at 1:00 UTC.
    const ahead = new Date(Math.max(now(), Date.now()) + year).getUTCFullYear();
    const last = new Date(Date.UTC(ahead, 9, 31));
    const change = Date.UTC(ahead, 9, 31 - last.getUTCDay(), 1);
    set(change - 3 * second - Date.now());
    await server.operator("member.link", { id: one.id, command: newId() });
    for (const voter of members) await voter.enterAgain();
    await facilitator.enterAgain();
    const poll = await vote(change + 1 * second - now());
    await one.vote(poll, yes);
    await eventually("the vote is closed", async () => (await state(poll)) !== "open");
    assert.ok(now() >= change + 1 * second, `closed ${change + second - now()} ms too soon`);
    set(off - 1 * second);
    await refuses(poll);
    assert.notEqual(await state(poll), "open");
  });

  test("T-R7 ten years forward ends sessions; back again they do not return, and one can enter", async () => {
    const before = await vote(hour);
    const { cookie } = two;
    assert.ok(await two.call("session.ping"));
    set(off + 10 * year);
    await eventually("the vote is closed", async () => {
      return (await reasonOf(two.call("session.ping"))) === "session.expired";
    });
    await admin.enterAgain();
    set(off - 10 * year);
    two.cookie = cookie;
    assert.equal(await reasonOf(two.call("session.ping")), "session.expired");
    for (const person of [one, two, facilitator]) await person.enterAgain();
    await refuses(before);
    assert.ok(await two.call("session.ping"));
    await server.stop();
    await server.start();
    two.cookie = cookie;
    assert.match(await reasonOf(two.call("session.ping")), /^session\.(expired|none)$/);
    await two.enterAgain();
    await refuses(before);
    set(off + 10 * year); // the record's time stays there
    for (const person of [admin, facilitator, one, two]) await person.enterAgain();
  });
}

test("T-R7 the record rebuilds identically, its times in order", async () => {
  await server.stop();
  await check(server.folder);
});
