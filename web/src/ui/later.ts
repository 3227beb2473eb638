// Parts that come after the page: fetched once the connection stands, so that they never hold it up.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { connection } from "../sync/socket";

/** null until it is here. A failure is tried again with the next connection. */
export function useLater<T extends object>(load: () => Promise<T>): T | null {
  const found = useSignal<T | null>(null);
  const up = connection.value.state === "up";
  useEffect(() => {
    if (!up || found.peek()) return;
    load().then(
      (module) => {
        found.value = module;
      },
      () => {},
    );
  }, [up]);
  return found.value;
}
