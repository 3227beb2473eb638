// The server's time, as often as something on the screen follows it.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { serverNow } from "../sync/socket";

const tickMs = 250;
/** Whole seconds: what reads it is drawn again once a second. */
export const second = signal(Math.floor(serverNow() / 1000));
export const nowMs = (): number => second.value * 1000;

export function useClock(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      second.value = Math.floor(serverNow() / 1000);
    }, tickMs);
    return () => clearInterval(timer);
  }, []);
}
