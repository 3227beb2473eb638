// The agenda as members read it: points with their time boxes, what they are about, what came of them.
import type { Meeting, PollCard } from "../generated/api";
import { unbroken } from "../i18n/format";
import { pick, t } from "../i18n/i18n";
import { Icon } from "../ui/icons";
import { Chip } from "../ui/parts";
import { hourOf } from "./hours";
import { type Item, placeOf, treeOf } from "./words";

type Linked = Item["polls"][number];
const ways = { proposals: "/p/", polls: "/v/", decisions: "/d/", tasks: "/t/" } as const;
const icons = { proposals: "idea", polls: "vote", decisions: "book", tasks: "task" } as const;

/** As it was called when the agenda was written: a proposal in its own language, a vote in those of the organisation. */
function Name({ of }: { of: Linked }) {
  const name = of.titles ? pick(of.titles) : { text: of.title ?? of.number ?? "", lang: undefined };
  return <bdi lang={name.lang}>{unbroken(name.text, name.lang)}</bdi>;
}

export function Links({ item, polls }: { item: Item; polls?: readonly PollCard[] }) {
  const kinds = ["proposals", "polls", "decisions", "tasks"] as const;
  if (kinds.every((kind) => item[kind].length === 0)) return null;
  const verdict = (one: Linked) => polls?.find((card) => card.id === one.id)?.verdict;
  return (
    <ul class="agenda-links">
      {kinds.flatMap((kind) =>
        item[kind].map((one) => (
          <li key={one.id}>
            <a href={ways[kind] + one.number}>
              <Icon name={icons[kind]} size={16} />
              <span class="hidden">{t(`agenda-${kind}`)}</span> <Name of={one} />
            </a>
            {kind === "polls" && verdict(one) && (
              <Chip>{t(`verdict-${verdict(one)?.replace(/_/g, "-")}`)}</Chip>
            )}
          </li>
        )),
      )}
    </ul>
  );
}

function Point({
  item,
  meeting,
  polls,
}: {
  item: Item;
  meeting: Meeting;
  polls: readonly PollCard[];
}) {
  const title = pick(item.title);
  const current = meeting.state === "open" && meeting.current === item.id;
  const held = item.started_ms !== undefined && !current;
  return (
    <div
      class={current ? "agenda-point current" : "agenda-point"}
      aria-current={current || undefined}
    >
      <span class="agenda-no">{placeOf(meeting, item.id)}</span>
      <div class="grow">
        <p class="agenda-title">
          <span lang={title.lang}>
            <bdi>{unbroken(title.text, title.lang)}</bdi>
          </span>
          {current && <Chip tone="accent">{t("agenda-now")}</Chip>}
          {item.outcome === "moved" && <Chip tone="warn">{t("agenda-moved")}</Chip>}
          {item.outcome === "skipped" && <Chip>{t("agenda-skipped")}</Chip>}
        </p>
        <Links item={item} polls={polls} />
      </div>
      <span class="agenda-time">
        {held && item.started_ms !== undefined ? (
          <time dateTime={new Date(item.started_ms).toISOString()}>{hourOf(item.started_ms)}</time>
        ) : (
          item.minutes > 0 && t("agenda-minutes", { count: item.minutes })
        )}
      </span>
    </div>
  );
}

export function Agenda({ meeting, polls }: { meeting: Meeting; polls: readonly PollCard[] }) {
  if (meeting.agenda.length === 0)
    return (
      <p class="hint">
        {t("agenda-empty")} {meeting.state === "planned" && t("agenda-empty-next")}
      </p>
    );
  return (
    <ol class="agenda" data-test="agenda">
      {treeOf(meeting.agenda).map(({ item, children }) => (
        <li key={item.id}>
          <Point {...{ item, meeting, polls }} />
          {children.length > 0 && (
            <ol>
              {children.map((child) => (
                <li key={child.id}>
                  <Point {...{ item: child, meeting, polls }} />
                </li>
              ))}
            </ol>
          )}
        </li>
      ))}
    </ol>
  );
}
