// What lives around a vote by consent: the objections, which those who may vote read and answer while it is open, and the
// versions of its text, one vote each.
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { me } from "../app/session";
import { Answers } from "../discussion/answers";
import type { Objection, Poll } from "../generated/api";
import { t } from "../i18n/i18n";
import { useLeads } from "../poll/lead";
import { useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Avatar, Chip, Name, When } from "../ui/parts";
import { AskAgain } from "./again";
import "./consent.css";

/** Those that stand come first; each group in the order in which they were raised. */
const inOrder = (a: Objection, b: Objection): number =>
  Number(a.ended_ms !== undefined) - Number(b.ended_ms !== undefined) || a.at_ms - b.at_ms;

function One({ objection, open }: { objection: Objection; open: boolean }) {
  const stands = objection.ended_ms === undefined;
  const answers = useSignal(stands);
  const id = useId();
  const mine = objection.author?.id === me.value.id;
  return (
    <li
      class={stands ? "objection" : "objection ended"}
      data-test="objection"
      data-stands={stands}
      aria-labelledby={id}
    >
      <p class="row wrap" id={id}>
        <Chip icon={stands ? "no" : "done"}>
          {stands ? t("objection-stands") : t("objection-ended")}
        </Chip>
        {objection.author ? (
          <>
            <Avatar person={objection.author} small /> <Name person={objection.author} />
          </>
        ) : (
          <span>{t("objection-somebody")}</span>
        )}
        <When ms={objection.ended_ms ?? objection.changed_ms ?? objection.at_ms} />
      </p>
      <p class="reason" dir="auto" data-test="objection-text">
        {objection.text}
      </p>
      {mine && stands && open && <p class="hint">{t("objection-mine")}</p>}
      <button
        type="button"
        class="button quiet small"
        data-test="objection-answers"
        aria-expanded={answers.value}
        onClick={() => {
          answers.value = !answers.value;
        }}
      >
        <Icon name="talk" size={18} /> {t("objection-answers")}
      </button>
      {answers.value && <Answers kind="objection" id={objection.id} mayWrite />}
    </li>
  );
}

function Objections({ poll }: { poll: Poll }) {
  const watched = useTopic(`objections/${poll.number}`);
  const all = watched.all("objection").sort(inOrder);
  const open = poll.state === "open";
  const hidden = watched.state.value === "closed";
  if (!hidden && all.length === 0 && !open) return null;
  return (
    <section class="card box objections" aria-labelledby="objections">
      <h2 id="objections">{t("objections-title")}</h2>
      {hidden && <p class="hint">{t("objections-hidden")}</p>}
      {!hidden && all.length === 0 && <p class="hint">{t("objections-none")}</p>}
      {all.length > 0 && (
        <>
          {open && <p class="hint">{t("objections-how")}</p>}
          <ul class="plain">
            {all.map((one) => (
              <One key={one.id} objection={one} open={open} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Version({ text, number, test }: { text: string; number: number; test: string }) {
  return (
    <p class="notice" data-test={test}>
      {text} <a href={`/v/${number}`}>{t("vote-number", { number })}</a>
    </p>
  );
}

export function ConsentLife({ poll }: { poll: Poll }) {
  const leads = useLeads(poll);
  const about = poll.about.length === 1 ? poll.about[0] : undefined;
  return (
    <>
      {poll.followed_by && !poll.meeting && (
        <Version text={t("consent-followed")} number={poll.followed_by.number} test="followed-by" />
      )}
      {poll.follows && !poll.meeting && (
        <Version text={t("consent-follows")} number={poll.follows.number} test="follows" />
      )}
      {(poll.meeting ? poll.state === "counted" : poll.state !== "draft") && (
        <Objections poll={poll} />
      )}
      {leads && poll.state === "open" && about && !poll.meeting && (
        <AskAgain poll={poll} about={about.number} />
      )}
    </>
  );
}
