// What this device keeps of the last visit, so that the next one begins with it instead of an empty page: who was
// here, and the newest documents of the topics that every member reads alike. Never what belongs to one person (drafts,
// notifications, devices, ballots and what goes with them): that is asked for anew each time. Shown as "partial" until
// the server has said what changed since; gone when the person signs out, when the session has ended or is somebody
// else's, and after a week.
import { del, get, set } from "idb-keyval";
import type { Methods } from "../generated/api";
import type { AnyDocument } from "./documents";

export interface KeptTopic {
  name: string;
  /** Names by which addresses lead to it. */
  aliases: string[];
  position: number;
  docs: AnyDocument[];
}
export interface Kept {
  session: Methods["session.get"]["result"];
  epoch: string;
  atMs: number;
  topics: KeptTopic[];
}

const place = "kept";
const forMs = 7 * 86_400_000;
/** A discussion of hundreds is read anew: keeping it would cost more than it saves. */
const documentsMax = 250;

export const isKeptTopic = (name: string, documents: number): boolean =>
  /^(org|proposals|tasks|poll\/.+)$/.test(name) && documents <= documentsMax;

export const findTopic = (kept: Kept | undefined, name: string): KeptTopic | undefined =>
  kept?.topics.find((one) => one.name === name || one.aliases.includes(name));

export async function readKept(): Promise<Kept | undefined> {
  const kept = await get<Kept>(place).catch(() => undefined);
  return kept && Date.now() - kept.atMs < forMs ? kept : undefined;
}

export const writeKept = (kept: Kept): Promise<void> => set(place, kept).catch(() => {});

export const dropKept = (): Promise<void> => del(place).catch(() => {});
