// The server's clock, for what counts down on a page.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { serverNow } from "../sync/socket";

/** The server's time, drawn anew so often while `on`. */
export function useServerClock(everyMs: number, on = true): number {
  const now = useSignal(serverNow());
  useEffect(() => {
    if (!on) return;
    const tick = () => {
      now.value = serverNow();
    };
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, on]);
  return now.value;
}
