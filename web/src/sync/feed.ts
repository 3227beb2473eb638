// Watching topics: subscribes when the first part of the page needs one, resumes all after a cut, and
// lets go of a topic half a minute after the last part that showed it is gone.
import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Documents } from "../generated/api";
import { DocumentStore, type Frame, type Kind, Topic } from "./documents";
import { RpcError } from "./rpc";
import { asked } from "./ahead";
import { findTopic, isKeptTopic, type Kept, type KeptTopic } from "./kept";
import { call, connection, listen, openConnection, openWith } from "./socket";

const keepMs = 30_000;
/** What is left within this time goes in one message. */
const togetherMs = 5_000;
/** The server gives a connection 64: room for the next page. */
const manyTopics = 40;
export const store = new DocumentStore();

/** The topics of one question and what to do with the answer. */
async function subscribe(topics: Topic[]): Promise<void> {
  for (const topic of topics) topic.askedOn = openConnection();
  const params = asked(topics, store.epoch || undefined);
  const answer = await call("feed.subscribe", params, true);
  store.setEpoch(answer.epoch);
  for (const frame of answer.topics as (Frame & { asked?: string })[]) {
    const renamed = topics.find(({ name }) => name === frame.asked);
    if (renamed) store.rename(renamed, frame.topic);
    store.apply(frame);
  }
}

/** The same; a topic that is refused, which the refusal names, does not take the others along. */
async function ask(topics: Topic[]): Promise<void> {
  try {
    await subscribe(topics);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const { field } = error;
    const refused = topics.length === 1 ? topics[0] : topics.find(({ name }) => name === field);
    if (refused) {
      refused.state.value = "closed";
      store.topics.delete(refused.name);
    }
    const rest = topics.filter((topic) => topic !== refused);
    if (refused && rest.length > 0) await ask(rest);
    else for (const topic of rest) await ask([topic]);
  }
}

/** What the parts of a page need in one turn is asked for in one question. */
let wanted: Topic[] = [];
function askSoon(topic: Topic): void {
  topic.askedOn = openConnection();
  if (wanted.push(topic) > 1) return;
  queueMicrotask(() => {
    const topics = wanted;
    wanted = [];
    ask(topics).catch(() => {});
  });
}

/** What the connection that opens has asked for in its address. */
let offered: Topic[] = [];
openWith(() => {
  offered = [...store.topics.values()];
  return asked(offered, store.epoch || undefined);
});

/** Told at the start of each connection. What its opening has asked for is asked in the same words. */
export async function resume(): Promise<void> {
  const topics = [...store.topics.values()].filter((topic) => topic.askedOn !== openConnection());
  const first = offered.filter((topic) => topics.includes(topic));
  const rest = topics.filter((topic) => !first.includes(topic));
  await Promise.all([first, rest].filter(({ length }) => length > 0).map(ask));
}

listen("feed.changed", (params) => store.apply(params as Frame));
listen("feed.closed", (params) => {
  const topic = store.topics.get((params as { topic: string }).topic);
  if (!topic) return;
  topic.state.value = "closed";
  store.forget(topic);
});

function release(topic: Topic): void {
  topic.users--;
  topic.leftMs = performance.now();
  const waitMs = store.topics.size > manyTopics ? 0 : keepMs;
  setTimeout(letGo, waitMs, Math.max(0, waitMs - togetherMs));
}

/** Of what nobody shows any more, all that was left so long ago. */
function letGo(agoMs: number): void {
  const sinceMs = performance.now() - agoMs;
  const gone = [...store.topics.values()].filter(
    ({ users, leftMs }) => users === 0 && leftMs > 0 && leftMs <= sinceMs,
  );
  for (const topic of gone) store.forget(topic);
  if (gone.length > 0 && connection.peek().state === "up")
    call("feed.unsubscribe", { topics: gone.map(({ name }) => name) }).catch(() => {});
}

let kept: Kept | undefined;

/** The topic of a name; a new one begins with what was kept of it. */
function topicOf(name: string): Topic {
  const known = store.topics.get(name) ?? aliases.get(name);
  if (known && store.topics.get(known.name) === known) return known;
  const found = store.epoch === kept?.epoch ? findTopic(kept, name) : undefined;
  const topic = store.topic(found?.name ?? name);
  if (found && topic.state.peek() === "loading") store.seed(topic, found.position, found.docs);
  aliases.set(name, topic);
  return topic;
}

/** Before anything is asked for: what the last visit left. */
export function begin(last: Kept): void {
  kept = last;
  store.setEpoch(last.epoch);
}

/** What the next visit may begin with. */
export function whatToKeep(): { epoch: string; topics: KeptTopic[] } {
  const topics = [...store.topics.values()]
    .filter(
      (topic) => topic.state.peek() === "complete" && isKeptTopic(topic.name, topic.held.size),
    )
    .map((topic) => ({
      ...{ name: topic.name, position: topic.position },
      aliases: [...aliases].flatMap(([alias, one]) => (one === topic ? [alias] : [])),
      docs: [...topic.held.values()].flatMap(
        ({ kind, id }) => store.document(kind, id).peek() ?? [],
      ),
    }));
  return { epoch: store.epoch, topics };
}

function acquire(name: string): Topic {
  const topic = topicOf(name);
  topic.users++;
  // Without a connection, the next one asks for it.
  if (openConnection() && topic.askedOn !== openConnection()) askSoon(topic);
  return topic;
}
/** Names used in addresses (by number) → the topic they led to. */
const aliases = new Map<string, Topic>();

/** Topics that the page is about to need: the first connection asks for them before the page is drawn. */
export function expect(names: string[]): void {
  offered = names.map(topicOf);
}

export interface Watched {
  state: ReadonlySignal<"loading" | "partial" | "complete" | "closed">;
  ids(kind: Kind): string[];
  all<K extends Kind>(kind: K): Documents[K][];
  one<K extends Kind>(kind: K): Documents[K] | undefined;
}

const nowhere = new Topic("");
/** Watches a topic while the component is on the page. "" watches nothing. */
export function useTopic(name: string): Watched {
  const topic = useMemo(() => signal(nowhere), []);
  const current = useMemo(() => {
    const found = name ? acquire(name) : nowhere;
    topic.value = found;
    return found;
  }, [name]);
  useEffect(() => (name ? () => release(current) : undefined), [current]);
  return useMemo(() => {
    const all = <K extends Kind>(kind: K): Documents[K][] =>
      current.list(kind).value.flatMap((id) => {
        const found = store.document(kind, id).value;
        return found ? [found as unknown as Documents[K]] : [];
      });
    return {
      state: current.state,
      ids: (kind) => current.list(kind).value,
      all,
      one: (kind) => all(kind)[0],
    };
  }, [current]);
}

/** For a form, which begins with what a topic says and is never filled in anew: nothing until the topic is whole for the first
 * time, since what the last visit left may be old. */
export function useWhole(name: string): Watched {
  const watched = useTopic(name);
  const whole = useRef("");
  if (watched.state.value === "complete") whole.current = name;
  const nothing = useTopic("");
  return whole.current === name ? watched : nothing;
}

/** The document itself, current as long as some topic holds it. */
export function useDocument<K extends Kind>(kind: K, id: string): Documents[K] | undefined {
  return store.document(kind, id).value as Documents[K] | undefined;
}
