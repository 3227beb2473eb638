// Who supports a proposal, and the button to join them.
import { useSignal } from "@preact/signals";
import { isMember, me } from "../app/session";
import type { ProposalCard, Supporters } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { Avatar, Meter, Name } from "../ui/parts";
import { act } from "../ui/toast";

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
      {items.length > 0 && (
        <ul class="supporters">
          {items.slice(0, 60).map((item) => (
            <li key={item.member.id}>
              <Avatar person={item.member} small /> <Name person={item.member} />
              {item.help && <span class="hint"> · {item.help}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
