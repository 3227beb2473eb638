// The network of a hall in front of a server: what is asked for arrives half the latency later, what comes back has one
// rate for all connections together and takes the other half. It tells what was asked for, too, so that no page needs a
// developer's view of its network (tab.ts).
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface Network {
  /** From a question to its answer. */
  latencyMs: number;
  bytesPerSecond: number;
}

/** What came for one request, its head included. */
export interface Fetched {
  path: string;
  bytes: number;
  /** When it was asked for, by the clock. */
  atMs: number;
}

export class HallNetwork {
  #server: Server;
  /** When the line down has brought all that was sent into it. */
  #freeAt = 0;
  network: Network | undefined;
  port = 0;
  /** Since it was emptied. */
  fetched: Fetched[] = [];

  private constructor(target: () => number) {
    this.#server = createServer((client) => this.#carry(client, connect(target(), "127.0.0.1")));
  }

  /** A connection asks for one thing after the other: what comes belongs to what it asked last. */
  #carry(client: Socket, upstream: Socket): void {
    let asked: Fetched | undefined;
    const up: (() => void)[] = [];
    const down: (() => void)[] = [];
    client.on("data", (data) => {
      const [, path] = /^[A-Z]+ ([^ ?]+)\S* HTTP/.exec(data.toString("latin1")) ?? [];
      const one = path ? { path, bytes: 0, atMs: Date.now() } : asked;
      if (path && one) this.fetched.push(one);
      this.#later(up, 0, () => {
        asked = one;
        upstream.write(data);
      });
    });
    upstream.on("data", (data) =>
      this.#later(down, data.length, () => {
        if (asked) asked.bytes += data.length;
        client.write(data);
      }),
    );
    client.on("close", () => this.#later(up, 0, () => upstream.destroy()));
    upstream.on("close", () => this.#later(down, 0, () => client.destroy()));
    for (const one of [client, upstream]) one.setNoDelay(true).on("error", () => one.destroy());
  }

  /** Half the latency after these bytes have had their turn; what was there first goes first. */
  #later(line: (() => void)[], bytes: number, then: () => void): void {
    const { latencyMs, bytesPerSecond } = this.network ?? {
      latencyMs: 0,
      bytesPerSecond: Infinity,
    };
    const now = performance.now();
    if (bytes > 0) this.#freeAt = Math.max(now, this.#freeAt) + (bytes / bytesPerSecond) * 1000;
    line.push(then);
    const waitMs = (bytes > 0 ? this.#freeAt - now : 0) + latencyMs / 2;
    const next = () => line.shift()?.();
    if (waitMs > 0 || line.length > 1) setTimeout(next, waitMs);
    else next();
  }

  static async start(port: number, target: () => number): Promise<HallNetwork> {
    const hall = new HallNetwork(target);
    hall.#server.listen(port, "127.0.0.1");
    await once(hall.#server, "listening");
    hall.port = port;
    return hall;
  }

  /** Nothing is on the line any more, of those who have hung up either: a load begins on a free one. */
  async free(): Promise<void> {
    const { latencyMs } = this.network ?? { latencyMs: 0 };
    await sleep(Math.max(0, this.#freeAt - performance.now()) + latencyMs);
  }

  stop(): void {
    this.#server.close();
  }
}
