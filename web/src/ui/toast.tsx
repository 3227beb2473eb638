// Short notices at the edge of the page, undo among them, and the one polite voice for screen readers.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { reasonText, t } from "../i18n/i18n";
import { words } from "../i18n/load";
import { send } from "../sync/outbox";
import { type Given, type Method, type Result, RpcError } from "../sync/rpc";
import { Icon } from "./icons";

const undoMs = 6_000;
const errorMs = 10_000;

interface Toast {
  id: number;
  kind: "done" | "error";
  text: string;
  reason?: string;
  undo?: (() => void) | undefined;
}
const toasts = signal<readonly Toast[]>([]);
let next = 1;

function dismiss(id: number): void {
  toasts.value = toasts.peek().filter((toast) => toast.id !== id);
}

function show(toast: Omit<Toast, "id">, ms: number): void {
  const id = next++;
  toasts.value = [...toasts.peek().slice(-2), { ...toast, id }];
  const end = () => {
    // Whoever is on it, by keyboard or pointer, has the time they need.
    const held = document.querySelector(`[data-toast="${id}"]:is(:focus-within, :hover)`);
    if (held) setTimeout(end, 1_000);
    else dismiss(id);
  };
  setTimeout(end, ms);
}

function takeBack(toast: Toast): void {
  dismiss(toast.id);
  toast.undo?.();
}

/** Ctrl+Z outside a field takes the newest act back, as its button does. */
function onUndoKey(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event;
  if (key.toLowerCase() !== "z" || !(ctrlKey || metaKey) || shiftKey || altKey) return;
  const typing = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  if (target instanceof Element && target.matches(typing)) return;
  const newest = [...toasts.peek()].reverse().find((toast) => toast.undo);
  if (!newest) return;
  event.preventDefault();
  takeBack(newest);
}

export function notifyDone(text: string, undo?: () => void): void {
  show({ kind: "done", text, undo }, undoMs);
}

/** The words of refusals come with the first one. `earlier`: of what an earlier page had left to be sent. */
export async function notifyError(error: unknown, earlier = false): Promise<void> {
  const { reason, retryAfterMs } = error instanceof RpcError ? error : { reason: "" };
  if (reason) await words("pages").catch(() => {});
  const said = reason ? reasonText(reason, retryAfterMs) : t("error-general");
  const text = earlier ? t("refused-earlier", { text: said }) : said;
  show({ kind: "error", text, reason }, errorMs);
}

/** Sends a command; shows its refusal. null = refused. `undo` offers the inverse for six seconds. */
export async function act<M extends Method>(
  method: M,
  given: Given<M>,
  after: { done?: string; undo?: () => void } = {},
): Promise<Result<M> | null> {
  try {
    const result = await send(method, given);
    if (after.done) notifyDone(after.done, after.undo);
    return result;
  } catch (error) {
    notifyError(error);
    return null;
  }
}

export function Toasts() {
  useEffect(() => {
    document.addEventListener("keydown", onUndoKey);
    return () => document.removeEventListener("keydown", onUndoKey);
  }, []);
  return (
    <section class="toasts" aria-label={t("notices")} aria-live="polite">
      {toasts.value.map((toast) => (
        <div
          key={toast.id}
          class={`toast ${toast.kind}`}
          data-test="toast"
          data-toast={toast.id}
          data-kind={toast.kind}
          data-reason={toast.reason}
        >
          <Icon name={toast.kind === "error" ? "warn" : "done"} />
          <span>{toast.text}</span>
          {toast.undo && (
            <button
              type="button"
              class="toast-button"
              data-test="undo"
              aria-keyshortcuts="Control+Z"
              onClick={() => takeBack(toast)}
            >
              {t("undo")}
            </button>
          )}
          <button
            type="button"
            class="toast-button"
            aria-label={t("close")}
            onClick={() => dismiss(toast.id)}
          >
            <Icon name="no" size={18} />
          </button>
        </div>
      ))}
    </section>
  );
}

const voice = signal("");
const lastSaid = new Map<string, number>();
/** Says it to screen readers; about one subject at most every ten seconds. */
export function announce(subject: string, text: string): void {
  const now = Date.now();
  if (now - (lastSaid.get(subject) ?? 0) < 10_000) return;
  lastSaid.set(subject, now);
  voice.value = text;
}

export function Voice() {
  return (
    <div class="hidden" aria-live="polite" aria-atomic="true">
      {voice.value}
    </div>
  );
}
