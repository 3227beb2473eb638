// Every method with a fault planted in it: each is caught, by the name of the invariant it breaks, before a result is made of it.
//
// A fault is one change in a copy of one source; the copy is compiled and linked before the library, whose own is then not used.
// The program counts elections written as lines (recount_test.c), which the unchanged sources count without a word.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { build, root, scratch } from "../../harness/program.ts";

type Fault = { what: string; file: string; from: string; to: string; name: string; line: string };

// method form opt flags seats grades tie options seed withdrawn void, then ballots (recount_test.c)
const irv = "8 8 0 0 1 0 1 4 - - 0:0";
const stv = "12 8 0 0 3 0 1 5 - - 0:0";
const elections = {
  irv: `${irv} 4:4:0801000000 3:3:0802010000 2:2:0800020103 1:1:0800000001`,
  half: `${irv} 4:4:0801000000 3:3:0800010200 1:1:0800020100`,
  stv: `${stv} 9:9:080102000000 5:5:080002010000 2:2:080000000102 3:3:080000000201`,
  // Two have a surplus at once, and their papers go to each other.
  two: `${stv} 8:8:080102030000 6:6:080201030000 1:1:080000010000 1:1:080000000100 1:1:080000000001`,
  withdrawn: "12 8 0 0 1 0 1 3 - 010 0:0 3:3:08010002 1:1:08020001",
  schulze: "9 8 0 8 1 0 1 4 - - 0:0 3:3:0801020304 2:2:0804030201 2:2:0801000202",
  cycle: "9 8 0 0 1 0 1 3 - - 0:0 1:1:08010203 1:1:08030102 1:1:08020301",
  judgment: "7 6 0 0 1 3 1 2 - - 0:0 3:3:060200 2:2:060102 1:1:06ff01",
  approval: "4 5 0 0 2 0 1 3 - - 0:0 3:9:0503 2:2:0506 1:1:0504",
  single: "3 4 0 0 1 0 3 3 - - 0:0 2:2:040000 2:2:040001 1:1:040002",
  blank: "4 5 0 6 1 0 1 2 - - 0:0 3:3:0501 1:1:00",
};

const faults: Fault[] = [
  {
    what: "ballots that are exhausted are forgotten",
    file: "irv.c",
    from: "uint16_t to = ranked_next(ranked, i);",
    to: "uint16_t to = ranked_next(ranked, i); if (to == NO_OPTION) { continue; }",
    name: "stage-sum",
    line: elections.irv,
  },
  {
    what: "half is taken for more than half",
    file: "irv.c",
    from: "ranked->votes[i] > base / 2",
    to: "ranked->votes[i] >= base / 2",
    name: "stage-quota",
    line: elections.half,
  },
  {
    what: "the highest is excluded",
    file: "ranked.c",
    from: "ranked->votes[i] < ranked->votes[ranked->tied[0]]",
    to: "ranked->votes[i] > ranked->votes[ranked->tied[0]]",
    name: "stage-choice",
    line: elections.irv,
  },
  {
    what: "who is out comes back",
    file: "irv.c",
    from: "ranked->states[option] = OPTION_EXCLUDED;",
    to: "",
    name: "stage-states",
    line: elections.irv,
  },
  {
    what: "the winner is not shown in the stages",
    file: "irv.c",
    from: "ranked_mark(&ranked);",
    to: "",
    name: "stage-winners",
    line: elections.irv,
  },
  {
    what: "what rounding takes is not kept",
    file: "stv_scottish.c",
    from: "ranked->lost += surplus - passed;",
    to: "",
    name: "stage-sum",
    line: elections.stv,
  },
  {
    what: "values are rounded up",
    file: "stv_scottish.c",
    from: "surplus * value / votes)",
    to: "surplus * value / votes + 1)",
    name: "stage-sum",
    line: elections.stv,
  },
  {
    what: "the quota is one vote short",
    file: "stv_scottish.c",
    from: "(stv.seats + 1U) + 1)",
    to: "(stv.seats + 1U))",
    name: "stage-quota",
    line: elections.stv,
  },
  {
    what: "papers go on to who is elected already",
    file: "ranked.c",
    from: "ranked->states[option] != OPTION_CONTINUING)",
    to: "ranked->states[option] == OPTION_EXCLUDED)",
    name: "stage-votes",
    line: elections.two,
  },
  {
    what: "somebody is excluded while a surplus waits",
    file: "stv_scottish.c",
    from: "stv->n_waiting > 0;",
    to: "stv->n_waiting > 1;",
    name: "stage-choice",
    line: elections.two,
  },
  {
    what: "who has withdrawn is counted like the others",
    file: "ranked.c",
    from: "gone ? OPTION_WITHDRAWN : OPTION_CONTINUING",
    to: "OPTION_CONTINUING",
    name: "stage-states",
    line: elections.withdrawn,
  },
  {
    what: "who loses a duel gets its votes too",
    file: "schulze.c",
    from: "unequal & ~less",
    to: "unequal",
    name: "pairwise",
    line: elections.schulze,
  },
  {
    what: "a duel that is lost is taken for won",
    file: "schulze.c",
    from: "withdrawn[b]) || d[a * n + b] > d[b * n + a];",
    to: "withdrawn[b]) || d[a * n + b] != d[b * n + a];",
    name: "condorcet-winner",
    line: elections.cycle,
  },
  {
    what: "the worst tier comes first",
    file: "schulze.c",
    from: "return tiers[a] < tiers[b] ? 1 : -(tiers[a] > tiers[b]);",
    to: "return tiers[a] > tiers[b] ? 1 : -(tiers[a] < tiers[b]);",
    name: "condorcet-winner",
    line: elections.schulze,
  },
  {
    what: "an option without a grade is left out of its tally",
    file: "majority_judgment.c",
    from: "given[option] == NO_GRADE && none_is_worst ? 0 : given[option]",
    to: "given[option]",
    name: "scores-sum",
    line: elections.judgment,
  },
  {
    what: "ranks begin with nothing",
    file: "places.c",
    from: "(uint16_t)(i + 1)",
    to: "i",
    name: "ranks",
    line: elections.judgment,
  },
  {
    what: "ballots are counted by heads",
    file: "approval.c",
    from: "+= pile->weight",
    to: "+= pile->heads",
    name: "scores-sum",
    line: elections.approval,
  },
  {
    what: "a place stays empty",
    file: "places.c",
    from: "return scores[option] > 0;",
    to: "return scores[option] > 9;",
    name: "scores-winners",
    line: elections.approval,
  },
  {
    what: "a tie that is left open is taken for settled",
    file: "ties.c",
    from: "ties->list[i].how == TIE_LEFT_OPEN",
    to: "ties->list[i].how == TIE_STATUS_QUO",
    name: "decided",
    line: elections.single,
  },
  {
    what: "blank ballots are not among those who took part",
    file: "tally.c",
    from: "count_add(&counts->took_part, pile->heads, pile->weight);",
    to: "count_add(&counts->took_part, form > 0 ? pile->heads : 0, form > 0 ? pile->weight : 0);",
    name: "ballots-sum",
    line: elections.blank,
  },
];

const [compiler = "", ...flags] = readFileSync(join(build, "release/flags"), "utf8")
  .replace("ccache ", "")
  .trim()
  .split(/\s+/);
const quick = [...flags.filter((flag) => !/^-(O|W|D_FORTIFY)/.test(flag)), "-O0", "-w"];
const compile = (...args: string[]) =>
  execFileSync(compiler, [...quick, ...args], { cwd: root, stdio: "pipe" });
const libraries = "-lcmocka -ljansson -lsodium -lutf8proc -lstemmer -llmdb -pthread".split(" ");

const parts = join(scratch(), "parts.o");
before(() => {
  const sources = ["tests/unit/tally/recount_test.c", "tests/harness/c/fixture.c"];
  compile("-r", "-no-pie", "-nostdlib", "-o", parts, ...sources);
});

/** The program with these sources in the place of the library's. */
function linked(folder: string, sources: string[]): string {
  const made = join(folder, "program");
  compile("-o", made, ...sources, parts, join(build, "release/libpalabre.a"), ...libraries);
  return made;
}

const counted = (program: string, lines: string[]) =>
  spawnSync(program, ["lines"], { cwd: root, encoding: "utf8", input: `${lines.join("\n")}\n` });

test("the sources as they are count all of these elections", () => {
  const run = counted(linked(scratch(), []), Object.values(elections));
  assert.equal(run.status, 0, run.stderr);
  assert.equal(run.stdout.trim().split("\n").length, Object.keys(elections).length);
});

for (const { what, file, from, to, name, line } of faults)
  test(`${file}: ${what}`, () => {
    const folder = join(scratch(), "planted-sources");
    const source = readFileSync(join(root, "src/tally", file), "utf8");
    assert.equal(source.split(from).length, 2, `${from} stands once in ${file}`);
    mkdirSync(folder);
    writeFileSync(
      join(folder, file),
      source.replace(from, () => to),
    );
    const run = counted(linked(folder, [join(folder, file)]), [line]);
    assert.equal(run.signal, "SIGABRT", run.stdout + run.stderr);
    assert.match(run.stderr, new RegExp(`bug: \\S*/tally\\.c:\\d+: ${name}\\n`));
  });
