// What counting costs: 100,000 ballots are read from a file and counted, in milliseconds of CPU, and against one look at every
// byte of the file. The ballots are drawn at random, nearly all of them differ: the worst that can come.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";
import { bench, figure, median, runs } from "./measure.ts";

const ballots = 100_000;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Below n, the same at every run (xorshift). */
let state = 20_261_126;
function below(n: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % n;
}

/** Some of the candidates from 1, in an order. */
function ranking(candidates: number): number[] {
  const list = range(candidates).map((i) => i + 1);
  const length = 1 + below(candidates);
  for (let i = 0; i < length; i++) {
    const j = i + below(candidates - i);
    [list[i], list[j]] = [list[j] as number, list[i] as number];
  }
  return list.slice(0, length);
}

function blt(candidates: number, seats: number): string {
  const lines = [`${candidates} ${seats}`];
  for (let i = 0; i < ballots; i++) lines.push(`1 ${ranking(candidates).join(" ")} 0`);
  lines.push("0", ...range(candidates).map((i) => `"Candidate ${i + 1}"`), '"Random"');
  return `${lines.join("\n")}\n`;
}

function grades(candidates: number): string {
  const lines = [["ballot", ...range(candidates).map((i) => `Candidate ${i + 1}`)].join(",")];
  for (let i = 0; i < ballots; i++)
    lines.push([i + 1, ...range(candidates).map(() => below(7))].join(","));
  return `${lines.join("\n")}\n`;
}

const folder = scratch();
function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function measure(what: string, method: string, seats: number, file: string, goals: number[]): void {
  const [inMs = 0, readings = 0] = goals;
  const taken = range(runs).map((): Data => {
    const out = execFileSync(join(bench, "counting"), [method, String(seats), file], {
      encoding: "utf8",
    });
    const done = JSON.parse(out);
    assert.equal(done.valid, ballots);
    return done;
  });
  const of = (name: string) => median(taken.map((one) => one[name] as number)) / 1000;
  const both = median(taken.map((one) => one.read_us + one.count_us)) / 1000;
  const name = `100,000 ballots, ${what}`;
  figure(`${name}: read and counted`, both, "ms", inMs, 1);
  figure(`${name}: against its bytes`, both, "ms", of("bytes_us"), readings);
}

const fifteen = fileOf("fifteen.blt", blt(15, 5));
measure("15 options, irv", "irv", 1, fifteen, [100, 45]);
measure("15 options, stv", "stv-scottish", 5, fifteen, [200, 45]);
measure("30 options, schulze", "schulze", 1, fileOf("thirty.blt", blt(30, 1)), [100, 30]);
measure("12 options, judgment", "majority-judgment", 1, fileOf("grades.csv", grades(12)), [50, 25]);
