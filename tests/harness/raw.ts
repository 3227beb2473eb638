// Bytes on a bare TCP connection, for what no HTTP library would send.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { patienceMs, type Server } from "./program.ts";

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
  async status(ms = patienceMs): Promise<number> {
    const limit = Date.now() + ms;
    while (!/^HTTP\/1\.[01] \d{3}/.test(this.text)) {
      if (this.ended) return 0;
      assert.ok(Date.now() < limit, `no answer: ${JSON.stringify(this.text)}`);
      await sleep(5);
    }
    return Number(this.text.slice(9, 12));
  }

  /** Waits until these bytes have come. */
  async has(what: string, ms = patienceMs): Promise<void> {
    const limit = Date.now() + ms;
    while (!this.text.includes(what)) {
      assert.ok(Date.now() < limit && !this.ended, `not seen: ${what} in ${this.text.slice(-200)}`);
      await sleep(5);
    }
  }

  /** Waits for the end of the connection: how many ms it took. */
  async end(ms = patienceMs): Promise<number> {
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

/** The head of a good upgrade: lines without their ends. */
export function upgradeLines(server: Server, cookie: string): string[] {
  return [
    "GET /ws HTTP/1.1",
    `Host: 127.0.0.1:${server.port}`,
    `Origin: ${server.origin}`,
    `Cookie: ${cookie}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Protocol: palabre.v1",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
}

/** A WebSocket without a library: what follows the head are frames. */
export async function openSocket(server: Server, cookie: string): Promise<Raw> {
  const raw = await Raw.open(server.port);
  raw.write(`${upgradeLines(server, cookie).join("\r\n")}\r\n\r\n`);
  assert.equal(await raw.status(), 101);
  return raw;
}

export type FrameOptions = {
  /** The first byte whole: FIN, reserved bits, opcode. */
  first?: number;
  mask?: boolean;
  key?: Buffer;
  /** How the length is written; else as short as it goes. */
  length?: 7 | 16 | 64;
  /** The length that is claimed. */
  claims?: number;
};

function lengthBytes(size: number, written: 7 | 16 | 64, mask: number): Buffer {
  if (written === 7) return Buffer.from([mask | size]);
  const bytes = Buffer.alloc(written === 16 ? 3 : 9);
  bytes[0] = mask | (written === 16 ? 126 : 127);
  if (written === 16) bytes.writeUInt16BE(size, 1);
  else bytes.writeBigUInt64BE(BigInt(size), 1);
  return bytes;
}

/** One WebSocket frame, as a client sends it, or as it must not. */
export function frame(opcode: number, payload: Buffer, options: FrameOptions = {}): Buffer {
  const { first = 0x80 | opcode, mask = true, claims: size = payload.length } = options;
  const written = options.length ?? (size < 126 ? 7 : size < 65_536 ? 16 : 64);
  const head = Buffer.concat([Buffer.from([first]), lengthBytes(size, written, mask ? 0x80 : 0)]);
  if (!mask) return Buffer.concat([head, payload]);
  const { key = Buffer.from([0xa1, 0x02, 0xf3, 0x04]) } = options;
  const masked = payload.map((byte, index) => byte ^ (key[index % 4] ?? 0));
  return Buffer.concat([head, key, masked]);
}

export type Frame = { first: number; payload: Buffer };

/** The whole frames that a server has sent behind its head. */
export function framesOf(raw: Raw): Frame[] {
  const frames: Frame[] = [];
  let rest = raw.received.subarray(raw.received.indexOf("\r\n\r\n") + 4);
  while (rest.length >= 2) {
    const [first = 0, short = 0] = rest;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (rest.length < head) break;
    assert.ok(short < 128, "a server masks nothing");
    const size =
      short < 126 ? short : short === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
    if (rest.length < head + size) break;
    frames.push({ first, payload: rest.subarray(head, head + size) });
    rest = rest.subarray(head + size);
  }
  return frames;
}
