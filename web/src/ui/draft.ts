// What a person is writing survives a reload: kept in the browser under the name of the place.
import { type Signal, signal } from "@preact/signals";
import { useMemo } from "preact/hooks";

const prefix = "palabre-draft/";

function read(place: string): string {
  try {
    return localStorage.getItem(prefix + place) ?? "";
  } catch {
    return "";
  }
}

function write(place: string, text: string): void {
  try {
    if (text) localStorage.setItem(prefix + place, text);
    else localStorage.removeItem(prefix + place);
  } catch {
    // Without storage the text lives as long as the page.
  }
}

/** Everything that was being written on this device. */
export function forgetDrafts(): void {
  try {
    for (const name of Object.keys(localStorage))
      if (name.startsWith(prefix)) localStorage.removeItem(name);
  } catch {
    // Without storage there is nothing to remove.
  }
}

export interface Draft {
  text: Signal<string>;
  set(text: string): void;
  clear(): void;
}

export function useDraft(place: string, initial = ""): Draft {
  return useMemo(() => {
    const text = signal(read(place) || initial);
    return {
      text,
      set(value) {
        text.value = value;
        write(place, value);
      },
      clear() {
        text.value = "";
        write(place, "");
      },
    };
  }, [place]);
}
