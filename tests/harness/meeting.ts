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
