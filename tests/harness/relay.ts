// A TCP relay between browser and server: cuts, stalls and slows a hall's Wi-Fi in a way that developer
// tools cannot (they leave an open WebSocket alone).
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export class Relay {
  readonly #server: Server;
  #pairs = new Set<[Socket, Socket]>();
  #open = true;
  port = 0;

  private constructor(target: () => number) {
    this.#server = createServer((client) => {
      if (!this.#open) return client.destroy();
      const upstream = connect(target(), "127.0.0.1");
      const pair: [Socket, Socket] = [client, upstream];
      this.#pairs.add(pair);
      for (const [from, to] of [pair, pair.toReversed()] as [Socket, Socket][]) {
        from.on("data", (data) => to.write(data));
        from.on("error", () => to.destroy());
        from.on("close", () => {
          to.destroy();
          this.#pairs.delete(pair);
        });
      }
    });
  }

  static async start(port: number, target: () => number): Promise<Relay> {
    const relay = new Relay(target);
    relay.#server.listen(port, "127.0.0.1");
    await once(relay.#server, "listening");
    relay.port = port;
    return relay;
  }

  /** Ends every connection and takes no new one. */
  cut(): void {
    this.#open = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
  }

  /** Nothing passes, nothing is closed: as when one walks behind a wall. */
  stall(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  restore(): void {
    this.#open = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  stop(): void {
    this.cut();
    this.#server.close();
  }
}
