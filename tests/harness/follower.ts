// A client of GET /feed: keeps topics as Socket does, one poll after the other.
import assert from "node:assert/strict";
import { type ClientRequest, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { patienceMs, type Server } from "./program.ts";
import { Topic } from "./socket.ts";
import type { Answer, Data } from "./wire.ts";

export class Follower {
  readonly server: Server;
  headers: Record<string, string>;
  topics = new Map<string, Topic>();
  epoch = "";
  closed: Data[] = [];
  polls = 0;
  #sent: ClientRequest | undefined;

  constructor(server: Server, headers: Record<string, string>, names: string[] = []) {
    this.server = server;
    this.headers = { "x-palabre-csrf": "1", ...headers };
    for (const name of names) this.topics.set(name, new Topic(name));
  }

  /** The query that says where it stands. */
  query(more: Record<string, string> = {}): string {
    const topics = [...this.topics.values()]
      .map((topic) => (topic.full ? `${topic.name}:${topic.seq}` : topic.name))
      .join(",");
    const epoch = this.epoch ? { epoch: this.epoch } : {};
    return Object.entries({ topics, ...epoch, ...more })
      .map((pair) => pair.join("="))
      .join("&");
  }

  /** Sends a query as it is. */
  ask(query: string, headers: Record<string, string> = {}): Promise<Answer> {
    const host = new URL(this.server.origin).host;
    const all = { host, ...this.headers, ...headers };
    return new Promise((done, fail) => {
      const path = `/feed?${query}`;
      const sent = request({ host: "127.0.0.1", port: this.server.port, path, headers: all });
      this.#sent = sent;
      sent.on("error", fail);
      sent.on("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", fail);
        response.on("end", () => {
          const body = Buffer.concat(parts);
          const status = response.statusCode ?? 0;
          done({ status, headers: response.headers, text: body.toString("utf8"), body });
        });
      });
      sent.end();
    });
  }

  take(answer: Data): void {
    this.epoch = answer.epoch;
    for (const entry of answer.topics) {
      const asked = this.topics.get(entry.asked ?? entry.topic);
      assert.ok(asked, `not asked for: ${entry.topic}`);
      const topic = asked.name === entry.topic ? asked : new Topic(entry.topic);
      if (entry.asked) this.topics.delete(entry.asked);
      this.topics.set(entry.topic, topic);
      topic.take(entry);
    }
    for (const { topic, reason } of answer.closed) {
      this.topics.delete(topic);
      this.closed.push({ topic, reason });
    }
  }

  /** One poll; waits for its answer. On a fast machine polls follow each other so quickly that one is told to wait. */
  async poll(more: Record<string, string> = {}): Promise<Data> {
    let answer = await this.ask(this.query(more));
    while (answer.status === 429) {
      await sleep(JSON.parse(answer.text).error.data.retry_after_ms);
      answer = await this.ask(this.query(more));
    }
    assert.equal(answer.status, 200, answer.text);
    this.polls++;
    const body = JSON.parse(answer.text);
    this.take(body);
    return body;
  }

  /** Polls until the condition holds. */
  async until<T>(
    what: string,
    condition: () => T | undefined | false,
    ms = patienceMs,
  ): Promise<T> {
    const limit = Date.now() + ms;
    for (;;) {
      const found = condition();
      if (found) return found;
      assert.ok(Date.now() < limit, `${what}: not seen in ${ms} ms`);
      await this.poll();
    }
  }

  /** Goes away in the middle of a poll. */
  cut(): void {
    this.#sent?.destroy();
  }
}
