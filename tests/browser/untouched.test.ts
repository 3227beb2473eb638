// Nothing that a person is filling in is touched by what others do: on every page with a form one person writes, chooses
// and stands in the middle of a word, another acts on the same things, the line is cut and comes back; the news are there,
// the form is as it was, down to the caret.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { openInMeeting, planMeeting, startMeeting } from "../harness/meeting.ts";
import {
  newHall,
  newId,
  newProposal,
  openPoll,
  type Person,
  pollParams,
} from "../harness/people.ts";
import { yes } from "../harness/record.ts";
import { endServer, freePort, initFolder, Server } from "../harness/program.ts";
import { Relay } from "../harness/relay.ts";
import type { Data } from "../harness/wire.ts";

closeAfterTests();
const skip = without ?? false;
const port = await freePort();
const origins = [`http://127.0.0.1:${port}`];
const server = new Server(skip ? "" : await initFolder(), {
  origins,
  more: ["--command-rate", "0"],
});
after(() => endServer(server));
if (!skip) await server.start();
const relay = await Relay.start(port, () => server.port);
after(() => relay.stop());
const hall = skip ? undefined : await newHall(server, 4);
const { admin, facilitator } = hall ?? ({} as NonNullable<typeof hall>);
const [other, second, third] = (hall?.members ?? []) as [Person, Person, Person];

const roles = ["facilitator", "admin"];
const alice = (skip ? undefined : await Visitor.arrive("fr", 1280, 900)) as Visitor;
if (!skip) await alice.join(server.origin, await linkFor(server, "Alice", roles), "fr");
after(() => alice?.close());
const me = skip ? "" : await idOf("Alice");
async function idOf(name: string): Promise<string> {
  const { items } = await admin.call("member.list", { text: name });
  return items[0].id;
}

/* ---- what is written and what is seen of it ---- */

/** Fills every field of the page, and puts the caret into the middle of the last text. Answers how many there are. */
async function fillAll(only?: string): Promise<number> {
  const all = "main :is(input:not([type=search]):not([type=file]), textarea, select)";
  const fields = alice.page.locator(only ? `main [data-test="${only}"]` : `${all}:visible:enabled`);
  const count = await fields.count();
  let last = -1;
  for (let at = 0; at < count; at++) {
    const field = fields.nth(at);
    const [tag, type, off] = await field.evaluate((one: HTMLInputElement) => [
      one.tagName,
      one.type,
      // Views of lists and boxes that act at once are no forms.
      one.closest(".toolbar, .segmented, .checklist, .language, [data-test=setting] .check") !==
        null,
    ]);
    if (off) continue;
    if (tag === "SELECT") {
      if (!(await field.evaluate((one) => one.closest("form") !== null))) continue;
      const options = await field.locator("option:enabled").count();
      if (options > 1) await field.selectOption({ index: options - 1 });
    } else if (type === "date") await field.fill("2031-02-03");
    else if (type === "datetime-local") await field.fill("2031-02-03T10:00");
    else if (type === "email") await field.fill("alice@example.org");
    else if (type === "time") await field.fill("10:30");
    else if (type === "number") continue;
    else if (/^(text|textarea)$/.test(String(type))) {
      await field.fill(`Écrit par Alice ${at}`);
      last = at;
    }
  }
  assert.ok(last >= 0, "nothing to write in");
  await fields.nth(last).focus();
  await fields.nth(last).evaluate((one: HTMLInputElement) => {
    one.setSelectionRange(3, 8);
    let mark = 0;
    for (const each of document.querySelectorAll("main :is(input, textarea, select)"))
      (each as unknown as { mark: number }).mark = ++mark;
  });
  return count;
}

/** Everything of the form that a person could notice: each field as it was marked, its place in the page, its value. */
function seen(only?: string): Promise<string[]> {
  return alice.page.evaluate((wanted) => {
    const said: string[] = [];
    for (const one of document.querySelectorAll("main :is(input, textarea, select)")) {
      const field = one as HTMLInputElement & { mark?: number };
      if (field.type === "search" || field.closest(".toolbar, .checklist")) continue;
      if (field.mark === undefined || (wanted && field.dataset.test !== wanted)) continue;
      const chosen = one instanceof HTMLSelectElement ? one.selectedIndex : field.checked;
      const hook = field.dataset.test ?? field.name ?? "";
      said.push(`${field.mark} ${hook} ${JSON.stringify(field.value)} ${chosen}`);
    }
    const at = document.activeElement as (HTMLInputElement & { mark?: number }) | null;
    said.push(`focus ${at?.mark} ${at?.selectionStart}-${at?.selectionEnd}`);
    return said;
  }, only);
}

type Case = {
  name: string;
  path: () => string;
  page: string;
  /** Fields that are taken when they are left are no form: only this one is written in. */
  only?: string;
  /** Opens what is closed. */
  open?: () => Promise<void>;
  /** What another does, and what of it is then on the page. */
  act: (turn: number) => Promise<string>;
};

/** Waits until the page holds the text, anywhere, also in what only screen readers get. */
async function arrives(what: string): Promise<void> {
  if (!what) return;
  await alice.page.waitForFunction(
    (text) => document.body.textContent?.includes(text) ?? false,
    what,
  );
}

async function press(hook: string): Promise<void> {
  await alice.get(hook).first().click();
}

/* ---- the pages ---- */

const things = {
  idea: 0,
  ideaId: "",
  poll: 0,
  drafted: 0,
  draft: {} as Data,
  decision: "",
  task: 0,
  taskId: "",
  group: 0,
  groupId: "",
  planned: 0,
  plannedId: "",
  led: 0,
  ledId: "",
  items: [] as string[],
  meeting: 0,
  pollInfo: {} as Data,
};
async function prepare(): Promise<void> {
  const idea = await newProposal(other, "Un jardin", "Rien ne pousse.");
  Object.assign(things, { idea: idea.number, ideaId: idea.id });
  const decided = await newProposal(second, "Une cloche");
  await facilitator.act("proposal.mark", { id: decided.id, state: "discussed" });
  await second.act("proposal.mark", { id: decided.id, state: "ready" });
  for (const one of [other, second, third]) await one.enrol();
  const past = await openPoll(facilitator, [decided.id]);
  await other.vote(past, yes);
  await facilitator.act("poll.close", { id: past.poll });
  const { items } = await other.call("decision.list", {});
  things.decision = items[0].number;
  const from = { kind: "decision", id: items[0].id };
  const lines = ["Un", "Deux"].map((text) => ({ id: newId(), text }));
  const task = await other.create("task.create", {
    ...{ language: "fr", title: "Sonner", result: "On entend", from, checklist: lines },
    assignees: [other.id],
  });
  Object.assign(things, { task: task.number, taskId: task.id, lines });
  const straw = pollParams([things.ideaId], { kind: "straw" });
  const defined = await other.act("poll.define", straw);
  things.pollInfo = await openPollAgain(straw.id);
  things.poll = defined.number;
  things.draft = pollParams([things.ideaId], { kind: "straw", explanation: { fr: "Parce que." } });
  things.drafted = (await other.act("poll.define", things.draft)).number;
  const door = await planMeeting(facilitator, ["Accueil", "Comptes"]);
  Object.assign(things, { door, meeting: door.number });
  const group = await other.create("group.create", {
    ...{ language: "fr", name: "Les mains vertes", purpose: "Planter" },
  });
  Object.assign(things, { group: group.number, groupId: group.id });
  const planned = await planMeeting(facilitator, ["Accueil", "Budget"]);
  const led = await startMeeting(await planMeeting(facilitator, ["Ouverture", "Comptes", "Fin"]));
  Object.assign(things, { planned: planned.number, plannedId: planned.id });
  Object.assign(things, { led: led.number, ledId: led.id, items: led.items });
}
async function openPollAgain(id: string): Promise<Data> {
  const { readPoll } = await import("../harness/people.ts");
  return readPoll(other, await other.act("poll.open", { id }), id);
}
if (!skip) await prepare();

const say = async (kind: string, id: string, text: string): Promise<void> => {
  await third.create("comment.post", { language: "fr", on: { kind, id }, text });
};

let told = 0;
/** Something that every page shows: once it is there, all that happened before it is. */
async function news(): Promise<string> {
  const fr = `Nouvelles ${++told}`;
  await admin.act("org.update", { names: { fr, nl: fr, en: fr } });
  return fr;
}

const cases: Case[] = [
  {
    name: "a new proposal",
    path: () => "/p/new",
    page: "proposal-new",
    act: async (turn) => {
      const label = { fr: `Thème ${turn}`, nl: `Thema ${turn}`, en: `Theme ${turn}` };
      const themes = Array.from({ length: turn }, (_, at) => ({
        ...{ key: `t${at + 1}`, label: { ...label, fr: `Thème ${at + 1}` } },
      }));
      await admin.act("org.update", { settings: { themes } });
      return `Thème ${turn}`;
    },
  },
  {
    name: "a comment on a proposal",
    path: () => `/p/${things.idea}`,
    page: "proposal",
    act: async (turn) => {
      await say("proposal", things.ideaId, `Pendant ce temps ${turn}`);
      const change = { title: `Un jardin, dit mieux ${turn}` };
      await other.act("proposal.revise", { id: things.ideaId, base: turn, ...change });
      const who = turn === 1 ? second : third;
      await who.act("proposal.support", { id: things.ideaId, on: true, help: `Aide ${turn}` });
      return change.title;
    },
  },
  {
    name: "a vote about it",
    path: () => `/v/new?about=${things.idea}`,
    page: "poll-new",
    act: async (turn) => {
      const title = `Un verger ${turn}`;
      await other.act("proposal.revise", { id: things.ideaId, base: turn + 2, title });
      return news();
    },
  },
  {
    name: "a draft of a vote that is changed, and changed by another too",
    path: () => `/v/new?edit=${things.drafted}`,
    page: "poll-new",
    act: async (turn) => {
      const question = { fr: `Autre ${turn}`, nl: `Ander ${turn}`, en: `Other ${turn}` };
      await other.act("poll.define", { ...things.draft, question });
      await say("poll", things.draft.id, `Pendant ce temps ${turn}`);
      return turn === 1 ? "Quelqu’un d’autre a modifié ce brouillon" : news();
    },
  },
  {
    name: "a to-do from a decision",
    path: () => `/d/${things.decision}`,
    page: "decision",
    open: async () => {
      await alice.get("task-title").fill("x");
      await press("task-more");
      await press("task-line-add");
    },
    act: async (turn) => {
      const from = { kind: "decision", id: things.decision };
      const title = `Tâche venue d’ailleurs ${turn}`;
      await other.create("task.create", { language: "fr", title, result: "", from });
      return title;
    },
  },
  {
    name: "a to-do said better",
    path: () => `/t/${things.task}`,
    page: "task",
    open: () => press("task-edit-open"),
    act: async (turn) => {
      const [first] = (things as Data).lines;
      await other.act("task.check", { id: things.taskId, line: first.id, on: turn === 1 });
      const title = `Sonner fort ${turn}`;
      await other.act("task.update", { id: things.taskId, title, due: Date.now() + 864e5 * turn });
      return title;
    },
  },
  {
    name: "the code of a meeting, at its door",
    path: () => `/meetings/${things.meeting}`,
    page: "meeting",
    only: "checkin-code",
    act: async (turn) => {
      const { door } = things as Data;
      if (turn === 1) await startMeeting(door);
      else await facilitator.act("meeting.item", { id: door.id, item: door.items[1] });
      await openInMeeting(door);
      return news();
    },
  },
  {
    name: "a new group",
    path: () => "/g/new",
    page: "group-new",
    act: async (turn) => {
      const name = `Groupe ${turn}`;
      await third.create("group.create", { language: "fr", name, purpose: "x" });
      return name;
    },
  },
  {
    name: "a group changed, its discussion",
    path: () => `/g/${things.group}`,
    page: "group",
    open: async () => {
      await other.act("group.invite", { id: things.groupId, member: me }).catch(() => {});
      await press("group-change").catch(() => {});
    },
    act: async (turn) => {
      const who = turn === 1 ? second : third;
      await who.act("group.join", { id: things.groupId });
      return who.name;
    },
  },
  {
    name: "a meeting being planned",
    path: () => "/meetings/new",
    page: "meeting-new",
    act: async (turn) => {
      await third.create("group.create", { language: "fr", name: `Équipe ${turn}`, purpose: "x" });
      return news();
    },
  },
  {
    name: "an agenda that others look after too",
    path: () => `/meetings/${things.planned}/edit`,
    page: "meeting-edit",
    only: "item-title",
    act: async (turn) => {
      const id = things.plannedId;
      const chair = (turn === 1 ? second : third).id;
      await facilitator.act("meeting.offices", { id, chair, scrutineers: [] });
      const { doc } = await facilitator.call("meeting.get", { id });
      const item = { id: newId(), title: { fr: "Autre" }, item_kind: "work", minutes: 5 };
      await facilitator.act("meeting.agenda", { id, base: doc.rev, items: [item] });
      return (turn === 1 ? second : third).name;
    },
  },
  {
    name: "a to-do in a meeting that goes on",
    path: () => `/meetings/${things.led}/lead`,
    page: "meeting-lead",
    only: "task-line",
    act: async (turn) => {
      const item = things.items[turn] ?? "";
      await facilitator.act("meeting.item", { id: things.ledId, item });
      const voter = turn === 1 ? second : third;
      const given = { meeting: things.ledId, member: voter.id, present: true };
      await facilitator.act("attendance.record", given);
      return turn === 1 ? "Point 2" : "Point 3";
    },
  },
  {
    name: "oneself",
    path: () => "/me",
    page: "me",
    open: () => press("profile-edit"),
    act: async (turn) => {
      await admin.act("member.update", { id: me, ties: [`Lien ${turn}`] });
      return news();
    },
  },
  {
    name: "people to invite",
    path: () => "/m/invite",
    page: "invite-list",
    act: async (turn) => {
      await admin.create("member.invite", { name: `Venue ${turn}`, class: "members" });
      return news();
    },
  },
  {
    name: "settings: the field one writes in",
    path: () => "/settings",
    page: "settings",
    only: "setting-name",
    act: async (turn) => {
      const name = `Les Essais ${turn}`;
      await admin.act("org.update", { name, settings: { vote_days: 8 + turn } });
      return news();
    },
  },
  {
    name: "a report to settle",
    path: () => "/moderation",
    page: "moderation",
    act: async (turn) => {
      const reason = `Signalé ${turn}`;
      const on = { kind: "proposal", id: things.ideaId };
      await (turn === 1 ? second : third).act("report.make", { on, reason });
      return reason;
    },
  },
];

for (const one of cases)
  test(`untouched: ${one.name}`, { skip }, async () => {
    if (one.page === "moderation") {
      const on = { kind: "task", id: things.taskId };
      await second.act("report.make", { on, reason: "D’abord celui-ci" });
    }
    await alice.open(server.origin + one.path(), one.page);
    await one.open?.();
    await alice.settled();
    await fillAll(one.only);
    const before = await seen(one.only);
    await arrives(await one.act(1));
    await alice.settled();
    assert.deepEqual(await seen(one.only), before, "after another's act");
    relay.cut();
    await alice.page.locator('html:not([data-connection="up"])').waitFor();
    const news = await one.act(2);
    relay.restore();
    await alice.connected();
    await arrives(news);
    await alice.settled();
    assert.deepEqual(await seen(one.only), before, "after the line was cut and came back");
  });

test("untouched: a choice on the card of a vote", { skip }, async () => {
  await alice.open(`${server.origin}/v/${things.poll}`, "poll");
  await press("choice-yes");
  const state = () =>
    alice.page.evaluate(() =>
      [...document.querySelectorAll('main [data-test^="choice-"]')].map((one) =>
        [
          one.getAttribute("data-test"),
          (one as HTMLInputElement).checked,
          one.ariaChecked,
          one.className,
        ].join(),
      ),
    );
  const before = await state();
  await third.vote(things.pollInfo as never, yes);
  await alice.page.waitForFunction(() =>
    /\b1\b/.test(document.querySelector('[data-test="turnout"]')?.textContent ?? ""),
  );
  assert.deepEqual(await state(), before);
  relay.cut();
  await alice.page.locator('html:not([data-connection="up"])').waitFor();
  await second.vote(things.pollInfo as never, yes);
  relay.restore();
  await alice.connected();
  await alice.page.waitForFunction(() =>
    /\b2\b/.test(document.querySelector('[data-test="turnout"]')?.textContent ?? ""),
  );
  assert.deepEqual(await state(), before);
});

test("untouched: a ranking, and the reason of an objection", { skip }, async () => {
  const three = (text: string) => ({ fr: text, nl: text, en: text });
  const options = ["Un", "Deux", "Trois"].map((text) => ({ id: newId(), label: three(text) }));
  const ranked = await openPoll(other, [things.ideaId], {
    ...{ kind: "straw", method: "irv", options },
  });
  const asked = await openPoll(other, [things.ideaId], { kind: "straw", method: "consent" });
  const cases = [
    {
      poll: ranked,
      choices: ["08010203", "08030201"],
      write: async () => {
        await press("rank-2-add");
        await press("rank-0-add");
        await alice.get("rank-0-handle").press("Enter");
      },
      read: () => alice.page.locator(".ranking").innerHTML(),
    },
    {
      poll: asked,
      choices: ["0301", "0302"],
      write: async () => {
        await alice.get("choice-objection").check();
        await alice.get("ballot-note").fill("Écrit par Alice");
        await alice.get("ballot-note").evaluate((one: HTMLTextAreaElement) => {
          one.setSelectionRange(3, 8);
        });
      },
      read: () =>
        alice.get("ballot-note").evaluate((one: HTMLTextAreaElement) => {
          const here = document.activeElement === one;
          return `${one.value} ${one.selectionStart}-${one.selectionEnd} ${here}`;
        }),
    },
  ];
  for (const { poll, choices, write, read } of cases) {
    const { doc } = await other.call("poll.get", { id: poll.poll });
    await alice.open(`${server.origin}/v/${doc.number}`, "poll");
    await write();
    const before = await read();
    await other.vote(poll, Buffer.from(choices[0] ?? "", "hex"));
    await alice.page.locator('[data-test="turnout"][data-voted="1"]').waitFor();
    assert.equal(await read(), before, "after another's ballot");
    relay.cut();
    await alice.page.locator('html:not([data-connection="up"])').waitFor();
    await second.vote(poll, Buffer.from(choices[1] ?? "", "hex"));
    relay.restore();
    await alice.connected();
    await alice.page.locator('[data-test="turnout"][data-voted="2"]').waitFor();
    assert.equal(await read(), before, "after the line was cut and came back");
  }
});
