// kill -9 in the middle of an erasure, and of the rewriting of the file behind it: PALABRE_CRASH_ERASURES points, spread
// over all calls that `palabre erase` makes on the folder's files (the shim kills it instead of the N-th).
//
// At each point the record is the one before or the one after, and rebuilds identically. After a start what was erased is
// gone from every byte and stands in the list of erasures; what was not is whole, and can be erased.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { live, traces } from "../harness/erasure.ts";
import { eventually } from "../harness/people.ts";
import {
  check,
  crashProgram,
  initFolder,
  must,
  program,
  Server,
  scratch,
} from "../harness/program.ts";

const points = Number(process.env.PALABRE_CRASH_ERASURES ?? 8);
const place = realpathSync(scratch());
const folder = join(place, "folder");
const calls = join(place, "calls");
const model = new Server(await initFolder());
await model.start();
const { person } = await live(model);
await model.stop();
const before = (await check(model.folder)).events;

/** Erases in a fresh copy, under the shim; how it ended. */
function erase(more: Record<string, string>): NodeJS.Signals | number | null {
  rmSync(folder, { recursive: true, force: true });
  cpSync(model.folder, folder, { recursive: true });
  const shim = { LD_PRELOAD: crashProgram("shim.so"), PALABRE_SHIM_FOLDER: folder };
  const args = ["erase", folder, "--member", person.id, "--texts"];
  const run = spawnSync(program, args, { env: { ...process.env, ...shim, ...more } });
  return run.signal ?? run.status;
}

const begin = async () => {
  const server = await new Server(folder).start();
  const { pending } = await server.operator("erasure.state");
  assert.equal(pending, false);
  return server;
};

test("killed at any point: before or after, never between, and the next start ends it", async (t) => {
  assert.equal(erase({ PALABRE_SHIM_CALLS: calls }), 0);
  const total = Number(readFileSync(calls, "utf8"));
  const after = (await check(folder)).events;
  assert.ok(total > points && after > before);
  const met = { old: 0, written: 0, rewritten: 0 };
  for (let point = 0; point < points; point++) {
    const n = 1 + Math.floor(((point + 0.5) * total) / points);
    assert.equal(erase({ PALABRE_SHIM_FAIL: `${n}:KILL` }), "SIGKILL", `call ${n}`);
    const { events } = await check(folder);
    assert.ok(events === before || events === after, `call ${n}: ${events} events`);
    const inFile = traces(folder).includes("data.mdb");
    met[events === before ? "old" : inFile ? "written" : "rewritten"]++;
    const server = await begin();
    if (events === after)
      await eventually("no byte is left", async () => traces(folder).length === 0);
    await server.stop();
    assert.equal((await check(folder)).events, events, `call ${n}`);
    if (events === before) await must("erase", folder, "--member", person.id, "--texts");
    assert.deepEqual(traces(folder), [], `call ${n}`);
    assert.ok(!existsSync(join(folder, "compact")), `call ${n}`);
    assert.match(readFileSync(join(folder, "erasures"), "utf8"), new RegExp(`^${person.id} 1 `));
  }
  t.diagnostic(`figures: ${points} of ${total} calls: ${JSON.stringify(met)}`);
  assert.ok(met.old > 0 && met.written > 0, JSON.stringify(met));
});
