// docs/methods.md shows how a method is added: its blocks are put into a copy of the sources, built as the program is, and
// run. The copy has the table with the line of the page; everything else comes from the library.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { build, root, scratch } from "../harness/program.ts";

const page = readFileSync(join(root, "docs/methods.md"), "utf8");
const source = (name: string) => readFileSync(join(root, name), "utf8");
const fenced = [...page.matchAll(/^```c (file|line) (\S+)\n([\s\S]*?)^```$/gm)];

/** Puts a file of the page, or a changed copy, where the sources of the copy stand: src/tally/x.c at tally/x.c. */
function put(folder: string, name: string, text: string): string {
  const path = join(folder, name.replace(/^src\//, ""));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

test("the method of docs/methods.md is one file and one line, and counts", () => {
  const folder = scratch();
  const files = fenced.filter((block) => block[1] === "file");
  const [line] = fenced.filter((block) => block[1] === "line");
  const name = /&(\w+),/.exec(line?.[3] ?? "")?.[1] ?? "";
  assert.equal(files.length, 2);
  assert.match(name, /^tally_/);
  const table = /(\*const methods\[\] = \{\n)/;
  assert.match(source("src/tally/tally.c"), table);
  const paths = files.map((block) => put(folder, block[2] ?? "", block[3] ?? ""));
  paths.push(
    put(folder, "src/tally/tally.c", source("src/tally/tally.c").replace(table, `$1${line?.[3]}`)),
  );
  const declared = `extern const struct tally_method ${name};\n\n#endif\n`;
  put(folder, "src/tally/tally.h", source("src/tally/tally.h").replace(/#endif\n$/, declared));
  paths.push(...["counting.c", "fixture.c"].map((one) => join(root, "tests/harness/c", one)));
  const flags = readFileSync(join(build, "release/flags"), "utf8").trim().split(/\s+/);
  const made = join(folder, "anti_plurality_test");
  const [compiler = "", ...rest] = flags;
  const libraries = "-lcmocka -ljansson -lsodium -lutf8proc -lstemmer -llmdb -pthread".split(" ");
  execFileSync(
    compiler === "ccache" ? (rest.shift() ?? "") : compiler,
    [
      `-I${folder}`,
      ...rest,
      "-o",
      made,
      ...paths,
      join(build, "release/libpalabre.a"),
      ...libraries,
    ],
    { cwd: root, stdio: "pipe" },
  );
  const run = spawnSync(made, { cwd: root, encoding: "utf8" });
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.match(run.stdout + run.stderr, /PASSED {2}\] 1 test/);
});
