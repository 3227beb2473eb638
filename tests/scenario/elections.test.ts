// Real elections: every check of every file of ../shared/elections that a method of this version can make.
//
// What `palabre tally --json` says must be what the collection says: winners in their order, every stage digit by digit,
// rounds, duels, quotas, tiers, tallies, scores, ranks. Where a lot decided, a seed is looked for that draws as it was drawn
// then, so that the stages compare too; and all seeds together reach the winners that are possible. A check for a method
// or a format that is not read yet is skipped, with the reason.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { must, palabre, scratch, shared } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";

const folder = join(shared, "elections");
const offered =
  /must be one of (.*)\n/
    .exec((await palabre("tally", "--method", "x", "x")).err)?.[1]
    ?.split(", ") ?? [];
/** Fields of a check that say what came out; the others tell where it is from. */
const outcomes = ["winners", "winner_names", "quota", "rounds", "pairwise", "condorcet_winner"];
const more = ["ranking_tiers", "scores", "tallies", "ranks", "decided_by_lot"];

const seed = (number: number) => number.toString(16).padStart(64, "0");

async function count(file: string, check: Data, ...options: string[]): Promise<Data> {
  const seats = check.seats === undefined ? [] : ["--seats", String(check.seats)];
  const args = ["--method", check.method, ...seats, ...options, file];
  const { code, out, err } = await palabre("tally", "--json", ...args);
  assert.ok(code === 0 || code === 3, `${args.join(" ")}: ${code} ${err}`);
  return JSON.parse(out);
}

/** A table of grades has no numbers: the collection names its winners. */
const winnersOf = (said: Data, check: Data) =>
  typeof check.winners?.[0] === "string" ? said.winner_names : said.winners;

const stagesOf = (stages: Data[] | undefined) =>
  stages?.map(({ action, votes }) => ({ action, votes }));

/** The numbers of candidates instead of their names. */
function byNumber(said: Data, names: Data): Data {
  const numbers = new Map(Object.entries(said.candidates).map(([number, name]) => [name, number]));
  return Object.fromEntries(
    Object.entries(names).map(([name, value]) => [numbers.get(name), value]),
  );
}

function compare(said: Data, check: Data): void {
  for (const field of [...outcomes, ...more]) {
    if (check[field] === undefined) continue;
    const found = field === "winners" ? winnersOf(said, check) : said[field];
    assert.deepEqual(found, check[field], field);
  }
  if (check.stages) assert.deepEqual(stagesOf(said.stages), stagesOf(check.stages), "stages");
  if (check.sums) assert.deepEqual(said.scores, byNumber(said, check.sums), "sums");
  for (const [name, label] of Object.entries(check.median_grade ?? {})) {
    const place = check.grades_worst_to_best.indexOf(label) + 1;
    assert.equal(said.median_grade[name], place, `middle grade of ${name}`);
  }
}

/** The lot that was drawn then, found among sixty-four seeds; and whoever can win does with one of them. */
async function replay(file: string, check: Data): Promise<void> {
  const reached = new Set<string>();
  const replayed: Data[] = [];
  const possible: number[] = check.possible_winners_over_all_lots ?? [];
  const searching = () => !replayed[0] || possible.some((winner) => !reached.has(String(winner)));
  for (let number = 0; number < 64 && searching(); number++) {
    const said = await count(file, check, "--ties", "lot", "--seed", seed(number));
    assert.equal(said.decided_by_lot, true);
    for (const winner of said.winners) reached.add(String(winner));
    const same =
      JSON.stringify(stagesOf(said.stages)) === JSON.stringify(stagesOf(check.stages)) &&
      JSON.stringify(said.rounds) === JSON.stringify(check.rounds);
    if (same) replayed.push(said);
  }
  const [said] = replayed;
  assert.ok(said, "no seed draws as it was drawn");
  for (const winner of said.winners) assert.ok(check.winners.includes(winner), `winner ${winner}`);
  assert.equal(said.winners.length, check.seats ?? 1);
  assert.equal(said.quota, check.quota);
  if (possible.length > 0) assert.deepEqual([...reached].sort(), possible.map(String).sort());
}

function counters(said: Data, about: Data): void {
  for (const field of ["ballots", "empty_ballots", "withdrawn"])
    if (about[field] !== undefined) assert.deepEqual(said[field], about[field], field);
  if (about.candidates) assert.deepEqual(said.candidates, about.candidates, "candidates");
}

async function check(about: Data, one: Data): Promise<void> {
  const file = join(folder, about.file);
  const said = await count(file, one);
  counters(said, about);
  if (one.decided_by_lot) {
    assert.deepEqual([said.decided_by_lot, said.ties.at(-1).how], [false, "open"]);
    await replay(file, one);
  } else {
    assert.ok(said.ties.every((tie: Data) => tie.how !== "open"));
    compare(said, one);
  }
}

/** abc.yaml has no reader: its profile, written as categories, is the same election. */
async function committee(about: Data, one: Data): Promise<void> {
  const text = readFileSync(join(folder, about.file), "utf8");
  const profile = JSON.parse(/^profile: (.*)$/m.exec(text)?.[1] ?? "null") as number[][];
  const options = Number(/^num_cand: (\d+)$/m.exec(text)?.[1]);
  const sets = profile.map((liked) => {
    const others = [...Array(options).keys()].filter((option) => !liked.includes(option));
    const group = (list: number[]) => `{${list.map((option) => option + 1).join(",")}}`;
    return `1: ${group(liked)},${group(others)}\n`;
  });
  const head = { "DATA TYPE": "cat", "NUMBER ALTERNATIVES": options, "NUMBER CATEGORIES": 2 };
  const lines = Object.entries({ ...head, "NUMBER VOTERS": profile.length });
  const file = join(scratch(), "committee.cat");
  writeFileSync(file, lines.map(([key, value]) => `# ${key}: ${value}\n`).join("") + sets.join(""));
  const seats = String(one.seats);
  const said = JSON.parse(
    await must("tally", "--json", "--method", "approval", "--seats", seats, file),
  );
  const found = said.winners.map((winner: number) => winner - 1).sort();
  assert.deepEqual([found], one.all_tied_committees);
}

function reasonToSkip(about: Data, one: Data): string | false {
  if (about.file.endsWith(".pb")) return "participatory budgets are not read yet";
  if (about.file.endsWith(".abc.yaml") && one.method !== "av") return "not offered yet";
  return one.method === "av" || offered.includes(one.method) ? false : "not offered yet";
}

if (!existsSync(folder)) {
  test("real elections", { skip: `no ${folder}` }, () => {});
} else {
  const files = readdirSync(folder).filter((name) => name.endsWith(".expected.json"));
  for (const name of files.sort()) {
    const about = JSON.parse(readFileSync(join(folder, name), "utf8"));
    for (const one of about.checks)
      test(`${about.file}: ${one.method}`, { skip: reasonToSkip(about, one) }, () =>
        one.method === "av" ? committee(about, one) : check(about, one),
      );
  }
  test("the collection is there", () => {
    assert.equal(files.length, 20);
    assert.ok(offered.includes("irv") && offered.includes("score-mean"), offered.join());
  });
}
