// What looks like a WebSocket to socket.ts, made of POST /rpc and the long poll GET /feed: for networks
// that break WebSockets. Loaded only there. Messages go out in order, those that wait together as one
// batch. Of each topic it keeps the position, so one poll follows the other without a gap; frames are
// handed on as the WebSocket would have brought them.
import type { RpcFault } from "./rpc";

/** A session may poll 120 times a minute. */
const paceMs = 500;
/** Between polls that are not held: the server holds no more, or nobody looks at the page. */
const fullMs = 4_000;
const hiddenMs = 15_000;
/** After the server held no more polls, it is asked again whether it does. */
const fullForMs = 30_000;
const batchMax = 50;
/** A third of what a body may have: a letter is at most three bytes. */
const batchLetters = 20_000;

interface Entry {
  topic: string;
  asked?: string;
  full: boolean;
  seq: number;
  more: boolean;
  docs: unknown[];
  gone: unknown[];
}
interface Told {
  epoch: string;
  topics: Entry[];
  closed: { topic: string; reason: string }[];
  rooms?: { told: number }[];
}
interface Message {
  id?: number;
  method: string;
  params: { topics: Record<string, number> | string[]; epoch?: string };
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** As the WebSocket says it: a position only when nothing older is still to come. */
const frame = ({ more, seq, ...entry }: Entry) => ({ ...entry, seq: more ? null : seq });

export class Exchange {
  readyState: number = WebSocket.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  private life = new AbortController();
  private queue: string[] = [];
  private posting = false;
  private polling: AbortController | undefined;
  private positions = new Map<string, number>();
  private epoch: string | undefined;
  private fullUntilMs = 0;
  /** The number of the last counts of a room. */
  private room = 0;

  constructor() {
    queueMicrotask(() => this.onopen?.());
  }

  send(text: string): void {
    const message = JSON.parse(text) as Message;
    if (message.method === "feed.subscribe") this.subscribe(message).catch(() => {});
    else if (message.method === "feed.unsubscribe") {
      for (const name of message.params.topics as string[]) this.positions.delete(name);
      this.deliver({ id: message.id, result: {} });
    } else {
      this.queue.push(text);
      this.post().catch(() => {});
    }
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
    this.life.abort();
    this.polling?.abort();
  }

  /** The page is looked at again: no need to wait for the next interval. */
  wake(): void {
    if (this.positions.size > 0) this.follow().catch(() => {});
  }

  private end(code: number): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.close();
    this.onclose?.({ code });
  }

  private deliver(message: object): void {
    if (this.readyState === WebSocket.OPEN) this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** The answer's JSON; whatever is none (no network, a page of the hall's portal) ends the connection. */
  private async fetch(path: string, more: RequestInit): Promise<{ status: number; body: unknown }> {
    const headers = { "Content-Type": "application/json", "X-Palabre-CSRF": "1" };
    try {
      const response = await fetch(path, {
        ...{ credentials: "same-origin", cache: "no-store", headers, signal: this.life.signal },
        ...more,
      });
      return { status: response.status, body: await response.json() };
    } catch (error) {
      if (!more.signal?.aborted) this.end(1006);
      throw error;
    }
  }

  /* ---- commands ---- */

  private take(): string[] {
    const batch: string[] = [];
    let letters = 0;
    for (const text of this.queue) {
      letters += text.length;
      if (batch.length > 0 && (batch.length === batchMax || letters > batchLetters)) break;
      batch.push(text);
    }
    this.queue.splice(0, batch.length);
    return batch;
  }

  private async post(): Promise<void> {
    if (this.posting) return;
    this.posting = true;
    while (this.queue.length > 0) {
      const batch = this.take();
      const body = batch.length === 1 ? batch[0] : `[${batch.join()}]`;
      const answer = await this.fetch("/rpc", { method: "POST", body: body ?? "" });
      if (answer.status !== 200 && answer.status !== 401) return this.end(1006);
      for (const one of [answer.body].flat()) this.deliver(one as object);
    }
    this.posting = false;
  }

  /* ---- documents ---- */

  /** One poll. Nothing told = it was refused for now, or ended everything. */
  private async poll(
    names: string[],
    hold: boolean,
    signal?: AbortSignal,
  ): Promise<Told | undefined> {
    const epoch = this.epoch ? `&epoch=${this.epoch}` : "";
    const room = names.some((name) => name.startsWith("meeting_desk/")) ? `&room=${this.room}` : "";
    const path = `/feed?topics=${names.join()}${epoch}${room}${hold ? "" : "&wait=0"}`;
    const { status, body } = await this.fetch(path, signal ? { signal } : {});
    const error = (body as { error?: RpcFault }).error?.data;
    if (status === 200 && !signal?.aborted) this.tellRooms((body as Told).rooms ?? []);
    if (status === 200) return body as Told;
    if (error?.reason === "rate.limited") await sleep(error.retry_after_ms ?? paceMs);
    else if (error?.reason === "feed.full") this.fullUntilMs = Date.now() + fullForMs;
    else this.end(status === 401 ? 4401 : error?.reason === "server.stopping" ? 1012 : 1006);
    return undefined;
  }

  private async subscribe({ id, params }: Message): Promise<void> {
    this.epoch ??= params.epoch;
    const wanted = new Map(Object.entries(params.topics as Record<string, number>));
    const topics: object[] = [];
    const named = () => [...wanted].map(([name, since]) => (since > 0 ? `${name}:${since}` : name));
    // An answer has room for so much: topics that were not told of are asked for once more.
    for (let whole = false; !whole; ) {
      const told = await this.poll(named(), false);
      if (this.readyState === WebSocket.CLOSED) return;
      if (!told) continue;
      const [refused] = told.closed;
      if (refused) {
        const data = { reason: refused.reason, field: refused.topic };
        return this.deliver({ id, error: { code: -32000, message: refused.reason, data } });
      }
      this.epoch = told.epoch;
      for (const entry of told.topics) {
        wanted.delete(entry.asked ?? entry.topic);
        this.positions.set(entry.topic, entry.seq);
        topics.push(frame(entry));
      }
      whole = [...wanted.values()].every((since) => since > 0);
    }
    for (const [topic, seq] of wanted) {
      this.positions.set(topic, seq);
      topics.push({ topic, full: false, seq, docs: [], gone: [] });
    }
    this.deliver({ id, result: { epoch: this.epoch, topics } });
    await this.follow();
  }

  /** Polls as long as there are topics. A newer call takes over from an older one. */
  private async follow(): Promise<void> {
    this.polling?.abort();
    const mine = new AbortController();
    this.polling = mine;
    while (this.positions.size > 0 && !mine.signal.aborted) {
      const began = Date.now();
      const full = began < this.fullUntilMs;
      const names = [...this.positions].map(([name, seq]) => `${name}:${seq}`);
      const told = await this.poll(names, !full && !document.hidden, mine.signal);
      if (mine.signal.aborted) return;
      if (told) this.tell(told);
      const restMs = document.hidden ? hiddenMs : full ? fullMs : paceMs;
      const spread = restMs > paceMs ? 0.75 + Math.random() / 2 : 1;
      await sleep(began + restMs * spread - Date.now());
    }
  }

  private tellRooms(rooms: { told: number }[]): void {
    for (const params of rooms) {
      this.room = Math.max(this.room, params.told);
      this.deliver({ method: "room.changed", params });
    }
  }

  private tell(told: Told): void {
    // Positions of another epoch mean nothing: begin again.
    if (told.epoch !== this.epoch) this.end(1006);
    for (const entry of told.topics) {
      if (!this.positions.has(entry.topic)) continue;
      this.positions.set(entry.topic, entry.seq);
      this.deliver({ method: "feed.changed", params: frame(entry) });
    }
    for (const { topic } of told.closed) {
      this.positions.delete(topic);
      this.deliver({ method: "feed.closed", params: { topic } });
    }
  }
}
