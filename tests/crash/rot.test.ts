// T-R6: bits rot. A bit is flipped, a page zeroed or filled with junk, the file cut: over every kind of page, seeded.
// `palabre check` (the sanitizers' build) must say so, or say what it said before; it never ends by a memory error of its
// own, and never calls another record valid. PALABRE_CRASH_ROT says how often, PALABRE_CRASH_SEED which.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeReady, newHall, openPoll, type Person } from "../harness/people.ts";
import { initFolder, program, root, Server, scratch } from "../harness/program.ts";
import { yes } from "../harness/record.ts";

const states = Number(process.env.PALABRE_CRASH_ROT ?? 100);
const seed = Number(process.env.PALABRE_CRASH_SEED ?? 1);
const lanes = 2;
const page = 4096;
const sanitized = join(process.env.PALABRE_BUILD ?? join(root, "build"), "asan/palabre");
const checker = existsSync(sanitized) ? sanitized : program;
// A damaged page may end the child that reads it; only what the sanitizers find in our own memory is an error.
const quiet = "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0";

function random(start: number): () => number {
  let at = (start * 0x9e3779b1) >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

async function checkFolder(
  folder: string,
): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...process.env, ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ""}:${quiet}` };
  const child = spawn(checker, ["check", folder], { env, stdio: ["ignore", "pipe", "pipe"] });
  const run = { code: null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    run.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    run.err += text;
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  return { ...run, code };
}

const server = new Server(await initFolder());
await server.start();
const { facilitator, members } = await newHall(server, 3);
for (const voter of members) await voter.enrol();
const [author] = members as [Person];
for (let at = 0; at < 3; at++) {
  const { id } = await makeReady(author, facilitator);
  const poll = await openPoll(facilitator, [id]);
  for (const voter of members) await voter.vote(poll, yes);
  const text = "Un long avis. ".repeat(500);
  await author.create("comment.post", { language: "fr", on: { kind: "proposal", id }, text });
  await facilitator.act("poll.close", { id: poll.poll });
}
await server.stop();
const sound = readFileSync(join(server.folder, "data.mdb"));
/** Pages by what they say they are: branch, leaf, overflow, meta, and those that are free. */
const kinds = new Map<number, number[]>();
for (let at = 0; at < sound.length / page; at++) {
  const kind = sound.readUInt16LE(at * page + 10);
  kinds.set(kind, [...(kinds.get(kind) ?? []), at]);
}

function spoil(state: number): { bytes: Buffer; said: string } {
  const next = random(seed * 1_000_003 + state);
  const pick = <T>(list: T[]): T => list[Math.floor(next() * list.length)] as T;
  const bytes = Buffer.from(sound);
  const kind = [...kinds.keys()][state % kinds.size] as number;
  const number = pick(kinds.get(kind) as number[]);
  const at = number * page;
  const how = pick(["flip", "flip", "flip in the head", "zero", "junk", "cut"]);
  const said = `page ${number} of kind ${kind}, ${how}`;
  if (how === "cut") return { bytes: bytes.subarray(0, at + Math.floor(next() * 2) * 512), said };
  if (how === "zero") bytes.fill(0, at, at + page);
  if (how === "junk") for (let byte = at; byte < at + page; byte++) bytes[byte] = next() * 256;
  if (how.startsWith("flip")) {
    const where = at + Math.floor(next() * (how === "flip" ? page : 160));
    bytes[where] = (bytes[where] as number) ^ (1 << Math.floor(next() * 8));
  }
  return { bytes, said };
}

test(`T-R6 ${states} spoiled files: check says so, or says what it said before`, async (t) => {
  const before = await checkFolder(server.folder);
  assert.equal(before.code, 0, before.err);
  assert.ok(kinds.size >= 4, `kinds of pages: ${[...kinds.keys()]}`);
  const found = { seen: 0, unchanged: 0, ended: 0 };
  let next = 0;
  async function lane(): Promise<void> {
    const folder = join(scratch(), "org");
    while (next < states) {
      const state = next++;
      const { bytes, said } = spoil(state);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { mode: 0o700 });
      copyFileSync(join(server.folder, "ledger.key"), join(folder, "ledger.key"));
      writeFileSync(join(folder, "data.mdb"), bytes);
      const { code, out, err } = await checkFolder(folder);
      const told = `state ${state} (${said}): exit ${code}, ${out}${err.slice(0, 1500)}`;
      assert.ok(code === 0 || code === 1 || code === 2, told);
      assert.doesNotMatch(err, /Sanitizer|runtime error|palabre: bug/, told);
      if (code === 0) assert.equal(out, before.out, told);
      else assert.match(err, /palabre: /, told);
      found.seen += code === 0 ? 0 : 1;
      found.unchanged += code === 0 ? 1 : 0;
      found.ended += /ended the check/.test(err) ? 1 : 0;
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  const { seen, unchanged, ended } = found;
  t.diagnostic(
    `figures: ${seen} of ${states} seen (${ended} by the end of the child that reads), ${unchanged} without consequence`,
  );
  assert.ok(seen > states / 5, `only ${seen} of ${states} were felt`);
});
