// Parts that come after the page: fetched once the connection stands and the page is served, so that they never hold it up.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { untilDone } from "../sync/backoff";
import { calm, connection } from "../sync/socket";

/** null until it is wanted and here. */
export function useLater<T extends object>(load: () => Promise<T>, wanted = true): T | null {
  const found = useSignal<T | null>(null);
  const up = connection.value.state === "up";
  useEffect(() => {
    if (!up || !wanted || found.peek()) return;
    calm()
      .then(() => untilDone(load))
      .then((module) => {
        found.value = module;
      });
  }, [up, wanted]);
  return found.value;
}
