// The log at its most talkative, in both formats, while an organisation lives and strangers send what they like: each
// line is one event, and neither a text, a secret nor a ballot is in it, in the audit file or in the figures.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { canary, live } from "../harness/erasure.ts";
import { newId, Person, post, request, tokenOf } from "../harness/people.ts";
import { endServer, initFolder, must, palabre, Server, scratch } from "../harness/program.ts";
import { ask, openSocket, upgradeLines } from "../harness/raw.ts";
import { hash } from "../harness/record.ts";
import { httpRequest } from "../harness/wire.ts";

const escapes = "\u001b]0;pwned\u0007\u001b[31m";
const bidi = "\u202e\u2066\u200f\u2028\u0085\ufeff";
const forged = "2026-01-01T00:00:00.000Z info audit who=operator command=forged";
const hostile = [`\r\n${forged}`, escapes, bidi, '","event":"forged"}', "\\u000a\\", "%s%n%08x"];

/** Whatever a stranger or a member may put into a request. */
async function attack(server: Server, cookie: string): Promise<void> {
  const host = `Host: 127.0.0.1:${server.port}`;
  for (const word of [...hostile, "x".repeat(8192)]) {
    const bytes = Buffer.from(`${canary}${word}`).toString("latin1");
    const inHeader = bytes.replaceAll(/[\r\n]/g, "\r");
    for (const lines of [
      [`GET /${encodeURIComponent(canary + word)} HTTP/1.1`, host],
      [`GET /${inHeader.replaceAll(" ", "")} HTTP/1.1`, host],
      [`GET / HTTP/1.1`, `Host: ${inHeader}`],
      [`GET / HTTP/1.1`, host, `User-Agent: ${bytes}`, `X-Forwarded-For: ${inHeader}`],
      [...upgradeLines(server, cookie), `X-${canary}: ${inHeader}`],
      [`${inHeader} / HTTP/1.1`, host],
    ])
      await ask(server.port, lines);
    const body = { jsonrpc: "2.0", id: `${canary}${word}`, method: `${canary}${word}`, params: {} };
    await post(server, cookie, body);
    await post(server, cookie, { ...body, method: "proposal.submit", params: { [word]: canary } });
    await post(server, `palabre_session=${canary}`, { ...body, method: "session.ping" });
    await post(server, "", request("session.join", { token: `${canary}${word}`, language: "fr" }));
    await post(server, cookie, `{"${canary}`);
  }
  const socket = await openSocket(server, cookie);
  socket.write(`${canary}${escapes}`); // not a frame
  await socket.end();
}

/** What nobody may find: by what it is. */
async function secretsOf(server: Server): Promise<Record<string, string>> {
  const { admin, secretary, person, other, token, receipt } = await live(server);
  const link = async (id: string) =>
    tokenOf((await server.operator("member.link", { id, command: newId() })).link);
  const [used, unused] = [await link(other.id), await link(other.id)];
  await new Person(server).join(used).catch(() => {}); // the later link may have ended it
  await post(server, "", request("session.join", { token: used, language: "fr" }));
  const invited = { id: newId(), name: `${canary} deux`, class: "members", roles: [] };
  const invitation = tokenOf((await admin.act("member.invite", invited)).link);
  await attack(server, other.cookie);
  await must("backup", server.folder, join(scratch(), "backup"));
  await must("export", server.folder, join(scratch(), "export"));
  await secretary.act("member.erase", { id: person.id, texts: true, reason: "asked" });
  const session = other.cookie.split("=")[1] ?? "";
  const bytes = Buffer.from(session, "base64url");
  return {
    ...{ canary, "a name in a text": "Quirinus", "a note": "n'en veut pas", token, used, unused },
    ...{ invitation, session, "a session in hex": bytes.toString("hex") },
    "the hash of a session": hash(bytes).toString("hex"),
    "a ballot": receipt.tbs.toString("base64url"),
    "a ballot in hex": receipt.tbs.toString("hex"),
    "a receipt": receipt.text,
    "a line of a receipt": receipt.text.trim().split("\n").at(-1) ?? "",
    "a ballot's line": "ballot.cast",
    "an escape": "\u001b",
    prefix: hash(bytes).toString("hex").slice(0, 8),
  };
}

for (const format of ["text", "json"]) {
  test(`T-S14 ${format}: a line is an event, whatever is sent; no text, secret or ballot`, async () => {
    const folder = await initFolder();
    const [log, audit] = [join(folder, "log"), join(folder, "audit")];
    const files = ["--log-file", log, "--audit-file", audit];
    const rates = ["--command-rate", "0", "--stranger-rate", "0", "--sign-in-rate", "0"];
    const more = [...files, ...rates, "--log-format", format, "--log-level", "debug"];
    const server = await new Server(folder, { more }).start();
    after(() => endServer(server));
    const { prefix = "", ...secrets } = await secretsOf(server);
    const metrics = await httpRequest({ socketPath: join(folder, "admin"), path: "/metrics" });
    const places = {
      log: readFileSync(log, "utf8"),
      audit: readFileSync(audit, "utf8"),
      metrics: metrics.text,
      "standard output and error": server.log,
    };
    for (const [place, text] of Object.entries(places)) {
      for (const [what, secret] of Object.entries(secrets)) {
        assert.ok(secret.length > 0, what);
        assert.ok(!text.includes(secret), `${what} in ${place}`);
      }
      assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/u);
    }
    const lines = [places.log, places.audit].map((text) => text.trimEnd().split("\n"));
    for (const line of lines.flat()) {
      if (format === "text") {
        assert.match(line, /^\d{4}-\d\d-\d\dT\S{12}Z (error|warning|info|debug) [a-z-]+ ./);
      } else {
        const { ts, level, event, message, who } = JSON.parse(line);
        assert.match(`${ts} ${level} ${event}`, /^\d{4}-\S+Z [a-z]+ [a-z-]+$/);
        assert.ok(event === "audit" ? who : message, line);
      }
      assert.doesNotMatch(line, /forged|pwned/);
    }
    const field = format === "text" ? `session=${prefix} ` : `"session":"${prefix}"`;
    assert.ok(places.log.includes(field), "lines say whose session it was");
    assert.match(places.audit, format === "text" ? / request=\d+ / : /"request":\d+,/);
    assert.match(places.audit, /member\.erase/);
    for (const said of [
      /no method: method\.unknown/,
      /proposal\.submit: done/,
      /proposal\.submit: input/,
    ]) {
      const times = (lines[0] ?? []).filter((line) => said.test(line)).length;
      assert.ok(times >= (said.source.endsWith("done") ? 1 : hostile.length), `${said}: ${times}`);
    }
  });
}

test("refused sign-ins are ten lines a minute, then a number", async () => {
  const server = await new Server(await initFolder()).start();
  after(() => endServer(server));
  const token = () => newId().replaceAll("-", "").slice(0, 22);
  for (let at = 0; at < 15; at++) {
    const params = { token: token(), language: "fr", command: newId() };
    assert.equal((await post(server, "", request("session.join", params))).status, 200);
  }
  const refused = [...server.log.matchAll(/ info sign-in request=\d+ refused: \S+\n/g)];
  assert.equal(refused.length, 10, server.log);
});

test("documents made again at the start are said, with their number", async () => {
  const folder = await initFolder();
  const key = Buffer.from("projection").toString("hex");
  const dump = `VERSION=3\nformat=bytevalue\ntype=btree\nHEADER=END\n ${key}\n 00000001\nDATA=END\n`;
  const loaded = spawnSync("mdb_load", ["-s", "meta", folder], { input: dump });
  assert.equal(loaded.status, 0, "mdb_load of the package lmdb-utils");
  const server = await new Server(folder).start();
  await server.stop();
  assert.match(server.log, / info start documents made again from \d+ events in \d+ ms\n/);
  const again = await new Server(folder).start();
  await again.stop();
  assert.doesNotMatch(again.log, /made again/);
  assert.equal((await palabre("check", folder)).code, 0);
});
