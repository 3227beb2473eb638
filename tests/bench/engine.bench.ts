// Ballots through the engine without sockets: the real signature workers, the real writer, a real folder on the disk. What
// a ballot costs there against the same work with nothing around it, and whether a second worker helps.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { scratch } from "../harness/program.ts";
import { bench, component, figure, interleaved, notMeasured, quick } from "./measure.ts";

const voters = quick ? 1000 : 4000;
const place = scratch();
const child = spawn(join(bench, "engine"), [String(voters), place], {
  stdio: ["pipe", "pipe", "inherit"],
});
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

async function line(): Promise<string> {
  const { value, done } = await lines.next();
  assert.ok(!done, "the engine ended");
  return value;
}

/** Everybody votes once, with so many workers. */
async function storm(workers: number) {
  child.stdin.write(`${workers}\n`);
  const { cpu_us, wall_us, ballots, commits } = JSON.parse(await line());
  assert.equal(ballots, voters);
  return { cpu: cpu_us as number, wall: wall_us as number, group: ballots / commits };
}

let group = 1;
const messages = join(place, "messages");
const bare = () => ({ cpu: component("ballots", messages, String(group)).cpu_us as number });

assert.equal(await line(), "ready");
const [engine, limit] = await interleaved(async () => {
  const run = await storm(1);
  group = Math.max(1, Math.round(run.group));
  return run;
}, bare);
figure("engine alone: CPU per ballot", engine.cpu, "us", limit.cpu, 1.25);
figure("engine alone: ballots per commit", engine.group, "", 50, 1, "least");

// Two workers, the writer, and this program's net loop: each needs a core to itself.
const scaling = "engine alone: ballots/s, two workers against one";
const cores = availableParallelism();
if (cores >= 4 || process.env.PALABRE_BENCH_CORES) {
  const [two, one] = await interleaved(
    () => storm(2),
    () => storm(1),
  );
  figure(scaling, 1e6 / two.wall, "/s", 1e6 / one.wall, 1.7, "least");
} else {
  notMeasured(
    scaling,
    `needs 4 cores, there are ${cores} (PALABRE_BENCH_CORES=any does it all the same)`,
  );
}
child.stdin.end();
