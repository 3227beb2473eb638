// The daily backup as the timer and cron run it: one for each day, verified; 7 daily and 5 weekly ones stay.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { initFolder, program, root, scratch } from "../harness/program.ts";

const script = join(root, "server/install/palabre-backup");
const page = readFileSync(join(root, "docs/backup.md"), "utf8");
const place = scratch();
const bin = join(place, "bin");
mkdirSync(bin);
const put = (path: string, text: string): string => {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
};
put(join(bin, "date"), '#!/bin/sh\nexec /bin/date -u -d "@$NOW" "$@"\n');
/** Stands for the program where only the turns of days matter. */
const quick = put(
  join(place, "quick"),
  '#!/bin/sh\n[ "$1" = check ] && exec test -s "$2"\necho "$NOW" > "$3"\n',
);
const noon = Date.UTC(2026, 0, 1, 12) / 1000;

function run(day: number, uses: string, ...args: string[]) {
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    NOW: String(noon + day * 86400),
    PALABRE: uses,
  };
  return spawnSync("sh", [script, ...args], { env, encoding: "utf8" });
}

test("the real program: made, verified, not made twice; a broken one is said", async () => {
  const folder = await initFolder();
  const [from, name] = [join(folder, ".."), basename(folder)];
  const to = join(place, "real");
  const first = run(0, program, name, from, to);
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /^backup: 2 events[\s\S]*the backup is whole/);
  const day = join(to, name, "daily", "2026-01-01.palabre");
  assert.equal(statSync(day).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(join(to, name)).toSorted(), ["daily", "weekly"]);
  mkdirSync(join(to, name, "daily", "2025-12-31.palabre.part"));
  writeFileSync(join(folder, "erasures"), "the newest list\n");
  const again = run(0, program, name, from, to);
  assert.equal(again.status, 0, again.stderr);
  assert.doesNotMatch(again.stdout, /^backup:/);
  assert.equal(readFileSync(join(to, name, "erasures"), "utf8"), "the newest list\n");
  assert.deepEqual(readdirSync(join(to, name, "daily")), ["2026-01-01.palabre"]);
  assert.deepEqual(readdirSync(join(to, name, "weekly")), ["2026-W01.palabre"]);
  writeFileSync(day, readFileSync(day).subarray(0, -1000));
  const broken = run(0, program, name, from, to);
  assert.notEqual(broken.status, 0);
  assert.match(broken.stderr, /cut off/);
});

test("over forty-five days: seven daily, five weekly", () => {
  const days = [0, 7, 14, 21, 28, ...Array.from({ length: 12 }, (_, at) => 33 + at)];
  for (const day of days) {
    const one = run(day, quick, "garden", place, join(place, "days"));
    assert.equal(one.status, 0, one.stderr);
  }
  const held = (what: string) => readdirSync(join(place, "days/garden", what)).sort();
  assert.deepEqual(
    held("daily"),
    [8, 9, 10, 11, 12, 13, 14].map((day) => `2026-02-${String(day).padStart(2, "0")}.palabre`),
  );
  assert.deepEqual(
    held("weekly"),
    [3, 4, 5, 6, 7].map((week) => `2026-W0${week}.palabre`),
  );
});

test("docs/backup.md names the timer and the line for cron as they are", () => {
  const line = /^\d+ \d+ \* \* \* palabre (\S+) (\w+)$/m.exec(page);
  assert.ok(line, "a line for cron");
  assert.equal(basename(line[1] ?? ""), basename(script));
  assert.match(page, /systemctl enable --now palabre-backup@garden\.timer/);
  const unit = readFileSync(join(root, "server/install/palabre-backup@.service"), "utf8");
  assert.match(unit, /^ExecStart=PREFIX\/lib\/palabre\/palabre-backup %i$/m);
});
