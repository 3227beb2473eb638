// The agenda being written: two levels, with the time each item begins and ends. Items are moved by dragging, by buttons and
// by Alt with the arrows. It is sent whole; when somebody else has changed it meanwhile, theirs is shown and one's own is kept
// and offered: nothing that was written is lost.
import { send } from "../../sync/outbox";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Meeting, ProposalCard } from "../../generated/api";
import { language, t } from "../../i18n/i18n";
import { shiftOf, useDrag } from "../../poll/ballot/drag";
import { languageName } from "../../poll/define/options";
import { newId, RpcError } from "../../sync/rpc";
import { Icon, type IconName } from "../../ui/icons";
import { Chip, Field } from "../../ui/parts";
import { notifyDone, notifyError } from "../../ui/toast";
import {
  type Agenda,
  add,
  change,
  drop,
  indent,
  type Item,
  itemKinds,
  linkKinds,
  mayIndent,
  newItem,
  numbersOf,
  outdent,
  remove,
  same,
  step,
  toSend,
  withBelow,
} from "./agenda";
import { hourOf } from "../hours";
import { clocksOf, isOver, minuteMs, totalMinutes } from "./clock";
import { Links, linkIcons, proposalLink, useReady } from "./links";
import { languagesHere } from "./words";

export const itemIcons: Record<Item["item_kind"], IconName> = {
  ...{ opening: "flag", information: "eye", discussion: "talk", vote: "vote" },
  ...{ election: "people", work: "work", break: "pause", closing: "done" },
};

/** The words of an item in the reader's language, or those there are. */
export const itemTitle = (item: Pick<Item, "title">): string =>
  item.title[language.value] || Object.values(item.title).find(Boolean) || t("item-unnamed");

/** An agenda that is being changed here: what it was made from, and what is not sent yet. */
export interface Editing {
  agenda: Signal<Agenda>;
  dirty: () => boolean;
  /** One's own words that theirs stand before. */
  kept: Signal<Agenda | null>;
  /** On its way to the server. */
  busy: Signal<boolean>;
  /** Somebody else has changed it since. */
  newer: () => boolean;
  set: (next: Agenda) => void;
  save: () => Promise<boolean>;
  discard: () => void;
  showTheirs: () => void;
  takeMine: () => void;
  replaceTheirs: () => void;
}

const wordsOf = (agenda: Agenda): string => JSON.stringify(agenda.map(({ title }) => title));
const untouched = (mine: Agenda, base: Agenda): boolean =>
  mine === base || (same(mine, base) && wordsOf(mine) === wordsOf(base));

interface Base {
  rev: number;
  agenda: Agenda;
}
/** By meeting: what was left on this page without being saved. It is there again when the page is. */
const unsaved = new Map<string, { agenda: Agenda; base: Base; kept: Agenda | null }>();

export function useEditing(meeting: Meeting): Editing {
  const { id } = meeting;
  const found = useMemo(() => unsaved.get(id), [id]);
  const agenda = useSignal<Agenda>(found?.agenda ?? meeting.agenda);
  const base = useSignal<Base>(found?.base ?? { rev: meeting.revs.agenda, agenda: meeting.agenda });
  const kept = useSignal<Agenda | null>(found?.kept ?? null);
  useEffect(
    () => () => {
      const left = { agenda: agenda.peek(), base: base.peek(), kept: kept.peek() };
      if (same(left.agenda, left.base.agenda) && !left.kept) unsaved.delete(id);
      else {
        unsaved.set(id, left);
        notifyDone(t("agenda-left-unsaved"));
      }
    },
    [id],
  );
  const busy = useSignal(false);
  const dirty = () => !same(agenda.value, base.value.agenda);
  const follow = () => {
    base.value = { rev: meeting.revs.agenda, agenda: meeting.agenda };
  };
  // What nobody is writing in follows the others; also a space at the end of a title is being written in.
  useLayoutEffect(() => {
    if (!untouched(agenda.peek(), base.peek().agenda)) return;
    follow();
    agenda.value = meeting.agenda;
  }, [meeting.revs.agenda, meeting.rev]);
  const save = async (): Promise<boolean> => {
    const sent = agenda.peek();
    if (busy.peek()) return false;
    busy.value = true;
    try {
      const { seq } = await send("meeting.agenda", {
        ...{ id: meeting.id, base: base.peek().rev, items: toSend(sent) },
      });
      base.value = { rev: seq, agenda: sent };
      kept.value = null;
      return true;
    } catch (error) {
      // Theirs is on its way here, or has come: the notice above the list tells it.
      if (!(error instanceof RpcError && error.reason === "conflict")) notifyError(error);
      return false;
    } finally {
      busy.value = false;
    }
  };
  return {
    ...{ agenda, kept, busy, dirty, save },
    // What is being saved here may be told to this page before it is answered.
    newer: () => dirty() && !busy.value && meeting.revs.agenda > base.value.rev,
    set: (next) => {
      agenda.value = next;
    },
    discard: () => {
      follow();
      agenda.value = meeting.agenda;
    },
    showTheirs: () => {
      kept.value = agenda.peek();
      follow();
      agenda.value = meeting.agenda;
    },
    takeMine: () => {
      agenda.value = kept.peek() ?? agenda.peek();
      kept.value = null;
    },
    replaceTheirs: () => {
      base.value = { rev: meeting.revs.agenda, agenda: meeting.agenda };
      agenda.value = [...agenda.peek()];
    },
  };
}

/* ---- one item ---- */

function Do({
  test,
  label,
  icon,
  turned = "",
  off = false,
  onDo,
}: {
  test: string;
  label: string;
  icon: IconName;
  turned?: string;
  off?: boolean;
  onDo: () => void;
}) {
  return (
    <button
      type="button"
      class={`step ${turned}`}
      data-test={test}
      aria-label={label}
      title={label}
      aria-disabled={off}
      onClick={() => !off && onDo()}
    >
      <Icon name={icon} size={18} />
    </button>
  );
}

interface Row {
  editing: Editing;
  item: Item;
  number: string;
  at: { from: number; to: number };
  ready: readonly ProposalCard[];
  open: Signal<string>;
  move: (id: string, how: (agenda: Agenda) => Agenda, focus: string) => void;
  /** Once it is drawn: a button of this item. */
  focusOn: (id: string, test: string) => void;
}

function Details({ editing, item, ready }: Pick<Row, "editing" | "item" | "ready">) {
  const alter = (by: Partial<Item>) => editing.set(change(editing.agenda.peek(), item.id, by));
  const others = languagesHere().filter((code) => code !== language.value);
  return (
    <div class="item-details">
      {others.map((code) => (
        <Field key={code} label={t("item-title-in", { language: languageName(code) })}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              lang={code}
              maxLength={160}
              data-test={`item-title-${code}`}
              value={item.title[code] ?? ""}
              onInput={(event) =>
                alter({ title: { ...item.title, [code]: event.currentTarget.value } })
              }
            />
          )}
        </Field>
      ))}
      <Field label={t("item-kind-label")}>
        {(ids) => (
          <select
            {...ids}
            data-test="item-kind"
            value={item.item_kind}
            onChange={(event) =>
              alter({ item_kind: event.currentTarget.value as Item["item_kind"] })
            }
          >
            {itemKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`item-kind-${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Links item={item} ready={ready} onChange={alter} />
    </div>
  );
}

function Buttons({ editing, item, move, focusOn, open }: Row) {
  const agenda = editing.agenda.value;
  const title = itemTitle(item);
  const { id } = item;
  const shown = open.value === id;
  const button = (name: string, how: (now: Agenda) => Agenda) => () => move(id, how, name);
  const takeAway = () => {
    const before = editing.agenda.peek();
    const count = withBelow(before, id).length - 1;
    const left = remove(before, id);
    const next = left[Math.min(before.indexOf(item), left.length - 1)];
    if (next) focusOn(next.id, "item-remove");
    editing.set(left);
    notifyDone(t("item-removed", { title, count }), () => editing.set(before));
  };
  return (
    <span class="item-buttons">
      <Do
        test="item-up"
        label={t("item-up", { title })}
        icon="next"
        turned="turned-up"
        off={step(agenda, id, -1) === agenda}
        onDo={button("item-up", (now) => step(now, id, -1))}
      />
      <Do
        test="item-down"
        label={t("item-down", { title })}
        icon="next"
        turned="turned-down"
        off={step(agenda, id, 1) === agenda}
        onDo={button("item-down", (now) => step(now, id, 1))}
      />
      {item.parent ? (
        <Do
          test="item-level"
          label={t("item-outdent", { title })}
          icon="next"
          turned="turned-back"
          onDo={button("item-level", (now) => outdent(now, id))}
        />
      ) : (
        <Do
          test="item-level"
          label={t("item-indent", { title })}
          icon="next"
          off={!mayIndent(agenda, id)}
          onDo={button("item-level", (now) => indent(now, id))}
        />
      )}
      <Do
        test="item-remove"
        label={t("item-remove", { title })}
        icon="no"
        off={withBelow(agenda, id).some((one) => one.started_ms !== undefined)}
        onDo={takeAway}
      />
      <button
        type="button"
        class="link item-more"
        data-test="item-more"
        aria-expanded={shown}
        onClick={() => {
          open.value = shown ? "" : id;
        }}
      >
        {t("item-more")}
        <span class="hidden"> {title}</span>
      </button>
    </span>
  );
}

function ItemRow(
  row: Row & { shift: number; dragged: boolean; onTake: (e: PointerEvent) => void },
) {
  const { editing, item, number, at, ready, open, move, shift, dragged, onTake } = row;
  const { id } = item;
  const linked = linkKinds.flatMap((kind) => (item[kind].length > 0 ? [kind] : []));
  const alter = (by: Partial<Item>) => editing.set(change(editing.agenda.peek(), id, by));
  const key = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
    if (!by || !event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const focused = (event.target as HTMLElement).dataset.test ?? "item-grip";
    move(id, (now) => step(now, id, by), focused);
  };
  return (
    <li
      class={`item${item.parent ? " below" : ""}${dragged ? " dragged" : ""}`}
      data-test="item"
      data-id={id}
      style={shift ? { transform: `translateY(${shift}px)` } : undefined}
      onKeyDown={key}
    >
      <button
        type="button"
        class="grip"
        data-test="item-grip"
        aria-label={t("item-grip", { number, title: itemTitle(item) })}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onPointerDown={onTake}
      >
        <span class="item-number">{number}</span>
        <span class="grip-dots" aria-hidden="true" />
      </button>
      <span class="item-what">
        <input
          type="text"
          dir="auto"
          lang={language.value}
          maxLength={160}
          data-test="item-title"
          aria-label={t("item-title-of", { number })}
          placeholder={Object.values(item.title).find(Boolean) || t("item-unnamed")}
          value={item.title[language.value] ?? ""}
          onInput={(event) =>
            alter({ title: { ...item.title, [language.value]: event.currentTarget.value } })
          }
        />
        <span class="item-facts">
          <span class="item-clock" data-test="item-clock">
            {hourOf(at.from)} – {hourOf(at.to)}
          </span>
          <span class="figure">
            <Icon name={itemIcons[item.item_kind]} size={16} /> {t(`item-kind-${item.item_kind}`)}
          </span>
          {linked.map((kind) => (
            <span class="figure" key={kind}>
              <Icon name={linkIcons[kind]} size={16} />
              {t(`item-links-${kind}`, { count: item[kind].length })}
            </span>
          ))}
          {isOver(item) && <Chip icon="done">{t("item-held")}</Chip>}
        </span>
      </span>
      <span class="item-box">
        <label>
          <input
            type="number"
            {...{ min: 0, max: 1440, step: 5 }}
            inputMode="numeric"
            data-test="item-minutes"
            aria-label={t("item-minutes-of", { number })}
            value={item.minutes}
            onInput={(event) => {
              const typed = event.currentTarget.valueAsNumber;
              if (Number.isInteger(typed) && typed >= 0 && typed <= 1440) alter({ minutes: typed });
            }}
          />{" "}
          <span aria-hidden="true">{t("minutes-short")}</span>
        </label>
      </span>
      <Buttons {...row} />
      {open.value === id && <Details editing={editing} item={item} ready={ready} />}
    </li>
  );
}

/* ---- the whole ---- */

/** "Budget 20": a number at the end is minutes. */
export function readLine(text: string): { title: string; minutes: number | undefined } {
  const [, title = "", minutes] = /^(.*?)(?:\s+(\d{1,3}))?$/.exec(text.trim()) ?? [];
  return title
    ? { title, minutes: minutes === undefined ? undefined : Number(minutes) }
    : { title: text.trim(), minutes: undefined };
}

function AddLine({ editing }: { editing: Editing }) {
  const text = useSignal("");
  const put = (event: Event) => {
    event.preventDefault();
    const { title, minutes } = readLine(text.peek());
    if (!title) return;
    const given = {
      title: { [language.value]: title },
      ...(minutes === undefined ? {} : { minutes }),
    };
    editing.set(add(editing.agenda.peek(), newItem(newId(), given)));
    text.value = "";
  };
  return (
    <form class="item-add" onSubmit={put}>
      <Field label={t("item-add-label")} hint={t("item-add-hint")}>
        {(ids) => (
          <span class="row">
            <input
              {...ids}
              type="text"
              dir="auto"
              maxLength={160}
              autoComplete="off"
              data-test="item-add"
              value={text.value}
              onInput={(event) => {
                text.value = event.currentTarget.value;
              }}
            />
            <button type="submit" class="button" data-test="item-add-button">
              <Icon name="plus" /> {t("item-add")}
            </button>
          </span>
        )}
      </Field>
    </form>
  );
}

function ReadyOnes({ editing, ready }: { editing: Editing; ready: readonly ProposalCard[] }) {
  const linked = new Set(editing.agenda.value.flatMap((one) => one.proposals.map(({ id }) => id)));
  const left = ready.filter((card) => !linked.has(card.id));
  if (left.length === 0) return null;
  return (
    <section class="ready-ones" aria-labelledby="ready-ones">
      <h3 id="ready-ones">{t("agenda-ready", { count: left.length })}</h3>
      <ul>
        {left.slice(0, 12).map((card) => {
          const link = proposalLink(card);
          return (
            <li key={card.id}>
              <button
                type="button"
                class="button small"
                data-test="agenda-ready-add"
                onClick={() => {
                  const item = newItem(newId(), {
                    ...{ title: { ...link.titles }, item_kind: "vote", proposals: [link] },
                    minutes: 15,
                  });
                  editing.set(add(editing.agenda.peek(), item));
                }}
              >
                <Icon name="plus" size={18} />{" "}
                <bdi>{link.titles?.[language.value] ?? card.title}</bdi>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Sum({ agenda, meeting }: { agenda: Agenda; meeting: Meeting }) {
  const sum = totalMinutes(agenda);
  const planned = Math.round((meeting.planned_end_ms - meeting.starts_ms) / minuteMs);
  const left = planned - sum;
  return (
    <p class="agenda-sum" data-test="agenda-sum" data-left={left} aria-live="polite">
      <Icon name="clock" size={18} />
      <span>{t("agenda-sum", { sum: duration(sum), planned: duration(planned) })}</span>
      <Chip tone={left < 0 ? "warn" : "ok"} icon={left < 0 ? "warn" : "done"}>
        {left < 0
          ? t("agenda-over", { over: duration(-left) })
          : left === 0
            ? t("agenda-fits")
            : t("agenda-left", { left: duration(left) })}
      </Chip>
    </p>
  );
}

/** "1 h 05" */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t("duration-minutes", { minutes: rest });
  return rest === 0
    ? t("duration-hours", { hours })
    : t("duration-both", { hours, minutes: String(rest).padStart(2, "0") });
}

function Conflict({ editing }: { editing: Editing }) {
  if (editing.kept.value)
    return (
      <div class="notice warn" role="status" data-test="agenda-kept">
        <Icon name="flag" />
        <span class="grow">{t("agenda-kept")}</span>
        <button
          type="button"
          class="button small"
          data-test="agenda-take-mine"
          onClick={editing.takeMine}
        >
          {t("agenda-take-mine")}
        </button>
      </div>
    );
  if (!editing.newer()) return null;
  return (
    <div class="notice warn wrap" role="alert" data-test="agenda-newer">
      <Icon name="warn" />
      <span class="grow">{t("agenda-newer")}</span>
      <button
        type="button"
        class="button small"
        data-test="agenda-show-theirs"
        onClick={editing.showTheirs}
      >
        {t("agenda-show-theirs")}
      </button>
      <button
        type="button"
        class="button small"
        data-test="agenda-keep-mine"
        onClick={editing.replaceTheirs}
      >
        {t("agenda-keep-mine")}
      </button>
    </div>
  );
}

export function AgendaEditor({ meeting, editing }: { meeting: Meeting; editing: Editing }) {
  const ready = useReady();
  const open = useSignal("");
  const voice = useSignal("");
  const focus = useRef<{ id: string; test: string } | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const agenda = editing.agenda.value;
  const numbers = numbersOf(agenda);
  const clocks = clocksOf(agenda, meeting.starts_ms);
  const say = (id: string, next: Agenda) => {
    const at = next.findIndex((one) => one.id === id);
    const item = next[at];
    if (!item) return;
    const place = { title: itemTitle(item), number: numbersOf(next)[at] ?? "" };
    voice.value = t("item-moved", {
      ...place,
      time: hourOf(clocksOf(next, meeting.starts_ms)[at]?.from ?? 0),
    });
  };
  const focusOn = (id: string, test: string) => {
    focus.current = { id, test };
  };
  const move = (id: string, how: (now: Agenda) => Agenda, test: string) => {
    const before = editing.agenda.peek();
    const next = how(before);
    if (next === before) return;
    focusOn(id, test);
    editing.set(next);
    say(id, next);
  };
  const { drag, take } = useDrag(list, (from, to) => {
    const id = editing.agenda.peek()[from]?.id ?? "";
    move(id, (now) => drop(now, from, to), "item-grip");
  });
  useLayoutEffect(() => {
    const wanted = focus.current;
    if (!wanted) return;
    focus.current = null;
    const row = list.current?.querySelector(`[data-id="${wanted.id}"]`);
    row?.querySelector<HTMLElement>(`[data-test="${wanted.test}"]`)?.focus();
  }, [agenda]);
  const dirty = editing.dirty();
  useLeaveGuard(dirty);
  return (
    <section class="agenda-editor" aria-labelledby="agenda-title">
      <div class="agenda-head">
        <h2 id="agenda-title">{t("agenda-title")}</h2>
        <Sum agenda={agenda} meeting={meeting} />
      </div>
      <Conflict editing={editing} />
      {agenda.length === 0 && <p class="hint">{t("agenda-empty")}</p>}
      <ol ref={list} class={`items${drag.value ? " dragging" : ""}`} aria-labelledby="agenda-title">
        {agenda.map((item, at) => (
          <ItemRow
            key={item.id}
            {...{ editing, item, ready, open, move, focusOn }}
            number={numbers[at] ?? ""}
            at={clocks[at] ?? { from: 0, to: 0 }}
            shift={shiftOf(drag.value, at)}
            dragged={drag.value?.from === at}
            onTake={(event) => take(event, at)}
          />
        ))}
      </ol>
      <AddLine editing={editing} />
      <ReadyOnes editing={editing} ready={ready} />
      <p class="hint">{t("agenda-keys")}</p>
      <p class="hidden" aria-live="assertive" data-test="item-said">
        {voice.value}
      </p>
      <div class={`save-bar${dirty ? " dirty" : ""}`}>
        <span class="grow hint" role="status">
          {t(editing.busy.value ? "agenda-saving" : dirty ? "agenda-unsaved" : "agenda-saved")}
        </span>
        {dirty && (
          <button
            type="button"
            class="button quiet"
            data-test="agenda-discard"
            onClick={editing.discard}
          >
            {t("agenda-discard")}
          </button>
        )}
        <button
          type="button"
          class="button primary"
          data-test="agenda-save"
          disabled={!dirty || editing.newer() || editing.busy.value}
          aria-busy={editing.busy.value}
          onClick={() => editing.save()}
        >
          {t("agenda-save")}
        </button>
      </div>
    </section>
  );
}

/** What is not sent yet is asked about before the page is left. */
function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", stay);
    return () => removeEventListener("beforeunload", stay);
  }, [dirty]);
}
