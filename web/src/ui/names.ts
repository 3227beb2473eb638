// Present names of people and groups, asked for together and once: documents keep names as they were.
import { type Signal, signal } from "@preact/signals";
import { call } from "../sync/socket";

const most = 100;
const names = new Map<string, Signal<string>>();
const earlier = new Map<string, string>();
let wanted = new Set<string>();

async function ask(): Promise<void> {
  const ids = [...wanted].slice(0, most);
  wanted = new Set([...wanted].slice(most));
  if (wanted.size > 0) queueMicrotask(() => ask().catch(() => {}));
  const { items } = await call("mention.names", { ids });
  for (const { id, name } of items) {
    const found = names.get(id);
    if (found && name) found.value = name;
  }
}

/** A name as a document has it, shown until the present one is known. */
export function remember(id: string, name: string): void {
  earlier.set(id, name);
}

/** The name of now; as long as it is not known the one remembered, else `before`. */
export function nameOf(id: string, before = ""): string {
  let found = names.get(id);
  if (!found) {
    found = signal("");
    names.set(id, found);
    if (wanted.size === 0) queueMicrotask(() => ask().catch(() => {}));
    wanted.add(id);
  }
  return found.value || earlier.get(id) || before;
}
