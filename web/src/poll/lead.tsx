// For those who lead a vote: opening, closing, extending, cancelling; a tie left to the chair, and opening it again.
import { useSignal } from "@preact/signals";
import { isAdmin, isFacilitator, me } from "../app/session";
import type { Poll, Turnout } from "../generated/api";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { Ask } from "../ui/parts";
import { Reason } from "../ui/reason";
import { act } from "../ui/toast";
import { Decide, isChairs, Reopen, Wishes } from "./again";
import { closingDefault, daysLater, fromLocal, toLocal } from "./dates";
import { votedOf } from "./turnout";

function Extend({ poll }: { poll: Poll }) {
  const closes = useSignal(toLocal(daysLater(poll.closes_ms || closingDefault(), 2)));
  const reason = useSignal("");
  return (
    <Ask
      label={t("extend-vote")}
      question={t("extend-ask")}
      confirm={t("extend-vote")}
      tone="quiet"
      test="extend-vote"
      disabled={!reason.value.trim()}
      onConfirm={() =>
        act("poll.extend", {
          ...{ id: poll.id, closes: fromLocal(closes.value), reason: reason.value.trim() },
        })
      }
    >
      <label>
        {t("closes-label")}
        <input
          type="datetime-local"
          value={closes.value}
          onInput={(event) => {
            closes.value = event.currentTarget.value;
          }}
        />
      </label>
      <Reason reason={reason} test="extend-reason" />
    </Ask>
  );
}

function Cancel({ poll }: { poll: Poll }) {
  const reason = useSignal("");
  return (
    <Ask
      label={t("cancel-vote")}
      question={t("cancel-vote-ask")}
      confirm={t("cancel-vote")}
      tone="quiet"
      test="cancel-vote"
      disabled={!reason.value.trim()}
      onConfirm={() => act("poll.cancel", { id: poll.id, reason: reason.value.trim() })}
    >
      <Reason reason={reason} test="cancel-reason" />
    </Ask>
  );
}

/** Who coordinates every group that a vote asks. */
function useCoordinates(poll: Poll): boolean {
  const groups = useTopic(poll.groups ? "groups" : "").all("group");
  return (
    poll.poll_kind === "decision" &&
    (poll.groups ?? []).length > 0 &&
    (poll.groups ?? []).every((one) =>
      groups
        .find((group) => group.id === one.id)
        ?.coordinators.some((person) => person.id === me.value.id),
    )
  );
}

/** May open, close, extend and cancel it, and ask again about a new text. */
export function useLeads(poll: Poll): boolean {
  const maker = typeof poll.by === "object" ? poll.by.id : "";
  const straw = poll.poll_kind === "straw" && maker === me.value.id;
  const coordinates = useCoordinates(poll);
  const elects = poll.poll_kind === "election" && isAdmin.value;
  return !poll.standing && (isFacilitator.value || straw || coordinates || elects);
}

/** The word on a tie: in a meeting its chair's, where one is named. */
function useChairs(poll: Poll, leads: boolean): boolean {
  const meeting = useTopic(poll.meeting ? `meeting/${poll.meeting.number}` : "").one("meeting");
  const chair = meeting?.offices.chair;
  return isChairs(poll) && (chair ? chair.id === me.value.id : leads);
}

export function Lead({ poll, turnout }: { poll: Poll; turnout: Turnout | undefined }) {
  const leads = useLeads(poll);
  const chairs = useChairs(poll, leads);
  if (!leads)
    return chairs ? (
      <section class="card box">
        <Decide poll={poll} />
      </section>
    ) : null;
  if (poll.state !== "draft" && poll.state !== "open" && poll.state !== "counted") return null;
  const { id } = poll;
  const { voted, all } = votedOf(poll, turnout);
  const missing = all - voted;
  return (
    <section class="card box" aria-labelledby="lead">
      <h2 id="lead">{t("lead-title")}</h2>
      <div class="stack">
        <Wishes poll={poll} />
        {chairs && <Decide poll={poll} />}
        {poll.state === "counted" && !poll.meeting && <Reopen poll={poll} />}
        {poll.state === "draft" && (
          <Ask
            label={t("open-vote")}
            question={t("open-vote-ask")}
            confirm={t("open-vote")}
            test="open-vote"
            onConfirm={() => act("poll.open", { id })}
          />
        )}
        {poll.state === "open" && (
          <>
            <Ask
              label={t("close-vote")}
              question={
                missing > 0 ? t("close-vote-missing", { count: missing }) : t("close-vote-ask")
              }
              confirm={t("close-vote")}
              test="close-vote"
              onConfirm={() => act("poll.close", { id })}
            />
            {!poll.extended && <Extend poll={poll} />}
          </>
        )}
        {poll.state !== "counted" && <Cancel poll={poll} />}
      </div>
    </section>
  );
}
