// An organisation in which every screen of the client has something to show.
import assert from "node:assert/strict";
import { after } from "node:test";
import { linkFor, Visitor } from "./browser.ts";
import { openInMeeting, planMeeting, startMeeting } from "./meeting.ts";
import {
  counted,
  makeReady,
  newHall,
  newProposal,
  openPoll,
  type Person,
  pollParams,
} from "./people.ts";
import { endServer, initFolder, Server } from "./program.ts";
import { yes } from "./record.ts";

export type Stage = {
  server: Server;
  admin: Person;
  facilitator: Person;
  members: Person[];
  /** Numbers people see. */
  proposal: number;
  open: number;
  draft: number;
  closed: number;
  decision: string;
  openId: string;
};

export async function newStage(): Promise<Stage> {
  const server = new Server(await initFolder());
  after(() => endServer(server));
  await server.start();
  const { admin, facilitator, members } = await newHall(server, 6);
  const [first, second, third] = members as [Person, Person, Person];
  const talked = await newProposal(
    first,
    "Un atelier de réparation le samedi",
    "Trop d'objets finissent à la rue alors qu'une vis suffirait.",
    "Ouvrir l'atelier **chaque samedi** de 10 h à 13 h :\n\n- une personne à l'accueil\n- deux qui réparent\n- un café",
  );
  const on = { kind: "proposal", id: talked.id };
  const said = await second.create("comment.post", { language: "nl", on, text: "Ik help mee." });
  const reply = { language: "fr", on, parent: said.id, text: "Merci, à **samedi** !" };
  await first.create("comment.post", reply);
  await second.act("comment.react", { id: said.id, reaction: "agree", on: true });
  for (const one of [second, third]) await one.act("proposal.support", { id: talked.id, on: true });
  const bike = [
    "Een tweede bakfiets",
    "De eerste is altijd weg.",
    "Een met een **huif**.",
  ] as const;
  await newProposal(second, ...bike);
  const label = { fr: "Réparer", nl: "Herstellen", en: "Repairing" };
  await admin.act("org.update", { settings: { themes: [{ key: "repair", label }] } });
  await first.act("proposal.revise", {
    ...{ id: talked.id, base: 1, themes: ["repair"] },
    asks: { money: 12050, people: 3, skills: ["soudure"] },
  });
  const decided = await makeReady(second, facilitator, "Un four à pain dans la cour");
  const past = await openPoll(facilitator, [decided.id]);
  for (const one of [first, second, third]) {
    await one.enrol();
    await one.vote(past, yes);
  }
  await facilitator.act("poll.close", { id: past.poll });
  const { number: closed, decision } = await counted(first, past.poll);
  const from = { kind: "decision", id: decision.number };
  const task = { language: "fr", result: "Trois devis", due: Date.now() + 864e6, from };
  await facilitator.create("task.create", { ...task, title: "Demander des devis", assignees: [] });
  const asked = { ...task, title: "Choisir les briques", assignees: [third.id] };
  await facilitator.create("task.create", asked);
  const garden = { language: "fr", name: "Le potager", purpose: "Semer, **arroser**, récolter." };
  await first.create("group.create", garden);
  await third.act("report.make", { on: { kind: "comment", id: said.id }, reason: "Hors sujet" });
  const ready = await makeReady(third, facilitator, "Des bancs devant la maison");
  const open = await openPoll(facilitator, [ready.id], { closes: Date.now() + 6048e5 });
  await first.vote(open, yes);
  const waiting = await makeReady(third, facilitator, "Repeindre la salle commune");
  const draft = pollParams([waiting.id], { params: { flags: ["blank", "abstain"] } });
  const drafted = await facilitator.act("poll.define", draft);
  const meeting = await startMeeting(await planMeeting(facilitator, ["Accueil", "Le four"]));
  await first.act("attendance.enter", { meeting: meeting.id, code: meeting.code });
  await openInMeeting(meeting);
  const starts = Date.now() + 6048e5;
  await planMeeting(facilitator, ["Ensemble"], { kind: "work_session", starts });
  const card = await first.call("poll.get", { id: open.poll });
  assert.ok(drafted.number);
  return {
    server,
    admin,
    facilitator,
    members,
    proposal: talked.number,
    open: card.doc.number,
    draft: drafted.number,
    closed,
    decision: decision.number,
    openId: open.poll,
  };
}

export type Screen = { name: string; path: string; page: string };

/** Every screen: its name in pictures, its path, and what its main part is called. */
export function screensOf(stage: Stage): Screen[] {
  return [
    { name: "home", path: "/", page: "home" },
    { name: "proposals", path: "/p", page: "proposals" },
    { name: "proposal", path: `/p/${stage.proposal}`, page: "proposal" },
    { name: "proposal-new", path: "/p/new", page: "proposal-new" },
    { name: "theme", path: "/theme/repair", page: "theme" },
    { name: "vote", path: `/v/${stage.open}`, page: "poll" },
    { name: "vote-result", path: `/v/${stage.closed}`, page: "poll" },
    { name: "vote-new", path: `/v/new?about=${stage.proposal}`, page: "poll-new" },
    { name: "decisions", path: "/d", page: "decisions" },
    { name: "decision", path: `/d/${stage.decision}`, page: "decision" },
    { name: "tasks", path: "/t?show=all", page: "tasks" },
    { name: "tasks-board", path: "/t?view=board", page: "tasks" },
    { name: "task", path: "/t/1", page: "task" },
    { name: "members", path: "/m", page: "members" },
    { name: "notifications", path: "/notifications", page: "notifications" },
    { name: "member", path: "/m/3", page: "member" },
    { name: "member-leave", path: "/m/3/leave", page: "leave" },
    { name: "member-erase", path: "/m/3/erase", page: "erase" },
    { name: "invite-list", path: "/m/invite", page: "invite-list" },
    { name: "me", path: "/me", page: "me" },
    { name: "search", path: "/search?q=banc", page: "search" },
    { name: "devices", path: "/me/devices", page: "devices" },
    { name: "settings", path: "/settings", page: "settings" },
    { name: "groups", path: "/g", page: "groups" },
    { name: "group-new", path: "/g/new", page: "group-new" },
    { name: "group", path: "/g/1", page: "group" },
    { name: "moderation", path: "/moderation", page: "moderation" },
    { name: "more", path: "/more", page: "more" },
    { name: "meetings", path: "/meetings", page: "meetings" },
    { name: "meeting", path: "/meetings/1", page: "meeting" },
    { name: "meeting-planned", path: "/meetings/2", page: "meeting" },
    { name: "minutes", path: "/meetings/1/minutes", page: "minutes" },
    { name: "attendance", path: "/meetings/1/attendance", page: "attendance" },
    { name: "invitation", path: "/meetings/2/invitation", page: "invitation" },
    { name: "meeting-new", path: "/meetings/new", page: "meeting-new" },
    { name: "meeting-edit", path: "/meetings/4/edit", page: "meeting-edit" },
    { name: "meeting-start", path: "/meetings/4/lead", page: "meeting-lead" },
    { name: "meeting-lead", path: "/meetings/3/lead", page: "meeting-lead" },
    { name: "meeting-desk", path: "/meetings/3/desk", page: "meeting-desk" },
    { name: "practice", path: "/practice", page: "practice" },
    { name: "not-found", path: "/nowhere/at/all", page: "not-found" },
  ];
}

/** A browser of somebody with these roles, entered. */
export async function enter(
  { server }: { server: Server },
  name: string,
  roles: string[],
  language: string,
  width = 1280,
  height = 800,
  more = {},
): Promise<Visitor> {
  const visitor = await Visitor.arrive(language, width, height, more);
  await visitor.join(server.origin, await linkFor(server, name, roles), language);
  return visitor;
}
