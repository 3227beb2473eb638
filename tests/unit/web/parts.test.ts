// Small pure parts: waiting between tries, resembling titles, threads of a discussion, Markdown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lexer } from "marked";
import type { VNode } from "preact";
import type { Organisation, Poll } from "../../../web/src/generated/api";
import {
  besides,
  draftOf,
  newDraft,
  paramsOf,
  percentOf,
  purposes,
  stillAbout,
} from "../../../web/src/poll/define/draft";
import { hasUsualRule } from "../../../web/src/poll/define/usual";
import { stepsFrom } from "../../../web/src/proposal/states";
import { baseMs, capMs, waitMs } from "../../../web/src/sync/backoff";
import { newId } from "../../../web/src/sync/rpc";
import { readWith, renderMarkdown } from "../../../web/src/ui/markdown";
import {
  asLongAgain,
  closingDefault,
  daysLater,
  fromLocal,
  toLocal,
} from "../../../web/src/poll/dates";
import { meantThere, shownThere, zoneName } from "../../../web/src/i18n/zone";
import { inZone } from "./zones";

test("waits grow, are capped, and are spread over the whole time", () => {
  assert.equal(waitMs(0, 0), 0);
  assert.equal(waitMs(0, 0.999_999), baseMs);
  assert.equal(waitMs(1, 0.999_999), 2 * baseMs);
  assert.equal(waitMs(50, 0.999_999), capMs);
});

test("a script that neither comes nor fails is given up after a while, and may be asked for again, at another address", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page: Script[] = [];
  class Script extends EventTarget {
    src = "";
    get isConnected() {
      return page.includes(this);
    }
    remove() {
      if (this.isConnected) page.splice(page.indexOf(this), 1);
    }
  }
  const document = {
    querySelector: (what: string) => page.find(({ src }) => what.includes(`"${src}"`)),
    createElement: () => new Script(),
    head: { append: (script: Script) => page.push(script) },
  };
  Object.assign(globalThis, { document, window: {} });
  const { fetchScript } = await import("../../../web/src/app/script");
  const first = fetchScript("vote-12345678.js");
  const same = fetchScript("vote-12345678.js");
  assert.equal(page.length, 1);
  t.mock.timers.tick(19_999);
  const told = Promise.allSettled([first, same]);
  t.mock.timers.tick(1);
  assert.deepEqual(
    (await told).map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.equal(page.length, 0);
  const again = fetchScript("vote-12345678.js");
  assert.equal(page[0]?.src, "/assets/vote-12345678.js?again=1");
  page[0]?.dispatchEvent(new Event("load"));
  await again;
  // What was refused is no longer waited for by anybody.
  const refused = fetchScript("talk-12345678.js");
  page[0]?.dispatchEvent(new Event("error"));
  await assert.rejects(refused);
  fetchScript("talk-12345678.js").catch(() => {});
  assert.equal(page[0]?.src, "/assets/talk-12345678.js");
});

test("ids are UUIDs of version 4 and differ", () => {
  const ids = Array.from({ length: 1000 }, newId);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("steps offered follow state and role", () => {
  const nobody = { author: false, facilitator: false };
  const author = { author: true, facilitator: false };
  const facilitator = { author: false, facilitator: true };
  const to = (state: string, who: typeof nobody) => stepsFrom(state, who).map((step) => step.to);
  for (const state of ["idea", "discussed", "ready", "adopted", "realised"])
    assert.deepEqual(to(state, nobody), []);
  assert.deepEqual(to("idea", facilitator), ["discussed"]);
  assert.deepEqual(to("discussed", author), ["ready", "withdrawn"]);
  assert.deepEqual(to("voting", { author: true, facilitator: true }), []);
  assert.deepEqual(to("adopted", facilitator), ["in_progress", "realised", "abandoned"]);
});

test("dates of forms: seven days on, at 20:00, and back again", () => {
  const now = new Date(2026, 10, 23, 9, 41).getTime();
  const closes = closingDefault({}, now);
  assert.equal(toLocal(closes), "2026-11-30T20:00");
  assert.equal(fromLocal(toLocal(closes)), closes);
  assert.equal(toLocal(closingDefault({ days: 14, hour: 18 }, now)), "2026-12-07T18:00");
});

test("hours of a place on a device that is elsewhere, across a change of clocks on both sides", () => {
  const there = "Europe/Brussels";
  const at = (text: string) => new Date(text).getTime();
  inZone("America/New_York", () => {
    for (const [utc, wanted] of [
      ["2026-11-27T18:00:00Z", "2026-11-27T19:00"],
      // Clocks there have gone forward on 29 March, here on 8 March; and back on 25 October, here on 1 November.
      ["2026-03-20T18:00:00Z", "2026-03-20T19:00"],
      ["2026-10-28T23:30:00Z", "2026-10-29T00:30"],
      ["2026-07-01T12:00:00Z", "2026-07-01T14:00"],
    ] as const) {
      assert.equal(toLocal(shownThere(at(utc), there)), wanted);
      assert.equal(meantThere(fromLocal(wanted), there), at(utc));
      assert.equal(zoneName(at(utc), there, "fr-BE"), "heure d’Europe centrale");
    }
  });
  // The same clock under another name, the same name, none, and one that this browser has never heard of: nothing to say.
  inZone("Europe/Paris", () => {
    for (const zone of [there, "Europe/Paris", "Atlantis/Port", undefined]) {
      assert.equal(shownThere(at("2026-07-01T12:00:00Z"), zone), at("2026-07-01T12:00:00Z"));
      assert.equal(zoneName(at("2026-07-01T12:00:00Z"), zone, "fr-BE"), "");
    }
  });
});

test("days later it is the same hour, also where clocks changed meanwhile", () => {
  const later = (from: string, days: number) => toLocal(daysLater(fromLocal(from), days));
  for (const zone of ["Europe/Brussels", "America/New_York", "Asia/Tokyo"])
    inZone(zone, () => {
      assert.equal(later("2026-10-24T20:00", 2), "2026-10-26T20:00");
      assert.equal(later("2027-03-27T23:30", 2), "2027-03-29T23:30");
      assert.equal(later("2027-04-05T00:30", -15), "2027-03-21T00:30");
      assert.equal(later("2026-12-31T20:00", 1), "2027-01-01T20:00");
      assert.equal(later("2028-02-28T20:00", 1), "2028-02-29T20:00");
    });
});

test("a vote asked anew is planned to take as many days again, to the same hour where clocks change meanwhile", () => {
  const again = (from: string, to: string, now: string) =>
    toLocal(asLongAgain(fromLocal(from), fromLocal(to), fromLocal(now)));
  for (const zone of ["Europe/Brussels", "America/New_York", "Asia/Tokyo"])
    inZone(zone, () => {
      // Clocks change while the first one goes on, or while the second one does.
      assert.equal(
        again("2026-10-20T20:00", "2026-11-03T20:00", "2026-11-05T20:00"),
        "2026-11-19T20:00",
      );
      assert.equal(
        again("2026-10-01T09:30", "2026-10-08T20:00", "2026-10-20T09:30"),
        "2026-10-27T20:00",
      );
      assert.equal(
        again("2027-03-01T09:30", "2027-03-08T20:00", "2027-03-26T09:30"),
        "2027-04-02T20:00",
      );
    });
});

test("the closing proposed is at the organisation's hour, across a change of clocks", () => {
  const at = (text: string) => new Date(text).getTime();
  const zone = "Europe/Brussels";
  const closing = (now: string, hour = 20) => closingDefault({ days: 7, hour, zone }, at(now));
  assert.equal(closing("2026-07-01T10:00:00Z"), at("2026-07-08T18:00:00Z"));
  assert.equal(closing("2026-10-20T10:00:00Z"), at("2026-10-27T19:00:00Z"));
  assert.equal(closing("2026-03-25T10:00:00Z"), at("2026-04-01T18:00:00Z"));
  // It is already tomorrow in Brussels.
  assert.equal(closing("2026-07-01T22:30:00Z"), at("2026-07-09T18:00:00Z"));
  const far = closingDefault(
    { days: 1, hour: 9, zone: "Pacific/Auckland" },
    at("2026-07-01T10:00:00Z"),
  );
  assert.equal(far, at("2026-07-01T21:00:00Z"));
});

type Tree = VNode<{ children?: unknown; href?: string }> | string | null | Tree[] | number;
/** Tags and texts of rendered nodes, e.g. "p(strong(a) b)". */
function outline(node: Tree): string {
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (typeof node === "string" || typeof node === "number") return String(node);
  if (Array.isArray(node)) return node.map(outline).join("");
  const inside = outline((node.props.children ?? null) as Tree);
  if (typeof node.type !== "string") return inside;
  const href = node.props.href ? `:${node.props.href}` : "";
  return `${node.type}${href}(${inside})`;
}
const shown = (text: string) => outline(renderMarkdown(text) as Tree);

test("Markdown becomes nodes, and until it can be read stands as it was written", () => {
  const id = newId();
  assert.equal(shown(`**a** @[Zo\\] B](member:${id})`), "p(**a** @Zo] B)");
  readWith((text, options) => lexer(text, options));
  assert.equal(shown("**a** *b*"), "p(strong(a) em(b))");
  assert.equal(shown("- x\n- y"), "ul(li(x)li(y))");
  assert.equal(shown("# Big"), "h3(Big)");
  assert.equal(shown("[a](https://x.org)"), "p(a:https://x.org(a))");
});

test("raw HTML stays text, unsafe links are no links, pictures are not fetched", () => {
  assert.equal(shown("<b>x</b>"), "p(<b>x</b>)");
  assert.match(shown("<script>alert(1)</script>"), /<script>alert\(1\)<\/script>/);
  for (const href of ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//x.org", "/p/1"])
    assert.equal(shown(`[a](${href})`).includes("a:"), false, href);
  assert.equal(shown("![p](https://x.org/p.png)"), "p(a:https://x.org/p.png(p))");
  assert.ok(!shown('<img src=x onerror="alert(1)">').startsWith("img"));
});

test("Markdown survives hostile nesting and noise", () => {
  shown(`${">".repeat(500)}x`);
  shown("*".repeat(5_000));
  shown("[".repeat(2_000));
  let seed = 7;
  const marks = [
    "*",
    "_",
    "`",
    "[",
    "](",
    ")",
    "<",
    ">",
    "#",
    "-",
    "\n",
    " ",
    "a",
    "|",
    "~~",
    "&lt;",
  ];
  for (let round = 0; round < 300; round++) {
    let text = "";
    for (let at = 0; at < 60; at++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      text += marks[seed % marks.length];
    }
    assert.equal(/\b(script|iframe|img)\b/.test(shown(text)), false);
  }
});

test("words without a mark are paragraphs, as the parser would make them", () => {
  const plain = "Un café, « le samedi » (10 h).\nEt après ?\n\nOui! C'est 3 < non";
  assert.match(shown(plain), /^p\(/);
  const text = "Un café, « le samedi » (10 h).\nEt après ?\n\nOui, c'est 3.";
  assert.equal(shown(text), shown(`${text}\n\n[x]: https://example.org`));
  assert.match(shown("- un\n- deux"), /ul/);
  assert.match(shown("Titre\n==="), /h3/);
  assert.match(shown("    code"), /pre/);
});

test("a vote that is asked again gives back the draft it was made of, whatever its method", () => {
  let last = 0;
  const nextId = () => String(++last);
  for (const purpose of ["decide", "consent", "one", "several", "elect"] as const)
    for (const method of purposes[purpose]) {
      const named = (word: string) => ({ id: nextId(), labels: { fr: word, en: `${word}!` } });
      const seats = ["several", "elect"].includes(purpose) ? 2 : 1;
      const plain = method === "yes-no" || method === "consent";
      const draft = {
        ...{
          ...newDraft(purpose),
          method,
          seats,
          options: plain ? [] : ["a", "b", "c"].map(named),
        },
        ...{ equal: false, levels: 4, points: 7, cap: 3, allPoints: true, grades: 5 },
        ...({ blank: false, least: 2, most: 2, tie: "reported" } as const),
      };
      const poll_kind = purpose === "elect" ? "election" : "decision";
      const made = paramsOf(draft, ["fr", "en"]);
      const poll = { ...made, poll_kind, rule: { tie: draft.tie } } as unknown as Poll;
      const again = draftOf(poll, nextId);
      const offered: readonly string[] = purposes[again.purpose];
      assert.ok(again.purpose === purpose || offered.includes(method), `${purpose} ${method}`);
      const remade = paramsOf(again, ["fr", "en"]);
      const labels = (of: typeof made) => of.options?.map(({ label }) => label);
      assert.deepEqual(
        [remade.method, remade.params],
        [method, made.params],
        `${purpose} ${method}`,
      );
      assert.deepEqual(labels(remade), labels(made));
      const ids = made.options?.map(({ id }) => id);
      assert.ok(remade.options?.every(({ id }) => !ids?.includes(id)));
      assert.equal(again.tie, draft.tie);
    }
});

test("a ballot holds no fewer than one and no more than the most, whatever was typed", () => {
  const options = ["a", "b", "c"].map((id) => ({ id, labels: { fr: id } }));
  const several = { ...newDraft("several"), options };
  const marks = (least: number, most: number) => {
    const { min, max } = paramsOf({ ...several, least, most }, ["fr"]).params ?? {};
    return [min, max];
  };
  assert.deepEqual(marks(1, 0), [1, 3]);
  assert.deepEqual(marks(2, 0), [2, 3]);
  assert.deepEqual(marks(0, 2), [1, 2]);
  assert.deepEqual(marks(9, 2), [2, 2]);
  assert.equal(paramsOf({ ...newDraft("decide"), least: 2 }, ["fr"]).params?.min, undefined);
});

test("of each class only what is asked of all, of consent no weight, and a share stays the fraction that it was", () => {
  const third = { num: 1, den: 3 };
  const all = { classQuorum: true, classMajority: true, heaviest: third };
  const draft = { ...newDraft("decide"), ...all };
  const majority = { num: 1, den: 2 };
  assert.deepEqual(besides(draft, { majority, quorum: majority }), {
    ...{ per_class: ["quorum", "majority"], cap: third },
  });
  assert.deepEqual(besides(draft, { majority, quorum: null }).per_class, ["majority"]);
  assert.deepEqual(besides({ ...newDraft("consent"), ...all }, {}), {});
  assert.deepEqual(besides(newDraft("decide"), { majority }), {});
  assert.deepEqual([third, { num: 1, den: 1000 }].map(percentOf), [33, 1]);
  const rule = { per_class: ["majority"], cap: third } as const;
  const poll = { method: "yes-no", poll_kind: "decision", params: {}, options: [], rule };
  const again = draftOf(poll as unknown as Poll, newId);
  assert.deepEqual([again.classQuorum, again.classMajority, again.heaviest], [false, true, third]);
});

test("a draft that is changed keeps its options, its own grades and what has no field", () => {
  const grade = (fr: string) => ({ fr, nl: `${fr} (nl)` });
  const grades = ["Non", "Bof", "Oui", "Ah oui"].map(grade);
  const options = ["a", "b"].map((id) => ({ id, label: { fr: id } }));
  const params = { seats: 1, opt: 1, grades };
  const poll = { method: "majority-judgment", poll_kind: "decision", params, options, rule: {} };
  const draft = draftOf(poll as unknown as Poll, ({ id }) => id);
  const made = paramsOf(draft, ["fr", "nl"]);
  assert.deepEqual([made.params?.grades, made.params?.opt], [grades, 1]);
  assert.deepEqual(
    made.options?.map(({ id }) => id),
    ["a", "b"],
  );
  const spoken = paramsOf(draft, ["fr", "en"]).params?.grades;
  assert.deepEqual(spoken?.[3], { fr: "Ah oui", en: "Ah oui" });
  // The usual ones are known again, whatever they are called in the languages there are.
  const usual = paramsOf({ ...draft, grades: 5 }, ["nl"]).params?.grades;
  const again = draftOf(
    { ...poll, params: { ...params, grades: usual } } as unknown as Poll,
    newId,
  );
  assert.deepEqual([again.grades, again.ownGrades], [5, []]);
  // An election may be counted by a method that the form does not propose for one.
  const elects = { ...poll, method: "score", poll_kind: "election", params: {} };
  const elected = draftOf(elects as unknown as Poll, newId);
  assert.deepEqual([elected.purpose, elected.method], ["elect", "score"]);
});

test("a vote is not about a proposal any more whose option was taken out", () => {
  const about = ["p", "q", "r"].map((id) => ({ id })) as Poll["about"];
  const options = [
    { id: "1", label: {}, proposal: "p" },
    { id: "2", label: {}, proposal: "q" },
  ];
  const draft = { ...newDraft("one"), options: [{ id: "1", labels: {}, proposal: "p" }] };
  assert.deepEqual(stillAbout({ about, options }, draft), ["p", "r"]);
  const plain = { ...newDraft("decide"), options: [] };
  assert.deepEqual(stillAbout({ about, options }, plain), ["p", "q", "r"]);
});

test("the rule of a draft is the usual one where nothing in it is anything else", () => {
  const settings = { vote_majority: "two_thirds", vote_abstain: "base", vote_quorum_percent: 20 };
  const org = { settings } as unknown as Organisation;
  const rule = {
    ...{ name: "custom", void: "out", blank: "out", abstain: "base", tie: "not_adopted" },
    majority: { strict: false, den: 3, num: 2, base: "votes" },
    quorum: { num: 20, den: 100, strict: false, unit: "heads", of: "part" },
    ...{ per_class: ["majority"], cap: { num: 1, den: 3 }, mandates: null },
  };
  const poll = { method: "yes-no", poll_kind: "decision", electorate: { kind: "entitled" } };
  const is = (change: object, more: object = {}) =>
    hasUsualRule(org, { ...poll, ...more, rule: { ...rule, ...change } } as unknown as Poll);
  assert.equal(is({}), true);
  for (const change of [
    { use: "asbl-statutes" },
    { name: "asbl-statutes" },
    { abstain: "out" },
    { void: "no" },
    { tie: "chair" },
    { quorum: null },
    { quorum: { ...rule.quorum, unit: "weight" } },
    { majority: { ...rule.majority, num: 3, den: 4 } },
    { mandates: { max: 1 } },
  ])
    assert.equal(is(change), false, JSON.stringify(change));
  // In a meeting the quorum is of those present, unless they are all who are asked.
  const meeting = { meeting: { id: "m", number: 1 } };
  const present = { quorum: { ...rule.quorum, of: "present" } };
  assert.deepEqual([is({}, meeting), is(present, meeting), is(present)], [false, true, false]);
  const there = { ...meeting, electorate: { kind: "present" } };
  assert.equal(is({}, there), true);
  // What decides nothing asks nothing; of options no majority is asked, and a tie may end as it likes.
  const none = { majority: null, abstain: "out" };
  assert.equal(is({ ...none, tie: "lot" }, { method: "score" }), true);
  const simple = { majority: { num: 1, den: 2, strict: true, base: "votes" }, abstain: "out" };
  assert.equal(is({ ...simple, quorum: null }, { poll_kind: "straw" }), true);
  assert.equal(is({}, { poll_kind: "straw" }), false);
});
