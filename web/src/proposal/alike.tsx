// Which existing proposals resemble what is being written: the server's answer, asked for when the typing rests. It is
// told politely and takes no focus; links open beside what is being written.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ProposalCard } from "../generated/api";
import { t } from "../i18n/i18n";
import { call } from "../sync/socket";
import { StateChip } from "./card";
import { titleOf } from "./title";

const restMs = 250;

interface Written {
  title: string;
  need: string;
  /** In which language it is written. */
  language: string;
  /** A proposal that is not compared: itself. */
  not?: string | undefined;
}

function useAlike({ title, need, language, not }: Written): ProposalCard[] {
  const near = useSignal<ProposalCard[]>([]);
  const given = { title: title.trim().normalize("NFC"), need: need.trim().normalize("NFC") };
  useEffect(() => {
    if (given.title.length + given.need.length < 4) {
      near.value = [];
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      call("proposal.alike", { ...given, language, ...(not ? { not } : {}) })
        .then(({ items }) => {
          if (wanted) near.value = items;
        })
        // It is help while writing: without an answer there is none.
        .catch(() => {});
    }, restMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [given.title, given.need, language, not]);
  return near.value;
}

export function Alike(written: Written) {
  const near = useAlike(written);
  return (
    <>
      <p class="hidden" role="status">
        {near.length > 0 && t("alike-count", { count: near.length })}
      </p>
      {near.length > 0 && (
        <section class="notice alike" aria-label={t("alike-title")}>
          <p>{t("alike-title")}</p>
          <ul>
            {near.map((card) => {
              const shown = titleOf(card);
              return (
                <li key={card.id} data-test="alike">
                  <a href={`/p/${card.number}`} target="_blank" rel="noopener" lang={shown.lang}>
                    <bdi>{shown.text}</bdi>
                  </a>{" "}
                  <StateChip state={card.state} />
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </>
  );
}
