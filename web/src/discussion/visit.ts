// What is new since one was last here, and telling the server how far one has read. The mark is the number
// of the newest comment; it belongs to the member alone, on all their devices.
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { send } from "../sync/outbox";
import { useTopic } from "../sync/feed";
import type { Thing } from "./form";

/** So long the discussion must be in view. */
const readMs = 1_500;

/** `since`: comments with a greater number are new; null = not known yet, Infinity = first visit, nothing is new.
 * `upto`: what the server knows to be read. */
export function useVisit(
  thing: Thing,
  section: RefObject<HTMLElement | null>,
  newest: number,
): { since: number | null; upto: number | undefined } {
  const personal = useTopic("personal");
  const since = useSignal<number | null>(null);
  const sent = useSignal(0);
  const known = ["complete", "closed"].includes(personal.state.value);
  const mark = personal.all("read_mark").find((one) => one.id === thing.id);
  useEffect(() => {
    if (known && since.value === null) since.value = mark?.upto ?? Number.POSITIVE_INFINITY;
  }, [known]);
  useEffect(() => {
    if (!known || newest <= Math.max(mark?.upto ?? 0, sent.peek()) || !section.current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      sent.value = newest;
      send("read.mark", { on: { kind: thing.kind, id: thing.id }, upto: newest }).catch(() => {});
    };
    const observer = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      if (entries.some((entry) => entry.isIntersecting)) timer = setTimeout(tell, readMs);
    });
    observer.observe(section.current);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [known, newest]);
  return { since: since.value, upto: mark?.upto };
}
