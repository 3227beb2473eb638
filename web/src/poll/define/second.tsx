// A meeting that is called again decides whatever the attendance, but only on what the first one could not decide for want of
// a quorum: the same point of the agenda, or the vote that is asked again. Anything else there is a first call. The server
// judges; the form says which it will be, before the question is written.
import type { Signal } from "@preact/signals";
import type { Meeting, Poll, PollCard } from "../../generated/api";
import { t } from "../../i18n/i18n";
import { newVoteAddress } from "../../meeting/lead/address";
import type { Named } from "./rules";

/** The meeting that was called first, and its votes. */
export interface First {
  meeting: Meeting;
  cards: readonly PollCard[];
}

const missed = ({ verdict }: { verdict?: PollCard["verdict"] }): boolean => verdict === "no_quorum";
const votesOn = ({ cards }: First, item: string | undefined) =>
  cards.filter((card) => item && card.meeting?.item === item);

/** It may be decided whatever the attendance, as far as the page can tell. */
export function isSecond(
  first: First | undefined,
  item: string | undefined,
  before: Poll | undefined,
): boolean {
  if (!first) return false;
  if (before?.rule.second_call) return true;
  if (before?.meeting?.id === first.meeting.id && missed(before.result ?? {})) return true;
  const decided = votesOn(first, item).some(
    (card) => card.verdict && !missed(card) && card.poll_kind !== "straw",
  );
  return !decided && first.meeting.agenda.some(({ id }) => id === item);
}

export function SecondCall({
  first,
  meeting,
  item,
  before,
  follows,
  rule,
  on,
}: {
  first: First | undefined;
  meeting: Meeting | undefined;
  item: string | undefined;
  /** As isSecond() takes it. */
  before: Poll | undefined;
  /** The number of the vote that is asked again. */
  follows: number | undefined;
  rule: Named | undefined;
  on: Signal<boolean>;
}) {
  if (!first || !meeting || !rule?.second) return null;
  if (!isSecond(first, item, before))
    return (
      <p class="hint" data-test="first-call">
        {t("second-call-not")}
      </p>
    );
  const earlier = follows ? undefined : votesOn(first, item).find(missed);
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          data-test="second-call"
          checked={on.value}
          onChange={(event) => {
            on.value = event.currentTarget.checked;
          }}
        />
        {follows
          ? t("second-call-vote", { number: String(follows) })
          : t("second-call-item", { number: String(first.meeting.number) })}
      </label>
      {earlier && (
        <p class="hint">
          <a
            href={newVoteAddress(meeting, { item, follows: earlier.id })}
            data-test="second-call-again"
          >
            {t("second-call-again", { number: String(earlier.number) })}
          </a>
        </p>
      )}
    </>
  );
}
