// The admin listener: alive, ready, figures; and nothing of it on the public side.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, newHall, newPerson, post } from "../harness/people.ts";
import {
  freePort,
  initFolder,
  must,
  palabre,
  root,
  Server,
  scratch,
  serveNew,
} from "../harness/program.ts";
import { openSocket } from "../harness/raw.ts";
import { type Answer, httpRequest } from "../harness/wire.ts";

const server = await serveNew();
const ask = (path: string, more: object = {}): Promise<Answer> =>
  httpRequest({ socketPath: join(server.folder, "admin"), path, ...more });
/** The values of a metric, by its labels. */
function values(text: string, name: string): Record<string, number> {
  const found = [...text.matchAll(new RegExp(`^${name}(\\{[^}]*\\})? (\\S+)$`, "gm"))];
  return Object.fromEntries(found.map((one) => [one[1] ?? "", Number(one[2])]));
}

test("/livez and /readyz answer on the admin listener, for the operator alone", async () => {
  assert.equal(statSync(join(server.folder, "admin")).mode & 0o777, 0o600);
  const alive = await ask("/livez");
  assert.deepEqual([alive.status, alive.text], [200, "ok\n"]);
  const ready = await ask("/readyz");
  assert.deepEqual([ready.status, JSON.parse(ready.text)], [200, { ready: true, problems: [] }]);
  assert.equal((await ask("/")).status, 404);
  assert.equal((await ask("/rpc", { json: {} })).status, 405);
  assert.equal((await ask("/openrpc.json")).status, 404);
});

test("the public side knows none of it, whatever it is asked for", async () => {
  for (const path of ["/livez", "/readyz", "/metrics", "/stats"]) {
    const answer = await server.get(path);
    assert.equal(answer.status, 404, path);
    assert.doesNotMatch(answer.text, /palabre_build_info|problems/);
  }
});

test("/metrics counts what happens, without a word about a person; promtool finds no fault", async () => {
  const person = await newPerson(server, "Zénobie Canari");
  const socket = await person.socket();
  await socket.watch("org");
  const bad = { jsonrpc: "2.0", id: 1, method: "session.join", params: { token: "A".repeat(43) } };
  await post(server, "", bad);
  const junk = await socket.ask("ballot.cast", { tbs: "AAAA", sig: "A".repeat(86) });
  assert.ok(junk.error, "a ballot of nothing is refused");
  const { status, text, headers } = await ask("/metrics");
  assert.equal(status, 200);
  assert.match(String(headers["content-type"]), /^text\/plain; version=0\.0\.4/);
  assert.deepEqual(values(text, "palabre_ws_connections"), {
    '{role="websocket"}': 1,
    '{role="longpoll"}': 0,
  });
  const signIns = values(text, "palabre_auth_attempts_total");
  assert.equal(signIns['{method="link",result="ok"}'], 1);
  assert.equal(signIns['{method="link",result="refused"}'], 1);
  const refused = values(text, "palabre_ballots_rejected_total");
  assert.equal(
    Object.values(refused).reduce((sum, one) => sum + one, 0),
    1,
    text,
  );
  assert.ok((values(text, "palabre_log_sealed_events")[""] ?? 0) > 2);
  assert.ok((values(text, "palabre_loop_turn_seconds_count")[""] ?? 0) > 0);
  assert.ok((values(text, "process_resident_memory_bytes")[""] ?? 0) > 1e6);
  assert.ok((values(text, "process_open_fds")[""] ?? 0) > 5);
  assert.equal(values(text, "palabre_lmdb_map_bytes")[""], 16384 * 2 ** 20);
  const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  assert.ok(series.length <= 300, `${series.length} series`);
  assert.doesNotMatch(text, new RegExp(`Canari|Essais|${person.id}`));
  const lint = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  assert.equal(lint.error, undefined, "promtool of the package prometheus is missing");
  assert.deepEqual([lint.status, lint.stdout, lint.stderr], [0, "", ""]);
  const broken = spawnSync("promtool", ["check", "metrics"], {
    input: "# TYPE a_total gauge\na_total 1\n",
  });
  assert.notEqual(broken.status, 0, "promtool finds a planted fault");
});

/** kB that half of the rounds may add, of 100 connections each. It finds 2 kB that stay of each (a ring, a run of the feed, a
 * buffer); what is smaller goes into holes that an allocator has anyway. Once in a while one grows by a step, when more were
 * busy at the same time than ever before: that is no leak. */
const keptMost = 40;
test("two thousand connections that came and went leave nothing in memory", async () => {
  const { ASAN_OPTIONS } = process.env;
  // Under a sanitizer what was freed is otherwise kept for a while, to find who still uses it.
  process.env.ASAN_OPTIONS = `${ASAN_OPTIONS ?? ""}:quarantine_size_mb=0:thread_local_quarantine_size_kb=0`;
  const hall = await serveNew({ more: ["--command-rate", "0"] });
  if (ASAN_OPTIONS === undefined) delete process.env.ASAN_OPTIONS;
  else process.env.ASAN_OPTIONS = ASAN_OPTIONS;
  const { members } = await newHall(hall, 4);
  const rssAnon = () =>
    Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${hall.pid}/status`, "utf8"))?.[1]);
  const round = async () => {
    const each = members.flatMap((member) => Array.from({ length: 25 }, () => member.socket()));
    const sockets = await Promise.all(each);
    await Promise.all(
      sockets.map((socket) => socket.subscribe({ org: 0, me: 0, proposals: 0, meetings: 0 })),
    );
    for (const socket of sockets) socket.close();
    await eventually("all are gone", async () => {
      const admin = { socketPath: join(hall.folder, "admin"), path: "/metrics" };
      const live = values((await httpRequest(admin)).text, "palabre_ws_connections");
      return Object.values(live).every((count) => count === 0);
    });
    return rssAnon();
  };
  const kept: number[] = [];
  while (kept.length < 20) kept.push(await round());
  const added = kept.slice(1).map((kB, at) => kB - (kept[at] ?? 0));
  const [middle = Number.NaN] = added.toSorted((a, b) => a - b).slice(added.length / 2);
  assert.ok(middle < keptMost, `${kept.join(", ")} kB`);
});

test("the last backup has a time, once there is one", async () => {
  const name = "palabre_backup_last_success_timestamp_seconds";
  const before = Math.floor(Date.now() / 1000);
  assert.deepEqual(values((await ask("/metrics")).text, name), {});
  await must("backup", server.folder, join(scratch(), "backup"));
  const { text } = await ask("/metrics");
  const at = values(text, name)[""] ?? 0;
  assert.ok(at >= before && at <= Date.now() / 1000 + 1, `${at}`);
  const lint = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  assert.equal(lint.stderr, "");
  writeFileSync(join(server.folder, "backup.stamp"), "soon\n");
  assert.deepEqual(values((await ask("/metrics")).text, name), {});
});

test("docs/operating.md lists the metrics that there are", async () => {
  const { text } = await ask("/metrics");
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map((one) => [
    `\`${one[1]}\``,
    one[2],
  ]);
  const helps = [...text.matchAll(/^# HELP \S+ (.*)$/gm)].map((one) => one[1]);
  const page = readFileSync(join(root, "docs/operating.md"), "utf8").split("\n");
  const begin = page.findIndex((line) => line.startsWith("| metric |"));
  const end = page.findIndex((line, at) => at > begin && !line.startsWith("|"));
  const rows = page.slice(begin + 2, end).map((line) => line.slice(2, -2).split(" | "));
  assert.deepEqual(
    rows,
    types.map(([name, type], at) => [name, type, helps[at]]),
  );
});

test("on a port of the loopback, or nowhere; never on another address", async () => {
  const port = await freePort();
  const folder = await initFolder();
  const more = ["--admin-listen", `127.0.0.1:${port}`];
  const other = await new Server(folder, { more }).start();
  assert.equal((await httpRequest({ port, path: "/readyz" })).status, 200);
  assert.ok(!existsSync(join(folder, "admin")));
  await other.stop();
  const none = await new Server(folder, { more: ["--admin-listen", "none"] }).start();
  assert.ok(!existsSync(join(folder, "admin")));
  await none.stop();
  const open = await palabre("serve", folder, "--admin-listen", "0.0.0.0:9100");
  assert.equal(open.code, 2);
  assert.match(open.err, /the admin listener is never open to a network/);
});

test("/readyz says that a stop has been asked for", async () => {
  const own = await serveNew();
  const person = await newPerson(own, "Ada");
  // Its other end never answers the close: the stop waits for it a moment.
  const deaf = await openSocket(own, person.cookie);
  const ended = own.stop();
  const said = await eventually("it says so", async () => {
    const socketPath = join(own.folder, "admin");
    const answer = await httpRequest({ socketPath, path: "/readyz" });
    return answer.status === 503 && JSON.parse(answer.text);
  });
  assert.deepEqual(said, { ready: false, problems: ["stopping"] });
  deaf.close();
  await ended;
});

test("/readyz says that the writer is stuck, and that it goes on", async () => {
  const own = await serveNew({ wrap: ["env", "WATCHDOG_USEC=400000"] });
  const ready = async () => {
    const answer = await httpRequest({ socketPath: join(own.folder, "admin"), path: "/readyz" });
    return `${answer.status} ${JSON.parse(answer.text).problems.join()}`;
  };
  const lines = "VERSION=3\nformat=bytevalue\ntype=btree\nHEADER=END\n";
  const holder = spawn("mdb_load", ["-s", "meta", own.folder], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  holder.stdin.write(lines); // takes the lock of writers, and waits for the rest
  try {
    await eventually("stuck", async () => (await ready()) === "503 writer_stuck", 20_000);
    assert.ok(await own.healthy(), "reading goes on");
  } finally {
    holder.kill("SIGKILL");
    await once(holder, "exit");
  }
  await eventually("ready again", async () => (await ready()) === "200 ");
});
