// Bad input, each with its stable reason: nothing is written and the server serves on.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { newHall, newId, type Person, post, request } from "../harness/people.ts";
import { serveNew } from "../harness/program.ts";
import { Socket } from "../harness/socket.ts";
import { type Data, httpRequest, refused } from "../harness/wire.ts";

const server = await serveNew();
const { admin, members } = await newHall(server, 2);
const [member] = members as [Person];
const spare = members[1]?.cookie ?? "";
await member.prepare(8);
const checkpoint = await server.checkpoint();

afterEach(async () => {
  assert.equal(await server.checkpoint(), checkpoint, "nothing was written");
  assert.ok(server.running && (await server.healthy()), "the server serves on");
});

/** A body to /rpc as it is: status and reason. */
async function rpc(body: string | Buffer, cookie?: string): Promise<[number, string]> {
  const answer = await post(server, cookie ?? member.cookie, body);
  const said = JSON.parse(answer.text);
  const one = Array.isArray(said) ? said[0] : said;
  const reason = one.error?.data?.reason ?? "no error";
  if (reason !== "rate.limited") return [answer.status, reason];
  await member.rest();
  return rpc(body, cookie);
}

/** A WebSocket message as it is: the reason answered, or the code it is closed with. */
async function socketSays(message: string | Buffer, binary = false): Promise<string | number> {
  const socket = await member.socket();
  const answered = new Promise<Data>((done) => {
    socket.raw.once("message", (data) => done(JSON.parse(String(data))));
  });
  socket.raw.send(message, { binary });
  const said = await Promise.race([answered, socket.end()]);
  socket.cut();
  return typeof said === "number" ? said : (said.error?.data?.reason ?? "no error");
}

const idea = (change: Data = {}) => ({
  id: newId(),
  command: newId(),
  language: "fr",
  title: "Un titre",
  need: "Un besoin",
  text: "",
  themes: [],
  ...change,
});
const submit = (change: Data = {}) => member.call("proposal.submit", idea(change));

test("guard message_too_big: input.too_big, a frame over 64 KiB closes with 1009, a body is 413", async () => {
  const text = JSON.stringify(request("session.get", { x: "y".repeat(66_000) }));
  assert.equal(await socketSays(text), 1009);
  assert.deepEqual(await rpc(text), [413, "input.too_big"]);
});

test("guard bad_utf8: input.bad_utf8, 1007, and 400 over /rpc", async () => {
  for (const bad of ["ff", "c080", "eda080", "f4908080", "c3"]) {
    const body = Buffer.concat([
      Buffer.from('{"jsonrpc":"2.0","id":1,"method":"session.get","params":{"x":"'),
      Buffer.from(bad, "hex"),
      Buffer.from('"}}'),
    ]);
    assert.equal(await socketSays(body), 1007, bad);
    assert.deepEqual(await rpc(body), [400, "input.bad_utf8"], bad);
  }
});

test("guard binary_message: a binary frame closes with 1003", async () => {
  const text = Buffer.from(JSON.stringify(request("session.get")));
  assert.equal(await socketSays(text, true), 1003);
});

test("guard bad_json: input.bad_json, whatever is not JSON", async () => {
  const wrong = [
    "",
    "{",
    "nul",
    '{"a":1,}',
    "{'a':1}",
    "[1 2]",
    '"\\ud800"',
    "NaN",
    "[1e999]",
    "\u0000",
  ];
  for (const text of wrong) {
    const [, reason] = await rpc(text);
    assert.match(
      reason,
      /^input\.(bad_json|bad_request|bad_value|bad_utf8)$/,
      JSON.stringify(text),
    );
    if (text) assert.match(String(await socketSays(text)), /^input\.|^1007$/, JSON.stringify(text));
  }
});

test("input.too_deep: more than 16 levels, however many", async () => {
  for (const depth of [17, 200, 30_000]) {
    const params = `${"[".repeat(depth)}${"]".repeat(depth)}`;
    const text = `{"jsonrpc":"2.0","id":1,"method":"session.get","params":{"x":${params}}}`;
    assert.equal(await socketSays(text), "input.too_deep", String(depth));
    const [, reason] = await rpc(text);
    assert.equal(reason, "input.too_deep", String(depth));
  }
});

test("input.duplicate_key", async () => {
  const twice = '{"jsonrpc":"2.0","id":1,"method":"session.get","params":{},"params":{}}';
  assert.equal(await socketSays(twice), "input.duplicate_key");
  assert.equal((await rpc(twice))[1], "input.duplicate_key");
});

test("guard bad_envelope: input.bad_request, JSON, but no JSON-RPC 2.0", async () => {
  const wrong = ['"text"', "7", "null", "[]", "{}", '{"jsonrpc":"1.0","id":1,"method":"x"}'];
  for (const text of [...wrong, '{"jsonrpc":"2.0","id":1}', '{"jsonrpc":"2.0","id":1,"method":7}'])
    assert.equal((await rpc(text))[1], "input.bad_request", text);
  const list = '{"jsonrpc":"2.0","id":1,"method":"session.get","params":[]}';
  assert.match((await rpc(list))[1], /^input\./);
});

test("guard unknown_method: method.unknown", async () => {
  for (const name of ["proposal.destroy", "session", "SESSION.GET", "a".repeat(500)])
    await refused(member.call(name), "method.unknown");
  await refused(member.call("poll.count", { id: newId() }), "right.missing").catch(() =>
    refused(member.call("poll.count", { id: newId() }), "method.unknown"),
  );
});

test("input.unknown_field and input.missing_field name the field", async () => {
  await refused(submit({ colour: "red" }), "input.unknown_field", "colour");
  const { need, ...without } = idea();
  assert.ok(need);
  await refused(member.call("proposal.submit", without), "input.missing_field", "need");
  const { command, ...unnamed } = idea();
  assert.ok(command);
  await refused(member.call("proposal.submit", unnamed), "input.missing_field", "command");
  await refused(member.call("session.get", { extra: 1 }), "input.unknown_field", "extra");
});

test("input.bad_value: types, ranges, control and direction characters in lines", async () => {
  const bad: Data[] = [
    { id: "42" },
    { id: "0B9F2B52-5B1C-4D8E-8A3E-1D2C3B4A5F0A" },
    { command: "x" },
    { title: "" },
    { title: 7 },
    { title: null },
    { title: "a\nb" },
    { title: "a\u202Eb" },
    { title: "a\u2066b" },
    { title: "a\u0085b" },
    { title: "a\uFEFFb" },
    { need: "a\u202Eb" },
    { language: "FR!" },
    { themes: "none" },
    { themes: [7] },
  ];
  for (const change of bad) {
    const [field = ""] = Object.keys(change);
    const error = await refused(submit(change), "input.bad_value");
    assert.equal(error?.field?.split(/[.[]/)[0], field, JSON.stringify(change));
  }
  await refused(submit({ title: "a\u0000b" }), "input.bad_json");
});

test("input.too_big: fields beyond their limit", async () => {
  const over = async (change: Data) => {
    const [field = ""] = Object.keys(change);
    const error = await submit(change).then(
      () => assert.fail(`${field} was taken`),
      (caught) => caught,
    );
    assert.match(error.reason, /^input\.(too_big|bad_value)$/);
    assert.equal(error.field, field);
  };
  await over({ title: "é".repeat(161) });
  await over({ need: "x".repeat(1001) });
  await over({ text: "x".repeat(40_001) });
  const named = { id: newId(), name: "x".repeat(81), class: "members" };
  const error = await admin.act("member.invite", named).catch((caught) => caught);
  assert.match(error.reason, /^input\.(too_big|bad_value)$/);
});

test("conflict: an id or a command that stands for something else", async () => {
  const session = await member.call("session.get");
  const params = { id: session.member, name: "Autre", class: "members" };
  await refused(admin.act("member.invite", params), "conflict");
});

test("unknown things have their own reasons", async () => {
  const id = newId();
  const asks: [string, Data, string][] = [
    ["proposal.get", { id }, "proposal.unknown"],
    ["proposal.get", { id: "999" }, "proposal.unknown"],
    ["poll.get", { id }, "poll.unknown"],
    ["decision.get", { id: "2020-001" }, "decision.unknown"],
    ["task.get", { id }, "task.unknown"],
    ["member.get", { id }, "member.unknown"],
    ["ballot.mine", { poll: id }, "poll.unknown"],
    ["log.proof", { from: 5, to: 4 }, "log.bad_range"],
    ["log.proof", { from: 1, to: 99_999 }, "log.bad_range"],
  ];
  for (const [method, params, reason] of asks) await refused(member.call(method, params), reason);
});

test("right.missing: a member who invites, an observer who suggests", async () => {
  const params = { id: newId(), name: "Intrus", class: "members" };
  await refused(member.act("member.invite", params), "right.missing");
});

test("guard no_session: session.none, no cookie, a forged one, one that was left", async () => {
  const forged = `palabre_session=${Buffer.alloc(32, 9).toString("base64url")}`;
  for (const cookie of ["", forged, "palabre_session=x", "palabre_session=", "other=1"]) {
    const body = JSON.stringify(request("session.get"));
    assert.deepEqual(await rpc(body, cookie), [401, "session.none"], cookie);
    const socket = Socket.openAt(server.port, { cookie, origin: server.origin });
    const outcome = await socket.then(
      (open) => open.end(),
      (error: Error) => error.message,
    );
    assert.match(String(outcome), /^(4401|closed 4401|HTTP 401)$/, cookie);
  }
});

test("guard foreign_origin, guard csrf_missing: origin.refused and csrf.missing", async () => {
  const body = JSON.stringify(request("session.get"));
  const own = new URL(server.origin);
  const foreign = [
    "https://evil.example",
    "null",
    "",
    `https://127.0.0.1:${own.port}`,
    `http://127.0.0.1:${Number(own.port) + 1}`,
    "http://127.0.0.1",
    `${server.origin}.evil.example`,
    `${server.origin}/`,
    `http://evil.127.0.0.1:${own.port}`,
    server.origin.toUpperCase(),
    ` ${server.origin} x`,
  ];
  for (const origin of foreign) {
    const answer = await post(server, member.cookie, body, { origin });
    assert.equal(JSON.parse(answer.text).error.data.reason, "origin.refused", origin);
    const socket = Socket.openAt(server.port, { cookie: member.cookie, origin });
    await assert.rejects(socket, /HTTP 403|closed|hang up|ECONNRESET/, origin);
  }
  const headers = {
    cookie: member.cookie,
    origin: server.origin,
    "content-type": "application/json",
  };
  const plain = await httpRequest({
    port: server.port,
    path: "/rpc",
    method: "POST",
    headers,
    body,
  });
  assert.equal(JSON.parse(plain.text).error.data.reason, "csrf.missing");
});

test("guard session_methods_only_over_rpc, guard feed_only_over_websocket", async () => {
  const socket = await member.socket();
  const join = { token: "A".repeat(22), language: "fr", command: newId() };
  for (const [method, params] of [
    ["session.join", join],
    ["session.leave", { command: newId() }],
  ]) {
    const answer = await socket.ask(String(method), params);
    assert.ok(answer.error, String(method));
  }
  socket.close();
  for (const method of ["feed.subscribe", "feed.unsubscribe"])
    await refused(member.call(method, { topics: {} }), "method.unknown");
});

test("guard rate_limited: rate.limited says how long to wait; ping is free", async () => {
  const body = JSON.stringify(request("session.get"));
  let limited: Data;
  for (let n = 0; n < 200 && !limited; n++) {
    const { error } = JSON.parse((await post(server, spare, body)).text);
    if (error) limited = error.data;
  }
  assert.equal(limited?.reason, "rate.limited");
  assert.ok(limited.retry_after_ms > 0 && limited.retry_after_ms <= 60_000);
  const ping = await post(server, spare, JSON.stringify(request("session.ping")));
  assert.ok(JSON.parse(ping.text).result.now_ms);
});

test("a batch is answered in order, each on its own; an empty one is refused", async () => {
  const batch = [request("session.ping"), request("nothing.here"), request("session.ping")];
  const answers = JSON.parse((await post(server, member.cookie, batch)).text) as Data[];
  assert.deepEqual(
    answers.map((answer) => answer.id),
    batch.map((one) => one.id),
  );
  assert.ok(answers[0].result && answers[2].result);
  assert.equal(answers[1].error.data.reason, "method.unknown");
});

test("guard too_many_in_batch: 1,000 requests are the most", async () => {
  const one = '{"jsonrpc":"2.0","id":1,"method":"a"}';
  const batch = (count: number) => `[${Array.from({ length: count }, () => one).join(",")}]`;
  assert.equal((await rpc(batch(1001)))[1], "input.bad_request");
  const answers = JSON.parse((await post(server, member.cookie, batch(1000))).text);
  assert.equal(answers.length, 1000);
  assert.equal((await rpc("[]"))[1], "input.bad_request");
  assert.equal(await socketSays(batch(2)), "input.bad_request");
});
