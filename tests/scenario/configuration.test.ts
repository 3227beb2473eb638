// What serve can be told: which source wins, what each mistake is answered with, what is printed, what SIGHUP changes.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Run, program, root, scratch } from "../harness/program.ts";

const data = join(root, "tests/data/configuration");
const source = readFileSync(join(root, "server/commands/configuration.c"), "utf8");

/** Runs serve in an environment of its own: nothing of the runner's gets in. */
function serve(dir: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
  const sanitizers = Object.entries(process.env).filter(([name]) => /SAN_OPTIONS$/.test(name));
  const options = { env: { ...Object.fromEntries(sanitizers), ...env } };
  return new Promise((done) => {
    execFile(program, ["serve", dir, ...args], options, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      done({ code, out, err });
    });
  });
}
/** A folder whose palabre.conf is this. */
function folderWith(text: string | Buffer, name = "palabre.conf"): string {
  const folder = scratch();
  writeFileSync(join(folder, name), text);
  return folder;
}
/** Lines "name = value" of what --print-config printed, and the comment above each. */
function printed(out: string): Map<string, { values: string[]; from: string }> {
  const settings = new Map<string, { values: string[]; from: string }>();
  let from = "";
  for (const line of out.split("\n")) {
    const found = /^(?:# )?([a-z-]+) =(?: (.*))?$/.exec(line);
    if (!found) from = line.replace(/^# /, "");
    else {
      const one = settings.get(found[1] ?? "") ?? { values: [], from };
      if (!line.startsWith("#")) one.values.push(found[2] ?? "");
      settings.set(found[1] ?? "", one);
    }
  }
  return settings;
}

/** The rows that docs/operating.md must have: one for each setting of the table in C. */
function settingsOfTable(): string[][] {
  return source
    .slice(source.indexOf("configuration_lines[CONFIGURATION_COUNT] = {"))
    .split(/^ {4}\[CONFIGURATION_\w+\] =/m)
    .slice(1)
    .map((part) => {
      const body = part.slice(0, part.indexOf("}"));
      const text = (field: string) => {
        const found = new RegExp(`\\.${field} =\\s*((?:"[^"]*"\\s*)+)`).exec(body)?.[1];
        return found?.replaceAll(/"\s*"/g, "").trim().replaceAll('"', "");
      };
      const number = (field: string) => {
        const found = new RegExp(`\\.${field} = ([\\d< ]+)`).exec(body)?.[1] ?? "0";
        const [low = "0", by = "0"] = found.split("<<");
        return Number(low) * 2 ** Number(by);
      };
      const type = /\.type = CONFIGURATION_(\w+)/.exec(body)?.[1] ?? "TEXT";
      const words = {
        TEXT: text("argument") ?? "",
        FLAG: "yes, no",
        NUMBER: `${number("min")} to ${number("max")}`,
        CHOICE: (text("argument") ?? "").replaceAll("|", ", "),
      }[type];
      const reloads = /\.reloads = true/.test(body) ? "SIGHUP" : "restart";
      const otherwise = text("otherwise");
      const shown = otherwise === undefined ? (text("absent") ?? "") : `\`${otherwise}\``;
      return [`\`${text("name")}\``, words ?? "", shown, reloads, text("help") ?? ""];
    });
}

test("docs/operating.md has the table of settings as the program has it", async () => {
  const page = readFileSync(join(root, "docs/operating.md"), "utf8").split("\n");
  const begin = page.findIndex((line) => line.startsWith("| setting |"));
  const end = page.findIndex((line, at) => at > begin && !line.startsWith("|"));
  const rows = page.slice(begin + 2, end).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
  const coded = settingsOfTable();
  assert.deepEqual(rows, coded);
  const { out } = await serve(scratch(), ["--print-config"]);
  assert.deepEqual(
    [...printed(out).keys()].map((name) => `\`${name}\``),
    coded.map(([name]) => name),
  );
});

test("--print-config prints what is in force, where it came from, and reads the same again", async () => {
  const folder = folderWith(readFileSync(join(data, "given.conf")));
  const env = { PALABRE_LISTEN: "127.0.0.1:1 [::1]:2", PALABRE_COMMAND_RATE: "6" };
  const args = ["--print-config", "--command-rate", "7", "--hall"];
  const first = await serve(folder, args, env);
  assert.deepEqual([first.code, first.err], [0, ""]);
  const file = join(folder, "palabre.conf");
  const golden = readFileSync(join(data, "printed.conf"), "utf8");
  assert.equal(first.out.replaceAll(file, "FILE"), golden);
  const again = folderWith(first.out, "other.conf");
  const second = await serve(scratch(), ["--print-config", "--config", join(again, "other.conf")]);
  assert.deepEqual([second.code, second.err], [0, ""]);
  const values = (out: string) => [...printed(out)].map(([name, { values: all }]) => [name, all]);
  assert.deepEqual(values(second.out), values(first.out));
});

test("an option goes before the environment, that before the file, that before the default", async () => {
  const folder = folderWith("files = 1\norigin = http://file\norigin = http://file2\n");
  const env = { PALABRE_FILES: "2", PALABRE_ORIGIN: "http://environment" };
  const of = async (dir: string, args: string[], variables: Record<string, string>) => {
    const run = await serve(dir, ["--print-config", ...args], variables);
    assert.equal(run.code, 0, run.err);
    const settings = printed(run.out);
    return [settings.get("files"), settings.get("origin")?.values];
  };
  assert.deepEqual(await of(scratch(), [], {}), [{ values: ["200"], from: "default" }, []]);
  const file = { values: ["1"], from: `${join(folder, "palabre.conf")}:1` };
  assert.deepEqual(await of(folder, [], {}), [file, ["http://file", "http://file2"]]);
  const environment = { values: ["2"], from: "environment" };
  assert.deepEqual(await of(folder, [], env), [environment, ["http://environment"]]);
  const option = { values: ["3"], from: "option" };
  const options = ["--files", "3", "--origin", "http://option"];
  assert.deepEqual(await of(folder, options, env), [option, ["http://option"]]);
});

test("--config takes the place of palabre.conf; a file that is not there is an error", async () => {
  const folder = folderWith("files = 1\n");
  const other = join(folder, "other.conf");
  writeFileSync(other, "workers = 2");
  const run = await serve(folder, ["--print-config", "--config", other]);
  assert.deepEqual(printed(run.out).get("files")?.values, ["200"]);
  assert.deepEqual(printed(run.out).get("workers")?.values, ["2"]);
  const missing = await serve(folder, ["--check-config", "--config", `${other}2`]);
  assert.deepEqual(
    [missing.code, missing.out, missing.err],
    [2, "", `palabre: ${other}2: No such file or directory\n`],
  );
  mkdirSync(join(folder, "directory"));
  const directory = await serve(folder, ["--check-config", "--config", join(folder, "directory")]);
  assert.equal(directory.code, 2);
  assert.match(directory.err, /Is a directory/);
});

/** A line of a file, and what is said of it. */
const mistakes: [string | Buffer, string][] = [
  ["listne = 127.0.0.1:80", 'unknown setting "listne"'],
  ["Listen = 127.0.0.1:80", 'unknown setting "Listen"'],
  ["listen = 8080", 'listen: "8080" is not ADDRESS:PORT or unix:PATH'],
  ["listen", '"name = value" was expected'],
  ["= 3", 'unknown setting ""'],
  ["files =", "files: a value is missing"],
  ["files = many", 'files: "many" is not a number from 0 to 1048576'],
  ["files = -1", 'files: "-1" is not a number from 0 to 1048576'],
  ["files = 1048577", 'files: "1048577" is not a number from 0 to 1048576'],
  ["files = 10 # ten", 'files: "10 # ten" is not a number from 0 to 1048576'],
  ["workers = 0", 'workers: "0" is not a number from 1 to 256'],
  ["hall = true", 'hall: "true" is not yes or no'],
  ["origin = example.org", 'origin: "example.org" is not scheme://host[:port]'],
  ["log-level = loud", 'log-level: "loud" is not one of error|warning|info|debug'],
  ["log-level = info|debug", 'log-level: "info|debug" is not one of error|warning|info|debug'],
  [
    "trusted-proxy = 10.0.0.0/33",
    'trusted-proxy: "10.0.0.0/33" is not an address, a range such as 10.0.0.0/8, or unix',
  ],
  [
    "trusted-proxy = proxy.example.org",
    'trusted-proxy: "proxy.example.org" is not an address, a range such as 10.0.0.0/8, or unix',
  ],
  [
    "admin-listen = 0.0.0.0:9100",
    'admin-listen: "0.0.0.0:9100" is not ADDRESS:PORT on the loopback (127.0.0.1, [::1]), unix:PATH, or none: the admin listener is never open to a network',
  ],
  [Buffer.from("web = a\0b"), "a NUL byte; text was expected"],
  [Buffer.from([0x77, 0x65, 0x62, 0x3d, 0xff]), "not UTF-8"],
  ["web = \u202egpj", "web: text without control and direction marks was expected"],
  ["web = \u001b[31m", "web: text without control and direction marks was expected"],
  ["\u001b[31m = 1", "the name of a setting was expected, without control characters"],
  [`web = ${"x".repeat(1019)}`, "the line is longer than 1024 bytes"],
];

test("each mistake in a file is named with its line, all at once, and nothing is served", async () => {
  const lines = mistakes.map(([line]) => Buffer.concat([Buffer.from(line), Buffer.from("\n")]));
  const twice = Buffer.from("# good until here\r\nreserve = 64\r\n\r\nreserve = 65");
  const folder = folderWith(Buffer.concat([...lines, twice]));
  const file = join(folder, "palabre.conf");
  const said = mistakes.map(([, words], at) => `palabre: ${file}:${at + 1}: ${words}`);
  const last = mistakes.length;
  said.push(`palabre: ${file}:${last + 4}: reserve stands twice, first on line ${last + 2}`);
  for (const args of [[], ["--check-config"], ["--print-config"]]) {
    const run = await serve(folder, args);
    assert.deepEqual([run.code, run.out], [2, ""]);
    assert.deepEqual(run.err.trimEnd().split("\n"), said);
  }
});

test("too many values, too large a file, mistakes in the environment and in options", async () => {
  const many = await serve(folderWith("listen = 127.0.0.1:1\n".repeat(9)), ["--check-config"]);
  assert.match(many.err, /palabre\.conf:9: listen: more than 8 values\n$/);
  const large = await serve(folderWith("#\n".repeat(32769)), ["--check-config"]);
  assert.match(large.err, /palabre\.conf: the file is larger than 65536 bytes\n$/);
  const env = { PALABRE_FILES: "x", PALABRE_LISTEN: "", PALABRE_OTHER: "1", OTHER: "1" };
  const wrong = await serve(scratch(), ["--check-config", "--reserve", "1"], env);
  assert.equal(wrong.code, 2);
  assert.deepEqual(wrong.err.split("\n").toSorted(), [
    "",
    'palabre: --reserve: reserve: "1" is not a number from 16 to 10000',
    'palabre: PALABRE_FILES: files: "x" is not a number from 0 to 1048576',
    "palabre: PALABRE_LISTEN: listen: a value is missing",
    "palabre: PALABRE_OTHER names no setting and is not looked at",
  ]);
});

test("--check-config says that all is well", async () => {
  const run = await serve(folderWith(""), ["--check-config"]);
  assert.deepEqual([run.code, run.out, run.err], [0, "the configuration is good\n", ""]);
});
