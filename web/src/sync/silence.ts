// For pages whose figures a hall trusts: how long nothing was heard of the server, known within five seconds, so that what is
// old is never taken for live. While such a page is open the connection asks for life every two seconds.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { connection, hurry, lastHeardMs } from "./socket";

const quietMs = 4_500;
/** A connection that is replaced at once is no silence. */
const replacedMs = 1_500;
const lookMs = 250;

/** Whole seconds since the server was last heard, if that is long; `sinceMs`: when this page began to listen. */
export function silentSeconds(sinceMs: number): number | undefined {
  const heardMs = Math.max(lastHeardMs(), sinceMs);
  const age = Date.now() - heardMs;
  const away = connection.peek();
  const gone = away.state !== "up" && Date.now() - away.sinceMs >= replacedMs;
  const quiet = gone || age >= quietMs;
  return quiet ? Math.max(0, Math.floor(age / 1000)) : undefined;
}

/** The same, drawn anew each second of silence; undefined: the server answers. */
export function useSilence(): number | undefined {
  const seconds = useSignal<number | undefined>(undefined);
  useEffect(() => {
    const sinceMs = Date.now();
    const calmDown = hurry();
    const timer = setInterval(() => {
      seconds.value = silentSeconds(sinceMs);
    }, lookMs);
    return () => {
      clearInterval(timer);
      calmDown();
    };
  }, []);
  return seconds.value;
}
