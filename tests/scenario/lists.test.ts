// Inviting from a list on the command line: everybody once, nobody when something is wrong, hostile files.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newPerson, Person, tokenOf } from "../harness/people.ts";
import { check, must, palabre, scratch, serveNew, slowness } from "../harness/program.ts";

const server = await serveNew();
const folder = scratch();
const fileOf = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const invite = (file: string, ...more: string[]) =>
  palabre("invite", server.folder, "--csv", file, ...more);

const lines = Array.from(
  { length: 2300 },
  (_, n) => `Membre ${n};m${n}@example.org;fr;members;${n % 9};bénévole|Jardinier`,
);
const whole = fileOf("all.csv", `Nom;E-mail;Langue;Catégorie;Parts;Liens\r\n${lines.join("\r\n")}`);

test("2,300 people by the operator's road, while the server serves; the same file again: nobody", async () => {
  const before = await server.checkpoint();
  const dry = await invite(whole, "--dry-run");
  assert.match(dry.err, /^2300 new, 0 known, 0 known but different, 0 wrong$/m);
  assert.equal(await server.checkpoint(), before);
  const started = performance.now();
  const made = await invite(whole);
  const tookMs = performance.now() - started;
  console.log(`# 2,300 invitations: ${Math.round(tookMs)} ms`);
  assert.equal(made.code, 0, made.err);
  assert.ok(tookMs < 20_000 * slowness, `${tookMs} ms`);
  const links = made.out.trim().split("\n");
  assert.equal(links.length, 2301);
  assert.equal(links[0], "name,link");
  const person = new Person(server);
  await person.join(tokenOf(links[1234] ?? ""));
  assert.equal(person.name, "Membre 1233");
  const again = await invite(whole);
  assert.equal(again.code, 0);
  assert.match(again.err, /^0 new, 2300 known/m);
  assert.equal(again.out, "name,link\n");
});

test("a line that says something else is named and changes nothing", async () => {
  const changed = fileOf("changed.csv", "name,email,shares\nMembre 7,M7@example.org,99\n");
  const run = await invite(changed);
  assert.equal(run.code, 0);
  assert.match(run.err, /:2: known as Membre 7 \(\d+\), but differs: email shares/);
  const admin = await newPerson(server, "Ada", ["admin"]);
  const { items } = await admin.call("member.list", { text: "Membre 7", order: "name", limit: 1 });
  assert.equal(items[0].name, "Membre 7");
});

const hostile: [string, string | Buffer, RegExp][] = [
  ["quotes", 'name,email\nAn,"x\nBo,b@x\n', /:2:4: expected a closing quote/],
  ["NUL", Buffer.from("name,email\nA\0n,a@b.c\n"), /:2:2: expected text without U\+0000/],
  ["1 MB", `name,email\n${"x".repeat(1_000_000)},a@b.c\n`, /:2:1: expected a cell of at most/],
  ["Latin-1", Buffer.from("name\nJos\xe9\n", "latin1"), /:2:4: expected UTF-8/],
  ["formula", "name,email\n=cmd|' /C calc'!A0,a@b.c\n", /:2:1: name: a cell that a spreadsheet/],
  ["headings", "prix,lieu\n1,2\n", /names no column/],
  ["empty", "", /is empty/],
  [
    "twice",
    "name,email\nNew,n@x.org\nNouveau,N@x.org\n",
    /:3:1: line: the same person as on line 2/,
  ],
  ["one of two", "name,email\nFresh,fresh@x.org\nBad,nowhere\n", /:3:5: email: not an e-mail/],
];
for (const [name, content, said] of hostile)
  test(`refused with its place, nobody invited: ${name}`, async () => {
    const before = await server.checkpoint();
    const run = await invite(fileOf(`${name}.csv`, content));
    assert.equal(run.code, 1);
    assert.match(run.err, said);
    assert.equal(run.out, "");
    assert.equal(await server.checkpoint(), before);
  });

test("without a server too; the folder replays to the same", async () => {
  await server.stop();
  const out = await must("invite", server.folder, "--csv", fileOf("one.csv", "name\nZoé Seule\n"));
  assert.match(out, /^name,link\n"Zoé Seule",http/);
  await check(server.folder);
});
