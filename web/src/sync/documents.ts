// The documents this page watches, kept current by the feed. One signal for each document, one list of
// ids for each (topic, kind): a change re-renders only what shows it. A topic remembers its position;
// after a cut it is asked for what came since. Invariants: of a document the greatest `rev` wins,
// whatever the order of arrival; a document lives as long as some topic holds it.
import { batch, type Signal, signal } from "@preact/signals";
import type { Documents } from "../generated/api";

export type Kind = keyof Documents & string;
export interface AnyDocument {
  kind: string;
  id: string;
  rev: number;
}
export interface Reference {
  kind: string;
  id: string;
}
export interface Frame {
  topic: string;
  /** Only in the last frame of a run: every change up to it has been told. */
  seq?: number | null | undefined;
  full?: boolean | undefined;
  /** Of a `full` frame that comes by itself: everything was made again. */
  epoch?: string | undefined;
  docs: AnyDocument[];
  gone: Reference[];
}

export class Topic {
  position = 0;
  users = 0;
  /** When the last part that showed it was gone, of the page's own clock; 0: not yet. */
  leftMs = 0;
  /** The connection on which it was asked for. */
  askedOn = 0;
  held = new Map<string, Reference>();
  lists = new Map<string, Signal<string[]>>();
  /** loading: nothing yet. partial: the first run is still arriving. complete. closed: refused. */
  state = signal<"loading" | "partial" | "complete" | "closed">("loading");
  constructor(public name: string) {}

  list(kind: string): Signal<string[]> {
    let list = this.lists.get(kind);
    if (!list) {
      list = signal([...this.held.values()].filter((r) => r.kind === kind).map((r) => r.id));
      this.lists.set(kind, list);
    }
    return list;
  }
}

const keyOf = (reference: Reference): string => `${reference.kind}/${reference.id}`;

export class DocumentStore {
  epoch = "";
  private documents = new Map<string, Signal<AnyDocument | undefined>>();
  /** Documents of an epoch that is over: what comes now is right, whatever its rev. */
  private readonly outdated = new Set<string>();
  readonly topics = new Map<string, Topic>();

  document(kind: string, id: string): Signal<AnyDocument | undefined> {
    const key = `${kind}/${id}`;
    let one = this.documents.get(key);
    if (!one) {
      one = signal(undefined);
      this.documents.set(key, one);
    }
    return one;
  }

  topic(name: string): Topic {
    let topic = this.topics.get(name);
    if (!topic) {
      topic = new Topic(name);
      this.topics.set(name, topic);
    }
    return topic;
  }

  /** A topic asked for by number got its canonical name. */
  rename(topic: Topic, name: string): void {
    if (topic.name === name) return;
    this.topics.delete(topic.name);
    topic.name = name;
    this.topics.set(name, topic);
  }

  /** What was kept of it on this device: shown until the server tells what came since. */
  seed(topic: Topic, position: number, docs: AnyDocument[]): void {
    this.apply({ topic: topic.name, docs, gone: [] });
    topic.position = position;
  }

  /** Nobody watches it any more. */
  forget(topic: Topic): void {
    this.topics.delete(topic.name);
    batch(() => {
      for (const reference of topic.held.values()) this.release(reference);
    });
  }

  /** Positions of another epoch mean nothing. */
  setEpoch(epoch: string): void {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    for (const topic of this.topics.values()) topic.position = 0;
    for (const key of this.documents.keys()) this.outdated.add(key);
  }

  /** Applies one frame of the feed: an answer to a subscription, or a change. */
  apply(frame: Frame): void {
    const topic = this.topics.get(frame.topic);
    if (!topic) return;
    if (frame.epoch) this.setEpoch(frame.epoch);
    batch(() => {
      const touched = new Set<string>();
      if (frame.full) this.replace(topic, frame.docs, touched);
      for (const document of frame.docs) this.put(topic, document, touched);
      for (const reference of frame.gone) this.drop(topic, reference, touched);
      for (const kind of touched) this.refresh(topic, kind);
      if (typeof frame.seq === "number") {
        topic.position = Math.max(topic.position, frame.seq);
        topic.state.value = "complete";
      } else if (topic.state.peek() === "loading") topic.state.value = "partial";
    });
  }

  private put(topic: Topic, document: AnyDocument, touched: Set<string>): void {
    const key = keyOf(document);
    const one = this.document(document.kind, document.id);
    const known = one.peek();
    const outdated = this.outdated.delete(key);
    if (!known || outdated || known.rev <= document.rev) one.value = document;
    if (topic.held.has(key)) return;
    topic.held.set(key, { kind: document.kind, id: document.id });
    touched.add(document.kind);
  }

  private drop(topic: Topic, reference: Reference, touched: Set<string>): void {
    if (!topic.held.delete(keyOf(reference))) return;
    touched.add(reference.kind);
    this.release(reference);
  }

  private release(reference: Reference): void {
    const key = keyOf(reference);
    for (const topic of this.topics.values()) if (topic.held.has(key)) return;
    const one = this.documents.get(key);
    if (one) one.value = undefined;
  }

  /** A full answer: what it does not name is gone (more frames may follow and add). */
  private replace(topic: Topic, docs: AnyDocument[], touched: Set<string>): void {
    const named = new Set(docs.map(keyOf));
    topic.position = 0;
    for (const [key, reference] of [...topic.held]) {
      if (!named.has(key)) this.drop(topic, reference, touched);
    }
  }

  private refresh(topic: Topic, kind: string): void {
    const list = topic.lists.get(kind);
    if (!list) return;
    list.value = [...topic.held.values()].filter((r) => r.kind === kind).map((r) => r.id);
  }
}
