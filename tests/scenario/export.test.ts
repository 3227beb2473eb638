// The record taken away and brought back: six files that others can check, the bytes of files beside them, and an
// organisation restored from them whose documents and files are the same.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { attach, fetchFile, pdf, png, sha256 } from "../harness/files.ts";
import {
  counted,
  makeReady,
  newHall,
  newProposal,
  openPoll,
  type Person,
} from "../harness/people.ts";
import { check, must, palabre, Server, scratch, serveNew } from "../harness/program.ts";
import { hash, tag, yes } from "../harness/record.ts";

const server = await serveNew();
const { facilitator, members } = await newHall(server, 3);
const [author, second] = members as [Person, Person];
const place = scratch();
const six = ["README.txt", "checkpoint", "events.ndjson", "ledger.vkey", "manifest", "scope"];
const read = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");
const events = (folder: string) =>
  read(folder, "events.ndjson")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string | number>);
const topics = [
  "org",
  "proposals",
  "tasks",
  "decisions",
  "members/private",
  "proposal/1",
  "proposal/2",
  "poll/1",
];
const documents = (from: Server) =>
  Promise.all(topics.map(async (name) => (await from.controlGet(`/topic/${name}`)).text));

const proposal = await newProposal(author, "Un banc");
const on = { kind: "proposal", id: proposal.id };
const picture = png(40, 30);
const paper = pdf("devis");
await attach(author, on, "banc.png", picture, { alt: "Le banc" });
await attach(author, on, "devis.pdf", paper);
const comment = await second.create("comment.post", { language: "fr", on, text: "Voir" });
const hidden = Buffer.from("caché\n");
await attach(second, { kind: "comment", id: comment.id }, "caché.txt", hidden);
await facilitator.act("comment.remove", { id: comment.id, reason: "Hors sujet" });
const ready = await makeReady(author, facilitator);
const poll = await openPoll(facilitator, [ready.id]);
await author.enrol();
await author.vote(poll, yes);
await facilitator.act("poll.close", { id: poll.poll });
await counted(author, poll.poll);

const open = join(place, "open");
const whole = join(place, "private");

test("an open export: exactly six files, what is private left out, every leaf there", async () => {
  assert.match(await must("export", server.folder, open), /^open record, events 0 to \d+, 2 files/);
  assert.deepEqual(readdirSync(open).sort(), six.toSorted());
  const listed = read(open, "manifest").trimEnd().split("\n");
  assert.equal(listed.length, 5);
  for (const line of listed) {
    const [sum, name = ""] = line.split("  ");
    assert.equal(
      createHash("sha256")
        .update(readFileSync(join(open, name)))
        .digest("hex"),
      sum,
    );
  }
  assert.equal(read(open, "scope"), "open 0\n");
  assert.equal(read(open, "ledger.vkey").trimEnd(), author.vkey);
  const lines = events(open);
  const size = Number(read(open, "checkpoint").split("\n")[1]);
  assert.equal(lines.length, size);
  for (const [seq, line] of lines.entries()) {
    assert.equal(line.seq, seq);
    const type = Buffer.from(String(line.leaf), "base64")[1] ?? 0;
    const isPrivate = [5, 8, 9, 10, 14, 23].includes(type) || type >= 128;
    assert.equal("payload" in line, !isPrivate, `event ${seq} of type ${type}`);
    assert.ok(!("note" in line));
  }
  assert.deepEqual(readdirSync(`${open}.files`).sort(), [sha256(picture), sha256(paper)].sort());
});

test("a private export holds everything, beside a running server; --since goes on from there", async () => {
  assert.match(
    await must("export", server.folder, whole, "--with-private"),
    /^private record.* 3 files/,
  );
  assert.equal(read(whole, "scope"), "private 0\n");
  assert.ok(events(whole).every((line) => "payload" in line && "salt" in line));
  const size = events(whole).length;
  await newProposal(author, "Après");
  const later = join(place, "later");
  await must("export", server.folder, later, "--since", String(size));
  assert.equal(read(later, "scope"), `open ${size}\n`);
  assert.deepEqual(events(later)[0]?.seq, size);
  const beyond = await palabre("export", server.folder, join(place, "beyond"), "--since", "100000");
  assert.equal(beyond.code, 2);
  const again = await palabre("export", server.folder, open);
  assert.equal(again.code, 1);
  assert.match(again.err, /is there already/);
});

test("restored with its key: the same documents, the same files, the same record", async () => {
  const full = join(place, "full");
  await must("export", server.folder, full, "--with-private");
  const before = await documents(server);
  const folder = join(place, "restored");
  const key = join(server.folder, "ledger.key");
  const said = await must("import", folder, "--format", "palabre", full, "--key", key);
  assert.match(said, /\d+ events, 3 files\nthe record goes on under the same key/);
  assert.match(said, /not in a record/);
  await check(folder);
  assert.deepEqual(
    readdirSync(join(folder, "files")).sort(),
    [picture, paper, hidden].map(sha256).sort(),
  );
  const again = join(place, "again");
  await must("export", folder, again, "--with-private");
  for (const name of six) assert.equal(read(again, name), read(full, name), name);
  const restored = await new Server(folder).start();
  try {
    assert.deepEqual(await documents(restored), before);
    const person = await enter(restored, author.id);
    const got = await fetchFile(person, sha256(picture), "banc.png");
    assert.deepEqual(got.body, picture);
    await newProposal(person, "La vie continue");
  } finally {
    await restored.stop();
  }
  await check(folder);
});

/** A session of a member in a restored organisation, by a new link. */
async function enter(where: Server, id: string): Promise<Person> {
  const { Person: Someone } = await import("../harness/people.ts");
  const person = new Someone(where);
  person.id = id;
  await person.enterAgain();
  return person;
}

test("restored without its key: a new epoch, sealed by a new key", async () => {
  const folder = join(place, "epoch");
  const said = await must("import", folder, "--format", "palabre", whole);
  assert.match(said, /a new key seals/);
  await check(folder);
  const out = join(place, "epoch-out");
  await must("export", folder, out, "--with-private");
  assert.equal(events(out).length, events(whole).length + 1);
  assert.match(read(out, "checkpoint"), /\/2\n/);
  assert.notEqual(read(out, "ledger.vkey"), read(whole, "ledger.vkey"));
});

test("what was altered, cut or left out is refused by its name, and nothing is left", async () => {
  const target = join(place, "never");
  const cases: [string, (folder: string) => void, number, RegExp][] = [
    [
      "a flipped byte of the record",
      (at) => flip(join(at, "events.ndjson")),
      2,
      /events\.ndjson.*altered/,
    ],
    [
      "a flipped byte of a file",
      (at) => flip(join(`${at}.files`, sha256(picture))),
      1,
      new RegExp(`${sha256(picture)}.*altered`),
    ],
    ["another scope", (at) => writeFileSync(join(at, "scope"), "private 1\n"), 2, /scope.*altered/],
    ["a file left out", (at) => rmSync(join(at, "checkpoint")), 2, /checkpoint.*cannot be read/],
    ["the manifest made again", (at) => forge(at), 1, /event \d+/],
  ];
  for (const [what, change, code, words] of cases) {
    const copy = join(place, "copy");
    for (const end of ["", ".files"]) {
      rmSync(copy + end, { recursive: true, force: true });
      cpSync(whole + end, copy + end, { recursive: true });
    }
    change(copy);
    const run = await palabre("import", target, "--format", "palabre", copy);
    assert.equal(run.code, code, `${what}: ${run.err}`);
    assert.match(run.err, words, what);
    assert.ok(!existsSync(target), what);
  }
  const fromOpen = await palabre("import", target, "--format", "palabre", open);
  assert.equal(fromOpen.code, 2);
  assert.match(fromOpen.err, /only a whole private export/);
  const there = await palabre("import", server.folder, "--format", "palabre", whole);
  assert.equal(there.code, 1);
  assert.match(there.err, /is there already/);
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/** Changes a text in the record and makes the manifest fit: the commitment of the event does not. */
function forge(folder: string): void {
  const path = join(folder, "events.ndjson");
  const lines = readFileSync(path, "utf8").split("\n");
  const at = lines.findIndex((line) => {
    const payload = JSON.parse(line || "{}").payload ?? "";
    return Buffer.from(payload, "base64").includes("Un banc");
  });
  const line = JSON.parse(lines[at] ?? "{}");
  const text = Buffer.from(line.payload, "base64").toString("utf8").replace("Un banc", "Un lanc");
  lines[at] = JSON.stringify({ ...line, payload: Buffer.from(text).toString("base64") });
  writeFileSync(path, lines.join("\n"));
  const manifest = read(folder, "manifest").replace(
    /^[0-9a-f]{64}( {2}events.ndjson)$/m,
    (_, name) => {
      return createHash("sha256").update(readFileSync(path)).digest("hex") + name;
    },
  );
  writeFileSync(join(folder, "manifest"), manifest);
}

/** Puts another payload into an event; commitment and manifest fit, and the record ends with it. */
function replacePayload(folder: string, at: number, text: string): void {
  const lines = read(whole, "events.ndjson")
    .split("\n")
    .slice(0, at + 1);
  const line = JSON.parse(lines[at] ?? "{}");
  const leaf = Buffer.from(line.leaf, "base64");
  const payload = Buffer.from(text);
  const salt = Buffer.from(line.salt, "base64");
  hash(tag("commit"), salt, leaf.subarray(1, 2), payload).copy(leaf, 27);
  const changed = { leaf: leaf.toString("base64"), payload: payload.toString("base64") };
  lines[at] = JSON.stringify({ ...line, ...changed });
  const body = Buffer.from(`${lines.join("\n")}\n`);
  writeFileSync(join(folder, "events.ndjson"), body);
  const manifest = read(whole, "manifest");
  const sum = hash(body).toString("hex");
  writeFileSync(
    join(folder, "manifest"),
    manifest.replace(/^[0-9a-f]{64}( {2}events.ndjson)$/m, `${sum}$1`),
  );
}

test("a forged export whose hashes fit, with events that hold something else: refused by a sentence", async () => {
  const copy = join(place, "forged");
  const target = join(place, "forged-one");
  cpSync(whole, copy, { recursive: true });
  const json = new Map<number, number>();
  for (const [at, event] of events(whole).entries()) {
    const type = Buffer.from(String(event.leaf), "base64")[1] ?? 0;
    if (type >= 32 && event.payload) json.set(type, at);
  }
  assert.ok(json.size > 4, `${json.size} types`);
  const [first] = json.keys();
  for (const [type, at] of json) {
    // Each type takes the same road: the other forms are tried on one.
    const others = type === first ? ["[]", "7", '{"a":1,"a":2}', "{}"] : [];
    for (const text of ["nonsense", ...others]) {
      replacePayload(copy, at, text);
      const run = await palabre("import", target, "--format", "palabre", copy);
      assert.equal(run.code, 1, `type ${type}, ${text}: ${run.err}`);
      // What is an object is read as one with nothing in it, and does not fit the seal.
      const words = text === "{}" ? /event \d+: .*\(\S+\)/ : /event \d+: .*\(import\.unreadable\)/;
      assert.match(run.err, words, `type ${type}, ${text}`);
      assert.ok(!existsSync(target), `type ${type}, ${text}`);
    }
  }
});

test("bytes that are missing are said, and the rest comes back", async () => {
  const copy = join(place, "without");
  cpSync(whole, copy, { recursive: true });
  cpSync(`${whole}.files`, `${copy}.files`, { recursive: true });
  renameSync(join(`${copy}.files`, sha256(paper)), join(place, "lost.pdf"));
  const folder = join(place, "without-one");
  const run = await palabre("import", folder, "--format", "palabre", copy);
  assert.equal(run.code, 1);
  assert.match(run.err, new RegExp(`${sha256(paper)}: it is missing`));
  assert.match(run.out, /2 files, some missing/);
  await check(folder);
});

test("the demo organisation with a file attached: there and back, document by document", async () => {
  const folder = join(place, "demo");
  await must("demo", folder);
  const demo = await new Server(folder).start();
  const { items } = await demo.operator("member.list", { status: "active" });
  const someone = await enter(demo, items[0].id);
  const said = await someone.create("comment.post", {
    ...{ language: "fr", on: { kind: "proposal", id: "1" }, text: "Voir le plan" },
  });
  await attach(someone, { kind: "comment", id: said.id }, "plan.png", picture);
  await demo.stop();
  const out = join(place, "demo-out");
  const back = join(place, "demo-back");
  const key = join(folder, "ledger.key");
  await must("export", folder, out, "--with-private");
  await must("import", back, "--format", "palabre", out, "--key", key);
  assert.deepEqual(await check(back), await check(folder));
  const [before, after] = [await new Server(folder).start(), await new Server(back).start()];
  try {
    assert.deepEqual(await documents(after), await documents(before));
    const reader = await enter(after, items[1].id);
    assert.deepEqual((await fetchFile(reader, sha256(picture), "plan.png")).body, picture);
  } finally {
    await Promise.all([before.stop(), after.stop()]);
  }
});
