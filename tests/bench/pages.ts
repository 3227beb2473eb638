// What the measurements of pages and of searching share: a reader on one socket who asks and counts bytes, and the limit
// of an answer: the documents it is made of read by a bare program, and its bytes sent back.
import { execFileSync } from "node:child_process";
import type { EventEmitter } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Person } from "../harness/people.ts";
import { initFolder, must, type Server, scratch } from "../harness/program.ts";
import { Socket } from "../harness/socket.ts";
import type { Data } from "../harness/wire.ts";
import { Bare, cpuOf, interleaved, quick } from "./measure.ts";

/** A folder with an imported discussion, ready to be served. */
export async function imported(source: string): Promise<string> {
  const folder = await initFolder();
  await must("import", folder, "--format", "decide-madrid", source);
  return folder;
}

export const bytesOf = (document: Data) => Buffer.byteLength(JSON.stringify(document));

/** The processors this machine gives us: all ("0-3"), the first, the last; of one alone there is no last. */
const processors = () =>
  /^Cpus_allowed_list:\s+((\d+)(?:.*\D(\d+))?)$/m.exec(readFileSync("/proc/self/status", "utf8"));

const bind = (list: string, pid: number, threads: "one" | "all") =>
  execFileSync("taskset", [...(threads === "all" ? ["-a"] : []), "-c", "-p", list, String(pid)]);

/**
 * While this works, these processes have a processor to themselves, and we have another: whoever wakes somebody on the same
 * processor pays less than half, and where the scheduler puts them is a lottery. With one processor all stays as it is.
 */
async function apart<Result>(pids: number[], work: () => Promise<Result>): Promise<Result> {
  const [, all = "", first = "", last] = processors() ?? [];
  if (last === undefined) return await work();
  bind(first, process.pid, "one");
  for (const pid of pids) bind(last, pid, "all");
  const result = await work();
  for (const pid of [process.pid, ...pids]) bind(all, pid, "all");
  return result;
}

/** How often a page and its limit are measured in turn, each for a moment. */
const slices = quick ? 9 : 21;

/** What is asked in one run of a measurement: a request, so many times. */
export type Asked = { method: string; params: Data; rounds: number };

/** One end of a socket: what comes is counted, not read. */
class Line {
  readonly #send: (request: string) => void;
  #received: (data: Buffer) => void = () => {};

  constructor(source: EventEmitter, event: string, send: (request: string) => void) {
    this.#send = send;
    source.removeAllListeners(event);
    source.on(event, (data: Buffer) => this.#received(data));
  }

  /** Sends the request and waits for so many bytes; 0 = as many as come until nothing has come for a while. */
  ask(request: string, bytes: number): Promise<number> {
    return new Promise((done) => {
      let size = 0;
      let rest: NodeJS.Timeout | undefined;
      this.#received = (data) => {
        size += data.length;
        if (bytes > 0 && size >= bytes) done(size);
        if (bytes > 0) return;
        clearTimeout(rest);
        rest = setTimeout(() => done(size), 300);
      };
      this.#send(request);
    });
  }

  /** A run: the request so many times; CPU of the process at the other end in µs for each. */
  asker(pid: number, request: string, bytes: number, rounds: number) {
    return async () => {
      const before = cpuOf(pid);
      for (let round = 0; round < rounds; round++) await this.ask(request, bytes);
      return { cpu: (cpuOf(pid) - before) / rounds };
    };
  }
}

/** Asks the server on one socket. */
export class Reader {
  readonly #server: Server;
  readonly #socket: Socket;
  readonly #line: Line;
  /** Bytes of the last request that was prepared, and of its answer. */
  sizes = { in: 0, out: 0 };

  private constructor(server: Server, socket: Socket) {
    this.#server = server;
    this.#socket = socket;
    this.#line = new Line(socket.raw, "message", (request) => socket.raw.send(request));
  }

  static async open(server: Server, person: Person): Promise<Reader> {
    return new Reader(server, await Socket.open(server, person.cookie));
  }

  /** A run of this request: CPU of the server in µs for each. */
  async asker({ method, params, rounds }: Asked) {
    const request = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    this.sizes = { in: request.length, out: await this.#line.ask(request, 0) };
    return this.#line.asker(this.#server.pid, request, this.sizes.out, rounds);
  }

  /**
   * CPU in µs per request, and of its limit: these documents read, as many bytes sent. `others`: how many the table has.
   * The same hands ask both in turn, some requests at a time: what it costs to be woken and to wake depends on who asks,
   * and on what else the machine does just then.
   */
  async measure(asked: Asked, documents: number[], others: number) {
    const part = await this.asker(asked);
    const file = join(scratch(), "page");
    writeFileSync(file, [this.sizes.in, this.sizes.out, others, ...documents].join("\n"));
    const bare = await Bare.start("components", "page", file);
    const socket = connect(bare.port, "127.0.0.1").setNoDelay();
    const line = new Line(socket, "data", (request) => socket.write(request));
    const request = " ".repeat(this.sizes.in);
    const limit = line.asker(bare.pid, request, this.sizes.out, asked.rounds);
    const both = [this.#server.pid, bare.pid];
    const [taken, least] = await apart(both, () => interleaved(part, limit, slices));
    socket.end();
    await bare.stop();
    return { cpu: taken.cpu, limit: least.cpu };
  }

  close(): void {
    this.#socket.cut();
  }
}
