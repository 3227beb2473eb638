// Proposals that have to do with this one: relations, merging, and what supporters are asked then.
import { useSignal } from "@preact/signals";
import { isFacilitator, me } from "../app/session";
import type { Proposal, Supporters } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { useDocument, useTopic } from "../sync/feed";
import { Icon } from "../ui/icons";
import { Field } from "../ui/parts";
import { act } from "../ui/toast";
import { isAuthor, isOpen, nameOf } from "./authors";
import { StateChip } from "./card";
import { titleOf } from "./title";

type Reference = { id: string; number: number; title?: string; language?: string };

/** The other proposal as it is now: its card stands in this page's topic. */
export function Other({ to }: { to: Reference }) {
  const card = useDocument("proposal_card", to.id);
  const title = card && titleOf(card);
  return (
    <span class="other">
      <a href={`/p/${to.number}`} lang={title?.lang ?? to.language}>
        <bdi>{title?.text ?? to.title ?? `#${number(to.number)}`}</bdi>
      </a>{" "}
      {card && <StateChip state={card.state} />}
    </span>
  );
}

const words = ["duplicate_of", "alternative_to", "answers"] as const;
type Word = (typeof words)[number];
const isWord = (word: string): word is Word => (words as readonly string[]).includes(word);

function Add({ proposal, onDone }: { proposal: Proposal; onDone: () => void }) {
  const cards = useTopic("proposals").all("proposal_card");
  const as = useSignal<Word | "merge">("alternative_to");
  const to = useSignal("");
  const others = cards
    .filter((card) => card.id !== proposal.id)
    .sort((a, b) => b.number - a.number);
  const mergeable = others.filter((card) => ["idea", "discussed", "ready"].includes(card.state));
  const kinds = isFacilitator.value && isOpen(proposal.state) ? [...words, "merge"] : words;
  const merging = as.value === "merge";
  const send = async (event: Event) => {
    event.preventDefault();
    const id = proposal.id;
    if (!to.value) return;
    const made =
      as.value === "merge"
        ? await act("proposal.merge", { id, into: to.value, on: true })
        : await act("proposal.relate", { id, to: to.value, as: as.value, on: true });
    if (made) onDone();
  };
  return (
    <form class="stack" onSubmit={send}>
      <Field label={t("relation-as")}>
        {(ids) => (
          <select
            {...ids}
            data-test="relation-as"
            value={as.value}
            onChange={(event) => {
              as.value = event.currentTarget.value as Word | "merge";
            }}
          >
            {kinds.map((word) => (
              <option key={word} value={word}>
                {t(`relation-choice-${word.replace("_", "-")}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("relation-to")}>
        {(ids) => (
          <select
            {...ids}
            data-test="relation-to"
            value={to.value}
            onChange={(event) => {
              to.value = event.currentTarget.value;
            }}
          >
            <option value="">{t("relation-choose")}</option>
            {(as.value === "merge" ? mergeable : others).map((card) => (
              <option key={card.id} value={card.id}>
                #{card.number} {titleOf(card).text}
              </option>
            ))}
          </select>
        )}
      </Field>
      {as.value === "merge" && <p class="hint">{t("merge-hint")}</p>}
      <div class="row end">
        <button type="button" class="button quiet" onClick={onDone}>
          {t("cancel")}
        </button>
        <button type="submit" class="button primary" data-test="relation-add" disabled={!to.value}>
          {merging ? t("merge-ask") : t("relation-add")}
        </button>
      </div>
    </form>
  );
}

export function Relations({ proposal }: { proposal: Proposal }) {
  const adding = useSignal(false);
  const relations = proposal.relations ?? [];
  const merged = proposal.merged_from ?? [];
  const may = isAuthor(proposal) || isFacilitator.value;
  if (relations.length === 0 && merged.length === 0 && !may) return null;
  const id = proposal.id;
  return (
    <section class="card box relations" aria-labelledby="relations">
      <h2 id="relations">{t("relations-title")}</h2>
      <ul class="lines-list">
        {relations.map((one) => {
          const as = one.as;
          return (
            <li key={one.id} data-test="relation">
              <span>
                <span class="hint">{t(`relation-${as.replace("_", "-")}`)}</span> <Other to={one} />
              </span>
              {may && isWord(as) && (
                <button
                  type="button"
                  class="button small quiet"
                  aria-label={t("relation-remove")}
                  onClick={() =>
                    act(
                      "proposal.relate",
                      { id, to: one.id, as, on: false },
                      {
                        done: t("relation-removed"),
                        undo: () => act("proposal.relate", { id, to: one.id, as, on: true }),
                      },
                    )
                  }
                >
                  <Icon name="no" size={16} />
                </button>
              )}
            </li>
          );
        })}
        {merged.map((one) => (
          <li key={one.id}>
            <span>
              <span class="hint">{t("relation-merged-from")}</span> <Other to={one} />
            </span>
          </li>
        ))}
      </ul>
      {may && adding.value && (
        <Add
          proposal={proposal}
          onDone={() => {
            adding.value = false;
          }}
        />
      )}
      {may && !adding.value && (
        <button
          type="button"
          class="button small"
          data-test="relation-open"
          onClick={() => {
            adding.value = true;
          }}
        >
          <Icon name="link" size={16} /> {t("relation-open")}
        </button>
      )}
    </section>
  );
}

/** Asked of its authors; everybody sees that it is asked. */
export function MergeAsked({ proposal }: { proposal: Proposal }) {
  const merge = proposal.merge;
  if (!merge) return null;
  const id = proposal.id;
  return (
    <div class="notice asked" data-test="merge-asked">
      <p>
        {t("merge-asked", { name: nameOf(merge.by) })} <Other to={merge.into} />
      </p>
      {isAuthor(proposal) ? (
        <div class="row">
          <button
            type="button"
            class="button primary"
            data-test="merge-yes"
            onClick={() => act("proposal.consent", { id, yes: true })}
          >
            {t("merge-yes")}
          </button>
          <button
            type="button"
            class="button"
            data-test="merge-no"
            onClick={() => act("proposal.consent", { id, yes: false })}
          >
            {t("merge-no")}
          </button>
        </div>
      ) : (
        isFacilitator.value && (
          <button
            type="button"
            class="button small quiet"
            onClick={() => act("proposal.merge", { id, into: merge.into.id, on: false })}
          >
            {t("merge-drop")}
          </button>
        )
      )}
    </div>
  );
}

/** On the page that ended: where it goes on, and what a supporter is asked. */
export function MergedInto({
  proposal,
  supporters,
}: {
  proposal: Proposal;
  supporters: Supporters | undefined;
}) {
  const into = proposal.merged_into;
  const target = useDocument("proposal_card", into?.id ?? "");
  if (!into) return null;
  const mine = supporters?.items.find((one) => one.member.id === me.value.id);
  const open = target && ["idea", "discussed", "ready"].includes(target.state);
  const answer = (yes: boolean) =>
    act(
      "proposal.follow",
      { id: proposal.id, yes },
      { done: t(yes ? "follow-yes-done" : "follow-no-done") },
    );
  return (
    <div class="notice asked" data-test="merged-into">
      <p>
        <Icon name="link" size={18} /> {t("merged-into")} <Other to={into} />
      </p>
      {mine && mine.followed === undefined && open && (
        <>
          <p>{t("follow-ask")}</p>
          <div class="row">
            <button
              type="button"
              class="button primary"
              data-test="follow-yes"
              onClick={() => answer(true)}
            >
              {t("follow-yes")}
            </button>
            <button
              type="button"
              class="button"
              data-test="follow-no"
              onClick={() => answer(false)}
            >
              {t("follow-no")}
            </button>
          </div>
        </>
      )}
      {mine?.followed !== undefined && (
        <p class="hint">{t(mine.followed ? "follow-yes-done" : "follow-no-done")}</p>
      )}
    </div>
  );
}
