// On the page of a new proposal: for whom it is recorded, and the need that it answers.
import { type Signal, useSignal } from "@preact/signals";
import { t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { RecordFor } from "../ui/find-member";
import { Icon } from "../ui/icons";
import type { Person } from "../ui/parts";
import { titleOf } from "./title";

export const useRecorded = (): Signal<Person | null> => useSignal<Person | null>(null);

/** Facilitation and secretariat may write down what somebody without a device says. */
export function RecordedFor({ person }: { person: Signal<Person | null> }) {
  if (person.value)
    return (
      <p class="notice" data-test="recorded-for">
        <span>{t("recording-for", { name: person.value.name })}</span>
        <button
          type="button"
          class="link"
          onClick={() => {
            person.value = null;
          }}
        >
          {t("recording-stop")}
        </button>
      </p>
    );
  return (
    <RecordFor
      test="proposal-record"
      find="proposal-for"
      onChoose={(chosen) => {
        person.value = chosen;
      }}
    />
  );
}

export function NeedAnswered({ number }: { number: string | undefined }) {
  const watched = useTopic(number ? `proposal/${number}` : "");
  const card = watched.all("proposal_card").find((one) => `${one.number}` === number);
  if (!number || !card) return null;
  const title = titleOf(card);
  return (
    <p class="notice" data-test="answers-need">
      <Icon name="search" size={18} />
      <span>
        {t("answers-need")}{" "}
        <a href={`/p/${card.number}`} lang={title.lang}>
          <bdi>{title.text}</bdi>
        </a>
      </span>
    </p>
  );
}
