// Dragging an entry of a list by its handle, with a mouse, a pen or a finger: while it is held nothing changes its place
// in the page, everything is only shifted; the order changes once, when it is let go.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

export interface Drag {
  from: number;
  to: number;
  /** How far the entry is from its place, in pixels. */
  by: number;
  /** How far the others make room. */
  room: number;
}

/** Nearer than this to an edge of the window, the page scrolls. */
const edgePx = 72;
const scrollPx = 9;
const gapPx = 8;

interface Held {
  pointer: number;
  from: number;
  /** Where in the page the finger was, and where it is in the window now. */
  startY: number;
  clientY: number;
  /** Middles of the entries when it was taken, in the page. */
  middles: number[];
  room: number;
}

function dragOf(held: Held): Drag {
  const by = held.clientY + scrollY - held.startY;
  const middle = (held.middles[held.from] ?? 0) + by;
  const above = held.middles.filter((one, at) => at !== held.from && one < middle).length;
  return { from: held.from, to: above, by, room: held.room };
}

/** `list`: the element whose children are the entries. */
export function useDrag(
  list: { current: HTMLElement | null },
  onDrop: (from: number, to: number) => void,
): { drag: Signal<Drag | null>; take: (event: PointerEvent, at: number) => void } {
  const drag = useSignal<Drag | null>(null);
  const held = useRef<Held | null>(null);
  const frame = useRef(0);
  const drop = useRef(onDrop);
  drop.current = onDrop;

  const stop = (keep: boolean) => {
    const now = drag.peek();
    held.current = null;
    cancelAnimationFrame(frame.current);
    drag.value = null;
    if (keep && now && now.from !== now.to) drop.current(now.from, now.to);
  };
  useEffect(() => {
    const isMine = (event: PointerEvent) => event.pointerId === held.current?.pointer;
    const onMove = (event: PointerEvent) => {
      if (!held.current || !isMine(event)) return;
      held.current.clientY = event.clientY;
      drag.value = dragOf(held.current);
    };
    const onUp = (event: PointerEvent) => isMine(event) && stop(true);
    const onCancel = (event: PointerEvent) => isMine(event) && stop(false);
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && held.current && stop(false);
    addEventListener("pointermove", onMove);
    addEventListener("pointerup", onUp);
    addEventListener("pointercancel", onCancel);
    addEventListener("keydown", onKey);
    return () => {
      cancelAnimationFrame(frame.current);
      removeEventListener("pointermove", onMove);
      removeEventListener("pointerup", onUp);
      removeEventListener("pointercancel", onCancel);
      removeEventListener("keydown", onKey);
    };
  }, []);

  const scroll = () => {
    const now = held.current;
    if (!now) return;
    const step =
      now.clientY < edgePx ? -scrollPx : now.clientY > innerHeight - edgePx ? scrollPx : 0;
    if (step) {
      scrollBy(0, step);
      drag.value = dragOf(now);
    }
    frame.current = requestAnimationFrame(scroll);
  };
  const take = (event: PointerEvent, at: number) => {
    if (!list.current || held.current || event.button !== 0) return;
    const boxes = Array.from(list.current.children, (one) => one.getBoundingClientRect());
    held.current = {
      ...{ pointer: event.pointerId, from: at, clientY: event.clientY },
      startY: event.clientY + scrollY,
      middles: boxes.map((box) => box.top + box.height / 2 + scrollY),
      room: (boxes[at]?.height ?? 0) + gapPx,
    };
    frame.current = requestAnimationFrame(scroll);
  };
  return { drag, take };
}

/** How far the entry at this place is shifted while another is held. */
export function shiftOf(drag: Drag | null, at: number): number {
  if (!drag) return 0;
  const { from, to, by, room } = drag;
  if (at === from) return by;
  if (at > from && at <= to) return -room;
  return at < from && at >= to ? room : 0;
}
