// Looking for words in a real discussion (Decide Madrid: 80 proposals, 5,633 comments), and for proposals that resemble
// one that is being written among 10,000. Time in the server and on the loopback, as the client would see it.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { must, initFolder, Server, shared } from "../harness/program.ts";
import { manyProposals } from "../harness/many.ts";
import { newPerson, type Person } from "../harness/people.ts";
import { cpuOf, figure, quick } from "./measure.ts";

const source = join(shared, "discussions/decide-madrid");
const asked = [
  "m",
  "de la",
  "bicicleta",
  "carril bici",
  "vivienda alquiler",
  "transporte publico gratis",
];
const rounds = quick ? 10 : 40;

async function times(
  reader: Person,
  method: string,
  params: Record<string, unknown>[],
): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < rounds; n++) {
    await reader.enterAgain();
    for (const one of params) {
      const began = performance.now();
      await reader.call(method, one);
      taken.push(performance.now() - began);
    }
  }
  return taken.sort((a, b) => a - b);
}

function report(name: string, taken: number[], target: number): void {
  figure(name, taken[Math.floor(taken.length * 0.95)] ?? Number.NaN, "ms", target, 1);
}

async function measureMadrid(): Promise<void> {
  const folder = await initFolder();
  await must("import", folder, "--format", "decide-madrid", source);
  const server = await new Server(folder).start();
  const reader = await newPerson(server, "Pilar");
  const typed = asked.map((text) => ({ text, limit: 20 }));
  report("search: p95 of six questions", await times(reader, "search.find", typed), 100);
  const hostile = [
    { text: "a e d s c p l q", limit: 50 },
    { text: "que de la no en el un se", limit: 50 },
  ];
  // How long the net loop is held: processor time, whatever else the machine does.
  const before = cpuOf(server.pid);
  const count = (await times(reader, "search.find", hostile)).length;
  const each = (cpuOf(server.pid) - before) / 1000 / count;
  figure("search: processor time of the widest questions", each, "ms", 50, 1);
  await server.stop();
}

async function measureAlike(): Promise<void> {
  const many = manyProposals(10_000);
  const folder = await initFolder();
  await must("import", folder, "--format", "decide-madrid", many);
  rmSync(many, { recursive: true });
  const server = await new Server(folder).start();
  const reader = await newPerson(server, "Pilar");
  const written = ["Réparation des potagers de la gare", "Un four pour la cour", "Des vélos"].map(
    (title) => ({ title, need: "On en a besoin près de la place", language: "fr" }),
  );
  const taken = await times(reader, "proposal.alike", written);
  report("proposals alike among 10,000: p95", taken, 100);
  const typed = ["potager", "reparer cour", "numero 4321", "p"].map((text) => ({
    text,
    limit: 20,
  }));
  report("search among 10,000 proposals: p95", await times(reader, "search.find", typed), 100);
  await server.stop();
}

await measureAlike();
if (existsSync(source)) await measureMadrid();
else console.log(`skipped: no ${source}`);
