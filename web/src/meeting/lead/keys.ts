// Keys of the console: one letter each, outside of fields; a person may turn them off on this device.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const place = "palabre-lead-keys";

function read(): boolean {
  try {
    return localStorage.getItem(place) !== "off";
  } catch {
    return true;
  }
}
export const keysOn = signal(read());

export function turnKeys(on: boolean): void {
  keysOn.value = on;
  try {
    localStorage.setItem(place, on ? "on" : "off");
  } catch {
    // Without storage it holds for this page.
  }
}

const writing = "input, textarea, select, [contenteditable]";
/** What a key already does where the focus is. */
const pressed = "button, a, summary, [role=option]";

export function useKeys(acts: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target, repeat } = event;
      if (!keysOn.peek() || ctrlKey || metaKey || altKey || repeat) return;
      if (target instanceof Element && target.closest(writing)) return;
      if (key === " " && target instanceof Element && target.closest(pressed)) return;
      const act = acts[key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}
