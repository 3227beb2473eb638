// Bytes nobody well-meaning sends: fragments without end, JSON made to hurt, HTTP that two programs could read in two
// ways, paths that try to leave the web root. Each is refused at once, and the server serves on.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, newHall, type Person, post } from "../harness/people.ts";
import { serveNew, slowness, webFolder } from "../harness/program.ts";
import { ask, frame, framesOf, openSocket, Raw } from "../harness/raw.ts";
import { httpRequest } from "../harness/wire.ts";

const server = await serveNew({ more: ["--command-rate", "0", "--connections-per-address", "0"] });
const { members } = await newHall(server, 1);
const [member] = members as [Person];
const host = `Host: 127.0.0.1:${server.port}`;

afterEach(async () => {
  assert.ok(server.running && (await server.healthy()), "the server serves on");
});

const memory = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024;
/** Milliseconds that the thread of the network has worked. */
const worked = () =>
  Number(readFileSync(`/proc/${server.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;

// ---- T-N5 ----

test("T-N5 a million fragments and 64 KiB of single bytes leave memory as it was", async (t) => {
  const raw = await openSocket(server, member.cookie);
  const text = Buffer.from('{"jsonrpc":"2.0","method":"session.ping","id":"end"}');
  const empty = frame(0, Buffer.alloc(0), { first: 0 });
  const before = memory();
  raw.write(frame(1, text.subarray(0, 20), { first: 1 }));
  const thousand = Buffer.concat(Array.from({ length: 1000 }, () => empty));
  for (let n = 0; n < 1000; n++) raw.write(thousand);
  raw.write(frame(0, text.subarray(20)));
  await raw.has('"end"', 20_000 * slowness);
  const blank = (first: number) => frame(0, Buffer.from(" "), { first });
  const blanks = Array.from({ length: 65_536 - text.length }, (_, at) => blank(at === 0 ? 1 : 0));
  raw.write(Buffer.concat([...blanks, frame(0, text)]));
  await eventually("both answers", async () => framesOf(raw).length === 2, 20_000 * slowness);
  t.diagnostic(`${(memory() - before).toFixed(1)} MB more`);
  assert.ok(memory() - before < 30, `${memory() - before} MB more`);
  raw.close();
});

// ---- T-N6 ----

const call = (params: string) =>
  `{"jsonrpc":"2.0","id":1,"method":"session.get","params":${params}}`;
const keys = (count: number) =>
  `{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join(",")}}`;
const hard: [string, string | Buffer, RegExp][] = [
  ["arrays 30,000 deep", call(`${"[".repeat(30_000)}${"]".repeat(30_000)}`), /input\.too_deep/],
  [
    "objects 12,000 deep",
    call(`${'{"a":'.repeat(10_000)}0${"}".repeat(10_000)}`),
    /input\.too_deep/,
  ],
  ["arrays never closed", "[".repeat(65_000), /input\.too_deep/],
  [
    "brackets in a text, one level too many",
    call(`{"a":"${"[".repeat(30_000)}"}`),
    /input\.unknown_field/,
  ],
  ["7,000 keys", call(keys(6000)), /input\.unknown_field/],
  ["one key twice among many", call(keys(5000).replace('"k4999"', '"k0"')), /input\.duplicate_key/],
  ["a key twice, once escaped", call('{"a":1,"\\u0061":2}'), /input\.duplicate_key/],
  ["a number of 60,000 digits", call(`{"a":${"9".repeat(60_000)}}`), /input\./],
  ["60,000 digits behind the point", call(`{"a":0.${"9".repeat(60_000)}}`), /input\./],
  ["1e999", call('{"a":1e999}'), /input\.bad_json/],
  ["-1e999", call('{"a":-1e999}'), /input\.bad_json/],
  ["NaN", call('{"a":NaN}'), /input\.bad_json/],
  ["Infinity", call('{"a":-Infinity}'), /input\.bad_json/],
  ["NUL", call('{"a":"\u0000"}'), /input\.bad_json/],
  ["NUL escaped in a key", call('{"\\u0000":1}'), /input\./],
  ["NUL behind the end", `${call("{}")}\u0000`, /input\.bad_json/],
  ["a lone high surrogate", call('{"a":"\\ud800"}'), /input\.bad_json/],
  ["a lone low surrogate", call('{"a":"\\udc00"}'), /input\.bad_json/],
  ["surrogates the wrong way round", call('{"a":"\\udc00\\ud800"}'), /input\.bad_json/],
  ["a surrogate and a letter", call('{"a":"\\ud800a"}'), /input\.bad_json/],
  [
    "a surrogate in UTF-8",
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from("eda080", "hex"), Buffer.from('"}')]),
    /input\.bad_utf8/,
  ],
  ["60,000 backslashes", call(`{"a":"${"\\\\".repeat(30_000)}"}`), /input\.unknown_field/],
  ["a text never closed", `{"a":"${'\\"'.repeat(30_000)}`, /input\.bad_json/],
  ["two values", `${call("{}")}${call("{}")}`, /input\.bad_json/],
  ["a comma too many", call('{"a":1,}'), /input\.bad_json/],
  ["a byte order mark", `\ufeff${call("{}")}`, /input\.bad_json/],
];
/** Nothing hostile: 20,000 small values, 2.5 ms of the release build. What hurts may take twice that, which is the 5 ms
 * allowed there, and the same on every build and machine. */
const ordinary = call(`{"a":[${"0,".repeat(20_000)}0]}`);
/** The same once it rests: what runs at this moment may not be counted yet. */
async function workedUntilRest(): Promise<number> {
  for (let before = worked(); ; ) {
    await sleep(10);
    const now = worked();
    if (now - before < 0.2) return now;
    before = now;
  }
}
async function workOf(body: string | Buffer): Promise<number> {
  const before = await workedUntilRest();
  await post(server, member.cookie, body);
  return (await workedUntilRest()) - before;
}
for (const [what, body, reason] of hard)
  test(`T-N6 ${what}: refused with the work of ordinary bytes`, async () => {
    const answer = await post(server, member.cookie, body);
    assert.match(answer.text, reason);
    let least = Number.POSITIVE_INFINITY;
    let usual = Number.POSITIVE_INFINITY;
    for (let n = 0; n < 5 && !(least < 2 * usual); n++) {
      least = Math.min(least, await workOf(body));
      usual = Math.min(usual, await workOf(ordinary));
    }
    assert.ok(usual > 0.5, `${usual} ms are too few to compare with`);
    assert.ok(least < 2 * usual, `${least.toFixed(1)} ms against ${usual.toFixed(1)} ms`);
  });

test("T-N6 on the control socket, where 4 MiB may come: 10^5 levels, a million keys, a number of 10 MB", async () => {
  const operator = async (body: string) =>
    httpRequest({
      socketPath: join(server.folder, "control"),
      path: "/rpc",
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    }).catch(() => ({ status: 0, text: "" }));
  const deep = await operator(call(`${"[".repeat(100_000)}${"]".repeat(100_000)}`));
  assert.match(deep.text, /input\.too_deep/);
  for (const body of [call(keys(1_000_000)), call("1".repeat(10_000_000))]) {
    const before = worked();
    const { status } = await operator(body);
    assert.ok(status === 413 || status === 0, String(status));
    assert.ok(worked() - before < 100 * slowness, `${worked() - before} ms`);
  }
});

// ---- T-N7 ----

const get = (path: string, ...more: string[]) => [`GET ${path} HTTP/1.1`, host, ...more];
const rpc = ["POST /rpc HTTP/1.1", host, `Origin: ${server.origin}`, "X-Palabre-CSRF: 1"];
/** What is sent, and which statuses are right; 0 = cut without an answer. */
const heads: [string, string[], number[], string?][] = [
  ["a good one", get("/healthz"), [200]],
  ["a negative length", [...rpc, "Content-Length: -1"], [400], "{}"],
  ["a length past 2^31", [...rpc, "Content-Length: 4294967298"], [400, 413], "{}"],
  ["a length past 2^63", [...rpc, "Content-Length: 9223372036854775809"], [400, 413], "{}"],
  ["a length past 2^64", [...rpc, "Content-Length: 18446744073709551618"], [400, 413], "{}"],
  ["two lengths", [...rpc, "Content-Length: 2", "Content-Length: 3"], [400], "{}x"],
  ["the same length twice", [...rpc, "Content-Length: 2", "Content-Length: 2"], [400], "{}"],
  [
    "a length and chunks",
    [...rpc, "Content-Length: 2", "Transfer-Encoding: chunked"],
    [400],
    "0\r\n\r\n",
  ],
  [
    "chunks and a length",
    [...rpc, "Transfer-Encoding: chunked", "Content-Length: 2"],
    [400],
    "0\r\n\r\n",
  ],
  ["chunked, written otherwise", [...rpc, "Transfer-Encoding: xchunked"], [400]],
  ["chunked behind a tab", [...rpc, "Transfer-Encoding:\tchunked"], [400]],
  ["identity", [...rpc, "Transfer-Encoding: identity", "Content-Length: 2"], [400], "{}"],
  ["a space before the colon", [...rpc, "Content-Length : 2"], [400, 411], "{}"],
  ["an address of 8 KB", get(`/${"a".repeat(8192)}`), [0, 400, 404, 414, 431]],
  ["an address of 64 KB", get(`/${"a".repeat(65_536)}`), [0, 400, 414, 431]],
  [
    "100 headers",
    get("/healthz", ...Array.from({ length: 100 }, (_, at) => `X-${at}: ${at}`)),
    [200, 431],
  ],
  ["headers of 20 KB", get("/healthz", `X-Long: ${"a".repeat(20_000)}`), [0, 400, 431]],
  ["no Host", ["GET /healthz HTTP/1.1"], [0, 400, 421]],
  ["two Hosts", get("/healthz", "Host: evil.example"), [400, 421]],
  ["an absolute address, elsewhere", get("http://evil.example/healthz"), [400, 403, 404, 421]],
  [
    "an absolute address, ours",
    get(`http://127.0.0.1:${server.port}/healthz`),
    [200, 400, 403, 404],
  ],
  ["an address without a slash", get("healthz"), [400, 403, 404]],
  ["an asterisk", ["OPTIONS * HTTP/1.1", host], [0, 400, 403, 405]],
  ["a folded header", get("/healthz", "X-Folded: a", " Content-Length: 5"), [200, 400]],
  ["guard bad_version: HTTP/2.0", ["GET /healthz HTTP/2.0", host], [505]],
  ["HTTP/9.9", ["GET /healthz HTTP/9.9", host], [505]],
  ["no version", ["GET /healthz", host], [0, 400, 505]],
  ["TRACE", ["TRACE / HTTP/1.1", host], [0, 400, 403, 405]],
  ["CONNECT", ["CONNECT 127.0.0.1:22 HTTP/1.1", host], [0, 400, 403, 405]],
  ["a method nobody knows", ["FROB / HTTP/1.1", host], [0, 400, 403, 405]],
  ["a method in small letters", ["get /nothing HTTP/1.1", host], [0, 400, 403, 404, 405]],
  ["Upgrade: foo", get("/", "Connection: Upgrade", "Upgrade: foo"), [0, 400, 403]],
  [
    "Upgrade: h2c",
    get(
      "/",
      "Connection: Upgrade, HTTP2-Settings",
      "Upgrade: h2c",
      "HTTP2-Settings: AAMAAABkAAQAAP__",
    ),
    [0, 400, 403],
  ],
];
for (const [what, lines, statuses, body] of heads)
  test(`T-N7 ${what}`, async () => {
    const status = await ask(server.port, lines, body ?? "");
    assert.ok(statuses.includes(status), String(status));
  });

/** What later versions of the library mended, and Debian's has not: none of it can be reached. */
const h2 = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const h2frame = (type: number, flags: number, payload: Buffer) =>
  Buffer.concat([
    Buffer.from([0, payload.length >> 8, payload.length & 255, type, flags, 0, 0, 0, 1]),
    payload,
  ]);
const mended: [string, Buffer][] = [
  [
    "2f082ec31, an unknown Upgrade",
    Buffer.from(
      `${get("/", "Connection: Upgrade", `Upgrade: ${"x".repeat(3000)}`).join("\r\n")}\r\n\r\n`,
    ),
  ],
  [
    "7a64c40cd, CONTINUATION without end",
    Buffer.concat([
      h2,
      h2frame(4, 0, Buffer.alloc(0)),
      h2frame(1, 0, Buffer.from([0x82])),
      ...Array.from({ length: 500 }, () => h2frame(9, 0, Buffer.alloc(1000, 0x40))),
    ]),
  ],
  [
    "061adbccd, an HPACK integer without end",
    Buffer.concat([h2, h2frame(4, 0, Buffer.alloc(0)), h2frame(1, 4, Buffer.alloc(600, 0xff))]),
  ],
  [
    "01409d90e, an HPACK table of 2^32",
    Buffer.concat([h2, h2frame(1, 4, Buffer.from("3fffffffff0f82", "hex"))]),
  ],
  [
    "cb29a5d54, a length below nought",
    Buffer.from(`${[...rpc, "Content-Length: -2147483649"].join("\r\n")}\r\n\r\n{}`),
  ],
];
for (const [what, bytes] of mended)
  test(`T-N7 mended in the library since: ${what}`, async () => {
    const raw = await Raw.open(server.port);
    for (let n = 0; n < 3; n++) raw.write(bytes);
    await raw.end();
    assert.doesNotMatch(raw.text, /HTTP\/1\.1 (101|2\d\d)/);
    // No frame of settings: HTTP/2 was not spoken.
    assert.ok(!raw.received.subarray(3, 5).equals(Buffer.from([4, 0])));
  });

test("T-N7 a lone CR or LF never makes a second request or header", async () => {
  for (const bytes of [
    `GET /healthz HTTP/1.1\r\n${host}\r\nX: a\rGET /openrpc.json HTTP/1.1\r\n\r\n`,
    `GET /healthz HTTP/1.1\r\n${host}\r\nX: a\r\r\n\r\n`,
    `GET /healthz HTTP/1.1\r\n${host}\r\nX: \0\r\n\r\n`,
    `GET /heal\0thz HTTP/1.1\r\n${host}\r\n\r\n`,
  ]) {
    const raw = await Raw.open(server.port);
    raw.write(bytes);
    await Promise.race([raw.status(), sleep(1000)]);
    assert.ok(raw.text.split("HTTP/1.1 ").length - 1 <= 1, raw.text);
    raw.close();
  }
});

test("T-N7 requests in one piece are answered one by one, in order", async () => {
  const raw = await Raw.open(server.port);
  const paths = Array.from({ length: 50 }, (_, at) =>
    at % 2 === 0 ? "/healthz" : "/log/checkpoint",
  );
  raw.write(paths.map((path) => `${get(path).join("\r\n")}\r\n\r\n`).join(""));
  const bodies = await answersOf(raw, paths.length);
  for (const [at, { status, body }] of bodies.entries()) {
    assert.equal(status, 200);
    assert.equal(body.toString() === "ok\n", at % 2 === 0, String(at));
  }
  raw.close();
});

type Answered = { status: number; body: Buffer };
/** So many answers with a length, fewer when the connection ends before. */
async function answersOf(raw: Raw, count: number): Promise<Answered[]> {
  const limit = Date.now() + 20_000;
  for (;;) {
    const all: Answered[] = [];
    let at = 0;
    for (
      let end = raw.received.indexOf("\r\n\r\n");
      end >= 0;
      end = raw.received.indexOf("\r\n\r\n", at)
    ) {
      const text = raw.received.subarray(at, end).toString("latin1");
      const size = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (raw.received.length < end + 4 + size) break;
      all.push({
        status: Number(text.slice(9, 12)),
        body: raw.received.subarray(end + 4, end + 4 + size),
      });
      at = end + 4 + size;
    }
    if (all.length >= count || raw.ended) return all;
    assert.ok(Date.now() < limit, `${all.length} of ${count} answers`);
    await new Promise((next) => setTimeout(next, 5));
  }
}

/** The same in every run. */
function* pathsThatClimb(count: number): Generator<string> {
  let seed = 20_455n;
  const pick = <T>(list: T[]): T => {
    seed = (seed * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffffffffffffffffn;
    return list[Number((seed >> 33n) % BigInt(list.length))] as T;
  };
  const up = [
    "..",
    "%2e%2e",
    ".%2e",
    "%2E.",
    "..%00",
    "..;",
    "....",
    "%252e%252e",
    "%c0%ae%c0%ae",
    "%u002e.",
    "...",
    ".",
  ];
  const slash = ["/", "//", "%2f", "\\", "%5c", "/./", "%252f", "%c0%af", "/%00/", ";/"];
  const goal = [
    "etc/passwd",
    "etc%2fpasswd",
    "proc/self/environ",
    "package.json",
    "palabre",
    "data.mdb",
    "control",
    "index.html%00.js",
    "Makefile",
    "web/index.html",
  ];
  const begin = [
    "/",
    "/assets/",
    "/files/",
    "/assets/../",
    "//",
    "/log/",
    "/topic/",
    "/%2e/",
    "/?/",
    "/#/",
  ];
  for (let n = 0; n < count; n++) {
    let path = pick(begin);
    for (let depth = Number(seed % 7n) + 1; depth > 0; depth--) path += pick(up) + pick(slash);
    yield path + pick(goal);
  }
}

test("T-N7 guard path_outside: 10,000 paths, and no byte from outside the web root", async (t) => {
  if (!existsSync(webFolder)) return t.skip(`the client is not built (${webFolder})`);
  const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  const ours = new Set(
    readdirSync(webFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => hashOf(readFileSync(join(entry.parentPath, entry.name)))),
  );
  const counts = new Map<number, number>();
  const queue = [...pathsThatClimb(10_000)];
  const take = ({ status, body }: Answered) => {
    counts.set(status, (counts.get(status) ?? 0) + 1);
    assert.ok([200, 400, 401, 403, 404].includes(status), String(status));
    if (status === 200) assert.ok(ours.has(hashOf(body)), body.subarray(0, 80).toString("latin1"));
    else assert.doesNotMatch(body.toString("latin1"), /root:|devDependencies|PATH=|ELF/);
  };
  let cut = 0;
  const lane = async () => {
    for (let some = queue.splice(0, 25); some.length > 0; some = queue.splice(0, 25)) {
      const raw = await Raw.open(server.port);
      raw.write(some.map((path) => `${get(path).join("\r\n")}\r\n\r\n`).join(""));
      const answers = await answersOf(raw, some.length);
      raw.close();
      answers.forEach(take);
      // Cut without an answer is a refusal too, of the first that has none; the others are asked again.
      if (answers.length === 0) cut++;
      queue.push(...some.slice(Math.max(1, answers.length)));
    }
  };
  await Promise.all(Array.from({ length: 12 }, lane));
  t.diagnostic(`${[...counts].map(([status, n]) => `${status}: ${n}`).join(", ")}, cut: ${cut}`);
  assert.equal(
    [...counts.values()].reduce((sum, n) => sum + n, cut),
    10_000,
  );
});
