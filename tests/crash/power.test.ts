// T-R2: power cuts, simulated. The real program runs under a shim that records every write, sync and name of its folder
// and everything it sends; power.c makes of it what a disk may hold at each sync and opens that with the real code.
// PALABRE_CRASH_STATES says how many states are tried. What is promised stands in docs/durability.md.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { png, upload } from "../harness/files.ts";
import { makeReady, newHall, openPoll, type Person } from "../harness/people.ts";
import { crashProgram, program, Server, scratch } from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";

const states = Number(process.env.PALABRE_CRASH_STATES ?? 500);
const seed = Number(process.env.PALABRE_CRASH_SEED ?? 1);
const place = realpathSync(scratch());
const record = join(place, "record");

type Judged = { [what: string]: number } & { code: number | null; err: string };

function judge(count: number, plant = ""): Judged {
  const work = join(place, `work${plant}`);
  const args = [record, work, String(count), String(seed), plant];
  const { status, stdout, stderr } = spawnSync(crashProgram("power"), args, { encoding: "utf8" });
  return { ...JSON.parse(stdout || "{}"), code: status, err: stderr.slice(0, 2000) };
}

test("T-R2 a session is recorded", async () => {
  const folder = join(place, "org");
  mkdirSync(folder);
  const shim = { PALABRE_SHIM_FOLDER: folder, PALABRE_SHIM_RECORD: record };
  const env = { LD_PRELOAD: crashProgram("shim.so"), ...shim };
  const wrap = ["env", ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  const named = ["--name", "Les Essais", "--languages", "fr", "--time-zone", "UTC"];
  execFileSync("env", [...wrap.slice(1), program, "init", folder, ...named], { stdio: "ignore" });
  const server = new Server(folder, { wrap });
  await server.start();
  const { facilitator, members } = await newHall(server, 4);
  const [author] = members as [Person];
  for (const voter of members) await voter.enrol();
  const proposal = await makeReady(author, facilitator);
  const poll = await openPoll(facilitator, [proposal.id]);
  const socket = await author.socket();
  await socket.watch(`poll/${poll.poll}`);
  for (let round = 0; round < 3; round++) {
    await Promise.all(members.map((voter, at) => voter.vote(poll, at === round ? no : yes)));
    for (const voter of members) await voter.vote(poll, yes);
    await upload(author, png(8, 6, round * 5000));
    const on = { kind: "proposal", id: proposal.id };
    await author.create("comment.post", { language: "fr", on, text: "Vu. ".repeat(200) });
  }
  await facilitator.act("poll.close", { id: poll.poll });
  await server.stop();
});

test(`T-R2 ${states} states after a power cut: all that was promised is there`, (t) => {
  const judged = judge(states);
  assert.equal(judged.code, 0, judged.err);
  assert.equal(judged.states, states);
  assert.equal(judged.receipts, 24);
  assert.equal(judged.files, 3);
  assert.ok((judged.sessions ?? 0) >= 6 && (judged.events ?? 0) > 50);
  const { distinct, syncs, receipts, sessions, files } = judged;
  t.diagnostic(
    `figures: ${states} states (${distinct} distinct) at ${syncs} syncs, of ${receipts} receipts, ${sessions} sessions, ${files} files`,
  );
});

test("T-R2 the judge sees replies that leave too early, and syncs that do nothing", () => {
  for (const plant of ["early", "nosync"]) {
    const judged = judge(60, plant);
    assert.equal(judged.code, 1, plant);
    assert.ok((judged.failed ?? 0) >= 6, `${plant}: ${judged.failed} of 60`);
  }
});
