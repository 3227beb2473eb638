// Who supports a proposal, what they can help with, and the button to join them.
import { useSignal } from "@preact/signals";
import { isMember, me } from "../app/session";
import type { ProposalCard, Supporters } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { RecordFor } from "../ui/find-member";
import { Icon } from "../ui/icons";
import { Avatar, Meter, Name } from "../ui/parts";
import { Difference } from "./versions";
import { act } from "../ui/toast";
import { ShowMore } from "../ui/more";

function Help({ id, mine }: { id: string; mine: { help?: string | undefined } }) {
  const help = useSignal(mine.help ?? "");
  const saved = help.value.trim() === (mine.help ?? "");
  return (
    <form
      class="row help"
      onSubmit={(event) => {
        event.preventDefault();
        const text = help.value.trim().normalize("NFC");
        act("proposal.support", { id, on: true, help: text || undefined }, { done: t("saved") });
      }}
    >
      <label class="grow">
        <span class="hidden">{t("support-help")}</span>
        <input
          type="text"
          maxLength={300}
          placeholder={t("support-help")}
          value={help.value}
          onInput={(event) => {
            help.value = event.currentTarget.value;
          }}
        />
      </label>
      {!saved && (
        <button type="submit" class="button small">
          {t("save")}
        </button>
      )}
    </form>
  );
}

type Item = Supporters["items"][number];

/** The text is not the one that was supported. */
function ChangedSince({ card, mine }: { card: ProposalCard; mine: Item }) {
  const open = useSignal(false);
  if (mine.version >= card.version) return null;
  const again = () =>
    act(
      "proposal.support",
      { id: card.id, on: true, ...(mine.help ? { help: mine.help } : {}) },
      { done: t("support-still-done") },
    );
  return (
    <div class="notice changed-since" data-test="changed-since">
      <p>{t("changed-since")}</p>
      <div class="row wrap">
        <button
          type="button"
          class="button small"
          data-test="changed-show"
          aria-expanded={open.value}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          {t("versions-title")}
        </button>
        <button type="button" class="button small" data-test="support-still" onClick={again}>
          {t("support-still")}
        </button>
      </div>
      {open.value && <Difference id={card.id} from={mine.version} to={card.version} />}
    </div>
  );
}

function Supporter({ item }: { item: Item }) {
  return (
    <li>
      <Avatar person={item.member} small /> <Name person={item.member} />
      {item.recorded_by && (
        <span class="hint"> {t("support-recorded-by", { name: item.recorded_by.name })}</span>
      )}
    </li>
  );
}

/** What supporters offer: whom one may ask. */
function Offers({ items }: { items: Item[] }) {
  const offers = items.filter((item) => item.help);
  if (offers.length === 0) return null;
  return (
    <>
      <h3>{t("offers-title")}</h3>
      <ul class="offers" data-test="offers">
        {offers.map((item) => (
          <li key={item.member.id}>
            <Avatar person={item.member} small />
            <span>
              <Name person={item.member} /> <span class="hint">{t("offers-helps")}</span>{" "}
              <bdi>{item.help}</bdi>
              {item.recorded_by && (
                <span class="hint">
                  {" "}
                  {t("support-recorded-by", { name: item.recorded_by.name })}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Supports that came from merged proposals, counted. */
function CameAlong({ items }: { items: Item[] }) {
  const counts = new Map<number, number>();
  for (const { from } of items)
    if (from) counts.set(from.number, (counts.get(from.number) ?? 0) + 1);
  return (
    <>
      {[...counts].map(([number, count]) => (
        <p class="hint" key={number} data-test="came-along">
          {t("came-along", { count })} <a href={`/p/${number}`}>#{number}</a>
        </p>
      ))}
    </>
  );
}

function RecordSupport({ card, without }: { card: ProposalCard; without: string[] }) {
  return (
    <RecordFor
      test="support-record"
      find="support-for"
      without={without}
      onChoose={(person) => {
        const given = { id: card.id, for: person.id };
        act(
          "proposal.support",
          { ...given, on: true },
          {
            done: t("recorded-done", { name: person.name }),
            undo: () => act("proposal.support", { ...given, on: false }),
          },
        );
      }}
    />
  );
}

const firstShown = 12;
function List({ items }: { items: Item[] }) {
  const all = useSignal(false);
  const rest = items.filter((item) => !item.help);
  const shown = all.value ? rest : rest.slice(0, firstShown);
  if (rest.length === 0) return null;
  return (
    <>
      <ul class="supporters">
        {shown.map((item) => (
          <Supporter key={item.member.id} item={item} />
        ))}
      </ul>
      <ShowMore
        left={rest.length - shown.length}
        small
        onMore={() => {
          all.value = true;
        }}
      />
    </>
  );
}

export function SupportBox({
  card,
  supporters,
  authors,
}: {
  card: ProposalCard;
  supporters: Supporters | undefined;
  authors: { id: string }[];
}) {
  const busy = useSignal(false);
  const items = supporters?.items ?? [];
  const mine = items.find((item) => item.member.id === me.value.id);
  const isAuthor = authors.some((author) => author.id === me.value.id);
  const open = ["idea", "discussed", "ready"].includes(card.state);
  const toggle = async () => {
    const on = !mine;
    const id = card.id;
    busy.value = true;
    await act(
      "proposal.support",
      { id, on },
      {
        done: on ? t("support-on") : t("support-off"),
        undo: () => act("proposal.support", { id, on: !on }),
      },
    );
    busy.value = false;
  };
  return (
    <section class="card box support" aria-labelledby="support">
      <h2 id="support">{t("support-title")}</h2>
      <p class="big-figure" data-test="support-count" data-count={card.supports}>
        <strong>{number(card.supports)}</strong> {t("support-word", { count: card.supports })}
      </p>
      {card.state === "idea" && (
        <>
          <Meter value={card.supports} total={Math.max(1, card.threshold)} />
          <p class="hint">
            {t("support-needed", { count: Math.max(0, card.threshold - card.supports) })}
          </p>
        </>
      )}
      <CameAlong items={items} />
      {isMember.value && open && !isAuthor && (
        <button
          type="button"
          class={`button ${mine ? "pressed" : "primary"}`}
          aria-pressed={mine !== undefined}
          data-test="support-button"
          disabled={busy.value}
          onClick={toggle}
        >
          <Icon name="heart" /> {mine ? t("supporting") : t("support")}
        </button>
      )}
      {mine && open && <Help id={card.id} mine={mine} />}
      {mine && open && <ChangedSince card={card} mine={mine} />}
      <Offers items={items} />
      <List items={items} />
      {open && (
        <RecordSupport
          card={card}
          without={[...authors.map((one) => one.id), ...items.map((one) => one.member.id)]}
        />
      )}
    </section>
  );
}
