// How a vote ended: the count and its sentence, the decision, who voted what, and what is to be done now.
import type { Poll } from "../generated/api";
import { t } from "../i18n/i18n";
import type { Watched } from "../sync/feed";
import { TaskRow } from "../task/row";
import { Icon } from "../ui/icons";
import { ToldAfter } from "./again";
import { ResultView } from "./result/view";
import { Voters } from "./voters";

export function Outcome({ poll, watched }: { poll: Poll; watched: Watched }) {
  const decision = watched.one("decision");
  const tasks = watched.all("task");
  if (!poll.result)
    return poll.reopened ? (
      <section class="card outcome">
        <ToldAfter poll={poll} />
      </section>
    ) : null;
  return (
    <section class="card outcome" aria-labelledby="outcome">
      <h2 id="outcome">{t("result-title")}</h2>
      <ResultView result={poll.result} subject={poll} />
      <ToldAfter poll={poll} />
      {decision && (
        <p class="decision-link">
          <Icon name="book" size={20} />
          <a href={`/d/${decision.number}`} data-test="decision-number">
            {t("decision-number", { number: decision.number })}
          </a>
        </p>
      )}
      {poll.mode === "named" && <Voters poll={poll} />}
      {tasks.map((task) => (
        <TaskRow key={task.id} id={task.id} />
      ))}
    </section>
  );
}
