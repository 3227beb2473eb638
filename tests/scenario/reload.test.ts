// SIGHUP reads the settings again: what can change does, under a live socket; what cannot is named; a bad file changes
// nothing. SIGUSR1 opens the log's files again.
import assert from "node:assert/strict";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { eventually as until, newPerson, type Person } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";

const folder = await initFolder();
const file = join(folder, "palabre.conf");
const log = join(folder, "palabre.log");
const write = (...lines: string[]) => writeFileSync(file, `${lines.join("\n")}\n`);
write(`log-file = ${log}`);
const server = await new Server(folder).start();
after(() => endServer(server));
const person: Person = await newPerson(server, "Rosa");
const socket = await person.socket();

/** Lines of the log since this many characters. */
const since = (size: number, path = log) => readFileSync(path, "utf8").slice(size);
const size = () => readFileSync(log, "utf8").length;

/** SIGHUP with these settings; what the log says of it. */
async function reread(...lines: string[]): Promise<string> {
  write(`log-file = ${log}`, ...lines);
  const before = size();
  process.kill(server.pid, "SIGHUP");
  await until("the settings are read again", () => /\breload\b.*\n/.test(since(before)));
  return since(before);
}
/** How many of 40 reads at once are refused for their rate. */
async function refusals(): Promise<number> {
  const answers = [];
  for (let at = 0; at < 40; at++) answers.push(await socket.ask("member.list", {}));
  return answers.filter((answer) => answer.error?.data?.reason === "rate.limited").length;
}

test("a live socket goes on over SIGHUP, under the new rate", async () => {
  assert.match(since(0), / info start settings from .*palabre\.conf; not as usual: .*log-file\n/);
  const said = await reread("command-rate = 1");
  assert.match(said, / info reload settings read again; changed: command-rate\n/);
  assert.ok((await refusals()) > 20, "the new rate is in force");
  assert.match(await reread("command-rate = 0"), /changed: command-rate\n/);
  assert.equal(await refusals(), 0, "without a limit again");
  assert.equal(socket.closed, undefined);
});

test("what needs a restart is named, the rest of the file is in force", async () => {
  const said = await reread("map-size = 4096", "listen = 127.0.0.1:1", "files = 7", "workers = 5");
  assert.match(said, /settings read again; changed: command-rate, files, map-size\n/);
  // --listen of the command line goes before the file: it does not differ.
  assert.match(said, / warning reload only a restart changes: workers\n/);
  assert.ok(await server.healthy());
});

test("a bad file leaves everything as it was and says where it is bad", async () => {
  await reread("command-rate = 0");
  const said = await reread("command-rate = 1", "colour = red", "files = much");
  const bad = said.trimEnd().split("\n");
  assert.equal(bad.length, 2, said);
  assert.match(
    bad[0] ?? "",
    / error reload settings stay as they are: .*palabre\.conf:3: unknown setting "colour"$/,
  );
  assert.match(bad[1] ?? "", /palabre\.conf:4: files: "much" is not a number from 0 to 1048576$/);
  assert.equal(await refusals(), 0, "the old rate is in force");
  const before = size();
  write("command-rate = 1", "log-file = /nowhere/at/all.log");
  process.kill(server.pid, "SIGHUP");
  await until("the file is refused", () =>
    since(before).includes("settings stay as they are: log-file: /nowhere/at/all.log: No such"),
  );
  assert.equal(await refusals(), 0, "the old rate is still in force");
});

test("origins change: the old one is refused, the new one answers", async () => {
  const name = "vote.example.org";
  await reread(`origin = http://${name}`);
  assert.equal((await server.get("/healthz", { host: name })).status, 200);
  assert.equal((await server.get("/healthz")).status, 421);
  await reread();
  assert.equal((await server.get("/healthz")).status, 200);
  assert.equal((await server.get("/healthz", { host: name })).status, 421);
});

test("SIGUSR1 begins a new log after a rotation; format and level change with SIGHUP", async () => {
  renameSync(log, `${log}.1`);
  process.kill(server.pid, "SIGUSR1");
  await until("a new log", () => existsSync(log));
  const said = await reread("log-format = json");
  const line = JSON.parse(said);
  assert.deepEqual([line.level, line.event], ["info", "reload"]);
  assert.match(line.message, /changed: log-format$/);
  assert.match(line.ts, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(!since(0, `${log}.1`).includes('"ts"'), "the old file is left alone");
  const before = size();
  write(`log-file = ${log}`, "log-level = error", "command-rate = x");
  process.kill(server.pid, "SIGHUP");
  await until("errors are still told", () => since(before).includes("not a number"));
});
