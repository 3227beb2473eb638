// Duels: how many prefer the option of a row to that of a column, who wins each duel, and the ranks that come of them.
import { number, t } from "../../i18n/i18n";
import type { Result } from "../types";
import { bestFirst } from "./figures";
import { Label } from "./pieces";
import { nameOf, type Subject } from "./subject";

type Matrix = readonly (readonly number[])[];

function Cell({ mine, theirs }: { mine: number; theirs: number }) {
  const how = mine > theirs ? "won" : mine < theirs ? "lost" : "even";
  const sign = { won: "▲", lost: "▽", even: "=" }[how];
  return (
    <td class={`duel ${how}`} data-duel={how}>
      <span aria-hidden="true">{sign} </span>
      {number(mine)}
      <span class="hidden"> {t(`duel-${how}`)}</span>
    </td>
  );
}

export function Duels({
  result,
  subject,
  duels,
}: {
  result: Result;
  subject: Subject;
  duels: Matrix;
}) {
  const order = bestFirst(result, subject, result.scores);
  const best = result.condorcet_winner;
  return (
    <>
      <p data-test="condorcet" data-winner={best ?? ""}>
        {best === undefined ? t("duels-none") : t("duels-best", { label: nameOf(subject, best) })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys */}
      <section class="table-box" tabIndex={0} aria-label={t("table-duels")}>
        <table class="count-table duels" data-test="duels">
          <caption>{t("duels-caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("column-option")}</th>
              <th scope="col">{t("column-rank")}</th>
              {order.map((option, at) => (
                <th key={option} scope="col">
                  <abbr title={nameOf(subject, option)} aria-label={nameOf(subject, option)}>
                    {number(at + 1)}
                  </abbr>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map((row, at) => (
              <tr key={row} data-option={row}>
                <th scope="row">
                  {number(at + 1)}. <Label subject={subject} option={row} />
                </th>
                <td class="figure-cell">{result.ranks?.[row] || ""}</td>
                {order.map((column) =>
                  column === row ? (
                    <td key={column} class="duel self">
                      <span aria-hidden="true">·</span>
                    </td>
                  ) : (
                    <Cell
                      key={column}
                      mine={duels[row]?.[column] ?? 0}
                      theirs={duels[column]?.[row] ?? 0}
                    />
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
