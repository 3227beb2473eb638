// What goes wrong around the program: peers that leave, floods, and batches cut in the middle.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, newHall, newId, type Person } from "../harness/people.ts";
import { request } from "../harness/people.ts";
import { check, endServer, initFolder, Server, serveNew, slowness } from "../harness/program.ts";
import { frame, openSocket, type Raw, upgradeLines } from "../harness/raw.ts";
import type { Data } from "../harness/wire.ts";

const server = await serveNew({ more: ["--connections-per-address", "0"] });
const { members } = await newHall(server, 1);
const [member] = members as [Person];
const stats = async (): Promise<Data> => JSON.parse((await server.controlGet("/stats")).text);
const reasonOf = (answer: Data) => answer.error?.data?.reason ?? "";

const invitation = (name: string) => ({
  id: newId(),
  command: newId(),
  name,
  class: "members",
});
const link = (id: string) => ({ id, command: newId() });

test("a batch of writes is one group of commits, its answers in order", async () => {
  const before = await stats();
  const people = Array.from({ length: 300 }, (_, at) => invitation(`Invité ${at}`));
  const batch = people.map((params, id) => ({
    ...request("member.invite", params),
    id,
  }));
  const answers: Data[] = JSON.parse((await server.operatorRaw(batch)).text);
  assert.deepEqual(
    answers.map((answer) => answer.id),
    batch.map((one) => one.id),
  );
  const seqs = answers.map((answer) => Number(answer.result.seq));
  assert.deepEqual(
    seqs,
    seqs.toSorted((a, b) => a - b),
  );
  const now = await stats();
  assert.equal(now.commands - before.commands, 300);
  assert.ok(now.commits - before.commits <= 5, `${now.commits - before.commits} commits`);
});

test("a batch is not atomic: what is refused leaves the others alone, reads see what stands before", async () => {
  const first = invitation("Première");
  const again = { ...first, name: "Une autre", command: newId() };
  const batch = [
    request("member.invite", first),
    request("member.get", { id: first.id }),
    request("member.invite", again),
    request("member.update", { ...link(first.id), name: "Renommée" }),
    request("no.such", {}),
    { jsonrpc: "2.0", method: "member.update", params: { ...link(first.id), language: "nl" } },
    request("member.invite", { ...invitation("Sans"), class: 5 }),
    request("member.get", { id: first.id }),
    request("member.link", link(first.id)),
  ];
  const answers: Data[] = JSON.parse((await server.operatorRaw(batch)).text);
  assert.deepEqual(
    answers.map((answer) => answer.id),
    batch.flatMap((one) => ("id" in one ? [one.id] : [])),
  );
  const [made, read, twice, renamed, unknown, shape, readAgain, linked] = answers as Data[];
  assert.ok(made.result.link);
  assert.equal(read.result.doc.name, "Première");
  assert.equal(reasonOf(twice), "conflict");
  assert.ok(renamed.result.seq > made.result.seq);
  assert.equal(reasonOf(unknown), "method.unknown");
  assert.equal(reasonOf(shape), "input.bad_value");
  assert.equal(readAgain.result.doc.name, "Renommée");
  assert.equal(readAgain.result.doc.language, "nl");
  assert.ok(linked.result.link);
});

test("who leaves in the middle of a batch has written a beginning of it, and nothing twice", async () => {
  const people = Array.from({ length: 400 }, (_, at) => invitation(`Parti ${at}`));
  const body = JSON.stringify(people.map((params) => request("member.invite", params)));
  const socket = connect({ path: join(server.folder, "control") });
  await once(socket, "connect");
  const head = [
    "POST /rpc HTTP/1.1",
    "Host: control",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  await sleep(20);
  socket.destroy();
  await sleep(300 * slowness);
  const batch = people.map((params) => request("member.invite", params));
  const answers: Data[] = JSON.parse((await server.operatorRaw(batch)).text);
  assert.ok(answers.every((answer) => answer.result?.link));
  assert.equal(new Set(answers.map((answer) => answer.result.seq)).size, people.length);
});

test("2,000 connections at once are served and leave nothing behind", async () => {
  const all: Raw[] = [];
  for (let at = 0; at < 2000; at += 50)
    all.push(
      ...(await Promise.all(Array.from({ length: 50 }, () => openSocket(server, member.cookie)))),
    );
  assert.equal((await stats()).connections, 2000);
  const ping = frame(1, Buffer.from(JSON.stringify({ ...request("session.ping"), id: 1 })));
  for (const raw of all) raw.write(ping);
  await eventually("2,000 answers", async () => all.every((raw) => raw.text.includes("now_ms")));
  for (const raw of all) raw.close();
  await eventually("all gone", async () => (await stats()).connections === 0);
});

test("a flood of pings from one who does not read costs the others nothing", async () => {
  const socket = connect({ port: server.port, host: "127.0.0.1" });
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(`${upgradeLines(server, member.cookie).join("\r\n")}\r\n\r\n`);
  await sleep(200);
  socket.pause();
  const chunk = Buffer.concat(Array.from({ length: 500 }, () => frame(9, Buffer.alloc(125))));
  for (let sent = 0; sent < 60 && !socket.destroyed; sent++) {
    if (!socket.write(chunk)) await Promise.race([once(socket, "drain"), sleep(100)]);
    if (sent % 10 === 0) assert.ok(await server.healthy());
  }
  socket.destroy();
  assert.ok(await member.call("session.ping"));
});

test("a control socket that is sent garbage serves on", async () => {
  const cases = [
    "\0\0\0\0",
    "A".repeat(100_000),
    "POST /rpc HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
    "POST /rpc HTTP/1.1\r\nHost: c\r\nContent-Length: 10\r\n\r\n[[[[[[[[[[",
    `GET /topic/${"x".repeat(300)} HTTP/1.1\r\nHost: c\r\n\r\n`,
    "GET /ws HTTP/1.1\r\nHost: c\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
  ];
  for (const bytes of cases) {
    const socket = connect({ path: join(server.folder, "control") });
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.write(bytes);
    await sleep(50);
    socket.destroy();
    assert.equal((await server.controlGet("/stats")).status, 200);
  }
});

test("SIGTERM in the middle of batches: what was answered is there, the rest is server.stopping", async () => {
  const own = new Server(await initFolder());
  after(() => endServer(own));
  await own.start();
  const people = Array.from({ length: 1000 }, (_, at) => invitation(`Tard ${at}`));
  const parts = [
    people.slice(0, 10),
    ...[0, 1, 2, 3].map((n) => people.slice(10).slice(n * 250, n * 250 + 250)),
  ];
  const asked = parts.map(async (some) => {
    const body = some.map((params) => request("member.invite", params));
    // Who has not said all of it when the stop comes is cut off without an answer.
    const answer = await own.operatorRaw(body).catch(() => undefined);
    return answer ? (JSON.parse(answer.text) as Data[]) : some.map(() => ({}));
  });
  // The first is answered, the others are on their way.
  await asked[0];
  assert.ok((await own.stop()) < 3000 * slowness);
  const answers: Data[] = (await Promise.all(asked)).flat();
  const late = answers.filter((answer) => answer.error);
  assert.equal(answers.length, people.length);
  assert.ok(answers.some((answer) => answer.result));
  assert.ok(late.every((answer) => reasonOf(answer) === "server.stopping"));
  await check(own.folder);
  await own.start();
  const again = people.map((params) => request("member.invite", params));
  const retried: Data[] = JSON.parse((await own.operatorRaw(again)).text);
  retried.forEach((answer, at) => {
    const before = answers[at];
    if (before?.result) assert.deepEqual(answer.result, before.result);
    else assert.ok(answer.result);
  });
});
