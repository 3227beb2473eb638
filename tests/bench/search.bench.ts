// Looking for words in a real discussion (Decide Madrid: 80 proposals, 5,633 comments; without ../shared among made
// proposals), and for proposals that resemble one that is being written among 10,000. The limit of a search: the documents
// it shows, and those they stand on, read by a bare program, and the bytes of its answer sent.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { manyProposals } from "../harness/many.ts";
import { newPerson, type Person } from "../harness/people.ts";
import { Server, shared } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";
import { cpuOf, figure, quick } from "./measure.ts";
import { bytesOf, imported, Reader } from "./pages.ts";

const source = join(shared, "discussions/decide-madrid");
const real = existsSync(source);
const usual = real
  ? ["bicicleta", "carril bici", "vivienda alquiler", "transporte publico gratis"]
  : ["potager", "reparer cour", "four quai", "numero 4321"];
const widest = real
  ? ["m", "de la", "que de la no en el un se"]
  : ["p", "de la", "pres de la numero besoin texte"];
const proposals = quick ? 2000 : 10_000;

async function serve(folder: string): Promise<Server> {
  return await new Server(folder, { more: ["--command-rate", "0"] }).start();
}

async function serveMany(count: number): Promise<Server> {
  const many = manyProposals(count);
  const folder = await imported(many);
  rmSync(many, { recursive: true });
  return await serve(folder);
}

/** Sizes of the documents an answer shows: what was found, and what it stands on. */
async function shownBy(reader: Person, items: Data[]): Promise<number[]> {
  const places = new Set<string>(items.map((item) => item.on?.id ?? item.id));
  const ids = new Set<string>([...places, ...items.map((item) => item.id)]);
  const socket = await reader.socket();
  const sizes: number[] = [];
  for (const place of places) {
    const topic = await socket.watch(`proposal/${place}`);
    await socket.until("the whole topic", () => topic.seq > 0);
    for (const document of topic.documents.values())
      if (["proposal", "comment"].includes(document.kind) && ids.has(document.id))
        sizes.push(bytesOf(document));
    await socket.call("feed.unsubscribe", { topics: [topic.name] });
  }
  socket.close();
  return sizes;
}

async function measureQuestions(server: Server, name: string, texts: string[]): Promise<void> {
  const reader = await newPerson(server, "Pilar");
  const socket = await Reader.open(server, reader);
  let part = 0;
  let limit = 0;
  for (const text of texts) {
    const params = { text, limit: 30, kinds: ["proposal", "comment"], language: "fr" };
    const { items } = await reader.call("search.find", params);
    const documents = await shownBy(reader, items);
    const asked = { method: "search.find", params, rounds: 20 };
    const taken = await socket.measure(asked, documents, 14_000);
    part += taken.cpu / texts.length;
    limit += taken.limit / texts.length;
  }
  socket.close();
  figure(name, part, "us", limit, 3);
}

/** Processor time of a request in ms: how long the net loop is held. */
async function held(server: Server, reader: Person, method: string, params: Data[]) {
  const rounds = quick ? 5 : 20;
  const before = cpuOf(server.pid);
  for (let n = 0; n < rounds; n++) for (const one of params) await reader.call(method, one);
  return (cpuOf(server.pid) - before) / 1000 / rounds / params.length;
}

async function measureAlike(server: Server): Promise<void> {
  const reader = await newPerson(server, "Ana");
  const written = ["Réparation des potagers de la gare", "Un four pour la cour", "Des vélos"].map(
    (title) => ({ title, need: "On en a besoin près de la place", language: "fr" }),
  );
  const alike = await held(server, reader, "proposal.alike", written);
  figure(`alike among ${proposals} proposals: the loop is held`, alike, "ms", 20, 1);
  const typed = ["potager", "reparer cour", "numero 4321", "p"].map((text) => ({ text }));
  const found = await held(server, reader, "search.find", typed);
  figure(`search among ${proposals} proposals: the loop is held`, found, "ms", 20, 1);
}

const many = await serveMany(proposals);
await measureAlike(many);
if (real) await many.stop();
else console.log(`no ${source}: made data instead`);
const server = real ? await serve(await imported(source)) : many;
await measureQuestions(server, "search, usual words: CPU per question", usual);
await measureQuestions(server, "search, the widest: CPU per question", widest);
await server.stop();
