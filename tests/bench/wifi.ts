// The network of a hall in front of a server. What developer tools slow is fetched by HTTP; they leave WebSockets
// alone, so those go through here: the same latency and rate, for their opening and for each frame.
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export interface Network {
  /** From a question to its answer. */
  latencyMs: number;
  bytesPerSecond: number;
}

/** Hands on what comes after half the latency, no faster than the rate. */
function carry(from: Socket, to: Socket, network: () => Network | undefined): void {
  let freeAt = 0;
  let slow = false;
  let first = true;
  from.on("data", (data: Buffer) => {
    if (first) slow = /^GET \/ws|^HTTP\/1.1 101/.test(data.subarray(0, 16).toString("latin1"));
    first = false;
    const limits = network();
    if (!slow || !limits) return void to.write(data);
    const now = performance.now();
    freeAt = Math.max(now, freeAt) + (data.length / limits.bytesPerSecond) * 1000;
    setTimeout(() => to.write(data), freeAt - now + limits.latencyMs / 2);
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
