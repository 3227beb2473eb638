// Every setting acts: it is changed by administration, somebody does something, and the effect is there. Those that need days
// to pass are shown in tests/unit/assembly/settings_test.c.
import assert from "node:assert/strict";
import { test } from "node:test";
import { closingOf } from "../../web/src/poll/dates.ts";
import {
  counted,
  makeReady,
  newHall,
  newId,
  newProposal,
  openPoll,
  pollParams,
} from "../harness/people.ts";
import { serveNew } from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";
import { refused } from "../harness/wire.ts";

// biome-ignore lint/suspicious/noExplicitAny: documents of the protocol
type Data = any;
const server = await serveNew();
const { admin, facilitator, members } = await newHall(server, 4);
for (const one of members) await one.enrol();
const [a, b] = members as [(typeof members)[0], (typeof members)[0]];

const set = (settings: Data) => admin.act("org.update", { settings });
const organisation = async () => {
  const { text } = await server.controlGet("/topic/org");
  return JSON.parse(text).find((doc: Data) => doc.kind === "organisation");
};
/** A decision on nothing, with the rule that the settings give. */
const decision = (change: Data = {}) =>
  openPoll(facilitator, [], {
    kind: "decision",
    revote: undefined,
    show_live: undefined,
    ...change,
  });
const rule = async () => {
  const params = pollParams([], { kind: "decision" });
  await facilitator.act("poll.define", params);
  return (await facilitator.call("poll.get", { id: params.id })).doc.rule;
};

const effects: Record<string, [value: unknown, effect: () => Promise<void>]> = {
  support: [
    { at_least: 1, num: 0, den: 1, at_most: 1 },
    async () => {
      const { id } = await newProposal(a);
      await b.act("proposal.support", { id, on: true });
      assert.equal((await a.call("proposal.get", { id })).doc.state, "discussed");
    },
  ],
  themes: [
    [{ key: "garden", label: { en: "Garden" } }],
    async () => {
      const themed = { language: "fr", title: "Un banc", need: "n", text: "", themes: ["garden"] };
      const { id } = await a.create("proposal.submit", themed);
      assert.deepEqual((await a.call("proposal.get", { id })).doc.themes, ["garden"]);
    },
  ],
  answer_owed_days: [
    2,
    async () => {
      const { id } = await makeReady(a, facilitator);
      const { items } = await a.call("proposal.list", { state: "ready", limit: 200 });
      const card = items.find((one: Data) => one.id === id);
      const days = (card.owed_ms - card.state_ms) / 86_400_000;
      assert.ok(Math.abs(days - 2) < 0.01, `owed within ${days} days`);
    },
  ],
  vote_days: [
    3,
    async () => {
      const org = await organisation();
      const wanted = new Date("2026-07-04T18:00:00Z").getTime();
      assert.equal(closingOf(org, new Date("2026-07-01T09:00:00Z").getTime()), wanted);
    },
  ],
  vote_close_hour: [
    18,
    async () => {
      const org = await organisation();
      const closes = new Date(closingOf(org, new Date("2026-07-01T09:00:00Z").getTime()));
      assert.equal(closes.getUTCHours(), 16, "18:00 in Brussels");
    },
  ],
  vote_extension: [
    false,
    async () => {
      const poll = await decision({ closes: Date.now() + 3_600_000 });
      const longer = { id: poll.poll, closes: Date.now() + 7_200_000, reason: "r" };
      await refused(facilitator.act("poll.extend", longer), "poll.no_extension");
    },
  ],
  vote_revote: [
    false,
    async () => {
      const poll = await decision();
      await a.vote(poll, yes);
      await refused(
        a.call("ballot.cast", a.sign(poll, { choice: no }).params),
        "ballot.already_cast",
      );
    },
  ],
  vote_show_live: [
    true,
    async () => {
      const poll = await decision();
      assert.equal((await a.call("poll.get", { id: poll.poll })).doc.show_live, true);
      const secret = await decision({ mode: "confidential" });
      assert.equal((await a.call("poll.get", { id: secret.poll })).doc.show_live, false);
    },
  ],
  vote_majority: [
    "two_thirds",
    async () => {
      const { majority } = await rule();
      assert.deepEqual([majority.num, majority.den, majority.strict], [2, 3, false]);
      const straw = pollParams([], { kind: "straw" });
      await facilitator.act("poll.define", straw);
      const { doc } = await a.call("poll.get", { id: straw.id });
      assert.equal(doc.rule.majority.den, 2, "a straw poll decides nothing");
    },
  ],
  vote_abstain: ["no", async () => assert.equal((await rule()).abstain, "no")],
  vote_quorum_percent: [
    90,
    async () => {
      const poll = await decision();
      await a.vote(poll, yes);
      await facilitator.act("poll.close", { id: poll.poll });
      assert.equal((await counted(a, poll.poll)).result.verdict, "no_quorum");
    },
  ],
  review_months: [
    6,
    async () => {
      const poll = await decision();
      await facilitator.act("poll.close", { id: poll.poll });
      const { decision: reference } = await counted(a, poll.poll);
      const { doc } = await a.call("decision.get", { id: reference.number });
      const days = (doc.review_ms - doc.recorded_ms) / 86_400_000;
      assert.ok(days > 181 && days < 184, `${days} days`);
    },
  ],
};
/** Shown where the clock can be moved (unit tests), or on a page (tests/browser). */
const elsewhere = [
  "silent_days",
  "link_days",
  "session_idle_days",
  "session_days",
  "newcomer_weeks",
  "dormant_after_days",
];

test("every setting is published, and its effect is shown", async () => {
  const description = await a.call("rpc.discover");
  const names: string[] = description["x-settings"].map((one: Data) => one.name);
  const shown = new Set([...Object.keys(effects), ...elsewhere]);
  assert.deepEqual(
    names.filter((name) => !shown.has(name) && !/^(comment|file|session_shared)/.test(name)),
    [],
  );
});

for (const [name, [value, effect]] of Object.entries(effects))
  test(`${name} acts, and goes back`, async () => {
    const before = (await organisation()).settings[name];
    assert.notDeepEqual(before, value);
    await set({ [name]: value });
    await effect();
    const history = await a.call("org.history");
    assert.equal(history.doc.items.at(-1).name, name);
    await set({ [name]: before });
    assert.deepEqual((await organisation()).settings[name], before);
  });

test("settings are administration's", async () => {
  for (const one of [a, facilitator])
    await refused(one.act("org.update", { settings: { vote_days: 3 } }), "right.missing");
  await refused(set({ vote_days: 0 }), "input.bad_value");
});

test("a group votes with exactly its roll; an outsider is not on it", async () => {
  const id = newId();
  await a.act("group.create", { id, language: "fr", name: "Jardin", purpose: "" });
  await b.act("group.join", { id });
  const below = await members[2]?.create("group.create", {
    ...{ language: "fr", name: "Serre", purpose: "", parent: id },
  });
  const poll = await openPoll(a, [], {
    ...{ kind: "decision", body: undefined, electorate: { kind: "group", ids: [id] } },
  });
  const { doc } = await a.call("poll.get", { id: poll.poll });
  assert.deepEqual([doc.body, doc.roll.count, doc.groups[0].name], ["group", 2, "Jardin"]);
  await a.vote(poll, yes);
  for (const outsider of [members[2], members[3]])
    await refused(
      outsider?.call("ballot.cast", outsider.sign(poll, { choice: yes }).params) ??
        Promise.reject(),
      "ballot.not_on_roll",
    );
  const mine = await members[3]?.call("ballot.mine", { poll: poll.poll });
  assert.deepEqual([mine?.eligible, mine?.reason], [false, "group"]);
  const nested = await openPoll(facilitator, [], {
    ...{ kind: "decision", body: undefined },
    electorate: { kind: "group", ids: [id], nested: true },
  });
  await members[2]?.vote(nested, yes);
  assert.ok(below);
  // Everybody reads the discussion, the group writes.
  const on = { kind: "group", id };
  await b.create("comment.post", { language: "fr", on, text: "Bonjour" });
  await refused(
    members[3]?.create("comment.post", { language: "fr", on, text: "Bonjour" }) ?? Promise.reject(),
    "right.missing",
  );
  const socket = await (members[3] ?? a).socket();
  const answer = await socket.call("feed.subscribe", { topics: { [`group/${id}`]: 0 } });
  const kinds = answer.topics[0].docs.map((one: Data) => one.kind);
  for (const kind of ["group", "group_members", "comment", "poll_card"])
    assert.ok(kinds.includes(kind), kind);
  socket.close();
});
