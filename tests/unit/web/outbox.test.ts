// What is done goes out in the order in which it was done, and a limit that holds up the first of two acts does not make the
// second one fail.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { answer, disk, indexedDB, type Message, rest, sockets, stored } from "./fakes";

/** The server gives one word to each request: what it is refused for, or "" for done. */
let answers: (message: Message) => string = () => "";
const asked: string[] = [];
answer((message) => {
  const reason = answers(message);
  asked.push(`${message.method} ${reason}`.trim());
  return { reason, retry_after_ms: 20 };
});

const { connect, connection, disconnect } = await import("../../../web/src/sync/socket.ts");
const { onAnswer, recover, send, waiting } = await import("../../../web/src/sync/outbox.ts");
/** The page cannot begin on its first connection. */
let greeted = 0;
connect(async () => {
  if (greeted++ === 0) throw new Error("what the page begins with was refused");
});
after(disconnect);

test("a connection on which the page cannot begin is given up for another", async () => {
  while (connection.value.state !== "up") await new Promise((done) => setTimeout(done, 10));
  assert.equal(sockets.length, 2);
});

const enrol = () => send("device.enrol", { pk: "a", proof: "b" });
const cast = () => send("ballot.cast", { poll: "c", tbs: "d", sig: "e" });

/** Enrolment is limited this often; until it is done, the key of a ballot is not known. */
function limited(times: number): void {
  asked.length = 0;
  let left = times;
  let enrolled = false;
  answers = ({ method }) => {
    if (method !== "device.enrol") return enrolled ? "" : "key.unknown";
    if (left-- > 0) return "rate.limited";
    enrolled = true;
    return "";
  };
}

test("a ballot that overtakes the enrolment of its key is sent again after it", async () => {
  limited(2);
  const order: string[] = [];
  await Promise.all([
    enrol().then(() => order.push("key")),
    cast().then(() => order.push("ballot")),
  ]);
  assert.deepEqual(order, ["key", "ballot"]);
  assert.deepEqual(asked, [
    "device.enrol rate.limited",
    "ballot.cast key.unknown",
    "device.enrol rate.limited",
    "device.enrol",
    "ballot.cast",
  ]);
  assert.deepEqual(waiting.value, []);
});

test("what nothing was sent before, and what stays unknown, is refused", async () => {
  answers = () => "key.unknown";
  asked.length = 0;
  await assert.rejects(cast(), { reason: "key.unknown" });
  assert.deepEqual(asked, ["ballot.cast key.unknown"]);
  asked.length = 0;
  let tries = 0;
  answers = ({ method }) => {
    if (method !== "device.enrol") return "key.unknown";
    return tries++ === 0 ? "rate.limited" : "";
  };
  const enrolled = enrol();
  await assert.rejects(cast(), { reason: "key.unknown" });
  await enrolled;
  assert.equal(
    asked.filter((one) => one.startsWith("ballot.cast")).length,
    2,
    "once more, no oftener",
  );
});

test("what is limited for hours is told; for a moment, waited for", async () => {
  const again = [6 * 3_600_000, 20];
  answer(() =>
    again.length > 0 ? { reason: "rate.limited", retry_after_ms: again.shift() ?? 0 } : {},
  );
  await assert.rejects(cast(), { reason: "rate.limited", retryAfterMs: 6 * 3_600_000 });
  assert.deepEqual(waiting.value, [], "nor does it come back by itself");
  await cast();
  assert.equal(again.length, 0);
});

test("what is answered waits until somebody has dealt with the answer", async () => {
  answer(() => ({}));
  let dealtWith = () => {};
  onAnswer("ballot.cast", () => new Promise((done) => (dealtWith = done)));
  const sent = cast();
  await rest();
  assert.equal(waiting.value.length, 1);
  dealtWith();
  await sent;
  assert.deepEqual(waiting.value, []);
});

test("of what an earlier page left, what is missing for it is asked for again, and a refusal is told", async (t) => {
  Object.assign(globalThis, { indexedDB });
  const left = { command: "one", member: "An", method: "task.take", params: {}, atMs: 1 };
  stored.set("outbox/one", left);
  answer(({ method }) => (method === "task.take" ? { reason: "task.taken" } : {}));
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const refusals: unknown[] = [];
  let tries = 0;
  const ready = async () => {
    if (tries++ === 0) throw new Error("no network");
  };
  await recover("An", ready, (error) => refusals.push((error as { reason?: string }).reason));
  assert.deepEqual([tries, refusals, stored.size], [1, [], 1]);
  t.mock.timers.tick(5_000);
  await rest();
  assert.deepEqual([tries, refusals, stored.size], [2, ["task.taken"], 0]);
});

test("a ballot goes out although storage does not answer; nothing is then read from it or written over", async (t) => {
  Object.assign(globalThis, { indexedDB });
  const { get, set } = await import("../../../web/src/sync/storage.ts");
  const sent: string[] = [];
  answer(({ method }) => {
    sent.push(method);
    return {};
  });
  onAnswer("ballot.cast", async () => {});
  await set("vkey", "pinned");
  disk.answers = false;
  t.mock.timers.enable({ apis: ["setInterval"] });
  const done = cast();
  await rest();
  assert.deepEqual(sent, [], "it is kept first");
  for (let look = 0; look < 15; look++) t.mock.timers.tick(500);
  await rest();
  assert.deepEqual(sent, []);
  t.mock.timers.tick(500);
  await rest();
  await done;
  assert.deepEqual(sent, ["ballot.cast"]);
  disk.answers = true;
  await assert.rejects(get("vkey"), /silent/);
  await assert.rejects(set("vkey", "another"), /silent/);
  assert.equal(stored.get("vkey"), "pinned");
});

test("an upload that is limited for hours is told, for a moment waited for", async (t) => {
  const said = [6 * 3_600_000, 200].map((retry_after_ms) => ({
    error: { code: -32000, message: "", data: { reason: "rate.limited", retry_after_ms } },
  }));
  Object.assign(globalThis, {
    XMLHttpRequest: class {
      upload = {};
      status = 429;
      response = said.shift();
      onload = () => {};
      open() {}
      setRequestHeader() {}
      send() {
        setImmediate(() => this.onload());
      }
    },
  });
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { start, uploads } = await import("../../../web/src/file/upload.ts");
  const on = { kind: "task" as const, id: "one" };
  for (const expected of [
    ["failed", 6 * 3_600_000],
    ["waiting", undefined],
  ]) {
    start(on, [new File(["words"], "one.txt")]);
    await rest();
    const { state, afterMs } = uploads.value.at(-1)?.value ?? {};
    assert.deepEqual([state, afterMs], expected);
  }
});
