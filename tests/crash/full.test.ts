// T-R5: the disk is full, then the map is. Writes of every kind are refused with storage.full and leave nothing, reads and
// the live view go on, and with space again, or a greater map after SIGHUP, so do writes, without a restart.
// PALABRE_CRASH_FULL says how often.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { png, sendFile, upload } from "../harness/files.ts";
import {
  eventually,
  newId,
  newPerson,
  newProposal,
  type Person,
  post,
  request,
  tokenOf,
} from "../harness/people.ts";
import { check, initFolder, must, Server, scratch } from "../harness/program.ts";
import { type Data, httpRequest } from "../harness/wire.ts";

const rounds = Number(process.env.PALABRE_CRASH_FULL ?? 1);
const reasonOf = (answer: Data) => answer.error?.data?.reason ?? "";
const link = (id: string) => ({ id, command: newId() });
const invitation = () => ({ ...link(newId()), name: "Plein", class: "members" });

/** Proposals too long to fit into what is left, in one transaction. */
function longProposals(author: Person, count: number): Data[] {
  const source = { format: "test", at_ms: 0, supports: 0, comments: 0, author: "?" };
  return Array.from({ length: count }, (_, at) =>
    request("import.proposal", {
      ...link(newId()),
      language: "fr",
      title: `Long ${at}`,
      need: "",
      text: "x".repeat(20_000),
      author: author.id,
      source: { ...source, id: newId() },
      state: "discussed",
    }),
  );
}

/** Every kind of write is refused in the same way, and reading goes on. */
async function nothingFits(server: Server, person: Person, room: string): Promise<void> {
  const before = await server.checkpoint();
  const draft = { object: `proposal/${newId()}`, field: "text", text: "Un brouillon", at_ms: 1 };
  const writes: [string, Data][] = [
    ["member.invite", invitation()],
    ["draft.save", { ...draft, command: newId() }],
    ["member.link", link(person.id)],
  ];
  for (const [method, params] of writes)
    await assert.rejects(person.call(method, params), /storage\.full/, `${method}, ${room}`);
  const file = await sendFile(person, png(8, 6, 70_000));
  assert.equal(file.status, 507, `a file, ${room}: ${file.text}`);
  assert.equal(reasonOf(JSON.parse(file.text)), "storage.full", room);
  assert.equal(await server.checkpoint(), before);
  assert.ok((await person.call("member.list")).items.length > 0);
  assert.ok(await person.call("session.ping"));
}

/** What /readyz names. */
async function problems(server: Server): Promise<string[]> {
  const socketPath = join(server.folder, "admin");
  const answer = await httpRequest({ socketPath, path: "/readyz" });
  const { problems } = JSON.parse(answer.text);
  assert.equal(answer.status, problems.length > 0 ? 503 : 200);
  return problems;
}

/** Lines of the log about the storage, since the server last started: once for each change. */
const saidOfStorage = (server: Server) =>
  [...server.log.matchAll(/ (error|warning) storage (full|there is room)/g)].map((one) => one[2]);

/** Somebody enters by a link, and the live view shows something new. */
async function allGoesOn(server: Server, person: Person, live: Data): Promise<void> {
  const invited = invitation();
  await person.call("member.invite", invited);
  await newProposal(person);
  await live.until(
    "the proposal appears",
    () => live.topics.get("proposals")?.documents.size > live.seen,
  );
  live.seen = live.topics.get("proposals").documents.size;
  const { link: fresh } = await server.operator("member.link", link(invited.id));
  const join = { token: tokenOf(fresh), language: "fr", command: newId() };
  assert.equal((await post(server, "", request("session.join", join))).status, 200);
  await upload(person, png(8, 6, 100));
}

/** A small disk of its own; undefined = this machine does not let us. */
function smallDisk(megabytes: number): string | undefined {
  const folder = join(scratch(), "disk");
  mkdirSync(folder);
  try {
    const options = ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder];
    execFileSync("mount", options, { stdio: "ignore" });
  } catch {
    return undefined;
  }
  return folder;
}

async function watching(person: Person): Promise<Data> {
  const live: Data = await person.socket();
  await live.watch("proposals");
  live.seen = live.topics.get("proposals").documents.size;
  return live;
}

test(`T-R5 a full disk (${rounds}): refused, read on, and back without a restart`, async (t) => {
  const disk = smallDisk(8);
  if (!disk) return t.skip("mounting a small disk needs root");
  t.after(() => execFileSync("umount", ["-l", disk], { stdio: "ignore" }));
  for (let round = 0; round < rounds; round++) {
    const folder = join(disk, `org${round}`);
    await must("init", folder, "--name", "Les Essais", "--languages", "fr", "--time-zone", "UTC");
    const own = new Server(folder);
    t.after(() => own.kill());
    await own.start();
    const person = await newPerson(own, "Ada", ["admin"]);
    const live = await watching(person);
    const filler = join(disk, "filler");
    const fill = (left: number) => {
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - left)), { flag: "a" });
    };
    await allGoesOn(own, person, live);
    assert.deepEqual(await problems(own), []);
    for (const left of [300 << 10, 50 << 10, 0]) {
      fill(left);
      await nothingFits(own, person, `${left} bytes left`);
    }
    assert.deepEqual(await problems(own), ["storage_full"]);
    await eventually("the log says so", () => saidOfStorage(own).length > 0);
    rmSync(filler);
    await allGoesOn(own, person, live);
    assert.deepEqual(await problems(own), []);
    await eventually("the log says so", () => saidOfStorage(own).length > 1);
    assert.deepEqual(saidOfStorage(own), ["full", "there is room"]);
    fill(0);
    await own.kill();
    await own.start();
    await nothingFits(own, person, "after a restart on the full disk");
    rmSync(filler);
    const again = await watching(person);
    await allGoesOn(own, person, again);
    // A commit that itself runs out of space: more than is left above the reserve goes into one transaction.
    fill(500 << 10);
    const batch = longProposals(person, 60);
    const answers: Data[] = JSON.parse((await own.operatorRaw(batch)).text);
    assert.deepEqual(
      answers.map(reasonOf),
      batch.map(() => "storage.full"),
    );
    rmSync(filler);
    const retried: Data[] = JSON.parse((await own.operatorRaw(batch)).text);
    for (const answer of retried) assert.ok(answer.result?.number, JSON.stringify(answer));
    await allGoesOn(own, person, again);
    await own.stop();
    await check(folder);
    rmSync(folder, { recursive: true });
  }
});

test(`T-R5 a full map (${rounds}): refused, read on, and back with a greater map`, async (t) => {
  for (let round = 0; round < rounds; round++) {
    const folder = await initFolder();
    const settings = join(folder, "palabre.conf");
    writeFileSync(settings, "map-size = 16\n");
    const own = new Server(folder);
    t.after(() => own.kill());
    await own.start();
    const person = await newPerson(own, "Ada", ["admin"]);
    const live = await watching(person);
    let refusedOnes: Data[] = [];
    for (let sent = 0; refusedOnes.length === 0; sent++) {
      assert.ok(sent < 60, "the map does not fill");
      const batch = longProposals(person, 15);
      const answers: Data[] = JSON.parse((await own.operatorRaw(batch)).text);
      const reasons = new Set(answers.map(reasonOf).filter(Boolean));
      if (reasons.size > 0) assert.deepEqual([...reasons], ["storage.full"]);
      refusedOnes = batch.filter((_, at) => reasonOf(answers[at]));
    }
    // What is left takes small things still, down to the reserve; then nothing.
    for (let sent = 0; ; sent++) {
      assert.ok(sent < 400, "the reserve is never reached");
      const [answer] = JSON.parse((await own.operatorRaw(longProposals(person, 1))).text);
      if (reasonOf(answer)) break;
    }
    await nothingFits(own, person, "the map is full");
    assert.deepEqual(await problems(own), ["storage_full"]);
    assert.ok(live.closed === undefined, "the live view was closed");
    writeFileSync(settings, "map-size = 64\n");
    process.kill(own.pid, "SIGHUP");
    while (!own.log.includes("changed: map-size")) await sleep(20);
    await allGoesOn(own, person, live);
    const retried: Data[] = JSON.parse((await own.operatorRaw(refusedOnes)).text);
    for (const answer of retried) assert.ok(answer.result?.number, JSON.stringify(answer));
    await own.stop();
    await check(folder);
  }
});
