// A meeting that is over: what was decided, what is to be done, the agenda as it was held.
import type { Meeting } from "../generated/api";
import { unbroken } from "../i18n/format";
import { pick, t } from "../i18n/i18n";
import type { Watched } from "../sync/feed";
import { TaskRow } from "../task/row";
import { Icon } from "../ui/icons";
import { Chip } from "../ui/parts";
import { verdictKey } from "../decision/register";
import { Agenda } from "./agenda";
import { PresenceBox } from "./presence";

function Decisions({ watched }: { watched: Watched }) {
  const decisions = watched
    .all("decision")
    .sort((a, b) => a.number.localeCompare(b.number, "en", { numeric: true }));
  return (
    <section aria-labelledby="meeting-decisions">
      <h2 id="meeting-decisions">{t("nav-decisions")}</h2>
      {decisions.length === 0 && <p class="hint">{t("after-no-decisions")}</p>}
      <ul class="lines-list">
        {decisions.map((decision) => {
          const question = pick(decision.question);
          return (
            <li key={decision.id} data-test="meeting-decision">
              <span>
                <a href={`/d/${decision.number}`} lang={question.lang}>
                  <bdi>{unbroken(question.text, question.lang)}</bdi>
                </a>
                <span class="hint">{decision.number}</span>
              </span>
              <Chip>{t(verdictKey(decision.result.verdict))}</Chip>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function After({ meeting, watched }: { meeting: Meeting; watched: Watched }) {
  const tasks = watched.all("task").sort((a, b) => a.number - b.number);
  const presence = watched.all("presence").find((one) => one.id === meeting.id);
  return (
    <div class="split">
      <div class="split-main stack-wide">
        <Decisions watched={watched} />
        <section aria-labelledby="meeting-tasks">
          <h2 id="meeting-tasks">{t("nav-tasks")}</h2>
          {tasks.length === 0 && <p class="hint">{t("after-no-tasks")}</p>}
          {tasks.map((task) => (
            <TaskRow key={task.id} id={task.id} />
          ))}
        </section>
        <section aria-labelledby="meeting-agenda">
          <h2 id="meeting-agenda">{t("agenda-held")}</h2>
          <Agenda meeting={meeting} polls={watched.all("poll_card")} />
        </section>
      </div>
      <div class="split-side">
        <a class="button" href={`/meetings/${meeting.number}/minutes`} data-test="to-minutes">
          <Icon name="book" size={18} /> {t("after-minutes")}
        </a>
        <PresenceBox presence={presence} over />
        {watched.one("minutes") && (
          <a
            class="button"
            href={`/meetings/${meeting.number}/minutes`}
            data-test="meeting-minutes"
          >
            <Icon name="book" /> {t("way-minutes")}
          </a>
        )}
      </div>
    </div>
  );
}
