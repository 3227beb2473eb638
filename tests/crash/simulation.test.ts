// T-R8, T-R9: random organisations through the engine against a model written apart (tests/simulation).
// PALABRE_CRASH_SEEDS says how many seeds; PALABRE_CRASH_FIRST_SEED which is the first.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const program = join(
  process.env.PALABRE_BUILD ?? resolve("build"),
  "release/tests/simulation/simulation",
);
const seeds = Number(process.env.PALABRE_CRASH_SEEDS ?? 500);
const first = Number(process.env.PALABRE_CRASH_FIRST_SEED ?? 1);

/** @returns what it printed, and how it ended */
function simulate(from: number, count: number, env: Record<string, string> = {}) {
  const memory = existsSync("/dev/shm") ? { TMPDIR: "/dev/shm" } : {};
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    const options = { env: { ...process.env, ...memory, ...env }, maxBuffer: 1 << 26 };
    execFile(program, [String(from), String(count)], options, (error, out, err) =>
      done({ code: error ? 1 : 0, out, err }),
    );
  });
}

test(`T-R8 T-R9 ${seeds} random organisations are what the model says`, async () => {
  const { code, out, err } = await simulate(first, seeds);
  assert.equal(code, 0, err);
  const [, acts, ballots] = /^\d+ seeds, (\d+) acts, (\d+) ballots recorded$/m.exec(out) ?? [];
  assert.ok(Number(acts) > 80 * seeds && Number(ballots) > 5 * seeds, out);
});

test("T-R8 a ballot that is lost is seen, and the seed said", async () => {
  const { code, err } = await simulate(1, 100, { PALABRE_SIMULATION_FAULT: "250" });
  assert.equal(code, 1);
  const [, seed] = /^simulation: seed (\d+) failed; again: \S+ \d+$/m.exec(err) ?? [];
  assert.ok(Number(seed) >= 1, err);
});
