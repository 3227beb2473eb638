// What an item of the agenda is about: proposals (those ready for a vote are offered first), votes, decisions and to-dos,
// found by their words. Arrow keys and Enter choose, as everywhere.
import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import type { ProposalCard } from "../../generated/api";
import { language, t } from "../../i18n/i18n";
import { titleOf } from "../../proposal/title";
import { call } from "../../sync/socket";
import { Icon, type IconName } from "../../ui/icons";
import { Field } from "../../ui/parts";
import { type Item, type Link, type LinkKind, linkKinds } from "./agenda";

export interface Found {
  kind: LinkKind;
  link: Link;
}
const kindOf = {
  ...({ proposal: "proposals", poll: "polls" } as const),
  ...({ decision: "decisions", task: "tasks" } as const),
};
export const linkIcons: Record<LinkKind, IconName> = {
  ...{ proposals: "idea", polls: "vote", decisions: "book", tasks: "task" },
};
const places: Record<LinkKind, string> = { proposals: "p", polls: "v", decisions: "d", tasks: "t" };

export const titleOfLink = (link: Link): string =>
  link.titles?.[language.value] ?? link.title ?? link.number ?? "";

export const hrefOf = (kind: LinkKind, link: Link): string =>
  `/${places[kind]}/${link.number ?? link.id}`;

const restMs = 200;
const offered = 8;

export const proposalLink = (card: ProposalCard): Link => ({
  ...{ id: card.id, number: String(card.number), title: card.title },
  titles: { ...card.titles, [card.language]: card.title },
});

/** Proposals that wait for a vote. */
export function useReady(): readonly ProposalCard[] {
  const ready = useSignal<readonly ProposalCard[]>([]);
  useEffect(() => {
    call("proposal.list", { state: "ready", limit: 50 }).then(
      ({ items }) => {
        ready.value = items;
      },
      () => {},
    );
  }, []);
  return ready.value;
}

function useFound(text: string): { text: string; found: readonly Found[] } {
  const state = useSignal<{ text: string; found: readonly Found[] }>({ text: "", found: [] });
  useEffect(() => {
    let wanted = text.length > 1;
    if (!wanted) state.value = { text: "", found: [] };
    const look = async () => {
      const kinds = ["proposal", "poll", "decision", "task"] as const;
      const { items } = await call("search.find", { text, kinds: [...kinds], limit: offered });
      const found = items.flatMap((one): Found[] => {
        const kind = kindOf[one.kind as keyof typeof kindOf];
        const link = { id: one.id, number: one.number, title: one.title.text };
        return kind ? [{ kind, link }] : [];
      });
      if (wanted) state.value = { text, found };
    };
    const timer = wanted ? setTimeout(() => look().catch(() => {}), restMs) : undefined;
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text]);
  return state.value;
}

function FindThing({
  item,
  ready,
  onChoose,
}: {
  item: Item;
  ready: readonly ProposalCard[];
  onChoose: (found: Found) => void;
}) {
  const text = useSignal("");
  const active = useSignal(0);
  const focused = useSignal(false);
  const list = useId();
  const typed = text.value.trim();
  const answer = useFound(typed);
  const answered = typed !== "" && answer.text === typed;
  const linked = new Set(linkKinds.flatMap((kind) => item[kind].map(({ id }) => id)));
  const first: Found[] = ready.map((card) => ({
    kind: "proposals",
    link: { ...proposalLink(card), title: titleOf(card).text },
  }));
  const found = (typed ? answer.found : first.slice(0, offered)).filter(
    ({ link }) => !linked.has(link.id),
  );
  const open = focused.value && found.length > 0;
  const at = Math.min(active.value, found.length - 1);
  const type = (now: string) => {
    text.value = now;
    active.value = 0;
  };
  const choose = (one: Found | undefined) => {
    if (!one) return;
    type("");
    onChoose(one);
  };
  const key = (event: KeyboardEvent) => {
    const move = event.altKey ? undefined : { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && open) active.value = (at + move + found.length) % found.length;
    else if (event.key === "Enter") typed && answered && choose(found[at]);
    else if (event.key === "Escape" && text.value) type("");
    else return;
    event.preventDefault();
  };
  return (
    <div class="find-member">
      <Field label={t("item-link-label")}>
        {(ids) => (
          <span class="search">
            <Icon name="search" />
            <input
              {...ids}
              type="text"
              role="combobox"
              autocomplete="off"
              maxLength={80}
              data-test="item-link"
              value={text.value}
              aria-expanded={open}
              aria-autocomplete="list"
              aria-controls={open ? list : undefined}
              aria-activedescendant={open ? `${list}-${at}` : undefined}
              onFocus={() => {
                focused.value = true;
              }}
              onBlur={() => {
                focused.value = false;
              }}
              onInput={(event) => type(event.currentTarget.value)}
              onKeyDown={key}
            />
          </span>
        )}
      </Field>
      {open && (
        <div role="listbox" id={list} aria-label={t("item-link-found")}>
          {found.map(({ kind, link }, place) => (
            <div
              key={link.id}
              id={`${list}-${place}`}
              role="option"
              tabIndex={-1}
              class={place === at ? "active" : undefined}
              aria-selected={place === at}
              data-test="item-link-choose"
              onMouseDown={(event) => {
                event.preventDefault();
                choose({ kind, link });
              }}
            >
              <Icon name={linkIcons[kind]} size={18} />
              <span>
                <span class="hint">{t(`link-${kind}`, { number: link.number ?? "" })}</span>{" "}
                <bdi>{titleOfLink(link)}</bdi>
              </span>
            </div>
          ))}
        </div>
      )}
      <p class={open || !answered || !focused.value ? "hidden" : "hint"} role="status">
        {answered && t("item-link-count", { count: found.length })}
      </p>
    </div>
  );
}

/** The links of an item, each taken away with one press. */
export function Links({
  item,
  ready,
  onChange,
}: {
  item: Item;
  ready: readonly ProposalCard[];
  onChange: (change: Partial<Item>) => void;
}) {
  return (
    <div class="item-links">
      <ul>
        {linkKinds.flatMap((kind) =>
          item[kind].map((link) => (
            <li key={link.id} class="chip">
              <Icon name={linkIcons[kind]} size={16} />
              <bdi>{titleOfLink(link)}</bdi>
              <button
                type="button"
                class="chip-remove"
                aria-label={t("item-unlink", { title: titleOfLink(link) })}
                data-test="item-unlink"
                onClick={() => onChange({ [kind]: item[kind].filter(({ id }) => id !== link.id) })}
              >
                <Icon name="no" size={16} />
              </button>
            </li>
          )),
        )}
      </ul>
      <FindThing
        item={item}
        ready={ready}
        onChoose={({ kind, link }) => onChange({ [kind]: [...item[kind], link] })}
      />
    </div>
  );
}
