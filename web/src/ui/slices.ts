// Long lists are drawn a few entries at a time, with a breath between, so that a slow device can be used
// while the rest arrives.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** How many of `total` may be drawn by now: `size` at once, then as many more after each breath. */
export function useSlices(total: number, size: number): number {
  const drawn = useSignal(size);
  useEffect(() => {
    if (drawn.value >= total) return;
    const timer = setTimeout(() => {
      drawn.value += size;
    }, 0);
    return () => clearTimeout(timer);
  }, [drawn.value, total, size]);
  return Math.min(drawn.value, total);
}
