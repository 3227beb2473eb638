// Pieces that the pictures of results share.
import { number } from "../../i18n/i18n";
import type { Table } from "./figures";
import { optionOf, type Subject } from "./subject";

export function Label({ subject, option }: { subject: Subject; option: number }) {
  const { text, lang } = optionOf(subject, option);
  return (
    <bdi class="option-label" lang={lang || undefined}>
      {text}
    </bdi>
  );
}

/** A bar of so much of `total`, with a mark where one is needed. What it shows stands beside it in words. */
export function Fill({
  value,
  total,
  tone,
  mark,
}: {
  value: number;
  total: number;
  tone: string;
  mark?: number | undefined;
}) {
  const share = (part: number) => `${total > 0 ? Math.min(100, (100 * part) / total) : 0}%`;
  return (
    <span class="fill-track" aria-hidden="true">
      <span class={`fill-bar ${tone}`} style={{ width: share(value) }} />
      {mark !== undefined && <span class="fill-mark" style={{ left: share(mark) }} />}
    </span>
  );
}

const isFigure = (text: string): boolean => /^\d+$/.test(text);

/** Scrolls within itself: a wide table never makes the page wider. */
export function TableView({ table }: { table: Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys
    <section class="table-box" tabIndex={0} aria-label={table.title}>
      <table class="count-table">
        <caption>{table.title}</caption>
        <thead>
          <tr>
            {table.head.map((text, at) => (
              <th key={`${at}`} scope="col">
                <bdi>{text}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={`${line}`}>
              {row.map((text, at) =>
                at === 0 ? (
                  <th key="name" scope="row">
                    <bdi>{text}</bdi>
                  </th>
                ) : (
                  <td key={`${at}`} class={/^[\d.,]+$/.test(text) ? "figure-cell" : ""}>
                    <bdi>{isFigure(text) ? number(Number(text)) : text}</bdi>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
