// A meeting led over the protocol, for tests of what others see of it.
import { newId, type Person, type PollInfo, pollParams, readPoll } from "./people.ts";
import type { Data } from "./wire.ts";

export type Led = { id: string; number: number; items: string[]; code: string; leader: Person };

const labels = (text: string) => ({ fr: text, nl: `${text} (nl)`, en: `${text} (en)` });

/** Planned, with as many points as titles. */
export async function planMeeting(
  leader: Person,
  titles: string[],
  change: Data = {},
): Promise<Led> {
  const agenda = titles.map((title) => ({
    ...{ id: newId(), title: labels(title), item_kind: "discussion", minutes: 10 },
  }));
  const { id, number } = await leader.create("meeting.plan", {
    ...{ kind: "general_assembly", title: labels("Assemblée de printemps") },
    ...{ starts: Date.now() + 36e5, minutes: 120, remote: true, agenda },
    ...change,
  });
  return { id, number, items: agenda.map((item) => item.id), code: "", leader };
}

/** A code like this one that is another. */
export const anotherCode = (code: string): string => (code === "222222" ? "333333" : "222222");

/** Started, with its first point under way; its code is known. */
export async function startMeeting(led: Led): Promise<Led> {
  const { leader, id } = led;
  await leader.act("meeting.start", { id, seen: true });
  const socket = await leader.socket();
  const desk = await socket.watch(`meeting_desk/${id}`);
  const { code } = desk.one("meeting_code");
  socket.close();
  await leader.act("meeting.item", { id, item: led.items[0] });
  return { ...led, code };
}

/** A vote of this meeting, opened; what voters sign. */
export async function openInMeeting(
  led: Led,
  change: Data = {},
  seconds?: number,
): Promise<PollInfo & { number: number }> {
  const params = pollParams([], {
    ...{ kind: "decision", body: "assembly", meeting: led.id, item: led.items[0] },
    ...change,
  });
  const { number } = await led.leader.act("poll.define", params);
  const more = seconds === undefined ? {} : { seconds };
  const opened = await led.leader.act("poll.open", { id: params.id, seen: true, ...more });
  return { ...(await readPoll(led.leader, opened, params.id)), number };
}

/** On a stage, before its screens are shown: meeting 3 under way with a vote in each state and a to-do, meeting 4 planned. */
export async function addMeetings(facilitator: Person, members: readonly Person[]): Promise<void> {
  const [first, second, third] = members as [Person, Person, Person];
  const titles = { template: "ordinary", agenda: undefined, rule: "asbl-statutes" };
  const under = await planMeeting(facilitator, [], titles);
  await planMeeting(facilitator, [], { ...titles, starts: Date.now() + 864e6, notice_days: 15 });
  const { doc } = await facilitator.call("meeting.get", { id: under.id });
  const items = doc.agenda.map((item: Data) => item.id);
  await facilitator.act("meeting.offices", {
    ...{ id: under.id, chair: first.id, secretary: second.id, scrutineers: [third.id] },
  });
  const led = await startMeeting({ ...under, items });
  const desk = { meeting: led.id, present: true };
  for (const one of members)
    await facilitator.act("attendance.record", { ...desk, member: one.id });
  await facilitator.act("attendance.record", { ...desk, member: first.id, present: false });
  await facilitator.act("meeting.item", { id: led.id, item: items[4] });
  const item = { item: items[4] };
  const [, closed, counted] = [
    await openInMeeting(led, item, 86_000),
    await openInMeeting(led, item),
    await openInMeeting(led, item),
  ];
  for (const { poll } of [closed, counted]) await facilitator.act("poll.close", { id: poll });
  await facilitator.act("poll.reveal", { id: counted?.poll });
  const draft = pollParams([], { body: "assembly", meeting: led.id, ...item });
  await facilitator.act("poll.define", draft);
  await facilitator.create("task.line", {
    ...{ meeting: led.id, ...item, language: "fr", line: "!+2w demander trois devis" },
  });
}
