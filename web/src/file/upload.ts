// Files on their way: at most two at a time, each with its progress, to be cancelled or tried again. They live
// outside any component, so looking at another page does not stop them; closing the page does.
import { type Signal, signal } from "@preact/signals";
import { momentMs } from "../sync/backoff";
import { send } from "../sync/outbox";
import { newId, RpcError, type RpcFault } from "../sync/rpc";
import type { Thing } from "./attached";

export const maxBytes = 10 * 1024 * 1024;
const atOnce = 2;
const busyMs = 3_000;

export interface Upload {
  key: string;
  on: Thing;
  name: string;
  bytes: Blob;
  /** waiting for its turn, sending, checking (all is sent), failed (reason says why). */
  state: "waiting" | "sending" | "checking" | "failed";
  part: number;
  reason: string;
  /** Of a limit: so long it holds. */
  afterMs?: number | undefined;
  stop: (() => void) | undefined;
}
/** Each is a signal of its own: progress redraws one line. */
export const uploads = signal<readonly Signal<Upload>[]>([]);
/** Pictures sent from this page: their words are asked for. */
export const sentHere = new Set<string>();

interface Taken {
  sha256: string;
}

const refused = '/\\:*?"<>|';
/** A name that the server takes: no folders, no marks of direction, no hidden file. */
export function cleanName(name: string): string {
  const plain = [...name.normalize("NFC")].map((char) => {
    const code = char.codePointAt(0) ?? 0;
    const hidden = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    const turning = (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    return hidden || turning || code === 0xfeff || refused.includes(char) ? "-" : char;
  });
  const clean = plain
    .join("")
    .replace(/^[.\s]+/, "")
    .trim();
  const ending = /\.[^.]{1,5}$/.exec(clean)?.[0] ?? "";
  const start = [...clean.slice(0, clean.length - ending.length)].slice(0, 110).join("");
  return `${start || "file"}${ending}`;
}

function transmit(upload: Signal<Upload>): Promise<Taken> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/files");
    request.setRequestHeader("X-Palabre-CSRF", "1");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      const part = event.lengthComputable ? event.loaded / event.total : 0;
      upload.value = { ...upload.peek(), part, state: part < 1 ? "sending" : "checking" };
    };
    request.onload = () => {
      const answer = request.response as (Taken & { error?: RpcFault }) | null;
      if (request.status === 200 && answer?.sha256) done(answer);
      else fail(answer?.error ? new RpcError(answer.error) : new Error("answer"));
    };
    request.onerror = () => fail(new Error("network"));
    request.onabort = () => fail(new Error("cancelled"));
    upload.value = { ...upload.peek(), state: "sending", part: 0, stop: () => request.abort() };
    request.send(upload.peek().bytes);
  });
}

function drop(upload: Signal<Upload>): void {
  uploads.value = uploads.peek().filter((one) => one !== upload);
}

async function carryOut(upload: Signal<Upload>): Promise<void> {
  const { on, name } = upload.peek();
  const { sha256 } = await transmit(upload);
  upload.value = { ...upload.peek(), state: "checking", part: 1, stop: undefined };
  const id = newId();
  sentHere.add(id);
  await send("file.attach", { id, on, sha256, name });
}

async function run(upload: Signal<Upload>): Promise<void> {
  try {
    await carryOut(upload);
    drop(upload);
  } catch (error) {
    const { reason, retryAfterMs: afterMs } =
      error instanceof RpcError ? error : { reason: (error as Error).message };
    if (reason === "cancelled") drop(upload);
    else if (/^(file\.busy|rate\.limited)$/.test(reason) && (afterMs ?? 0) <= momentMs) {
      upload.value = { ...upload.peek(), state: "waiting", part: 0, stop: undefined };
      setTimeout(next, Math.max(busyMs, afterMs ?? 0));
      return;
    } else upload.value = { ...upload.peek(), state: "failed", reason, afterMs, stop: undefined };
  }
  next();
}

function next(): void {
  const moving = uploads.peek().filter((one) => /sending|checking/.test(one.peek().state));
  const waiting = uploads.peek().filter((one) => one.peek().state === "waiting");
  for (const one of waiting.slice(0, Math.max(0, atOnce - moving.length))) void run(one);
}

/** Takes files that were chosen, dropped or pasted. */
export function start(on: Thing, files: Iterable<globalThis.File>): void {
  for (const file of files) {
    const large = file.size > maxBytes;
    const upload = signal<Upload>({
      ...{ key: newId(), on, name: cleanName(file.name), bytes: file, part: 0, stop: undefined },
      state: large || file.size === 0 ? "failed" : "waiting",
      reason: large ? "file.too_big" : file.size === 0 ? "file.empty" : "",
    });
    uploads.value = [...uploads.peek(), upload];
  }
  next();
}

export function cancel(upload: Signal<Upload>): void {
  const { stop } = upload.peek();
  if (stop) stop();
  else drop(upload);
}

export function retry(upload: Signal<Upload>): void {
  upload.value = { ...upload.peek(), state: "waiting", reason: "", part: 0 };
  next();
}
