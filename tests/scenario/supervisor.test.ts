// What a service manager hears: ready when it listens, a sign of life only after a round trip through the writer
// and the store, stopping. The manager is socat on a datagram socket; the stuck store is mdb_load (lmdb-utils), which takes the
// writers' lock of the environment and waits for its input.
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { endServer, initFolder, Server, scratch, slowness } from "../harness/program.ts";

const missing = ["socat", "mdb_load"].filter((name) => spawnSync(name, ["-V"]).error);
const skip = missing.length > 0 && `not on this machine: ${missing.join(", ")}`;

const running: ChildProcess[] = [];
after(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** A service manager: what it has been told so far. */
async function manager(): Promise<{ path: string; said: () => string }> {
  const path = join(scratch(), "notify");
  const child = spawn("socat", ["-u", `UNIX-RECV:${path}`, "STDOUT"]);
  running.push(child);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += `${text}\n`;
  });
  while (!existsSync(path)) await sleep(10);
  return { path, said: () => said };
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const limit = Date.now() + 10_000 * slowness;
  while (!holds()) {
    assert.ok(Date.now() < limit, `in vain: ${what}`);
    await sleep(20);
  }
}

/** Holds the lock that writers of the environment take, until it is ended. */
async function holdWriters(folder: string): Promise<ChildProcess> {
  const child = spawn("mdb_load", ["-s", "meta", folder], { stdio: ["pipe", "ignore", "inherit"] });
  running.push(child);
  child.stdin?.write("VERSION=3\nformat=bytevalue\ntype=btree\nHEADER=END\n");
  return child;
}

test("the manager hears ready, signs of life, stopping", { skip }, async () => {
  const { path, said } = await manager();
  const watch = ["env", `NOTIFY_SOCKET=${path}`, "WATCHDOG_USEC=400000"];
  const server = new Server(await initFolder(), { wrap: watch });
  after(() => endServer(server));
  await server.start();
  const lives = () => said().match(/^WATCHDOG=1$/gm)?.length ?? 0;
  await until("ready", () => said().includes(`READY=1\nSTATUS=serving ${server.origin}`));
  await until("three signs of life", () => lives() >= 3);
  await server.stop();
  await until("stopping", () => /^STOPPING=1$/m.test(said()));
});

test("a loop that turns is not enough: a stuck store gives no sign of life", { skip }, async () => {
  const { path, said } = await manager();
  const watch = ["env", `NOTIFY_SOCKET=${path}`, "WATCHDOG_USEC=400000"];
  const server = new Server(await initFolder(), { wrap: watch });
  after(() => endServer(server));
  await server.start();
  const lives = () => said().match(/^WATCHDOG=1$/gm)?.length ?? 0;
  await until("a sign of life", () => lives() > 0);
  const holder = await holdWriters(server.folder);
  let before = -1;
  let began = Date.now();
  await until("silence for a second", () => {
    const now = lives();
    if (now !== before) began = Date.now();
    before = now;
    return Date.now() - began > 1000 * slowness;
  });
  assert.ok(await server.healthy(), "the loop turns");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  await until("alive again", () => lives() > before);
});
