// How the files of the client find each other. Each is a plain script (web/build/classic.ts) that hands over its name and what
// makes it; it is made when somebody asks for it. They are no modules, because browsers keep plain scripts compiled, from the
// service worker's cache even before their first use, and modules not. Stands before the page's first code; what arrived
// sooner (early.ts) waits in window.palabreParts.
import { fetchScript } from "./script";

type Make = (exports: object, need: Need) => void;
export interface Need {
  /** The part of this name, which is here. */
  (name: string): object;
  /** The same, made when something of it is used. */
  used(name: string): object;
  /** The same once it is here, and those that it needs. */
  later(name: string, ...others: string[]): Promise<object>;
}
type Part = [name: string, make: Make];
declare global {
  interface Window {
    palabreParts?: { push(part: Part): void; begin?(name: string): void };
    /** The first questions are asked: by early.ts, or by the page itself. */
    palabreAsked?: boolean;
  }
}

const here = new Map<string, Make>();
const made = new Map<string, object>();
const coming = new Map<string, Promise<void>>();

function fetchPart(name: string): Promise<void> | undefined {
  if (here.has(name)) return undefined;
  let one = coming.get(name);
  if (!one) {
    // What failed may be asked for again.
    one = fetchScript(name).finally(() => coming.delete(name));
    coming.set(name, one);
  }
  return one;
}

const need: Need = (name) => {
  const known = made.get(name);
  if (known) return known;
  const exports = {};
  made.set(name, exports);
  const make = here.get(name);
  if (!make) throw new Error(`${name} is not here`);
  make(exports, need);
  return exports;
};
need.used = (name) =>
  new Proxy({}, { get: (_none, key) => (need(name) as Record<string | symbol, unknown>)[key] });
/** A task of its own, so that what is made after it holds nothing else up. */
const breath = () =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  });
need.later = async (name, ...others) => {
  await Promise.all([name, ...others].map(fetchPart));
  if (!made.has(name)) await breath();
  return need(name);
};

/** A page that began before early.ts would ask all of it again, later. Over a network that file is here first; from the
 * device the two race. */
const earlyMs = 1_000;
function begin(name: string): void {
  const go = () => {
    window.palabreAsked = true;
    need(name);
  };
  const file = document.querySelector('script[async][src*="/early-"]');
  if (!file || window.palabreAsked) go();
  else {
    file.addEventListener("load", () => breath().then(go));
    // It may have failed.
    setTimeout(go, earlyMs);
  }
}

const early = (window.palabreParts ?? []) as Part[];
window.palabreParts = { push: ([name, make]) => here.set(name, make), begin };
for (const part of early) window.palabreParts.push(part);
