// What the measurements of pages and of searching share: a reader on one socket who asks and counts bytes, and the limit
// of an answer: the documents it is made of read by a bare program, and its bytes sent back.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Person } from "../harness/people.ts";
import { initFolder, must, type Server, scratch } from "../harness/program.ts";
import { Socket } from "../harness/socket.ts";
import type { Data } from "../harness/wire.ts";
import { component, cpuOf, interleaved } from "./measure.ts";

/** A folder with an imported discussion, ready to be served. */
export async function imported(source: string): Promise<string> {
  const folder = await initFolder();
  await must("import", folder, "--format", "decide-madrid", source);
  return folder;
}

export const bytesOf = (document: Data) => Buffer.byteLength(JSON.stringify(document));

/** What is asked in one run of a measurement: a request, so many times. */
export type Asked = { method: string; params: Data; rounds: number };

/** Asks on one socket; what comes is counted, not read. */
export class Reader {
  readonly #server: Server;
  readonly #socket: Socket;
  #received: (data: Buffer) => void = () => {};
  /** Bytes of the last request that was prepared, and of its answer. */
  sizes = { in: 0, out: 0 };

  private constructor(server: Server, socket: Socket) {
    this.#server = server;
    this.#socket = socket;
    socket.raw.removeAllListeners("message");
    socket.raw.on("message", (data: Buffer) => this.#received(data));
  }

  static async open(server: Server, person: Person): Promise<Reader> {
    return new Reader(server, await Socket.open(server, person.cookie));
  }

  /** Sends the request and waits for so many bytes; 0 = as many as come until nothing has come for a while. */
  #ask(request: string, bytes: number): Promise<number> {
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
      this.#socket.raw.send(request);
    });
  }

  /** A run of this request: CPU of the server in µs for each. */
  async asker({ method, params, rounds }: Asked) {
    const request = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    this.sizes = { in: request.length, out: await this.#ask(request, 0) };
    const { out } = this.sizes;
    return async () => {
      const before = cpuOf(this.#server.pid);
      for (let round = 0; round < rounds; round++) await this.#ask(request, out);
      return { cpu: (cpuOf(this.#server.pid) - before) / rounds };
    };
  }

  /** CPU in µs per request, and of its limit: these documents read, as many bytes sent. `others`: how many the table has. */
  async measure(asked: Asked, documents: number[], others: number, runs?: number) {
    const part = await this.asker(asked);
    const file = join(scratch(), "page");
    const { sizes } = this;
    writeFileSync(file, [sizes.in, sizes.out, others, ...documents].join("\n"));
    const bare = () => {
      const { read_us, echo_us } = component("page", file, String(asked.rounds));
      return { cpu: read_us + echo_us };
    };
    const [taken, limit] = await interleaved(part, bare, runs);
    return { cpu: taken.cpu, limit: limit.cpu };
  }

  close(): void {
    this.#socket.cut();
  }
}
