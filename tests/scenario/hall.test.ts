// A vote in a hall, at the moment it closes: everybody is casting when the countdown ends. Each ballot is in the record with
// a receipt, or refused because the vote is closed; nothing tells how it went before who leads the meeting reveals it; and
// then the sum is that of the receipts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { newHall, newId, type Person, pollParams, readPoll } from "../harness/people.ts";
import { check, serveNew } from "../harness/program.ts";
import { no, readReceipt, yes } from "../harness/record.ts";
import { type Refused, refused } from "../harness/wire.ts";

const VOTERS = 24;

test("a countdown ends while everybody is casting", async () => {
  const server = await serveNew();
  const { facilitator, members } = await newHall(server, VOTERS);
  const meeting = newId();
  const times = { starts: Date.now() + 3_600_000, minutes: 60, remote: true };
  const title = { fr: "Assemblée" };
  await facilitator.act("meeting.plan", { id: meeting, kind: "general_assembly", title, ...times });
  await facilitator.act("meeting.start", { id: meeting });
  const began = Date.now();
  for (const member of members) {
    await member.enrol();
    await member.act("attendance.enter", { meeting });
  }
  // Long enough to be read while it is open: what follows is a tenth of what was done since.
  const seconds = Math.max(4, Math.ceil((Date.now() - began) / 1000));
  const params = pollParams([], { kind: "decision", body: "assembly", meeting });
  await facilitator.act("poll.define", params);
  const opened = await facilitator.act("poll.open", { id: params.id, seconds });
  const poll = await readPoll(facilitator, opened, params.id);
  const closes = (await facilitator.call("poll.get", { id: poll.poll })).doc.closes_ms;
  assert.ok(closes > Date.now(), "still open");
  const watcher = await (members[0] as Person).socket();
  const card = await watcher.watch(`poll/${poll.poll}`);
  const inMeeting = await watcher.watch(`meeting/${meeting}`);

  const seqs: number[] = [];
  /** Changes their mind until the vote is closed; what they said last. */
  const insist = async (voter: Person, number: number): Promise<Buffer> => {
    let last = Buffer.alloc(0);
    await sleep(Math.max(0, closes - 250 - Date.now()) + number);
    for (let counter = 1; ; counter++) {
      const choice = (counter + number) % 3 === 0 ? no : yes;
      const { params: ballot, tbs } = voter.sign(poll, { choice, counter });
      try {
        const answer = await voter.call("ballot.cast", ballot);
        assert.equal(readReceipt(answer.receipt, voter.vkey, tbs).index, answer.seq);
        seqs.push(answer.seq);
        last = choice;
      } catch (error) {
        assert.equal((error as Refused).reason, "poll.closed");
        return last;
      }
      await sleep(20);
    }
  };
  const said = await Promise.all(members.map(insist));
  const closed = await watcher.until("the end", () => {
    const doc = card.one("poll", poll.poll);
    return doc?.state === "closed" && doc;
  });
  assert.ok(Math.max(...seqs) < closed.rev, "every ballot is before the closing");
  assert.equal(closed.closed_ms >= closes, true);
  await sleep(100); // nothing is due: the count waits to be asked for
  const hidden = JSON.stringify([...card.documents.values(), ...inMeeting.documents.values()]);
  for (const word of ['"result"', '"verdict"', '"kind":"tally"', '"kind":"decision"'])
    assert.ok(!hidden.includes(word), word);
  await refused((members[0] as Person).call("ballot.list", { poll: poll.poll }), "poll.bad_state");

  await facilitator.act("poll.reveal", { id: poll.poll });
  const { result } = await watcher.until("the result", () => {
    const doc = card.one("poll", poll.poll);
    return doc?.result && doc;
  });
  const counts = [yes, no].map((choice) => said.filter((one) => one.equals(choice)).length);
  assert.deepEqual([result.yes, result.no], counts);
  await watcher.until("the register", () => inMeeting.all("decision").length === 1);
  watcher.close();
  await server.stop();
  await check(server.folder);
});
