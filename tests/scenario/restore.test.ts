// The way back: a server dies by kill -9 after its backup, and another folder goes on with the record in a new epoch. What
// was recorded before is proved by the old receipts, what was recorded after is named, and people do it again.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { attach, fetchFile, png, sha256 } from "../harness/files.ts";
import { counted, makeReady, newHall, newProposal, openPoll, Person } from "../harness/people.ts";
import { check, must, palabre, Server, scratch, serveNew } from "../harness/program.ts";
import { checkConsistency, no, readCheckpoint, readReceipt, yes } from "../harness/record.ts";
import { Refused } from "../harness/wire.ts";

const server = await serveNew();
const { facilitator, members } = await newHall(server, 3);
const [author, second] = members as [Person, Person];
const place = scratch();
const picture = png(40, 30);
const idea = await newProposal(author, "Un banc");
await attach(author, { kind: "proposal", id: idea.id }, "banc.png", picture, { alt: "Le banc" });
const { id } = await makeReady(author, facilitator);
await author.enrol();
await second.enrol();
const poll = await openPoll(facilitator, [id]);
const kept = await author.vote(poll, yes);
const oldVkey = author.vkey;
const seen = readCheckpoint(await server.checkpoint(), oldVkey);
const backup = join(place, "backup");
await must("backup", server.folder, backup);
const key = join(place, "ledger.key");
writeFileSync(key, readFileSync(join(server.folder, "ledger.key")), { mode: 0o600 });
await second.vote(poll, yes);
await newProposal(second, "Perdu");
const known = join(place, "known");
writeFileSync(known, await server.checkpoint());
const lost = readCheckpoint(await server.checkpoint(), oldVkey);
await server.kill();

/** A proof of log.epoch: where the event stands, and the seal behind it. */
function readProof(text: string): { index: number; payload: Buffer; note: string } {
  const lines = text.split("\n");
  const extra = Buffer.from((lines[1] ?? "").slice(6), "base64");
  const gap = lines.indexOf("");
  return {
    index: Number((lines[2] ?? "").slice(6)),
    payload: extra.subarray(91),
    note: lines.slice(gap + 1).join("\n"),
  };
}

/** The same person before another server. */
async function again(person: Person, where: Server): Promise<Person> {
  const one = new Person(where);
  one.id = person.id;
  await one.enterAgain();
  one.device = person.device;
  return one;
}

test("T-R11 restored with its key: what was kept is proved, what was lost is named, and life goes on", async () => {
  const folder = join(place, "with-key");
  mkdirSync(folder);
  const out = await must("restore", backup, folder, "--key", key, "--known", known);
  assert.match(out, new RegExp(`^restored: ${seen.size} events up to 20.* UTC, 1 files, checked`));
  assert.match(out, /vouched for by the old key/);
  assert.match(out, new RegExp(`from event ${seen.size} on`));
  const gone = lost.size - seen.size;
  assert.ok(gone >= 2);
  assert.match(
    out,
    new RegExp(`lost for certain: ${gone} events, ${seen.size} to ${lost.size - 1}\n`),
  );
  assert.match(out, /votes that were open; .*:\n {2}1 Do we build the oven\?\n/);
  await check(folder);
  const restored = await new Server(folder).start();
  try {
    const old = new Person(restored);
    old.cookie = author.cookie;
    await assert.rejects(
      old.call("session.get"),
      (error) => error instanceof Refused && /^session\./.test(error.reason),
    );
    const me = await again(author, restored);
    assert.notEqual(me.vkey, oldVkey);
    assert.match(me.vkey, /\/log\/2\+/);
    const { proof } = await me.call("log.epoch", { epoch: 2 });
    const { index, payload, note } = readProof(proof);
    assert.equal(index, seen.size);
    const handover = readCheckpoint(note, oldVkey);
    assert.equal(handover.size, seen.size + 1);
    const steps = await me.call("log.proof", { from: seen.size, to: handover.size });
    checkConsistency(
      seen,
      handover,
      steps.hashes.map((text: string) => Buffer.from(text, "base64url")),
    );
    assert.equal(payload.readUInt32BE(0), 2);
    assert.equal(payload.readBigUInt64BE(payload.length - 40), BigInt(lost.size), "lost_size");
    assert.ok(payload.subarray(-32).equals(lost.root), "lost_root");
    await assert.rejects(me.call("log.epoch", { epoch: 3 }), /log\.bad_range/);
    assert.equal((await me.call("ballot.mine", { poll: poll.poll })).counter, 1);
    assert.ok((await fetchFile(me, sha256(picture), "banc.png")).body.equals(picture));
    const other = await again(second, restored);
    await other.vote(poll, no);
    const boss = await again(facilitator, restored);
    await boss.act("poll.close", { id: poll.poll });
    const { result } = await counted(boss, poll.poll);
    assert.deepEqual(
      [result.yes, result.no],
      [1, 1],
      "the lot's secret was kept: it could be counted",
    );
  } finally {
    await restored.stop();
  }
  await check(folder);
});

test("restored without its key: a new key, which nobody vouches for", async () => {
  const folder = join(place, "without-key");
  const out = await must("restore", backup, folder);
  assert.match(out, /under a new key: every device asks/);
  assert.doesNotMatch(out, /lost for certain/);
  assert.equal(statSync(join(folder, "ledger.key")).mode & 0o777, 0o600);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  await check(folder);
  const restored = await new Server(folder).start();
  try {
    const me = await again(author, restored);
    const { note } = readProof((await me.call("log.epoch", { epoch: 2 })).proof);
    assert.throws(() => readCheckpoint(note, oldVkey));
    assert.ok(readCheckpoint(note, me.vkey).size > seen.size);
    const receipt = readReceipt(kept.receipt, oldVkey, undefined);
    assert.equal(receipt.index, kept.seq, "the old receipt holds under the old key");
  } finally {
    await restored.stop();
  }
});

test("sessions may be kept, and a backup of a restored folder begins the third epoch", async () => {
  const folder = join(place, "kept");
  assert.match(
    await must("restore", backup, folder, "--key", key, "--keep-sessions"),
    /also those that were ended since/,
  );
  const restored = await new Server(folder).start();
  const old = new Person(restored);
  old.cookie = author.cookie;
  assert.equal((await old.call("session.get")).member, author.id);
  const next = join(place, "next");
  await must("backup", folder, next, "--with-key");
  await restored.stop();
  const third = join(place, "third");
  await must("restore", next, third);
  await check(third);
  const later = await new Server(third).start();
  try {
    const me = await again(author, later);
    assert.match(me.vkey, /\/log\/3\+/);
    const first = readProof((await me.call("log.epoch", { epoch: 2 })).proof);
    assert.ok(readCheckpoint(first.note, oldVkey), "the first handing over is still there");
  } finally {
    await later.stop();
  }
});

test("what must not be restored is refused, and nothing is left behind", async () => {
  const target = join(place, "target");
  const full = join(place, "full");
  mkdirSync(full);
  writeFileSync(join(full, "something"), "");
  const foreign = join(place, "foreign.key");
  writeFileSync(foreign, `${"0".repeat(64)}\n`, { mode: 0o600 });
  const noted = join(place, "noted");
  writeFileSync(noted, "vote.example/log/1\n7\nx\n");
  const cut = join(place, "cut");
  writeFileSync(cut, readFileSync(backup).subarray(0, -600));
  const altered = join(place, "altered");
  const bytes = readFileSync(backup);
  bytes.writeUInt8((bytes.readUInt8(bytes.length >> 1) + 1) % 256, bytes.length >> 1);
  writeFileSync(altered, bytes);
  const cases: [string[], RegExp][] = [
    [[backup, full], /not empty/],
    [[join(place, "none"), target], /No such file/],
    [[cut, target], /cut off/],
    [[altered, target], /was altered/],
    [[known, target], /cut off|not a backup/],
    [[backup, target, "--key", foreign], /not the key that sealed/],
    [[backup, target, "--key", noted], /not a ledger key|others may read/],
    [[backup, target, "--known", noted], /not a seal of this record/],
    [[backup, join(place, "no", "folder")], /No such file/],
  ];
  const before = readdirSync(place).sort();
  for (const [args, words] of cases) {
    const run = await palabre("restore", ...args);
    assert.equal(run.code, 1, `${args.join(" ")}: ${run.out}`);
    assert.match(run.err, words, args.join(" "));
  }
  assert.deepEqual(readdirSync(place).sort(), before);
  assert.deepEqual(readdirSync(full), ["something"]);
  mkdirSync(`${target}.part`);
  assert.match((await palabre("restore", backup, target)).err, /another restore is running/);
  assert.ok(!existsSync(target));
});
