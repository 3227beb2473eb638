// The program under test: its subcommands, and a server of its own for a test file.
//
// Each server stands on a free port of the loopback, in a folder of its own under TMPDIR, and is ended by
// its pid. PALABRE_BIN names the program (the runner sets it: the sanitizer build for scenarios, the
// release build for browsers), PALABRE_WEB the folder of the built client.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type Data, httpRequest, readAnswer } from "./wire.ts";

export const root = resolve(import.meta.dirname, "../..");
export const program = process.env.PALABRE_BIN ?? join(root, "build/release/palabre");
export const build = process.env.PALABRE_BUILD ?? join(root, "build");
export const webFolder = process.env.PALABRE_WEB ?? join(root, "build/web");
export const shared = process.env.PALABRE_SHARED ?? resolve(root, "../shared");
/** What make builds of tests/crash. */
export const crashProgram = (name: string) =>
  join(process.env.PALABRE_BUILD ?? join(root, "build"), "release/tests/crash", name);
/** How long a test waits for what must happen, where the product states no time: only a failure takes as long. */
export const patienceMs = 30_000;
/** Sanitizers make everything slower: time limits are multiplied by this. */
export const slowness = program.includes("/asan/") || program.includes("/tsan/") ? 3 : 1;

export type Run = { code: number | null; out: string; err: string };

/** Runs a subcommand to its end. */
export async function palabre(...args: string[]): Promise<Run> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const run: Run = { code: null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    run.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    run.err += text;
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), 60_000 * slowness);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  run.code = code;
  return run;
}

/** The same, and it must succeed: what it printed. */
export async function must(...args: string[]): Promise<string> {
  const run = await palabre(...args);
  assert.equal(run.code, 0, `palabre ${args.join(" ")}: ${run.err || run.out}`);
  return run.out;
}

const folders: string[] = [];
/** A new empty folder that goes away at the end of the process. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "palabre-test-"));
  folders.push(folder);
  return folder;
}
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Listens there; undefined when somebody else does. */
async function listening(at: { path: string } | { port: number; host: string }) {
  const one = createServer().unref();
  try {
    await once(one.listen(at), "listening");
    return one;
  } catch {
    one.close();
    return undefined;
  }
}
/** Ports that the kernel gives to nobody by itself, neither to those who call nor to those who ask for any; how many. */
const firstPort = 10_240;
function portsOfTests(): number {
  const given = readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "utf8");
  const below = Number.parseInt(given, 10) - firstPort;
  return below > 1000 ? below : 65_536 - firstPort;
}
/** A port that is this process's own as long as it lives, also while its server is down: other test files run beside. Names
 * that the kernel forgets with the process say whose a port is. */
export async function freePort(): Promise<number> {
  const ports = portsOfTests();
  for (let tries = 0; tries < ports; tries++) {
    const port = firstPort + ((process.pid * 31 + taken++) % ports);
    if (!(await listening({ path: `\0palabre-test-port-${port}` }))) continue;
    const probe = await listening({ port, host: "127.0.0.1" });
    if (!probe) continue;
    probe.close();
    await once(probe, "close");
    return port;
  }
  throw new Error("no port is free");
}
let taken = 0;

/** wrap: a program and its arguments that runs ours as what follows them; more: options of serve; program: another one
 * than the one under test, with its own client; web: the client's files, read at each start. */
export type ServerOptions = {
  program?: string;
  web?: string;
  port?: number;
  origins?: string[];
  wrap?: string[];
  more?: string[];
};

/** A running `palabre serve DIR`. */
export class Server {
  readonly folder: string;
  port = 0;
  log = "";
  #child: ChildProcess | undefined;
  #options: ServerOptions;

  constructor(folder: string, options: ServerOptions = {}) {
    this.folder = folder;
    this.#options = options;
  }

  get origin(): string {
    return this.#options.origins?.[0] ?? `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    assert.ok(this.#child?.pid, "the server is not running");
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && !this.#child.signalCode;
  }

  /** Starts it, on the port it had before, and waits until it answers. */
  async start(): Promise<this> {
    this.port ||= this.#options.port ?? (await freePort());
    const origins = (this.#options.origins ?? []).flatMap((origin) => ["--origin", origin]);
    const binary = this.#options.program ?? program;
    const files = this.#options.web ?? webFolder;
    const web = binary === program && existsSync(files) ? ["--web", files] : [];
    const args = ["serve", this.folder, "--listen", `127.0.0.1:${this.port}`, ...origins, ...web];
    args.push(...(this.#options.more ?? []));
    const [command = binary, ...rest] = [...(this.#options.wrap ?? []), binary, ...args];
    const child = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.log += text;
      });
    }
    const limit = Date.now() + 20_000 * slowness;
    while (!(await this.healthy())) {
      assert.ok(this.running, `the server ended while starting:\n${this.log}`);
      assert.ok(Date.now() < limit, `the server does not answer:\n${this.log}`);
      await sleep(20);
    }
    return this;
  }

  /** A page or file, asked for under the name of its first origin. */
  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const host = new URL(this.origin).host;
    return httpRequest({ port: this.port, path, headers: { host, ...headers } });
  }

  async healthy(): Promise<boolean> {
    try {
      return (await this.get("/healthz")).status === 200;
    } catch {
      return false;
    }
  }

  /** SIGTERM; it must end with 0. Answers how many ms that took (see stopwatch). */
  async stop(): Promise<number> {
    const child = this.#child;
    assert.ok(child, "the server is not running");
    const elapsed = stopwatch(this);
    const sampling = setInterval(elapsed, 20);
    if (this.running) {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await once(child, "exit");
      clearTimeout(timer);
    }
    clearInterval(sampling);
    this.#child = undefined;
    assert.equal(child.exitCode, 0, `exit ${child.exitCode ?? child.signalCode}:\n${this.log}`);
    return elapsed();
  }

  /** Does it still run, or does it end within so many ms? */
  async lives(ms: number): Promise<boolean> {
    const limit = Date.now() + ms;
    while (this.running && Date.now() < limit) await sleep(5);
    return this.running;
  }

  /** SIGTERM if it runs; how it ended: the exit code, or the signal that killed it. */
  async ending(): Promise<number | string> {
    const child = this.#child;
    this.#child = undefined;
    assert.ok(child, "the server is not running");
    if (child.exitCode === null && !child.signalCode) {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await once(child, "exit");
      clearTimeout(timer);
    }
    return child.exitCode ?? child.signalCode ?? "?";
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** A command of the operator, through the control socket of the folder. */
  async operator(method: string, params: Data = {}): Promise<Data> {
    return readAnswer(await this.operatorRaw({ jsonrpc: "2.0", id: 1, method, params }));
  }

  /** What only the control socket answers. */
  controlGet(path: string): Promise<Answer> {
    return httpRequest({ socketPath: join(this.folder, "control"), path });
  }

  async operatorRaw(body: Data): Promise<Answer> {
    return httpRequest({ socketPath: join(this.folder, "control"), path: "/rpc", json: body });
  }

  /** Root and size as published: equal before and after = nothing was written. */
  async checkpoint(): Promise<string> {
    const answer = await this.get("/log/checkpoint");
    assert.equal(answer.status, 200);
    return answer.text;
  }
}

/** Of each thread of a server and of this process: ms that it was ready to work and had no processor. */
function queued(pid: number): Map<string, number> {
  const found = new Map<string, number>();
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`);
    for (const path of ["/proc/self", ...threads]) {
      const [, waited] = readFileSync(`${path}/schedstat`, "utf8").split(" ");
      found.set(path, Number(waited) / 1e6);
    }
  } catch {
    // One of them has just ended: what was seen before counts.
  }
  return found;
}
/** Ms since now as a quiet machine counts them: without those in which the server or this process waited for a
 * processor that others had. */
export function stopwatch({ pid }: { pid: number }): () => number {
  const began = performance.now();
  const before = queued(pid);
  const latest = new Map(before);
  return () => {
    for (const [thread, ms] of queued(pid)) latest.set(thread, ms);
    const waited = [...latest].reduce((sum, [at, ms]) => sum + ms - (before.get(at) ?? 0), 0);
    return performance.now() - began - waited;
  };
}

/** How many requests may have come back to somebody limited to so many a minute, since now: what a limit lets through depends
 * on how long a test takes. */
export function refilled(aMinute: number): () => number {
  const began = performance.now();
  return () => 1 + (aMinute * (performance.now() - began)) / 60_000;
}

/** Where test organisations are, wherever the tests run. */
const timeZone = "Europe/Brussels";
const calendar = new Intl.DateTimeFormat("sv-SE", { timeZone });
/** The day that it then is there: 2026-11-28. */
export const dayThere = (ms: number): string => calendar.format(ms);

/** Makes a folder with `palabre init`. */
export async function initFolder(...more: string[]): Promise<string> {
  const folder = join(scratch(), "org");
  const zone = ["--time-zone", timeZone];
  await must("init", folder, "--name", "Les Essais", "--languages", "fr,nl,en", ...zone, ...more);
  return folder;
}

/** A served organisation for a test file; ended after its tests. */
export async function serveNew(options: ServerOptions = {}): Promise<Server> {
  const server = new Server(await initFolder(), options);
  after(() => endServer(server));
  return server.start();
}

/** Ends a server at the end of a file: a bad end (a leak, a sanitizer's finding) fails the file. */
export async function endServer(server: Server): Promise<void> {
  if (server.running) await server.stop();
}

/** What `palabre check` counts; the documents must be identical. */
export async function check(folder: string): Promise<{ events: number; documents: number }> {
  const out = await must("check", folder);
  const found = /(\d+) events, (\d+) documents, identical/.exec(out);
  assert.ok(found, `check says: ${out}`);
  return { events: Number(found[1]), documents: Number(found[2]) };
}
