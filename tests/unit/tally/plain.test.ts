// Random elections of every method against the rules written down a second time (plain.ts): every number of the count, and that
// neither the order of ballots nor their grouping nor the names of options matter.
//
// PALABRE_ELECTIONS says how many of each method (1000), PALABRE_SEED where they begin; a failure prints the seed of its election.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { build } from "../../harness/program.ts";
import { type Choice, count, type Election, methods, possible, type Tie } from "./plain.ts";

const each = Number(process.env.PALABRE_ELECTIONS ?? 1000);
const beginning = Number(process.env.PALABRE_SEED ?? 20_261_126);

/** Numbers below 2^32 (xorshift). */
class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = (Math.imul(seed, 2_654_435_761) ^ 0x9e37_79b9) >>> 0 || 1;
    for (let i = 0; i < 8; i++) this.below(2);
  }
  below(n: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state % n;
  }
  shuffled<T>(list: T[]): T[] {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  }
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** What may be cast, by form; options that were withdrawn are on no ballot. Undefined = nothing was chosen. */
function choiceOf(random: Random, election: Election, equal: boolean): Choice | undefined {
  const { options: n, grades, withdrawn } = election;
  const open = range(n).filter((option) => !withdrawn[option]);
  const some = random.shuffled(open).slice(0, 1 + random.below(open.length || 1));
  if (n > 0 && open.length === 0) return undefined;
  switch (methods[election.method]?.form) {
    case 2:
      return [1 + random.below(2)];
    case 3:
      return [1 + random.below(3)];
    case 4:
      return some.slice(0, 1);
    case 5:
      return some;
    case 6:
      return range(n).map((option) => (some.includes(option) ? random.below(grades) : -1));
    case 7: {
      const points = range(n).map((option) => (some.includes(option) ? random.below(4) : 0));
      return points.some((one) => one > 0) ? points : undefined;
    }
    default: {
      const ranks = Array<number>(n).fill(0);
      let rank = 0;
      some.forEach((option, i) => {
        if (i === 0 || !equal || random.below(3) > 0) rank++;
        ranks[option] = rank;
      });
      return ranks;
    }
  }
}

function electionOf(method: string, seed: number): Election {
  const random = new Random(seed);
  const without = method === "yes-no" || method === "consent";
  const options = without ? 0 : 1 + random.below(random.below(4) === 0 ? 9 : 5);
  const election: Election = {
    method,
    options,
    seats: method === "irv" || without ? 1 : 1 + random.below(Math.min(options, 4)),
    opt: ["score", "majority-judgment", "irv"].includes(method) ? random.below(2) : 0,
    grades: ["score", "majority-judgment"].includes(method) ? 2 + random.below(5) : 0,
    tie: 1 + random.below(4),
    seed:
      random.below(8) === 0
        ? null
        : range(64)
            .map(() => random.below(16).toString(16))
            .join(""),
    withdrawn: range(options).map(() => random.below(12) === 0),
    ballots: [],
  };
  const equal = method === "schulze" ? random.below(2) === 0 : random.below(6) === 0;
  const patterns = 1 + random.below(8); /* few: many ballots are equal, and ties are many */
  const kinds = range(patterns).map(() => choiceOf(random, election, equal));
  for (let left = random.below(14); left > 0; left--) {
    const choice = random.below(12) === 0 ? "blank" : kinds[random.below(patterns)];
    const weight = random.below(3) === 0 ? 1 + random.below(4) : 1;
    if (choice) election.ballots.push({ weight, choice });
  }
  if (random.below(10) === 0) election.ballots.push({ weight: 2, choice: "abstain" });
  return election;
}

// ---- the program's side ----

const hex = (bytes: number[]) => Buffer.from(bytes).toString("hex");

function choiceHex(election: Election, choice: Choice): string {
  const form = methods[election.method]?.form ?? 0;
  if (choice === "blank") return "00";
  if (choice === "abstain") return "01";
  if (form === 4) return hex([4, 0, ...choice]);
  if (form === 5) {
    const set = range(Math.ceil(election.options / 8)).map((byte) =>
      choice.reduce(
        (bits, option) => (option >> 3 === byte ? bits | (1 << (option & 7)) : bits),
        0,
      ),
    );
    return hex([5, ...set]);
  }
  if (form === 7) return hex([7, ...choice.flatMap((points) => [0, points])]);
  return hex([form, ...choice.map((one) => (one < 0 ? 255 : one))]);
}

function lineOf(election: Election, ballots: [heads: number, weight: number, Choice][]): string {
  const { method, opt, seats, grades, tie, options, seed, withdrawn } = election;
  const { number, form } = methods[method] ?? { number: 0, form: 0 };
  const gone = withdrawn.includes(true) ? withdrawn.map(Number).join("") : "-";
  return [
    ...[
      number,
      form,
      opt,
      form === 8 ? 14 : 6,
      seats,
      grades,
      tie,
      options,
      seed ?? "-",
      gone,
      "0:0",
    ],
    ...ballots.map(
      ([heads, weight, choice]) => `${heads}:${weight}:${choiceHex(election, choice)}`,
    ),
  ].join(" ");
}

const program = spawn(join(build, "asan/tests/unit/tally/recount_test"), ["lines"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const replies: string[] = [];
const wake = new EventEmitter();
createInterface({ input: program.stdout }).on("line", (line) => {
  replies.push(line);
  wake.emit("more");
});
const ended = once(program, "close").then((how) => {
  wake.emit("more");
  return how;
});
after(async () => {
  program.stdin.end();
  assert.deepEqual(await ended, [0, null], "the program's end");
});

/** The answers to these lines. */
async function answersTo(lines: string[]): Promise<string[]> {
  program.stdin.write(`${lines.join("\n")}\n`);
  while (replies.length < lines.length) {
    assert.ok(program.exitCode === null && program.signalCode === null, "the program ended");
    await once(wake, "more");
  }
  return replies.splice(0, lines.length);
}

/** The same election with its options in another order. */
function renamed(random: Random, election: Election): { election: Election; from: number[] } {
  const from = random.shuffled(range(election.options)); /* new number → old number */
  const to = range(election.options).map((option) => from.indexOf(option));
  const form = methods[election.method]?.form ?? 0;
  const choice = (one: Choice): Choice =>
    typeof one === "string" || form < 4
      ? one
      : form < 6
        ? one.map((option) => to[option] as number)
        : from.map((option) => one[option] as number);
  return {
    from,
    election: {
      ...election,
      withdrawn: from.map((option) => election.withdrawn[option] as boolean),
      ballots: election.ballots.map((ballot) => ({ ...ballot, choice: choice(ballot.choice) })),
    },
  };
}

const one = ({ weight, choice }: Election["ballots"][number]): [number, number, Choice] => [
  1,
  weight,
  choice,
];

/** Equal ballots put together beforehand. */
function grouped(election: Election): [number, number, Choice][] {
  const groups = new Map<string, [number, number, Choice]>();
  for (const { weight, choice } of election.ballots) {
    const key = choiceHex(election, choice);
    const group = groups.get(key) ?? [0, 0, choice];
    groups.set(key, [group[0] + 1, group[1] + weight, choice]);
  }
  return [...groups.values()];
}

type Reply = Record<string, unknown> & { winners: number[]; decided: number; ties?: Tie[] };

/** Everything that the second count says, the first must say too. */
function compare(election: Election, text: string, about: string): void {
  const theirs = JSON.parse(text) as Reply;
  const ours = count(election) as unknown as Record<string, unknown>;
  const said = { stages: undefined, quota: undefined, pairwise: undefined, ranks: undefined };
  const all: Record<string, unknown> = { ...said, condorcet_winner: undefined, ...ours };
  if (!("stages" in ours)) delete all.scale;
  if (election.options === 0) for (const name of ["elected", "ties"]) delete all[name];
  for (const [name, value] of Object.entries(all))
    assert.deepEqual(theirs[name], value, `${about}: ${name}`);
}

/** With other names for the options the same ones win, as long as no lot is drawn. */
function compareRenamed(first: string, second: string, from: number[], about: string): void {
  const [a, b] = [JSON.parse(first) as Reply, JSON.parse(second) as Reply];
  assert.equal(b.decided, a.decided, `${about}: decided, renamed`);
  if (a.decided === 1) return;
  const back = b.winners.map((option) => from[option] as number).sort((x, y) => x - y);
  assert.deepEqual(back, a.winners, `${about}: winners, renamed`);
  const ranks = b.ranks as number[] | undefined;
  if (ranks)
    assert.deepEqual(
      range(ranks.length).map((option) => ranks[from.indexOf(option)]),
      a.ranks,
      `${about}: ranks, renamed`,
    );
}

/** Ties that are settled without trying them: trying them finds the same. */
function compareShortcut(election: Election, about: string): void {
  const tried = possible(election, false);
  if (tried) assert.deepEqual(possible(election), tried, `${about}: without trying`);
}

/** One election: as it is, in another order, grouped, and with other names. */
function asked(method: string, seed: number) {
  const random = new Random(seed + 1);
  const election = electionOf(method, seed);
  const other = renamed(random, election);
  const lines = [
    lineOf(election, election.ballots.map(one)),
    lineOf(election, random.shuffled(election.ballots).map(one)),
    lineOf(election, random.shuffled(grouped(election))),
    lineOf(other.election, other.election.ballots.map(one)),
  ];
  return { seed, election, from: other.from, lines };
}

function judge({ seed, election, from }: ReturnType<typeof asked>, answers: string[]): Tie[] {
  const [plain = "", shuffled, together, another = ""] = answers;
  const about = `${election.method}, PALABRE_SEED=${seed}`;
  compare(election, plain, about);
  assert.equal(shuffled, plain, `${about}: another order of ballots`);
  assert.equal(together, plain, `${about}: equal ballots together`);
  compareRenamed(plain, another, from, about);
  if (byStages.includes(election.method) && seed % 4 === 0) compareShortcut(election, about);
  return (JSON.parse(plain) as Reply).ties ?? [];
}

const byStages = ["irv", "stv-scottish"];
const together = 100;
for (const method of Object.keys(methods)) {
  test(`${each} random elections by ${method} are counted as a second count does`, async () => {
    const seen = new Set<string>();
    for (let seed = beginning; seed < beginning + each; seed += together) {
      const here = range(Math.min(together, beginning + each - seed));
      const elections = here.map((i) => asked(method, seed + i));
      const answers = await answersTo(elections.flatMap(({ lines }) => lines));
      for (const election of elections)
        for (const tie of judge(election, answers.splice(0, election.lines.length)))
          seen.add(tie.how);
    }
    if (byStages.includes(method) && each >= 1000)
      assert.equal(seen.size, 5, `the elections are too tame: ties were only ${[...seen]}`);
  });
}
