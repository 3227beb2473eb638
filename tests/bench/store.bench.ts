// A folder's weight: memory of a server on a real discussion and on a million events, the time until such a folder is
// served, what checking, importing, backup and restore cost against the same work with nothing around it.
//
// The million events are 2,000 members who vote some 490 times, in a folder that `palabre check` accepts: votes are defined,
// opened and closed by the real commands, ballots signed, judged, applied and sealed as the writer does (store.c).
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { manyProposals } from "../harness/many.ts";
import { newPerson } from "../harness/people.ts";
import { initFolder, must, program, Server, scratch, shared } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";
import { bench, figure, interleaved, median, quick } from "./measure.ts";

const voters = 2000;
const few = quick ? 10_000 : 40_000;
const events = quick ? 100_000 : 1_000_000;
const madrid = join(shared, "discussions/decide-madrid");
const real = existsSync(madrid);
const source = real ? madrid : manyProposals(2000);
const discussion = real ? "the real discussion" : "a made discussion";

function tool(name: string, ...args: string[]): Data {
  const stdio = ["ignore", "pipe", "ignore"] as ("ignore" | "pipe")[];
  const out = execFileSync(join(bench, name), args, { encoding: "utf8", stdio });
  return JSON.parse(out === "ready\n" ? "{}" : out);
}

/** A bare program on this folder, into a new one that goes away. */
function bare(what: string, folder: string): Data {
  const into = join(scratch(), "bare");
  const done = tool("store", what, folder, into);
  rmSync(into, { recursive: true });
  return done;
}

const run = (...args: string[]) => tool("store", "run", program, ...args);
const anonymousMB = (pid: number) =>
  Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

async function measureImport(): Promise<string> {
  let folder = "";
  const things = (us: number, count: number) => (count * 1e6) / us;
  const comments = real ? 5633 : 2000;
  const [part, limit] = await interleaved(
    async () => {
      folder = await initFolder();
      const { cpu_us } = run("import", folder, "--format", "decide-madrid", source);
      return { rate: things(cpu_us, comments) };
    },
    () => ({ rate: things(bare("rows", folder).cpu_us, comments) }),
  );
  const name = `import of ${discussion}: ${real ? "comments" : "proposals"} a second of CPU`;
  figure(name, part.rate, "/s", limit.rate, 0.5, "least");
  return folder;
}

/** Events a second of CPU; the limit verifies signatures where there are any. */
async function measureCheck(name: string, folder: string, times: number): Promise<void> {
  let count = 0;
  const [part, limit] = await interleaved(
    () => ({ us: run("check", folder).cpu_us }),
    () => {
      const done = bare("apply", folder);
      count = done.events;
      return { us: done.apply_us + done.verify_us };
    },
    times,
  );
  const rate = (us: number) => (count * 1e6) / us;
  figure(
    `check of ${name}: events a second of CPU`,
    rate(part.us),
    "/s",
    rate(limit.us),
    0.5,
    "least",
  );
}

/** Not idle after the start: lists, discussions, searches, topics that are watched. */
async function read(server: Server): Promise<void> {
  const reader = await newPerson(server, "Pilar");
  const { items } = await reader.call("proposal.list", { limit: 200 });
  const socket = await reader.socket();
  const topics = ["org", "proposals", "decisions", "tasks", "groups"];
  topics.push(...(items as Data[]).slice(0, 40).map(({ id }) => `proposal/${id}`));
  await socket.subscribe(Object.fromEntries(topics.map((topic) => [topic, 0])));
  for (const text of ["bicicleta", "de la", "vivienda alquiler", "potager", "m"])
    await reader.call("search.find", { text, limit: 20 });
  await reader.enterAgain();
  for (let n = 0; n < 5; n++) await reader.call("proposal.list", { limit: 200 });
  await reader.call("member.list", { limit: 50 });
  await socket.until("the list", () => (socket.topics.get("proposals")?.documents.size ?? 0) > 0);
}

async function measureMemory(name: string, folder: string, goal: number): Promise<void> {
  const server = await new Server(folder).start();
  await read(server);
  figure(`resident after reading, ${name}`, anonymousMB(server.pid), "MB", goal, 1);
  await server.stop();
}

async function measureOpening(name: string, folder: string): Promise<void> {
  const taken: number[] = [];
  for (let n = 0; n < 3; n++) {
    const server = new Server(folder);
    const began = performance.now();
    await server.start();
    taken.push((performance.now() - began) / 1000);
    await server.stop();
  }
  figure(`from the start to the first answer, ${name}`, median(taken), "s", 1, 1);
}

/** There and back, on the wall: seconds for a GB. */
function measureBackup(name: string, folder: string): void {
  const place = scratch();
  const file = join(place, "backup");
  const timed = (...args: string[]) => {
    const began = performance.now();
    run(...args);
    return (performance.now() - began) / 1000;
  };
  const written = timed("backup", folder, file);
  const gigabytes = statSync(file).size / 1e9;
  figure(`backup, ${name}: a GB`, written / gigabytes, "s", 60, 1);
  const restored = timed("restore", file, join(place, "restored"));
  figure(`restore, ${name}: a GB`, restored / gigabytes, "s", 60, 1);
  rmSync(place, { recursive: true });
}

const imported = await measureImport();
await measureCheck(discussion, imported, quick ? 1 : 3);
await measureMemory(discussion, imported, 64);

const place = scratch();
const folder = join(place, "organisation");
tool("engine", String(voters), place);
await must("import", folder, "--format", "decide-madrid", source);
tool("store", "make", folder, String(few));
const copy = join(scratch(), "few");
cpSync(folder, copy, { recursive: true });
await measureCheck(`${few.toLocaleString("en")} events, most of them ballots`, copy, quick ? 1 : 2);
const made = tool("store", "make", folder, String(events));
const name = `${made.events.toLocaleString("en")} events`;
await measureOpening(name, folder);
await measureMemory(name, folder, 96);
measureBackup(name, folder);
