// The server's clock as a device knows it: the answer that proves most holds, until it cannot be true any more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { voteLeft } from "../../../web/src/meeting/words";
import { better, type Estimate, estimate, unknown } from "../../../web/src/sync/clock";

/** A question asked at `askedMs` of a device whose server is `aheadMs` ahead; each way takes so long. */
const ask = (askedMs: number, aheadMs: number, thereMs: number, backMs: number): Estimate =>
  estimate(askedMs + thereMs + aheadMs, askedMs + thereMs + backMs, askedMs);

test("an answer is wrong by half its round trip at most", () => {
  assert.deepEqual(ask(1_000, 70, 20, 20), { offsetMs: 70, errorMs: 21, atMs: 1_040 });
  for (const [there, back] of [
    [0, 900],
    [900, 0],
    [33, 4],
  ] as const) {
    const { offsetMs, errorMs } = ask(1_000, 5_000, there, back);
    assert.ok(Math.abs(offsetMs - 5_000) <= errorMs, `${there} ${back}`);
  }
});

test("a slow answer does not push away a quick one, until that one is old", () => {
  const quick = ask(0, 300, 10, 10);
  const slow = ask(10_000, 300, 0, 1_600);
  assert.equal(slow.offsetMs, 300 - 800);
  assert.equal(better(unknown, slow), slow);
  assert.equal(better(quick, slow), quick);
  assert.equal(better(slow, quick), quick);
  // The two clocks may have gone apart by 0.8 s in half an hour.
  const much = ask(30 * 60_000, 300, 0, 1_600);
  assert.equal(better(quick, much), much);
  // Of two that prove the same the newer one is taken.
  const again = ask(20, 300, 10, 10);
  assert.equal(better(quick, again), again);
});

test("a device's clock that was set is followed at once, forwards and backwards", () => {
  const before = ask(3_600_000, 0, 5, 5);
  for (const setMs of [3_000, -3_000]) {
    const after = ask(3_610_000 + setMs, -setMs, 0, 1_000);
    assert.equal(better(before, after), after, String(setMs));
  }
});

test("a time of which nobody knows when it was asked counts only until one is known", () => {
  const early = estimate(5_000, 4_000);
  assert.equal(better(unknown, early), early);
  assert.equal(early.offsetMs, 1_000);
  const asked = ask(4_010, 1_100, 50, 50);
  assert.equal(better(early, asked), asked);
  assert.equal(better(asked, estimate(5_300, 4_500)), asked);
});

test("a vote of ten minutes never has more than ten minutes left", () => {
  const poll = { opened_ms: 50_000, closes_ms: 650_000 };
  assert.deepEqual(
    [49_000, 50_000, 51_500, 700_000].map((now) => voteLeft(poll, now)),
    [600_000, 600_000, 598_500, 0],
  );
});
