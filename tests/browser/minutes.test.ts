// Before and after a meeting in the browser: its call in each language, the list to sign, and minutes whose facts nobody
// touches and whose texts two people write at once without losing a word.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { becomes, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { openInMeeting, planMeeting } from "../harness/meeting.ts";
import { newHall, newId, type Person } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { yes } from "../harness/record.ts";

closeAfterTests();
const skip = without ?? false;

test("call, attendance list, minutes", { skip }, async () => {
  const server = new Server(await initFolder());
  after(() => endServer(server));
  await server.start();
  const { admin, facilitator, members } = await newHall(server, 2);
  await admin.act("org.update", { languages: ["fr", "nl"] });
  const [first] = members as [Person];
  const starts = Date.now() + 36e5;
  const planned = await planMeeting(facilitator, ["Ouverture", "Le four"], {
    ...{ starts, notice_days: 15 },
    place: { fr: "Salle des fêtes", nl: "Feestzaal" },
  });
  const path = `/meetings/${planned.number}`;
  const lead = await Visitor.arrive("fr", 1280, 800, { timezoneId: "America/New_York" });
  await lead.join(server.origin, await linkFor(server, "Fadila", ["facilitator"]), "fr");
  const member = await Visitor.arrive("nl", 360, 740);
  await member.join(server.origin, await linkFor(server, "Nora"), "nl");

  // The call: text in the organisation's languages, whatever the page's own; the notice that can no longer be kept.
  await lead.visit(`${path}/invitation`, "invitation");
  const text = (code: string) => lead.get(`call-text-${code}`).inputValue();
  await becomes(
    () => text("fr"),
    /Lieu\s: Salle des fêtes\n[\s\S]*1\. Ouverture \(10 min\)\n2\. Le four/,
  );
  // In the organisation's hours, wherever the one who sends it is.
  const hour = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels" } as const;
  const begins = new Intl.DateTimeFormat("fr-BE", hour).format(starts);
  assert.ok((await text("fr")).includes(`, de ${begins} à `), begins);
  await becomes(() => text("nl"), /Plaats: Feestzaal\n[\s\S]*1\. Ouverture \(nl\)/);
  // So on the page, where the zone is named.
  await lead.visit(path, "meeting");
  const when = lead.page.locator(".meeting-when time");
  await becomes(() => when.innerText(), new RegExp(`à ${begins} \\(heure d’Europe centrale\\)$`));
  await lead.visit(`${path}/edit`, "meeting-edit");
  await lead.get("meeting-change").locator("summary").click();
  await becomes(() => lead.get("meeting-starts").inputValue(), new RegExp(`T${begins}$`));
  await lead.page.getByText(/^Heure de l’organisation\s: heure d’Europe centrale$/).waitFor();
  await lead.get("meeting-minutes").fill("90");
  await lead.get("meeting-revise").click();
  await becomes(() => lead.get("meeting-revise").isDisabled(), true);
  const kept = await facilitator.call("meeting.get", { id: planned.id });
  assert.equal(kept.doc.starts_ms, starts);
  await lead.visit(`${path}/invitation`, "invitation");
  assert.equal(await lead.get("call-text-en").count(), 0);
  await becomes(async () => (await text("nl")).endsWith(`${server.origin}${path}`), true);
  const notice = lead.get("call-notice");
  await becomes(() => notice.getAttribute("data-notice"), "over");
  await lead.get("call-sent").click();
  await becomes(() => notice.getAttribute("data-notice"), "late");
  await member.visit(`${path}/invitation`, "invitation");
  assert.equal(
    await member.get("call-notice").count(),
    0,
    "it is for those who prepare the meeting",
  );

  await facilitator.act("meeting.start", { id: planned.id, seen: true });
  await facilitator.act("attendance.record", {
    ...{ meeting: planned.id, member: first.id, present: true, remote: true, checked: "call" },
  });
  await facilitator.act("meeting.item", { id: planned.id, item: planned.items[0] });
  const poll = await openInMeeting({ ...planned, leader: facilitator }, {}, 600);
  await first.enrol();
  await first.vote(poll, yes);
  await facilitator.act("poll.close", { id: poll.poll });
  await lead.visit(`${path}/attendance`, "attendance");
  const rows = lead.page.locator('[data-test="attendance"] tbody tr');
  await becomes(() => rows.count(), 1);
  await becomes(() => rows.first().innerText(), /à distance \(vu à l’écran\)/);
  await lead.get("attendance-all").check();
  await becomes(() => rows.count(), 6);
  // Time to do what is free: taken on a phone; the board has what this meeting gave out.
  const from = { kind: "meeting", id: planned.id };
  const task = { language: "fr", result: "Rangé", from, assignees: [] };
  await facilitator.create("task.create", { ...task, title: "Ranger la remise" });
  await facilitator.create("task.create", { ...task, title: "Peindre la porte" });
  const { doc } = await facilitator.call("meeting.get", { id: planned.id });
  const works = { id: newId(), title: { fr: "On le fait" }, item_kind: "work", minutes: 15 };
  const agenda = [
    ...planned.items.map((id, at) => ({ ...works, id, title: doc.agenda[at].title })),
  ];
  await facilitator.act("meeting.agenda", {
    ...{ id: planned.id, base: doc.rev, items: [...agenda, works] },
  });
  await facilitator.act("meeting.item", { id: planned.id, item: works.id });
  await member.visit(path, "meeting");
  const free = member.get("work-task");
  await becomes(() => free.count(), 2);
  await free.filter({ hasText: "Ranger" }).locator('[data-test="task-take"]').click();
  await becomes(() => free.count(), 1);
  await member.get("seal-words").locator("summary").click();
  await becomes(() => member.page.locator(".seal-words").innerText(), /^([a-z]+ ){3}[a-z]+$/);
  await lead.visit(`/t?show=all&meeting=${planned.number}`, "tasks");
  await becomes(() => lead.page.locator(".list > *").count(), 2);
  await lead.visit("/t?show=all&meeting=99", "tasks");
  await becomes(() => lead.page.locator(".list > *").count(), 0);
  await becomes(() => lead.get("tasks-meeting").innerText(), /Assemblée de printemps/);

  await member.visit(`${path}/minutes`, "minutes");
  assert.equal(await member.get("minutes-draft").count(), 0);
  await facilitator.act("meeting.end", { id: planned.id });

  // The draft; a text between facts.
  await lead.visit(`${path}/minutes`, "minutes");
  await lead.get("minutes-draft").click();
  const facts = lead.get("minutes-fact");
  await facts.filter({ hasText: "1 pour sur 1" }).waitFor();
  const kinds = () =>
    facts.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.kind));
  for (const kind of ["heading", "attendance", "item", "vote", "incidents", "tasks", "seal"])
    await becomes(async () => (await kinds()).includes(kind), true, kind);
  const before = await kinds();
  await lead.get("minutes-add").first().click();
  await lead.get("minutes-text").fill("La séance est **ouverte**.");
  await lead.get("minutes-save").click();
  const own = lead.get("minutes-own");
  await becomes(() => own.locator("strong").innerText(), "ouverte");
  await lead.get("minutes-in-nl").click();
  await facts.filter({ hasText: "1 voor van 1" }).waitFor();
  await own.filter({ hasText: "ouverte" }).waitFor();
  // On paper, nothing of the page that is around them, which is in another language here.
  await lead.page.emulateMedia({ media: "print" });
  assert.equal(await lead.page.locator("main h1").isVisible(), false);
  await lead.page.emulateMedia({ media: null });
  await lead.get("minutes-in-fr").click();

  // Somebody else writes elsewhere, then the very same text, while it is being changed here.
  const desk = async () => {
    const socket = await facilitator.socket();
    const { rev, blocks } = (await socket.watch(`meeting_desk/${planned.id}`)).one("minutes");
    socket.close();
    return {
      rev,
      blocks: blocks.map(({ id, text: words }: { id: string; text?: object }) =>
        words ? { id, text: words } : { id },
      ),
    };
  };
  const write = async (change: (blocks: { id: string; text?: object }[]) => void) => {
    const { rev, blocks } = await desk();
    change(blocks);
    await facilitator.act("minutes.write", { meeting: planned.id, base: rev, blocks });
  };
  await lead.get("minutes-edit").click();
  await lead.get("minutes-text").fill("La séance est ouverte à l’heure.");
  await write((blocks) => blocks.unshift({ id: newId(), text: { fr: "Un mot avant." } }));
  await own.filter({ hasText: "Un mot avant." }).waitFor();
  assert.equal(await lead.get("minutes-text").inputValue(), "La séance est ouverte à l’heure.");
  await lead.get("minutes-save").click();
  await own.filter({ hasText: "à l’heure" }).waitFor();
  assert.equal(await lead.get("minutes-conflict").count(), 0);
  await becomes(() => own.count(), 2);
  await lead.get("minutes-edit").nth(1).click();
  await lead.get("minutes-text").fill("Ouverte à l’heure dite.");
  await write((blocks) => {
    const at = blocks.findIndex(({ text: words }) =>
      JSON.stringify(words ?? "").includes("à l’heure"),
    );
    Object.assign(blocks[at] ?? {}, { text: { fr: "Ouverte en retard." } });
  });
  await lead.get("minutes-save").click();
  await lead.get("minutes-conflict").filter({ hasText: "Ouverte en retard." }).waitFor();
  assert.equal(await lead.get("minutes-text").inputValue(), "Ouverte à l’heure dite.");
  await lead.get("minutes-save").click();
  await own.filter({ hasText: "Ouverte à l’heure dite." }).waitFor();
  await becomes(kinds, before);

  // Sealed: everybody reads them, nobody changes them; taken along with the four words of their seal.
  await member.page.locator('[data-test="minutes"]').waitFor({ state: "detached" });
  // What somebody writes between the question and the answer is not sealed unseen.
  await lead.get("minutes-seal").click();
  await write((blocks) => blocks.push({ id: newId(), text: { fr: "Un mot après." } }));
  await own.filter({ hasText: "Un mot après." }).waitFor();
  await lead.get("minutes-seal-confirm").click();
  await lead.page.locator('[data-test="toast"][data-reason="conflict"]').waitFor();
  assert.equal(await member.get("minutes").count(), 0);
  await lead.get("minutes-seal").click();
  await lead.get("minutes-seal-confirm").click();
  await member.get("minutes").waitFor();
  await member.get("minutes-fact").filter({ hasText: "1 voor van 1" }).waitFor();
  await lead.get("minutes-add").first().waitFor({ state: "detached" });
  assert.equal(await member.get("minutes-edit").count(), 0);
  assert.equal(await member.overflow(), 0);
  await facts.filter({ hasText: /quatre mots/ }).waitFor();
  const [file] = await Promise.all([
    lead.page.waitForEvent("download"),
    lead.get("minutes-take-markdown").click(),
  ]);
  const taken = readFileSync(await file.path(), "utf8");
  assert.match(taken, /Ouverte à l’heure dite\.[\s\S]*quatre mots\W+(?:[a-z]+ ){3}[a-z]+/);
  for (const one of [lead, member]) {
    assert.deepEqual(one.complaints, []);
    await one.close();
  }
});
