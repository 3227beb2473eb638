// What docs/ says must be true: tables are compared with the sources, methods and options with the program,
// and the examples of the protocol are sent to a real server.
//
// Examples are fenced blocks: "json request NAME" (NAME is `operator` or somebody who joins), "json socket NAME",
// each followed by "json answer"; "json pushed NAME" is the next notification. Ids, links and bytes that the
// server makes stand in the pages as examples: the first answer that shows one is remembered, so that later
// requests send the real one. "…" stands for anything, also as a member of an object or the end of a list.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { newId, newPerson, post, tokenOf } from "../harness/people.ts";
import { must, palabre, program, root, scratch, serveNew } from "../harness/program.ts";
import { Socket } from "../harness/socket.ts";
import { type Data, httpRequest } from "../harness/wire.ts";

const docs = join(root, "docs");
const page = (name: string) => readFileSync(join(docs, name), "utf8");
const source = (name: string) => readFileSync(join(root, name), "utf8");

/** Rows of the tables of a page whose heading has this first cell; cells without back quotes. */
function table(text: string, first: string): string[][] {
  const rows: string[][] = [];
  let inside = false;
  for (const line of text.split("\n")) {
    const cells = line.startsWith("|") ? line.slice(1, -1).split("|") : [];
    const trimmed = cells.map((cell) => cell.trim());
    if (cells.length === 0) inside = false;
    else if (trimmed[0] === first) inside = true;
    else if (inside && !/^-+$/.test(trimmed[0] ?? "")) rows.push(trimmed);
  }
  return rows;
}

type Block = { kind: string; body: string };
/** Fenced blocks of a page in order; kind is what stands behind the fence. */
function blocks(text: string): Block[] {
  const fence = /^```(.*)\n([\s\S]*?)^```$/gm;
  return [...text.matchAll(fence)].map((found) => ({ kind: found[1] ?? "", body: found[2] ?? "" }));
}
function block(name: string, kind: string): string {
  const found = blocks(page(name)).find((one) => one.kind === kind);
  assert.ok(found, `${name} has no block "${kind}"`);
  return found.body;
}

/* ---- tables ---- */

test("docs/ledger.md lists the event types of the program", () => {
  const numbers = new Map(
    [...source("src/ledger/event.h").matchAll(/(EVENT_\w+) = (\d+)/g)].map((one) => [
      one[1],
      one[2],
    ]),
  );
  const row = /\{(EVENT_\w+), "([^"]+)", (\w+), (\w+), (\w+), (\w+)\}/g;
  const word = (flag = "") => (flag === "true" ? "yes" : "no");
  const coded = [...source("src/ledger/event.c").matchAll(row)].map((one) =>
    [numbers.get(one[1]), one[2], word(one[3]), one[4] === "true" ? "P" : "O", word(one[5])].join(
      " ",
    ),
  );
  const written = table(page("ledger.md"), "type")
    .filter((cells) => cells.length === 6)
    .map(([type, name, , poll, kind, erasable]) => [type, name, poll, kind, erasable].join(" "));
  assert.ok(coded.length > 20);
  assert.deepEqual(written, coded);
});

test("docs/ledger.md says what each JSON event holds", () => {
  const text = page("ledger.md");
  const said = new Set(table(text, "type").map((cells) => cells[0]));
  const json = [...source("src/ledger/event.c").matchAll(/\{(EVENT_\w+), "([^"]+)".*, true\}/g)];
  const numbers = source("src/ledger/event.h");
  for (const [, name, word] of json) {
    const number = new RegExp(`${name} = (\\d+)`).exec(numbers)?.[1];
    const unused = /meeting|attendance|minutes/.test(word ?? "");
    assert.ok(unused || said.has(`${number} ${word}`), `JSON payload of ${number} ${word}`);
  }
});

test("docs/storage.md lists the tables of the store", () => {
  const coded = [...source("src/store/tables.h").matchAll(/^ {4}TABLE_(\w+),$/gm)].map(
    (one) => one[1],
  );
  const written = table(page("storage.md"), "table").map((cells) => cells[0]);
  assert.deepEqual(written, coded);
  const derived = [...source("src/assembly/folder.c").matchAll(/TABLE_(\w+)/g)].map(
    (one) => one[1],
  );
  for (const [name = "", , , made] of table(page("storage.md"), "table"))
    assert.equal(made === "yes", derived.includes(name) && !/^(META|SECRET)$/.test(name), name);
});

test("docs/protocol.md lists every method, its parameters and its topics", async () => {
  const description = JSON.parse(await must("openrpc"));
  const rows = table(page("protocol.md"), "method").map((cells) => {
    const names = (cells[1] ?? "").replaceAll(/\{[^}]*\}|\([^)]*\)/g, "").split(",");
    const known = names.map((name) => name.trim().replace(/\?$/, "")).filter((name) => name !== "");
    return [(cells[0] ?? "").replaceAll("`", ""), known] as const;
  });
  const written = new Map(rows);
  const methods: string[] = description.methods.map((method: Data) => method.name);
  assert.deepEqual([...written.keys()].sort(), [...methods].sort());
  for (const method of description.methods) {
    const names: string[] = method.params.map((param: Data) => param.name);
    const expected = names.filter((name) => name !== "command");
    if (method.name !== "member.update")
      assert.deepEqual(written.get(method.name), expected, method.name);
  }
  const topics = table(page("protocol.md"), "topic").map((cells) => cells[0]?.replaceAll("`", ""));
  const declared = description["x-topics"].map(
    (topic: Data) => `${topic.name}${topic.takes_id ? "/ID" : ""}`,
  );
  assert.deepEqual([...topics].sort(), [...declared].sort());
  const kinds = Object.keys(description.components.schemas);
  const apart = /^In no topic: .*$/m.exec(page("protocol.md"))?.[0] ?? "";
  const text = table(page("protocol.md"), "topic").flat().join(" ") + apart;
  for (const kind of kinds) assert.match(text, new RegExp(`\\b${kind}\\b`), `topic of ${kind}`);
});

test("docs/commands.md tells every subcommand, option and exit code", async () => {
  const text = page("commands.md");
  const commands = (await must("--help")).matchAll(/^ {2}([a-z]+) /gm);
  const names = [...commands].map((found) => found[1] ?? "");
  assert.ok(names.includes("serve"), names.join());
  for (const name of names) {
    const part = new RegExp(
      `^## \`palabre ${name}[^\\n]*\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`,
      "m",
    ).exec(text);
    assert.ok(part, `docs/commands.md has no part about ${name}`);
    const help = await must(name, "--help");
    const options = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map((found) => found[1] ?? "");
    const said = new Set([...part[0].matchAll(/--[a-z][a-z-]*/g)].map((found) => found[0]));
    for (const option of options)
      if (option !== "--help") assert.ok(said.has(option), `${name} ${option} is not in docs`);
    for (const option of said) assert.ok(options.includes(option), `${name} has no ${option}`);
    const exits = /Exit codes: ([\s\S]*)$/.exec(help)?.[1] ?? "";
    const codes = [...exits.matchAll(/(?:^|, |; )(\d+) /g)].map((found) => found[1] ?? "");
    for (const code of codes)
      assert.match(
        part[0],
        new RegExp(`\\|\\s*${code}\\s*\\||\\bexit ${code}\\b`),
        `${name}: exit ${code}`,
      );
  }
});

/* ---- links, labels ---- */

const files = readdirSync(docs, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".md"))
  .sort();
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

test("links between pages lead somewhere", () => {
  for (const name of files) {
    for (const [, target = ""] of page(name).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = "", heading] = target.split("#");
      const to = path === "" ? join(docs, name) : resolve(docs, dirname(name), path);
      assert.ok(existsSync(to), `${name}: ${target}`);
      const headings =
        heading === undefined ? [] : [...readFileSync(to, "utf8").matchAll(/^#+ (.*)$/gm)];
      const anchors = headings.map((found) => anchor(found[1] ?? ""));
      assert.ok(
        heading === undefined || anchors.includes(heading),
        `${name}: no heading ${target}`,
      );
    }
  }
  const index = page("README.md");
  for (const name of files)
    if (name !== "README.md" && !name.startsWith("decisions/"))
      assert.ok(index.includes(`(${name})`), `docs/README.md does not lead to ${name}`);
});

/** Words of the catalogues as people see them; what is filled in becomes "anything". */
function labels(language: string): RegExp[] {
  const catalogues = readdirSync(join(root, "web/locales"), { recursive: true, encoding: "utf8" });
  const lines = catalogues
    .filter((path) => path.endsWith(`${language}.ftl`))
    .flatMap((path) => source(`web/locales/${path}`).split("\n"));
  const values = lines.flatMap(
    (line) => /^(?:[a-z][\w-]*|\s+\.[\w-]+|\s+\*?\[[\w-]+\]) ?=? ?(.+)$/.exec(line)?.[1] ?? [],
  );
  const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return values.map((value) => {
    const parts = value.split(/\{[^}]*\}/).map((part) => literal(part.trim()));
    return new RegExp(`^${parts.join(".*")}$`, "u");
  });
}

for (const language of ["fr", "nl", "en"])
  test(`docs/guide/${language}.md calls what one taps by its name`, () => {
    const known = labels(language);
    const bold = [...page(`guide/${language}.md`).matchAll(/\*\*([^*]+)\*\*/g)].map(
      (one) => one[1] ?? "",
    );
    assert.ok(bold.length > 10);
    const wrong = bold.filter((label) => !known.some((value) => value.test(label)));
    assert.deepEqual([...new Set(wrong)], []);
  });

/* ---- examples ---- */

const server = await serveNew();

const looksMade = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9_-]{20,}|https?:\/\/\S+)$/;
const floating = /^(seq|rev|since|.*_ms)$/;

/** Example values that the server made, as the pages show them, and what they are here. */
class Examples {
  readonly #real = new Map<string, string>();

  learn(shown: string, real: string): boolean {
    const known = this.#real.get(shown);
    if (known === undefined) this.#real.set(shown, real);
    return known === undefined || known === real;
  }

  /** The value with everything that is known put in. */
  fill(value: Data): Data {
    if (typeof value === "string") return this.#real.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.fill(item)]));
  }

  match(shown: Data, real: Data, path: string): void {
    if (shown === "…") return;
    if (typeof shown === "string" && typeof real === "string") {
      const [, token = ""] = shown.split("#");
      if (token) this.learn(token, real.split("#")[1] ?? "");
      if (shown.includes("/") && this.#real.has(shown.split("/")[1] ?? "")) return;
      const good = shown === real || (looksMade.test(shown) && this.learn(shown, real));
      assert.ok(good, `${path}: ${real}, the page says ${shown}`);
    } else if (Array.isArray(shown)) {
      assert.ok(Array.isArray(real), path);
      assert.equal(real.length, shown.length, `${path}: length`);
      shown.forEach((item, at) => {
        this.match(item, real[at], `${path}[${at}]`);
      });
    } else if (shown !== null && typeof shown === "object") {
      this.#matchObject(shown, real, path);
    } else if (!(floating.test(path.split(".").at(-1) ?? "") && typeof shown === typeof real)) {
      assert.deepEqual(real, shown, path);
    }
  }

  #matchObject(shown: Data, real: Data, path: string): void {
    assert.ok(real !== null && typeof real === "object", `${path}: not an object`);
    const expected = Object.keys(shown).filter((key) => key !== "…");
    for (const key of expected) this.match(shown[key], real[key], `${path}.${key}`);
    if (!("…" in shown)) assert.deepEqual(Object.keys(real).sort(), expected.sort(), path);
  }
}

class Desk {
  readonly examples = new Examples();
  readonly #cookies = new Map<string, string>();
  readonly #sockets = new Map<string, Socket>();
  #seen = 0;

  async request(name: string, body: Data): Promise<Data> {
    if (name === "operator") {
      const socketPath = join(server.folder, "control");
      return JSON.parse((await httpRequest({ socketPath, path: "/rpc", json: body })).text);
    }
    const answer = await post(server, this.#cookies.get(name) ?? "", body);
    const [cookie] = answer.headers["set-cookie"] ?? [];
    if (cookie) this.#cookies.set(name, cookie.split(";")[0] ?? "");
    return JSON.parse(answer.text);
  }

  async socket(name: string, body: Data): Promise<Data> {
    const known = this.#sockets.get(name);
    const socket = known ?? (await Socket.open(server, this.#cookies.get(name) ?? ""));
    this.#sockets.set(name, socket);
    const answer = await socket.ask(body.method, body.params);
    return { ...answer, id: body.id };
  }

  async pushed(name: string): Promise<Data> {
    const socket = this.#sockets.get(name);
    assert.ok(socket, name);
    return socket.until("a notification", () => socket.notifications[this.#seen++]);
  }

  end(): void {
    for (const socket of this.#sockets.values()) socket.close();
  }
}

/** Not waited for synchronously: the server's pipes must be read meanwhile. */
async function run(
  command: string,
  args: string[],
  folder: string,
  more: Record<string, string> = {},
): Promise<string> {
  const options = { cwd: folder, env: { ...process.env, ...more } };
  return (await promisify(execFile)(command, args, options)).stdout;
}

/** The ballot of the page, cast by its script, and its receipt checked by hand as docs/ledger.md says. */
async function voteByHand(script: string, desk: Desk): Promise<void> {
  const folder = scratch();
  const { result } = await desk.request("operator", {
    jsonrpc: "2.0",
    id: 1,
    method: "member.link",
    params: { id: "1", command: newId() },
  });
  writeFileSync(join(folder, "vote.mjs"), script);
  const env = { ORIGIN: server.origin, TOKEN: tokenOf(result.link), POLL: "1" };
  assert.match(await run(process.execPath, ["vote.mjs"], folder, env), /^recorded at \d+$/m);
  const shell = await run("sh", ["-c", block("ledger.md", "sh receipt")], folder);
  const [, shown, computed] = /computed:\n([0-9a-f]{64})\n([0-9a-f]{64})\n/.exec(shell) ?? [];
  assert.ok(shown !== undefined && shown === computed, shell);
  assert.match(shell, /Signature Verified Successfully/);
  writeFileSync(join(folder, "receipt.mjs"), block("ledger.md", "js receipt"));
  assert.match(await run(process.execPath, ["receipt.mjs"], folder), /^included \d+ \d+$/m);
  writeFileSync(
    join(folder, "receipt"),
    readFileSync(join(folder, "receipt"), "utf8").replace(/^index \d+/m, "index 0"),
  );
  assert.match(await run(process.execPath, ["receipt.mjs"], folder), /^NOT included/m);
}

test("the examples of docs/protocol.md do what they say", async (context) => {
  const desk = new Desk();
  context.after(() => desk.end());
  let answer: Data;
  for (const { kind, body } of blocks(page("protocol.md"))) {
    const [what = "", step = "", name = ""] = kind.split(" ");
    if (kind === "js vote") await voteByHand(body, desk);
    if (what !== "json") continue;
    const shown = JSON.parse(body);
    const title = `${name} ${body.slice(0, 120)}`;
    if (step === "request") answer = await desk.request(name, desk.examples.fill(shown));
    else if (step === "socket") answer = await desk.socket(name, desk.examples.fill(shown));
    else if (step === "pushed") desk.examples.match(shown, await desk.pushed(name), "$");
    else if (step === "answer") desk.examples.match(shown, answer, "$");
    else assert.fail(`what is ${kind}? ${title}`);
    context.diagnostic(`${kind} ${JSON.stringify(answer)?.slice(0, 100)}`);
  }
});

test("the examples of docs/commands.md do what they say", async () => {
  const folder = scratch();
  const path = `${dirname(program)}:${process.env.PATH}`;
  let printed = "";
  let outputs = 0;
  for (const { kind, body } of blocks(page("commands.md"))) {
    const [what = "", step = "", name = ""] = kind.split(" ");
    if (step === "file") writeFileSync(join(folder, name), body);
    else if (what === "sh") printed = await run("sh", ["-c", body], folder, { PATH: path });
    else if (step === "output") {
      const lines = printed.split("\n").map((line) => line.trimEnd());
      assert.equal(lines.join("\n"), body);
      outputs++;
    }
  }
  assert.ok(outputs > 0);
});

/** "sh batch": the shell's own words, with this server's address and a token that a member makes. */
async function batchByCurl(script: string): Promise<void> {
  const person = await newPerson(server, "Bettina");
  const made = { id: newId(), name: "Un script", scopes: ["read"], days: 1 };
  const { token } = await person.act("token.create", made);
  assert.ok(script.includes("palabre_…") && script.includes("http://127.0.0.1:8080/rpc"));
  const filled = script
    .replace("palabre_…", token)
    .replace("http://127.0.0.1:8080", `http://127.0.0.1:${server.port}`)
    .replace("curl ", "curl --silent --show-error --fail ");
  const answers = JSON.parse(await run("sh", ["-c", filled], scratch())) as Data[];
  assert.deepEqual(
    answers.map((answer) => answer.id),
    [1, 2],
  );
  assert.equal(answers[0].result.member, person.id);
  assert.ok(Array.isArray(answers[1].result.items) && "next" in answers[1].result);
  // Without a token that is good, the same words get nothing.
  const forged = filled.replace(token, `palabre_${"A".repeat(43)}`).replace("--fail ", "");
  const refusal = JSON.parse(await run("sh", ["-c", forged], scratch())) as Data;
  assert.equal(refusal.error.data.reason, "session.none");
}
const noCurl = spawnSync("curl", ["--version"]).status !== 0;
test(
  "the batch by curl of docs/protocol.md, with an access token",
  {
    skip: noCurl && "not installed: curl",
  },
  () => batchByCurl(block("protocol.md", "sh batch")),
);

test("what the pages call of make is a target that does something", () => {
  const rules = new Set(
    [...source("Makefile").matchAll(/^([a-z-]+):.*## /gm)].map((one) => one[1]),
  );
  const pages = [source("README.md"), ...files.map(page)];
  const called = pages.flatMap((text) => [
    ...text.matchAll(/(?:`|^|&& |sudo )make ((?:[A-Z]+=\S+ )*)([a-z-]+)(?![a-z/-])/gm),
  ]);
  assert.ok(called.length > 10);
  for (const one of called) assert.ok(rules.has(one[2]), one[0]);
});

test("the commands of docs/commands.md and docs/install.md exist", async () => {
  const known = new Set(
    [...(await must("--help")).matchAll(/^ {2}([a-z]+) /gm)].map((one) => one[1]),
  );
  for (const name of files) {
    const code = [
      ...page(name).matchAll(/`palabre ([a-z]+)|^(?:\$ |ExecStart=\S*\/)?palabre ([a-z]+)/gm),
    ];
    for (const found of code) {
      const word = found[1] ?? found[2] ?? "";
      assert.ok(known.has(word), `${relative(root, join(docs, name))}: palabre ${word}`);
    }
  }
  assert.equal((await palabre("nothing")).code, 2);
});
