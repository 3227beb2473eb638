// "Tell people": one button on every proposal, vote and to-do. What it opens is fetched when it is pressed.
import { signal, useSignal } from "@preact/signals";
import type { Language } from "../../i18n/i18n";
import { t } from "../../i18n/i18n";
import { words } from "../../i18n/load";
import { Icon } from "../icons";

/** What people are told. Never how anybody voted. */
export interface Told {
  kind: "proposal" | "vote" | "task" | "meeting";
  path: string;
  /** The words in a language, or the nearest there are. */
  text(language: Language): { title: string; more: string; lang: string };
  closesMs?: number | undefined;
}

const panel = signal<typeof import("./panel") | null>(null);

export function TellPeople({ told }: { told: Told }) {
  const open = useSignal(false);
  const toggle = async () => {
    open.value = !open.peek();
    if (!open.peek() || panel.peek()) return;
    const [code] = await Promise.all([import("./panel"), words("tell")]);
    panel.value = code;
  };
  const Panel = panel.value?.Panel;
  return (
    <div class="tell-people">
      <button
        type="button"
        class="button small"
        data-test="tell-people"
        aria-expanded={open.value}
        onClick={toggle}
      >
        <Icon name="link" size={18} /> {t("tell-title")}
      </button>
      {open.value && Panel && <Panel told={told} />}
    </div>
  );
}
