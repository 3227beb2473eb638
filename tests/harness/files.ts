// Small whole files of every kind that may be attached, and the way they are sent.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import { newId, type Person } from "./people.ts";
import { type Answer, type Data, httpRequest, Refused } from "./wire.ts";

export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

const crcOf = (bytes: Buffer): number => {
  if (typeof crc32 === "function") return crc32(bytes);
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
};

const big = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  return Buffer.concat([big(data.length), named, big(crcOf(named))]);
}

/** A PNG of one colour; `pad` bytes more make it as long as one likes. */
export function png(width = 8, height = 6, pad = 0, colour = 120): Buffer {
  const head = Buffer.concat([big(width), big(height), Buffer.from([8, 2, 0, 0, 0])]);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, colour)]);
  const pixels = Buffer.concat(Array.from({ length: height }, () => row));
  const parts = [chunk("IHDR", head)];
  if (pad > 0) parts.push(chunk("paDd", Buffer.alloc(pad, colour)));
  parts.push(chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0)));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
}

/** A PNG of exactly this many bytes. */
export function pngOf(bytes: number, colour = 120): Buffer {
  const least = png(8, 6, 1, colour).length - 1;
  const made = png(8, 6, bytes - least, colour);
  assert.equal(made.length, bytes);
  return made;
}

export const pdf = (text = "essai") =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n% ${text}\nendobj\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n`,
  );

/** A zip of stored entries. */
export function zip(entries: [string, string][]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of entries) {
    const named = Buffer.from(name, "utf8");
    const data = Buffer.from(text, "utf8");
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crcOf(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(named.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, named, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, tail, named]),
    );
    locals.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, listed, end]);
}

export const odt = () =>
  zip([
    ["mimetype", "application/vnd.oasis.opendocument.text"],
    ["content.xml", "<office/>"],
  ]);
export const docx = () =>
  zip([
    ["[Content_Types].xml", "<Types/>"],
    ["word/document.xml", "<w/>"],
  ]);

/** POST /files as a page of this origin would send it. */
export async function sendFile(person: Person, body: Buffer, more = {}): Promise<Answer> {
  const answer = await sendOnce(person, body, more);
  if (answer.status !== 429) return answer;
  await person.rest();
  return sendOnce(person, body, more);
}

function sendOnce(person: Person, body: Buffer, more = {}): Promise<Answer> {
  const { server } = person;
  const headers = {
    host: new URL(server.origin).host,
    origin: server.origin,
    "x-palabre-csrf": "1",
    cookie: person.cookie,
    "content-type": "application/octet-stream",
    ...more,
  };
  return httpRequest({ port: server.port, path: "/files", method: "POST", headers, body });
}

/** What the server says of bytes it has taken; throws Refused. */
export async function upload(person: Person, body: Buffer): Promise<Data> {
  const answer = await sendFile(person, body);
  const said = JSON.parse(answer.text);
  if (answer.status !== 200) throw new Refused(said.error);
  assert.equal(said.sha256, sha256(body));
  return said;
}

/** Sends bytes and attaches them: the answer of file.attach and the hash. */
export async function attach(
  person: Person,
  on: { kind: string; id: string },
  name: string,
  body: Buffer,
  more = {},
): Promise<Data> {
  const { sha256: hash } = await upload(person, body);
  const made = await person.create("file.attach", { id: newId(), on, sha256: hash, name, ...more });
  return { ...made, sha256: hash };
}

/** GET /files/… as a browser asks for it. */
export function fetchFile(person: Person, hash: string, name = "x", query = ""): Promise<Answer> {
  const path = `/files/${hash}/${encodeURIComponent(name)}${query}`;
  return person.server.get(path, { cookie: person.cookie });
}
