// Access tokens: what a script may do with one, what it never may, and how one ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Follower } from "../harness/follower.ts";
import {
  eventually,
  newHall,
  newId,
  newPerson,
  type Person,
  post,
  request,
} from "../harness/people.ts";
import { serveNew, slowness, stopwatch } from "../harness/program.ts";
import { smallestParams } from "../harness/schema.ts";
import { Socket } from "../harness/socket.ts";
import {
  type Answer,
  type Data,
  httpRequest,
  readAnswer,
  reasonOf,
  refused,
} from "../harness/wire.ts";

const server = await serveNew();
const { admin, facilitator, members } = await newHall(server, 3);
const [mia, noe, lou] = members as [Person, Person, Person];

const make = (person: Person, scopes: string[], name = "Un script") =>
  person.act("token.create", { id: newId(), name, scopes, days: 30 });
/** As a script sends it: no Origin, no cookie, no other header. */
const ask = (token: string, body: Data, more: Record<string, string> = {}): Promise<Answer> =>
  httpRequest({
    port: server.port,
    path: "/rpc",
    headers: { authorization: `Bearer ${token}`, host: new URL(server.origin).host, ...more },
    json: body,
  });
const call = async (token: string, method: string, params: Data = {}) =>
  readAnswer(await ask(token, request(method, params)));
const idea = () => ({
  ...{ id: newId(), command: newId(), language: "fr", title: "Un four", need: "Du pain" },
  ...{ text: "", themes: [] },
});

test("a token reads and writes as its member, without cookie or Origin, on every carrier", async () => {
  const { token, ends_ms } = await make(mia, ["read", "write"]);
  assert.match(token, /^palabre_[A-Za-z0-9_-]{43}$/);
  assert.ok(Math.abs(ends_ms - Date.now() - 30 * 864e5) < 60_000);
  assert.equal((await call(token, "session.get")).member, mia.id);
  const made = await call(token, "proposal.submit", idea());
  const { doc } = await call(token, "proposal.get", { id: made.id });
  assert.equal(doc.authors[0].id, mia.id);
  const headers = { authorization: `Bearer ${token}`, host: new URL(server.origin).host };
  const socket = await Socket.openAt(server.port, headers);
  assert.ok((await socket.watch("proposals")).one("proposal_card", made.id));
  socket.close();
  const follower = new Follower(server, { ...headers, "x-palabre-csrf": "" }, ["proposals"]);
  await follower.poll();
  assert.ok(follower.topics.get("proposals")?.one("proposal_card", made.id));
  const file = await httpRequest({
    ...{ port: server.port, path: "/files", method: "POST", headers, body: "bonjour" },
  });
  assert.equal(file.status, 200, file.text);
});

test("a batch with a token: in order, each for itself, within the limits", async () => {
  const { token } = await make(mia, ["read", "write"]);
  const one = idea();
  const batch = [
    request("proposal.submit", one),
    request("token.list"),
    request("proposal.get", { id: one.id }),
  ];
  const answers = JSON.parse((await ask(token, batch)).text) as Data[];
  assert.equal(answers[0].result.id, one.id);
  assert.equal(answers[1].error.data.reason, "token.out_of_scope");
  assert.equal(answers[2].result.doc.title ?? answers[2].result.doc.titles.fr, "Un four");
  const many = JSON.parse(
    (
      await ask(
        token,
        Array.from({ length: 200 }, () => request("session.get")),
      )
    ).text,
  ) as Data[];
  const limited = many.filter((answer) => answer.error?.data.reason === "rate.limited");
  assert.ok(limited.length > 50 && limited.length < 200, `${limited.length} limited`);
  readAnswer(await post(server, mia.cookie, request("session.get")));
  const short = { jsonrpc: "2.0", method: "a" };
  const long = await ask(
    token,
    Array.from({ length: 1001 }, () => short),
  );
  assert.equal(JSON.parse(long.text).error.data.reason, "input.bad_request");
});

test("every command: a token gets no further than its scopes, and never to votes or keys", async () => {
  const description = JSON.parse((await server.get("/openrpc.json")).text) as Data;
  const never =
    /^(ballot|token)\.|^session\.(join|leave|look|screen)$|^device\.(enrol|revoke)$|^member\.(link|leave|erase)$/;
  const wrong: string[] = [];
  for (const scope of ["read", "write"]) {
    const fresh = async () => (await make(await newPerson(server, `Avec ${scope}`), [scope])).token;
    let token = await fresh();
    for (const method of description.methods as Data[]) {
      if (/^feed\./.test(method.name)) continue;
      assert.equal(method["x-token"] === null, never.test(method.name), method.name);
      const params = smallestParams(method);
      let reason = await reasonOf(call(token, method.name, params));
      if (reason === "rate.limited") {
        token = await fresh();
        reason = await reasonOf(call(token, method.name, params));
      }
      const may =
        method["x-token"] === scope ||
        method["x-who"].every((who: string) => /^(system|operator)$/.test(who));
      if ((reason === "token.out_of_scope") === may)
        wrong.push(`${scope} ${method.name}: ${reason}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("an office counts only if it was asked for and is held", async () => {
  const plain = await make(admin, ["read", "write"]);
  const office = await make(admin, ["read", "write", "admin"]);
  const claimed = await make(lou, ["read", "write", "admin"]);
  const change = () => ({ name: "Autre nom", command: newId() });
  await refused(call(plain.token, "org.update", change()), "right.missing");
  await refused(call(claimed.token, "org.update", change()), "right.missing");
  await call(office.token, "org.update", change());
  const headers = { authorization: `Bearer ${plain.token}`, host: new URL(server.origin).host };
  const socket = await Socket.openAt(server.port, headers);
  await refused(socket.subscribe({ "members/private": 0 }), "right.missing");
  socket.close();
  const writes = await make(admin, ["write"]);
  const blind = { authorization: `Bearer ${writes.token}`, host: new URL(server.origin).host };
  const deaf = await Socket.openAt(server.port, blind);
  await refused(deaf.subscribe({ org: 0 }), "right.missing");
  deaf.close();
});

test("a token beside a cookie: the token alone counts, also when it is bad", async () => {
  const { token } = await make(mia, ["read"]);
  const cookie = { cookie: noe.cookie };
  const answer = readAnswer(await ask(token, request("session.get"), cookie));
  assert.equal(answer.member, mia.id);
  for (const bad of ["palabre_", `palabre_${"A".repeat(43)}`, token.slice(0, -1), "x"]) {
    const none = await ask(bad, request("session.get"), cookie);
    assert.equal(none.status, 401, bad);
    assert.equal(JSON.parse(none.text).error.data.reason, "session.none");
  }
  // Another scheme is a proxy's own: the rules of a browser hold.
  const basic = await httpRequest({
    ...{ port: server.port, path: "/rpc", json: request("session.get") },
    headers: { authorization: "Basic YTpi", host: new URL(server.origin).host, ...cookie },
  });
  assert.equal(basic.status, 403);
});

test("shown once: repeated it is the same, listed it is not there; other content is a conflict", async () => {
  const params = { id: newId(), command: newId(), name: "Sauvegarde", scopes: ["read"], days: 7 };
  const once = await lou.call("token.create", params);
  assert.deepEqual(await lou.call("token.create", params), once);
  await refused(lou.call("token.create", { ...params, days: 8 }), "conflict");
  await refused(lou.call("token.create", { ...params, command: newId() }), "conflict");
  await call(once.token, "session.get");
  const used = async () =>
    (await lou.call("token.list")).items.find((one: Data) => one.id === params.id);
  const item = await eventually("its last use is kept", async () => {
    const one = await used();
    return one.used_ms && one;
  });
  assert.equal(item.used_ms % 864e5, 0, "to the day");
  assert.deepEqual([item.name, item.scopes], ["Sauvegarde", ["read"]]);
  assert.ok(!JSON.stringify(await lou.call("token.list")).includes(once.token.slice(8)));
  await lou.act("token.revoke", { id: params.id });
  await refused(lou.call("token.create", params), "conflict", "id");
});

test("a revoked token ends its sockets and polls within a second; administration may revoke it", async () => {
  const { id, token } = await make(lou, ["read"]);
  const headers = { authorization: `Bearer ${token}`, host: new URL(server.origin).host };
  const socket = await Socket.openAt(server.port, headers);
  const follower = new Follower(server, headers, ["me"]);
  await follower.poll();
  const held = follower.ask(follower.query());
  await refused(noe.act("token.revoke", { id, member: lou.id }), "right.missing");
  await refused(facilitator.call("token.list", { member: lou.id }), "right.missing");
  assert.ok(
    (await admin.call("token.list", { member: lou.id })).items.some((one: Data) => one.id === id),
  );
  const elapsed = stopwatch(server);
  await admin.act("token.revoke", { id, member: lou.id });
  assert.equal(await socket.end(), 4401);
  assert.equal((await held).status, 401);
  assert.ok(elapsed() < 1000 * slowness);
  await refused(call(token, "session.get"), "session.none");
  await refused(lou.act("token.revoke", { id: newId() }), "token.unknown", "id");
});

test("who leaves the organisation takes their tokens along", async () => {
  const leaver = await newPerson(server, "Léa Part");
  const { token } = await make(leaver, ["read"]);
  await call(token, "session.get");
  await admin.act("member.update", { id: leaver.id, status: "left" });
  await refused(call(token, "session.get"), "session.none");
});

test("at most 20 in use", async () => {
  const many = await newPerson(server, "Ours Automate");
  for (let n = 0; n < 20; n++) await make(many, ["read"], `n° ${n}`);
  await refused(make(many, ["read"]), "token.too_many");
  const [first] = (await many.call("token.list")).items;
  await many.act("token.revoke", { id: first.id });
  await make(many, ["read"]);
});
