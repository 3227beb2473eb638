// In the middle of the console: what the meeting is at, how long it has been at it, its votes and to-dos. At the left: the
// whole agenda, from which any item is taken up.
import { send, waiting } from "../../sync/outbox";
import { connection } from "../../sync/socket";
import { useEffect } from "preact/hooks";
import { me } from "../../app/session";
import type { Meeting, Task } from "../../generated/api";
import { unbroken } from "../../i18n/format";
import { language, t } from "../../i18n/i18n";
import type { Watched } from "../../sync/feed";
import { Icon } from "../../ui/icons";
import { Ask, Chip, Meter } from "../../ui/parts";
import { act, announce, notifyDone, notifyError } from "../../ui/toast";
import { RpcError } from "../../sync/rpc";
import { type Item, linkKinds, numbersOf } from "./agenda";
import { hourOf } from "../hours";
import { endsEarly, isOver, lasting, minuteMs, nextItem, remainingMs, spentMs } from "./clock";
import { duration, itemIcons, itemTitle } from "./editor";
import { hrefOf, linkIcons, titleOfLink } from "./links";
import { useServerClock } from "../clock";
import { meetingOf } from "../words";
import { GivenTasks, TaskLine } from "./todos";
import type { ComponentChildren } from "preact";

const hearMs = 2_000;
/** The meeting, once this page has heard of its revision `seq`, or after a moment. */
async function heard(watched: Watched, seq: number): Promise<Meeting | undefined> {
  const limit = Date.now() + hearMs;
  while ((meetingOf(watched)?.revs.current ?? 0) < seq && Date.now() < limit)
    await new Promise((done) => setTimeout(done, 20));
  return meetingOf(watched);
}

async function takeUpNow(watched: Watched, meeting: Meeting, item: Item): Promise<void> {
  const { current: before, revs } = meeting;
  const title = itemTitle(item);
  try {
    const asked = { id: meeting.id, base: revs.current, item: item.id };
    const { seq } = await send("meeting.item", asked);
    notifyDone(
      t("item-taken-up", { title }),
      before ? () => act("meeting.item", { id: meeting.id, item: before }) : undefined,
    );
    await heard(watched, seq);
  } catch (error) {
    if (!(error instanceof RpcError && error.reason === "conflict")) return notifyError(error);
    const by = (await heard(watched, revs.current + 1))?.led_by;
    if (by && by.id !== me.peek().id) notifyDone(t("lead-conflict", { name: by.name }));
  }
}

/** One after the other: a key pressed again goes on from what the press before it made, a button pressed again does nothing. */
let order: Promise<void> = Promise.resolve();

/** Takes an item up; when another leader was quicker their state stands, and the line says so. */
export function takeUp(watched: Watched, choose: (now: Meeting) => Item | undefined): void {
  // Without the server, the first press is kept; those after it would run through the agenda once it is back.
  const kept = waiting.peek().some(({ method }) => method === "meeting.item");
  if (kept && connection.peek().state !== "up") return;
  order = order.then(async () => {
    const now = meetingOf(watched);
    const item = now && choose(now);
    if (item && item.id !== now.current) await takeUpNow(watched, now, item);
  });
}

/** "Ends 12 minutes early", with the clock. */
export function Ends({ meeting }: { meeting: Meeting }) {
  const now = useServerClock(500);
  const early = endsEarly(meeting, now);
  const end = now + remainingMs(meeting, now);
  const near = Math.abs(early) < 2;
  return (
    <p class="ends" data-test="ends" data-minutes={early}>
      <Icon name="clock" size={18} />
      <span>{t("ends-at", { time: hourOf(end) })}</span>
      <Chip tone={early < -1 ? "warn" : "ok"} icon={early < -1 ? "warn" : "done"}>
        {near
          ? t("ends-in-time")
          : early > 0
            ? t("ends-early", { duration: duration(early) })
            : t("ends-late", { duration: duration(-early) })}
      </Chip>
    </p>
  );
}

/* ---- the agenda ---- */

function AgendaLine({
  watched,
  meeting,
  item,
  number,
  at,
  now,
}: {
  watched: Watched;
  meeting: Meeting;
  item: Item;
  number: string;
  at: number;
  now: number;
}) {
  const isCurrent = item.id === meeting.current;
  const over = isOver(item) && !isCurrent;
  const open = meeting.state === "open";
  const spent = isCurrent ? spentMs(meeting, now) : (item.spent_ms ?? 0);
  const state = isCurrent
    ? "current"
    : item.outcome === "moved" || item.outcome === "skipped"
      ? item.outcome
      : over
        ? "over"
        : "ahead";
  const when = isCurrent
    ? lasting(spent)
    : item.outcome === "moved"
      ? t("item-moved-out")
      : item.outcome === "skipped"
        ? t("agenda-skipped")
        : over
          ? t("item-took", { minutes: Math.round(spent / minuteMs) })
          : hourOf(at);
  const body = (
    <>
      <span class="line-number">{number}</span>
      <span class="line-title">
        <bdi>{unbroken(itemTitle(item), language.value)}</bdi>
        {item.polls.length > 0 && <Icon name="vote" size={16} />}
      </span>
      <span class="line-when">{when}</span>
    </>
  );
  return (
    <li
      class={`line ${state}${item.parent ? " below" : ""}`}
      tabIndex={-1}
      data-test="lead-item"
      data-state={state}
    >
      {open && !isCurrent ? (
        <button
          type="button"
          class="line-body"
          data-test="take-up"
          onClick={() => takeUp(watched, () => item)}
        >
          {body}
          <span class="hidden">{t("item-take-up")}</span>
        </button>
      ) : (
        <span class="line-body" aria-current={isCurrent ? "step" : undefined}>
          {body}
        </span>
      )}
    </li>
  );
}

export function AgendaColumn({ watched, meeting }: { watched: Watched; meeting: Meeting }) {
  const now = useServerClock(500);
  const { agenda, current } = meeting;
  const numbers = numbersOf(agenda);
  const open = meeting.state === "open";
  // From now on: what is left of the current item, then the boxes of those to come.
  let at = open ? now : meeting.starts_ms;
  const here = agenda.find(({ id }) => id === current);
  if (open && here) at += Math.max(0, here.minutes * minuteMs - spentMs(meeting, now));
  return (
    <section class="card box lead-agenda" aria-labelledby="lead-agenda">
      <div class="row">
        <h2 id="lead-agenda" class="grow">
          {t("agenda-title")}
        </h2>
        <a class="link" href={`/meetings/${meeting.number}/edit`} data-test="to-edit">
          {t("agenda-edit")}
        </a>
      </div>
      {agenda.length === 0 && <p class="hint">{t("agenda-empty")}</p>}
      <ol class="lines">
        {agenda.map((item, place) => {
          const from = at;
          if (item.id !== current && !isOver(item)) at += item.minutes * minuteMs;
          return (
            <AgendaLine
              key={item.id}
              {...{ watched, meeting, item, now }}
              number={numbers[place] ?? ""}
              at={from}
            />
          );
        })}
      </ol>
    </section>
  );
}

/* ---- the current item ---- */

function Clock({ meeting, item }: { meeting: Meeting; item: Item }) {
  const now = useServerClock(500);
  const spent = spentMs(meeting, now);
  const box = item.minutes * minuteMs;
  const over = box > 0 && spent > box;
  useEffect(() => {
    if (over) announce("item-over", t("item-over-said"));
  }, [over]);
  return (
    <div class={`item-timer${over ? " over" : ""}`} data-test="item-timer">
      <p>
        <strong>{lasting(spent)}</strong>{" "}
        <span class="hint">
          {box > 0 ? t("item-of-box", { minutes: item.minutes }) : t("item-no-box")}
        </span>
        {over && (
          <Chip tone="warn" icon="warn">
            {t("item-over", { duration: lasting(spent - box) })}
          </Chip>
        )}
      </p>
      <Meter value={Math.min(spent, box)} total={box} tone={over ? "warn" : "accent"} />
    </div>
  );
}

export function CurrentItem({
  watched,
  meeting,
  tasks,
  end,
  children,
}: {
  watched: Watched;
  meeting: Meeting;
  tasks: readonly Task[];
  /** Where no point is left. */
  end: ComponentChildren;
  children: ComponentChildren;
}) {
  const at = meeting.agenda.findIndex(({ id }) => id === meeting.current);
  const item = meeting.agenda[at];
  const next = nextItem(meeting);
  return (
    <section class="card current" tabIndex={-1} aria-labelledby="current-title" data-test="current">
      {item ? (
        <>
          <p class="overline">
            <Icon name={itemIcons[item.item_kind]} size={16} />{" "}
            {t("item-at", { number: numbersOf(meeting.agenda)[at] ?? "" })} ·{" "}
            {t(`item-kind-${item.item_kind}`)}
          </p>
          <h2 id="current-title" data-test="current-title">
            <bdi>{unbroken(itemTitle(item), language.value)}</bdi>
          </h2>
          <Clock meeting={meeting} item={item} />
          <ItemLinks item={item} />
        </>
      ) : (
        <h2 id="current-title">{t("current-none")}</h2>
      )}
      <div class="row wrap current-acts">
        {next && (
          <button
            type="button"
            class="button primary"
            data-test="next-item"
            aria-keyshortcuts="n"
            onClick={() => takeUp(watched, () => next)}
          >
            <Icon name="next" />
            <span>
              {t("next-item")} <bdi>{itemTitle(next)}</bdi>
            </span>
            <span class="kbd" aria-hidden="true">
              n
            </span>
          </button>
        )}
        {end}
        {item && item.outcome !== "moved" && (
          <Ask
            label={t("item-move-out")}
            question={t("item-move-out-ask")}
            confirm={t("item-move-out")}
            tone="quiet"
            test="item-move"
            onConfirm={() =>
              act("meeting.move", { id: meeting.id, item: item.id }, { done: t("item-moved-done") })
            }
          />
        )}
      </div>
      {children}
      {/* Also before the first point: what is typed there stays when one is taken up. */}
      <div class="current-tasks">
        <h3>{t(item ? "item-tasks" : "meeting-tasks")}</h3>
        <GivenTasks tasks={tasks.filter((one) => one.meeting?.item === item?.id)} />
        <TaskLine meeting={meeting} item={item} />
      </div>
    </section>
  );
}

function ItemLinks({ item }: { item: Item }) {
  const all = linkKinds
    .filter((kind) => kind !== "polls")
    .flatMap((kind) => item[kind].map((link) => ({ kind, link })));
  if (all.length === 0) return null;
  return (
    <ul class="current-links">
      {all.map(({ kind, link }) => (
        <li key={link.id}>
          <Icon name={linkIcons[kind]} size={18} />
          <a href={hrefOf(kind, link)} target="_blank" rel="noopener">
            <span class="hint">{t(`link-${kind}`, { number: link.number ?? "" })}</span>{" "}
            <bdi>{titleOfLink(link)}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
}
