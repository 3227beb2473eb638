// Who writes a proposal: inviting a co-author, answering an invitation or an offer, leaving, taking over.
import { useSignal } from "@preact/signals";
import { isMember, me } from "../app/session";
import type { Proposal, ProposalCard } from "../generated/api";
import { day, t } from "../i18n/i18n";
import { useTopic } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { FindMember } from "../ui/find-member";
import { Icon } from "../ui/icons";
import { Avatar, Name } from "../ui/parts";
import { act } from "../ui/toast";

export const isAuthor = (proposal: Proposal): boolean =>
  proposal.authors.some((person) => person.id === me.value.id);
export const isOpen = (state: string): boolean =>
  ["idea", "discussed", "ready", "postponed"].includes(state);

/** The name of who acted; nothing when it was the program. */
export const nameOf = (by: { name: string } | "system" | "operator"): string =>
  typeof by === "object" ? by.name : "";

type Invited = NonNullable<Proposal["invited"]>[number];
const offers = (one: Invited): boolean => typeof one.by === "object" && one.by.id === one.member.id;

/** What the reader is asked: to write it too. */
export function Invitation({ proposal }: { proposal: Proposal }) {
  const mine = proposal.invited?.find((one) => one.member.id === me.value.id);
  if (!mine || offers(mine)) return null;
  const answer = (yes: boolean) =>
    act("proposal.join", { id: proposal.id, yes }, { done: t(yes ? "author-yes" : "author-no") });
  return (
    <div class="notice asked" data-test="author-asked">
      <p>{t("author-asked", { name: nameOf(mine.by) })}</p>
      <div class="row">
        <button
          type="button"
          class="button primary"
          data-test="author-yes"
          onClick={() => answer(true)}
        >
          {t("answer-yes")}
        </button>
        <button type="button" class="button" data-test="author-no" onClick={() => answer(false)}>
          {t("answer-no")}
        </button>
      </div>
    </div>
  );
}

function Pending({ proposal }: { proposal: Proposal }) {
  const answer = (member: string, on: boolean) =>
    act("proposal.invite", { id: proposal.id, member, on });
  return (
    <ul class="lines-list">
      {(proposal.invited ?? []).map((one) => (
        <li key={one.member.id} data-test="author-pending">
          <span>
            <Name person={one.member} />{" "}
            <span class="hint">{t(offers(one) ? "author-offers" : "author-waits")}</span>
          </span>
          <span class="row">
            {offers(one) && (
              <button
                type="button"
                class="button small primary"
                data-test="author-accept"
                onClick={() => answer(one.member.id, true)}
              >
                {t("author-accept")}
              </button>
            )}
            <button
              type="button"
              class="button small quiet"
              onClick={() => answer(one.member.id, false)}
            >
              {t(offers(one) ? "author-decline" : "author-uninvite")}
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** For its authors: who is asked, asking one more, leaving. */
export function Authors({ proposal }: { proposal: Proposal }) {
  const asking = useSignal(false);
  if (!isAuthor(proposal)) return null;
  const open = isOpen(proposal.state);
  const several = proposal.authors.length > 1;
  if (!open && !several) return null;
  const id = proposal.id;
  return (
    <section class="card box" aria-labelledby="authors">
      <h2 id="authors">{t("authors-title")}</h2>
      <p class="hint">{t("authors-hint")}</p>
      <Pending proposal={proposal} />
      {open && asking.value && (
        <FindMember
          label={t("author-find")}
          test="author-find"
          without={[
            ...proposal.authors.map((person) => person.id),
            ...(proposal.invited ?? []).map((one) => one.member.id),
          ]}
          onChoose={(person) => {
            asking.value = false;
            const member = person.id;
            act(
              "proposal.invite",
              { id, member, on: true },
              {
                done: t("author-invited", { name: person.name }),
                undo: () => act("proposal.invite", { id, member, on: false }),
              },
            );
          }}
        />
      )}
      <div class="row wrap">
        {open && !asking.value && (
          <button
            type="button"
            class="button small"
            data-test="author-invite"
            onClick={() => {
              asking.value = true;
            }}
          >
            <Icon name="plus" size={16} /> {t("author-invite")}
          </button>
        )}
        {several && (
          <button
            type="button"
            class="button small quiet"
            data-test="author-leave"
            onClick={() => act("proposal.leave", { id }, { done: t("author-left") })}
          >
            {t("author-leave")}
          </button>
        )}
      </div>
    </section>
  );
}

const dayMs = 86_400_000;
/** Its authors have been silent: a supporter may take over. */
export function Silent({ card, supports }: { card: ProposalCard; supports: boolean }) {
  const days = useTopic("org").one("organisation")?.settings.silent_days ?? 30;
  const silent = serverNow() > card.authors_ms + days * dayMs;
  if (!isOpen(card.state) || !silent || card.source) return null;
  return (
    <div class="notice" data-test="silent">
      <p>
        <Icon name="clock" size={18} /> {t("authors-silent", { date: day(card.authors_ms) })}
      </p>
      {isMember.value && supports && (
        <button
          type="button"
          class="button"
          data-test="take-over"
          onClick={() => act("proposal.take_over", { id: card.id }, { done: t("taken-over-done") })}
        >
          {t("take-over")}
        </button>
      )}
    </div>
  );
}

export function TakenOver({ proposal }: { proposal: Proposal }) {
  return (
    <>
      {(proposal.takeovers ?? []).map((one) => (
        <p class="hint" key={one.member.id}>
          {t("taken-over", { name: one.member.name, date: day(one.at_ms) })}
        </p>
      ))}
      {proposal.recorded_by && (
        <p class="hint" data-test="recorded-by">
          {t("proposal-recorded-by", {
            name: proposal.recorded_by.name,
            for: proposal.authors[0]?.name ?? "",
          })}
        </p>
      )}
    </>
  );
}

/** A need without a solution: whoever has an idea writes it with its authors, or writes another. */
export function Need({ proposal }: { proposal: Proposal }) {
  const open = useSignal(false);
  if (proposal.text || !isOpen(proposal.state)) return null;
  const mine = proposal.invited?.find((one) => one.member.id === me.value.id);
  const id = proposal.id;
  const offer = () =>
    act(
      "proposal.join",
      { id, yes: true },
      { done: t("need-offered"), undo: () => act("proposal.join", { id, yes: false }) },
    );
  return (
    <div class="notice need-alone" data-test="need-alone">
      <p>
        <Icon name="search" size={18} /> <strong>{t("need-alone")}</strong> {t("need-alone-text")}
      </p>
      {isMember.value && !isAuthor(proposal) && !open.value && (
        <button
          type="button"
          class="button primary"
          data-test="need-idea"
          onClick={() => {
            open.value = true;
          }}
        >
          <Icon name="idea" size={18} /> {t("need-idea")}
        </button>
      )}
      {open.value && (
        <div class="stack">
          <a class="button" data-test="need-answer" href={`/p/new?answers=${proposal.number}`}>
            {t("need-answer")}
          </a>
          {mine ? (
            <p class="hint">{t("need-offered")}</p>
          ) : (
            <button type="button" class="button" data-test="need-join" onClick={offer}>
              {t("need-join")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

export function AuthorLine({ proposal }: { proposal: Proposal }) {
  return (
    <>
      {proposal.authors.map((author) => (
        <span class="person" key={author.id}>
          <Avatar person={author} small /> <Name person={author} />
        </span>
      ))}
    </>
  );
}
