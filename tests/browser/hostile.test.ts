// More than two hundred texts that would do harm if a page took them for anything but text, in every text that people can
// give: each is refused with its reason, or kept as it is and shown as text. Nothing runs, nothing is asked for elsewhere,
// nothing makes a page wider than a phone.
//
// The list of texts comes from the published description: a new one fails the first test until it has a place here.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { attach } from "../harness/files.ts";
import { findHarm, findWide, harmful, payloads, refused } from "../harness/hostile.ts";
import {
  counted,
  eventually,
  makeReady,
  newHall,
  newId,
  newPerson,
  newProposal,
  openPoll,
  Person,
  pollParams,
} from "../harness/people.ts";
import { endServer, initFolder, patienceMs, Server } from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";
import { smallestParams } from "../harness/schema.ts";
import { type Data, httpRequest, reasonOf } from "../harness/wire.ts";

closeAfterTests();
const skip = without ?? false;
const server = new Server(skip ? "" : await initFolder(), { more: ["--command-rate", "0"] });
after(() => endServer(server));
if (!skip) await server.start();
const hall = skip ? undefined : await newHall(server, 8);
const { admin, facilitator, members } = hall ?? ({} as NonNullable<typeof hall>);

/* ---- the texts that commands take ---- */

const description: Data = skip
  ? { methods: [] }
  : JSON.parse((await httpRequest({ port: server.port, path: "/openrpc.json" })).text);
const methods = description.methods as Data[];
const isWrite = (method: Data) => method.params.some((one: Data) => one.name === "command");

/** Where a text stands in the parameters of a method. */
type Spot = { method: Data; path: string[]; schema: Data };
function spotsIn(method: Data, schema: Data, path: string[]): Spot[] {
  if (schema.anyOf) return schema.anyOf.flatMap((one: Data) => spotsIn(method, one, path));
  if (schema.type === "array") return spotsIn(method, schema.items, [...path, "[]"]);
  if (schema.type === "object") {
    const own = Object.entries(schema.properties ?? {}) as [string, Data][];
    const any = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
    return [
      ...own.flatMap(([name, one]) => spotsIn(method, one, [...path, name])),
      ...spotsIn(method, any, [...path, "*"]),
    ];
  }
  const isText = schema.type === "string" && !schema.format && !schema.enum && !schema.pattern;
  return isText ? [{ method, path, schema }] : [];
}
const spots = methods
  .filter((method) => isWrite(method) && !method["x-who"].every((who: string) => who === "system"))
  .flatMap((method) =>
    method.params.flatMap((one: Data) => spotsIn(method, one.schema, [one.name])),
  );
const nameOf = ({ method, path }: Spot) => `${method.name} ${path.join(".")}`;

/** What is no text of people's: names of things, keys that are looked up. */
const lookedUp =
  /( (languages|time_zone|class|sha256)| from\.id| electorate\.ids\.\[\]| rule\.use|^draft\.save (object|field))$/;

/* ---- putting them there ---- */

const short = (most: number) => harmful.filter((text) => [...text].length <= most);
const bytes = (text: string) => Buffer.byteLength(text);
/** As few lines as hold them all; words that are keys of objects stand alone. */
function lines(most: number): string[] {
  const alone = (payloads.keys ?? []).filter((text) => text.length <= most);
  const packed: string[] = [];
  for (const text of short(most).filter((one) => !alone.includes(one))) {
    const joined = packed.length > 0 ? `${packed.at(-1)} ¦ ${text}` : "";
    if (joined && [...joined].length <= most) packed[packed.length - 1] = joined;
    else packed.push(text);
  }
  return [...alone, ...packed];
}
/** Texts of several lines; each piece between two marks, so that a page can be asked whether it shows it. */
function texts(most: number): string[] {
  const packed = [""];
  harmful.forEach((text, at) => {
    const piece = `from${at}x\n\n${text}\n\nupto${at}x\n\n`;
    if (bytes((packed.at(-1) ?? "") + piece) > most) packed.push("");
    packed[packed.length - 1] += piece;
  });
  return packed.map((text) => text.trim());
}
const marksOf = (text: string) => text.match(/(from|upto)\d+x/g) ?? [];

/** What a page must show: whole lines, or the marks around what is written in Markdown. */
type Look = { path: string; page: string; shows: string[] };
const looks: Look[] = [];
const look = (path: string, page: string, shows: string[]) => looks.push({ path, page, shows });
const covered = new Set<string>();
const covers = (...names: string[]) => {
  for (const name of names) covered.add(name);
};

async function all<T, R>(list: T[], each: (item: T, at: number) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < list.length; at += 16)
    done.push(...(await Promise.all(list.slice(at, at + 16).map((item, n) => each(item, at + n)))));
  return done;
}
const some = (at: number): Person => members[at % members.length] as Person;

async function putProposals(): Promise<void> {
  const titles = lines(160);
  const idea = { language: "fr", text: "", themes: [] };
  await all(titles, (title, at) =>
    some(at).create("proposal.submit", { ...idea, title, need: title }),
  );
  look("/p?view=list", "proposals", titles);
  const skills = lines(80);
  const needs = texts(950);
  const written = await all(needs, (need, at) =>
    some(at).create("proposal.submit", {
      ...{ ...idea, title: `Besoin ${at}`, need, text: at === 0 ? texts(40_000)[0] : "" },
      asks: { skills: skills.slice(at * 10, at * 10 + 10) },
    }),
  );
  written.forEach(({ number }, at) => {
    if (at > 3) return; // the same element shows the others
    const whole = at === 0 ? marksOf(texts(40_000)[0] ?? "") : [];
    look(`/p/${number}`, "proposal", [...marksOf(needs[at] ?? ""), ...whole]);
  });
  covers("proposal.submit title", "proposal.submit need", "proposal.submit text");
  covers(
    "proposal.submit asks.skills.[]",
    "proposal.submit themes.[]",
    "proposal.revise themes.[]",
  );
  const revised = await newProposal(some(0), "Avant");
  const title = titles.at(-1) as string;
  const change = { title, need: title, text: texts(40_000)[0] };
  const asks = { skills: skills.slice(0, 10) };
  await some(0).act("proposal.revise", { id: revised.id, base: 1, ...change, asks });
  await some(1).act("proposal.translate", {
    ...change,
    id: revised.id,
    language: "nl",
    version: 2,
  });
  look(`/p/${revised.number}`, "proposal", [title, ...marksOf(texts(40_000)[0] ?? "")]);
  covers("proposal.revise title", "proposal.revise need", "proposal.revise text");
  covers("proposal.revise asks.skills.[]", "proposal.translate title", "proposal.translate need");
  covers("proposal.translate text");
}

async function putAround(): Promise<void> {
  const helps = lines(300);
  const helped = await newProposal(some(0), "Aidez-nous");
  const offers = helps.slice(0, members.length - 1);
  await all(offers, (help, at) =>
    some(at + 1).act("proposal.support", { id: helped.id, on: true, help }),
  );
  look(`/p/${helped.number}`, "proposal", offers);
  covers("proposal.support help");

  const on = { kind: "proposal", id: helped.id };
  const comments = [...texts(7900), ...(payloads.nested ?? []), ...(payloads.links ?? [])];
  const said = await all(comments, (text, at) =>
    some(at).create("comment.post", { language: "fr", on, text }),
  );
  look(`/p/${helped.number}`, "proposal", comments.flatMap(marksOf));
  const first = said[0] as Data;
  await some(0).act("comment.edit", { id: first.id, text: texts(7900)[0] });
  covers("comment.post text", "comment.edit text");

  const [reason = "", word = ""] = texts(950);
  const blamed = await some(3).create("comment.post", { language: "fr", on, text: "Blâmable" });
  await some(4).act("report.make", { on: { kind: "comment", id: blamed.id }, reason });
  const { items } = await facilitator.call("report.list", {});
  await facilitator.act("report.settle", { id: items[0].id, outcome: "removed", word });
  const removed = await some(5).create("comment.post", { language: "fr", on, text: "À retirer" });
  await facilitator.act("comment.remove", { id: removed.id, reason });
  covers("report.make reason", "report.settle word", "comment.remove reason");

  const left = await newProposal(some(0), "Retirée");
  await some(0).act("proposal.mark", { id: left.id, state: "withdrawn", reason });
  look(`/p/${left.number}`, "proposal", marksOf(reason));
  const owed = await newProposal(some(1), "Réponse due");
  await facilitator.act("proposal.mark", { id: owed.id, state: "discussed" });
  await some(1).act("proposal.mark", { id: owed.id, state: "ready" });
  await facilitator.act("proposal.answer", { id: owed.id, text: texts(7900)[0] });
  look(`/p/${owed.number}`, "proposal", marksOf(texts(7900)[0] ?? ""));
  covers("proposal.mark reason", "proposal.answer text");
}

async function putTasks(): Promise<void> {
  const { id } = await newProposal(some(0), "À faire");
  const words = { language: "fr", from: { kind: "proposal", id } };
  const titles = lines(160);
  const steps = lines(200);
  await all(titles, (title, at) =>
    some(at).create("task.create", { ...words, title, result: title }),
  );
  look("/t?show=all", "tasks", titles);
  look("/t?view=board", "tasks", titles.slice(0, 20));
  const results = texts(950);
  const full = await all(results, (result, at) =>
    some(1).create("task.create", {
      ...{ ...words, title: `Tout ${at}`, result, quality: texts(1900)[at] ?? "x" },
      checklist: steps.slice(at * 30, at * 30 + 30).map((text) => ({ id: newId(), text })),
      assignees: [some(1).id],
    }),
  );
  full.slice(0, 4).forEach(({ number }, at) => {
    const shown = [results[at] ?? "", texts(1900)[at] ?? ""].flatMap(marksOf);
    look(`/t/${number}`, "task", [...shown, ...steps.slice(at * 30, at * 30 + 30)]);
  });
  covers("task.create title", "task.create result", "task.create quality", "task.create themes.[]");
  covers("task.create checklist.[].text");
  const [done, dropped] = full as [Data, Data];
  const [result, quality] = [results[1] ?? "", texts(1900)[1] ?? ""];
  const checklist = steps.slice(0, 30).map((text) => ({ id: newId(), text }));
  const title = titles.at(-1);
  await some(1).act("task.update", { id: done.id, title, result, quality, checklist });
  covers("task.update title", "task.update result", "task.update quality", "task.update themes.[]");
  covers("task.update checklist.[].text");
  await some(1).act("task.mark", { id: done.id, state: "done" });
  const thanks = texts(950)[0] ?? "";
  await some(2).act("task.thank", { id: done.id, text: thanks });
  const reason = texts(950)[0] ?? "";
  await some(1).act("task.mark", { id: dropped.id, state: "dropped", reason });
  looks.splice(
    looks.findIndex((one) => one.path === `/t/${done.number}`),
    1,
  );
  look(`/t/${done.number}`, "task", [...marksOf(thanks), title as string, ...steps.slice(0, 30)]);
  look(`/t/${dropped.number}`, "task", marksOf(reason));
  covers("task.thank text", "task.mark reason");
}

/** Reads what was put there; here before the votes open, so that she is on their rolls. */
let vera: Visitor | undefined;
async function bringReader(): Promise<void> {
  vera = await Visitor.arrive("fr", 360, 740);
  await vera.join(server.origin, await linkFor(server, "Vera", ["facilitator", "admin"]), "fr");
}

async function putPolls(): Promise<void> {
  const three = (text: string) => ({ fr: text, nl: text, en: text });
  const asked = lines(300);
  const { id: about } = await newProposal(some(0), "Sondée");
  const explained = texts(1900);
  const made = await all(asked, (question, at) => {
    const change = { question: three(question), explanation: three(explained[at] ?? question) };
    const rule = { name: lines(80)[at] };
    return some(0).act("poll.define", pollParams([about], { ...change, rule, kind: "straw" }));
  });
  made.slice(0, 4).forEach(({ number }, at) => {
    look(`/v/${number}`, "poll", [asked[at] ?? ""]);
  });
  look("/", "home", []);
  covers("poll.define question.*", "poll.define explanation.*", "poll.define rule.name");
  // Words of options and of grades: on the ballot, and in the result.
  const labels = lines(300);
  const options = labels.map((text) => ({ id: newId(), label: three(text) }));
  const several = await openPoll(some(0), [about], {
    ...{ kind: "straw", method: "approval", options },
  });
  const judged = await openPoll(some(0), [about], {
    ...{ kind: "straw", method: "majority-judgment", options: options.slice(0, 2) },
    params: { grades: lines(60).slice(0, 40).map(three) },
  });
  const ranked = await openPoll(some(0), [about], {
    ...{ kind: "straw", method: "schulze", options: options.slice(0, 12) },
  });
  await some(4).enrol();
  await some(4).vote(
    ranked,
    Buffer.from([8, 1, ...new Array(Math.min(11, options.length - 1)).fill(0)]),
  );
  await some(0).act("poll.close", { id: ranked.poll });
  await counted(some(0), ranked.poll);
  for (const [{ poll }, shown] of [
    [several, labels],
    [judged, lines(60).slice(0, 40)],
    [ranked, labels.slice(0, 12)],
  ] as const) {
    const { doc } = await some(0).call("poll.get", { id: poll });
    const why = poll === ranked.poll ? marksOf(texts(950)[0] ?? "") : [];
    look(`/v/${doc.number}`, "poll", [...shown, ...why]);
  }
  // The chair's word on a tie, then the same vote opened again.
  const tied = await openPoll(some(0), [about], { kind: "straw", rule: { tie: "chair" } });
  await some(5).enrol();
  await some(4).vote(tied, yes);
  await some(5).vote(tied, no);
  await some(0).act("poll.close", { id: tied.poll });
  await counted(some(0), tied.poll);
  const said = texts(950);
  await some(0).act("poll.decide", { id: tied.poll, adopted: true, reason: said[0] });
  const { doc: decidedDoc } = await some(0).call("poll.get", { id: tied.poll });
  look(`/v/${decidedDoc.number}`, "poll", marksOf(said[0] ?? ""));
  await some(0).act("poll.reopen", { id: ranked.poll, reason: said[0] });
  covers("poll.decide reason", "poll.reopen reason");
  covers("poll.define options.[].label.*", "poll.define params.grades.[].*");
  const reason = texts(950)[0] ?? "";
  const ready = await newProposal(some(1), "Mûre");
  await facilitator.act("proposal.mark", { id: ready.id, state: "discussed" });
  await some(1).act("proposal.mark", { id: ready.id, state: "ready" });
  const closes = Date.now() + 864e5;
  const open = pollParams([ready.id], { closes });
  const { number } = await facilitator.act("poll.define", open);
  await facilitator.act("poll.open", { id: open.id });
  await facilitator.act("poll.extend", { id: open.id, closes: closes + 36e5, reason });
  await facilitator.act("poll.cancel", { id: open.id, reason });
  look(`/v/${number}`, "poll", marksOf(reason));
  covers("poll.extend reason", "poll.cancel reason");
  const changed = await makeReady(some(3), facilitator, "Changée");
  const consent = await openPoll(facilitator, [changed.id], { method: "consent" });
  const [need = "", text = ""] = [texts(950)[1], texts(40_000)[0]];
  await facilitator.create("poll.ask_again", {
    ...{ poll: consent.poll, base: 1, title: lines(160).at(-1), need, text },
  });
  const { doc: anew } = await some(3).call("proposal.get", { id: changed.id });
  look(`/p/${anew.number}`, "proposal", [...marksOf(need), ...marksOf(text).slice(0, 20)]);
  covers("poll.ask_again title", "poll.ask_again need", "poll.ask_again text");
  const decided = await makeReady(some(2), facilitator, "Décidée");
  const poll = await openPoll(facilitator, [decided.id], { question: three(asked.at(-1) ?? "") });
  await some(2).enrol();
  await some(2).vote(poll, yes);
  await facilitator.act("poll.close", { id: poll.poll });
  const { decision } = await counted(some(2), poll.poll);
  const id = decision.number;
  const [note, report] = [lines(250).at(-1) as string, lines(250).at(-2) as string];
  await facilitator.act("decision.review", { id, note, review_ms: Date.now() + 1e9 });
  await facilitator.act("decision.report", { id, text: three(report) });
  look(`/d/${id}`, "decision", [asked.at(-1) as string, report]);
  look("/d", "decisions", [asked.at(-1) as string]);
  covers("decision.review note", "decision.report text.*");
}

async function putPeople(): Promise<void> {
  const names = lines(80);
  await all(names, (name) =>
    server.operator("member.invite", {
      ...{ id: newId(), command: newId(), name, class: "members", ties: lines(35).slice(0, 3) },
    }),
  );
  look("/m", "members", names);
  covers("member.invite name", "member.invite ties.[]");
  const mail = { name: "x", class: "members" };
  for (const email of ["<script>hit()</script>@x.be", '"onmouseover=hit()"@x.be'])
    assert.match(
      await reasonOf(
        server.operator("member.invite", { ...mail, email, id: newId(), command: newId() }),
      ),
      /^(|input\..*)$/,
    );
  covers("member.invite email", "member.update email");
  const packs = [lines(80).slice(0, 20), lines(80).slice(20, 40), lines(80).slice(40, 60)];
  await all(packs, async (skills, at) => {
    const one = await newPerson(server, `Savante ${at}`);
    const text = texts(1900)[at] ?? "";
    const introduction = { language: "fr", text };
    const name = lines(80)[at + 20];
    const needs = [...skills].reverse();
    await one.act("member.update", { id: one.id, name, skills, needs, introduction });
    await admin.act("member.update", { id: one.id, ties: lines(35).slice(at * 5, at * 5 + 5) });
    look("/m", "members", [name as string, ...marksOf(text)]);
  });
  const many = lines(80)
    .slice(20, 50)
    .map((name, at) => ({
      ...{ id: newId(), name, class: "members", ties: lines(35).slice(at, at + 2) },
      ...(at % 3 ? {} : { kind: "organisation", representative: lines(80)[at] }),
    }));
  await facilitator.act("member.invite_many", { people: many });
  look(
    "/m",
    "members",
    many.map(({ name }) => name),
  );
  for (const one of ["name", "representative", "email", "class", "ties.[]"])
    covers(`member.invite_many people.[].${one}`);
  const firm = { id: newId(), command: newId(), class: "members", kind: "organisation" };
  const representative = lines(80)[7];
  await server.operator("member.invite", { ...firm, name: "Une société", representative });
  await admin.act("member.update", { id: firm.id, representative: lines(80)[8] });
  const goes = await newPerson(server, "Partante");
  const reason = lines(250)[20];
  const goodbye = { language: "fr", text: lines(250)[21] };
  await goes.act("member.leave", { id: goes.id, goodbye, reason });
  const rests = await newPerson(server, "En pause");
  await admin.act("member.update", { id: rests.id, status: "dormant", reason });
  await rests.enrol();
  const { pk } = (rests.device as NonNullable<Person["device"]>) ?? {};
  const note = lines(160).at(-1);
  const key = Buffer.from(pk as Uint8Array).toString("base64url");
  assert.match(await reasonOf(rests.act("device.revoke", { pk: key, reason: "lost", note })), /^$/);
  covers("member.update representative", "member.update reason", "member.invite representative");
  covers("device.revoke note", "member.leave goodbye.text", "member.leave reason");
  for (const one of [firm.id, goes.id, rests.id]) {
    const { doc } = await admin.call("member.get", { id: one });
    look(`/m/${doc.number}`, "member", []);
  }
  covers("member.update name", "member.update skills.[]", "member.update needs.[]");
  covers("member.update introduction.text", "member.update ties.[]");
  const joins = lines(80).slice(0, 12);
  await all(joins, async (name) => {
    const invited = { id: newId(), command: newId(), class: "members" };
    const { link } = await server.operator("member.invite", invited);
    const one = new Person(server);
    await one.join(link.split("#")[1] ?? "", { name, introduction: name });
  });
  look("/m", "members", joins);
  covers("session.join name", "session.join introduction");
}
async function putImported(): Promise<void> {
  const author = newId();
  const source = { format: "decidim", id: "1" };
  const name = '"><img src=x onerror=hit()>';
  await server.operator("import.member", { id: author, command: newId(), name, source });
  for (const id of lines(80).slice(0, 8))
    await server.operator("import.member", {
      ...{ id: newId(), command: newId(), name: id, source: { format: id.slice(0, 30), id } },
    });
  covers("import.member name", "import.member source.format", "import.member source.id");
  const urls = [
    "javascript:hit()",
    "https://[::",
    'https://hostile.example/"onmouseover="hit()',
    "data:text/html,<script>hit()</script>",
  ];
  const made = await all(urls, (url, at) =>
    server.operator("import.proposal", {
      ...{ id: newId(), command: newId(), language: "fr", author, state: "idea" },
      ...{ title: lines(160)[at] as string, need: name, text: texts(40_000)[0] },
      source: {
        ...{ format: name, id: `${at}`, url, code: name, author: name },
        ...{ at_ms: 1, supports: 1, comments: 1 },
      },
    }),
  );
  made.forEach(({ number }, at) => {
    look(`/p/${number}`, "proposal", [lines(160)[at] as string]);
  });
  covers("import.proposal title", "import.proposal need", "import.proposal text");
  for (const one of ["format", "id", "url", "code", "author"])
    covers(`import.proposal source.${one}`);
  const on = { kind: "proposal", id: made[0]?.id };
  await server.operator("import.comment", {
    ...{ id: newId(), command: newId(), on, author, language: "fr", text: texts(7900)[0] },
    source: { id: name, at_ms: 1, votes: 0, up: 0, down: 0 },
  });
  look(`/p/${made[0]?.number}`, "proposal", marksOf(texts(7900)[0] ?? ""));
  covers("import.comment text", "import.comment source.id");
}

/** Minutes of a meeting that was held: harmful texts between facts that hold others. */
async function putMinutes({ id, number }: Data): Promise<void> {
  await facilitator.act("meeting.start", { id, seen: true });
  await facilitator.act("meeting.end", { id });
  await facilitator.act("minutes.draft", { meeting: id });
  const socket = await facilitator.socket();
  const { rev, blocks } = (await socket.watch(`meeting_desk/${id}`)).one("minutes");
  socket.close();
  const [first = "", second = ""] = texts(9_000);
  const own = [first, second].map((text) => ({ id: newId(), text: { fr: text } }));
  const facts = blocks.map((block: Data) => ({ id: block.id }));
  await facilitator.act("minutes.write", { meeting: id, base: rev, blocks: [...own, ...facts] });
  look(`/meetings/${number}/minutes`, "minutes", [first, second].flatMap(marksOf));
  covers("minutes.write blocks.[].text.*", "minutes.export words");
}

async function putMeetings(): Promise<void> {
  const three = (text: string) => ({ fr: text, nl: text, en: text });
  const titles = lines(160);
  const item = (text: string) => ({
    ...{ id: newId(), title: three(text), item_kind: "discussion", minutes: 5 },
  });
  const [procedure = ""] = texts(1900);
  const more = {
    ...{ place: three(lines(200).at(-1) ?? ""), procedure: three(procedure), remote: true },
    link: 'https://hostile.example/"onmouseover="hit()',
  };
  const [title = "", other = ""] = titles.slice(-2);
  const plan = (change: Data) =>
    facilitator.create("meeting.plan", {
      ...{ kind: "general_assembly", title: three(title), starts: Date.now() + 36e5, minutes: 90 },
      ...{ agenda: titles.slice(0, 50).map(item), ...more, ...change },
    });
  const planned = await plan({});
  covers("meeting.plan title.*", "meeting.plan place.*", "meeting.plan link");
  covers("meeting.plan procedure.*", "meeting.plan agenda.[].title.*");
  const odd = lines(40)[0];
  const link = "javascript:hit()";
  for (const bad of [{ rule: odd }, { template: odd, agenda: undefined }, { link }])
    assert.match(await reasonOf(plan(bad)), /^(rule|input|meeting)\./);
  covers("meeting.plan rule", "meeting.plan template", "meeting.revise rule");
  const { id } = planned;
  await facilitator.act("meeting.revise", { id, ...more, title: three(other) });
  const { doc } = await facilitator.call("meeting.get", { id });
  await facilitator.act("meeting.agenda", { id, base: doc.rev, items: titles.slice(50).map(item) });
  await facilitator.create("meeting.keep_template", { meeting: id, name: three(title) });
  const reason = texts(950)[0] ?? "";
  await facilitator.act("meeting.cancel", { id, reason });
  look(`/meetings/${planned.number}`, "meeting", [other, ...marksOf(reason)]);
  covers("meeting.revise title.*", "meeting.revise place.*", "meeting.revise link");
  covers("meeting.revise procedure.*", "meeting.agenda items.[].title.*", "meeting.cancel reason");
  covers("meeting.keep_template name.*");
  const held = await plan({ title: three(title) });
  await facilitator.act("meeting.start", { id: held.id, seen: true });
  look(`/meetings/${held.number}`, "meeting", [title]);
  for (const page of ["lead", "edit", "desk"])
    look(`/meetings/${held.number}/${page}`, `meeting-${page}`, []);
  look(`/meetings/${held.number}/attendance`, "attendance", [title]);
  look(`/meetings/${held.number}/invitation`, "invitation", []);
  await putMinutes(await plan({ title: three(other) }));
  const code = "<script>";
  const enter = some(0).act("attendance.enter", { meeting: held.id, code });
  assert.match(await reasonOf(enter), /^attendance\.bad_code|^input\./);
  await some(0).act("attendance.enter", { meeting: held.id });
  await some(0).act("incident.report", { meeting: held.id, text: texts(1900)[0] });
  assert.match(await reasonOf(some(0).call("session.screen", { code })), /./);
  covers("attendance.enter code", "incident.report text", "session.screen code");
  const line = { line: titles[0], language: "fr" };
  await facilitator.create("task.line", { meeting: held.id, ...line });
  covers("task.line line");
}

async function putGroups(): Promise<void> {
  const names = lines(80).slice(0, 60);
  const purposes = texts(950);
  const made = await all(names, (name, at) => {
    const purpose = purposes[at] ?? name;
    const more = { names: { nl: name }, purposes: { nl: purpose } };
    return some(at).create("group.create", { language: "fr", name, purpose, ...more });
  });
  look("/g", "groups", names);
  made.slice(0, 3).forEach(({ number }, at) => {
    look(`/g/${number}`, "group", [names[at] ?? "", ...marksOf(purposes[at] ?? "")]);
  });
  for (const one of ["name", "purpose", "names.*", "purposes.*"])
    covers(`group.create ${one}`, `group.update ${one}`);
  const { id, number } = made[3] as Data;
  const change = { name: names[5], purpose: purposes[0], names: { nl: names[5] } };
  await some(3).act("group.update", { id, ...change, purposes: { nl: purposes[0] } });
  const reason = texts(950)[1] ?? "";
  await some(3).act("group.close", { id, reason });
  look(`/g/${number}`, "group", [names[5] as string]);
  covers("group.close reason");
}

async function putOrganisation(): Promise<void> {
  const labels = lines(35);
  const label = (text: string) => ({ fr: text, nl: text, en: text });
  const themes = labels
    .slice(0, 30)
    .map((text, at) => ({ key: `theme-${at}`, label: label(text) }));
  const { doc } = await eventually("the organisation", async () => {
    const socket = await admin.socket();
    const page = await socket.watch("org");
    const found = page.all("organisation")[0];
    socket.close();
    return found && { doc: found };
  });
  const classes = [
    ...doc.classes,
    ...labels.slice(0, 20).map((text, at) => ({
      ...{ id: newId(), key: `class-${at}`, label: label(text), votes: false },
    })),
  ];
  const name = "<img src=x onerror=hit()>\"'&amp;";
  const names = { fr: name, nl: name, en: name };
  const expectations = { fr: lines(600)[20], nl: lines(600)[21], en: lines(600)[22] };
  await admin.act("org.update", { name, names, expectations, classes, settings: { themes } });
  const key = labels.find((text) => text.includes("<")) as string;
  const oddKeys = [
    { classes: [...doc.classes, { id: newId(), key, label: label("x"), votes: false }] },
    { settings: { themes: [{ key, label: label("x") }] } },
  ];
  for (const change of oddKeys)
    assert.match(await reasonOf(admin.act("org.update", change)), /^(|input\..*)$/);
  await admin.act("org.update", { settings: { themes } });
  for (const one of ["name", "names.*", "expectations.*", "classes.[].key", "classes.[].label.*"])
    covers(`org.update ${one}`);
  covers("org.update settings.themes.[].key", "org.update settings.themes.[].label.*");
  await all(lines(80).slice(0, 15), async (text, at) => {
    const rule = { preset: "asbl-statutes", title: label(text), rule: { name: text } };
    const id = newId();
    await admin.act("rule.save", { id, ...rule });
    await admin.act("rule.confirm", { id, article: lines(200)[at] });
  });
  covers("rule.save title.*", "rule.save rule.name", "rule.confirm article");
  look("/settings", "settings", []);
  look("/p/new", "proposal-new", []);
}

/** Personal, or signed: what is kept of it is read back by its owner alone. */
async function putTheRest(): Promise<void> {
  const text = texts(39_000)[0];
  await some(0).act("draft.save", { object: "proposal/new", field: "text", text });
  covers("draft.save text");
  const { id: shown, number } = await newProposal(some(0), "Avec fichiers");
  const on = { kind: "proposal", id: shown };
  const names = lines(120).filter((text) => !/[\\/:*?"<>|]/.test(text));
  await all(names.slice(0, 15), (name, at) =>
    attach(some(0), on, name, Buffer.from(`${at} lignes\n`), { alt: lines(500)[at] }),
  );
  const { sha256 } = await attach(some(0), on, "a.txt", Buffer.from("a\n"), { alt: "x" });
  for (const name of lines(120).filter((text) => /[\\/<>]/.test(text))) {
    const given = { id: newId(), on, sha256, name };
    assert.match(await reasonOf(some(0).act("file.attach", given)), /^(file|input)\./, name);
  }
  const one = await attach(some(0), on, "b.txt", Buffer.from("b\n"), { alt: "x" });
  await some(0).act("file.describe", { id: one.id, alt: lines(500).at(-1) });
  const scripts = lines(80).slice(0, 20);
  await all(scripts, (name) => some(1).create("token.create", { name, scopes: ["read"], days: 1 }));
  const { doc: owner } = await some(1).call("member.get", { id: some(1).id });
  look(`/m/${owner.number}`, "member", scripts);
  covers("token.create name");
  look(`/p/${number}`, "proposal", names.slice(0, 15));
  covers("file.attach name", "file.attach alt", "file.describe alt");
}
/** The reason of an objection is read by the roll of its vote: consent.test.ts. */
covers("ballot.cast note.text");

/* ---- tests ---- */

test("every text is kept as it is: there are more than 200", { skip }, async () => {
  assert.ok(harmful.length >= 200, `${harmful.length}`);
  await putOrganisation();
  for (const put of [bringReader, putProposals, putAround, putTasks, putPolls]) await put();
  for (const put of [putPeople, putImported, putGroups, putMeetings, putTheRest]) await put();
  const { items } = await some(0).call("task.list", { limit: 200 });
  const kept = new Set(items.map((task: Data) => task.title));
  assert.deepEqual(
    lines(160).filter((title) => !kept.has(title)),
    [],
  );
});

test("every text that a command takes has its place here", { skip }, () => {
  const names = [...new Set(spots.map(nameOf))].filter((name) => !lookedUp.test(name));
  assert.ok(names.length > 50, `${names.length} texts`);
  assert.deepEqual(
    names.filter((name) => !covered.has(name)),
    [],
  );
});

/** The parameters with a text put where it belongs. */
function withText(value: Data, path: string[], schema: Data, text: string): Data {
  const [step, ...rest] = path;
  if (step === undefined) return text;
  const inner = schema.anyOf?.find((one: Data) => one.type !== "null") ?? schema;
  if (step === "[]") return [withText(undefined, rest, inner.items, text)];
  if (step === "*") return { fr: withText(undefined, rest, inner.additionalProperties, text) };
  const properties = inner.properties ?? {};
  const needed = (inner.required ?? []) as string[];
  const filled = Object.fromEntries(
    needed.map((name) => [
      name,
      smallestParams({ params: [{ name, required: true, schema: properties[name] }] })[name],
    ]),
  );
  return {
    ...filled,
    ...value,
    [step]: withText(value?.[step], rest, properties[step] ?? {}, text),
  };
}

test("controls, direction marks and the byte order mark are refused in every text", {
  skip,
}, async () => {
  const wrong: string[] = [];
  await all(spots, async (spot) => {
    const who = spot.method["x-who"] as string[];
    const schema = {
      properties: Object.fromEntries(spot.method.params.map((one: Data) => [one.name, one.schema])),
    };
    for (const text of refused) {
      const params = withText(smallestParams(spot.method), spot.path, schema, text);
      const given = { ...params, command: newId() };
      const asOperator = who.length === 1 && who[0] === "operator";
      const reason = await reasonOf(
        asOperator
          ? server.operator(spot.method.name, given)
          : (who.includes("member") ? some(0) : who.includes("admin") ? admin : facilitator).call(
              spot.method.name,
              given,
            ),
      );
      // No JSON holds a NUL.
      if (reason !== (text.includes("\u0000") ? "input.bad_json" : "input.bad_value"))
        wrong.push(`${nameOf(spot)} ${JSON.stringify(text)}: ${reason || "taken"}`);
    }
  });
  assert.deepEqual(wrong.slice(0, 20), []);
});

/** Draws all of a list: presses "more" until there is none. */
async function unfold(visitor: Visitor): Promise<void> {
  for (let n = 0; n < 20; n++) {
    const more = visitor.page.getByRole("button", {
      name: /^(En voir|Charger les plus|Afficher les plus|Plus anciennes|Voir la suite)/,
    });
    if ((await more.count()) === 0) return;
    await more.first().click();
    await visitor.settled();
  }
}

test("T-S3 shown as text: nothing runs, nothing is fetched, no page is wider than a phone", {
  skip,
}, async () => {
  const visitor = vera as Visitor;
  const harm: string[] = [];
  visitor.page.on("dialog", (dialog) => {
    harm.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  visitor.page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(server.origin) && !/^(blob|data):/.test(url)) harm.push(`asked for ${url}`);
  });
  visitor.page.on("response", (response) => {
    if (response.status() >= 400) harm.push(`${response.status()} ${response.url()}`);
  });
  visitor.context.on("page", (page) => {
    if (page !== visitor.page) harm.push(`opened ${page.url()}`);
  });
  await visitor.page.exposeFunction("hit", () => harm.push("hit() was called"));
  const paths = new Map<string, Look>();
  for (const one of looks) {
    const known = paths.get(one.path);
    paths.set(one.path, { ...one, shows: [...(known?.shows ?? []), ...one.shows] });
  }
  for (const page of ["notifications", "devices", "moderation", "settings", "search", "me"]) {
    const path = { devices: "/me/devices", search: "/search?q=script" }[page] ?? `/${page}`;
    paths.set(page, { path, page, shows: [] });
  }
  for (const { path, page, shows } of paths.values()) {
    const opened = await visitor.open(server.origin + path, page).then(
      () => true,
      () => false,
    );
    if (!opened) {
      harm.push(`${path} does not open`);
      continue;
    }
    const main = visitor.page.locator("main");
    const limit = Date.now() + patienceMs;
    let missing = shows;
    do {
      await unfold(visitor);
      const text = await main.textContent();
      missing = shows.filter((one) => !text?.includes(one));
    } while (missing.length > 0 && Date.now() < limit);
    for (const one of missing.slice(0, 5)) harm.push(`${path} does not show ${one}`);
    for (const one of new Set(await visitor.page.evaluate(findHarm))) harm.push(`${path}: ${one}`);
    const wide = await visitor.overflow();
    if (wide > 0)
      harm.push(`${path} is ${wide} px too wide: ${await visitor.page.evaluate(findWide)}`);
    const { pathname } = new URL(visitor.page.url());
    if (pathname !== path.split("?")[0]) harm.push(`${path} led to ${pathname}`);
    if (shows.length > 3) await visitor.picture(`hostile${path.replaceAll(/[/?=]/g, "-")}-360`);
  }
  assert.deepEqual(harm, []);
  assert.deepEqual(visitor.complaints, []);
  await visitor.close();
});
