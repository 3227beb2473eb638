// T-R3: the N-th call on the folder's files fails, N = 1 … until a short script ends without reaching it.
//
// The real program runs under the shim (shim.c): no space, an I/O error, an interrupted call, half a write; once, and from
// then on for ever. Whatever was answered without an error must be there after a restart without faults, and what was
// not is asked again as a client does. The program may go on or end with an exit code; it may not be killed by a signal,
// and it may not go on after a sync of the store failed. PALABRE_CRASH_FAULTS says how many of the kinds each N meets.
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { png, sendFile, sha256 } from "../harness/files.ts";
import {
  makeReady,
  newHall,
  newId,
  openPoll,
  type Person,
  post,
  request,
  tokenOf,
} from "../harness/people.ts";
import { check, crashProgram, initFolder, Server, scratch } from "../harness/program.ts";
import { readReceipt, yes } from "../harness/record.ts";
import type { Data } from "../harness/wire.ts";

const kindsEach = Number(process.env.PALABRE_CRASH_FAULTS ?? 1);
const faults = ["EIO", "ENOSPC:ever", "short", "EIO:ever", "ENOSPC", "EINTR", "short:ever"];
const lanes = 2;
const place = realpathSync(scratch());

/** What the script sends, prepared once: the same bytes in every run. */
const model = new Server(await initFolder());
after(() => model.kill());
await model.start();
const { facilitator, members } = await newHall(model, 2);
const [one, two] = members as [Person, Person];
for (const voter of members) await voter.enrol();
const { id: about } = await makeReady(one, facilitator);
const poll = await openPoll(facilitator, [about]);
const guest = { id: newId(), name: "Gaston", class: "members", roles: [], command: newId() };
const { link } = await model.operator("member.invite", guest);
const picture = png(8, 6, 3000);
const ballots = [one.sign(poll), two.sign(poll), one.sign(poll, { counter: 2, choice: yes })];
const casters = [one, two, one];
await model.stop();

type Step = { what: string; ask: (server: Server) => Promise<Data> };
const rpc = (person: { cookie: string } | undefined, method: string, params: Data) => {
  const body = request(method, params);
  return async (server: Server) =>
    JSON.parse((await post(server, person?.cookie ?? "", body)).text);
};
const script: Step[] = [
  {
    what: "join",
    ask: rpc(undefined, "session.join", {
      token: tokenOf(link),
      language: "fr",
      command: newId(),
    }),
  },
  ...ballots.map(({ params }, at) => ({
    what: `ballot ${at}`,
    ask: rpc(casters[at], "ballot.cast", params),
  })),
  {
    what: "upload",
    ask: async (server) => {
      const sender = { server, cookie: one.cookie, rest: async () => {} } as unknown as Person;
      const { status, text } = await sendFile(sender, picture);
      const said = JSON.parse(text);
      return status === 200 ? { result: said } : said;
    },
  },
  { what: "close", ask: rpc(facilitator, "poll.close", { id: poll.poll, command: newId() }) },
];

type Run = { met: string; end: number | string; answers: Map<string, Data> };

/** The script on a copy of the folder, under a fault. */
async function runFaulty(folder: string, fault: string): Promise<Run> {
  const met = `${folder}.met`;
  cpSync(model.folder, folder, { recursive: true, filter: (path) => !path.endsWith("/control") });
  const env = {
    LD_PRELOAD: crashProgram("shim.so"),
    PALABRE_SHIM_FOLDER: folder,
    PALABRE_SHIM_FAIL: fault,
    PALABRE_SHIM_MET: met,
  };
  const wrap = ["env", ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  const server = new Server(folder, { wrap });
  const answers = new Map<string, Data>();
  try {
    await server.start();
    for (const { what, ask } of script) answers.set(what, await ask(server));
  } catch (error) {
    // It ended, at the start or before it answered. An error of the test itself goes on.
    if (await server.lives(200)) throw error;
  }
  const end = await server.ending();
  const text = existsSync(met) ? readFileSync(met, "utf8").trim() : "";
  rmSync(met, { force: true });
  return { met: text, end, answers };
}

/** The folder afterwards, without faults. */
async function judge(folder: string, run: Run): Promise<void> {
  const server = new Server(folder);
  await server.start();
  try {
    const again = new Map<string, Data>();
    for (const { what, ask } of script) {
      const before = run.answers.get(what);
      if (what === "join" && before?.result) continue;
      const answer = await ask(server);
      again.set(what, answer);
      const closed = what === "close" && run.answers.get("close")?.result;
      const late = what.startsWith("ballot") && !before?.result && run.answers.get("close")?.result;
      if (late) continue;
      assert.ok(answer.result || what === "join", `${what} again: ${JSON.stringify(answer)}`);
      if (before?.result && !closed) assert.equal(answer.result.seq, before.result.seq, what);
    }
    for (const [at, { tbs }] of ballots.entries()) {
      const kept = run.answers.get(`ballot ${at}`) ?? again.get(`ballot ${at}`);
      if (!kept?.result) continue;
      const receipt = readReceipt(kept.result.receipt, one.vkey, tbs);
      assert.equal(receipt.index, kept.result.seq);
    }
    if (run.answers.get("upload")?.result)
      assert.equal(sha256(readFileSync(join(folder, "files", sha256(picture)))), sha256(picture));
  } finally {
    await server.stop();
  }
  await check(folder);
}

const found = { runs: 0, last: 0, ended: 0, refused: new Map<string, number>() };
/** The calls that write into the store. */
const writes: number[] = [];

async function tryFault(n: number, fault: string): Promise<boolean> {
  const folder = join(place, `${n}-${fault.replace(":", "-")}`);
  const run = await runFaulty(folder, `${n}:${fault}`);
  const [call = "", path = "", how = ""] = run.met.split(/ (?=\S+$)|(?<=^\S+) /);
  const said = `call ${n}, ${fault} (${run.met || "not met"})`;
  try {
    assert.equal(typeof run.end, "number", `killed by ${run.end}`);
    if (call === "sync" && path === "data.mdb" && how === "failed" && fault !== "EINTR")
      assert.notEqual(run.end, 0, "goes on after a sync that failed");
    for (const [what, answer] of run.answers) {
      if (answer.result) continue;
      const reason = answer.error?.data?.reason ?? answer.error?.message;
      assert.ok(reason, `${what}: ${JSON.stringify(answer)}`);
      found.refused.set(reason, (found.refused.get(reason) ?? 0) + 1);
    }
    await judge(folder, run);
  } catch (error) {
    throw new Error(`${said}: ${error}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  found.runs++;
  found.ended += run.end === 0 ? 0 : 1;
  if (call === "write" && path === "data.mdb") writes.push(n);
  if (run.met) found.last = Math.max(found.last, n);
  return run.met !== "";
}

test("T-R3 the n-th call fails, until the script ends without reaching it", async (t) => {
  let next = 1;
  let reached = true;
  async function lane(): Promise<void> {
    while (reached) {
      const n = next++;
      for (let at = 0; at < kindsEach; at++)
        if (!(await tryFault(n, faults[(n + at) % faults.length] as string))) reached = false;
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  const refused = [...found.refused].map(([reason, count]) => `${count} ${reason}`).join(", ");
  t.diagnostic(
    `figures: n up to ${found.last}, ${found.runs} runs, ${found.ended} ended the program, refused: ${refused}`,
  );
  assert.ok(found.last >= 40, `the script makes only ${found.last} calls`);
  assert.ok(found.ended > 0 && found.refused.size > 0, "no fault was felt");
});

test("T-R3 the judge sees a disk that says it has written and has not", async () => {
  const some = [0.3, 0.5, 0.7].map(
    (part) => writes.toSorted((a, b) => a - b)[Math.floor(writes.length * part)],
  );
  const seen = await Promise.allSettled(some.map((n) => tryFault(n as number, "lie:ever")));
  assert.ok(
    seen.some(({ status }) => status === "rejected"),
    `lies about the writes ${some} go unseen`,
  );
});
