// What an item of the agenda is about: proposals (those ready for a vote are offered first), votes, decisions and to-dos,
// found by their words.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ProposalCard } from "../../generated/api";
import { language, t } from "../../i18n/i18n";
import { titleOf } from "../../proposal/title";
import { call } from "../../sync/socket";
import { Combobox, useFound } from "../../ui/combobox";
import { Icon, type IconName } from "../../ui/icons";
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

async function look(text: string): Promise<readonly Found[]> {
  const kinds = ["proposal", "poll", "decision", "task"] as const;
  const { items } = await call("search.find", { text, kinds: [...kinds], limit: offered });
  return items.flatMap((one): Found[] => {
    const kind = kindOf[one.kind as keyof typeof kindOf];
    const link = { id: one.id, number: one.number, title: one.title.text };
    return kind ? [{ kind, link }] : [];
  });
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
  const focused = useSignal(false);
  const typed = text.value.trim();
  const answer = useFound(typed, look);
  const linked = new Set(linkKinds.flatMap((kind) => item[kind].map(({ id }) => id)));
  const first: Found[] = ready.map((card) => ({
    kind: "proposals",
    link: { ...proposalLink(card), title: titleOf(card).text },
  }));
  const found = typed ? answer.found : first.slice(0, offered);
  return (
    <Combobox
      {...{ text, onChoose }}
      label={t("item-link-label")}
      listLabel={t("item-link-found")}
      count={(count) => t("item-link-count", { count })}
      test="item-link"
      found={found.filter(({ link }) => !linked.has(link.id))}
      answered={typed !== "" && answer.text === typed}
      closed={!focused.value}
      onFocus={(inside) => {
        focused.value = inside;
      }}
      keyOf={({ link }) => link.id}
      draw={({ kind, link }) => (
        <>
          <Icon name={linkIcons[kind]} size={18} />
          <span>
            <span class="hint">{t(`link-${kind}`, { number: link.number ?? "" })}</span>{" "}
            <bdi>{titleOfLink(link)}</bdi>
          </span>
        </>
      )}
    />
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
