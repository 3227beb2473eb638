// HTTP and JSON-RPC as a script would speak them: no browser, no library of the client.
import assert from "node:assert/strict";
import { Agent, type IncomingHttpHeaders, request } from "node:http";

// biome-ignore lint/suspicious/noExplicitAny: answers are JSON whose shape is what the tests look at
export type Data = any;
export type Answer = { status: number; headers: IncomingHttpHeaders; text: string; body: Buffer };
export type Asked = {
  port?: number;
  socketPath?: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  json?: Data;
  body?: Buffer | string;
  /** The address of the loopback that it is sent from. */
  localAddress?: string;
};

const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: 60_000 });

/** Ends the connections that wait for another request: they are some of those that a server counts. */
export const hangUp = () => agent.destroy();

/** One HTTP request; never throws for a status. */
export function httpRequest(asked: Asked, reuse = false): Promise<Answer> {
  const body = asked.json === undefined ? asked.body : JSON.stringify(asked.json);
  const headers: Record<string, string | number> = { ...asked.headers };
  if (asked.json !== undefined) headers["content-type"] ??= "application/json";
  if (body !== undefined) headers["content-length"] ??= Buffer.byteLength(body);
  return new Promise((done, fail) => {
    const sent = request({
      ...(asked.socketPath ? { socketPath: asked.socketPath } : { host: "127.0.0.1" }),
      ...(asked.port ? { port: asked.port } : {}),
      ...(asked.localAddress ? { localAddress: asked.localAddress } : {}),
      agent: reuse ? agent : false,
      path: asked.path,
      method: asked.method ?? (body === undefined ? "GET" : "POST"),
      headers,
    });
    // What was kept open may have been ended by the server while this was on its way: that was no answer, and is asked anew.
    sent.on("error", (error: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && /^(ECONNRESET|EPIPE)$/.test(error.code ?? ""))
        httpRequest(asked).then(done, fail);
      else fail(error);
    });
    sent.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", fail);
      response.on("end", () => {
        const whole = Buffer.concat(parts);
        const status = response.statusCode ?? 0;
        done({ status, headers: response.headers, text: whole.toString("utf8"), body: whole });
      });
    });
    sent.end(body);
  });
}

/** A refusal of the server, by its stable reason. */
export class Refused extends Error {
  readonly reason: string;
  readonly field: string | undefined;
  readonly code: number;
  readonly data: Data;

  constructor(error: Data) {
    super(`${error.data?.reason} ${error.data?.field ?? ""} (${error.message})`);
    this.reason = String(error.data?.reason);
    this.field = error.data?.field;
    this.code = error.code;
    this.data = error.data;
  }
}

/** The result of a JSON-RPC answer; throws Refused. */
export function readAnswer(answer: Answer): Data {
  let body: Data;
  try {
    body = JSON.parse(answer.text);
  } catch {
    assert.fail(`HTTP ${answer.status}, not JSON: ${answer.text.slice(0, 200)}`);
  }
  if (body.error) throw new Refused(body.error);
  assert.ok("result" in body, answer.text.slice(0, 200));
  return body.result;
}

/** The promise must be refused with this reason (and field). */
export async function refused(work: Promise<unknown>, reason: string, field?: string) {
  try {
    const result = await work;
    assert.fail(`expected ${reason}, got ${JSON.stringify(result)?.slice(0, 200)}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    assert.equal(error.reason, reason, error.message);
    if (field !== undefined) assert.equal(error.field, field, error.message);
    return error;
  }
}

/** The reason it is refused with; "" when it is not. */
export async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "";
  } catch (error) {
    if (error instanceof Refused) return error.reason;
    throw error;
  }
}
