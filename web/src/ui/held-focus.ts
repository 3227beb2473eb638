// An act often takes away the button that did it, or moves it: then the focus would fall to the top of the page.
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** From the element to the place around all, from before anything is drawn anew. */
function pathOf(place: HTMLElement | null): HTMLElement[] {
  const path: HTMLElement[] = [];
  let one = document.activeElement as HTMLElement | null;
  if (!one || !place?.contains(one)) return path;
  for (; one && one !== place; one = one.parentElement) path.push(one);
  return path;
}

/** What had the focus keeps it where it is moved; where it is gone or disabled, the nearest around it that stays and has tabindex −1
 * gets it. For the component that draws all of `place`. */
export function useHeldFocus(place: RefObject<HTMLElement | null>): void {
  const path = pathOf(place.current);
  useLayoutEffect(() => {
    const [own] = path;
    if (!own || (document.activeElement !== document.body && !own.matches(":disabled"))) return;
    const takes = (one: HTMLElement) => one === own || one.getAttribute("tabindex") === "-1";
    path
      .find((one) => one.isConnected && !one.matches(":disabled") && takes(one))
      ?.focus({ preventScroll: true });
  });
}
