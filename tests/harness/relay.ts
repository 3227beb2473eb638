// A TCP relay between browser and server: cuts, stalls and slows a hall's Wi-Fi in a way that developer
// tools cannot (they leave an open WebSocket alone).
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export class Relay {
  readonly #server: Server;
  #pairs = new Set<[Socket, Socket]>();
  #open = true;
  #stalled = false;
  port = 0;
  /** What a WebSocket meets: nothing, a refusal, or a network that lets it open and then carries none of its frames. */
  upgrades: "pass" | "refuse" | "swallow" = "pass";
  /** WebSockets that were asked for; and how many of them before the first poll. */
  asked = 0;
  askedBeforePolls: number | undefined;

  private constructor(target: () => number) {
    this.#server = createServer((client) => {
      if (!this.#open) return client.destroy();
      const upstream = connect(target(), "127.0.0.1");
      const pair: [Socket, Socket] = [client, upstream];
      this.#pairs.add(pair);
      if (this.#stalled) for (const socket of pair) socket.pause();
      for (const [from, to] of [pair, pair.toReversed()] as [Socket, Socket][]) {
        let frames = false;
        from.on("data", (data) => {
          if (frames) return;
          const upgrade =
            from === client
              ? /^GET \/ws[ ?]/.test(String(data))
              : /^HTTP\/1.1 101 /.test(String(data));
          if (upgrade && from === client) this.asked++;
          if (from === client && /^GET \/feed\?/.test(String(data)))
            this.askedBeforePolls ??= this.asked;
          if (upgrade && this.upgrades === "refuse") {
            client.end(
              "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            );
            upstream.destroy();
            return;
          }
          frames = upgrade && this.upgrades === "swallow";
          const end = String(data).indexOf("\r\n\r\n");
          to.write(frames ? data.subarray(0, end + 4) : data);
        });
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

  /** Nothing passes, nothing is closed, however long it takes and how often it is tried anew: as when one walks behind a wall. */
  stall(): void {
    this.#stalled = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** The same for good: what was open never carries a word again, and is never closed; new connections pass. */
  lose(): void {
    this.stall();
    this.#stalled = false;
    this.#pairs.clear();
  }

  restore(): void {
    this.#open = true;
    this.#stalled = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  stop(): void {
    this.cut();
    this.#server.close();
  }
}
