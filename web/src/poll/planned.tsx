// A vote that is not open yet: how it will be counted, between what, and until when. Whoever opens it reads here what opening
// makes final; whoever may define it changes it from here.
import { isFacilitator } from "../app/session";
import type { Poll } from "../generated/api";
import { fullDate, pick, t } from "../i18n/i18n";
import { useMayLead } from "../meeting/lead/may";
import { useTopic } from "../sync/feed";
import { type Method, shapes, tieNumbers } from "./define/draft";
import { useLeads } from "./lead";
import { Label } from "./result/pieces";
import { ruleSentences, writtenRule } from "./rule";

/** Who leads it, or the meeting it is for; practice votes are made by the program. */
function useMayChange(poll: Poll): boolean {
  const leads = useLeads(poll);
  const meeting = useTopic(poll.meeting ? `meeting/${poll.meeting.number}` : "").one("meeting");
  const runs = useMayLead(meeting);
  // Of a meeting it is not its maker's.
  const held = poll.poll_kind === "straw" && poll.meeting && !isFacilitator.value;
  return poll.poll_kind !== "practice" && ((leads && !held) || runs);
}

export function Planned({ poll }: { poll: Poll }) {
  const shape = shapes[poll.method as Method];
  const { seats = 1, min = 0, max = 0 } = poll.params;
  const marked = min > 1 || (max > 0 && max < poll.options.length);
  // As on the card: whoever reads the question in a language without one sees none.
  const { lang } = pick(poll.question);
  const explanation = { lang, text: poll.explanation?.[lang] ?? "" };
  const mayChange = useMayChange(poll);
  const { tie } = poll.rule;
  return (
    <section class="card box planned" aria-labelledby="planned" data-test="planned">
      <h2 id="planned">{t("planned-title")}</h2>
      {explanation.text && (
        <p class="explanation" lang={explanation.lang} dir="auto" data-test="planned-explanation">
          {explanation.text}
        </p>
      )}
      {shape && (
        <p>
          {t(`method-how-${shape.number}`, { seats })}{" "}
          {shape.number > 2 && tie && t(`tie-ends-${tieNumbers[tie]}`)}{" "}
          {marked && t("planned-marks", { min, max })}
        </p>
      )}
      <p data-test="planned-rule">{ruleSentences({ rule: writtenRule(poll.rule) }).join(" ")}</p>
      {poll.options.length > 0 && (
        <ol>
          {poll.options.map((option, at) => (
            <li key={option.id}>
              <Label subject={poll} option={at} />
            </li>
          ))}
        </ol>
      )}
      {poll.closes_ms ? (
        <p class="hint">{t("closes-at", { date: fullDate(poll.closes_ms) })}</p>
      ) : null}
      {mayChange && (
        <a class="button small" href={`/v/new?edit=${poll.number}`} data-test="edit-vote">
          {t("edit-vote")}
        </a>
      )}
    </section>
  );
}
