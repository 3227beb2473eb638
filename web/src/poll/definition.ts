// Fetches the signed definition of a vote, compares its hash, and decodes it. What the card shows and
// what the voter signs come from these bytes alone.
import { signal } from "@preact/signals";
import { type Bytes, equal, fromBase64Url } from "../ballot/bytes";
import { type Definition, decodeDefinition } from "../ballot/definition";
import { sha256 } from "../ballot/hash";
import { call } from "../sync/socket";

export interface Known {
  definition: Definition;
  hash: Bytes;
}
export type Fetched = Known | "loading" | "bad" | "none";

/** "none": the vote has not opened, so there is no definition. Throws RpcError. */
export async function fetchDefinition(poll: string, org: string, named = poll): Promise<Fetched> {
  const answer = await call("poll.get", { id: named }, true);
  if (!answer.definition || !answer.poll_hash) return "none";
  try {
    const bytes = fromBase64Url(answer.definition);
    const hash = await sha256(bytes);
    const definition = decodeDefinition(bytes);
    const good =
      equal(hash, fromBase64Url(answer.poll_hash)) &&
      definition.poll === poll &&
      definition.org === org;
    return good ? { definition, hash } : "bad";
  } catch {
    return "bad";
  }
}

export const definitions = signal<ReadonlyMap<string, Fetched>>(new Map());

/** `named`: how the vote is asked for, in the words of app/early.ts. */
export async function learnDefinition(poll: string, org: string, named: string): Promise<void> {
  const known = definitions.peek().get(poll);
  if (known && known !== "none" && known !== "loading") return;
  const found = await fetchDefinition(poll, org, named);
  definitions.value = new Map([...definitions.peek(), [poll, found]]);
}
