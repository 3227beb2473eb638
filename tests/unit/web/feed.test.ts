// What a page watches is asked for together, a topic that is refused takes no other along, and what a limit holds up comes back
// one by one.
import assert from "node:assert/strict";
import { after, mock, test } from "node:test";

import { answer, sockets } from "./fakes";

const asked: string[] = [];
/** Everything but signs of life is refused for so long; 0: nothing is. */
let limitedMs = 0;
const told = (topic: string) => ({ topic, full: true, seq: 1, docs: [], gone: [] });
answer(({ method, params }) => {
  const topics = Object.keys(params.topics ?? {});
  asked.push([method, ...topics].join(" "));
  const refused = topics.find((topic) => topic.startsWith("gone"));
  if (limitedMs > 0) return { reason: "rate.limited", retry_after_ms: limitedMs };
  if (refused) return { reason: "topic.unknown", field: refused };
  return { result: { epoch: "e", topics: topics.map(told) } };
});

const { call, connect, disconnect } = await import("../../../web/src/sync/socket.ts");
const { expect, resume, store } = await import("../../../web/src/sync/feed.ts");
after(disconnect);

test("a topic that is refused takes no other along, and costs one question", async () => {
  expect(["org", "gone/1", "me", "gone/2", "meeting/1"]);
  await new Promise<void>((done) => connect(() => resume().then(done)));
  assert.deepEqual(asked, [
    "feed.subscribe org gone/1 me gone/2 meeting/1",
    "feed.subscribe org me gone/2 meeting/1",
    "feed.subscribe org me meeting/1",
  ]);
  const states = [...store.topics].map(([name, topic]) => `${name} ${topic.state.value}`);
  assert.deepEqual(states, ["org complete", "me complete", "meeting/1 complete"]);
});

test("of what a limit holds up, each comes back after the other, and once on a new connection", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const pass = async (seconds: number) => {
    for (let at = 0; at < seconds; at++) {
      mock.timers.tick(1_000);
      for (let turns = 0; turns < 4; turns++) await new Promise(setImmediate);
    }
  };
  const times = () => asked.filter((one) => one === "org.history").length;
  limitedMs = 10_500;
  const answers = [1, 2, 3].map(() => call("org.history", {}, true));
  await pass(1);
  assert.equal(times(), 3);
  await pass(11);
  assert.equal(times(), 4, "the first");
  sockets.at(-1)?.onclose?.({ code: 1006 });
  await pass(1);
  assert.equal(times(), 7, "all on the new connection");
  await pass(11);
  assert.equal(times(), 8, "the first again, and nothing of what waited on the old one");
  limitedMs = 0;
  await pass(60);
  await Promise.all(answers);
  assert.equal(times(), 11);
  mock.timers.reset();
});
