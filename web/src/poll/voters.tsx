// Who voted what, in a closed vote by name: for those who were on its roll, read when asked for, page by
// page. Others are refused by the server, and see nothing of this.
import { useSignal } from "@preact/signals";
import type { YesNo } from "../ballot/yes-no";
import type { Methods, Poll } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { RpcError } from "../sync/rpc";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { useLater } from "../ui/later";
import { Loading, Name } from "../ui/parts";
import { notifyError } from "../ui/toast";
import { definitions } from "./definition";

type Item = Methods["ballot.list"]["result"]["items"][number];
const pageSize = 100;

function useVoters(poll: string) {
  const items = useSignal<Item[]>([]);
  const state = useSignal<"closed" | "reading" | "more" | "all" | "refused">("closed");
  const next = useSignal<string | null>(null);
  const read = async () => {
    if (state.peek() === "reading") return;
    const before = state.peek();
    state.value = "reading";
    try {
      const page = await call("ballot.list", {
        ...{ poll, limit: pageSize, after: next.peek() ?? undefined },
      });
      items.value = [...items.peek(), ...page.items];
      next.value = page.next;
      state.value = page.next === null ? "all" : "more";
    } catch (error) {
      const refused = error instanceof RpcError && error.reason === "right.missing";
      // Asked again by the button that asks for more.
      state.value = refused ? "refused" : before === "closed" ? "more" : before;
      if (!refused) notifyError(error);
    }
  };
  return { items, state, read };
}

async function fetchParts() {
  return (await Promise.all([import("./ballot/parts"), words("ballot")]))[0];
}

/** One answer: its word, or what was signed where a word does not say it. */
function Answer({ item, poll }: { item: Item; poll: Poll }) {
  const parts = useLater(fetchParts, poll.method !== "yes-no");
  const known = definitions.value.get(poll.id);
  const { choice } = item;
  if (choice === "yes" || choice === "no" || (poll.method === "yes-no" && choice !== "options"))
    return <Plain choice={choice} />;
  return parts && typeof known === "object" ? (
    <parts.Voted definition={known.definition} bytes={item.bytes} reason={item.reason} />
  ) : null;
}

function Plain({ choice }: { choice: string }) {
  return (
    <>
      <Icon name={choice as YesNo} size={18} /> {t(`choice-${choice}`)}
    </>
  );
}

function Table({ items, poll }: { items: Item[]; poll: Poll }) {
  const weighted = items.some((item) => item.weight !== 1);
  return (
    <table class="voters">
      <thead>
        <tr>
          <th>{t("voter")}</th>
          <th>{t("answer")}</th>
          {weighted && <th class="figure-cell">{t("voter-weight")}</th>}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.seq} data-test="voter" data-id={item.voter.id}>
            <td>
              <Name person={item.voter} />
            </td>
            <td class={`voter-choice ${item.choice}`}>
              <Answer item={item} poll={poll} />
            </td>
            {weighted && <td class="figure-cell">{number(item.weight)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A disclosure below the result; nothing is fetched before it is opened. */
export function Voters({ poll }: { poll: Poll }) {
  const { items, state, read } = useVoters(poll.id);
  if (state.value === "refused") return null;
  return (
    <details
      class="more voters-box"
      data-test="voters"
      onToggle={(event) => {
        if (event.currentTarget.open && state.peek() === "closed") read();
      }}
    >
      <summary>{t("voters-title")}</summary>
      {items.value.length > 0 && <Table items={items.value} poll={poll} />}
      {state.value === "all" && items.value.length === 0 && <p class="hint">{t("voters-none")}</p>}
      {state.value === "reading" && <Loading />}
      {state.value === "more" && (
        <button type="button" class="button quiet" data-test="more-voters" onClick={read}>
          {t("voters-more")}
        </button>
      )}
    </details>
  );
}
