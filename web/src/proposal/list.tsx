// All proposals: a board by state, or a list. Both show the same documents and keep their address; on a
// phone the board is one column at a time.
import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";
import { Page } from "../app/page";
import { isMember } from "../app/session";
import type { ProposalCard } from "../generated/api";
import { number, pick, t } from "../i18n/i18n";
import { store, useTopic } from "../sync/feed";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Empty, Loading } from "../ui/parts";
import { useSlices } from "../ui/slices";
import { notifyError } from "../ui/toast";
import { ShowMore } from "../ui/more";
import { ProposalRow } from "./card";
import { columns, look, otherStates, stateKey } from "./states";

const firstShown = 30;
/** Cards of a column drawn at once. */
const sliceSize = 6;

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

interface Filter {
  theme: string;
  state: string;
  asks: string;
}
function matches(card: ProposalCard, words: string[], { theme, state, asks }: Filter): boolean {
  if (theme && !card.themes.includes(theme)) return false;
  if (state === "need" ? !card.empty : state && card.state !== state) return false;
  if (asks && !(card.asks && asks in card.asks)) return false;
  if (words.length === 0) return true;
  const titles = Object.values(card.titles ?? {});
  const all = fold(
    [card.title, card.need, card.author.name, `${card.number}`, ...titles].join(" "),
  );
  return words.every((word) => all.includes(word));
}

function Column({ name, cards, open }: { name: string; cards: ProposalCard[]; open: boolean }) {
  const shown = useSignal(firstShown);
  const drawn = useSlices(Math.min(shown.value, cards.length), sliceSize);
  const icon = name === "others" ? "pause" : look(name).icon;
  return (
    <section
      class={`column${cards.length === 0 ? " none" : ""}${open ? " open" : ""}`}
      data-test={`column-${name}`}
      aria-labelledby={`column-${name}`}
    >
      <h2 id={`column-${name}`}>
        <Icon name={icon} size={18} />
        {t(`column-${name}`)}
        <span class="count">{number(cards.length)}</span>
      </h2>
      {cards.slice(0, drawn).map((card) => (
        <ProposalRow
          key={card.id}
          id={card.id}
          showState={name === "adopted" || name === "others"}
        />
      ))}
      <ShowMore
        left={cards.length - shown.value}
        onMore={() => {
          shown.value += firstShown;
        }}
      />
    </section>
  );
}

function Board({ cards }: { cards: ProposalCard[] }) {
  const open = useSignal<string>("");
  const others = cards.filter((card) => otherStates.includes(card.state));
  const all = [
    ...columns.map(({ name, states }) => ({
      name: name as string,
      cards: cards.filter((card) => (states as readonly string[]).includes(card.state)),
    })),
    ...(others.length > 0 ? [{ name: "others", cards: others }] : []),
  ];
  const current = open.value || (all.find((column) => column.cards.length > 0)?.name ?? "idea");
  return (
    <>
      <fieldset class="tabs" aria-label={t("board-columns")}>
        {all.map(({ name, cards: inside }) => (
          <button
            key={name}
            type="button"
            aria-pressed={current === name}
            data-test={`tab-${name}`}
            onClick={() => {
              open.value = name;
            }}
          >
            {t(`column-${name}`)} <span class="count">{number(inside.length)}</span>
          </button>
        ))}
      </fieldset>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, by keyboard too */}
      <section class="board" tabIndex={0} aria-label={t("board")}>
        {all.map(({ name, cards: inside }) => (
          <Column key={name} name={name} cards={inside} open={current === name} />
        ))}
      </section>
    </>
  );
}

function List({ cards }: { cards: ProposalCard[] }) {
  const shown = useSignal(firstShown);
  const drawn = useSlices(Math.min(shown.value, cards.length), sliceSize);
  return (
    <div class="list">
      {cards.slice(0, drawn).map((card) => (
        <ProposalRow key={card.id} id={card.id} showState />
      ))}
      <ShowMore
        left={cards.length - shown.value}
        onMore={() => {
          shown.value += firstShown;
        }}
      />
    </div>
  );
}

/** The feed holds the newest 200; the rest comes page by page when asked for. */
function useOlder() {
  const items = useSignal<ProposalCard[]>([]);
  const next = useSignal<string | null | undefined>(undefined);
  const busy = useSignal(false);
  const more = async () => {
    busy.value = true;
    try {
      const after = next.value ?? undefined;
      const page = await call("proposal.list", { limit: 100, after });
      items.value = [...items.value, ...page.items];
      next.value = page.next;
    } catch (error) {
      notifyError(error);
    } finally {
      busy.value = false;
    }
  };
  return { items, next, busy, more };
}

function useCards() {
  const watched = useTopic("proposals");
  const org = useTopic("org");
  const older = useOlder();
  const cards = useComputed(() => {
    const live = watched.all("proposal_card");
    const known = new Set(live.map((card) => card.id));
    return [...live, ...older.items.value.filter((card) => !known.has(card.id))].sort(
      (a, b) => b.number - a.number,
    );
  });
  // Rows read their document by id: those fetched by the list method are put beside the live ones.
  useEffect(() => {
    for (const card of older.items.value) {
      const one = store.document("proposal_card", card.id);
      if (!one.peek()) one.value = card;
    }
  }, [older.items.value]);
  const total = org.one("organisation")?.proposals ?? 0;
  return { watched, org, older, cards, total };
}

export default function Proposals() {
  const { query, route } = useLocation();
  const { watched, org, older, cards, total } = useCards();
  const search = useSignal("");
  const theme = useSignal("");
  const state = useSignal("");
  const asks = useSignal("");
  const asList = query.view === "list";
  const words = fold(search.value).split(/\s+/).filter(Boolean);
  const shown = cards.value.filter((card) =>
    matches(card, words, { theme: theme.value, state: state.value, asks: asks.value }),
  );
  const themes = org.one("organisation")?.settings.themes ?? [];
  const loading = watched.state.value === "loading";
  return (
    <Page
      name="proposals"
      title={t("proposals-title")}
      wide={!asList}
      actions={
        isMember.value && (
          <a class="button primary" href="/p/new" data-test="new-proposal">
            <Icon name="plus" /> {t("new-proposal")}
          </a>
        )
      }
    >
      <div class="toolbar">
        <label class="search">
          <Icon name="search" />
          <span class="hidden">{t("search-label")}</span>
          <input
            type="search"
            placeholder={t("search-placeholder")}
            data-test="proposal-search"
            value={search.value}
            onInput={(event) => {
              search.value = event.currentTarget.value;
            }}
          />
        </label>
        {themes.length > 0 && (
          <label class="select">
            <span class="hidden">{t("theme-label")}</span>
            <select
              value={theme.value}
              onChange={(event) => {
                theme.value = event.currentTarget.value;
              }}
            >
              <option value="">{t("theme-all")}</option>
              {themes.map((one) => (
                <ThemeOption key={one.key} theme={one} />
              ))}
            </select>
          </label>
        )}
        <Choice
          label={t("filter-state")}
          all={t("filter-state-all")}
          value={state}
          test="filter-state"
        >
          <option value="need">{t("card-need")}</option>
          {[...columns.flatMap((column) => [...column.states]), ...otherStates].map((one) => (
            <option key={one} value={one}>
              {t(stateKey(one))}
            </option>
          ))}
        </Choice>
        <Choice label={t("filter-asks")} all={t("filter-asks-all")} value={asks} test="filter-asks">
          {["money", "hours", "people", "skills"].map((one) => (
            <option key={one} value={one}>
              {t(`card-asks-${one}`)}
            </option>
          ))}
        </Choice>
        <fieldset class="segmented" aria-label={t("view-label")}>
          <button
            type="button"
            aria-pressed={!asList}
            data-test="view-board"
            onClick={() => route("/p", true)}
          >
            {t("view-board")}
          </button>
          <button
            type="button"
            aria-pressed={asList}
            data-test="view-list"
            onClick={() => route("/p?view=list", true)}
          >
            {t("view-list")}
          </button>
        </fieldset>
      </div>
      {loading ? (
        <Loading />
      ) : (
        <Shown cards={shown} none={cards.value.length === 0} asList={asList} />
      )}
      {!loading && total > cards.value.length && older.next.value !== null && (
        <p class="center">
          <button
            type="button"
            class="button quiet"
            disabled={older.busy.value}
            onClick={() => older.more()}
          >
            {t("older-proposals", { count: total - cards.value.length })}
          </button>
        </p>
      )}
    </Page>
  );
}

function Choice({
  label,
  all,
  value,
  test,
  children,
}: {
  label: string;
  all: string;
  value: Signal<string>;
  test: string;
  children: ComponentChildren;
}) {
  return (
    <label class="select">
      <span class="hidden">{label}</span>
      <select
        data-test={test}
        value={value.value}
        onChange={(event) => {
          value.value = event.currentTarget.value;
        }}
      >
        <option value="">{all}</option>
        {children}
      </select>
    </label>
  );
}

function ThemeOption({ theme }: { theme: { key: string; label: Record<string, string> } }) {
  return <option value={theme.key}>{themeName(theme)}</option>;
}

const themeName = (theme: { key: string; label: Record<string, string> }): string =>
  pick(theme.label).text || theme.key;

function Shown({ cards, none, asList }: { cards: ProposalCard[]; none: boolean; asList: boolean }) {
  if (none)
    return (
      <Empty icon="idea" text={t("proposals-none")}>
        {isMember.value && (
          <a class="button primary" href="/p/new">
            {t("new-proposal")}
          </a>
        )}
      </Empty>
    );
  if (cards.length === 0) return <Empty icon="search" text={t("proposals-no-match")} />;
  return asList ? <List cards={cards} /> : <Board cards={cards} />;
}
