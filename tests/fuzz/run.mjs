// Runs the fuzz harnesses, one after the other, and says what they did.
//
//   node tests/fuzz/run.mjs [NAME]     each harness for FUZZ_SECONDS (600), or those whose name matches
//   … --merge                          adds to tests/fuzz/corpus/NAME the inputs of the last runs that reach something new
//
// A run begins with the committed corpus and with what earlier runs kept in build/fuzz/corpus/NAME. An input that breaks
// something is kept in build/fuzz/findings and named; the last line adds up; the exit code is then 1.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const build = join(process.env.PALABRE_BUILD ?? join(root, "build"), "fuzz");
const seconds = Number(process.env.FUZZ_SECONDS ?? 600);
const args = process.argv.slice(2);
const pattern = new RegExp(args.find((arg) => !arg.startsWith("--")) ?? "");
const inputMax = 8192;

/** Commits of the store need no disk here. */
const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** @param {string} name */
function places(name) {
  const found = {
    program: join(build, "tests/fuzz", `${name}_fuzz`),
    seeds: join(root, "tests/fuzz/corpus", name),
    kept: join(build, "corpus", name),
    findings: join(build, "findings"),
    dictionary: join(root, "tests/fuzz/dictionaries", `${name}.dict`),
  };
  for (const folder of [found.seeds, found.kept, found.findings])
    mkdirSync(folder, { recursive: true });
  return found;
}

/** @param {string} program @param {string[]} argv */
function start(program, argv) {
  const result = spawnSync(program, argv, {
    cwd: root,
    env: { ...process.env, TMPDIR: memory },
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "ignore", "pipe"],
  });
  return { code: result.status, said: result.stderr };
}

/** @param {string} name */
function fuzz(name) {
  const at = places(name);
  const dictionary = existsSync(at.dictionary) ? [`-dict=${at.dictionary}`] : [];
  const { code, said } = start(at.program, [
    `-max_total_time=${seconds}`,
    `-max_len=${inputMax}`,
    "-timeout=20",
    "-rss_limit_mb=3000",
    "-print_final_stats=1",
    `-artifact_prefix=${at.findings}/${name}-`,
    ...dictionary,
    at.kept,
    at.seeds,
  ]);
  const last = (/** @type {RegExp} */ what) => Number([...said.matchAll(what)].at(-1)?.[1] ?? 0);
  const runs = last(/^stat::number_of_executed_units: (\d+)$/gm);
  const edges = last(/ cov: (\d+) /g);
  const input = /Test unit written to (\S+)/.exec(said)?.[1];
  const found = code !== 0;
  console.log(
    `${found ? "FOUND" : "ok   "} ${name}: ${runs} runs, ${edges} edges, ${readdirSync(at.kept).length} inputs kept`,
  );
  if (found) {
    console.log(said.split("\n").slice(-60).join("\n").replace(/^/gm, "      "));
    if (input) console.log(`      the input: ${relative(root, input)}`);
  }
  return { runs, found };
}

/** @param {string} name */
function merge(name) {
  const at = places(name);
  const { code } = start(at.program, ["-merge=1", at.seeds, at.kept]);
  console.log(`${name}: ${readdirSync(at.seeds).length} inputs in the corpus`);
  return { runs: 0, found: code !== 0 };
}

const names = readdirSync(join(root, "tests/fuzz"))
  .flatMap((file) => /^(\w+)_fuzz\.c$/.exec(file)?.[1] ?? [])
  .filter((name) => pattern.test(name));
const outcomes = names.map(args.includes("--merge") ? merge : fuzz);
const runs = outcomes.reduce((sum, outcome) => sum + outcome.runs, 0);
const findings = outcomes.filter((outcome) => outcome.found).length;
if (names.length === 0) console.log(`no harness matches ${pattern.source}`);
console.log(`${names.length} harnesses, ${runs} runs, ${findings} findings`);
process.exitCode = findings || names.length === 0 ? 1 : 0;
