// The network of a hall in front of a server. Developer tools slow what is fetched by HTTP and the opening of a
// WebSocket, not its frames: those go through here, at the same latency and rate. The heads of the opening pass at once.
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export interface Network {
  /** From a question to its answer. */
  latencyMs: number;
  bytesPerSecond: number;
}

const opens = /^GET \/ws|^HTTP\/1.1 101/;
const endOfHead = "\r\n\r\n";

/** Hands on what comes; after the head of an opening, no faster than the rate, and half the latency later. */
function carry(from: Socket, to: Socket, network: () => Network | undefined): void {
  let freeAt = 0;
  /** What came of the head, until it is known to be whole. */
  let head: Buffer | undefined = Buffer.alloc(0);
  let frames = false;
  const slow = (data: Buffer, { latencyMs, bytesPerSecond }: Network) => {
    const now = performance.now();
    freeAt = Math.max(now, freeAt) + (data.length / bytesPerSecond) * 1000;
    setTimeout(() => to.write(data), freeAt - now + latencyMs / 2);
  };
  const pass = (data: Buffer) => {
    const limits = network();
    if (frames && limits) slow(data, limits);
    else to.write(data);
  };
  from.on("data", (data: Buffer) => {
    if (!head) return pass(data);
    const before = head.length;
    head = Buffer.concat([head, data]);
    const at = head.indexOf(endOfHead);
    const ours = opens.test(head.subarray(0, 16).toString("latin1"));
    if (ours && at < 0) return void to.write(data);
    const rest = ours ? at + endOfHead.length - before : data.length;
    to.write(data.subarray(0, rest));
    head = undefined;
    frames = ours;
    if (rest < data.length) pass(data.subarray(rest));
  });
  from.on("error", () => to.destroy());
  from.on("close", () => to.destroy());
}

export class HallNetwork {
  #server: Server;
  network: Network | undefined;
  port = 0;

  private constructor(target: () => number) {
    this.#server = createServer((client) => {
      const upstream = connect(target(), "127.0.0.1");
      carry(client, upstream, () => this.network);
      carry(upstream, client, () => this.network);
    });
  }

  static async start(port: number, target: () => number): Promise<HallNetwork> {
    const hall = new HallNetwork(target);
    hall.#server.listen(port, "127.0.0.1");
    await once(hall.#server, "listening");
    hall.port = port;
    return hall;
  }

  stop(): void {
    this.#server.close();
  }
}
