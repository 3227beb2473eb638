// A folder in one file, while it is served: taken during a storm of ballots, killed in the middle, written where there is
// no room, altered in every way. What comes out is whole or is not there.
//
// PALABRE_BACKUPS says how many backups are taken in the storm, PALABRE_STALL_MS how long no ballot may be acknowledged
// meanwhile. That is the disk's affair, too: without it the time is told, and a backup stands still to show that nobody waits.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { attach, pdf, png, sha256 } from "../harness/files.ts";
import { makeReady, newHall, newProposal, openPoll, type Person } from "../harness/people.ts";
import { must, palabre, program, type Run, scratch, serveNew } from "../harness/program.ts";
import { checkConsistency, no, readCheckpoint, yes } from "../harness/record.ts";

const backups = Number(process.env.PALABRE_BACKUPS ?? 3);
const stallMs = Number(process.env.PALABRE_STALL_MS ?? 10_000);
const server = await serveNew({ more: ["--ballot-rate", "0"] });
const { facilitator, members: voters } = await newHall(server, 8);
const author = voters[0] as Person;
for (const voter of voters) await voter.enrol();
const { id } = await makeReady(author, facilitator);
const poll = await openPoll(facilitator, [id]);
const picture = png(40, 30);
const idea = { kind: "proposal", id: (await newProposal(author, "Un banc")).id };
await attach(author, idea, "banc.png", picture, { alt: "Le banc" });
await attach(author, idea, "devis.pdf", pdf("devis"));
const place = scratch();

/** Ballots one after the other from every voter until it is stopped; when each was acknowledged. */
class Storm {
  readonly times: number[] = [];
  #stopped = false;
  #running: Promise<void>[] = [];

  async start(): Promise<this> {
    const sockets = await Promise.all(voters.map((voter) => voter.socket()));
    this.#running = voters.map(async (voter, at) => {
      for (let counter = counters[at] ?? 1; !this.#stopped; counter++) {
        const { params } = voter.sign(poll, { counter, choice: counter % 3 ? yes : no });
        await sockets[at]?.call("ballot.cast", params);
        this.times.push(performance.now());
        counters[at] = counter + 1;
      }
    });
    return this;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  /** The longest time without an acknowledged ballot between two moments. */
  longest(from: number, to: number): number {
    const within = [from, ...this.times.filter((time) => time >= from && time <= to), to];
    return Math.max(...within.slice(1).map((time, at) => time - (within[at] ?? time)));
  }
}
const counters: number[] = [];

const said = /^backup: (\d+) events, (\d+) files, (\d+) bytes, checkpoint (\d+) ([0-9a-f]{16})/;
/** What stands in a backup, by name, as tar reads it. */
function entries(file: string): Map<string, Buffer> {
  const folder = join(scratch(), "unpacked");
  mkdirSync(folder);
  const tar = spawnSync("tar", ["xf", file, "-C", folder]);
  assert.equal(tar.status, 0, String(tar.stderr));
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

test("T-R11 backups in a storm of ballots: whole, of a stated place, and no ballot waits for them", async (t) => {
  const storm = await new Storm().start();
  const began = performance.now();
  await sleep(700);
  const quiet = storm.longest(began, performance.now());
  const stalls: number[] = [];
  let before = readCheckpoint(await server.checkpoint(), author.vkey);
  for (let round = 0; round < backups; round++) {
    const file = join(place, `storm-${round}`);
    const from = performance.now();
    const out = await must("backup", server.folder, file);
    stalls.push(storm.longest(from, performance.now()));
    const [, events, files] = said.exec(out) ?? assert.fail(out);
    const held = entries(file);
    const manifest = JSON.parse(String(held.get("manifest.json")));
    const seal = readCheckpoint(manifest.checkpoint, author.vkey);
    assert.equal(Number(events), seal.size);
    assert.equal(Number(files), 2);
    assert.ok(seal.size > before.size, "ballots were cast meanwhile");
    const { hashes } = await author.call("log.proof", { from: before.size, to: seal.size });
    checkConsistency(
      before,
      seal,
      hashes.map((text: string) => Buffer.from(text, "base64url")),
    );
    assert.equal(manifest.root, seal.root.toString("hex"));
    for (const part of manifest.parts) {
      const bytes = held.get(part.name) ?? assert.fail(part.name);
      assert.equal(bytes.length, part.size);
      assert.equal(sha256(bytes), part.sha256);
    }
    assert.equal(held.size, manifest.parts.length + 1);
    assert.deepEqual(held.get(`files/${sha256(picture)}`), picture);
    assert.ok(!held.has("ledger.key"), "the key stays at home");
    before = seal;
  }
  await storm.stop();
  const rate = (storm.times.length * 1000) / (performance.now() - began);
  t.diagnostic(
    `longest wait for a ballot: ${Math.round(quiet)} ms before, ${stalls.map(Math.round).join(", ")} ms during; ${Math.round(rate)} ballots/s`,
  );
  for (const stall of stalls) assert.ok(stall - quiet < stallMs, `${stall} ms, ${quiet} ms before`);
  for (let round = 0; round < backups; round++) {
    const out = await must("check", join(place, `storm-${round}`));
    assert.match(out, /identical\nthe backup is whole: 4 parts/);
  }
});

test("a backup says when it was last made, never overwrites, and leaves nothing beside itself", async () => {
  const file = join(place, "once");
  rmSync(join(server.folder, "backup.stamp"));
  const now = Math.floor(Date.now() / 1000);
  assert.match(await must("backup", server.folder, file), /the ledger key is not in it/);
  const stamp = Number(readFileSync(join(server.folder, "backup.stamp"), "utf8"));
  assert.ok(stamp >= now && stamp <= now + 60, String(stamp));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const kept = readFileSync(file);
  const again = await palabre("backup", server.folder, file);
  assert.equal(again.code, 1);
  assert.match(again.err, /it is there already/);
  assert.deepEqual(readFileSync(file), kept);
  const nowhere = await palabre("backup", server.folder, join(place, "no", "folder"));
  assert.equal(nowhere.code, 1);
  assert.equal((await palabre("backup", place, join(place, "none"))).code, 2);
  assert.deepEqual(
    readdirSync(place).filter((name) => !/^(storm-\d+|once)$/.test(name)),
    [],
  );
});

test("with its key, to standard output", async () => {
  const file = join(place, "piped");
  const child = spawn(program, ["backup", server.folder, "-", "--with-key"]);
  const bytes: Buffer[] = [];
  let err = "";
  child.stdout.on("data", (piece) => bytes.push(piece));
  child.stderr.on("data", (piece) => {
    err += piece;
  });
  const [code] = await once(child, "close");
  assert.equal(code, 0, err);
  assert.match(err, /keep it as you keep the server itself/);
  writeFileSync(file, Buffer.concat(bytes));
  assert.equal(
    String(entries(file).get("ledger.key")),
    readFileSync(join(server.folder, "ledger.key"), "utf8"),
  );
  assert.match(await must("check", file), /whole/);
});

/** Begins a backup to this file and interrupts it with this signal once that stands beside the file, hence before it is done. */
async function interrupted(file: string, beside: string, signal: "SIGKILL" | "SIGSTOP") {
  for (;;) {
    rmSync(`${file}.part`, { recursive: true, force: true });
    const child = spawn(program, ["backup", server.folder, file], { stdio: "ignore" });
    const ended = once(child, "exit");
    while (!existsSync(join(`${file}.part`, beside)) && child.exitCode === null) await sleep(1);
    child.kill(signal);
    if (signal === "SIGKILL") await ended;
    while (child.exitCode === null && signal === "SIGSTOP" && !isStopped(child.pid)) await sleep(1);
    if (!existsSync(file)) return { child, ended };
    // It was quicker: another one.
    child.kill("SIGCONT");
    await ended;
    rmSync(file);
  }
}
const isStopped = (pid: number | undefined) =>
  /\) T /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));

test("killed in the middle: no file, and the next one takes its place", async () => {
  const file = join(place, "killed");
  for (const beside of ["", "data.mdb"]) await interrupted(file, beside, "SIGKILL");
  assert.match(await must("backup", server.folder, file), said);
  assert.ok(!existsSync(`${file}.part`));
  assert.match(await must("check", file), /whole/);
});

test("T-R11 a backup that stands still in the middle keeps no ballot waiting", async () => {
  for (const beside of ["", "data.mdb"]) {
    const file = join(place, `still-${beside}`);
    const { child, ended } = await interrupted(file, beside, "SIGSTOP");
    for (const [at, voter] of voters.entries()) {
      const counter = counters[at] ?? 1;
      await voter.vote(poll, yes, { counter });
      counters[at] = counter + 1;
    }
    assert.ok(!existsSync(file));
    child.kill("SIGCONT");
    assert.equal((await ended)[0], 0);
    assert.match(await must("check", file), /whole/);
  }
});

test("T-R11 the server dies during a backup: the backup is whole, and so is the folder", async () => {
  const file = join(place, "orphaned");
  const child = spawn(program, ["backup", server.folder, file], { stdio: "ignore" });
  const ended = once(child, "exit");
  while (!existsSync(`${file}.part`) && child.exitCode === null) await sleep(1);
  await server.kill();
  const [code] = await ended;
  assert.equal(code, 0);
  assert.match(await must("check", file), /whole/);
  const unserved = join(place, "unserved");
  await must("backup", server.folder, unserved);
  assert.match(await must("check", unserved), /whole/);
  await server.start();
});

test("two at once: to one file, one of them; to two, both", async () => {
  const one = join(place, "one");
  const two = join(place, "two");
  mkdirSync(`${one}.part`);
  const holder = spawn("flock", ["-F", `${one}.part/lock`, "sleep", "30"], { stdio: "ignore" });
  const held = () => spawnSync("flock", ["-n", `${one}.part/lock`, "true"]).status === 1;
  while (!held()) await sleep(5);
  const refused = await palabre("backup", server.folder, one);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /another backup is being written/);
  process.kill(holder.pid as number);
  await once(holder, "exit");
  spawnSync("flock", [`${one}.part/lock`, "true"]);
  const both: Run[] = await Promise.all(
    [one, two].map((file) => palabre("backup", server.folder, file)),
  );
  for (const run of both) assert.equal(run.code, 0, run.err);
});

test("no room at the target: said, and nothing is left", async (t) => {
  const small = scratch();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=300k", "tmpfs", small]);
  if (mounted.status !== 0) return t.skip(`no tmpfs can be mounted: ${mounted.stderr}`);
  try {
    const run = await palabre("backup", server.folder, join(small, "backup"));
    assert.equal(run.code, 1);
    assert.match(run.err, /No space left/);
    assert.deepEqual(readdirSync(small), []);
  } finally {
    spawnSync("umount", [small]);
  }
  await author.vote(poll, yes, { counter: counters[0] ?? 1 });
});

/** Sets the checksum of the tar head at this place. */
function reseal(bytes: Buffer, at: number): void {
  bytes.fill(" ", at + 148, at + 156);
  const sum = bytes.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0`, at + 148, "latin1");
}

test("what was altered, cut, prolonged or made to lead elsewhere is refused by a sentence", async () => {
  const good = join(place, "good");
  await must("backup", server.folder, good);
  const whole = readFileSync(good);
  const manifestSize = Number.parseInt(whole.toString("latin1", 124, 135), 8);
  const second = 512 + Math.ceil(manifestSize / 512) * 512;
  assert.equal(whole.toString("latin1", second, second + 8), "data.mdb");
  const change = (at: number, text: string) => (bytes: Buffer) => {
    bytes.write(text, at, "latin1");
    return bytes;
  };
  const flip = (at: number) => (bytes: Buffer) => {
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    return bytes;
  };
  const inManifest = (from: string, to: string) => (bytes: Buffer) => {
    const at = bytes.indexOf(from);
    assert.ok(at > 0 && from.length === to.length, from);
    return change(at, to)(bytes);
  };
  const cases: [string, (bytes: Buffer) => Buffer, RegExp][] = [
    ["nothing", () => Buffer.alloc(0), /cut off/],
    ["half", (bytes) => bytes.subarray(0, bytes.length >> 1), /cut off/],
    ["without its last block", (bytes) => bytes.subarray(0, bytes.length - 512), /cut off/],
    ["one byte more", (bytes) => Buffer.concat([bytes, Buffer.from("x")]), /behind its end/],
    ["a page of the store", flip(second + 512 + 20_000), /data\.mdb was altered/],
    ["a hash", inManifest('"sha256":"', '"sha257":"'), /not that of a backup/],
    ["a newer format", inManifest('"format":1', '"format":2'), /newer version/],
    ["another place", inManifest('"name":"data.mdb"', '"name":"../a.mdb"'), /not that of a backup/],
    [
      "another record",
      inManifest('"last_ms":1', '"last_ms":2'),
      /another record than its manifest/,
    ],
    ["a name", change(second, "date.mdb"), /something else than its manifest/],
    [
      "a name that leads out",
      (bytes) => {
        bytes.write("../../up", second, "latin1");
        reseal(bytes, second);
        return bytes;
      },
      /something else than its manifest/,
    ],
    [
      "a link",
      (bytes) => {
        bytes.write("2", second + 156, "latin1");
        reseal(bytes, second);
        return bytes;
      },
      /something else than its manifest/,
    ],
    ["another kind of file", () => Buffer.from("a,b\n".repeat(1000)), /not a backup/],
  ];
  for (const [what, alter, words] of cases) {
    const file = join(place, "altered");
    writeFileSync(file, alter(Buffer.from(whole)));
    const run = await palabre("check", file);
    assert.equal(run.code, 1, `${what}: ${run.out}`);
    assert.match(run.err, words, what);
  }
});

test("bytes that are gone are named, the rest is in the backup", async () => {
  const lost = join(server.folder, "files", sha256(picture));
  const kept = readFileSync(lost);
  rmSync(lost);
  const file = join(place, "missing");
  const run = await palabre("backup", server.folder, file);
  writeFileSync(lost, kept, { mode: 0o600 });
  assert.equal(run.code, 1);
  assert.match(run.err, new RegExp(`files/${sha256(picture)}: missing`));
  assert.match(run.out, /, 1 files, /);
  assert.match(await must("check", file), /some files were missing/);
});
