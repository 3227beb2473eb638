// What is being written belongs to the item it was begun under, also when somebody takes up another one meanwhile.
import { useRef } from "preact/hooks";
import { t } from "../../i18n/i18n";
import type { Item } from "./agenda";
import { itemTitle } from "./editor";

export function useBound(text: string, now: Item | undefined): Item | undefined {
  const begun = useRef(now);
  if (text === "") begun.current = now;
  return begun.current;
}

export function BoundTo({ item, now }: { item: Item | undefined; now: Item | undefined }) {
  if (!item || item.id === now?.id) return null;
  return (
    <p class="hint" data-test="bound-to">
      {t("bound-to", { title: itemTitle(item) })}
    </p>
  );
}
