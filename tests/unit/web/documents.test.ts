// The document store against a model: whatever is repeated, late or out of order within what the feed
// promises, the page ends with what the server has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyDocument, DocumentStore } from "../../../web/src/sync/documents";

const doc = (id: string, rev: number, kind = "task"): AnyDocument => ({ kind, id, rev });

function held(store: DocumentStore, topic: string, kind = "task"): string[] {
  return store
    .topic(topic)
    .list(kind)
    .value.map((id) => `${id}@${store.document(kind, id).value?.rev}`)
    .sort();
}

test("a full answer replaces, a change adds, gone removes", () => {
  const store = new DocumentStore();
  store.topic("tasks");
  store.apply({ topic: "tasks", seq: 5, full: true, docs: [doc("a", 1), doc("b", 5)], gone: [] });
  assert.deepEqual(held(store, "tasks"), ["a@1", "b@5"]);
  assert.equal(store.topic("tasks").state.value, "complete");
  store.apply({ topic: "tasks", seq: 7, docs: [doc("c", 7)], gone: [{ kind: "task", id: "a" }] });
  assert.deepEqual(held(store, "tasks"), ["b@5", "c@7"]);
  assert.equal(store.topic("tasks").position, 7);
  store.apply({ topic: "tasks", seq: 9, full: true, docs: [doc("c", 9)], gone: [] });
  assert.deepEqual(held(store, "tasks"), ["c@9"]);
});

test("the first run may come in several frames; the position waits for the last", () => {
  const store = new DocumentStore();
  store.topic("proposal/x");
  store.apply({ topic: "proposal/x", full: true, docs: [doc("a", 1)], gone: [] });
  assert.equal(store.topic("proposal/x").state.value, "partial");
  assert.equal(store.topic("proposal/x").position, 0);
  store.apply({ topic: "proposal/x", docs: [doc("b", 2)], gone: [] });
  store.apply({ topic: "proposal/x", seq: 3, docs: [doc("c", 3)], gone: [] });
  assert.equal(store.topic("proposal/x").state.value, "complete");
  assert.deepEqual(held(store, "proposal/x"), ["a@1", "b@2", "c@3"]);
  assert.equal(store.topic("proposal/x").position, 3);
});

test("an older revision never replaces a newer one, in whichever topic it comes", () => {
  const store = new DocumentStore();
  store.topic("one");
  store.topic("two");
  store.apply({ topic: "one", seq: 9, full: true, docs: [doc("a", 9)], gone: [] });
  store.apply({ topic: "two", seq: 4, full: true, docs: [doc("a", 4)], gone: [] });
  assert.equal(store.document("task", "a").value?.rev, 9);
});

test("a document lives as long as one topic holds it", () => {
  const store = new DocumentStore();
  store.topic("one");
  store.topic("two");
  store.apply({ topic: "one", seq: 1, full: true, docs: [doc("a", 1)], gone: [] });
  store.apply({ topic: "two", seq: 1, full: true, docs: [doc("a", 1)], gone: [] });
  store.apply({ topic: "one", seq: 2, docs: [], gone: [{ kind: "task", id: "a" }] });
  assert.equal(store.document("task", "a").value?.rev, 1);
  store.forget(store.topic("two"));
  assert.equal(store.document("task", "a").value, undefined);
});

test("positions of another epoch are dropped", () => {
  const store = new DocumentStore();
  store.setEpoch("1");
  store.topic("tasks");
  store.apply({ topic: "tasks", seq: 50, full: true, docs: [], gone: [] });
  store.setEpoch("1");
  assert.equal(store.topic("tasks").position, 50);
  store.setEpoch("2");
  assert.equal(store.topic("tasks").position, 0);
});

/** A small deterministic generator, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

test("random cuts, repeats and resumptions end with the server's documents", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const next = random(seed);
    const server = new Map<string, number>();
    const log: { seq: number; id: string; gone: boolean }[] = [];
    const store = new DocumentStore();
    const topic = store.topic("tasks");
    let sent = 0;
    const since = (from: number) => {
      const changed = new Map<string, boolean>();
      for (const one of log) if (one.seq > from) changed.set(one.id, server.has(one.id));
      return {
        docs: [...changed].filter(([, on]) => on).map(([id]) => doc(id, server.get(id) ?? 0)),
        gone: [...changed].filter(([, on]) => !on).map(([id]) => ({ kind: "task", id })),
      };
    };
    for (let seq = 1; seq <= 40; seq++) {
      const id = `t${Math.floor(next() * 8)}`;
      const gone = server.has(id) && next() < 0.3;
      if (gone) server.delete(id);
      else server.set(id, seq);
      log.push({ seq, id, gone });
      const luck = next();
      if (luck < 0.4) continue; // the connection is down
      if (luck < 0.6) sent = topic.position; // a resumption
      if (luck > 0.9) {
        const docs = [...server].map(([key, rev]) => doc(key, rev));
        store.apply({ topic: "tasks", seq, full: true, docs, gone: [] });
      } else store.apply({ topic: "tasks", seq, ...since(Math.min(sent, topic.position)) });
      sent = seq;
      if (next() < 0.2) store.apply({ topic: "tasks", seq, ...since(seq - 1) }); // repeated
    }
    store.apply({ topic: "tasks", seq: 40, ...since(topic.position) });
    const expected = [...server].map(([id, rev]) => `${id}@${rev}`).sort();
    assert.deepEqual(held(store, "tasks"), expected, `seed ${seed}`);
  }
});
