// What this device keeps of the last visit, so that the next one begins with it instead of an empty page: who was
// here, and the newest documents of the topics that every member reads alike. Never what belongs to one person (drafts,
// notifications, devices, ballots and what goes with them): that is asked for anew each time. Shown as "partial" until
// the server has said what changed since; gone when the person signs out, when the session has ended or is somebody
// else's, and after a week.
import type { Methods, PollCard } from "../generated/api";
import type { AnyDocument } from "./documents";
import { delMany, get, set } from "./storage";

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

type Reached = Pick<KeptTopic, "name" | "aliases" | "position">;
/** What the first file asks for while IndexedDB is still opening. No more than a guess: the page asks in the words of
 * what was kept, and takes the answer only where they are the same. */
export interface Hint {
  epoch: string;
  topics: Reached[];
  /** Open votes. */
  polls: number[];
}

const place = "kept";
const hintPlace = "palabre-kept";
const forMs = 7 * 86_400_000;
/** A discussion of hundreds is read anew: keeping it would cost more than it saves. */
const documentsMax = 250;

export const isKeptTopic = (name: string, documents: number): boolean =>
  /^(org|meetings|proposals|tasks|poll\/.+)$/.test(name) && documents <= documentsMax;

export const findTopic = <T extends Reached>(
  kept: { topics: T[] } | undefined,
  name: string,
): T | undefined => kept?.topics.find((one) => one.name === name || one.aliases.includes(name));

export async function readKept(): Promise<Kept | undefined> {
  const kept = await get<Kept>(place).catch(() => undefined);
  return kept && Date.now() - kept.atMs < forMs ? kept : undefined;
}

export function readHint(): Hint | undefined {
  try {
    const text = localStorage.getItem(hintPlace);
    return text ? (JSON.parse(text) as Hint) : undefined;
  } catch {
    return undefined;
  }
}

/** Of so many open votes it is asked what one may do, before home itself asks. */
export const votesAhead = 5;
/** Numbers of the votes that are open. */
export const openVotes = (docs: AnyDocument[]): number[] =>
  (docs as unknown as PollCard[])
    .filter(({ kind, state }) => kind === "poll_card" && state === "open")
    .map(({ number }) => number);

function hintOf({ epoch, topics }: Kept): Hint {
  return {
    epoch,
    topics: topics.map(({ name, aliases, position }) => ({ name, aliases, position })),
    polls: openVotes(findTopic({ topics }, "org")?.docs ?? []),
  };
}

function writeHint(hint: Hint | undefined): void {
  try {
    if (hint) localStorage.setItem(hintPlace, JSON.stringify(hint));
    else localStorage.removeItem(hintPlace);
  } catch {
    // Without storage the next visit asks without it.
  }
}

export async function writeKept(kept: Kept): Promise<void> {
  const written = set(place, kept);
  // A page that is left comes to do nothing later: the guess would be of an older visit, and all be asked for twice.
  writeHint(hintOf(kept));
  await written.catch(() => writeHint(undefined));
}

export function dropKept(): Promise<void> {
  writeHint(undefined);
  return delMany([place]).catch(() => {});
}
