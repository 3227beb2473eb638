// RFC 6455 on bare sockets: our own cases over the categories of the Autobahn suite (1 framing, 2 pings and pongs,
// 3 reserved bits, 4 opcodes, 5 fragmentation, 6 UTF-8, 7 closing, 9 limits, 10 fragments of the network).
//
// A case is what is sent and what must come back, frame by frame, until the connection ends. A message of ours is a ping
// of JSON-RPC whose id is the text under test: the answer repeats the id, which makes the server an echo. A case that
// should leave the connection well sends a close at its end, so that its answer is complete.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { newHall, newProposal, type Person } from "../harness/people.ts";
import { serveNew } from "../harness/program.ts";
import {
  type FrameOptions,
  frame,
  framesOf,
  openSocket,
  Raw,
  upgradeLines,
} from "../harness/raw.ts";
import { Socket } from "../harness/socket.ts";
import type { Data } from "../harness/wire.ts";

const server = await serveNew();
const { members } = await newHall(server, 1);
const [member] = members as [Person];

/** parts: written one after the other; bytewise: a byte at a time, as a bad network may bring them. */
type Case = { name: string; parts: Buffer[]; comes: string[]; bytewise?: boolean };
const cases: Case[] = [];

const text = (value: string) => Buffer.from(value, "utf8");
const hex = (value: string) => Buffer.from(value.replaceAll(" ", ""), "hex");
const [CONTINUE, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10] as const;
const unfinished = (opcode: number, payload: Buffer) => frame(opcode, payload, { first: opcode });
/** A ping of JSON-RPC with this id. */
const json = (id: Buffer | string) =>
  Buffer.concat([
    text('{"jsonrpc":"2.0","method":"session.ping","id":"'),
    Buffer.from(id),
    text('"}'),
  ]);
const message = (id: string) => frame(TEXT, json(id));
const closing = (code: number, reason: Buffer | string = "") => {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return frame(CLOSE, Buffer.concat([head, Buffer.from(reason)]));
};
const bye = closing(1000);

/** The connection goes on: what comes, then the answer to our close. */
function good(name: string, parts: Buffer[], comes: string[], bytewise = false): void {
  cases.push({ name, parts: [...parts, bye], comes: [...comes, "close 1000"], bytewise });
}

/** The connection ends with this code, whatever else is sent. */
function bad(name: string, parts: Buffer[], code: number, before: string[] = []): void {
  cases.push({ name, parts, comes: [...before, `close ${code}`] });
}

/** A ping of JSON-RPC that is exactly so long: blanks between its parts. */
function sized(size: number, id: string): Buffer {
  const bytes = json(id);
  return Buffer.concat([
    bytes.subarray(0, 1),
    Buffer.alloc(size - bytes.length, 0x20),
    bytes.subarray(1),
  ]);
}

function pieces(bytes: Buffer, size: number): Buffer[] {
  const count = Math.max(1, Math.ceil(bytes.length / size));
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * size, at * size + size));
}

/** A message in fragments of this size. */
function fragments(bytes: Buffer, size: number, opcode: number = TEXT): Buffer[] {
  const all = pieces(bytes, size);
  return all.map((part, at) => {
    const first = (at === all.length - 1 ? 0x80 : 0) | (at === 0 ? opcode : CONTINUE);
    return frame(CONTINUE, part, { first });
  });
}

// ---- 1 framing ----

good("1.1.1 a text of no bytes is no JSON", [frame(TEXT, text(""))], ["refused input.bad_json"]);
for (const size of [125, 126, 127, 128, 1023, 1024, 1025, 4096, 16_384, 65_535, 65_536])
  good(`1.1.2 a text of ${size} bytes`, [frame(TEXT, sized(size, "t"))], ["answer t"]);
for (const size of [125, 126, 127, 128, 1024])
  good(
    `1.1.7 a text of ${size} bytes, byte by byte`,
    [frame(TEXT, sized(size, "t"))],
    ["answer t"],
    true,
  );
bad("1.1.8 a text of 65,537 bytes", [frame(TEXT, sized(65_537, "t"))], 1009);
for (const size of [0, 1, 125, 126, 127, 128, 65_535, 65_536, 70_000])
  bad(`1.2.1 a binary message of ${size} bytes`, [frame(BINARY, Buffer.alloc(size, 0xfe))], 1003);
for (const length of [16, 64] as const)
  bad(
    `1.3.1 a short text with its length in ${length} bits`,
    [frame(TEXT, json("t"), { length })],
    1002,
  );
bad(
  "1.3.2 200 bytes with their length in 64 bits",
  [frame(TEXT, sized(200, "t"), { length: 64 })],
  1002,
);
bad("1.3.3 a length of 2^63", [hex("81 ff 8000000000000000 00000000")], 1002);
bad("1.3.4 a length of 2^40", [hex("81 ff 0000010000000000 00000000")], 1009);
const unmasked: FrameOptions = { mask: false };
bad("1.4.1 guard unmasked_frame: a text without a mask", [frame(TEXT, json("t"), unmasked)], 1002);
bad("1.4.2 guard unmasked_frame: a ping without a mask", [frame(PING, text("p"), unmasked)], 1002);
bad(
  "1.4.3 guard unmasked_frame: an empty ping without a mask",
  [frame(PING, text(""), unmasked)],
  1002,
);
bad("1.4.4 guard unmasked_frame: a pong without a mask", [frame(PONG, text("p"), unmasked)], 1002);
bad(
  "1.4.5 guard unmasked_frame: a close without a mask",
  [frame(CLOSE, hex("03e8"), unmasked)],
  1002,
);
bad(
  "1.4.6 guard unmasked_frame: an empty text without a mask",
  [frame(TEXT, text(""), unmasked)],
  1002,
);
bad(
  "1.4.7 guard unmasked_frame: good, then without a mask",
  [message("a"), frame(TEXT, json("b"), unmasked)],
  1002,
  ["answer a"],
);
bad(
  "1.4.8 guard unmasked_frame: a continuation without a mask",
  [unfinished(TEXT, json("a").subarray(0, 9)), frame(CONTINUE, json("a").subarray(9), unmasked)],
  1002,
);
bad(
  "1.4.9 guard unmasked_frame: 200 bytes without a mask",
  [frame(TEXT, sized(200, "t"), unmasked)],
  1002,
);
good("1.5.1 a mask of noughts", [frame(TEXT, json("t"), { key: hex("00000000") })], ["answer t"]);

// ---- 2 pings and pongs ----

good("2.1 an empty ping", [frame(PING, text(""))], ["pong "]);
for (const size of [1, 2, 3, 4, 5, 64, 124, 125])
  good(
    `2.2 a ping of ${size} bytes`,
    [frame(PING, Buffer.alloc(size, 0x61))],
    [`pong ${"61".repeat(size)}`],
  );
good(
  "2.3 a ping that is no text",
  [frame(PING, hex("00fffefdfcfb00ff"))],
  ["pong 00fffefdfcfb00ff"],
);
bad("2.5 a ping of 126 bytes", [frame(PING, Buffer.alloc(126))], 1002);
bad("2.5 a ping of 65,536 bytes", [frame(PING, Buffer.alloc(65_536))], 1002);
bad(
  "2.5 a ping whose 5 bytes are counted in 16 bits",
  [frame(PING, text("12345"), { length: 16 })],
  1002,
);
good(
  "2.6 a ping of 125 bytes, byte by byte",
  [frame(PING, Buffer.alloc(125, 1))],
  [`pong ${"01".repeat(125)}`],
  true,
);
good("2.7 a pong nobody asked for, empty", [frame(PONG, text(""))], []);
good("2.8 a pong nobody asked for", [frame(PONG, text("hello"))], []);
bad("2.8 a pong of 126 bytes", [frame(PONG, Buffer.alloc(126))], 1002);
good("2.9 a pong, then a ping", [frame(PONG, text("x")), frame(PING, text("y"))], ["pong 79"]);
const ten = Array.from({ length: 10 }, (_, at) => at);
good(
  "2.10 ten pings",
  ten.map((at) => frame(PING, Buffer.from([at]))),
  ten.map((at) => `pong 0${at}`),
);
good(
  "2.11 ten pings, byte by byte",
  ten.map((at) => frame(PING, Buffer.from([at]))),
  ten.map((at) => `pong 0${at}`),
  true,
);
good(
  "2.12 ten pings in one piece",
  [Buffer.concat(ten.map((at) => frame(PING, Buffer.from([at]))))],
  ten.map((at) => `pong 0${at}`),
);
bad("2.13 a ping in fragments", [unfinished(PING, text("a")), frame(CONTINUE, text("b"))], 1002);
bad("2.14 a pong in fragments", [unfinished(PONG, text("a"))], 1002);
good(
  "2.15 a ping between two messages",
  [message("a"), frame(PING, text("p")), message("b")],
  ["answer a", "pong 70", "answer b"],
);

// ---- 3 reserved bits ----

const kinds: [string, number, Buffer][] = [
  ["a text", TEXT, json("t")],
  ["an empty text", TEXT, text("")],
  ["a binary message", BINARY, hex("00")],
  ["a ping", PING, text("p")],
  ["a pong", PONG, text("p")],
  ["a close", CLOSE, hex("03e8")],
];
for (const bits of [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70]) {
  const named = `reserved bits ${(bits >> 4).toString(2).padStart(3, "0")}`;
  for (const [what, opcode, payload] of kinds)
    bad(
      `3.1 ${what} with ${named}`,
      [frame(opcode, payload, { first: 0x80 | bits | opcode })],
      1002,
    );
  bad(
    `3.5 a good message, then ${named}`,
    [message("a"), frame(TEXT, json("b"), { first: 0x81 | bits })],
    1002,
    ["answer a"],
  );
  const [begin, end] = fragments(json("t"), 30) as [Buffer, Buffer];
  assert.ok(end);
  bad(
    `3.6 a continuation with ${named}`,
    [begin, frame(CONTINUE, text("}"), { first: 0x80 | bits })],
    1002,
  );
}

// ---- 4 opcodes ----

for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) {
  bad(`4.1 guard wrong_frame: opcode ${opcode} without payload`, [frame(opcode, text(""))], 1002);
  bad(`4.2 opcode ${opcode} with payload`, [frame(opcode, text("reserved"))], 1002);
  bad(`4.3 a message, then opcode ${opcode}`, [message("a"), frame(opcode, text("x"))], 1002, [
    "answer a",
  ]);
  bad(
    `4.4 a ping, then opcode ${opcode}`,
    [frame(PING, text("p")), frame(opcode, text(""))],
    1002,
    ["pong 70"],
  );
  bad(
    `4.5 opcode ${opcode} between fragments`,
    [unfinished(TEXT, text("{")), frame(opcode, text(""))],
    1002,
  );
  bad(`4.6 opcode ${opcode} in fragments`, [unfinished(opcode, text("x"))], 1002);
}

// ---- 5 fragmentation ----

const whole = json("fragments");
const [head, tail] = [whole.subarray(0, 20), whole.subarray(20)];
bad("5.1 a ping in two fragments", [unfinished(PING, text("a")), frame(CONTINUE, text("b"))], 1002);
bad("5.2 a pong in two fragments", [unfinished(PONG, text("a")), frame(CONTINUE, text("b"))], 1002);
for (const size of [1, 2, 3, 7, 20, 57]) {
  good(`5.3 a text in fragments of ${size} bytes`, fragments(whole, size), ["answer fragments"]);
  good(
    `5.4 in fragments of ${size} bytes, in one piece`,
    [Buffer.concat(fragments(whole, size))],
    ["answer fragments"],
  );
  good(
    `5.5 in fragments of ${size} bytes, byte by byte`,
    fragments(whole, size),
    ["answer fragments"],
    true,
  );
}
good(
  "5.6 a ping between two fragments",
  [unfinished(TEXT, head), frame(PING, text("p")), frame(CONTINUE, tail)],
  ["pong 70", "answer fragments"],
);
good(
  "5.7 the same in one piece",
  [Buffer.concat([unfinished(TEXT, head), frame(PING, text("p")), frame(CONTINUE, tail)])],
  ["pong 70", "answer fragments"],
);
good(
  "5.8 the same, byte by byte",
  [unfinished(TEXT, head), frame(PING, text("p")), frame(CONTINUE, tail)],
  ["pong 70", "answer fragments"],
  true,
);
good(
  "5.8 a pong between two fragments",
  [unfinished(TEXT, head), frame(PONG, text("p")), frame(CONTINUE, tail)],
  ["answer fragments"],
);
good(
  "5.8 an empty pong between two fragments",
  [unfinished(TEXT, head), frame(PONG, text("")), frame(CONTINUE, tail)],
  ["answer fragments"],
);
for (const [at, fin] of [
  [9, "an unfinished"],
  [10, "a finished"],
] as const) {
  const begin = at === 9 ? unfinished(CONTINUE, whole) : frame(CONTINUE, whole);
  bad(`5.${at} ${fin} continuation of nothing`, [begin], 1002);
  bad(`5.${at + 2} a message, then ${fin} continuation of nothing`, [message("a"), begin], 1002, [
    "answer a",
  ]);
  bad(`5.${at + 4} ${fin} continuation of nothing, then a message`, [begin, message("a")], 1002);
  bad(
    `5.${at + 6} fragments, then ${fin} continuation of nothing`,
    [...fragments(whole, 20), begin],
    1002,
    ["answer fragments"],
  );
}
bad("5.17 an empty continuation of nothing", [frame(CONTINUE, text(""))], 1002);
bad("5.18 a text within a text", [unfinished(TEXT, head), frame(TEXT, tail)], 1002);
bad(
  "5.18 an unfinished text within a text",
  [unfinished(TEXT, head), unfinished(TEXT, tail)],
  1002,
);
bad("5.18 a binary message within a text", [unfinished(TEXT, head), frame(BINARY, tail)], 1002);
bad("5.18 a text within a binary message", [unfinished(BINARY, head), frame(TEXT, tail)], 1003);
good(
  "5.19 six fragments with pings between them",
  fragments(whole, 10).flatMap((one, at) => [one, frame(PING, Buffer.from([at]))]),
  [
    ...fragments(whole, 10)
      .map((_, at) => `pong 0${at}`)
      .slice(0, -1),
    "answer fragments",
    `pong 0${fragments(whole, 10).length - 1}`,
  ],
);
good(
  "5.20 empty fragments around a text",
  [
    unfinished(TEXT, text("")),
    unfinished(CONTINUE, text("")),
    unfinished(CONTINUE, whole),
    frame(CONTINUE, text("")),
  ],
  ["answer fragments"],
);
good(
  "5.21 a hundred empty fragments",
  [
    unfinished(TEXT, head),
    ...Array.from({ length: 100 }, () => unfinished(CONTINUE, text(""))),
    frame(CONTINUE, tail),
  ],
  ["answer fragments"],
);
good(
  "5.22 a text of empty fragments is no JSON",
  [unfinished(TEXT, text("")), frame(CONTINUE, text(""))],
  ["refused input.bad_json"],
);
bad("5.23 a binary message in fragments", fragments(Buffer.alloc(100), 30, BINARY), 1003);

// ---- 6 UTF-8 ----

/** What must come through as it is. */
const wellFormed: [string, string][] = [
  ["Greek", "κόσμε"],
  ["Latin, Greek, Cyrillic", "Hello-µ@ßöäüàá-κόσμε-Жизнь"],
  ["the first of 1 byte that JSON lets through", " "],
  ["the first of 2 bytes", "\u0080"],
  ["the first of 3 bytes", "\u0800"],
  ["the first of 4 bytes", "\u{10000}"],
  ["the last of 1 byte", "\u007f"],
  ["the last of 2 bytes", "\u07ff"],
  ["the last of 3 bytes", "\uffff"],
  ["the last of all", "\u{10ffff}"],
  ["before the surrogates", "\ud7ff"],
  ["after the surrogates", "\ue000"],
  ["the replacement", "\ufffd"],
  ["a byte order mark", "\ufeff"],
  ["Chinese", "中文字符"],
  ["Arabic", "مرحبا"],
  ["emoji joined", "👩‍👩‍👧‍👦"],
  ["combining", "e\u0301"],
];
for (let plane = 0; plane <= 16; plane++) {
  for (const low of [0xfffe, 0xffff]) {
    const value = String.fromCodePoint(plane * 0x10000 + low);
    wellFormed.push([`U+${(plane * 0x10000 + low).toString(16).toUpperCase()}`, value]);
  }
}
for (const [what, value] of wellFormed) good(`6.2 ${what}`, [message(value)], [`answer ${value}`]);
for (const [what, value] of wellFormed.slice(0, 16)) {
  good(`6.3 ${what}, in fragments of a byte`, fragments(json(value), 1), [`answer ${value}`]);
}
for (const [what, value] of wellFormed.slice(3, 8))
  good(`6.3 ${what}, byte by byte`, [message(value)], [`answer ${value}`], true);

/** Markus Kuhn's sequences and their like. */
const illFormed: [string, string][] = [
  ["a continuation byte, the first", "80"],
  ["a continuation byte, the last", "bf"],
  ["2 continuation bytes", "80bf"],
  ["3 continuation bytes", "80bf80"],
  ["4 continuation bytes", "80bf80bf"],
  ["5 continuation bytes", "80bf80bf80"],
  ["6 continuation bytes", "80bf80bf80bf"],
  [
    "all continuation bytes",
    Array.from({ length: 64 }, (_, at) => (0x80 + at).toString(16)).join(""),
  ],
  [
    "lone starts of 2 bytes",
    Array.from({ length: 32 }, (_, at) => `${(0xc0 + at).toString(16)}20`).join(""),
  ],
  [
    "lone starts of 3 bytes",
    Array.from({ length: 16 }, (_, at) => `${(0xe0 + at).toString(16)}20`).join(""),
  ],
  [
    "lone starts of 4 bytes",
    Array.from({ length: 8 }, (_, at) => `${(0xf0 + at).toString(16)}20`).join(""),
  ],
  ["lone starts of 5 bytes", "f820f920fa20fb20"],
  ["lone starts of 6 bytes", "fc20fd20"],
  ["c2 and no more", "c2"],
  ["2 of 3 bytes", "e2 82"],
  ["1 of 3 bytes", "e2"],
  ["3 of 4 bytes", "f0 9f 98"],
  ["2 of 4 bytes", "f0 9f"],
  ["cut short, one after the other", "c2e282f09f98"],
  ["fe", "fe"],
  ["ff", "ff"],
  ["fe fe ff ff", "fefeffff"],
  ["an overlong slash of 2 bytes", "c0af"],
  ["an overlong slash of 3 bytes", "e080af"],
  ["an overlong slash of 4 bytes", "f08080af"],
  ["an overlong slash of 5 bytes", "f8808080af"],
  ["an overlong slash of 6 bytes", "fc80808080af"],
  ["the last overlong of 2 bytes", "c1bf"],
  ["the last overlong of 3 bytes", "e09fbf"],
  ["the last overlong of 4 bytes", "f08fbfbf"],
  ["the last overlong of 5 bytes", "f887bfbfbf"],
  ["the last overlong of 6 bytes", "fc83bfbfbfbf"],
  ["an overlong nought of 2 bytes", "c080"],
  ["an overlong nought of 3 bytes", "e08080"],
  ["an overlong nought of 4 bytes", "f0808080"],
  ["surrogate U+D800", "eda080"],
  ["surrogate U+DB7F", "edadbf"],
  ["surrogate U+DB80", "edae80"],
  ["surrogate U+DBFF", "edafbf"],
  ["surrogate U+DC00", "edb080"],
  ["surrogate U+DF80", "edbe80"],
  ["surrogate U+DFFF", "edbfbf"],
  ["surrogates U+D800 U+DC00", "eda080edb080"],
  ["surrogates U+DBFF U+DFFF", "edafbfedbfbf"],
  ["U+110000", "f4908080"],
  ["U+1FFFFF", "f7bfbfbf"],
  ["U+200000", "f888808080"],
  ["U+7FFFFFFF", "fdbfbfbfbfbf"],
  ["Greek, then a surrogate", "cebae1bdb9cf83cebceda080"],
];
for (const [what, bytes] of illFormed) {
  bad(`6.4 ${what}`, [frame(TEXT, json(hex(bytes)))], 1007);
  // Fail fast: the rest of the message never comes.
  bad(
    `6.5 ${what}, in a fragment that is not the last`,
    [unfinished(TEXT, Buffer.concat([json(hex(bytes)), text(" ")]))],
    1007,
  );
}
for (const [what, bytes] of illFormed.slice(31, 45))
  bad(`6.6 ${what}, in fragments of a byte`, fragments(json(hex(bytes)), 1), 1007);
bad("6.7 good, then bad", [message("é"), frame(TEXT, hex("c3"))], 1007, ["answer é"]);
bad("6.8 a text that ends within a character", [frame(TEXT, text("é").subarray(0, 1))], 1007);
bad(
  "6.9 fragments that end within a character",
  [unfinished(TEXT, text("é").subarray(0, 1)), frame(CONTINUE, text(""))],
  1007,
);
good(
  "6.10 a character cut by a ping",
  [
    unfinished(TEXT, json("é").subarray(0, 48)),
    frame(PING, hex("ff")),
    frame(CONTINUE, json("é").subarray(48)),
  ],
  ["pong ff", "answer é"],
);
bad(
  "6.11 bad after 60 KB",
  [frame(TEXT, Buffer.concat([Buffer.alloc(60_000, 0x20), hex("ff")]))],
  1007,
);

// ---- 7 closing ----

cases.push({
  name: "7.1.1 a message, then a close",
  parts: [message("a"), closing(1000)],
  comes: ["answer a", "close 1000"],
});
cases.push({
  name: "7.1.2 two closes",
  parts: [closing(1000), closing(1001)],
  comes: ["close 1000"],
});
cases.push({
  name: "7.1.3 a ping after the close",
  parts: [Buffer.concat([closing(1000), frame(PING, text("p"))])],
  comes: ["close 1000"],
});
cases.push({
  name: "7.1.4 a text after the close",
  parts: [Buffer.concat([closing(1000), message("a")])],
  comes: ["close 1000"],
});
cases.push({
  name: "7.1.5 a close between fragments",
  parts: [unfinished(TEXT, head), closing(1000), frame(CONTINUE, tail)],
  comes: ["close 1000"],
});
cases.push({
  name: "7.1.6 60 KB, then a close",
  parts: [frame(TEXT, sized(60_000, "a")), closing(1000)],
  comes: ["answer a", "close 1000"],
});
cases.push({
  name: "7.1.7 garbage after the close",
  parts: [Buffer.concat([closing(1000), Buffer.alloc(300, 0xff)])],
  comes: ["close 1000"],
});
cases.push({
  name: "7.3.1 a close without a code",
  parts: [frame(CLOSE, text(""))],
  comes: ["close"],
});
bad("7.3.2 a close of one byte", [frame(CLOSE, hex("03"))], 1002);
cases.push({
  name: "7.3.3 a close, byte by byte",
  parts: [closing(1000)],
  comes: ["close 1000"],
  bytewise: true,
});
for (const size of [1, 17, 122, 123])
  cases.push({
    name: `7.3.4 a close with a reason of ${size} bytes`,
    parts: [closing(1000, "r".repeat(size))],
    comes: ["close 1000"],
  });
bad("7.3.6 a close of 126 bytes", [closing(1000, "r".repeat(124))], 1002);
bad("7.3.7 a close in fragments", [unfinished(CLOSE, hex("03e8"))], 1002);
for (const [what, bytes] of illFormed.filter((_, at) => at % 6 === 1))
  bad(`7.5.1 a close whose reason has ${what}`, [closing(1000, hex(bytes).subarray(0, 100))], 1007);
for (const code of [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4401,
  4999,
])
  cases.push({
    name: `7.7 a close with ${code}`,
    parts: [closing(code)],
    comes: [`close ${code}`],
  });
for (const code of [0, 1, 100, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535]) {
  bad(`7.9 a close with ${code}`, [closing(code)], 1002);
  bad(`7.9 a close with ${code} and a reason`, [closing(code, "reason")], 1002);
}

// ---- 9 limits, 10 fragments of the network ----

for (const size of [64, 256, 1024, 4096, 16_384, 65_536])
  good(`9.3 64 KiB in fragments of ${size} bytes`, fragments(sized(65_536, "t"), size), [
    "answer t",
  ]);
for (const size of [64, 1300, 16_384])
  bad(`9.4 a byte more in fragments of ${size} bytes`, fragments(sized(65_537, "t"), size), 1009);
for (const size of [127, 1024, 1300, 8192, 30_000])
  good(`9.5 64 KiB in pieces of ${size} bytes`, pieces(frame(TEXT, sized(65_536, "t")), size), [
    "answer t",
  ]);
bad(
  "9.6 fragments that never end",
  Array.from({ length: 66 }, (_, at) =>
    unfinished(at === 0 ? TEXT : CONTINUE, Buffer.alloc(1000, 0x20)),
  ),
  1009,
);
const many = Array.from({ length: 200 }, (_, at) => String(at));
good(
  "9.7 200 messages",
  many.map(message),
  many.map((id) => `answer ${id}`),
);
good(
  "9.8 200 messages in one piece",
  [Buffer.concat(many.map(message))],
  many.map((id) => `answer ${id}`),
);
good("10.1 a message in frames of 1,300 bytes", fragments(sized(60_000, "t"), 1300), ["answer t"]);

// ---- the run ----

function said({ first, payload }: { first: number; payload: Buffer }): string {
  if (first === 0x8a) return `pong ${payload.toString("hex")}`;
  if (first === 0x88) return payload.length < 2 ? "close" : `close ${payload.readUInt16BE(0)}`;
  assert.equal(first, 0x81, "a final text, a pong or a close");
  const answer = JSON.parse(payload.toString("utf8"));
  return answer.error ? `refused ${answer.error.data.reason}` : `answer ${answer.id}`;
}

async function run(one: Case): Promise<string[]> {
  const raw = await openSocket(server, member.cookie);
  raw.socket.setNoDelay(true);
  for (const part of one.parts) {
    for (const bytes of one.bytewise ? pieces(part, 1) : [part]) {
      raw.write(bytes);
      if (one.bytewise) await new Promise(setImmediate);
    }
  }
  const limit = Date.now() + 10_000;
  const comes = () => framesOf(raw).map(said);
  while (!raw.ended && !comes().some((what) => what.startsWith("close")) && Date.now() < limit)
    await sleep(5);
  const all = comes();
  if (!raw.ended && Date.now() >= limit) all.push("open");
  raw.close();
  return all;
}

const outcomes = new Map<string, string[]>();
async function lane(queue: Case[]): Promise<void> {
  for (let one = queue.shift(); one; one = queue.shift()) outcomes.set(one.name, await run(one));
}

const queue = [...cases];
await Promise.all(Array.from({ length: 32 }, () => lane(queue)));
for (const one of cases)
  test(`RFC 6455 ${one.name}`, () => assert.deepEqual(outcomes.get(one.name), one.comes));

// ---- 12, 13 compression: whatever is offered, nothing is agreed upon ----

const offers = [
  "permessage-deflate",
  "permessage-deflate; client_max_window_bits",
  "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
  "permessage-deflate; server_max_window_bits=8, permessage-deflate",
  "x-webkit-deflate-frame",
  "permessage-bzip2, permessage-snappy",
];
for (const offer of offers)
  test(`RFC 6455 12.1 offered ${offer}`, async () => {
    const raw = await Raw.open(server.port);
    const lines = [...upgradeLines(server, member.cookie), `Sec-WebSocket-Extensions: ${offer}`];
    raw.write(`${lines.join("\r\n")}\r\n\r\n`);
    assert.equal(await raw.status(), 101);
    assert.doesNotMatch(raw.text, /extensions/i);
    raw.write(message("plain"));
    await raw.has("plain");
    raw.close();
  });

test("RFC 6455: at least 300 cases, each of another name", () => {
  assert.equal(new Set(cases.map((one) => `${one.name} ${one.bytewise}`)).size, cases.length);
  const categories = new Set(cases.map((one) => one.name.split(".")[0]));
  assert.deepEqual([...categories], ["1", "2", "3", "4", "5", "6", "7", "9", "10"]);
  assert.ok(cases.length >= 300, `${cases.length} cases`);
});

test("T-N5 the answer to the key is that of the standard", async () => {
  const raw = await openSocket(server, member.cookie);
  assert.match(raw.text, /sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/i);
  raw.close();
});

// ---- a query in the address: the first feed.subscribe, without its round trip ----

/** Opens with this query and pings; all answers up to that of the ping. */
async function openWith(query: string, cookie = member.cookie): Promise<Data[]> {
  const raw = await Raw.open(server.port);
  const [, ...lines] = upgradeLines(server, cookie);
  raw.write(`${[`GET /ws?${query} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`);
  if ((await raw.status()) === 101) {
    raw.write(message("behind"));
    await raw.has("behind");
  }
  raw.close();
  return raw.text.startsWith("HTTP/1.1 101")
    ? framesOf(raw).map(({ payload }) => JSON.parse(String(payload)))
    : [];
}

test("an opening that names topics is answered as feed.subscribe with id 0, before anything else", async () => {
  const [all = {}, ping = {}] = await openWith("topics=org:0,proposals");
  assert.deepEqual([all.id, ping.id], [0, "behind"]);
  const { epoch, topics } = all.result;
  const told = (topics as Data[]).map(({ topic, full }) => [topic, full]);
  assert.deepEqual(told, [
    ["org", true],
    ["proposals", true],
  ]);
  const [since = {}] = await openWith(`topics=org:${topics[0].seq}&epoch=${epoch}`);
  assert.deepEqual(since.result.topics, [
    { topic: "org", full: false, seq: topics[0].seq, docs: [], gone: [] },
  ]);
});

test("what is subscribed with the opening is told as it changes", async () => {
  const host = new URL(server.origin).host;
  const headers = { cookie: member.cookie, host, origin: server.origin };
  const socket = await Socket.openAt(server.port, headers, undefined, "topics=proposals");
  const { id } = await newProposal(member);
  const card = () => socket.topics.get("proposals")?.one("proposal_card", id);
  assert.ok(await socket.until("the new proposal", card));
  socket.close();
});

const wrongOpenings: [query: string, reason: string, field: string][] = [
  ["topics=org,kitchen", "topic.unknown", "kitchen"],
  ["topics=org,members/private", "right.missing", "members/private"],
  ["topics=org,org", "input.bad_value", "topics"],
  ["topics=ORG", "input.bad_value", "topics"],
  ["topics=org%22:1", "input.bad_value", "topics"],
  ["epoch=1", "input.missing_field", "topics"],
  ["topics=org&wait=0", "input.unknown_field", "wait"],
  ["token=1", "input.unknown_field", "query"],
  [`topics=${Array.from({ length: 65 }, () => "org").join(",")}`, "input.too_big", "topics"],
];
for (const [query, reason, field] of wrongOpenings)
  test(`an opening with ${query.slice(0, 40)} is refused as ${reason}, and stays`, async () => {
    const [refusal = {}, ping = {}] = await openWith(query);
    const { data } = refusal.error;
    assert.deepEqual([refusal.id, data.reason, data.field], [0, reason, field]);
    assert.equal(ping.id, "behind");
  });

test("an opening longer than a head may be is none", async () => {
  assert.deepEqual(await openWith(`topics=${"org,".repeat(3000)}org`), []);
  assert.equal((await openWith("topics=org"))[0]?.id, 0);
});

test("an opening without a session learns nothing but that: 4401", async () => {
  const raw = await Raw.open(server.port);
  const [, ...lines] = upgradeLines(server, "palabre_session=x");
  raw.write(`${["GET /ws?topics=org HTTP/1.1", ...lines].join("\r\n")}\r\n\r\n`);
  assert.equal(await raw.status(), 101);
  while (!raw.ended) await sleep(5);
  assert.deepEqual(framesOf(raw).map(said), ["close 4401"]);
});
