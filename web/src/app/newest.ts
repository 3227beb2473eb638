// Whether this page is the newest. A service worker (worker.ts) answers with the build it belongs to; the next one takes its
// place when that build's files are here. A page that nobody has touched is then loaded again by itself; where somebody
// has, it is offered (shell.tsx), because what is half chosen would be lost. What asks for the next build comes
// once the page has stood for a while (follow.ts).
import { signal } from "@preact/signals";
import { waiting } from "../sync/outbox";
import { calm } from "../sync/socket";

/** Another build of the client is here: loading the page again brings it. */
export const outdated = signal(false);

/** Somebody has done something on this page. (The browser's own word for it outlives a page.) */
let touched = false;
const touch = () => {
  touched = true;
};

/** The worker that has answered with this page is not in use any more. */
export function replace(): void {
  outdated.value = true;
  if (!touched && waiting.peek().length === 0) location.reload();
}

const afterMs = 1_000;
export async function follow(): Promise<void> {
  const { serviceWorker } = navigator;
  // It exists only where the connection is trusted: not on a hall's own network.
  if (!serviceWorker) return;
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, touch, true);
  if (serviceWorker.controller) serviceWorker.addEventListener("controllerchange", replace);
  await calm();
  await new Promise((done) => setTimeout(done, afterMs));
  const { begin } = await import("./follow");
  await begin();
}
