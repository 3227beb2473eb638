// People of a test organisation: sessions, commands in their name, devices and ballots.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { must, patienceMs, type Server } from "./program.ts";
import {
  type Ballot,
  ballotDefaults,
  base64url,
  Device,
  encodeBallot,
  readDefinition,
  readReceipt,
} from "./record.ts";
import { Socket } from "./socket.ts";
import { type Answer, type Data, httpRequest, readAnswer } from "./wire.ts";

export const newId = () => randomUUID();
export const tokenOf = (link: string) => {
  const found = /\/join#([A-Za-z0-9_-]{22})\s*$/.exec(link);
  assert.ok(found?.[1], `not a link: ${link}`);
  return found[1];
};

/** POST /rpc as a page of this origin would send it. */
export function post(server: Server, cookie: string, body: Data, more = {}): Promise<Answer> {
  const own = { host: new URL(server.origin).host, origin: server.origin, "x-palabre-csrf": "1" };
  const headers: Record<string, string> = { ...own, ...more };
  if (cookie) headers.cookie = cookie;
  const raw = typeof body === "string" || Buffer.isBuffer(body);
  if (raw) headers["content-type"] = "application/json";
  const asked = { port: server.port, path: "/rpc", method: "POST", headers };
  return httpRequest({ ...asked, ...(raw ? { body } : { json: body }) }, true);
}

export const request = (method: string, params: Data = {}) => ({
  jsonrpc: "2.0",
  id: newId(),
  method,
  params,
});

export type PollInfo = {
  poll: string;
  pollHash: Buffer;
  org: string;
  definition: Data;
};

/** A ballot ready to be sent, and the bytes that were signed. */
export type Signed = { params: Data; tbs: Buffer };

/** How long a limited caller is asked to wait; 0 = not limited. */
function waitOf(answer: Answer): number {
  const { error } = JSON.parse(answer.text);
  if (error?.data?.reason !== "rate.limited") return 0;
  assert.ok(error.data.retry_after_ms > 0, "retry_after_ms");
  return error.data.retry_after_ms;
}

/** A member with a session. The limit of commands is per session: a fresh one is opened when it is met. */
export class Person {
  readonly server: Server;
  id = "";
  org = "";
  name = "";
  roles: string[] = [];
  vkey = "";
  epoch = "";
  cookie = "";
  spares: string[] = [];
  device: Device | undefined;
  #counters = new Map<string, number>();

  constructor(server: Server) {
    this.server = server;
  }

  /** Enters by a link. */
  async join(token: string, params: Data = {}): Promise<Data> {
    const body = request("session.join", { token, language: "fr", command: newId(), ...params });
    let answer = await post(this.server, "", body);
    // One address may only send so many without a session: a hall waits a moment.
    for (let wait = waitOf(answer); wait > 0; wait = waitOf(answer)) {
      await sleep(wait);
      answer = await post(this.server, "", body);
    }
    const session = readAnswer(answer);
    const [first = ""] = answer.headers["set-cookie"] ?? [];
    this.cookie = first.split(";")[0] ?? "";
    assert.match(this.cookie, /^(__Host-)?palabre_session=[A-Za-z0-9_-]{43}$/);
    this.id = session.member;
    this.org = session.org;
    this.name = session.name;
    this.roles = session.roles;
    this.vkey = session.vkey;
    this.epoch = session.epoch;
    return session;
  }

  /** A fresh session of the same person, by a new link. */
  async enterAgain(): Promise<void> {
    const { link } = await this.server.operator("member.link", { id: this.id, command: newId() });
    await this.join(tokenOf(link));
  }

  /** Opens sessions ahead, for tests that must not write later on. */
  async prepare(sessions: number): Promise<void> {
    for (let n = 0; n < sessions; n++) {
      this.spares.push(this.cookie);
      await this.enterAgain();
    }
  }

  /** Goes on with a session whose limit is not used up. */
  async rest(): Promise<void> {
    const spare = this.spares.pop();
    if (spare) this.cookie = spare;
    else await this.enterAgain();
  }

  /** A method over /rpc. */
  async call(method: string, params: Data = {}): Promise<Data> {
    const body = request(method, params);
    let answer = await post(this.server, this.cookie, body);
    for (let wait = waitOf(answer), tries = 0; wait > 0; wait = waitOf(answer), tries++) {
      // The session's limit, then the member's: five sessions' worth, for whoever does a lot in a minute.
      if (tries === 0) await this.rest();
      else await sleep(wait);
      answer = await post(this.server, this.cookie, body);
    }
    return readAnswer(answer);
  }

  /** A write: the act gets a name of its own. */
  act(method: string, params: Data = {}): Promise<Data> {
    return this.call(method, { command: newId(), ...params });
  }

  /** A creation: answers its id, seq and number. */
  create(method: string, params: Data = {}): Promise<Data> {
    return this.act(method, { id: newId(), ...params });
  }

  async enrol(): Promise<Device> {
    const device = new Device();
    await this.call("device.enrol", device.enrolment(this.org, this.id));
    this.device ??= device;
    return device;
  }

  async socket(): Promise<Socket> {
    return Socket.open(this.server, this.cookie);
  }

  /** A ballot of one's own, with whatever a test changes about it. */
  sign(poll: PollInfo, change: Partial<Ballot> = {}, device = this.device): Signed {
    assert.ok(device, "no device");
    const counter = (this.#counters.get(poll.poll) ?? 0) + 1;
    const tbs = encodeBallot({
      ...ballotDefaults(),
      org: this.org,
      poll: poll.poll,
      pollHash: poll.pollHash,
      voter: this.id,
      onBehalfOf: this.id,
      pk: device.pk,
      counter,
      ...change,
    });
    const params = { poll: poll.poll, tbs: base64url(tbs), sig: base64url(device.sign(tbs)) };
    return { params, tbs };
  }

  /** Casts and checks the receipt. */
  async vote(poll: PollInfo, choice: Buffer, change: Partial<Ballot> = {}): Promise<Data> {
    const { params, tbs } = this.sign(poll, { choice, ...change });
    const answer = await this.call("ballot.cast", params);
    const receipt = readReceipt(answer.receipt, this.vkey, tbs);
    assert.equal(receipt.index, answer.seq);
    this.#counters.set(poll.poll, tbs.readUInt32BE(183));
    return { ...answer, checked: receipt };
  }
}

/** Invites by the operator and joins. */
export async function newPerson(
  server: Server,
  name: string,
  roles: string[] = [],
  more: Data = {},
) {
  const params = { id: newId(), name, class: "members", roles, command: newId(), ...more };
  const { link } = await server.operator("member.invite", params);
  const person = new Person(server);
  await person.join(tokenOf(link), more.language ? { language: more.language } : {});
  return person;
}

/** The first admin, invited from the shell. */
export async function firstAdmin(server: Server, name = "Ada Admin"): Promise<Person> {
  const link = await must("invite", server.folder, "--role", "admin", "--name", name);
  const person = new Person(server);
  await person.join(tokenOf(link.trim()));
  return person;
}

export type Hall = { admin: Person; facilitator: Person; members: Person[] };

/** An organisation with an admin, a facilitator and members. */
export async function newHall(server: Server, members = 3): Promise<Hall> {
  const admin = await newPerson(server, "Ada Admin", ["admin"]);
  const facilitator = await newPerson(server, "Fadila Facilitator", ["facilitator"]);
  const names = Array.from({ length: members }, (_, index) => `Membre ${index + 1}`);
  const people = [];
  for (const name of names) people.push(await newPerson(server, name));
  return { admin, facilitator, members: people };
}

export async function newProposal(
  author: Person,
  title = "Un four à pain",
  need = "Le pain du quartier vient de loin.",
  text = "Construire un **four** dans la cour.",
): Promise<Data> {
  return author.create("proposal.submit", { language: "fr", title, need, text, themes: [] });
}

/** From an idea to `ready`, by a facilitator and its author. */
export async function makeReady(
  author: Person,
  facilitator: Person,
  title?: string,
): Promise<Data> {
  const proposal = await newProposal(author, title);
  await facilitator.act("proposal.mark", { id: proposal.id, state: "discussed" });
  await author.act("proposal.mark", { id: proposal.id, state: "ready" });
  return proposal;
}

export const question = {
  fr: "Construisons-nous le four ?",
  nl: "Bouwen we de oven?",
  en: "Do we build the oven?",
};

/** Parameters of poll.define for a yes-no vote. */
export function pollParams(about: string[], change: Data = {}): Data {
  return {
    id: newId(),
    kind: about.length ? "decision" : "straw",
    body: "members",
    about,
    question,
    options: [],
    method: "yes-no",
    mode: "named",
    revote: true,
    show_live: false,
    ...change,
  };
}

/** Defines and opens; what voters sign. */
export async function openPoll(
  maker: Person,
  about: string[],
  change: Data = {},
): Promise<PollInfo> {
  const params = pollParams(about, change);
  await maker.act("poll.define", params);
  return readPoll(maker, await maker.act("poll.open", { id: params.id }), params.id);
}

export async function readPoll(reader: Person, opened: Data, poll: string): Promise<PollInfo> {
  const answer = opened?.definition ? opened : await reader.call("poll.get", { id: poll });
  const decoded = readDefinition(answer.definition);
  assert.equal(decoded.poll, poll);
  assert.deepEqual(decoded.hash, Buffer.from(answer.poll_hash, "base64url"), "poll_hash");
  return { poll, pollHash: decoded.hash, org: decoded.org, definition: decoded };
}

/** Waits until the answer is true; counting and dates act on their own. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  ms = patienceMs,
): Promise<T> {
  const limit = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    assert.ok(Date.now() < limit, `${what}: did not happen in ${ms} ms`);
    await sleep(25);
  }
}

/** The poll's document once it is counted. */
export function counted(reader: Person, poll: string): Promise<Data> {
  return eventually("the count", async () => {
    const { doc } = await reader.call("poll.get", { id: poll });
    return doc.state === "counted" && doc;
  });
}
