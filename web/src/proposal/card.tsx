// A proposal in a list or on the board.
import { memo } from "../ui/memo";
import type { ProposalCard } from "../generated/api";
import { number, t } from "../i18n/i18n";
import { useDocument } from "../sync/feed";
import { serverNow } from "../sync/socket";
import { Icon } from "../ui/icons";
import { Chip, Meter, Name, When } from "../ui/parts";
import { look, stateKey } from "./states";
import { titleOf } from "./title";
import "./card.css";

export function StateChip({ state, test }: { state: string; test?: string }) {
  const { icon, tone } = look(state);
  return (
    <Chip icon={icon} tone={tone} data-test={test} data-state={state}>
      {t(stateKey(state))}
    </Chip>
  );
}

function Support({ card }: { card: ProposalCard }) {
  if (card.state !== "idea")
    return (
      <span class="figure">
        <Icon name="heart" size={16} />
        <span class="hidden">{t("supports-label")} </span>
        {number(card.supports)}
      </span>
    );
  return (
    <span class="figure grow">
      <Meter value={card.supports} total={Math.max(1, card.threshold)} />
      {t("supports-of", { count: card.supports, threshold: card.threshold })}
    </span>
  );
}

export const ProposalRow = memo(function ProposalRow({
  id,
  showState,
}: {
  id: string;
  showState?: boolean;
}) {
  const card = useDocument("proposal_card", id);
  // How far one has read here; the bell keeps what is personal on every page.
  const mark = useDocument("read_mark", id);
  if (!card) return null;
  const title = titleOf(card);
  return (
    <article
      class="card proposal-card"
      data-test="proposal-card"
      data-id={card.id}
      data-number={card.number}
      data-state={card.state}
    >
      {showState && <StateChip state={card.state} />}
      <h3>
        <a class="cover" href={`/p/${card.number}`} lang={title.lang}>
          <bdi>{title.text}</bdi>
        </a>
      </h3>
      <p class="meta">
        <Name person={card.author} />
        <When ms={card.source?.at_ms ?? card.created_ms} />
      </p>
      <p class="figures">
        <Support card={card} />
        <span class="figure">
          <Icon name="talk" size={16} />
          <span class="hidden">{t("comments-label")} </span>
          {number(card.comments)}
          {card.last_comment !== undefined && mark && card.last_comment > mark.upto && (
            <span class="new-mark" data-test="card-new">
              {t("new-mark")}
            </span>
          )}
        </span>
        {card.source && card.source.supports > 0 && (
          <span class="figure">
            <Icon name="globe" size={16} />
            {t("supports-source", { count: card.source.supports })}
          </span>
        )}
        {card.empty && ["idea", "discussed"].includes(card.state) && (
          <span class="figure">
            <Icon name="search" size={16} />
            {t("card-need")}
          </span>
        )}
        {card.asks && (
          <span class="figure" data-test="card-asks">
            <Icon name="coin" size={16} />
            {Object.keys(card.asks)
              .filter((kind) => kind !== "currency")
              .map((kind) => t(`card-asks-${kind}`))
              .join(", ")}
          </span>
        )}
        {card.owed_ms !== undefined && card.owed_ms < serverNow() && (
          <span class="figure late" data-test="card-late">
            <Icon name="warn" size={16} />
            {t("card-late")}
          </span>
        )}
        {card.tasks.total > 0 && (
          <span class="figure">
            <Icon name="task" size={16} />
            {t("tasks-progress-words", card.tasks)}
          </span>
        )}
      </p>
    </article>
  );
});
