// What the measurements share: CPU of a process, programs beside the tests, one line per figure.
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";

export const quick = Boolean(process.env.QUICK);
const folder = process.env.PALABRE_BENCH ?? join(root, "build/release/tests/bench");

/** CPU time of a process in microseconds: all its threads, user and system. */
export function cpuOf(pid: number): number {
  let total = 0;
  for (const task of readdirSync(`/proc/${pid}/task`))
    total += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]);
  return total / 1000;
}

/** One line of JSON from the bare components. */
export function component(...args: string[]): Data {
  return JSON.parse(execFileSync(join(folder, "components"), args, { encoding: "utf8" }));
}

/** The load generator: told a word, answers a line. */
export class Load {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    assert.ok(child.stdout);
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  static async start(port: number, origin: string, file: string): Promise<Load> {
    const stdio = ["pipe", "pipe", "inherit"] as ("pipe" | "inherit")[];
    const load = new Load(spawn(join(folder, "load"), [String(port), origin, file], { stdio }));
    assert.equal(await load.line(), "ready");
    return load;
  }

  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    assert.ok(!done, "the load generator ended");
    return value;
  }

  async tell(word: string): Promise<Data> {
    this.#child.stdin?.write(`${word}\n`);
    return JSON.parse(await this.line());
  }

  stop(): void {
    this.#child.stdin?.end("quit\n");
  }
}

export const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const shown = (value: number) => (value < 100 ? value.toFixed(2) : String(Math.round(value)));

let headed = false;
/** name, what was measured, its limit, their ratio, the goal. "most" goals are upper bounds. */
export function figure(
  name: string,
  part: number,
  unit: string,
  limit: number,
  goal: number,
  kind: "most" | "least" = "most",
): boolean {
  if (!headed)
    console.log(
      `${"figure".padEnd(46)} ${"part".padStart(14)} ${"limit".padStart(10)}  ratio  goal`,
    );
  headed = true;
  const ratio = part / limit;
  const ok = kind === "most" ? ratio <= goal : ratio >= goal;
  const sign = kind === "most" ? "<=" : ">=";
  const line = [
    name.padEnd(46),
    `${shown(part)} ${unit}`.padStart(14),
    shown(limit).padStart(10),
    ratio.toFixed(2).padStart(6),
    `${sign} ${goal}`,
    ok ? "ok" : "MISS",
  ];
  console.log(line.join(" "));
  return ok;
}
