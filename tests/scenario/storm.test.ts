// A restart in the middle of an assembly: everybody comes back at once, and nobody asks for all again.
// PALABRE_STORM_CLIENTS: how many (each end of a connection is an open file of this process).
import assert from "node:assert/strict";
import { test } from "node:test";
import { newHall, newId, newProposal, type Person } from "../harness/people.ts";
import { serveNew, slowness } from "../harness/program.ts";
import { frame, framesOf, openSocket, type Raw } from "../harness/raw.ts";
import type { Data } from "../harness/wire.ts";

const count = Number(process.env.PALABRE_STORM_CLIENTS ?? 1000);
const server = await serveNew({ more: ["--command-rate", "0", "--connections-per-address", "0"] });
const { members } = await newHall(server, 2);
const [member, crowd] = members as [Person, Person];
const idea = await newProposal(member);
const topic = `proposal/${idea.id}`;

/** Opens, watches from this position, answers what was said to it. */
async function watch(from: number, epoch?: string): Promise<[Raw, Data]> {
  const raw = await openSocket(server, crowd.cookie);
  const params = { topics: { [topic]: from }, ...(epoch === undefined ? {} : { epoch }) };
  const ask = { jsonrpc: "2.0", id: "storm", method: "feed.subscribe", params };
  raw.write(frame(1, Buffer.from(JSON.stringify(ask))));
  await raw.has('"storm"', 30_000);
  const [first] = framesOf(raw);
  assert.ok(first);
  return [raw, JSON.parse(first.payload.toString("utf8")).result];
}

/** All of them, 200 at a time: so many wait in the queue of the listening socket. */
async function all(from: number, epoch?: string): Promise<[Raw, Data][]> {
  const clients: [Raw, Data][] = [];
  for (let at = 0; at < count; at += 200) {
    const some = Array.from({ length: Math.min(200, count - at) }, () => watch(from, epoch));
    clients.push(...(await Promise.all(some)));
  }
  return clients;
}

test(`T-N9 ${count} clients come back after a restart, from where they stood`, async (t) => {
  const before = await all(0);
  const [, held] = before[0] as [Raw, Data];
  assert.equal(held.topics[0].full, true);
  const { seq } = held.topics[0];
  await server.stop();
  for (const [raw] of before) raw.close();
  await server.start();
  const on = { kind: "proposal", id: idea.id };
  const said = await member.create("comment.post", {
    id: newId(),
    language: "fr",
    on,
    text: "Après",
  });
  const began = Date.now();
  const after = await all(seq, held.epoch);
  const seconds = (Date.now() - began) / 1000;
  t.diagnostic(`${count} clients in ${seconds.toFixed(1)} s`);
  assert.ok(seconds <= 10 * slowness, `${seconds} s`);
  for (const [raw, answer] of after) {
    assert.ok(!answer.topics[0].full, "not from the beginning");
    const ids = answer.topics[0].docs.flatMap((doc: Data) =>
      doc.kind === "comment" ? [doc.id] : [],
    );
    assert.deepEqual(ids, [said.id]);
    raw.close();
  }
});
