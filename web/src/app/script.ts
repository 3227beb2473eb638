// Fetching one script of the client, which may be on its way already.
import { scriptAddress } from "./address";

/** In the page's head for as long as it is on its way. */
export function elementOf(name: string): HTMLScriptElement {
  const address = `/assets/${name}`;
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
      script.remove();
      fail(new Error(`${name} did not come`));
    };
    setTimeout(end, limitMs);
    script.addEventListener("load", () => done());
    script.addEventListener("error", end);
  });
}
