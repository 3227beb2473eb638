// palabre tally --rule: a secretary checks a verdict by hand. Edges of each preset, classes, second call, what is asked for
// when it is missing, and languages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { must, palabre } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";

const words = (line: string) => line.split(" ");
const judged = async (line: string): Promise<Data> =>
  JSON.parse(await must("tally", "--json", "--rule", ...words(line)));

test("at the edge of every preset: one vote fewer is not adopted", async () => {
  const hall = "--present 60 --entitled 90";
  const shares = "--shares-present 50 --shares-entitled 100";
  const edges: [string, number, number, string][] = [
    ["simple-majority", 26, 25, ""],
    ["sc-ordinary", 11, 9, "--abstain 80"],
    ["sc-statutes", 30, 10, shares],
    ["sc-purpose", 40, 10, shares],
    ["asbl-ordinary-a", 26, 25, "--abstain 30 --blank 3 --void 1"],
    ["asbl-ordinary-b", 35, 30, "--abstain 2 --blank 1 --void 1"],
    ["asbl-statutes", 34, 17, hall],
    ["asbl-purpose", 40, 10, hall],
    ["asbl-exclusion", 34, 17, hall],
    ["loi1901", 31, 5, "--present 40 --represented 20"],
    ["scop", 2, 1, ""],
  ];
  for (const [rule, yes, no, more] of edges) {
    const run = (for_: number, against: number) =>
      judged(`${rule} --yes ${for_} --no ${against} ${more}`.trim());
    assert.equal((await run(yes, no)).verdict, "adopted", rule);
    assert.equal((await run(yes - 1, no + 1)).verdict, "not_adopted", rule);
  }
  const consent = (objection: number) =>
    judged(`consent --consent 12 --concern 1 --objection ${objection}`);
  assert.equal((await consent(0)).verdict, "adopted");
  assert.equal((await consent(1)).verdict, "not_adopted");
});

test("a quorum that is missed by one, and the second call", async () => {
  const votes = "--yes 30 --no 0";
  const missed = `sc-statutes ${votes} --shares-present 49 --shares-entitled 100`;
  assert.equal((await judged(missed)).verdict, "no_quorum");
  const again = await judged(`sc-statutes ${votes} --second-call`);
  assert.deepEqual([again.verdict, again.quorum, again.second_call], ["adopted", null, true]);
  assert.match(again.sentence.fr, /^Seconde convocation\u202f: /);
  const heads = "--present 39 --represented 20 --entitled 90";
  const { verdict, quorum } = await judged(`asbl-statutes ${votes} ${heads}`);
  assert.deepEqual([verdict, quorum.x, quorum.least], ["no_quorum", 59, 60]);
});

test("a class that disagrees, one with nobody in it, and sums", async () => {
  const classes =
    "--class members:yes=33,no=3,entitled=40 --class workers:yes=1,no=3,entitled=4 --class none:yes=0,no=0,entitled=0";
  const no = await judged(`simple-majority ${classes} --yes 34`);
  assert.equal(no.verdict, "not_adopted");
  assert.deepEqual(
    no.classes.map((one: Data) => [one.code, one.asked, one.agreed]),
    [
      ["members", true, true],
      ["workers", true, false],
      ["none", false, true],
    ],
  );
  assert.match(no.sentence.en, /workers: 1 yes of 4: not agreed/);
  const wrong = await palabre("tally", "--rule", ...words(`simple-majority ${classes} --yes 33`));
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /--yes 33: the classes have 34 together/);
});

/** A class as great as one may be. */
const most = (code: string) => ` --class ${code}:yes=1,no=0,present=1000000000,entitled=1000000000`;

test("what is missing or makes no sense is named", async () => {
  const cases: [string, RegExp][] = [
    ["nothing", /--rule nothing: one of simple-majority .* is expected/],
    ["simple-majority --yes 3", /--no: this rule needs the number/],
    ["simple-majority --yes -3 --no 1", /--yes -3: a whole number is expected/],
    ["sc-statutes --yes 3 --no 1", /--shares-present: this rule needs/],
    ["asbl-statutes --yes 3 --no 1 --present 9", /--entitled: this rule needs/],
    ["loi1901 --yes 3 --no 1", /--present: this rule needs/],
    ["consent --consent 3", /--objection: this rule needs/],
    ["consent --yes 3 --no 1 --objection 0 --consent 1", /--yes 3: this rule counts no such/],
    ["scop --yes 3 --no 1 --concern 2", /--concern 2: this rule counts no such/],
    ["scop --yes 3 --no 1 --second-call", /--second-call: this rule has none/],
    ["scop --yes 3 --no 1 --tie lot", /--tie lot: not-adopted or chair/],
    ["scop --yes 3 --no 1 --language de", /--language de: fr, nl or en/],
    ["scop --class a:yes=1", /--no: this rule needs the number/],
    ["scop --no 1 --class a:yes=1", /--class a: no=N is expected too/],
    ["scop --class a=1", /--class a=1: CODE:yes=N/],
    ["scop --class a:maybe=1", /--class a:maybe=1: CODE:yes=N/],
    ["scop --class a:yes=1,yes=2", /--class a:yes=1,yes=2: CODE:yes=N/],
    ["scop --class é:yes=1", /--class é:yes=1: the code is 1 to 35/],
    ["scop --class a:yes=1,no=0 --class a:yes=1,no=0", /this class was given before/],
    [`asbl-statutes${most("a")}${most("b")}`, /--present: at most 1000000000 in all classes/],
    ["asbl-statutes --yes 3 --no 1 --present 9 --entitled 8", /--present: with those represented/],
    ["sc-statutes --yes 3 --no 1 --shares-present 9 --shares-entitled 8", /no more than --shares/],
  ];
  for (const [line, expected] of cases) {
    const run = await palabre("tally", "--rule", ...words(line));
    assert.equal(run.code, 2, line);
    assert.match(run.err, expected, line);
    assert.equal(run.out, "", line);
  }
});

test("for people: the rule, the warning, the sentence; a tie for the chair is exit 3", async () => {
  const dutch = await must("tally", ...words("--rule scop --yes 2 --no 1 --language nl"));
  assert.match(dutch, /^SCOP .*\(scop, loi 78-763\)\nAangenomen met .*\nRegel niet nagekeken/);
  assert.match(dutch, /\n\n2 voor van 3 voor \+ tegen: meer dan 1\/2 nodig; 2\/3 is meer dan 1\/2/);
  // Without --language that of LANG, where it is one of the three: by its first part alone.
  const { LANG } = process.env;
  const said: [string | undefined, RegExp][] = [
    ["nl_BE.UTF-8", /^Aangenomen/m],
    ["fr", /^Adopté /m],
    ["fr.UTF-8", /^Adopté /m],
    ["nlx", /^Adopted/m],
    ["de_DE.UTF-8", /^Adopted/m],
    ["C", /^Adopted/m],
    [undefined, /^Adopted/m],
  ];
  for (const [lang, expected] of said) {
    if (lang === undefined) delete process.env.LANG;
    else process.env.LANG = lang;
    const text = await must("tally", ...words("--rule scop --yes 2 --no 1"));
    assert.match(text, expected, `LANG=${lang}`);
  }
  process.env.LANG = "nl_BE.UTF-8";
  const told = await must("tally", ...words("--rule scop --yes 2 --no 1 --language en"));
  assert.match(told, /^Adopted/m, "what is asked for comes first");
  if (LANG === undefined) delete process.env.LANG;
  else process.env.LANG = LANG;
  const simple = await must("tally", ...words("--rule simple-majority --yes 2 --no 1"));
  assert.doesNotMatch(simple, /lawyer|jurist/);
  const tie = await palabre("tally", ...words("--rule scop --yes 2 --no 2 --tie chair"));
  assert.equal(tie.code, 3);
});
