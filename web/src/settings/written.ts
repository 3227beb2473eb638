// A field that follows what is kept, except while somebody writes in it.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

export interface Written<T> {
  value: Signal<T>;
  /** Told with each change by hand. */
  write(value: T): void;
  /** Told when the field is left: from then on it follows again. */
  leave(): void;
}

export function useWritten<T>(kept: T): Written<T> {
  const value = useSignal(kept);
  const writing = useRef(false);
  useEffect(() => {
    if (!writing.current) value.value = kept;
  }, [JSON.stringify(kept)]);
  return {
    value,
    write(next) {
      writing.current = true;
      value.value = next;
    },
    leave() {
      writing.current = false;
    },
  };
}
