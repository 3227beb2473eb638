// Behind Debian's nginx, Caddy and HAProxy, with the very lines of docs/install.md: sign in over TLS, WebSockets, votes,
// the long poll, files, other upgrades, the real address, a restart behind the proxy, and a socket that stays idle.
//
// Idle sockets are looked at in fast motion: a server of its own runs under libfaketime at six times the speed, so that its
// pings of 25 s come after a second, and the proxies' timeouts of 60 s are lowered in the same proportion to 2 s (Caddy has
// none for WebSockets). PALABRE_IDLE_MINUTES is how long the socket stays idle on that clock: 4 here, 60 is an hour.
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pngOf, sha256 } from "../harness/files.ts";
import {
  newHall,
  newId,
  newProposal,
  openPoll,
  Person,
  request,
  tokenOf,
} from "../harness/people.ts";
import {
  endServer,
  freePort,
  initFolder,
  refilled,
  root,
  Server,
  scratch,
  slowness,
  stopwatch,
} from "../harness/program.ts";
import { Device, readReceipt, yes } from "../harness/record.ts";
import { Socket } from "../harness/socket.ts";
import { type Answer, type Data, httpRequest, readAnswer } from "../harness/wire.ts";

const name = "garden.example.org";
const idleMinutes = Number(process.env.PALABRE_IDLE_MINUTES ?? 4);
/** An hour in two minutes; a few minutes no faster than a busy machine answers pings. */
const speed = Math.max(6, idleMinutes / 2);
const folder = scratch();
const at = (file: string) => join(folder, file);
const install = readFileSync(join(root, "docs/install.md"), "utf8");
const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
const preload = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

/** The example of docs/install.md in this language, for these ports. */
function example(language: string, port: number, behind: number): string {
  const found = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(install)?.[1];
  assert.ok(found, `docs/install.md has no example for ${language}`);
  assert.ok(found.includes("127.0.0.1:8080"), language);
  return found
    .replace("127.0.0.1:8080", `127.0.0.1:${behind}`)
    .replace("listen 443", `listen 127.0.0.1:${port}`)
    .replace("bind :443", `bind 127.0.0.1:${port}`)
    .replaceAll("/etc/ssl/garden/", `${folder}/`);
}
/** The same with each 60 s lowered as much as the clock is hastened. */
const hasten = (text: string) => text.replaceAll(" 60s", ` ${60_000 / speed}ms`);

type Kind = {
  name: string;
  program: string;
  write: (port: number, behind: number) => string;
  run: (file: string) => string[];
};
const nginxAround = (inside: string) => `
${process.getuid?.() === 0 ? "user root;" : ""}
daemon off; worker_processes 1; pid ${at("nginx")}-${newId()}.pid; error_log stderr warn;
events { worker_connections 512; }
http { access_log off;
${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((one) => `${one}_temp_path ${at(one)};`).join("\n")}
${inside} }`;
const kinds: Kind[] = [
  {
    name: "nginx",
    program: "nginx",
    write: (port, behind) => nginxAround(example("nginx", port, behind)),
    run: (file) => ["nginx", "-p", folder, "-e", "stderr", "-c", file],
  },
  {
    name: "caddy",
    program: "caddy",
    write: (port, behind) => `{
  admin off
  auto_https disable_redirects
  storage file_system ${at("caddy")}
}
${example("caddy", port, behind).replace(
  `${name} {`,
  `https://${name}:${port} {\n    bind 127.0.0.1\n    tls ${at("fullchain.pem")} ${at("privkey.pem")}`,
)}`,
    run: (file) => ["caddy", "run", "--adapter", "caddyfile", "--config", file],
  },
  {
    name: "haproxy",
    program: "haproxy",
    write: (port, behind) => example("haproxy", port, behind),
    run: (file) => ["haproxy", "-db", "-f", file],
  },
];

/** A proxy that runs, and how a browser reaches it. */
class Front {
  readonly kind: Kind;
  readonly port: number;
  #child: ChildProcess | undefined;
  said = "";

  constructor(kind: Kind, port: number) {
    this.kind = kind;
    this.port = port;
  }
  get host(): string {
    return `${name}:${this.port}`;
  }
  get origin(): string {
    return `https://${this.host}`;
  }

  async start(behind: number, change = (text: string) => text): Promise<void> {
    const file = at(`${this.kind.name}-${this.port}.conf`);
    writeFileSync(file, change(this.kind.write(this.port, behind)));
    const [program = "", ...args] = this.kind.run(file);
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text) => {
        this.said += text;
      });
    const limit = Date.now() + 20_000 * slowness;
    while ((await this.get("/healthz").catch(() => ({ status: 0 }))).status !== 200) {
      assert.ok(child.exitCode === null, `${this.kind.name} ended: ${this.said}`);
      assert.ok(Date.now() < limit, `${this.kind.name} does not answer: ${this.said}`);
      await sleep(50);
    }
  }
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
    await once(child, "exit");
    clearTimeout(timer);
  }

  /** from: the address of the loopback that the browser calls from. */
  ask(
    path: string,
    headers: Record<string, string>,
    body?: Buffer,
    from?: string,
  ): Promise<Answer> {
    return new Promise((done, fail) => {
      const length = body ? { "content-length": String(body.length) } : {};
      const sent = httpsRequest({
        ...{
          host: "127.0.0.1",
          port: this.port,
          servername: name,
          ca: readFileSync(at("fullchain.pem")),
        },
        ...{ path, method: body ? "POST" : "GET", agent: false },
        ...(from ? { localAddress: from } : {}),
        headers: { host: this.host, ...headers, ...length },
      });
      sent.on("error", fail);
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
  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, headers);
  }
  post(
    path: string,
    cookie: string,
    body: Buffer,
    more: Record<string, string> = {},
    from?: string,
  ) {
    const own = { origin: this.origin, "x-palabre-csrf": "1", "content-type": "application/json" };
    return this.ask(path, { ...own, ...(cookie ? { cookie } : {}), ...more }, body, from);
  }
  rpc(cookie: string, body: Data, more: Record<string, string> = {}, from?: string) {
    return this.post("/rpc", cookie, Buffer.from(JSON.stringify(body)), more, from);
  }
  socket(cookie: string): Promise<Socket> {
    const tls = { ca: readFileSync(at("fullchain.pem"), "utf8"), servername: name };
    return Socket.openAt(this.port, { cookie, host: this.host, origin: this.origin }, tls);
  }

  /** Somebody new, who signs in here. */
  async join(server: Server, called: string): Promise<Person> {
    const invited = { id: newId(), command: newId(), name: called, class: "members" };
    const { link } = await server.operator("member.invite", invited);
    const params = { token: tokenOf(link), language: "fr", command: newId() };
    const answer = await this.rpc("", request("session.join", params));
    const session = readAnswer(answer);
    const person = new Person(server);
    person.cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
    person.id = session.member;
    person.org = session.org;
    person.vkey = session.vkey;
    const set = String(answer.headers["set-cookie"]);
    assert.match(set, /^__Host-palabre_session=[\w-]{43};.*Secure/);
    return person;
  }
}

const missing = [...kinds.map((kind) => kind.program), "openssl"].filter((one) => !has(one));
const skip = missing.length > 0 ? `not installed: ${missing.join(", ")}` : false;
const skipIdle = skip || (existsSync(preload) ? false : "not installed: libfaketime");

async function serve(fronts: Front[], wrap: string[] = []): Promise<Server> {
  const origins = fronts.map((front) => front.origin);
  const more = ["--trusted-proxy", "127.0.0.1"];
  const server = new Server(await initFolder(), { origins, wrap, more });
  after(() => endServer(server));
  return server.start();
}
async function newFronts(): Promise<Front[]> {
  const fronts = [];
  for (const kind of kinds) fronts.push(new Front(kind, await freePort()));
  for (const front of fronts) after(() => front.stop());
  return fronts;
}
if (!skip)
  execFileSync(
    "sh",
    [
      "-c",
      `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${name} \
      -addext subjectAltName=DNS:${name} -keyout privkey.pem -out fullchain.pem 2>/dev/null &&
     cat fullchain.pem privkey.pem >both.pem`,
    ],
    { cwd: folder },
  );

/* ---- an idle socket, in fast motion, beside the others ---- */

type Idle = { front: Front; socket: Socket; pings: number };
const idle: Idle[] = [];
const idleSince = { ms: 0 };
if (!skipIdle) {
  const fronts = await newFronts();
  const asan = `${process.env.ASAN_OPTIONS ?? ""}:verify_asan_link_order=0`;
  const clock = [`FAKETIME=+0 x${speed}`, `LD_PRELOAD=${preload}`, `ASAN_OPTIONS=${asan}`];
  const hasty = await serve(fronts, ["env", ...clock]);
  for (const front of fronts) {
    await front.start(hasty.port, hasten);
    const person = await front.join(hasty, front.kind.name);
    const one = { front, socket: await front.socket(person.cookie), pings: 0 };
    one.socket.raw.on("ping", () => {
      one.pings++;
    });
    idle.push(one);
  }
  idleSince.ms = performance.now();
}

/* ---- the rest at its own pace ---- */

const fronts = skip ? [] : await newFronts();
const server = skip ? undefined : await serve(fronts);
/** These call the program itself, as its first origin. */
const hall = server && (await newHall(server, 0));

for (const kind of kinds) {
  test(`${kind.name}: sign in, a socket, 100 votes, a poll that is held, a file of 10 MiB`, {
    skip,
  }, async () => {
    assert.ok(server && hall);
    const front = fronts.find((one) => one.kind === kind) as Front;
    await front.start(server.port);
    const person = await front.join(server, `Membre ${kind.name}`);
    const page = await front.get("/");
    assert.equal(page.headers["strict-transport-security"], "max-age=31536000");
    const socket = await front.socket(person.cookie);
    const topic = await socket.watch("proposals");
    const { id } = await newProposal(hall.admin, `Derrière ${kind.name}`);
    await socket.until(
      "the new proposal",
      () => topic.one("proposal_card", id) ?? topic.one("proposal", id),
    );

    const pollEnds = await holdPoll(front, person, hall.admin);
    const poll = await openPoll(hall.facilitator, [id], { kind: "straw" });
    const device = new Device();
    person.device = device;
    await socket.call("device.enrol", device.enrolment(person.org, person.id));
    for (let counter = 1; counter <= 100; counter++) {
      const { params, tbs } = person.sign(poll, { choice: yes, counter });
      const answer = await socket.call("ballot.cast", params);
      assert.equal(readReceipt(answer.receipt, person.vkey, tbs).index, answer.seq);
    }

    const bytes = pngOf(10 << 20, 7 + kinds.indexOf(kind));
    const type = { "content-type": "application/octet-stream" };
    const sent = await front.post("/files", person.cookie, bytes, type);
    assert.equal(sent.status, 200, sent.text);
    assert.equal(JSON.parse(sent.text).sha256, sha256(bytes));
    const on = { kind: "proposal", id: (await submit(socket)).id };
    const hash = sha256(bytes);
    await socket.call("file.attach", {
      id: newId(),
      command: newId(),
      on,
      sha256: hash,
      name: "x.png",
    });
    const back = await front.get(`/files/${hash}/x.png`, { cookie: person.cookie });
    assert.equal(sha256(back.body), hash);
    await pollEnds();
    socket.close();
  });
}

const heldMs = 2100;
/** A poll of the page of a proposal that nobody touches: held until there is a comment. */
async function holdPoll(front: Front, person: Person, commenter: Person) {
  const { id } = await newProposal(commenter, `Calme derrière ${front.kind.name}`);
  const page = `proposal/${id}`;
  const ask = async (query: string): Promise<Data> => {
    const own = { cookie: person.cookie, "x-palabre-csrf": "1" };
    const answer = await front.get(`/feed?${query}`, own);
    assert.equal(answer.status, 200, answer.text);
    return JSON.parse(answer.text);
  };
  const { epoch, topics } = await ask(`topics=${page}`);
  const [first] = topics as Data[];
  assert.deepEqual([first.topic, first.full, first.more], [page, true, false]);
  const began = performance.now();
  let answered = 0;
  const next = ask(`epoch=${epoch}&topics=${page}:${first.seq}`).finally(() => {
    answered = performance.now();
  });
  return async () => {
    const rest = began + heldMs - performance.now();
    if (rest > 0) await sleep(rest);
    assert.equal(answered, 0, `answered after ${answered - began} ms, with nothing to tell`);
    const text = `Par ${front.kind.name}`;
    const on = { kind: "proposal", id };
    const elapsed = stopwatch(commenter.server);
    const [answer] = await Promise.all([
      next,
      commenter.create("comment.post", { language: "fr", on, text }),
    ]);
    const ms = elapsed();
    assert.ok(ms < 1000 * slowness, `${ms} ms after the change`);
    const { docs } = answer.topics[0];
    const comments = docs.filter((doc: Data) => doc.kind === "comment");
    assert.deepEqual(
      comments.map((doc: Data) => doc.text),
      [text],
    );
  };
}
async function submit(socket: Socket): Promise<Data> {
  const idea = { language: "fr", title: "À moi", need: "Un besoin", text: "", themes: [] };
  return socket.call("proposal.submit", { ...idea, id: newId(), command: newId() });
}

for (const kind of kinds) {
  test(`${kind.name}: no upgrade but WebSocket passes`, { skip }, async () => {
    const front = fronts.find((one) => one.kind === kind) as Front;
    for (const path of ["/ws", "/healthz", "/rpc"])
      for (const upgrade of ["h2c", "TLS/1.2", "websocket, h2c", "websockets"]) {
        // An answer 101 would fail here: nobody waits for the event `upgrade`.
        const key = {
          "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
          "sec-websocket-version": "13",
        };
        const { status } = await front.get(path, { connection: "upgrade", upgrade, ...key });
        if (kind.name === "haproxy") assert.equal(status, 403, `${path} ${upgrade}`);
        else assert.ok(status === 200 || status >= 400, `${path} ${upgrade}: ${status}`);
      }
  });
}

for (const kind of kinds) {
  test(`${kind.name}: the real address counts, and only the proxy is believed`, {
    skip,
  }, async () => {
    assert.ok(server);
    const front = fronts.find((one) => one.kind === kind) as Front;
    const base = 10 * (kinds.indexOf(kind) + 1);
    const batch = Array.from({ length: 400 }, () => ({
      jsonrpc: "2.0",
      id: 1,
      method: "session.get",
    }));
    const passed = (answer: Answer) =>
      (JSON.parse(answer.text) as Data[]).filter((one) => one.error.data.reason === "session.none")
        .length;
    const [one, other] = [`127.0.0.${base + 1}`, `127.0.0.${base + 2}`];
    const spoof = { "x-forwarded-for": `198.51.100.${base}` };
    let back = refilled(3000);
    assert.equal(passed(await front.rpc("", batch, {}, one)), 400);
    const rest = passed(await front.rpc("", batch, spoof, one));
    const most = Math.min(400, 200 + back());
    assert.ok(rest >= 200 && rest <= most, `${rest}: a header of one's own changes nothing`);
    assert.equal(
      passed(await front.rpc("", batch, {}, other)),
      400,
      "another address is another bucket",
    );
    assert.equal(
      passed(await front.rpc("", batch.slice(0, 300), spoof, `127.0.0.${base + 3}`)),
      300,
    );
    // Whoever calls the program past the proxy is not believed.
    const direct = (address: string) =>
      httpRequest({
        ...{ port: server.port, path: "/rpc", json: batch, localAddress: `127.0.0.${base + 4}` },
        headers: {
          host: front.host,
          origin: front.origin,
          "x-palabre-csrf": "1",
          "x-forwarded-for": address,
        },
      });
    back = refilled(3000);
    assert.equal(passed(await direct("203.0.113.1")), 400);
    assert.ok(passed(await direct("203.0.113.2")) <= 200 + back());
  });
}

test("palabre stops and starts behind the proxies: sockets are told, the proxy answers for it, all come back", {
  skip,
}, async () => {
  assert.ok(server);
  const people = [];
  for (const front of fronts)
    people.push({ front, person: await front.join(server, `Retour ${front.kind.name}`) });
  const sockets = await Promise.all(people.map(({ front, person }) => front.socket(person.cookie)));
  await server.stop();
  for (const socket of sockets) assert.ok([1006, 1012].includes(await socket.end()), "closed");
  for (const { front } of people) {
    const { status } = await front.get("/healthz");
    assert.ok(status >= 502 && status <= 504, `${front.kind.name}: ${status}`);
  }
  await server.start();
  for (const { front, person } of people) {
    const socket = await front.socket(person.cookie);
    assert.equal((await socket.call("session.get")).member, person.id);
    socket.close();
  }
});

test(`an idle socket is held open by pings for ${idleMinutes} minutes behind each proxy`, {
  skip: skipIdle,
}, async () => {
  const wait = (idleMinutes * 60_000) / speed - (performance.now() - idleSince.ms);
  if (wait > 0) await sleep(wait);
  for (const { front, socket, pings } of idle) {
    assert.equal(socket.closed, undefined, `${front.kind.name}: closed ${socket.closed?.code}`);
    assert.ok(pings >= idleMinutes, `${front.kind.name}: ${pings} pings`);
    assert.ok(await socket.call("session.ping"));
    socket.close();
  }
});
