// Files attached: what is taken, what is refused, who may fetch them, and when their bytes go.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  attach,
  docx,
  fetchFile,
  odt,
  pdf,
  png,
  pngOf,
  sendFile,
  sha256,
  upload,
} from "../harness/files.ts";
import {
  eventually,
  newHall,
  newId,
  newPerson,
  newProposal,
  openPoll,
  type Person,
} from "../harness/people.ts";
import { check, must, Server, scratch, serveNew, slowness, stopwatch } from "../harness/program.ts";
import { ask, Raw } from "../harness/raw.ts";
import { no, yes } from "../harness/record.ts";
import type { Topic } from "../harness/socket.ts";
import { type Data, refused } from "../harness/wire.ts";

const server = await serveNew();
const { facilitator, members } = await newHall(server, 3);
const [author, reader, other] = members as [Person, Person, Person];
const proposal = await newProposal(author, "Un banc");
const on = { kind: "proposal", id: proposal.id };
const stored = () => readdirSync(join(server.folder, "files")).sort();
const reasonOf = (text: string) => JSON.parse(text).error?.data?.reason as string;

test("every kind comes back byte for byte, as a download that cannot run", async () => {
  const kinds: [string, string, Buffer, string][] = [
    ["png", "plan.png", png(), "image/png"],
    ["pdf", "devis.pdf", pdf(), "application/pdf"],
    ["odt", "statuts.odt", odt(), "application/vnd.oasis.opendocument.text"],
    [
      "docx",
      "lettre.docx",
      docx(),
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
    ["csv", "prix.csv", Buffer.from("nom;prix\nbanc;120 €\n"), "text/csv; charset=utf-8"],
    ["txt", "lisez-moi.txt", Buffer.from("Bonjour à tous\n"), "text/plain; charset=utf-8"],
  ];
  for (const [type, name, bytes, contentType] of kinds) {
    const { id, sha256: hash } = await attach(author, on, name, bytes);
    const { items } = await reader.call("file.list", { on });
    const file = items.find((item: Data) => item.id === id);
    assert.equal(file.type, type);
    assert.equal(file.name, name);
    assert.equal(file.size, bytes.length);
    const answer = await fetchFile(reader, hash, name);
    assert.equal(answer.status, 200, name);
    assert.deepEqual(answer.body, bytes);
    assert.equal(answer.headers["content-type"], contentType);
    assert.equal(
      answer.headers["content-disposition"],
      `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    );
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
    assert.match(String(answer.headers["content-security-policy"]), /^sandbox; default-src 'none'/);
    assert.equal(answer.headers["cross-origin-resource-policy"], "same-origin");
    assert.equal(answer.headers["cache-control"], "private, max-age=31536000, immutable");
    const again = await server.get(`/files/${hash}/${name}`, {
      cookie: reader.cookie,
      "if-none-match": String(answer.headers.etag),
    });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
    await author.act("file.remove", { id });
  }
});

test("pictures are shown in the page when it asks; nothing else is", async () => {
  const picture = await attach(author, on, "été.png", png(20, 10), { alt: "Le banc, à l'ombre" });
  const paper = await attach(author, on, "devis.pdf", pdf("inline"));
  const shown = await fetchFile(reader, picture.sha256, "été.png", "?inline");
  assert.match(
    String(shown.headers["content-disposition"]),
    /^inline; filename\*=UTF-8''%C3%A9t%C3%A9\.png$/,
  );
  const down = await fetchFile(reader, paper.sha256, "devis.pdf", "?inline");
  assert.match(String(down.headers["content-disposition"]), /^attachment;/);
  const { items } = await reader.call("file.list", { on });
  const file = items.find((item: Data) => item.id === picture.id);
  assert.deepEqual([file.width, file.height, file.alt], [20, 10, "Le banc, à l'ombre"]);
  await author.act("file.describe", { id: picture.id });
  const { items: after } = await reader.call("file.list", { on });
  assert.equal(after.find((item: Data) => item.id === picture.id).alt, undefined);
});

test("guard unknown_type: what cannot be attached is refused by what it holds, not by its name", async () => {
  const long = Buffer.concat([png(), Buffer.from("<script>alert(1)</script>")]);
  const cases: [string, Buffer, string][] = [
    ["a page", Buffer.from("<!DOCTYPE html><script>alert(1)</script>"), "file.unknown_type"],
    [
      "a drawing",
      Buffer.from('\ufeff \n<svg xmlns="http://www.w3.org/2000/svg"/>'),
      "file.unknown_type",
    ],
    ["a program", Buffer.from("\x7fELF\x02\x01\x01\x00", "latin1"), "file.unknown_type"],
    ["a script", Buffer.from("#!/bin/sh\nrm -rf ~\n"), "file.unknown_type"],
    ["a cut picture", png().subarray(0, -7), "file.broken"],
    ["a picture and a page in one", long, "file.broken"],
    ["a picture too large to draw", png(60000, 1), ""],
    ["a cut paper", pdf().subarray(0, 30), "file.broken"],
    ["another package", Buffer.from("PK\x03\x04rest", "latin1"), "file.broken"],
    ["text of another encoding", Buffer.from("caf\xe9", "latin1"), "file.bad_text"],
    ["nothing", Buffer.alloc(0), "file.empty"],
  ];
  for (const [what, bytes, reason] of cases) {
    const answer = await sendFile(author, bytes);
    if (reason === "") assert.equal(answer.status, 200, what);
    else {
      assert.equal(answer.status, 415, `${what}: ${answer.text}`);
      assert.equal(reasonOf(answer.text), reason, what);
    }
  }
  assert.ok(
    stored().every((name) => /^[0-9a-f]{64}$/.test(name)),
    stored().join(),
  );
});

test("guard file_too_big: the limit itself is taken, one byte more is refused before it is read", async () => {
  const whole = pngOf(10 << 20);
  assert.equal((await upload(author, whole)).size, 10 << 20);
  const raw = await Raw.open(server.port);
  raw.write(head(author, (10 << 20) + 1));
  assert.equal(await raw.status(), 413);
  assert.match(raw.text, /file\.too_big/);
  await raw.end();
});

const head = (person: Person, length: number | string, more: string[] = []) =>
  [
    "POST /files HTTP/1.1",
    `Host: 127.0.0.1:${person.server.port}`,
    `Origin: ${person.server.origin}`,
    "X-Palabre-CSRF: 1",
    `Cookie: ${person.cookie}`,
    `Content-Length: ${length}`,
    ...more,
    "\r\n",
  ].join("\r\n");

test("guard right_missing, and foreign_origin, csrf_missing, no_session, no length, other methods", async () => {
  const observer = await newPerson(server, "Olaf", ["observer"]);
  const cases: [string, Promise<{ status: number; text: string }>, number, string][] = [
    [
      "foreign_origin",
      sendFile(author, png(), { origin: "https://evil.example" }),
      403,
      "origin.refused",
    ],
    ["csrf_missing", sendFile(author, png(), { "x-palabre-csrf": "0" }), 403, "csrf.missing"],
    ["no_session", sendFile(author, png(), { cookie: "" }), 401, "session.none"],
    ["right_missing", sendFile(observer, png()), 403, "right.missing"],
  ];
  for (const [guard, answer, status, reason] of cases) {
    assert.equal((await answer).status, status, guard);
    assert.equal(reasonOf((await answer).text), reason, guard);
  }
  const host = `Host: 127.0.0.1:${server.port}`;
  assert.equal(await ask(server.port, ["POST /files HTTP/1.1", host]), 411);
  const chunked = ["POST /files HTTP/1.1", host, "Transfer-Encoding: chunked"];
  assert.equal(await ask(server.port, chunked), 400);
  assert.equal(await ask(server.port, ["GET /files HTTP/1.1", host]), 405);
  assert.equal((await server.controlGet("/files/x/y")).status, 404);
});

test("guard not_mine: who may fetch: a session, and a file that is attached", async () => {
  const { sha256: hash } = await attach(author, on, "lu.txt", Buffer.from("à lire\n"));
  assert.equal((await server.get(`/files/${hash}/lu.txt`)).status, 401);
  assert.equal((await fetchFile(reader, hash, "lu.txt")).status, 200);
  assert.equal((await fetchFile(reader, hash, "another name")).status, 200);
  const { sha256: only } = await upload(author, Buffer.from("pas encore attaché\n"));
  const not = await fetchFile(author, only, "x.txt");
  assert.equal(not.status, 404);
  assert.equal(reasonOf(not.text), "file.unknown");
  for (const path of ["/files/", `/files/${hash}`, "/files/zz/x", `/files/${hash.toUpperCase()}/x`])
    assert.equal((await server.get(path, { cookie: reader.cookie })).status, 404, path);
  const climb = await server.get(`/files/..%2f..%2fledger.key/x`, { cookie: reader.cookie });
  assert.equal(climb.status, 404);
});

test("who may attach: who may edit the thing; bytes of somebody else do not count", async () => {
  const { sha256: hash } = await upload(author, Buffer.from("à moi\n"));
  const params = { id: newId(), on, sha256: hash, name: "moi.txt" };
  await refused(other.act("file.attach", params), "right.missing", "on");
  const theirs = await newProposal(other, "Un arbre");
  const there = { kind: "proposal", id: theirs.id };
  await refused(other.act("file.attach", { ...params, on: there }), "file.unknown", "sha256");
  const comment = await other.create("comment.post", { language: "fr", on, text: "Voir" });
  const under = { kind: "comment", id: comment.id };
  await refused(author.act("file.attach", { ...params, on: under }), "right.missing", "on");
  const { id } = await attach(other, under, "preuve.txt", Buffer.from("preuve\n"));
  await refused(reader.act("file.remove", { id }), "right.missing");
  for (const name of [
    "../x.txt",
    "a/b.txt",
    "a\\b.txt",
    ".htaccess",
    "x\u202Egnp.txt",
    "..",
    "CON:x",
  ]) {
    const answer = author.act("file.attach", { ...params, name });
    await assert.rejects(answer, /file\.bad_name|input\.bad_value/, name);
  }
  const named = await author.act("file.attach", { ...params, name: "facture.exe" });
  const { items } = await reader.call("file.list", { on });
  const file = items.find((item: Data) => item.id === params.id);
  assert.ok(named.seq > 0);
  assert.equal(file.name, "facture.exe.txt");
});

test("at most twenty on one thing", async () => {
  const full = await newProposal(author, "Beaucoup");
  const thing = { kind: "proposal", id: full.id };
  const { sha256: hash } = await upload(author, Buffer.from("vingt fois\n"));
  for (let n = 0; n < 20; n++)
    await author.create("file.attach", { on: thing, sha256: hash, name: `${n}.txt` });
  const more = author.create("file.attach", { on: thing, sha256: hash, name: "x.txt" });
  await refused(more, "file.too_many", "on");
});

test("it arrives live, and leaves live; a removed comment hides its files", async () => {
  const socket = await reader.socket();
  await socket.subscribe({ [`proposal/${proposal.id}`]: 0 });
  const topic = [...socket.topics.values()][0] as Topic;
  const comment = await other.create("comment.post", { language: "fr", on, text: "Regardez" });
  const under = { kind: "comment", id: comment.id };
  const made = await attach(other, under, "vu.png", png(3, 3));
  await eventually("the change", async () => {
    const file = topic.documents.get(`file ${made.id}`);
    return file?.name === "vu.png";
  });
  await facilitator.act("comment.remove", { id: comment.id, reason: "Hors sujet" });
  await eventually("the change", async () => !topic.documents.has(`file ${made.id}`));
  assert.equal((await fetchFile(reader, made.sha256, "vu.png")).status, 404);
  socket.close();
});

test("taken off: undone within seconds, else the bytes go", async () => {
  const bytes = Buffer.from("à oublier\n");
  const kept = Buffer.from("à garder\n");
  const first = await attach(author, on, "oublier.txt", bytes);
  const twice = await attach(author, on, "garder.txt", kept);
  const copy = await attach(author, on, "garder-aussi.txt", kept);
  await author.act("file.remove", { id: first.id });
  assert.equal((await fetchFile(reader, first.sha256, "oublier.txt")).status, 404);
  const undone = { on, sha256: first.sha256, name: "oublier.txt" };
  const again = await author.create("file.attach", undone);
  assert.equal((await fetchFile(reader, first.sha256, "oublier.txt")).status, 200);
  await author.act("file.remove", { id: again.id });
  await author.act("file.remove", { id: twice.id });
  await eventually(
    "the change",
    async () => !existsSync(join(server.folder, "files", first.sha256)),
    40_000,
  );
  assert.ok(existsSync(join(server.folder, "files", copy.sha256)));
  assert.deepEqual((await fetchFile(reader, copy.sha256, "garder-aussi.txt")).body, kept);
  await refused(author.create("file.attach", undone), "file.unknown", "sha256");
});

test("guard slow_upload: what stops in the middle, or drips, leaves nothing", async () => {
  const before = stored();
  const gone = await Raw.open(server.port);
  gone.write(head(author, 1 << 20));
  gone.write(pngOf(1 << 20).subarray(0, 300_000));
  await eventually("the change", async () => stored().some((name) => name.endsWith(".part")));
  gone.close();
  await eventually("the change", async () => !stored().some((name) => name.endsWith(".part")));
  const bytes = png(4, 4, 100_000);
  const began = Date.now();
  const elapsed = stopwatch(server);
  const drip = await Raw.open(server.port);
  drip.write(head(author, 1 << 20));
  let at = 0;
  const timer = setInterval(() => drip.write(bytes.subarray(at, ++at)), 500);
  await drip.end(60_000);
  clearInterval(timer);
  const took = Date.now() - began;
  assert.ok(took > 10_000 && elapsed() < 20_000, `${took} ms`);
  await eventually("the change", async () => !stored().some((name) => name.endsWith(".part")));
  // Bytes that earlier tests took off may go meanwhile.
  assert.deepEqual(
    stored().filter((name) => !before.includes(name)),
    [],
  );
});

test("five uploads at once while ballots are cast: everybody is served", async () => {
  const poll = await openPoll(author, [proposal.id], { kind: "straw" });
  await reader.enrol();
  let ballots = 0;
  const files = [1, 2, 3, 4, 5].map((colour) => pngOf(4 << 20, colour));
  let worst = 0;
  let busy = true;
  const acting = (async () => {
    while (busy) {
      const elapsed = stopwatch(server);
      await reader.vote(poll, ballots % 2 === 0 ? yes : no);
      ballots++;
      worst = Math.max(worst, elapsed());
      await sleep(20);
    }
  })();
  const said = await Promise.all(files.map((bytes) => upload(author, bytes)));
  busy = false;
  await acting;
  assert.deepEqual(
    said.map((one) => one.sha256),
    files.map(sha256),
  );
  assert.ok(ballots >= 3, `${ballots} ballots`);
  assert.ok(worst < 1500 * slowness, `${worst} ms`);
});

test("guard file_full: the room that serve was given, then no more", async () => {
  const small = await serveNew({ more: ["--files", "1"] });
  const person = await newPerson(small, "Ada");
  assert.equal((await upload(person, pngOf(900_000))).size, 900_000);
  const refusal = await sendFile(person, pngOf(200_000));
  assert.equal(refusal.status, 507);
  assert.equal(reasonOf(refusal.text), "file.full");
  assert.equal((await upload(person, pngOf(100_000))).size, 100_000);
});

test("a full disk: storage.full, nothing half is left, and with space again it goes on", async (t) => {
  const disk = join(scratch(), "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], { stdio: "ignore" });
  } catch {
    return t.skip("mounting a small disk needs root");
  }
  const folder = join(disk, "org");
  await must("init", folder, "--name", "Les Essais", "--languages", "fr", "--time-zone", "UTC");
  const own = new Server(folder);
  t.after(async () => {
    await own.kill();
    execFileSync("umount", ["-l", disk], { stdio: "ignore" });
  });
  await own.start();
  const person = await newPerson(own, "Ada");
  const there = () => readdirSync(join(folder, "files"));
  await upload(person, pngOf(1 << 20));
  const filler = join(disk, "filler");
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(bavail * bsize - (3 << 20)));
  const raw = await Raw.open(own.port);
  raw.write(head(person, 8 << 20));
  raw.write(pngOf(8 << 20));
  assert.equal(await raw.status(20_000), 507);
  assert.match(raw.text, /storage\.full/);
  raw.close();
  await eventually("nothing half", async () => there().length === 1);
  rmSync(filler);
  await upload(person, pngOf(2 << 20));
  assert.equal(there().length, 2);
});

test("the record alone gives the same documents; half files and orphans go at a start", async () => {
  const cut = await Raw.open(server.port);
  cut.write(head(author, 1 << 20));
  cut.write(pngOf(1 << 20).subarray(0, 200_000));
  await eventually("the change", async () => stored().some((name) => name.endsWith(".part")));
  const { sha256: attached } = await attach(author, on, "reste.txt", Buffer.from("reste\n"));
  await server.kill();
  cut.close();
  assert.ok(stored().some((name) => name.endsWith(".part")));
  await server.start();
  assert.ok(!stored().some((name) => name.endsWith(".part")));
  assert.equal((await fetchFile(reader, attached, "reste.txt")).text, "reste\n");
  await server.stop();
  await check(server.folder);
});
