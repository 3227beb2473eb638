// A hall of members for the measurements: many at once, with little work.
import { newId, Person, post, request, tokenOf } from "../harness/people.ts";
import type { Server } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";

const batch = 1000;
const lanes = 64;

/** For the server: they all sit at one address, and enter in a minute. */
export const unlimited = "--sign-in-rate 0 --stranger-rate 0 --connections-per-address 0".split(
  " ",
);

async function inTurn(count: number, work: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < count; at = next++) await work(at);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/**
 * Members invited in batches; each enters by the link, and with further devices by asking again, which a link allows for a
 * quarter of an hour: their sessions are `cookie` and `spares`.
 */
export async function grow(server: Server, count: number, sessions = 1): Promise<Person[]> {
  const invite = () => ({ id: newId(), name: "Membre", class: "members", command: newId() });
  const links: string[] = [];
  while (links.length < count) {
    const some = Array.from({ length: Math.min(batch, count - links.length) }, () =>
      request("member.invite", invite()),
    );
    const answers: Data[] = JSON.parse((await server.operatorRaw(some)).text);
    links.push(...answers.map(({ result }) => tokenOf(result.link)));
  }
  const people = links.map(() => new Person(server));
  await inTurn(count, async (at) => {
    const [person, token, command] = [people[at] as Person, links[at], newId()];
    await person.join(token ?? "", { command });
    while (person.spares.length < sessions - 1) {
      const again = request("session.join", { token, language: "fr", command });
      const [set = ""] = (await post(server, "", again)).headers["set-cookie"] ?? [];
      person.spares.push(set.split(";")[0] ?? "");
    }
  });
  return people;
}
