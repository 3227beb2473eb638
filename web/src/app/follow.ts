// Registers the service worker (worker.ts), and asks with each new connection whether the server has another one: a
// server that was replaced has been away. A server without a worker has given it up: then it goes from this device, with
// what it kept.
import { effect } from "@preact/signals";
import { connection } from "../sync/socket";
import { scriptAddress } from "./address";
import { replace } from "./newest";

const address = "/sw.js";
/** Thousands come back together. */
const spreadMs = 4_000;

async function giveUp(registration: ServiceWorkerRegistration): Promise<void> {
  const answer = await fetch(address, { method: "HEAD", cache: "no-store" });
  if (answer.status !== 404) return;
  await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  if (navigator.serviceWorker.controller) replace();
}

const look = (registration: ServiceWorkerRegistration): Promise<unknown> =>
  registration.update().catch(() => giveUp(registration).catch(() => {}));

export async function begin(): Promise<void> {
  const { serviceWorker } = navigator;
  const known = await serviceWorker.getRegistration();
  if (known) look(known);
  const registration = known ?? (await serviceWorker.register(scriptAddress(address)));
  let back = false;
  effect(() => {
    if (connection.value.state !== "up") back = true;
    else if (back) setTimeout(() => look(registration), Math.random() * spreadMs);
  });
}
