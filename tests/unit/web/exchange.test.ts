// What stands in for a WebSocket: counts of a room reach a page that polls, each once.
import assert from "node:assert/strict";
import { test } from "node:test";

const asked: string[] = [];
const answers = [
  { epoch: "e", topics: [{ topic: "meeting_desk/m", full: true, seq: 4, more: false, docs: [] }] },
  { epoch: "e", topics: [], rooms: [{ meeting: "m", connected: 3, told: 70 }] },
  { epoch: "e", topics: [], rooms: [{ meeting: "m", connected: 2, told: 71 }] },
];
Object.assign(globalThis, {
  WebSocket: { OPEN: 1, CLOSED: 3 },
  document: { hidden: false },
  fetch: (path: string) => {
    asked.push(path);
    const body = answers.shift();
    if (!body) return new Promise(() => {});
    return Promise.resolve({ status: 200, json: () => Promise.resolve({ closed: [], ...body }) });
  },
});

test("counts of a room come to a desk that polls, which says what it has had", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const { Exchange } = await import("../../../web/src/sync/exchange.ts");
  const exchange = new Exchange();
  const told: unknown[] = [];
  exchange.onmessage = ({ data }) => {
    const { method, params } = JSON.parse(data as string);
    if (method === "room.changed") told.push(params.connected);
  };
  const params = { topics: { "meeting_desk/m": 0 } };
  exchange.send(JSON.stringify({ id: 1, method: "feed.subscribe", params }));
  while (asked.length < 4) {
    await new Promise((done) => setImmediate(done));
    t.mock.timers.tick(500);
  }
  assert.deepEqual(told, [3, 2]);
  assert.deepEqual(
    asked.map((path) => path.match(/room=(\d+)/)?.[1]),
    ["0", "0", "70", "71"],
  );
  exchange.close();
});
