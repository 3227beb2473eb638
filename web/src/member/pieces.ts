// A list of people, sent to the server's reader in pieces and invited by the dozen. The reader keeps nothing
// between two pieces: what it needs for the next goes back with it. Two rows of one person are found here,
// since they may stand in different pieces.
import { quoted } from "../ui/csv";
import { toBase64Url } from "../ballot/bytes";
import type { Methods } from "../generated/api";
import { newId } from "../sync/rpc";
import { call } from "../sync/socket";

export type Preview = Methods["member.preview"]["result"];
export type Row = Preview["rows"][number];
type Invited = Methods["member.invite_many"]["params"]["people"][number];
const pieceSize = 32 * 1024;
const many = 50;

export interface Read {
  rows: Row[];
  unknown: string[];
  fault?: Preview["fault"];
}

const idOf = (row: Row): string => (row.person as Partial<Invited>).id ?? "";

/** A second row of one person is wrong, and says where the first one stands. */
function markTwice(rows: Row[]): Row[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const id = idOf(row);
    const line = first.get(id);
    if (!id || line === undefined) {
      if (id) first.set(id, row.line);
      return row;
    }
    const error = { line: row.line, at: 1, column: "none" as const, word: "twice" };
    return { ...row, state: "wrong" as const, errors: [{ ...error, value: String(line) }] };
  });
}

export async function readList(bytes: Uint8Array, klass: string): Promise<Read> {
  const rows: Row[] = [];
  let unknown: string[] = [];
  let next: Pick<Methods["member.preview"]["params"], "line" | "separator" | "columns"> = {};
  let at = 0;
  while (at < bytes.length) {
    const piece = bytes.subarray(at, at + pieceSize);
    const more = at + piece.length < bytes.length;
    const asked = { bytes: toBase64Url(piece), more, ...(klass && { class: klass }), ...next };
    const found = await call("member.preview", asked);
    rows.push(...found.rows);
    unknown = [...unknown, ...(found.unknown ?? [])];
    if (found.fault) return { rows: markTwice(rows), unknown, fault: found.fault };
    if (found.used === 0) break;
    at += found.used;
    next = { line: found.line, separator: found.separator, columns: found.columns };
  }
  return { rows: markTwice(rows), unknown };
}

export interface Made {
  name: string;
  link: string;
}

/** Invites those who are new; tells how many are done after each command. */
export async function inviteNew(rows: Row[], onDone: (made: Made[]) => void): Promise<void> {
  const people = rows
    .filter((row) => row.state === "new")
    .map((row) => row.person as unknown as Invited);
  for (let at = 0; at < people.length; at += many) {
    const some = people.slice(at, at + many);
    // One command for these, however often it has to be sent.
    const command = newId();
    const { made } = await call("member.invite_many", { people: some, command });
    const names = new Map(some.map((one) => [one.id, one.name ?? one.email ?? ""]));
    onDone(made.map(({ id, link }) => ({ name: names.get(id) ?? "", link })));
  }
}

/** name,link: a file for whoever hands the links out. */
export const linksAsCsv = (made: readonly Made[]): string =>
  `\uFEFFname,link\r\n${made.map((one) => `${quoted(one.name)},${quoted(one.link)}\r\n`).join("")}`;
