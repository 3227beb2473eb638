// A result as files: a table for a spreadsheet, and the whole of it for a program.
import { cell } from "../../ui/csv";
import type { Result } from "../types";
import type { Table } from "./figures";
import type { Subject } from "./subject";

/** Semicolons and a byte order mark: what spreadsheets of French and Dutch speakers open at once. */
export function tablesAsCsv(tables: readonly Table[]): string {
  const blocks = tables.map(({ title, head, rows }) =>
    [[title], head, ...rows].map((row) => row.map(cell).join(";")).join("\r\n"),
  );
  return `\uFEFF${blocks.join("\r\n\r\n")}\r\n`;
}

export function resultAsJson(result: Result, subject: Subject): string {
  const { number, question, method, options, params } = subject;
  return `${JSON.stringify({ poll: number, question, method, options, params, result }, null, 1)}\n`;
}
