// What reading costs the server: the list of proposals, a long discussion; each against the same documents read by a bare
// program and the same bytes sent. With ../shared the discussion is a real one (Decide Madrid: 80 proposals; one with 592
// comments), else a made one.
import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { manyProposals } from "../harness/many.ts";
import { newId, newPerson, type Person, post, request } from "../harness/people.ts";
import { Server, shared } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";
import { figure, interleaved, quick } from "./measure.ts";
import { bytesOf, imported, Reader } from "./pages.ts";

const source = join(shared, "discussions/decide-madrid");
/** What the page of all proposals watches. */
const listTopics = { proposals: 0, org: 0 };

/** All documents of these topics, as stored: their sizes. */
async function documentsOf(reader: Person, topics: Record<string, number>): Promise<number[]> {
  const socket = await reader.socket();
  await socket.subscribe(topics);
  const held = () => [...socket.topics.values()];
  await socket.until("all documents", () => held().every((topic) => topic.seq > 0));
  socket.close();
  return held().flatMap((topic) => [...topic.documents.values()].map(bytesOf));
}

/** A page as the client opens it: everything it watches, from the beginning. */
async function measureTopics(server: Server, reader: Person, topics: Record<string, number>) {
  const documents = await documentsOf(reader, topics);
  const socket = await Reader.open(server, reader);
  const rounds = documents.length > 300 ? 10 : 50;
  const asked = { method: "feed.subscribe", params: { topics }, rounds };
  const taken = await socket.measure(asked, documents, 14_000);
  socket.close();
  return { ...taken, count: documents.length };
}

async function serve(folder: string): Promise<Server> {
  return await new Server(folder, { more: ["--command-rate", "0"] }).start();
}

async function longest(reader: Person): Promise<Data> {
  const { items } = await reader.call("proposal.list", { limit: 200 });
  return (items as Data[]).reduce((a, b) => (a.comments > b.comments ? a : b));
}

async function measure(folder: string): Promise<void> {
  const server = await serve(folder);
  const reader = await newPerson(server, "Pilar");
  const { id, comments } = await longest(reader);
  const list = await measureTopics(server, reader, listTopics);
  figure(`list of proposals: ${list.count} documents`, list.cpu, "us", list.limit, 3);
  const page = await measureTopics(server, reader, { [`proposal/${id}`]: 0 });
  const name = `proposal with ${comments} comments: ${page.count} documents`;
  figure(name, page.cpu, "us", page.limit, 3);
  await server.stop();
}

/** Proposals of made data, served. */
async function among(count: number): Promise<Server> {
  const many = manyProposals(count);
  const folder = await imported(many);
  rmSync(many, { recursive: true });
  return await serve(folder);
}

/** The page of all proposals must cost the same however many there are. */
async function measureMany(most: number): Promise<void> {
  const few = await among(300);
  const many = await among(most);
  const opened = async (server: Server) => Reader.open(server, await newPerson(server, "Pilar"));
  const [small, great] = [await opened(few), await opened(many)];
  const asked = { method: "feed.subscribe", params: { topics: listTopics }, rounds: 200 };
  const [part, limit] = await interleaved(await great.asker(asked), await small.asker(asked));
  figure(`list of proposals: ${most} against 300`, part.cpu, "us", limit.cpu, 1.3);
  small.close();
  great.close();
  await few.stop();
  await many.stop();
}

async function carryOut(server: Server, { cookie }: Person, requests: Data[]): Promise<void> {
  const answers: Data[] = JSON.parse((await post(server, cookie, requests)).text);
  const refused = answers.find((answer) => answer.error);
  assert.ok(!refused, JSON.stringify(refused));
}

/** A discussion of as many comments as the real one has. */
async function madeDiscussion(): Promise<string> {
  const many = manyProposals(80);
  const folder = await imported(many);
  rmSync(many, { recursive: true });
  const server = await serve(folder);
  const speaker = await newPerson(server, "Pilar");
  const text = "Une phrase comme on en écrit, ni longue ni courte, pour voir arriver la suite. ";
  const on = { kind: "proposal", id: (await longest(speaker)).id };
  const comments = Array.from({ length: 592 }, (_, n) =>
    request("comment.post", {
      command: newId(),
      id: newId(),
      language: "fr",
      on,
      text: text.repeat(1 + (n % 9)),
    }),
  );
  for (let at = 0; at < comments.length; at += 50)
    await carryOut(server, speaker, comments.slice(at, at + 50));
  await server.stop();
  return folder;
}

if (!existsSync(source)) console.log(`no ${source}: made data instead`);
await measure(existsSync(source) ? await imported(source) : await madeDiscussion());
await measureMany(quick ? 3000 : 30_000);
