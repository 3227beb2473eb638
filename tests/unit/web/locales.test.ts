// The catalogues: the same keys in each language, every key used, every used key there, every message
// formats, the glossary's words where they must stand.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { FluentBundle, FluentNumber, FluentResource, type FluentValue } from "@fluent/bundle";
import { compile } from "../../../web/build/catalogues";
import { has, install, t } from "../../../web/src/i18n/i18n";

const web = resolve(import.meta.dirname, "../../../web");
const languages = ["fr", "nl", "en"] as const;
/** All catalogues of a language: the one of every page, then those of areas. */
const text = (code: string) =>
  readdirSync(join(web, "locales"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(`${code}.ftl`))
    .sort()
    .map((path) => readFileSync(join(web, "locales", path), "utf8"))
    .join("\n");
const keysOf = (code: string) =>
  [...text(code).matchAll(/^([a-z][\w-]*) =/gm)].map((m) => m[1] ?? "");

const sources = readdirSync(join(web, "src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .filter((path) => !path.includes("/generated/"))
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

/** Arguments of t(): whole keys, and the beginnings of keys made of parts. */
function used(): { keys: Set<string>; beginnings: Set<string> } {
  const keys = new Set<string>();
  const beginnings = new Set<string>(["error-", "state-"]);
  for (const [, argument = ""] of sources.matchAll(/(?<![\w.])t\(\s*((?:[^()]|\([^()]*\))*)/g)) {
    for (const [, key = ""] of argument.matchAll(/"([a-z][\w-]*)"/g)) keys.add(key);
    for (const [, part = ""] of argument.matchAll(/`([a-z][\w-]*-)\$\{/g)) beginnings.add(part);
  }
  for (const [, legend = ""] of sources.matchAll(/\bname="(poll-(?:kind|mode)|reveal)"/g))
    beginnings.add(`${legend}-`);
  return { keys, beginnings };
}

test("the three catalogues hold the same keys, each once", () => {
  const expected = [...keysOf("en")].sort();
  for (const code of languages) {
    const keys = keysOf(code);
    assert.equal(new Set(keys).size, keys.length, `a key twice in ${code}`);
    assert.deepEqual([...keys].sort(), expected, code);
  }
});

test("every key that the source names exists", () => {
  const known = new Set(keysOf("en"));
  const { keys, beginnings } = used();
  const all = [...known];
  const wanted = [...keys].filter((key) => !isArgument(key));
  assert.deepEqual(
    wanted.filter((key) => !known.has(key)),
    [],
  );
  for (const part of beginnings)
    assert.ok(
      all.some((key) => key.startsWith(part)),
      `no key begins with ${part}`,
    );
});

/** Strings inside a call of t() that are values, not keys. */
function isArgument(word: string): boolean {
  return ["rule-quorum-", "_", "-", "not_on_roll", "count", "string", "elect"].includes(word);
}

test("no key is unused", () => {
  const { keys, beginnings } = used();
  const unused = keysOf("en").filter(
    (key) => !keys.has(key) && ![...beginnings].some((part) => key.startsWith(part)),
  );
  assert.deepEqual(unused, []);
});

test("keys made of parts exist for every value they are made with", () => {
  const known = new Set(keysOf("en"));
  const states =
    "idea discussed ready voting adopted in-progress realised rejected postponed withdrawn merged abandoned";
  const families: Record<string, string> = {
    "state-": states,
    "next-": states,
    "column-": "idea discussed ready voting adopted realised others",
    "poll-state-": "draft open closed counted cancelled",
    "minutes-take-": "html markdown json",
    "attendance-checked-": "session document known call",
    "calling-title-": "general-assembly board group work-session",
    "calling-notice-": "none kept late due over",
    "screen-verdict-": "adopted not-adopted no-quorum tie-open",
    "screen-answer-": "yes no abstain blank consent concern objection",
    "screen-quorum-missing-": "heads weight shares",
    "screen-missing-": "heads weight shares",
    "screen-refused-": "screen-unknown screen-signed-in rate-limited other",
    "poll-kind-": "decision election straw practice",
    "verdict-": "none adopted not-adopted no-quorum tie-open",
    "task-state-": "free asked taken done dropped",
    "tasks-": "mine free asked overdue made done all archive",
    "tasks-none-": "mine free asked overdue made done all archive",
    "suggest-": "help skill",
    "search-kind-": "proposal poll decision task group member file comment",
    "choice-": "yes no abstain blank consent concern objection aside consent-hint concern-hint",
    "choice-objection-": "hint",
    "method-how-": "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
    "tie-ends-": "1 2 3 4",
    "purpose-":
      "decide consent one several elect temperature decide-hint consent-hint one-hint several-hint elect-hint temperature-hint",
    "method-":
      "yes-no consent single approval score dots majority-judgment irv schulze stv-scottish",
    "grades-": "7 5 3",
    "meeting-kind-": "general_assembly board group work_session",
    "meeting-state-": "planned open ended cancelled",
    "screen-shows-": "item agenda join poll result tasks",
    "quorum-missing-": "heads weight shares",
    "quorum-figures-": "heads weight shares",
    "stage-": "begin surplus exclusion fill",
    "option-": "elected excluded withdrawn continuing",
    "duel-": "won lost even",
    "tie-for-": "place exclusion surplus",
    "tie-by-": "earlier-stage lot status-quo open no-difference",
    "explain-several-": "any most between exactly",
    "explain-ranks-": "any most between exactly",
    "mode-": "named confidential",
    "mode-short-": "named confidential",
    "not-eligible-": "not_opened not_on_roll observer group late absent",
    "member-status-": "invited dormant left erased external",
    "members-status-": "active dormant invited left external none",
    "step-status-": "active dormant left invited",
    "list-state-": "new known differs wrong",
    "list-counted-": "new known differs wrong",
    "list-column-": "name first-name email language class shares weight ties roles representative",
    "list-error-":
      "formula bad-text too-long bad-email bad-language bad-class no-class bad-number bad-role no-right nobody too-many-cells too-few-cells twice",
    "list-fault-": "utf8 nul quote after-quote inner-quote cr cell cells row bytes empty headings",
    "tie-": "worker volunteer beneficiary partner not-adopted lot chair reported",
    "role-": "admin facilitator secretary auditor observer chair scrutineer",
    "device-via-": "invitation email device officer card",
    "device-reason-": "lost replaced left office expired",
    "react-": "agree thanks question celebrate",
    "editor-": "bold italic link list quote",
    "editor-where-": "device saved",
    "notify-family-": "talk reactions proposals votes tasks people",
    "report-this-": "proposal member task",
    "report-on-": "comment proposal member task",
    "report-state-": "kept removed handled",
    "asked-": "author offer merge follow",
    "asks-": "hours people",
    "asks-label-": "money hours people skills",
    "asks-field-": "money hours people skills",
    "card-asks-": "money hours people skills",
    "relation-": "duplicate-of has-duplicate alternative-to answers answered-by",
    "relation-choice-": "duplicate-of alternative-to answers merge",
    "diff-": "added removed",
    "alarm-": "key-changed smaller inconsistent bad-seal unknown-history bad-receipt",
    "theme-": "auto light dark",
    "rule-majority-": "votes present entitled",
    "rule-abstain-": "0 1 2",
    "step-":
      "take-up mark-ready mark-discussed mark-in_progress mark-realised mark-abandoned mark-withdrawn mark-idea",
  };
  for (const [part, values] of Object.entries(families))
    for (const value of values.split(" ")) assert.ok(known.has(part + value), part + value);
});

test("every kind of notification has its sentence", () => {
  const source = readFileSync(join(web, "../src/assembly/notify.c"), "utf8");
  const table = source.slice(source.indexOf("notification_words[] = {"));
  const words = table.slice(0, table.indexOf("NULL")).matchAll(/^ {4}"(\w+)",/gm);
  const known = new Set(keysOf("en"));
  const expected = [...words].map((one) => `notify-${one[1]}`);
  assert.ok(expected.length > 20);
  assert.deepEqual(
    expected.filter((key) => !known.has(key)),
    [],
  );
});

test("every setting has a name and one sentence, every word of one a name", () => {
  const known = new Set(keysOf("en"));
  const header = readFileSync(join(web, "../src/assembly/settings.h"), "utf8");
  const names = [...header.matchAll(/X\(\w+, "(\w+)", FIELD_/g)].map((m) => m[1] ?? "");
  assert.ok(names.length >= 15);
  for (const name of [...names, "support", "themes", "classes", "languages", "time_zone", "name"])
    for (const key of [`setting-${name}`, `setting-${name}-hint`]) assert.ok(known.has(key), key);
  const words = readFileSync(join(web, "../src/assembly/settings.c"), "utf8");
  const list = (of: string) =>
    new RegExp(`setting_${of}_words\\[\\] = \\{([^}]*)\\}`).exec(words)?.[1]?.match(/\w+(?=")/g) ??
    [];
  assert.equal(list("majority").length, 4);
  for (const of of ["majority", "abstain"])
    for (const word of list(of))
      assert.ok(known.has(`setting-vote_${of}-${word}`), `setting-vote_${of}-${word}`);
});

test("every reason that has words is one of the program, and every one that a person meets has words", () => {
  const header = readFileSync(join(web, "../src/base/error.h"), "utf8");
  const reasons = new Set([...header.matchAll(/X\(\w+, "([^"]+)"/g)].map((m) => m[1] ?? ""));
  const special = new Set(["error-general", "error-network", "error-other"]);
  const ours = keysOf("en").filter((key) => key.startsWith("error-") && !special.has(key));
  assert.ok(ours.length > 40);
  const named = new Set([...reasons].map((reason) => `error-${reason.replace(/\./g, "-")}`));
  assert.deepEqual(
    ours.filter((key) => !named.has(key)),
    [],
  );
  // The other way round: what only programs, records and their readers meet, and what the big screen says in its own words.
  const unmet =
    /\.malformed$|^(mandate|epoch|batch|event|checkpoint|receipt|result|erasure|key|log|csrf|method|topic|screen)\.|^storage\.(newer|locked|corrupt)|^input\.(bad_utf8|bad_json|too_deep|duplicate_key|bad_request|unknown_field)|^ballot\.(wrong|counter|note|bad)|^poll\.wrong_roll/;
  assert.deepEqual(
    [...reasons].filter(
      (one) => !ours.includes(`error-${one.replace(/\./g, "-")}`) && !unmet.test(one),
    ),
    [],
    "refusals without words",
  );
});

/** The one function that catalogues use; in the library, who uses it says what it does. */
const functions = {
  NUMBER: ([value]: FluentValue[], { useGrouping }: Record<string, FluentValue>) =>
    new FluentNumber((value as FluentNumber).value, {
      useGrouping: (useGrouping as FluentNumber).value !== 0,
    }),
};
const regions = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };

test("every message says what the reference implementation says, with none, one and many", () => {
  const values = { count: 1, threshold: 3, entitled: 1, voted: 1, x: 1, n: 2, num: 1, den: 2 };
  const words = {
    name: "Zoé",
    names: "Zoé, An",
    ...{ role: "r", roles: "r", line: 2, at: 3 },
    date: "1",
    time: "1",
    when: "1",
    reason: "r",
    language: "l",
    text: "t",
  };
  const others = {
    for: "Li",
    number: 42,
    percent: "50",
    limit: "l",
    amount: "a",
    size: "9",
    version: 2,
    value: "1",
    min: "1",
    max: "2",
  };
  const figures = { done: 1, total: 2, supports: 1, comments: 1, from: 7, to: 9 };
  const ballots = { label: "L", rank: 2, place: "p", seats: 1, points: 8, cap: 4, most: 9 };
  const spent = { spent: 9, left: 1, worst: "w", best: "b" };
  const met = { least: 3, title: "T", question: "q" };
  const screen = {
    all: 9,
    seconds: 5,
    minutes: 2,
    support: 3,
    num: 2,
    den: 3,
    x: 4,
    link: "l",
    address: "a",
  };
  const led = { zone: "UTC", date: "d", asked: 15, given: 9, office: "o", sum: "1 h" };
  const held = { over: "1 min", hours: 1, duration: "d", present: 8, lost: 2, planned: "2 h" };
  const lists = { line: "l", time: "19:00", mark: "!", minutes: 5, x: 3, figures: "3" };
  const spoken = { why: "w", recorder: "Flo", reaction: "r", article: "a" };
  for (const code of languages) {
    const bundle = new FluentBundle(regions[code], { useIsolating: false, functions });
    assert.deepEqual(bundle.addResource(new FluentResource(text(code))), []);
    install(code, [compile(text(code))]);
    for (const key of keysOf(code))
      for (const many of [0, 1, 7, 12_345]) {
        const errors: Error[] = [];
        const pattern = bundle.getMessage(key)?.value;
        assert.ok(pattern, `${code} ${key}`);
        const args = {
          ...values,
          ...words,
          ...others,
          ...figures,
          ...ballots,
          ...spent,
          ...spoken,
          ...met,
          ...led,
          ...held,
          ...lists,
          ...screen,
          count: many,
          entitled: many,
          number: 4200 + many,
        };
        const shown = bundle.formatPattern(pattern, args, errors);
        assert.deepEqual(errors, [], `${code} ${key}`);
        assert.equal(t(key, args), shown, `${code} ${key}`);
        assert.ok(shown.length > 0 && !/[{}]/.test(shown), `${code} ${key}: ${shown}`);
      }
  }
});

test("a catalogue uses no more of Fluent than the client can say", () => {
  for (const code of languages) {
    install(code, [compile(text(code))]);
    for (const key of keysOf(code)) assert.ok(has(key), `${code} ${key}`);
  }
  assert.ok(!has("no-such-message"));
  const bad = {
    "names another message": "a = { b }\nb = B",
    "names a term": "-t = T\na = { -t }",
    "another function": 'a = { DATETIME($n, month: "long") }',
    "another option": "a = { NUMBER($n, minimumIntegerDigits: 2) }",
    "no [other]": "a = { $n ->\n   *[one] 1\n    [two] 2\n }",
    "no message": "a = { $n ->\n",
    "says nothing": "a =\n    .title = T",
  };
  for (const [why, catalogue] of Object.entries(bad)) assert.throws(() => compile(catalogue), why);
});

test("words that the glossary fixes", () => {
  const says = (code: string, key: string) =>
    new RegExp(`^${key} = (.*)$`, "m").exec(text(code))?.[1] ?? "";
  assert.equal(says("fr", "choice-yes"), "Pour");
  assert.equal(says("nl", "choice-yes"), "Voor");
  assert.equal(says("fr", "poll-state-closed"), "Fermé");
  assert.equal(says("nl", "decisions-title"), "Beslissingen\u00adregister");
  assert.equal(says("en", "receipt"), "Receipt");
  assert.equal(says("nl", "receipt"), "Ontvangstbewijs");
  // No middle dot in French, no exclamation marks anywhere.
  assert.ok(!/\p{L}·\p{L}/u.test(text("fr")));
  for (const code of languages) assert.ok(!/^[a-z][\w-]* = .*!/m.test(text(code)), code);
});

/** What is said, without comments. */
const said = (code: string) => text(code).replace(/^#.*$/gm, "");
/** Every text in double quotes of these sources, with its escapes of characters undone. */
function quoted(folder: string, name: RegExp): string[] {
  return readdirSync(join(web, "..", folder), { recursive: true, encoding: "utf8" })
    .filter((path) => name.test(path))
    .map((path) => readFileSync(join(web, "..", folder, path), "utf8"))
    .flatMap(
      (source) => source.replace(/\/\*[\s\S]*?\*\//g, "").match(/"(?:[^"\\\n]|\\.)*"/g) ?? [],
    )
    .map((one) =>
      one
        .slice(1, -1)
        .replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
}
/** A mark or a number that would begin a line, a guillemet that would end one, a straight apostrophe. */
const badFrench =
  /[^\s={,] [:;?!»](?![\p{L}=,])|^ [:;?!»]|« |\u00a0[:;?!»]|«\u00a0|\bn° |\b(?:[cdjlmnst]|qu)'\p{L}/iu;

test("French: no line begins with what closes, nor ends with what opens; apostrophes are curved", () => {
  const lines = said("fr").split("\n");
  assert.deepEqual(
    lines.filter((line) => badFrench.test(line) || /\p{L}'|[ \u00a0]%/u.test(line)),
    [],
  );
  // What the program says in French: rules, verdicts, minutes, meetings, notices, posters, and the demonstration.
  const own = [
    ...[...quoted("src", /\.c$/), ...quoted("server", /\.(c|json)$/)],
    ...quoted("web/src", /\.tsx?$/).filter((one) =>
      /^[^\n"`{}$=<>]*\p{L} [^"`{}$=<>]*$/u.test(one),
    ),
  ];
  const french = own.filter(
    (one) => /\p{L}/u.test(one) && !one.includes('\\"') && !/^%?\w+$/.test(one),
  );
  assert.ok(french.some((one) => one.includes("Quorum de présence\u202f: ")));
  assert.deepEqual(
    french.filter((one) => badFrench.test(one)),
    [],
  );
});

test("Dutch says je, as the glossary does", () => {
  const formal = (line: string) => /\b(u|uw)\b/i.test(line.replace(/\} u\b/g, "}"));
  assert.ok(formal("Uw token") && formal("als u wil") && !formal("{ $hours } u { $minutes }"));
  assert.deepEqual(said("nl").split("\n").filter(formal), []);
});

test("Dutch and English: curved quotation marks and apostrophes, nothing before a mark", () => {
  for (const code of ["nl", "en"])
    assert.deepEqual(
      said(code)
        .split("\n")
        .filter((line) => /\p{L}'|'\p{L}|\p{L}\s[:;?!](?!\p{L})|[‘]|\.\.\./u.test(line)),
      [],
      code,
    );
});
