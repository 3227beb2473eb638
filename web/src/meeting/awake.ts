// Tells the server that this page sleeps (hidden, the screen locked) and that it is awake again: the room's health knows a
// locked phone from a lost connection. Begins with the first page of a meeting, and goes on while the client stands.
import { effect } from "@preact/signals";
import { call, connection, openConnection } from "../sync/socket";

const asleep = (): boolean => document.visibilityState === "hidden";
/** What this connection was told; a new one takes a page for awake. */
let told = { connection: 0, on: false };

function tell(): void {
  const here = openConnection();
  if (here === 0) return;
  const before = told.connection === here ? told.on : false;
  told = { connection: here, on: asleep() };
  if (before !== told.on) call("session.sleep", { on: told.on }, true).catch(() => {});
}

document.addEventListener("visibilitychange", tell);
effect(() => {
  if (connection.value.state === "up") tell();
});
