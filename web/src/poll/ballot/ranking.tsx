// Ranking: options are added in the order of preference and moved by buttons, by dragging, or by keys with one of them
// held. Each way does the same to one order; each move is said to screen readers, and whoever moves something keeps it
// under their hand.
import { type Signal, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/i18n";
import { Icon } from "../../ui/icons";
import { shiftOf, useDrag } from "./drag";
import { add, move, type Order, orderOf, ranksIn, ranksOf, remove, tie } from "./order";
import type { PartProps } from "./parts";
import { equalRanks, labelOf, type Terms } from "./terms";

interface Hand {
  terms: Terms;
  busy: boolean;
  /** Looked at when something is pressed, not when it was drawn: two quick presses are two moves. */
  order: Signal<Order>;
  /** The option that is held by keys, with the order to go back to. */
  held: Signal<{ option: number; before: Order } | null>;
  change: (order: Order, focus: string, said: string) => void;
}

const handle = (option: number) => `rank-${option}-handle`;

const placeOf = (order: Order, option: number): number =>
  order.findIndex((one) => one.option === option);

function placeSaid(terms: Terms, order: Order, option: number): string {
  const at = placeOf(order, option);
  const label = labelOf(terms, option);
  return t("rank-place", { label, rank: ranksIn(order)[at] ?? 0, count: order.length });
}

/** A button that stays where it is when it can do nothing. */
function Do({
  test,
  label,
  icon,
  turned,
  off,
  pressed,
  busy,
  onDo,
}: {
  test: string;
  label: string;
  icon?: "no" | "next";
  turned?: "up" | "down";
  off?: boolean;
  pressed?: boolean;
  busy: boolean;
  onDo: () => void;
}) {
  return (
    <button
      type="button"
      class={turned ? `step turned-${turned}` : "step"}
      data-test={test}
      aria-label={label}
      aria-disabled={off}
      aria-pressed={pressed}
      disabled={busy}
      onClick={() => !off && onDo()}
    >
      {icon ? <Icon name={icon} /> : <span aria-hidden="true">=</span>}
    </button>
  );
}

/** Keys on a handle: Enter or space takes and lets go, arrows move what is held, Escape puts it back. */
function onHandleKey(event: KeyboardEvent, option: number, hand: Hand): void {
  const { terms, held, change } = hand;
  const order = hand.order.peek();
  const at = placeOf(order, option);
  const label = labelOf(terms, option);
  const mine = held.value?.option === option;
  const { key } = event;
  const steps: Record<string, number> = {
    ...{ ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: order.length - 1 },
  };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Enter" || key === " ") {
    event.preventDefault();
    held.value = mine ? null : { option, before: order };
    const place = placeSaid(terms, order, option);
    change(order, handle(option), mine ? t("rank-dropped", { place }) : t("rank-held", { place }));
  } else if (mine && key === "Escape") {
    event.preventDefault();
    const { before } = held.value ?? { before: order };
    held.value = null;
    change(before, handle(option), t("rank-back", { label }));
  } else if (mine && key in steps) {
    event.preventDefault();
    const moved = move(order, at, Math.max(0, Math.min(order.length - 1, steps[key] ?? at)));
    change(moved, handle(option), placeSaid(terms, moved, option));
  }
}

function Ranked({
  hand,
  at,
  rank,
  shift,
  dragged,
  onTake,
}: {
  hand: Hand;
  at: number;
  rank: number;
  shift: number;
  dragged: boolean;
  onTake: (event: PointerEvent) => void;
}) {
  const { terms, busy, order, held, change } = hand;
  const count = order.value.length;
  const { option, tied } = order.value[at] ?? { option: 0, tied: false };
  const label = labelOf(terms, option);
  /** Changes the order there is now, with the place that this option has in it. */
  const turn = (button: string, how: (now: Order, place: number) => Order) => {
    const now = how(order.peek(), placeOf(order.peek(), option));
    change(now, `rank-${option}-${button}`, placeSaid(terms, now, option));
  };
  const isHeld = held.value?.option === option;
  return (
    <li
      class={`ranked${dragged ? " dragged" : ""}${isHeld ? " held" : ""}${tied ? " tied" : ""}`}
      data-test={`ranked-${option}`}
      data-rank={rank}
      style={shift ? { transform: `translateY(${shift}px)` } : undefined}
    >
      <button
        type="button"
        class="grip"
        data-test={handle(option)}
        aria-label={t("rank-handle", { label, rank })}
        aria-pressed={isHeld}
        disabled={busy}
        onPointerDown={onTake}
        onKeyDown={(event) => onHandleKey(event, option, hand)}
        onBlur={() => {
          if (isHeld) held.value = null;
        }}
      >
        <span class="rank-number">{rank}</span>
        <span class="grip-dots" aria-hidden="true" />
      </button>
      <bdi class="choice-word" lang={terms.lang}>
        {label}
      </bdi>
      <span class="rank-buttons">
        {equalRanks(terms) && (
          <Do
            test={`rank-${option}-tie`}
            label={t("rank-tie", { label })}
            off={at === 0}
            pressed={tied}
            busy={busy}
            onDo={() => turn("tie", tie)}
          />
        )}
        <Do
          test={`rank-${option}-up`}
          label={t("rank-up", { label })}
          icon="next"
          turned="up"
          off={at === 0}
          busy={busy}
          onDo={() => turn("up", (now, place) => move(now, place, place - 1))}
        />
        <Do
          test={`rank-${option}-down`}
          label={t("rank-down", { label })}
          icon="next"
          turned="down"
          off={at === count - 1}
          busy={busy}
          onDo={() => turn("down", (now, place) => move(now, place, place + 1))}
        />
        <Do
          test={`rank-${option}-remove`}
          label={t("rank-remove", { label })}
          icon="no"
          busy={busy}
          onDo={() => {
            const left = remove(order.peek(), placeOf(order.peek(), option));
            change(left, `rank-${option}-add`, t("rank-removed", { label }));
          }}
        />
      </span>
    </li>
  );
}

export function Ranking({ terms, choice, busy, name }: PartProps) {
  const order = useSignal<Order>(
    orderOf(choice.peek()?.form === 8 ? (choice.peek() as { ranks: number[] }).ranks : []),
  );
  const held = useSignal<Hand["held"]["value"]>(null);
  const voice = useSignal("");
  const focus = useRef("");
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const change: Hand["change"] = (next, focused, said) => {
    order.value = next;
    voice.value = said;
    focus.current = focused;
    choice.value = { form: 8, ranks: ranksOf(next, terms.options.length) };
  };
  const { drag, take } = useDrag(list, (from, to) => {
    const option = order.peek()[from]?.option ?? 0;
    const moved = move(order.peek(), from, to);
    change(moved, handle(option), placeSaid(terms, moved, option));
  });
  // A moved entry is another place of the page: the browser forgets that it was focused.
  useLayoutEffect(() => {
    if (!focus.current) return;
    box.current?.querySelector<HTMLElement>(`[data-test="${focus.current}"]`)?.focus();
    focus.current = "";
  }, [order.value, held.value]);

  const hand: Hand = { terms, busy, order, held, change };
  const ranks = ranksIn(order.value);
  const rest = terms.options.flatMap((_, option) =>
    order.value.some((one) => one.option === option) ? [] : [option],
  );
  const next = (option: number) => {
    const following = rest[rest.indexOf(option) + 1] ?? rest[rest.indexOf(option) - 1];
    return following === undefined ? handle(option) : `rank-${following}-add`;
  };
  return (
    <div ref={box} class="ranking">
      <h3 id={`${name}-ranked`}>{t("ranked-title")}</h3>
      {order.value.length === 0 && <p class="hint">{t("ranked-none")}</p>}
      <ol ref={list} aria-labelledby={`${name}-ranked`} class={drag.value ? "dragging" : ""}>
        {order.value.map(({ option }, at) => (
          <Ranked
            key={option}
            hand={hand}
            at={at}
            rank={ranks[at] ?? 0}
            shift={shiftOf(drag.value, at)}
            dragged={drag.value?.from === at}
            onTake={(event) => !busy && take(event, at)}
          />
        ))}
      </ol>
      {rest.length > 0 && (
        <>
          <h3 id={`${name}-rest`}>{t("unranked-title")}</h3>
          <ul aria-labelledby={`${name}-rest`}>
            {rest.map((option) => (
              <li key={option}>
                <button
                  type="button"
                  class="choice of-several to-rank"
                  data-test={`rank-${option}-add`}
                  disabled={busy}
                  onClick={() => {
                    const longer = add(order.peek(), option);
                    change(longer, next(option), placeSaid(terms, longer, option));
                  }}
                >
                  <Icon name="plus" />
                  <bdi class="choice-word" lang={terms.lang}>
                    {labelOf(terms, option)}
                  </bdi>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="hidden" aria-live="assertive" data-test="rank-said">
        {voice.value}
      </p>
    </div>
  );
}
