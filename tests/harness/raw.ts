// Bytes on a bare TCP connection, for what no HTTP library would send.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export class Raw {
  readonly socket: Socket;
  received = Buffer.alloc(0);
  ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (data) => {
      this.received = Buffer.concat([this.received, data]);
    });
    socket.on("error", () => {
      this.ended = true;
    });
    socket.on("close", () => {
      this.ended = true;
    });
    socket.on("end", () => {
      this.ended = true;
    });
  }

  static async open(port: number): Promise<Raw> {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: false });
    const raw = new Raw(socket);
    await once(socket, "connect");
    return raw;
  }

  write(bytes: string | Buffer): void {
    if (!this.ended) this.socket.write(bytes);
  }

  get text(): string {
    return this.received.toString("latin1");
  }

  /** The status of the first answer, 0 when the connection ended without one. */
  async status(ms = 8000): Promise<number> {
    const limit = Date.now() + ms;
    while (!/^HTTP\/1\.[01] \d{3}/.test(this.text)) {
      if (this.ended) return 0;
      assert.ok(Date.now() < limit, `no answer: ${JSON.stringify(this.text)}`);
      await sleep(5);
    }
    return Number(this.text.slice(9, 12));
  }

  /** Waits for the end of the connection: how many ms it took. */
  async end(ms: number): Promise<number> {
    const began = Date.now();
    while (!this.ended) {
      assert.ok(Date.now() - began < ms, `still open after ${ms} ms: ${this.text.slice(0, 200)}`);
      await sleep(10);
    }
    return Date.now() - began;
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Sends a head (lines without their ends) and gives the status. */
export async function ask(
  port: number,
  lines: string[],
  body: string | Buffer = "",
): Promise<number> {
  const raw = await Raw.open(port);
  raw.write(
    Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), Buffer.from(body)]),
  );
  const status = await raw.status();
  raw.close();
  return status;
}

/** One masked WebSocket frame, as a client sends it. */
export function frame(opcode: number, payload: Buffer, first = 0x80 | opcode): Buffer {
  const size = payload.length;
  const mask = Buffer.from([1, 2, 3, 4]);
  const head =
    size < 126
      ? Buffer.from([first, 0x80 | size])
      : Buffer.from([first, 0x80 | 126, size >> 8, size & 0xff]);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([head, mask, masked]);
}
