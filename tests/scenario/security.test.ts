// The list of attacks that docs/security.md answers to: each has its number in the name of its test.
//
// Elsewhere: T-S3 in browser/hostile, T-S4 in access, T-S8, T-S12 and T-N8 in limits, T-S11 in secrets.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { attach, fetchFile, pngOf } from "../harness/files.ts";
import {
  newHall,
  newId,
  newPerson,
  newProposal,
  type Person,
  post,
  request,
  tokenOf,
} from "../harness/people.ts";
import {
  endServer,
  initFolder,
  must,
  palabre,
  Server,
  scratch,
  serveNew,
  slowness,
  stopwatch,
} from "../harness/program.ts";
import { Raw } from "../harness/raw.ts";
import { Socket } from "../harness/socket.ts";
import { smallestParams } from "../harness/schema.ts";
import { type Answer, type Data, httpRequest, reasonOf, refused } from "../harness/wire.ts";

const rates = ["--command-rate", "0", "--sign-in-rate", "0", "--stranger-rate", "0"];
const server = await serveNew({ more: rates });
const { admin, members } = await newHall(server, 3);
const [mia] = members as [Person];
const errorOf = (answer: Answer): Data => JSON.parse(answer.text).error?.data ?? {};
const description: Data = JSON.parse((await server.get("/openrpc.json")).text);

/* ---- a session that ends while nobody looks: begun here, looked at by the last test ---- */

const preload = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
const skipClock = existsSync(preload) ? false : "not installed: libfaketime";
const clockFile = join(scratch(), "clock");
const late = { since: 0, closed: 0, code: 0 };
let slept: { server: Server; person: Person; socket: Socket } | undefined;
if (!skipClock) {
  writeFileSync(clockFile, "+0\n");
  const asan = `${process.env.ASAN_OPTIONS ?? ""}:verify_asan_link_order=0`;
  const clock = ["FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", "DONT_FAKE_MONOTONIC=1"];
  const settings = [`FAKETIME_TIMESTAMP_FILE=${clockFile}`, ...clock];
  const wrap = ["env", ...settings, `LD_PRELOAD=${preload}`, `ASAN_OPTIONS=${asan}`];
  const own = new Server(await initFolder(), { wrap });
  after(() => endServer(own));
  await own.start();
  const person = await newPerson(own, "Dora");
  slept = { server: own, person, socket: await person.socket() };
  assert.ok(await slept.socket.call("session.get"));
  writeFileSync(clockFile, "+400d\n");
  late.since = Date.now();
  slept.socket.raw.on("close", (code) => Object.assign(late, { code, closed: Date.now() }));
}

/* ---- who may call ---- */

/** Origins that look like ours and are not. */
function foreignOrigins(): string[] {
  const { port, host } = new URL(server.origin);
  const next = Number(port) + 1;
  const names = [
    "evil.example",
    "localhost.evil.example",
    `127.0.0.1.evil.example:${port}`,
    "127.0.0.1",
  ];
  const hosts = [
    ...names,
    `127.0.0.1:${next}`,
    `127.0.0.2:${port}`,
    `127.0.0.1:${port}0`,
    `[::1]:${port}`,
  ];
  const odd = [
    `evil.127.0.0.1:${port}`,
    `127.0.0.1:0${port}`,
    `0x7f.0.0.1:${port}`,
    `127.1:${port}`,
    `2130706433:${port}`,
  ];
  const near = [
    `localhost.:${port}`,
    `127.0.0.1.:${port}`,
    `127.0.0.1:${port}.evil.example`,
    `xlocalhost:${port}`,
  ];
  const all = [...hosts, ...odd, ...near];
  return [
    ...all.flatMap((one) => [`http://${one}`, `https://${one}`]),
    ...["null", "", "file://", "about:blank", "data:", "*", "http://", "http:", host, `//${host}`],
    ...[
      `https://${host}`,
      `ws://${host}`,
      `wss://${host}`,
      `ftp://${host}`,
      `HTTP://${host}`,
      `http:/${host}`,
    ],
    ...[
      `${server.origin}/`,
      `${server.origin}/ws`,
      `${server.origin}?`,
      `${server.origin}#`,
      `${server.origin}@evil.example`,
    ],
    ...[
      `http://user@${host}`,
      `${server.origin} http://evil.example`,
      `${server.origin}, http://evil.example`,
    ],
    ...[
      `http://evil.example ${server.origin}`,
      `${server.origin}%00`,
      `${server.origin}.`,
      `http://evil.example#${host}`,
    ],
  ];
}

test("T-S1 no page of another origin opens a socket or calls, with the cookie of somebody who is signed in", async () => {
  const origins = [...new Set(foreignOrigins())];
  assert.ok(origins.length >= 50, `${origins.length} origins`);
  for (const origin of origins) {
    const opened = Socket.openAt(server.port, { cookie: mia.cookie, origin });
    await assert.rejects(opened, /HTTP 403/, `upgrade from ${JSON.stringify(origin)}`);
    const called = await post(server, mia.cookie, request("session.get"), { origin });
    assert.equal(called.status, 403, origin);
    assert.equal(errorOf(called).reason, "origin.refused", origin);
  }
  const twice = await Raw.open(server.port);
  const lines = [
    `Host: 127.0.0.1:${server.port}`,
    `Cookie: ${mia.cookie}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
  ];
  const rest = [
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Protocol: palabre.v1",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
  const both = [`Origin: http://evil.example`, `Origin: ${server.origin}`];
  twice.write(`${["GET /ws HTTP/1.1", ...lines, ...rest, ...both].join("\r\n")}\r\n\r\n`);
  assert.notEqual(await twice.status(), 101, "two Origin lines");
  twice.close();
  (await mia.socket()).close();
});

test("T-S2, guard cross_site, guard not_json: nothing is changed by what a page elsewhere can send", async () => {
  const before = await server.checkpoint();
  const { port, origin } = server;
  const own = { host: new URL(origin).host, origin, cookie: mia.cookie };
  const ours = { ...own, "x-palabre-csrf": "1", "content-type": "application/json" };
  const without = (name: string, headers: Data) =>
    Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)) as Record<
      string,
      string
    >;
  const sites = ["cross-site", "same-site", "", "Same-Origin", "x".repeat(40)];
  const types = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "",
    "application/jsonp",
    "text/json",
  ];
  const writes = (description.methods as Data[]).filter((one) => one["x-write"]);
  assert.ok(writes.length >= 40, `${writes.length} methods that write`);
  for (const method of writes) {
    const body = JSON.stringify(request(method.name, smallestParams(method)));
    const send = (headers: Record<string, string>) =>
      httpRequest({ port, path: "/rpc", method: "POST", headers, body }, true);
    const said = async (headers: Record<string, string>) => errorOf(await send(headers)).reason;
    assert.equal(await said(without("x-palabre-csrf", ours)), "csrf.missing", method.name);
    assert.equal(await said({ ...ours, "x-palabre-csrf": "0" }), "csrf.missing", method.name);
    assert.equal(await said(without("origin", ours)), "origin.refused", method.name);
    const other = { ...ours, "sec-fetch-site": "cross-site" };
    assert.equal(await said(other), "origin.refused", method.name);
    assert.equal((await send({ ...ours, "content-type": "text/plain" })).status, 415, method.name);
    const query = `/rpc?${new URLSearchParams({ body })}`;
    const got = await httpRequest({ port, path: query, headers: own }, true);
    assert.equal(got.status, 405, method.name);
  }
  const one = JSON.stringify(
    request("proposal.submit", smallestParams(writes.find((m) => m.name === "proposal.submit"))),
  );
  for (const site of sites) {
    for (const path of ["/rpc", "/files"]) {
      const headers = { ...ours, "sec-fetch-site": site };
      const answer = await httpRequest({ port, path, method: "POST", headers, body: one });
      assert.equal(answer.status, 403, `${path} ${site}`);
    }
  }
  for (const type of types) {
    const answer = await httpRequest({
      port,
      path: "/rpc",
      method: "POST",
      headers: { ...ours, "content-type": type },
      body: one,
    });
    assert.equal(answer.status, 415, type);
  }
  for (const missing of ["x-palabre-csrf", "origin", "cookie"]) {
    const answer = await httpRequest({
      port,
      path: "/files",
      method: "POST",
      headers: without(missing, ours),
      body: one,
    });
    assert.ok([401, 403].includes(answer.status), `/files without ${missing}: ${answer.status}`);
  }
  assert.equal((await httpRequest({ port, path: "/files", headers: own })).status, 405);
  assert.equal(await server.checkpoint(), before, "nothing was written");
  for (const site of ["same-origin", "none"])
    assert.ok(
      JSON.parse(
        (await post(server, mia.cookie, request("session.get"), { "sec-fetch-site": site })).text,
      ).result,
    );
  const charset = { "content-type": "application/json; charset=utf-8" };
  assert.ok(
    JSON.parse((await post(server, mia.cookie, request("session.get"), charset)).text).result,
  );
});

/* ---- sessions ---- */

async function linkFor(person: Person): Promise<string> {
  return tokenOf((await server.operator("member.link", { id: person.id, command: newId() })).link);
}
const joinWith = async (cookie: string, token: string) => {
  const params = { token, language: "fr", command: newId() };
  const answer = await post(server, cookie, request("session.join", params));
  return String(answer.headers["set-cookie"]).split(";")[0] ?? "";
};
const whoIs = async (cookie: string) =>
  JSON.parse((await post(server, cookie, request("session.get"))).text).result?.member ?? "";

test("T-S5 a cookie planted before signing in opens nothing, before or after", async () => {
  const eva = await newPerson(server, "Eva");
  const planted = `palabre_session=${randomBytes(32).toString("base64url")}`;
  const fresh = await joinWith(planted, await linkFor(eva));
  assert.notEqual(fresh, planted);
  assert.equal(await whoIs(fresh), eva.id);
  assert.equal(await whoIs(planted), "");
  // With the attacker's own session planted: theirs stays theirs, the newcomer gets another.
  const attacker = await newPerson(server, "Mal");
  const second = await joinWith(attacker.cookie, await linkFor(eva));
  assert.notEqual(second, attacker.cookie);
  assert.equal(await whoIs(attacker.cookie), attacker.id);
  assert.equal(await whoIs(second), eva.id);
  const both = `${planted}; ${second}`;
  assert.equal(await whoIs(both), "", "the first of two counts, and is nobody's");
});

/** How long after an act this socket closes, and with what. */
async function closesWithin(socket: Socket, act: () => Promise<unknown>): Promise<void> {
  await act();
  const elapsed = stopwatch(server);
  assert.equal(await socket.end(), 4401);
  const ms = elapsed();
  assert.ok(ms <= 1000, `${ms} ms`);
}

test("T-S5 after leaving and after removal the old cookie is worth nothing, and open sockets close within a second", async () => {
  const leo = await newPerson(server, "Léo");
  const left = leo.cookie;
  await closesWithin(await leo.socket(), () => leo.act("session.leave"));
  assert.equal(errorOf(await post(server, left, request("session.get"))).reason, "session.none");
  await assert.rejects(
    Socket.open(server, left).then((socket) =>
      socket.end().then((code) => Promise.reject(new Error(String(code)))),
    ),
    /4401/,
  );

  const noa = await newPerson(server, "Noa");
  const first = noa.cookie;
  await noa.enterAgain();
  const sockets = [await Socket.open(server, first), await noa.socket()];
  await closesWithin(sockets[0] as Socket, () =>
    admin.act("member.update", { id: noa.id, status: "left" }),
  );
  assert.equal(await sockets[1]?.end(), 4401);
  for (const cookie of [first, noa.cookie])
    assert.match(errorOf(await post(server, cookie, request("session.get"))).reason, /^session\./);
});

test("T-S5 a role that is taken away is gone from open sockets within a second", async () => {
  const fay = await newPerson(server, "Fay", ["facilitator"]);
  const socket = await fay.socket();
  await socket.watch("moderation");
  await admin.act("member.update", { id: fay.id, roles: [] });
  const elapsed = stopwatch(server);
  await socket.until("feed.closed", () =>
    socket.notifications.some((one) => one.method === "feed.closed"),
  );
  assert.ok(elapsed() <= 1000, `${elapsed()} ms`);
  await refused(socket.call("report.list"), "right.missing");
  socket.close();
});

/* ---- guessing who is a member ---- */

test("T-S7 who has no session can ask for nothing by name or address: only by a secret", () => {
  const open = (description.methods as Data[]).filter((one) => one["x-who"].includes("anyone"));
  assert.deepEqual(open.map((one) => one.name).toSorted(), [
    "rpc.discover",
    "session.join",
    "session.look",
    "session.screen",
  ]);
  for (const method of open.filter((one) => one.name !== "rpc.discover")) {
    const needed = method.params.filter((one: Data) => one.required).map((one: Data) => one.name);
    const secret = method.name === "session.screen" ? "code" : "token";
    assert.ok(needed.includes(secret), method.name);
    assert.ok(!method.params.some((one: Data) => /mail|member|phone/.test(one.name)), method.name);
  }
});

/** The share of pairs in which a sample of `a` is the smaller: 0.5 when nothing tells them apart. */
function rank(a: number[], b: number[]): number {
  const all = [
    ...a.map((value) => ({ value, a: true })),
    ...b.map((value) => ({ value, a: false })),
  ];
  all.sort((x, y) => x.value - y.value);
  const sum = all.reduce((total, one, index) => total + (one.a ? index + 1 : 0), 0);
  return 1 - (sum - (a.length * (a.length + 1)) / 2) / (a.length * b.length);
}
const median = (list: number[]) => list.toSorted((x, y) => x - y)[list.length >> 1] ?? 0;

test("T-S7 a guess is answered the same, and as fast, however near it comes", async () => {
  const samples = Number(process.env.PALABRE_TIMING_SAMPLES ?? 250);
  const eva = await newPerson(server, "Iris");
  const real = Buffer.from(await linkFor(eva), "base64url");
  const near = Buffer.from(real);
  near[15] = (near[15] ?? 0) ^ 1;
  const cookie = Buffer.from(mia.cookie.split("=")[1] ?? "", "base64url");
  const nearCookie = Buffer.from(cookie);
  nearCookie[31] = (nearCookie[31] ?? 0) ^ 1;
  const look = (token: Buffer) => ({
    ...request("session.look", { token: token.toString("base64url") }),
    id: 1,
  });
  const named = (token: Buffer) => `palabre_session=${token.toString("base64url")}`;
  const get = { ...request("session.get"), id: 1 };
  const pairs: [string, () => Promise<Answer>, () => Promise<Answer>][] = [
    ["a link", () => post(server, "", look(near)), () => post(server, "", look(randomBytes(16)))],
    [
      "a session",
      () => post(server, named(nearCookie), get),
      () => post(server, named(randomBytes(32)), get),
    ],
  ];
  for (const [what, one, other] of pairs) {
    // A secret that shows would show in every round; a busy machine troubles one or another.
    const rounds: string[] = [];
    let alike = false;
    for (let round = 0; round < 4 && !alike; round++) {
      const times: [number[], number[]] = [[], []];
      const said = new Set<string>();
      for (const bit of randomBytes(samples * 2)) {
        const which = bit & 1;
        const began = performance.now();
        const answer = await (which ? one() : other());
        times[which]?.push(performance.now() - began);
        said.add(`${answer.status} ${answer.text} ${Object.keys(answer.headers).toSorted()}`);
      }
      assert.equal(said.size, 1, `${what}: ${[...said].join("\n")}`);
      const apart = Math.abs(median(times[0]) - median(times[1]));
      const order = rank(times[0], times[1]);
      const most = Math.max(1, median(times.flat()) / 4); // 1 ms, unless the machine is busy
      rounds.push(`medians ${apart.toFixed(3)} ms apart, rank ${order.toFixed(3)}`);
      alike = apart < most && Math.abs(order - 0.5) < 0.1;
    }
    assert.ok(alike, `${what}: ${rounds.join("; ")}`);
  }
});

/* ---- paths, names, tables, links ---- */

test("T-S10 paths lead nowhere but to the client's files; names of files attached are names", async () => {
  const parts = [
    "..",
    "%2e%2e",
    "..%2f",
    "%2e%2e%2f",
    "..\\",
    "%5c..",
    ".%00.",
    "....//",
    "%c0%ae%c0%ae",
    "%252e%252e",
  ];
  const roots = ["/", "/assets/", "/files/", "/files/../", "/log/", `/files/${"a".repeat(64)}/`];
  const paths = roots.flatMap((start) =>
    parts.flatMap((part) =>
      ["/etc/passwd", "/data.mdb", "/ledger.key"].map(
        (end) => start + `${part}/`.repeat(6) + part + end,
      ),
    ),
  );
  assert.ok(paths.length >= 150);
  for (const path of paths) {
    const raw = await Raw.open(server.port);
    raw.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${mia.cookie}\r\nConnection: close\r\n\r\n`,
    );
    const status = await raw.status();
    assert.ok([0, 400, 401, 403, 404].includes(status), `${path}: ${status}`);
    assert.doesNotMatch(raw.text, /root:|PALABRE|ledger/, path);
    raw.close();
  }
  const on = { kind: "proposal", id: (await newProposal(mia)).id };
  const names = [
    "../../x.png",
    "..",
    ".",
    "a/b.png",
    "a\\b.png",
    "C:\\x.png",
    "x\r\nSet-Cookie: a=b.png",
    "x\u0000.png",
    "/etc/passwd",
    "",
  ];
  for (const [at, name] of names.entries()) {
    const reason = await reasonOf(attach(mia, on, name, pngOf(800 + at)));
    assert.match(reason, /^(file\.bad_name|input\.)/, JSON.stringify(name));
  }
  const odd = `a;x=y; é'%0d%0a.png`;
  const { sha256: hash } = await attach(mia, on, odd, pngOf(900));
  const { headers } = await fetchFile(mia, hash, odd);
  assert.match(String(headers["content-disposition"]), /^attachment; filename\*=UTF-8''[\w%.-]+$/);
});

test("T-S10 the table of links that the program prints holds no formula", async () => {
  const file = join(scratch(), "list.csv");
  for (const [at, name] of ["=1+1", "+32", "-1", "@x", "\t=1"].entries()) {
    writeFileSync(file, `name,email\n"${name}",f${at}@example.org\n`);
    const run = await palabre("invite", server.folder, "--csv", file);
    for (const line of run.out.split("\n").slice(1).filter(Boolean))
      assert.doesNotMatch(line, /^"?[=+\-@\t\r]/, `${name}: ${run.out}`);
    assert.ok(run.code !== 0 || run.out.split("\n").length > 2, `${name}: nothing was said`);
  }
});

test("T-S13 links are built from the configured origin alone; a forged Host is refused", async () => {
  const forged = [
    "evil.example",
    `evil.example:${server.port}`,
    `127.0.0.1:${server.port}@evil.example`,
    `127.0.0.1:${server.port}.evil.example`,
  ];
  for (const host of forged) {
    const answer = await post(server, mia.cookie, request("session.get"), { host });
    assert.equal(answer.status, 421, host);
  }
  const params = { id: mia.id, command: newId() };
  const headers = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "host=evil.example",
  };
  const { link } = JSON.parse(
    (await post(server, admin.cookie, request("member.link", params), headers)).text,
  ).result;
  assert.ok(link.startsWith(`${server.origin}/join#`), link);
  const control = await httpRequest({
    socketPath: join(server.folder, "control"),
    path: "/rpc",
    headers: { host: "evil.example" },
    json: request("member.link", { id: mia.id, command: newId() }),
  });
  assert.ok(
    JSON.parse(control.text).result.link.startsWith(`${server.origin}/join#`),
    control.text,
  );
  const printed = await must("invite", server.folder, "--role", "member", "--name", "Nina");
  assert.ok(printed.startsWith(`${server.origin}/join#`), printed);
});

test("T-S13 no line break gets into a name or an address", async () => {
  const invite = (more: Data) =>
    reasonOf(admin.act("member.invite", { id: newId(), class: "members", name: "Nom", ...more }));
  for (const text of ["a\r\nBcc: x@y.z", "a\nb", "a\rb", "a\u0085b", "a\u2028b"]) {
    assert.equal(await invite({ name: text }), "input.bad_value", JSON.stringify(text));
    const email = `x@y.z${text.slice(1)}`;
    assert.match(await invite({ email }), /^input\./, JSON.stringify(email));
    assert.equal(
      await reasonOf(mia.act("member.update", { id: mia.id, name: text })),
      "input.bad_value",
    );
  }
});

/* ---- and now the session that was begun first ---- */

test("T-S6 a session that is over: 4401 on the open socket within 60 s, 401 over HTTP, and no way back by the clock", {
  skip: skipClock,
}, async () => {
  assert.ok(slept);
  const { person, server: own } = slept;
  const ended = await post(own, person.cookie, request("session.get"));
  assert.deepEqual([ended.status, errorOf(ended).reason], [401, "session.expired"]);
  const limit = late.since + 60_000 * slowness;
  while (late.code === 0) {
    assert.ok(Date.now() < limit, "the socket stays open");
    await new Promise((next) => setTimeout(next, 50));
  }
  assert.equal(late.code, 4401);
  assert.ok(late.closed - late.since <= 60_000, `${late.closed - late.since} ms`);
  const again = Socket.open(own, person.cookie).then((socket) => socket.end());
  assert.match(String(await again.catch((error: Error) => error.message)), /4401/);
});
