// The service worker (docs/decisions/0032): answers the page itself and the client's files from this device, so that
// who was here before waits for the network no sooner than for what the server has to say. It knows nothing else: what is
// asked of /rpc, /ws, /feed, /files or /log passes by, and nothing that belongs to a person is kept. Each build has its
// own worker, because its name is written into it, and its own cache, which is whole before the worker is in use. The files of the build
// before stay for pages that are still open. Built alone (web/build/worker.ts).

/** Put here by the build: its name, and the files that the first pages are made of. */
declare const __BUILD__: string;
declare const __FILES__: string[];

const prefix = "palabre-";
const place = prefix + __BUILD__;
/** The page of all addresses; the files it does not name are as near as those it does. */
const index = "/index.html";
const worker = self as unknown as ServiceWorkerGlobalScope;

/** Addresses at which the server sends the page (server/net/assets.c). */
const isPage = (path: string): boolean =>
  /^\/((p|v|d|t|m|g|me|join|search|moderation|theme|settings|practice|notifications|more|meetings|screen)(\/.*)?)?$/.test(
    path,
  );

/** Put there while it installs, scripts are kept compiled by the browser. */
async function fill(): Promise<void> {
  const cache = await caches.open(place);
  await cache.addAll([index, ...__FILES__]);
  // No page is served by two builds: files are found by names that hold their hashes.
  await worker.skipWaiting();
}

async function tidy(): Promise<void> {
  const own = (await caches.keys()).filter((name) => name.startsWith(prefix));
  for (const name of own.slice(0, -2)) await caches.delete(name);
}

const here = async (wanted: Request | string): Promise<Response | undefined> =>
  (await caches.open(place)).match(wanted, { ignoreVary: true });

/** What is used is kept, too. */
async function file(request: Request): Promise<Response> {
  const found = (await here(request)) ?? (await caches.match(request, { ignoreVary: true }));
  if (found) return found;
  const answer = await fetch(request);
  const copy = answer.clone();
  if (answer.ok)
    caches
      .open(place)
      .then((cache) => cache.put(request, copy))
      .catch(() => {});
  return answer;
}

async function page(request: Request): Promise<Response> {
  return (await here(index).catch(() => undefined)) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(tidy()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (isPage(pathname)) event.respondWith(page(request));
  } else if (pathname.startsWith("/assets/")) event.respondWith(file(request));
});
