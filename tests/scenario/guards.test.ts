// Each guard around the network library has a test of its name: what it must not let through.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, newHall, newPerson, type Person, request } from "../harness/people.ts";
import { endServer, initFolder, Server, serveNew, webFolder, root } from "../harness/program.ts";
import { ask, frame, framesOf, openSocket, Raw, upgradeLines } from "../harness/raw.ts";
import { Socket } from "../harness/socket.ts";
import { type Data, hangUp, httpRequest } from "../harness/wire.ts";

const server = await serveNew();
const { members } = await newHall(server, 1);
const [member] = members as [Person];
const host = `Host: 127.0.0.1:${server.port}`;
const origin = `Origin: ${server.origin}`;
const cookie = `Cookie: ${member.cookie}`;
const upgrade = upgradeLines(server, member.cookie);
const instead = (name: string, line?: string) =>
  upgrade.flatMap((one) => (one.startsWith(`${name}:`) ? (line ? [line] : []) : [one]));
const to = (lines: string[], body?: string) => ask(server.port, lines, body);
const post = ["POST /rpc HTTP/1.1", host, origin, cookie, "X-Palabre-CSRF: 1"];

test("the handshake that the others vary is good", async () => {
  assert.equal(await to(upgrade), 101);
});

test("T-N7 guard other_upgrade: no HTTP/2, by upgrade or prior knowledge", async () => {
  const status = await to([
    "GET / HTTP/1.1",
    host,
    "Connection: Upgrade, HTTP2-Settings",
    "Upgrade: h2c",
    "HTTP2-Settings: AAMAAABkAAQAAP__",
  ]);
  assert.ok(status !== 101 && status < 500, String(status));
  const prior = await Raw.open(server.port);
  prior.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  await prior.end();
  assert.ok(!prior.received.subarray(0, 9).equals(Buffer.from("000000040000000000", "hex")));
});

test("T-N7 guard other_upgrade: nothing but websocket", async () => {
  for (const line of [
    "Upgrade: foo",
    "Upgrade: websocket, foo",
    "Upgrade: raw",
    "Upgrade: WebSocketX",
  ])
    assert.notEqual(await to(instead("Upgrade", line)), 101, line);
});

test("T-N7 guard raw_connection: CONNECT does not become a raw connection", async () => {
  for (const target of ["127.0.0.1:22", "/", `127.0.0.1:${server.port}`]) {
    const raw = await Raw.open(server.port);
    raw.write(`CONNECT ${target} HTTP/1.1\r\n${host}\r\n\r\n`);
    await raw.end();
    assert.doesNotMatch(raw.text, /^HTTP\/1\.\d 2/);
  }
});

test("T-N7 guard raw_connection: bytes that are no HTTP are cut", async () => {
  const raw = await Raw.open(server.port);
  raw.write(Buffer.from("160301020001000001fc0303", "hex"));
  await raw.end();
});

test("T-N7 guard length_required, guard transfer_encoding: 411 without a length, 400 when chunked", async () => {
  assert.equal(await to([...post, "Content-Type: application/json"]), 411);
  const chunked = [...post, "Transfer-Encoding: chunked"];
  assert.equal(await to(chunked, "2\r\n{}\r\n0\r\n\r\n"), 400);
  const both = [...chunked, "Content-Length: 12"];
  assert.equal(await to(both, "2\r\n{}\r\n0\r\n\r\n"), 400);
});

test("T-N7 guard body_too_big: a length over the limit is 413, a huge one before its body comes", async () => {
  assert.equal(await to([...post, "Content-Length: 99999999999"]), 413);
  assert.equal(await to([...post, "Content-Length: 70000"], " ".repeat(70_000)), 413);
});

test("T-N7 guard bad_length: a length that is no number is 400", async () => {
  for (const length of ["-1", "+5", "5, 5", "0x10", "1e3", "5 5", "99999999999999999999999"]) {
    const status = await to([...post, `Content-Length: ${length}`], "{}");
    assert.ok([0, 400, 413].includes(status), `${length}: ${status}`);
  }
  const twice = [...post, "Content-Length: 2", "Content-Length: 3"];
  assert.ok([0, 400, 413].includes(await to(twice, "{}x")));
});

test("guard foreign_origin: Origin must be one of ours, exactly", async () => {
  assert.notEqual(await to(instead("Origin", "Origin: http://evil.example")), 101);
  assert.notEqual(await to(instead("Origin", "Origin: null")), 101);
  assert.notEqual(await to(instead("Origin")), 101);
});

test("guard foreign_host: Host must be one of ours", async () => {
  for (const line of [
    "Host: evil.example",
    `Host: evil.example:${server.port}`,
    "Host: 127.0.0.1",
  ]) {
    assert.notEqual(await to(instead("Host", line)), 101, line);
    assert.ok((await to(["GET / HTTP/1.1", line])) >= 400, line);
  }
  assert.equal(await to(instead("Host", `Host: localhost:${server.port}`)), 101);
});

test("guard missing_subprotocol: the subprotocol is palabre.v1", async () => {
  assert.notEqual(await to(instead("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: chat")), 101);
  assert.notEqual(await to(instead("Sec-WebSocket-Protocol")), 101);
});

test("guard wrong_path: WebSockets live at /ws alone", async () => {
  assert.notEqual(await to(["GET / HTTP/1.1", ...upgrade.slice(1)]), 101);
  assert.notEqual(await to(["GET /rpc HTTP/1.1", ...upgrade.slice(1)]), 101);
});

test("guard early_frames: a frame before the answer to the upgrade is not carried out", async () => {
  const raw = await Raw.open(server.port);
  const ping = (id: string) =>
    frame(1, Buffer.from(JSON.stringify({ ...request("session.ping"), id })));
  raw.write(Buffer.concat([Buffer.from(`${upgrade.join("\r\n")}\r\n\r\n`), ping("early")]));
  assert.equal(await raw.status(), 101);
  raw.write(ping("late"));
  await raw.has('"late"');
  assert.doesNotMatch(raw.text, /"early"/);
  raw.close();
});

test("answers are whole frames, one each, never masked", async () => {
  const raw = await openSocket(server, member.cookie);
  const subscribe = request("feed.subscribe", { topics: { org: 0, proposals: 0, me: 0 } });
  raw.write(frame(1, Buffer.from(JSON.stringify(subscribe))));
  await eventually("the answer", async () => framesOf(raw).length > 0);
  for (const { first, payload } of framesOf(raw)) {
    assert.equal(first, 0x81, "a final text frame");
    assert.ok(payload.length < 65_536, "at most 64 KiB");
    JSON.parse(payload.toString("utf8"));
  }
  raw.close();
});

test("guard unknown_method: methods that do not exist", async () => {
  for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH"]) {
    const got = await to([`${method} /rpc HTTP/1.1`, host]);
    assert.ok(got === 0 || got >= 400, `${method}: ${got}`);
  }
  assert.equal(await to(["GET /nothing/here.js HTTP/1.1", host]), 404);
});

test("guard body_on_get: a GET brings no body and changes nothing", async () => {
  assert.ok((await to(["GET /rpc HTTP/1.1", host, origin, cookie])) >= 400);
  assert.equal(await to(["GET /healthz HTTP/1.1", host, "Content-Length: 2"], "{}"), 400);
});

test("security headers stand on every page", async (t) => {
  if (!existsSync(webFolder)) return t.skip(`the client is not built (${webFolder})`);
  for (const path of [
    "/",
    "/p",
    "/p/42",
    "/v/1",
    "/d/2026-003",
    "/t",
    "/m",
    "/me/devices",
    "/join",
  ]) {
    const { status, headers } = await httpRequest({ port: server.port, path });
    assert.equal(status, 200, path);
    const policy = String(headers["content-security-policy"]);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /unsafe|\*|data:/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
    assert.equal(headers["cross-origin-opener-policy"], "same-origin");
    assert.match(String(headers["cache-control"]), /no-cache/);
    assert.equal(headers["access-control-allow-origin"], undefined);
  }
});

test("assets come compressed, unchanging, with a strong tag", async (t) => {
  if (!existsSync(webFolder)) return t.skip(`the client is not built (${webFolder})`);
  const page = await httpRequest({ port: server.port, path: "/" });
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.text)?.[1];
  assert.ok(script, page.text);
  const ask = (headers: Record<string, string>) =>
    httpRequest({ port: server.port, path: script, headers });
  const plain = await ask({});
  assert.match(String(plain.headers["cache-control"]), /immutable/);
  assert.equal(plain.headers["x-content-type-options"], "nosniff");
  assert.equal(plain.headers["cross-origin-resource-policy"], "same-origin");
  // A part of a page carries no policy of its own; what may be a document or a worker does.
  assert.equal(plain.headers["content-security-policy"], undefined);
  const icon = /href="(\/assets\/[^"]+\.svg)"/.exec(page.text)?.[1];
  for (const path of [icon ?? "", "/sw.js", "/nothing/here.js"]) {
    const { headers } = await httpRequest({ port: server.port, path });
    assert.match(String(headers["content-security-policy"]), /default-src 'none'/, path);
  }
  for (const encoding of ["gzip", "br"]) {
    const answer = await ask({ "accept-encoding": encoding });
    assert.equal(answer.headers["content-encoding"], encoding);
    assert.ok(answer.body.length < plain.body.length);
  }
  const tag = String(plain.headers.etag);
  assert.match(tag, /^"[^"]+"$/);
  const again = await ask({ "if-none-match": tag });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
});

test("behind https the cookie is __Host- and Secure; only that origin enters", async () => {
  const origins = ["https://vote.example"];
  const secure = new Server(await initFolder(), { origins });
  after(() => endServer(secure));
  await secure.start();
  const { link } = await secure.operator("member.invite", {
    id: crypto.randomUUID(),
    command: crypto.randomUUID(),
    name: "Sofia",
    class: "members",
  });
  assert.match(link, /^https:\/\/vote\.example\/join#/);
  const params = {
    token: link.split("#")[1],
    language: "fr",
    command: crypto.randomUUID(),
  };
  const headers = { origin: "https://vote.example", host: "vote.example", "x-palabre-csrf": "1" };
  const asked = { port: secure.port, path: "/rpc", headers };
  const answer = await httpRequest({ ...asked, json: request("session.join", params) });
  const [set = ""] = answer.headers["set-cookie"] ?? [];
  assert.match(set, /^__Host-palabre_session=[\w-]{43};/);
  for (const word of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"])
    assert.ok(set.includes(word));
  const plain = { ...headers, origin: `http://127.0.0.1:${secure.port}` };
  const refused = await httpRequest({ ...asked, headers: plain, json: request("session.get") });
  assert.equal((JSON.parse(refused.text) as Data).error.data.reason, "origin.refused");
  const socket = await Socket.openAt(secure.port, {
    origin: "https://vote.example",
    host: "vote.example",
    cookie: set.split(";")[0] ?? "",
  });
  socket.close();
});

/** The program inside another, e.g. one that takes something away from it. */
const wrapped = async (...wrap: string[]) => new Server(await initFolder(), { wrap });

test("T-N4 guard connection_cap: past the cap 503 and when to come again, administration and the operator get in", async () => {
  const small = await wrapped("prlimit", "--nofile=200:200");
  after(() => endServer(small));
  await small.start();
  const admin = await newPerson(small, "Ada", ["admin"]);
  const other = await newPerson(small, "Bob");
  const many: Raw[] = [];
  // A member's socket held in the middle of its upgrade counts like any other. Nobody but they and who asks.
  hangUp();
  while (many.length < 136) many.push(await openSocket(small, other.cookie));
  await eventually("nobody else", async () => {
    const { sockets } = JSON.parse((await small.controlGet("/stats")).text) as Data;
    return sockets === many.length + 1;
  });
  const said = await small.get("/healthz").catch(() => undefined);
  assert.equal(said?.status, 503);
  assert.equal(said?.headers["retry-after"], "5");
  await assert.rejects(other.socket(), /HTTP 503/);
  const socket = await admin.socket();
  assert.ok(await socket.call("session.ping"));
  assert.equal((await small.get("/healthz", { cookie: admin.cookie })).status, 200);
  // A flood past the reserve too: cut at once, and the operator still gets in.
  const flood = await Promise.all(Array.from({ length: 300 }, () => Raw.open(small.port)));
  await eventually("most are cut", async () => flood.filter((one) => one.ended).length > 200);
  await small.operator("member.list");
  assert.ok(await socket.call("session.ping"));
  for (const one of [...many, ...flood]) one.close();
  await eventually("it serves all again", () => small.healthy());
  socket.close();
});

test("T-N4 guard crowded_address: one address has so many connections, and no more", async () => {
  const few = new Server(await initFolder(), {
    more: ["--connections-per-address", "20", "--trusted-proxy", "127.0.0.1"],
  });
  after(() => endServer(few));
  await few.start();
  const person = await newPerson(few, "Bob");
  const from = (address: string) => Socket.open(few, person.cookie, { "x-forwarded-for": address });
  const held = await Promise.all(Array.from({ length: 20 }, () => from("192.0.2.7")));
  await assert.rejects(from("192.0.2.7"), /HTTP 503/);
  const neighbour = await from("192.0.2.8");
  held[0]?.close();
  await eventually("room again", () =>
    from("192.0.2.7").then(
      (one) => held.push(one),
      () => false,
    ),
  );
  for (const one of [...held, neighbour]) one.close();
});

test("guard plug_in_missing: without its event loop it says which package is missing", async (t) => {
  const plug = "/usr/lib/x86_64-linux-gnu/libwebsockets-evlib_ev.so";
  const hide = `mount --bind /dev/null ${plug}`;
  if (spawnSync("unshare", ["-m", "sh", "-c", hide]).status !== 0)
    return t.skip("no mounts of one's own on this machine");
  const without = await wrapped("unshare", "-m", "sh", "-c", `${hide} && exec "$@"`, "sh");
  await assert.rejects(without.start(), /libwebsockets-evlib-ev/);
});

test("guard reply_backlog: who asks and does not read is not read from", async () => {
  const raw = await openSocket(server, member.cookie);
  raw.socket.pause();
  // The answer repeats the id: long ones fill whatever the kernel keeps for us.
  const id = "i".repeat(30_000);
  const ping = frame(1, Buffer.from(JSON.stringify({ ...request("session.ping"), id })));
  for (let n = 0; n < 150; n++) raw.write(ping);
  const sent = async () => JSON.parse((await server.controlGet("/stats")).text).sent_bytes;
  const before = await sent();
  let now = before;
  for (let last = -1; now - last > 10_000; now = await sent()) {
    last = now;
    await sleep(300);
  }
  assert.ok(now - before < 150 * 28_000, `${now - before} bytes to somebody who does not read`);
  raw.socket.resume();
  const limit = Date.now() + 20_000;
  while ((raw.text.match(/now_ms/g)?.length ?? 0) < 150) {
    assert.ok(Date.now() < limit && !raw.ended, "not everything was answered");
    await sleep(50);
  }
  raw.close();
});

test("every guard that the sources name has a test of its name", () => {
  const read = (folder: string, ending: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(ending))
      .map((name) => readFileSync(join(root, folder, name), "utf8"));
  const named = read("server/net", ".c").flatMap((text) => {
    const list = /Guards, each with a test of its name: ([\s\S]*?)\*\//.exec(text)?.[1] ?? "";
    return list.match(/\b[a-z]+(_[a-z]+)+\b/g) ?? [];
  });
  const tests = [...read("tests/scenario", ".ts"), ...read("tests/unit", ".c")].join("\n");
  const untested = named.filter((name) => !tests.includes(`guard ${name}`));
  assert.ok(named.length > 20, `${named.length} guards`);
  assert.deepEqual(untested, []);
});
