// What the keys of a big screen do: F full screen, L the next language first, T light or dark, → what stands on the next part. The pointer and the help are
// seen for as long as the pointer moves. The screen stays awake.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { turnOn } from "./clock";
import { turn } from "./words";

/** Dark unless the hall is bright; the system's own choice is the third. */
const themes = ["dark", "light", "auto"] as const;
export type Theme = (typeof themes)[number];
const place = "palabre-screen-theme";
const readTheme = (): Theme => {
  const kept = localStorage.getItem(place);
  return themes.find((one) => one === kept) ?? "dark";
};
export const theme = signal<Theme>("dark");

function wear(next: Theme): void {
  theme.value = next;
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
}

export function nextTheme(): void {
  const next = themes[(themes.indexOf(theme.peek()) + 1) % themes.length] ?? "dark";
  localStorage.setItem(place, next);
  wear(next);
}

export async function fullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen?.();
}

/** Where the browser can: only over https, and only while the page is seen. */
async function stayAwake(): Promise<void> {
  if (document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => {});
}

const acts: Record<string, () => unknown> = {
  f: () => fullScreen().catch(() => {}),
  l: turn,
  t: nextTheme,
  // As remote controls of presentations say it, too.
  arrowright: turnOn,
  pagedown: turnOn,
};

/** The help stands while somebody moves the pointer or uses Tab. */
export const handled = signal(false);
const handledMs = 4_000;
let timer: ReturnType<typeof setTimeout> | undefined;
function touch(): void {
  handled.value = true;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!document.activeElement?.closest(".screen-help, form")) handled.value = false;
  }, handledMs);
}

export function watchPointer(): void {
  wear(readTheme());
  for (const kind of ["pointermove", "pointerdown", "focusin"]) addEventListener(kind, touch);
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
}

export function useKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.target as HTMLElement).tagName === "INPUT") return;
      if (event.key === "Tab") touch();
      if (!event.ctrlKey && !event.metaKey && !event.altKey) acts[event.key.toLowerCase()]?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
