// A table of who is there, cut into pieces that the server takes: each begins with the heading and has whole rows. Pure.

const mostBytes = 24 * 1024;
const mostRows = 300;

/** Lines of the text; what stands in quotes may hold line ends. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  let open = "";
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/)) {
    const whole = open ? `${open}\n${line}` : line;
    const quotes = whole.split('"').length - 1;
    open = quotes % 2 === 1 ? whole : "";
    if (!open) lines.push(whole);
  }
  return open ? [...lines, open] : lines;
}

/** What spreadsheets write: UTF-8, or else the older table of western letters. */
export function textOf(bytes: BufferSource): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

export interface Piece {
  csv: string;
  /** Of the text, on which its first row stands. */
  line: number;
}

export function piecesOf(text: string): Piece[] {
  const [heading = "", ...rows] = linesOf(text);
  const pieces: Piece[] = [];
  let held: string[] = [];
  let size = 0;
  let at = 2;
  let first = 2;
  const close = () => {
    if (held.length > 0) pieces.push({ csv: [heading, ...held, ""].join("\n"), line: first });
    held = [];
    size = 0;
  };
  for (const row of rows) {
    const bytes = new TextEncoder().encode(row).length + 1;
    if (held.length >= mostRows || size + bytes > mostBytes) close();
    if (held.length === 0) first = at;
    if (row.trim()) {
      held.push(row);
      size += bytes;
    }
    at += row.split("\n").length;
  }
  close();
  return pieces;
}
