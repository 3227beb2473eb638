// What every page knows of the record before the code that checks it is here (history.ts): an alarm nobody has looked at
// yet, what was lost with earlier epochs, the last seal this device verified, and whose record the server shows.
import { signal } from "@preact/signals";
import { get } from "../sync/storage";
import type { Checkpoint } from "./checkpoint";

export interface Alarm {
  why:
    | "key-changed"
    | "smaller"
    | "inconsistent"
    | "bad-seal"
    | "unknown-history"
    | "bad-receipt"
    | "lost";
  detail: string;
  atMs: number;
  /** The two seals, for whoever looks into it. */
  kept: string;
  seen: string;
  /** A person has looked at it on this device. */
  looked: boolean;
  /** The key of another epoch: known from when a person has looked. */
  next?: string;
  /** Entries this device knew, and which are not in the record any more: from, and up to before. */
  lost?: [number, number];
}
export const alarm = signal<Alarm | null>(null);
/** The last seal this device verified. */
export const seal = signal<Checkpoint | null>(null);

/** An origin, and the place from which on what it sealed is lost. */
export interface End {
  origin: string;
  from: number;
}
/** Ends of epochs. */
export const ends = signal<readonly End[]>([]);

/** What the session says: whose record, and the key of its seals. Nothing is believed of it before history.ts has pinned it. */
export const shown = { org: "", vkey: "" };

export const load = <T>(name: string, org = shown.org): Promise<T | undefined> =>
  get<T>(`${name}/${org}`).catch(() => undefined);

/** At the start of a connection, before anything is sent on it. */
export async function recall(org: string, vkey: string): Promise<void> {
  const other = shown.org !== org;
  Object.assign(shown, { org, vkey });
  if (!other) return;
  const [warned, lost] = await Promise.all([load<Alarm>("alarm"), load<End[]>("ends")]);
  alarm.value = warned ?? null;
  ends.value = lost ?? [];
}

/** Was this entry, under this receipt's seal, lost when an epoch ended? */
export function isLost(seq: number, receipt: string): boolean {
  const origin = /\n\n(\S+)\n/.exec(receipt)?.[1];
  return ends.value.some((end) => end.origin === origin && seq >= end.from);
}
