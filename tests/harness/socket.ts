// A client of /ws: requests by id, notifications in order, and topics kept as a client keeps them.
import assert from "node:assert/strict";
import WebSocket from "ws";
import { patienceMs, type Server } from "./program.ts";
import { type Data, Refused } from "./wire.ts";

type Waiting = { done: (message: Data) => void; fail: (error: Error) => void };

/** What a client holds of one topic. */
export class Topic {
  readonly name: string;
  seq = 0;
  full = 0;
  documents = new Map<string, Data>();
  /** Every frame of this topic in order of arrival. */
  frames: Data[] = [];

  constructor(name: string) {
    this.name = name;
  }

  take(frame: Data): void {
    this.frames.push(frame);
    if (frame.full) {
      this.full++;
      this.documents.clear();
      if (frame.epoch) this.seq = 0;
    }
    for (const doc of frame.docs ?? []) {
      const key = `${doc.kind} ${doc.id}`;
      const held = this.documents.get(key);
      if (!held || doc.rev >= held.rev) this.documents.set(key, doc);
    }
    for (const gone of frame.gone ?? []) this.documents.delete(`${gone.kind} ${gone.id}`);
    if (frame.seq !== undefined && frame.seq !== null) {
      assert.ok(frame.seq >= this.seq, `${this.name}: position goes back`);
      this.seq = frame.seq;
    }
  }

  all(kind: string): Data[] {
    return [...this.documents.values()].filter((doc) => doc.kind === kind);
  }

  one(kind: string, id?: string): Data {
    return this.all(kind).find((doc) => id === undefined || doc.id === id);
  }
}

export class Socket {
  readonly #socket: WebSocket;
  #last = 0;
  #waiting = new Map<number, Waiting>();
  #watchers = new Set<() => void>();
  topics = new Map<string, Topic>();
  notifications: Data[] = [];
  closed: { code: number } | undefined;
  epoch = "";

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => this.#message(JSON.parse(String(data))));
    socket.on("error", () => {});
    socket.on("close", (code) => {
      this.closed = { code };
      for (const waiting of this.#waiting.values()) waiting.fail(new Error(`closed ${code}`));
      this.#waiting.clear();
      this.#wake();
    });
  }

  /** Opens /ws; throws with the HTTP status when the upgrade is refused. */
  static open(
    server: Server,
    cookie: string,
    headers: Record<string, string> = {},
  ): Promise<Socket> {
    const host = new URL(server.origin).host;
    return Socket.openAt(server.port, { cookie, host, origin: server.origin, ...headers });
  }

  /** tls: the certificate that is trusted and the name it is for; without it, plain. query: what it subscribes to. */
  static openAt(
    port: number,
    headers: Record<string, string>,
    tls?: { ca: string; servername: string },
    query = "",
  ): Promise<Socket> {
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
    const options = { headers: sent, perMessageDeflate: true, ...tls };
    const url = `${tls ? "wss" : "ws"}://127.0.0.1:${port}/ws${query && `?${query}`}`;
    const socket = new WebSocket(url, ["palabre.v1"], options);
    const client = new Socket(socket);
    return new Promise((done, fail) => {
      socket.on("open", () => done(client));
      socket.on("unexpected-response", (_request, response) => {
        socket.terminate();
        fail(new Error(`HTTP ${response.statusCode}`));
      });
      socket.on("error", fail);
      socket.on("close", (code) => fail(new Error(`closed ${code}`)));
    });
  }

  get raw(): WebSocket {
    return this.#socket;
  }

  #wake(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  #message(message: Data): void {
    if (message.id !== undefined && message.id !== null) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (Array.isArray(message.result?.topics)) this.#subscribed(message.result);
      waiting?.done(message);
      return;
    }
    this.notifications.push(message);
    if (message.method === "feed.changed")
      this.topics.get(message.params.topic)?.take(message.params);
    if (message.method === "feed.closed") this.topics.delete(message.params.topic);
    this.#wake();
  }

  /** At once: the next frame of a topic may stand in the same bytes as this answer. */
  #subscribed(answer: Data): void {
    this.epoch = answer.epoch;
    for (const entry of answer.topics) {
      const topic = this.topics.get(entry.topic) ?? new Topic(entry.topic);
      this.topics.set(entry.topic, topic);
      topic.take(entry);
    }
  }

  /** Sends a request and waits for the whole answer. */
  ask(method: string, params: Data = {}): Promise<Data> {
    const id = ++this.#last;
    return new Promise((done, fail) => {
      if (this.closed) fail(new Error(`closed ${this.closed.code}`));
      this.#waiting.set(id, { done, fail });
      this.#socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  async call(method: string, params: Data = {}): Promise<Data> {
    const message = await this.ask(method, params);
    if (message.error) throw new Refused(message.error);
    return message.result;
  }

  /** Watches topics; positions: what is held already, by the topic's name. */
  async subscribe(positions: Record<string, number>, epoch?: string): Promise<Data> {
    const params = { topics: positions, ...(epoch === undefined ? {} : { epoch }) };
    return this.call("feed.subscribe", params);
  }

  /** Watches one topic from the beginning. */
  async watch(name: string): Promise<Topic> {
    const answer = await this.subscribe({ [name]: 0 });
    assert.equal(answer.topics.length, 1);
    const topic = this.topics.get(answer.topics[0].topic);
    assert.ok(topic);
    return topic;
  }

  /** Waits until the condition holds, looked at after each notification. */
  async until<T>(
    what: string,
    condition: () => T | undefined | false,
    ms = patienceMs,
  ): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let look = () => {};
    try {
      return await new Promise<T>((done, fail) => {
        look = () => {
          const answer = condition();
          if (answer) done(answer);
          else if (this.closed) fail(new Error(`${what}: closed ${this.closed.code}`));
        };
        timer = setTimeout(() => fail(new Error(`${what}: not seen in ${ms} ms`)), ms);
        this.#watchers.add(look);
        look();
      });
    } finally {
      clearTimeout(timer);
      this.#watchers.delete(look);
    }
  }

  /** Waits for the end of the connection: the close code. */
  async end(ms = patienceMs): Promise<number> {
    const limit = Date.now() + ms;
    while (!this.closed) {
      assert.ok(Date.now() < limit, "the connection stays open");
      await new Promise((next) => setTimeout(next, 5));
    }
    return this.closed.code;
  }

  close(): void {
    this.#socket.close();
  }

  /** Cuts it without a word. */
  cut(): void {
    this.#socket.terminate();
  }
}
