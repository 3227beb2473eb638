// Fetching one script of the client, which may be on its way already.
import { scriptAddress } from "./address";

/** How often it neither came nor failed: at the same address a browser may go on waiting for that answer. */
const missed = new Map<string, number>();

/** In the page's head for as long as it is on its way. */
export function elementOf(name: string): HTMLScriptElement {
  const again = missed.get(name);
  const address = `/assets/${name}${again ? `?again=${again}` : ""}`;
  const there = document.querySelector<HTMLScriptElement>(`script[src="${address}"]`);
  if (there) return there;
  const script = document.createElement("script");
  script.src = scriptAddress(address);
  for (const end of ["load", "error"]) script.addEventListener(end, () => script.remove());
  document.head.append(script);
  return script;
}

/** What neither came nor failed by then is asked for again; it counts whenever it comes. */
const limitMs = 20_000;

export function fetchScript(name: string): Promise<void> {
  const script = elementOf(name);
  return new Promise((done, fail) => {
    const end = () => {
      if (script.isConnected) missed.set(name, (missed.get(name) ?? 0) + 1);
      script.remove();
      fail(new Error(`${name} did not come`));
    };
    setTimeout(end, limitMs);
    script.addEventListener("load", () => done());
    script.addEventListener("error", end);
  });
}
