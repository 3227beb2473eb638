// What the measurements share: CPU of a process, programs beside the tests, one line per figure.
import assert from "node:assert/strict";
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";

type Figures = Record<string, number>;

export const quick = Boolean(process.env.QUICK);
/** Where the C programs are. */
export const bench = process.env.PALABRE_BENCH ?? join(root, "build/release/tests/bench");

/** CPU time of a process in microseconds: all its threads, user and system. */
export function cpuOf(pid: number): number {
  let total = 0;
  for (const task of readdirSync(`/proc/${pid}/task`))
    total += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]);
  return total / 1000;
}

/** One line of JSON from the bare components. */
export function component(...args: string[]): Data {
  return JSON.parse(execFileSync(join(bench, "components"), args, { encoding: "utf8" }));
}

/** The same work so many times at once, each in a process of its own: the mean of each figure. */
export async function componentsAtOnce(count: number, ...args: string[]): Promise<Figures> {
  const run = () => promisify(execFile)(join(bench, "components"), args);
  const outs = await Promise.all(Array.from({ length: count }, run));
  const all: Figures[] = outs.map(({ stdout }) => JSON.parse(stdout));
  const mean = (name: string) => all.reduce((sum, one) => sum + (one[name] ?? 0), 0) / count;
  return Object.fromEntries(Object.keys(all[0] ?? {}).map((name) => [name, mean(name)]));
}

/** A program beside the tests: told a word, answers a line. */
class Told {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  protected constructor(name: string, ...args: string[]) {
    this.#child = spawn(join(bench, name), args, { stdio: ["pipe", "pipe", "inherit"] });
    assert.ok(this.#child.stdout);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.#child.pid ?? assert.fail("it was not started");
  }

  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    assert.ok(!done, `${this.#child.spawnfile} ended`);
    return value;
  }

  async tell(word: string): Promise<Data> {
    this.#child.stdin?.write(`${word}\n`);
    return JSON.parse(await this.line());
  }

  /** Comes back when it has ended. */
  async stop(): Promise<void> {
    this.#child.stdin?.end("quit\n");
    if (this.#child.exitCode === null) await once(this.#child, "exit");
  }
}

/** The load generator; load.c says what it obeys. */
export class Load extends Told {
  static async start(port: number, origin: string, file: string): Promise<Load> {
    const load = new Load("load", String(port), origin, file);
    assert.equal(await load.line(), "ready");
    return load;
  }
}

/** A bare program that says which port it listens at, to compare the server with: what it does, its first comment says. */
export class Bare extends Told {
  port = 0;

  static async start(name: string, ...args: string[]): Promise<Bare> {
    const bare = new Bare(name, ...args);
    bare.port = Number(await bare.line());
    return bare;
  }
}

/** How often a part and its limit are measured. */
export const runs = quick ? 3 : 5;

export const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function medians<Of extends Figures>(taken: Of[]): Of {
  const names = Object.keys(taken[0] ?? {});
  const entries = names.map((name) => [name, median(taken.map((one) => one[name] as number))]);
  return Object.fromEntries(entries) as Of;
}

/** Part, limit, part, limit …: what else the machine does strikes both alike. The median of each figure. */
export async function interleaved<Part extends Figures, Limit extends Figures>(
  part: (run: number) => Part | Promise<Part>,
  limit: (run: number) => Limit | Promise<Limit>,
  times = runs,
): Promise<[Part, Limit]> {
  const parts: Part[] = [];
  const limits: Limit[] = [];
  for (let run = 1; run <= times; run++) {
    parts.push(await part(run));
    limits.push(await limit(run));
  }
  return [medians(parts), medians(limits)];
}

const shown = (value: number) =>
  Number.isInteger(value) || value >= 100 ? String(Math.round(value)) : value.toFixed(2);

/** A machine that others use too is forgiven a tenth, and it is said. */
const tolerated = 1.1;

function verdict(ratio: number, goal: number, kind: "most" | "least"): "ok" | "over" | "MISS" {
  const far = kind === "most" ? ratio / goal : goal / ratio;
  return far <= 1 ? "ok" : far <= tolerated ? "over" : "MISS";
}

/**
 * One line: name, what was measured, its limit, their ratio, the goal, and ok, over (by up to a tenth) or MISS. A goal
 * of "most" is an upper bound. A miss ends the file with exit code 3.
 */
export function figure(
  name: string,
  part: number,
  unit: string,
  limit: number,
  goal: number,
  kind: "most" | "least" = "most",
): void {
  const ratio = part / limit;
  const said = Number.isNaN(ratio) ? "MISS" : verdict(ratio, goal, kind);
  const line = [
    name.padEnd(58),
    `${shown(part)} ${unit}`.trim().padStart(14),
    shown(limit).padStart(10),
    ratio.toFixed(2).padStart(6),
    `${kind === "most" ? "<=" : ">="} ${goal}`.padEnd(8),
    said,
  ];
  console.log(line.join(" "));
  if (said === "MISS") process.exitCode = 3;
}

/** One line of what must be equal, to the last one. */
export function equal(name: string, part: number, limit: number): void {
  figure(name, part === limit ? part : Number.NaN, "", limit, 1);
}

/** A line that this machine cannot answer, and why. */
export function notMeasured(name: string, why: string): void {
  console.log(`${name.padEnd(58)} not measured: ${why}`);
}
