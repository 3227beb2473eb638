// The program on the command line: help, exit codes, what is said on which stream.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newPerson, Person, tokenOf } from "../harness/people.ts";
import {
  check,
  initFolder,
  must,
  palabre,
  Server,
  scratch,
  serveNew,
  shared,
} from "../harness/program.ts";

const subcommands =
  "init serve invite demo import export backup restore erase minutes check tally openrpc".split(
    " ",
  );
const madrid = join(shared, "discussions/decide-madrid");

test("--help everywhere: exit 0, on stdout, naming exit codes", async () => {
  const whole = await palabre("--help");
  assert.equal(whole.code, 0);
  for (const name of subcommands) {
    assert.match(whole.out, new RegExp(`\\b${name}\\b`));
    const { code, out, err } = await palabre(name, "--help");
    assert.equal(code, 0, `${name}: ${err}`);
    assert.match(out, new RegExp(`palabre ${name}`));
    assert.equal(err, "");
  }
});

test("wrong usage: exit 2, on stderr, stdout silent", async () => {
  const wrong = [
    [],
    ["fly"],
    ["init"],
    ["init", join(scratch(), "x")],
    ["init", join(scratch(), "x"), "--name"],
    ["init", join(scratch(), "x"), "--name", "A", "--colour", "red"],
    ["init", join(scratch(), "x"), "--name", "A", "--time-zone", "Mars/Olympus"],
    ["serve"],
    ["serve", await initFolder(), "--listen", "nowhere"],
    ["invite", scratch()],
    ["check"],
    ["import", scratch(), "--format", "unknown", scratch()],
  ];
  for (const args of wrong) {
    const { code, out, err } = await palabre(...args);
    assert.equal(code, 2, `palabre ${args.join(" ")}: ${code} ${err}${out}`);
    assert.ok(err.length > 0, args.join(" "));
    assert.equal(out, "", args.join(" "));
  }
});

test("init: a folder of its own, its key for nobody else; twice is refused", async () => {
  const folder = await initFolder();
  assert.equal(statSync(join(folder, "ledger.key")).mode & 0o777, 0o600);
  const before = readdirSync(folder).toSorted();
  const again = await palabre("init", folder, "--name", "Encore");
  assert.equal(again.code, 1);
  assert.ok(again.err);
  assert.deepEqual(readdirSync(folder).toSorted(), before);
  await check(folder);
});

test("init --log and --legal-form are kept", async () => {
  const folder = join(scratch(), "named");
  const more = ["--legal-form", "asbl", "--log", "vote.example/log", "--time-zone", "Europe/Paris"];
  await must("init", folder, "--name", "Le Nommé", ...more);
  const server = await new Server(folder).start();
  assert.match(await server.checkpoint(), /^vote\.example\/log\/1\n/);
  const person = await newPerson(server, "Paul");
  const org = await (await person.socket()).watch("org");
  const doc = org.one("organisation");
  assert.deepEqual([doc.name, doc.legal_form, doc.time_zone], ["Le Nommé", "asbl", "Europe/Paris"]);
  await server.stop();
});

test("the log's name by default: the organisation's, and 8 digits of its id", async () => {
  const folder = await initFolder();
  const server = await new Server(folder).start();
  assert.match(await server.checkpoint(), /^les-essais-[0-9a-f]{8}\/log\/1\n/);
  await server.stop();
});

test("a folder that is none: said, and nothing is made", async () => {
  const folder = join(scratch(), "none");
  for (const args of [
    ["serve", folder],
    ["check", folder],
    ["invite", folder, "--role", "member"],
  ]) {
    const { code, err } = await palabre(...args);
    assert.ok(code === 1 || code === 2, `${args[0]}: ${code}`);
    assert.ok(err.length > 0);
    assert.ok(!existsSync(folder), args[0]);
  }
});

test("serve twice: the second names the first's pid", async () => {
  const server = await serveNew();
  const { code, err } = await palabre("serve", server.folder, "--listen", "127.0.0.1:0");
  assert.equal(code, 1);
  assert.match(err, new RegExp(`\\b${server.pid}\\b`));
  assert.ok(await server.healthy());
});

test("serve on a port that is taken: said, exit 1", async () => {
  const server = await serveNew();
  const other = await initFolder();
  const { code, err } = await palabre("serve", other, "--listen", `127.0.0.1:${server.port}`);
  assert.equal(code, 1);
  assert.match(err, new RegExp(String(server.port)));
});

test("invite prints one line, the link, with and without a running server", async () => {
  const folder = await initFolder();
  const ask = ["invite", folder, "--role", "admin", "--name", "Ana", "--language", "nl"];
  const cold = await must(...ask, "--origin", "https://vote.example");
  assert.match(cold, /^https:\/\/vote\.example\/join#[A-Za-z0-9_-]{22}\n$/);
  const server = await new Server(folder).start();
  const ana = new Person(server);
  await ana.join(tokenOf(cold.trim()));
  assert.equal(ana.name, "Ana");
  assert.ok(ana.roles.includes("admin"));
  const warm = await must("invite", folder, "--role", "member");
  const nameless = new Person(server);
  const token = tokenOf(warm.trim());
  const asked = await nameless.join(token).catch((error) => error);
  assert.equal(asked.reason, "invite.name_needed");
  await nameless.join(token, { name: "Nele" });
  assert.equal(nameless.name, "Nele");
  const again = await must("invite", folder, "--member", String(1));
  await new Person(server).join(tokenOf(again.trim()));
  await server.stop();
});

test("check says what it counts; on a folder that was touched it says where, exit 1", async () => {
  const folder = await initFolder();
  const { events, documents } = await check(folder);
  assert.ok(events >= 2 && documents >= 1);
});

test("demo: the story, then 0 new, links to enter, and a record that checks", async () => {
  const folder = join(scratch(), "demo");
  const out = await must("demo", folder);
  assert.match(out, /ballot/i);
  const again = await must("demo", folder);
  assert.match(again, /\b0 new\b/);
  const links = await must("demo", folder, "--links", "--origin", "http://127.0.0.1:9");
  const lines = links.trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => line.split("\t")[0]),
    ["admin", "facilitator", "member"],
  );
  for (const line of lines) tokenOf(line.split("\t")[2] ?? "");
  await check(folder);
});

test("import: the whole discussion, then 0 new", async (t) => {
  if (!existsSync(madrid)) return t.skip(`no ${madrid}`);
  const folder = await initFolder();
  const first = await must("import", folder, "--format", "decide-madrid", madrid);
  for (const figure of ["80", "5633", "2272", "2251", "268", "62"])
    assert.match(first.replaceAll(/[,.](?=\d{3})/g, ""), new RegExp(`\\b${figure}\\b`), figure);
  const server = await new Server(folder).start();
  const second = await must("import", folder, "--format", "decide-madrid", madrid);
  assert.match(second, /\b0 new\b/);
  const person = await newPerson(server, "Pilar");
  const { items } = await person.call("proposal.list", { limit: 200 });
  assert.equal(items.length, 80);
  assert.ok(items.every((item: { state: string; supports: number }) => item.state === "discussed"));
  await server.stop();
  await check(folder);
});

test("import: a source with a fault is refused before anything is written", async () => {
  const folder = await initFolder();
  const before = await check(folder);
  const source = join(scratch(), "source");
  mkdirSync(source);
  for (const name of ["proposals.csv", "comments.csv", "comment_hierarchy.csv"])
    writeFileSync(join(source, name), 'id,title\n1,"never closed\n');
  const { code, err } = await palabre("import", folder, "--format", "decide-madrid", source);
  assert.equal(code, 2);
  assert.match(err, /\.csv:\d+/);
  assert.deepEqual(await check(folder), before);
});
