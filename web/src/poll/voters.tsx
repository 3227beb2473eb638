// Who voted what, in a closed vote by name: for those who were on its roll, read when asked for, page by
// page. Others are refused by the server, and see nothing of this.
import { useSignal } from "@preact/signals";
import type { Methods, Poll } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { RpcError } from "../sync/rpc";
import { call } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Loading, Name } from "../ui/parts";
import { notifyError } from "../ui/toast";

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
      state.value = refused ? "refused" : before;
      if (!refused) notifyError(error);
    }
  };
  return { items, state, read };
}

function Table({ items }: { items: Item[] }) {
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
        {items.map(({ voter, choice, weight, seq }) => (
          <tr key={seq} data-test="voter" data-id={voter.id}>
            <td>
              <Name person={voter} />
            </td>
            <td class={`voter-choice ${choice}`}>
              {choice !== "options" &&
                choice !== "consent" &&
                choice !== "concern" &&
                choice !== "objection" && <Icon name={choice} size={18} />}{" "}
              {t(`choice-${choice}`)}
            </td>
            {weighted && <td class="figure-cell">{number(weight)}</td>}
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
      {items.value.length > 0 && <Table items={items.value} />}
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
