// A member is erased with their texts: no byte of them is left in the folder, and everything else holds.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { canary, live, stillTrue, traces } from "../harness/erasure.ts";
import { eventually } from "../harness/people.ts";
import {
  check,
  endServer,
  initFolder,
  must,
  palabre,
  Server,
  scratch,
} from "../harness/program.ts";
import { checkConsistency, readCheckpoint } from "../harness/record.ts";
import { httpRequest } from "../harness/wire.ts";

const place = scratch();
const backup = join(place, "before");
const list = join(place, "erasures");
/** Log, audit lines, figures and a backup of after the erasure. */
const beside = join(place, "beside");
mkdirSync(beside);

async function start(...more: string[]): Promise<Server> {
  const server = new Server(await initFolder(), { more });
  after(() => endServer(server));
  return server.start();
}

async function exportHolds(folder: string): Promise<void> {
  const out = join(scratch(), "record");
  await must("export", folder, out, "--with-private");
  assert.deepEqual(traces(out), []);
  rmSync(out, { recursive: true });
}

test("online: gone from every byte, proofs and counts hold, live clients begin anew", async () => {
  const [log, audit] = [join(beside, "log"), join(beside, "audit")];
  const server = await start("--log-file", log, "--audit-file", audit, "--log-level", "debug");
  const lived = await live(server);
  const { secretary, other } = lived;
  await must("backup", server.folder, backup);
  const before = readCheckpoint(await server.checkpoint(), other.vkey);
  assert.ok(traces(server.folder).length > 1, "the search of bytes finds it while it is there");
  const watching = await other.socket();
  const { epoch } = await watching.call("feed.subscribe", {
    topics: { [`proposal/${lived.proposal}`]: 0 },
  });
  const preview = await secretary.call("erasure.preview", { id: lived.person.id, texts: true });
  assert.deepEqual([preview.files, preview.notes, preview.named], [1, 1, 1]);
  await secretary.act("member.erase", { id: lived.person.id, texts: true, reason: "asked" });
  assert.deepEqual(await secretary.call("erasure.state"), { pending: false });
  const topic = await eventually("a new beginning", async () =>
    watching.notifications.find(({ params }) => params.full === true),
  );
  assert.notEqual(topic.params.epoch, epoch);
  assert.doesNotMatch(JSON.stringify(topic), new RegExp(canary, "i"));
  await stillTrue(lived);
  const now = readCheckpoint(await server.checkpoint(), other.vkey);
  const { hashes } = await other.call("log.proof", { from: before.size, to: now.size });
  checkConsistency(
    before,
    now,
    hashes.map((text: string) => Buffer.from(text, "base64url")),
  );
  await eventually("the file's bytes", async () => !traces(server.folder).length);
  await check(server.folder);
  await exportHolds(server.folder);
  assert.match(
    readFileSync(join(server.folder, "erasures"), "utf8"),
    new RegExp(`^${lived.person.id} 1 asked \\d+\n$`),
  );
  copyFileSync(join(server.folder, "erasures"), list);
  await must("backup", server.folder, join(beside, "after"));
  const figures = await httpRequest({ socketPath: join(server.folder, "admin"), path: "/metrics" });
  writeFileSync(join(beside, "metrics"), figures.text);
  await server.stop();
  assert.deepEqual(traces(server.folder), []);
  assert.match(figures.text, /^palabre_/m);
  assert.ok(readFileSync(log).length > 0 && existsSync(audit));
  assert.deepEqual(traces(beside), []);
});

test("an older backup: erased again before it can be served, or a sentence says what to do", async () => {
  assert.ok(traces(place).includes("before"), "it is in the backup");
  const folder = join(place, "listed");
  const said = await must("restore", backup, folder, "--erasures", list);
  assert.match(said, /^list of erasures: 1 erased, 0 erased before, 0 not known here$/m);
  assert.doesNotMatch(said, /--list/);
  assert.deepEqual(traces(folder), []);
  await check(folder);
  rmSync(folder, { recursive: true });
  const bad = await palabre("restore", backup, folder, "--erasures", place);
  assert.equal(bad.code, 1);
  assert.match(bad.err, /nothing is restored/);
  assert.ok(!existsSync(folder) && !existsSync(`${folder}.part`));
  const plain = await must("restore", backup, folder);
  assert.ok(plain.includes(`palabre erase ${folder} --list FILE`), plain);
  assert.ok(traces(folder).length > 1);
  assert.match(await must("erase", folder, "--list", list), /1 erased, 0 erased before/);
  assert.match(await must("erase", folder, "--list", list), /0 erased, 1 erased before/);
  assert.deepEqual(traces(folder), []);
  await check(folder);
  assert.equal((await palabre("erase", folder, "--list", backup)).code, 2);
});

test("offline: at once, and again with texts after a first time without", async () => {
  const server = await start();
  const lived = await live(server);
  await server.stop();
  const { folder } = server;
  const member = ["--member", `${canary}@example.org`];
  const said = await must("erase", folder, ...member, "--texts", "--dry-run");
  assert.match(said, /^ +1 {2}files they attached$/m);
  assert.match(await must("erase", folder, ...member), /rewritten/);
  assert.ok(traces(folder).length > 0, "texts were not asked for");
  await must("erase", folder, "--member", lived.person.id, "--texts", "--reason", "authority");
  assert.deepEqual(traces(folder), []);
  const again = await palabre("erase", folder, "--member", lived.person.id, "--texts");
  assert.equal(again.code, 1);
  assert.match(again.err, /member\.bad_state/);
  await check(folder);
  await exportHolds(folder);
  await server.start();
  await stillTrue(lived);
});
