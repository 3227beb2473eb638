// Text in a table that is downloaded.

/** What no spreadsheet takes for a formula: an apostrophe before it, which spreadsheets do not show. */
export const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A cell, always in quotes. */
export const quoted = (text: string): string => `"${harmless(text).replace(/"/g, '""')}"`;

/** A cell that no spreadsheet takes for a formula, quoted where it must be. */
export const cell = (text: string): string =>
  /[";\n\r]/.test(text) ? quoted(text) : harmless(text);
