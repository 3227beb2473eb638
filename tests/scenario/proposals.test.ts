// Proposals over the real program: what one is asked arrives live and is nobody else's, two authors who revise
// the same version, every version stays readable, a related title follows, a merge asks its supporters, and
// the folder says the same when it is checked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newHall, newProposal, type Person } from "../harness/people.ts";
import { endServer, initFolder, must, Server } from "../harness/program.ts";
import { type Data, reasonOf } from "../harness/wire.ts";

const server = new Server(await initFolder());
await server.start();
const { facilitator, members } = await newHall(server, 4);
const [mia, noe, lou, ben] = members as [Person, Person, Person, Person];
const one = await newProposal(mia, "Un préau", "Il pleut", "Quatre poteaux.");
const two = await newProposal(noe, "Un toit", "Il pleut", "Une bâche.");
const get = async (id: string): Promise<Data> => (await mia.call("proposal.get", { id })).doc;

test("an invitation arrives live in the topic of whoever is asked, and goes when answered", async () => {
  const socket = await noe.socket();
  const other = await lou.socket();
  const [own, others] = [await socket.watch("me"), await other.watch("me")];
  await mia.act("proposal.invite", { id: one.id, member: noe.id, on: true });
  const asked = await socket.until("asked", () => own.all("asked")[0]?.items[0]);
  assert.equal(asked.what, "author");
  assert.equal(asked.proposal.number, one.number);
  assert.equal(asked.person.name, mia.name);
  await noe.act("proposal.join", { id: one.id, yes: true });
  await socket.until("answered", () => own.all("asked")[0]?.items.length === 0);
  assert.deepEqual(others.all("asked"), []);
  for (const open of [socket, other]) open.close();
});

test("two authors who revise the same version: one is told that the text has changed", async () => {
  const reasons = await Promise.all(
    [mia, noe].map((who) =>
      reasonOf(who.act("proposal.revise", { id: one.id, base: 1, text: `Par ${who.name}.` })),
    ),
  );
  assert.deepEqual(reasons.toSorted(), ["", "proposal.stale"]);
  const now = await get(one.id);
  const read = async (version: number) =>
    (await lou.call("proposal.version", { id: one.id, version })).doc.text;
  assert.equal(await read(1), "Quatre poteaux.");
  assert.equal(await read(2), now.text);
});

test("a related proposal's card is live on the other's page", async () => {
  const socket = await lou.socket();
  const page = await socket.watch(`proposal/${one.number}`);
  await mia.act("proposal.relate", { id: one.id, to: two.id, as: "alternative_to", on: true });
  await socket.until("the card", () =>
    page.all("proposal_card").some((card) => card.id === two.id),
  );
  await noe.act("proposal.revise", { id: two.id, base: 1, title: "Un grand toit" });
  await socket.until("the title", () =>
    page.all("proposal_card").some((card) => card.title === "Un grand toit"),
  );
  await mia.act("proposal.relate", { id: one.id, to: two.id, as: "alternative_to", on: false });
  await socket.until("gone", () => page.all("proposal_card").length === 1);
  socket.close();
});

test("a merge: the authors agree, each supporter says yes or no, and the repeated answer is the same", async () => {
  for (const who of [lou, ben]) await who.act("proposal.support", { id: two.id, on: true });
  await facilitator.act("proposal.merge", { id: two.id, into: one.id, on: true });
  assert.equal((await get(two.id)).state, "idea");
  await noe.act("proposal.consent", { id: two.id, yes: true });
  assert.equal((await get(two.id)).merged_into.number, one.number);
  const command = crypto.randomUUID();
  const first = await lou.call("proposal.follow", { id: two.id, yes: true, command });
  assert.deepEqual(await lou.call("proposal.follow", { id: two.id, yes: true, command }), first);
  await ben.act("proposal.follow", { id: two.id, yes: false });
  const socket = await ben.socket();
  const page = await socket.watch(`proposal/${one.number}`);
  const items = page.one("supporters", one.id).items;
  assert.deepEqual(
    items.map((item: Data) => [item.member.name, item.from.number]),
    [[lou.name, two.number]],
  );
  socket.close();
});

test("recorded for somebody: everybody sees by whom, and only officers may", async () => {
  const given = { language: "fr", title: "Un banc", need: "S'asseoir", text: "", themes: [] };
  const recorded = await facilitator.create("proposal.submit", { ...given, for: ben.id });
  const made = await get(recorded.id);
  assert.equal(made.authors[0].name, ben.name);
  assert.equal(made.recorded_by.name, facilitator.name);
  assert.equal(
    await reasonOf(lou.create("proposal.submit", { ...given, for: ben.id })),
    "right.missing",
  );
});

test("the record alone gives the same documents", async () => {
  await endServer(server);
  assert.match(await must("check", server.folder), /identical/);
});
