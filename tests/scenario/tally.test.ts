// palabre tally on the command line: every quirk that files of ballots have in the wild, what is refused and where, options,
// exported votes, and that nothing which stands in a file drives a terminal.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { palabre, root, scratch } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";

const wild = join(root, "tests/data/wild");
const expected: Record<string, Data[]> = JSON.parse(
  readFileSync(join(wild, "expected.json"), "utf8"),
);
/** What every file of tests/data/wild says unless its quirk changes it. */
const usual: Data = { title: "Choir", candidates: { 1: "Ada", 2: "Bilal", 3: "Cléo" } };
const fields = [
  "title candidates withdrawn ballots empty_ballots over_voted_ballots skipped_rank_ballots",
  "repeated_option_ballots weight_decimals winners quota stages rounds scores graders pairwise",
  "ranking_tiers tallies ranks",
].flatMap((line) => line.split(" "));

/** The fields that are neither usual nor nothing. */
function telling(said: Data): Data {
  const same = (a: Data, b: Data) => JSON.stringify(a) === JSON.stringify(b);
  const kept = fields.filter(
    (field) =>
      field in said &&
      !same(said[field], usual[field]) &&
      !same(said[field], 0) &&
      !same(said[field], []),
  );
  return Object.fromEntries(kept.map((field) => [field, said[field]]));
}

test("each file of tests/data/wild is told, and the other way round", () => {
  const files = readdirSync(wild).filter((name) => name !== "expected.json");
  assert.deepEqual(files.sort(), Object.keys(expected).sort());
});

async function tried(name: string, { args, code, says, error }: Data): Promise<void> {
  const run = await palabre("tally", "--json", ...args.split(" "), join(wild, name));
  assert.equal(run.code, code, `${args}: ${run.err}`);
  if (error === undefined) {
    assert.equal(run.err, "");
    assert.deepEqual(telling(JSON.parse(run.out)), says, args);
  } else {
    assert.equal(run.out, "");
    assert.equal(run.err, `palabre: ${join(wild, name)}:${error}\n`);
  }
}

describe("in the wild", { concurrency: 4 }, () => {
  for (const [name, cases] of Object.entries(expected))
    test(name, async () => {
      for (const one of cases) await tried(name, one);
    });
});

/* ---- options ---- */

/** Ada and Bilal tied for exclusion, then whoever stays with Cléo. */
const tied = "3 1\n2 1 2 0\n2 2 1 0\n3 3 0\n0\n";

function file(text: string, name = "ballots.blt"): string {
  const path = join(scratch(), name);
  writeFileSync(path, text);
  return path;
}

test("wrong usage: exit 2, one sentence on stderr, stdout silent", async () => {
  const blt = file(tied);
  const wrong: [RegExp, ...string[]][] = [
    [/--method is missing/, blt],
    [/--method must be one of yes-no, .*stv-scottish, score-mean/, "--method", "stv-meek", blt],
    [/--method must be one of/, "--method", "", blt],
    [/--seats must be/, "--method", "irv", "--seats", "0", blt],
    [/--seats must be/, "--method", "irv", "--seats", "1001", blt],
    [/4 places cannot be filled: 3 candidates/, "--method", "irv", "--seats", "4", blt],
    [/--ties must be/, "--method", "irv", "--ties", "age", blt],
    [/--ties lot needs --seed/, "--method", "irv", "--ties", "lot", blt],
    [/--seed goes with/, "--method", "irv", "--seed", "0".repeat(64), blt],
    [/--seed must be 64/, "--method", "irv", "--ties", "lot", "--seed", "0".repeat(63), blt],
    [/--seed must be 64/, "--method", "irv", "--ties", "lot", "--seed", "g".repeat(64), blt],
    [/--over-votes must be/, "--method", "irv", "--over-votes", "split", blt],
    [/--blank must be/, "--method", "irv", "--blank", "best", blt],
    [/--poll goes with an export/, "--method", "irv", "--poll", "1", blt],
    [/holds rankings, which approval cannot count: use single, irv/, "--method", "approval", blt],
    [/holds grades or points, which irv/, "--method", "irv", join(wild, "commas.csv")],
    [/sorted into categories, which irv/, "--method", "irv", join(wild, "two-categories.cat")],
    [/approval counts two categories/, "--method", "approval", join(wild, "five-categories.cat")],
  ];
  for (const [sentence, ...args] of wrong) {
    const { code, out, err } = await palabre("tally", ...args);
    assert.equal(code, 2, `${args.join(" ")}: ${code} ${err}`);
    assert.match(err, sentence);
    assert.equal(out, "");
  }
});

test("a file that is not there, or is a folder of something else: exit 1", async () => {
  for (const path of [join(scratch(), "none.blt"), scratch()]) {
    const { code, out, err } = await palabre("tally", "--method", "irv", path);
    assert.deepEqual([code, out], [1, ""]);
    assert.ok(err.startsWith(`palabre: ${path}: `), err);
  }
});

test("a tie: left open exit 3, by lot as the seed says, or nobody", async () => {
  const blt = file(tied);
  const run = async (...options: string[]) => {
    const { code, out } = await palabre("tally", "--json", "--method", "irv", ...options, blt);
    return { code, said: JSON.parse(out) };
  };
  for (const ties of [[], ["--ties", "report"], ["--ties", "chair"]]) {
    const { code, said } = await run(...ties);
    assert.deepEqual([code, said.winners, said.ties[0].how], [3, [], "open"]);
  }
  const nobody = await run("--ties", "not-adopted");
  assert.deepEqual([nobody.code, nobody.said.winners], [0, []]);
  assert.equal(nobody.said.ties[0].how, "status-quo");
  const winners = new Set<number>();
  const again = await run("--ties", "lot", "--seed", "0".repeat(64));
  for (let number = 0; number < 16 && winners.size < 2; number++) {
    const lot = ["--ties", "lot", "--seed", number.toString(16).padStart(64, "0")];
    const once = await run(...lot);
    if (number === 0) assert.deepEqual(once, again);
    assert.deepEqual([once.code, once.said.decided_by_lot], [0, true]);
    winners.add(once.said.winners[0]);
  }
  assert.deepEqual([...winners].sort(), [1, 2]);
});

test("seats: the file's for stv-scottish and single, one for the others", async () => {
  const blt = file("3 2\n4 1 2 0\n3 2 1 0\n2 3 2 0\n0\n");
  for (const [method, places] of Object.entries({
    "stv-scottish": 2,
    single: 2,
    irv: 1,
    schulze: 1,
  })) {
    const { code, out } = await palabre("tally", "--json", "--method", method, blt);
    const said = JSON.parse(out);
    assert.deepEqual([code, said.seats, said.winners.length], [0, places, places], method);
  }
});

/* ---- what is printed ---- */

/** Line feeds aside: controls, marks of direction, separators, the byte order mark. */
const unprintable = /[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069\ufeff]/u;

test("whatever a file is called and holds, nothing unprintable is printed", async () => {
  const names = join(wild, "hostile-names.blt");
  for (const how of [[], ["--json"]])
    for (const method of ["irv", "stv-scottish", "schulze", "single"]) {
      const { code, out } = await palabre("tally", "--method", method, ...how, names);
      assert.equal(code, 0);
      assert.ok(out.includes("�[31mAda"), out);
      assert.doesNotMatch(out, unprintable);
    }
  const bad = file("3 1\n1 \x1b[2J\u202e\n", "\x1b]0;owned\x07\u202e.blt");
  const { code, err } = await palabre("tally", "--method", "irv", bad);
  assert.equal(code, 1);
  assert.match(err, /\?\]0;owned\?.*:2:3: expected .*, found '\?\[2J/);
  assert.doesNotMatch(err, unprintable);
});

test("the table: places, quota, stages, ties, and what was odd about the ballots", async () => {
  const blt = file(
    '4 2\n-4\n5 1 2 0\n3 2 1 0\n2 3=2 1 0\n1 4 0\n0\n"Ada"\n"Bilal"\n"Cléo"\n"Dewi"\n"Choir"\n',
  );
  const { code, out } = await palabre("tally", "--method", "stv-scottish", blt);
  assert.equal(code, 0);
  for (const line of [
    /^stv-scottish, 2 places, 11 ballots, 1 empty, 2 with several on one rank$/m,
    /^withdrawn: Dewi$/m,
    /^ {2}1\. Ada \(1\)$/m,
    /^ {2}2\. Bilal \(2\)$/m,
    /^Quota 3\.00000$/m,
    /^ {2}1 Ada +5\.00000\*/m,
  ])
    assert.match(out, line);
  const open = await palabre("tally", "--method", "irv", file(tied));
  assert.match(open.out, /^nobody has a place$/m);
  assert.match(open.out, /^Tie for exclusion after stage 1: 1, 2: left open$/m);
});

/* ---- exported votes ---- */

const { bases, cases } = JSON.parse(
  readFileSync(join(root, "tests/data/vectors/counts.json"), "utf8"),
);

function exported(one: Data, scope = "private 0\n"): string {
  const folder = join(scratch(), "record");
  mkdirSync(folder);
  const events = [...bases[one.base].slice(0, one.keep), ...one.lines].join("");
  writeFileSync(join(folder, "scope"), scope);
  writeFileSync(join(folder, "events.ndjson"), events);
  return folder;
}

test("worked counts, out of the folder they are exported to", async () => {
  let lots = 0;
  for (const one of cases) {
    const { code, out, err } = await palabre("tally", "--json", exported(one));
    assert.ok(code === 0 || code === 3, `${one.name}: ${err}`);
    const said = JSON.parse(out);
    assert.deepEqual(Object.values(said.scores), one.expected.scores, one.name);
    const byChair = one.decided === 2;
    const winners = said.winners.map((winner: number) => winner - 1).sort();
    if (!byChair) assert.deepEqual(winners, one.expected.winners, one.name);
    assert.equal(said.decided_by_lot, one.decided === 1, one.name);
    lots += one.decided === 1 ? 1 : 0;
    // A tied yes-no is judged by its rule, not by the count.
    if (said.method !== "yes-no") assert.equal(code === 3, one.decided >= 2, one.name);
  }
  assert.ok(cases.length > 40 && lots >= 3);
});

test("an export: open ones hold no ballots; altered, erased, unknown votes are named", async () => {
  const [one] = cases;
  const open = await palabre("tally", exported(one, "open 0\n"));
  assert.equal(open.code, 1);
  assert.match(open.err, /expected a whole private export .*an open one holds no ballots/);
  const folder = exported(one);
  const path = join(folder, "events.ndjson");
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const ballot = lines.findIndex((line) => Buffer.from(JSON.parse(line).leaf, "base64")[1] === 10);
  assert.ok(ballot > 0);
  const change = async (line: Data) => {
    writeFileSync(
      path,
      lines
        .with(ballot, JSON.stringify(line))
        .map((text) => `${text}\n`)
        .join(""),
    );
    return palabre("tally", folder);
  };
  const { seq, leaf, salt, payload } = JSON.parse(lines[ballot] ?? "");
  const bytes = Buffer.from(payload, "base64");
  bytes[bytes.length - 65] = (bytes.at(-65) ?? 0) ^ 3;
  const altered = await change({ seq, leaf, salt, payload: bytes.toString("base64") });
  assert.equal(altered.code, 1);
  assert.match(
    altered.err,
    new RegExp(`events.ndjson:${ballot + 1}:1: expected an event of this vote`),
  );
  const erased = await change({ seq, leaf });
  assert.equal(erased.code, 1);
  assert.match(erased.err, new RegExp(`:${ballot + 1}:1: expected every ballot of the vote`));
  const more = await change({ seq, leaf, salt, payload, more: "" });
  assert.match(more.err, new RegExp(`:${ballot + 1}:1: expected event ${seq} of a record`));
  await change({ seq, leaf, salt, payload });
  for (const poll of ["7", "x", "00000000-0000-4000-8000-000000000000"]) {
    const { code, err } = await palabre("tally", folder, "--poll", poll);
    assert.equal(code, 2, err);
  }
  assert.equal((await palabre("tally", folder, "--poll", one.expected.poll)).code, 0);
  assert.equal((await palabre("tally", folder, "--method", "irv")).code, 2);
});
