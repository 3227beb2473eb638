// How a vote was counted, for people: who won, a picture of the count made for its method, ties and how they ended, what each
// class said; and the same as a table, and as files. Colour is never the only sign: winners are full, others hatched, and
// what each is stands beside it in words.
import { t } from "../../i18n/i18n";
import { useClassNames } from "../../ui/classes";
import { Icon } from "../../ui/icons";
import { saveFile } from "../../ui/save";
import type { Result } from "../types";
import { Answers, Scores } from "./bars";
import { Classes } from "./classes";
import { Duels } from "./duels";
import { tablesOf } from "./figures";
import { GradeBars } from "./grades";
import { Stages } from "./stages";
import { Label, TableView } from "./pieces";
import type { Subject } from "./subject";
import { resultAsJson, tablesAsCsv } from "./take";
import { Ties } from "./ties";
import "../ballot/ballot.css";
import "./result.css";

/** Who won, in the order of their places. */
function Winners({ result, subject }: { result: Result; subject: Subject }) {
  if (subject.options.length === 0) return null;
  const elected = result.elected ?? result.winners;
  if (elected.length === 0)
    return (
      <p class="winners-none" data-test="winners" data-winners="">
        {t("no-winner")}
      </p>
    );
  return (
    <div class="winners" data-test="winners" data-winners={elected.join()}>
      <h3>{t("winners-title", { count: elected.length })}</h3>
      <ol>
        {elected.map((option) => (
          <li key={option}>
            <Icon name="done" size={22} /> <Label subject={subject} option={option} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Picture({ result, subject }: { result: Result; subject: Subject }) {
  if (subject.options.length === 0)
    return subject.method === "consent" ? <Answers result={result} /> : null;
  if (subject.method === "majority-judgment")
    return <GradeBars result={result} subject={subject} />;
  if (result.stages) return <Stages result={result} subject={subject} stages={result.stages} />;
  if (result.pairwise) return <Duels result={result} subject={subject} duels={result.pairwise} />;
  return <Scores result={result} subject={subject} />;
}

function Take({ result, subject }: { result: Result; subject: Subject }) {
  const nameOf = useClassNames();
  const name = t("result-file", { number: subject.number });
  return (
    <div class="row wrap">
      <button
        type="button"
        class="button small"
        data-test="result-csv"
        onClick={() =>
          saveFile(`${name}.csv`, tablesAsCsv(tablesOf(result, subject, nameOf)), "text/csv")
        }
      >
        <Icon name="down" size={18} /> {t("result-csv")}
      </button>
      <button
        type="button"
        class="button small"
        data-test="result-json"
        onClick={() => saveFile(`${name}.json`, resultAsJson(result, subject), "application/json")}
      >
        <Icon name="down" size={18} /> {t("result-json")}
      </button>
    </div>
  );
}

export function Account({ result, subject }: { result: Result; subject: Subject }) {
  const nameOf = useClassNames();
  return (
    <div class="counting" data-test="account" data-method={subject.method}>
      <Winners result={result} subject={subject} />
      <Picture result={result} subject={subject} />
      <Ties result={result} subject={subject} />
      <Classes result={result} />
      <details class="more" data-test="result-table">
        <summary>{t("as-table")}</summary>
        {tablesOf(result, subject, nameOf).map((table) => (
          <TableView key={table.title} table={table} />
        ))}
        <Take result={result} subject={subject} />
      </details>
    </div>
  );
}
