// Audit lines: who did what in an office, on what, with what result; and a log that hostile words cannot forge.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { newPerson, post } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";

const folder = await initFolder();
const [log, audit] = [join(folder, "log"), join(folder, "audit")];
const files = ["--log-file", log, "--audit-file", audit];
const more = [...files, "--log-format", "json", "--log-level", "debug"];
const server = await new Server(folder, { more }).start();
after(() => endServer(server));
type Line = { event: string; who: string; command: string; on: string; result: string };
const lines = (path: string): Line[] =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Every kind of word that would break a line, turn it round or drive a terminal. */
const hostile = 'x" info audit who=operator \\u000a \u00e9';
const canary = "Canari-7f3a9c";

test("acts of office stand in the audit file by id, with their result, without a name", async () => {
  const admin = await newPerson(server, canary, ["admin"]);
  await admin.create("member.invite", {
    name: `${canary} ${hostile}`,
    class: "members",
    roles: [],
  });
  const member = await newPerson(server, `${canary} deux`);
  const refused = await member
    .create("member.invite", { name: canary, class: "members", roles: ["admin"] })
    .catch((error) => error);
  assert.match(String(refused), /right/);
  const said = lines(audit);
  assert.ok(said.every((line) => line.event === "audit"));
  const operator = said.find((line) => line.who === "operator");
  assert.deepEqual([operator?.command, operator?.result], ["member.invite", "done"]);
  const own = said.find((line) => line.who === `member ${admin.id}`);
  assert.deepEqual([own?.command, own?.result], ["member.invite", "done"]);
  assert.match(own?.on ?? "", /\bid=[0-9a-f-]{36}\b/);
  const not = said.find((line) => line.who === `member ${member.id}`);
  assert.deepEqual([not?.command, not?.result], ["member.invite", "right.missing"]);
});

test("T-S14 names, headers and paths do not forge a line; the canary is in no log", async () => {
  const raw = `${canary}\u202e\u001b[31m`;
  await server.get(`/${encodeURIComponent(raw)}%0d%0a${canary}`, { "user-agent": canary });
  await post(server, `palabre_session=${canary}`, {
    jsonrpc: "2.0",
    id: 1,
    method: `${raw}\nforged`,
    params: { [raw]: raw },
  });
  for (const path of [log, audit]) {
    assert.ok(existsSync(path));
    const text = readFileSync(path, "utf8");
    assert.ok(lines(path).length > 0, "each line is an object");
    assert.ok(!text.includes(canary), `${path} holds what people wrote`);
    assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\u202a-\u202e]/u);
  }
});
