// The server's time, as often as something on the screen follows it.
import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { serverNow } from "../sync/socket";
import { turnAt, turnFrom } from "./part";

const tickMs = 250;
/** Whole seconds: what reads it is drawn again once a second. */
export const second = signal(Math.floor(serverNow() / 1000));
export const nowMs = (): number => second.value * 1000;

const ahead = signal(0);
/** What does not fit at once takes turns (part.ts): counts them. */
export const turns = computed(() => turnAt(nowMs()) + ahead.value);
export const turnNow = (): number => turnFrom(serverNow()) + ahead.peek();
/** Who stands at the screen need not wait. */
export const turnOn = (): void => {
  ahead.value++;
};

export function useClock(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      second.value = Math.floor(serverNow() / 1000);
    }, tickMs);
    return () => clearInterval(timer);
  }, []);
}
