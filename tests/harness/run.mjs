// The test runner: runs every test file of the project and adds up what they say.
//
//   node tests/harness/run.mjs [PATTERN]      all kinds of tests, or the files whose name matches
//   … --vectors                               unit tests alone; prints the count of each vector family
//   … --crash [PATTERN]                       tests/crash alone, as long as the environment says (make crash)
//   … --bench [PATTERN]                       the measurements of tests/bench, one after the other: a line that is ok or a
//                                             tenth over its goal has passed, a MISS has failed
//   … --screenshot                            browser tests, then docs/screenshot.png
//
// Fuzz harnesses replay their committed inputs; `make fuzz` looks for new ones (tests/fuzz/run.mjs).
// C tests are cmocka programs built by make; they speak TAP, where a skip reads "not ok N # SKIP".
// Web, scenario and browser tests are node:test files and speak node's TAP. A file is a process group
// of its own with its own TMPDIR and a time limit; what it leaves running is ended with it.
// A file that runs no test, promises more tests than it reports, or exits badly counts as a failure.
// The last line is always "N passed, N failed", with ", N skipped" when there are any.
import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { cpus, loadavg, release, tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const build = process.env.PALABRE_BUILD ?? join(root, "build");
const pictures = join(build, "pictures");
const timeLimitMs = Number(process.env.PALABRE_TEST_SECONDS ?? 300) * 1000;
const args = process.argv.slice(2);
const pattern = new RegExp(args.find((arg) => !arg.startsWith("--")) ?? "");
/** @type {Set<number>} process groups that are running now */
const running = new Set();

/** @typedef {{ name: string, argv: string[], env: Record<string, string>, kind: "c" | "node" | "bench" }} File */
/** @typedef {{ passed: number, failed: number, skipped: string[], failures: string, vectors: string[] }} Outcome */

/** Writes a line at once: the last line must be out before the process ends. @param {string} line */
function say(line) {
  writeSync(1, `${line}\n`);
}

/** All files under a folder whose name ends so. @param {string} folder @param {RegExp} ending */
function find(folder, ending) {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** @param {string} mode asan, tsan or release */
function sanitizerEnv(mode) {
  const suppressions = (/** @type {string} */ name) => {
    const path = join(root, "tests/harness", name);
    return existsSync(path) ? `:suppressions=${path}` : "";
  };
  if (mode === "tsan") return { TSAN_OPTIONS: `halt_on_error=1${suppressions("tsan.supp")}` };
  return {
    // Ten callers of each allocation are kept, not thirty: a tenth of the work of the unit tests.
    ASAN_OPTIONS:
      "detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1:malloc_context_size=10",
    UBSAN_OPTIONS: "print_stacktrace=1:halt_on_error=1",
    LSAN_OPTIONS: `print_suppressions=0${suppressions("lsan.supp")}`,
  };
}

/** ThreadSanitizer cannot live with much address randomisation; setarch takes it away where allowed. */
const fixedAddresses = () =>
  spawnSync("setarch", ["-R", "true"]).status === 0 ? ["setarch", "-R"] : [];

/** @param {string} mode @param {RegExp} [only] @returns {File[]} */
function unitFiles(mode, only = /./) {
  const before = mode === "tsan" ? fixedAddresses() : [];
  return find("tests/unit", /_test\.c$/)
    .filter((source) => only.test(source))
    .map((source) => ({
      name: `${source} (${mode})`,
      argv: [...before, join(build, mode, source.slice(0, -2))],
      env: { CMOCKA_MESSAGE_OUTPUT: "TAP", ...sanitizerEnv(mode) },
      kind: "c",
    }));
}

/** Each harness over its corpus, without the fuzzer. @returns {File[]} */
function fuzzFiles() {
  return find("tests/fuzz", /_fuzz\.c$/).map((source) => ({
    name: source,
    argv: [join(build, "asan", source.slice(0, -2)), source.replace(/(\w+)_fuzz\.c$/, "corpus/$1")],
    env: sanitizerEnv("asan"),
    kind: "c",
  }));
}

/** Of this run alone; the libraries are found from there. */
const compiled = join(root, `node_modules/.cache/tests-${process.pid}`);
process.on("exit", () => rmSync(compiled, { recursive: true, force: true }));
const sourceOf = /\.test\.(ts|tsx|mjs)$/;
/** Compiles the files that are to run. @param {string[]} folders */
async function compileTests(folders) {
  const sources = folders.flatMap((folder) => find(folder, sourceOf));
  const chosen = sources.filter((source) => pattern.test(source));
  if (chosen.length === 0) return;
  const { compile } = await import("./compile.mjs");
  try {
    await compile(root, chosen, compiled);
  } catch (error) {
    say(String(error));
    say("0 passed, 1 failed");
    process.exit(1);
  }
}

/** @param {string} folder @param {string} mode which build of the program the tests talk to @returns {File[]} */
function nodeFiles(folder, mode) {
  return find(folder, sourceOf).map((source) => ({
    name: source,
    argv: [
      ...[process.execPath, "--enable-source-maps", "--test-reporter=tap"],
      join(compiled, source.replace(/\.\w+$/, ".mjs")),
    ],
    env: {
      PALABRE_BIN: process.env.PALABRE_BIN ?? join(build, mode, "palabre"),
      PALABRE_WEB: process.env.PALABRE_WEB ?? join(build, "web"),
      PALABRE_PICTURES: pictures,
      ...sanitizerEnv(mode),
    },
    kind: "node",
  }));
}

/** @returns {File[]} */
function benchFiles() {
  const env = {
    PALABRE_BIN: process.env.PALABRE_BIN ?? join(build, "release/palabre"),
    PALABRE_WEB: process.env.PALABRE_WEB ?? join(build, "web"),
    PALABRE_BENCH: join(build, "release/tests/bench"),
  };
  return find("tests/bench", /\.bench\.ts$/).map((source) => ({
    name: source,
    argv: [process.execPath, "--import", "tsx", source],
    env,
    kind: "bench",
  }));
}

/** What the figures were taken on, and the head of their table. */
function sayMachine() {
  const [{ model = "" } = {}] = cpus();
  const busy = loadavg()[0]?.toFixed(1);
  say(`${cpus().length} cores ${model}, ${release()}, load ${busy} before\n`);
  const head = ["what".padEnd(58), "part".padStart(14), "limit".padStart(10), " ratio", "goal"];
  say(head.join(" "));
}

/** Where a file's scratch folder lies: in memory where there is room (a third of the work of the slowest unit test was the disk's),
 * but for the tests of servers and of crashes, which are to wait for a disk. @param {File} file */
function scratchParent(file) {
  const memory = "/dev/shm";
  if (file.kind === "bench" || /^tests\/(crash|scenario)\//.test(file.name) || !existsSync(memory))
    return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 2 ** 31 ? memory : tmpdir();
}

/** Runs one file to its end. @param {File} file */
function runProcess(file) {
  const scratch = mkdtempSync(join(scratchParent(file), "palabre-"));
  const env = { ...process.env, ...file.env, TMPDIR: scratch, NO_COLOR: "1" };
  return new Promise((done) => {
    const [program = "", ...rest] = file.argv;
    const child = spawn(program, rest, {
      cwd: root,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    let late = false;
    const end = (/** @type {string} */ how) => {
      clearTimeout(timer);
      endGroup(child.pid);
      if (child.pid) running.delete(child.pid);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
      done({ out, err, how: late ? `took more than ${timeLimitMs / 1000} s` : how });
    };
    const timer = setTimeout(() => {
      late = true;
      endGroup(child.pid);
    }, timeLimitMs);
    if (child.pid) running.add(child.pid);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      out += text;
      if (file.kind === "bench") process.stdout.write(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      err += text;
      if (file.kind === "bench") process.stderr.write(text);
    });
    child.on("error", (error) => end(`could not be started: ${error.message}`));
    // What a test leaves running may hold the pipes open: end the group before waiting for them.
    child.on("exit", () => setTimeout(() => endGroup(child.pid), 200));
    child.on("close", (code, signal) => {
      end(signal ? `ended by ${signal}` : code ? `exit code ${code}` : "");
    });
  });
}

/** @param {number | undefined} pid */
function endGroup(pid) {
  if (!pid || !running.has(pid)) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    running.delete(pid); // nobody is left in it
  }
}

/** Reads cmocka's TAP. @param {string} out @returns {Outcome & { missing: number }} */
function readCmocka(out) {
  const result = { passed: 0, failed: 0, skipped: /** @type {string[]} */ ([]), failures: "" };
  let planned = 0;
  let said = "";
  let failing = false;
  for (const line of out.split("\n")) {
    const plan = /^1\.\.(\d+)$/.exec(line);
    const skip = /^(?:not )?ok \d+ # SKIP ?(.*)$/i.exec(line);
    const named = /^(not ok|ok) \d+/.exec(line);
    if (plan) planned += Number(plan[1]);
    else if (skip) result.skipped.push([skip[1], said.trim()].filter(Boolean).join(": "));
    else if (named?.[1] === "ok") result.passed++;
    else if (named) {
      result.failed++;
      result.failures += `${said + line}\n`;
    } else if (failing && line.startsWith("#")) result.failures += `${line}\n`;
    else if (!/^# (not )?ok - /.test(line)) said += line ? `${line}\n` : "";
    if (plan || named) {
      failing = named?.[1] === "not ok" && !skip;
      said = "";
    }
  }
  const seen = result.passed + result.failed + result.skipped.length;
  return { ...result, vectors: [], missing: Math.max(0, planned - seen) };
}

/** Reads node's TAP: the counts from its trailer, failures as whole blocks. @param {string} out */
function readNode(out) {
  const count = (/** @type {string} */ word) =>
    Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(out)?.[1] ?? 0);
  const skipped = [];
  let failures = "";
  let block = /** @type {"pass" | "fail" | ""} */ ("");
  for (const line of out.split("\n")) {
    const result = /^\s*(not ok|ok) \d+(?: - (.*?))?(?: # ([A-Z]+)\b ?(.*))?$/.exec(line);
    if (result) {
      if (result[3] === "SKIP") skipped.push([result[2], result[4]].filter(Boolean).join(": "));
      block = result[1] === "ok" || result[3] ? "pass" : "fail";
    }
    const chatter = /^\s*(# Subtest: |1\.\.\d+$|TAP version)|^# \w+ [\d.]+$/.test(line);
    if (block === "fail" ? !chatter : !block && !chatter && line.trim()) failures += `${line}\n`;
    if (/^\s*\.\.\.$/.test(line)) block = "";
  }
  const failed = count("fail") + count("cancelled");
  const passed = count("pass") + count("todo");
  const reported = passed + failed + count("skipped");
  return { passed, failed, skipped, failures, vectors: [], missing: count("tests") - reported };
}

/** How a measurement ends that missed a goal (measure.ts), and was not cut short. */
const missed = "exit code 3";

/** Reads the lines of a measurement (tests/bench/measure.ts). @param {string} out */
function readBench(out) {
  const count = (/** @type {RegExp} */ ending) => out.match(ending)?.length ?? 0;
  const skipped = [...out.matchAll(/^(\S.*?) +not measured: (.*)$/gm)];
  return {
    passed: count(/ (ok|over)$/gm),
    failed: count(/ MISS$/gm),
    skipped: skipped.map(([, name, why]) => `${name}: ${why}`),
    failures: "",
    vectors: [],
    missing: 0,
  };
}

/** Runs a file and judges it. @param {File} file @returns {Promise<Outcome>} */
async function judge(file) {
  const began = Date.now();
  const { out, err, how } = await runProcess(file);
  const read = { bench: readBench, c: readCmocka, node: readNode }[file.kind];
  const outcome = read(out);
  const ran = outcome.passed + outcome.failed + outcome.skipped.length;
  const wrong = [];
  if (ran === 0) wrong.push("no test was run");
  if (outcome.missing > 0) wrong.push(`${outcome.missing} announced tests gave no result`);
  const told = file.kind === "bench" ? how === missed : how.startsWith("exit code");
  if (how && (outcome.failed === 0 || !told)) wrong.push(how);
  if (wrong.length > 0) {
    outcome.failed += Math.max(1, outcome.missing);
    outcome.failures += `${file.name}: ${wrong.join("; ")}\n`;
  }
  if (outcome.failed > 0 && file.kind !== "bench") outcome.failures += err;
  outcome.vectors = [...out.matchAll(/^(?:# )?vectors: (\S.*?) (\d+)\b.*$/gm)].map(
    (match) => `${match[1]} ${match[2]}`,
  );
  report(file, outcome, Date.now() - began);
  if (args.includes("--crash"))
    for (const [, figures] of out.matchAll(/^\s*# (figures: .*)$/gm)) say(`      ${figures}`);
  return outcome;
}

/** @param {File} file @param {Outcome} outcome @param {number} ms */
function report(file, outcome, ms) {
  const skipped = outcome.skipped.length;
  const seconds = `${(ms / 1000).toFixed(1)} s`;
  if (file.kind === "bench") {
    say(`${outcome.failures}${" ".repeat(60)}${file.name} took ${seconds}`);
    return;
  }
  const counts = [`${outcome.passed} passed`];
  if (outcome.failed) counts.push(`${outcome.failed} failed`);
  if (skipped) counts.push(`${skipped} skipped`);
  const mark = outcome.failed ? "FAIL" : skipped && !outcome.passed ? "skip" : "ok  ";
  say(`${mark}  ${file.name}: ${counts.join(", ")} (${seconds})`);
  if (outcome.failed) say(outcome.failures.trimEnd().replace(/^/gm, "      "));
  for (const reason of outcome.skipped) say(`      skipped: ${reason}`);
}

/**
 * Each lane takes the next file and goes through all groups in turn, so that none waits for the end of another group.
 * @param {File[][]} groups @param {number} width how many run at the same time
 * @returns {Promise<Outcome[]>}
 */
async function runGroups(groups, width) {
  const queues = groups.map((files) => files.filter((file) => pattern.test(file.name)));
  /** @type {Outcome[]} */
  const outcomes = [];
  const lane = async () => {
    for (const queue of queues)
      for (let file = queue.shift(); file; file = queue.shift()) outcomes.push(await judge(file));
  };
  await Promise.all(Array.from({ length: width }, lane));
  return outcomes;
}
const runAll = (/** @type {File[]} */ files, /** @type {number} */ width) =>
  runGroups([files], width);

/** The longest first: what is short fills the gaps at the end. @param {File[]} files @param {string} names */
function longestFirst(files, names) {
  const order = names.split(" ");
  const at = (/** @type {File} */ { name }) =>
    order.findIndex((one) => name.includes(`/${one}.test.`)) + 1 || order.length + 1;
  return files.toSorted((a, b) => at(a) - at(b));
}

/** @returns {Promise<Outcome[]>} */
async function runChosen() {
  mkdirSync(pictures, { recursive: true });
  // Each starts and kills servers of its own; limits on time are those of the release build.
  const crash = nodeFiles("tests/crash", "release");
  if (args.includes("--bench")) {
    sayMachine();
    return runAll(benchFiles(), 1);
  }
  if (args.includes("--vectors")) return runAll(unitFiles("asan"), 2);
  const folders = [
    "tests/crash",
    "tests/scenario",
    "tests/browser",
    "tests/unit/web",
    "tests/unit/tally",
  ];
  await compileTests(folders);
  if (args.includes("--crash")) return runAll(crash, 1);
  if (args.includes("--screenshot")) return runAll(nodeFiles("tests/browser", "release"), 1);
  const together = [
    ...longestFirst(
      nodeFiles("tests/scenario", "asan"),
      "patience proxies files commands assembly room search export",
    ),
    ...unitFiles("asan"),
    ...fuzzFiles(),
    ...nodeFiles("tests/unit/web", "release"),
    ...nodeFiles("tests/unit/tally", "asan"),
    ...unitFiles("tsan", /^tests\/unit\/server\/engine\//),
  ];
  const browser = longestFirst(
    nodeFiles("tests/browser", "release"),
    "accessibility hostile screens results hall discussion update define untouched draft load writing carriers " +
      "ballots tasks vote road consent proposals lead screen groups",
  );
  // Tests wait more than they work: one lane more than a small machine has cores.
  return runGroups([together, crash, browser], 3);
}

function printVectors(/** @type {Outcome[]} */ outcomes) {
  /** @type {Map<string, number>} */
  const families = new Map();
  for (const line of outcomes.flatMap((outcome) => outcome.vectors)) {
    const [, family = "", count] = /^(.*) (\d+)$/.exec(line) ?? [];
    families.set(family, (families.get(family) ?? 0) + Number(count));
  }
  say("");
  for (const [family, count] of [...families].sort()) say(`vectors ${family}: ${count}`);
}

/** @param {Outcome[]} outcomes */
function finish(outcomes) {
  const sum = (/** @type {(o: Outcome) => number} */ of) => outcomes.reduce((n, o) => n + of(o), 0);
  let failed = sum((o) => o.failed);
  const passed = sum((o) => o.passed);
  const skipped = sum((o) => o.skipped.length);
  if (outcomes.length === 0) {
    say(`no file matches ${pattern.source || "(any)"}`);
    failed = 1;
  }
  if (args.includes("--vectors")) printVectors(outcomes);
  if (args.includes("--screenshot") && failed === 0) {
    mkdirSync(join(root, "docs"), { recursive: true });
    copyFileSync(join(pictures, "screenshot.png"), join(root, "docs/screenshot.png"));
    say("docs/screenshot.png is new");
  }
  say(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
  process.exitCode = failed ? 1 : 0;
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    for (const pid of running) endGroup(pid);
    process.exit(130);
  });
}
finish(await runChosen());
