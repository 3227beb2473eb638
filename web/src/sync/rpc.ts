// One call, one answer: the types of both, errors with their stable reasons, and the calls that go by
// POST /rpc because they set or clear the session's cookie.
import type { Methods } from "../generated/api";

export type Method = keyof Methods;
export type Params<M extends Method> = Methods[M]["params"];
export type Result<M extends Method> = Methods[M]["result"];
/** Parameters as callers give them: the outbox adds `command`. */
export type Given<M extends Method> = Omit<Params<M>, "command">;

export interface RpcFault {
  code: number;
  message: string;
  data?: { reason?: string; field?: string; retry_after_ms?: number };
}

export class RpcError extends Error {
  readonly reason: string;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;
  constructor(fault: RpcFault) {
    super(fault.message);
    this.reason = fault.data?.reason ?? `code ${fault.code}`;
    this.field = fault.data?.field;
    this.retryAfterMs = fault.data?.retry_after_ms;
  }
}

/** A random UUID (version 4); `crypto.randomUUID` does not exist on plain http. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Throws RpcError when refused, another error when the server is out of reach. */
export async function post<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
  const response = await fetch("/rpc", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-Palabre-CSRF": "1" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const answer = (await response.json()) as { result?: Result<M>; error?: RpcFault };
  if (answer.error) throw new RpcError(answer.error);
  return answer.result as Result<M>;
}
