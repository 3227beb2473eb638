// A page that was put away: it says so, and when it is looked at again a dead connection is replaced at once.
import assert from "node:assert/strict";
import { test } from "node:test";

type Message = { id?: number; method: string; params: { on?: boolean } };
const sockets: Fake[] = [];
/** A WebSocket on a network that the test cuts. */
class Fake extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  readyState = Fake.CONNECTING;
  sent: Message[] = [];
  dead = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    super();
    sockets.push(this);
  }
  open(): void {
    this.readyState = Fake.OPEN;
    this.onopen?.();
  }
  send(text: string): void {
    const message = JSON.parse(text) as Message;
    this.sent.push(message);
    if (message.id === undefined || this.dead) return;
    const answer = { jsonrpc: "2.0", id: message.id, result: { now_ms: Date.now() } };
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(answer) }));
  }
  close(): void {
    this.readyState = Fake.CLOSED;
  }
  get slept(): (boolean | undefined)[] {
    return this.sent
      .filter(({ method }) => method === "session.sleep")
      .map(({ params }) => params.on);
  }
}

const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
Object.assign(globalThis, {
  window: new EventTarget(),
  document: page,
  location: { protocol: "http:", host: "localhost" },
  sessionStorage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
  WebSocket: Fake,
});

test("put away and looked at again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  // Each wait between two tries is as long as it may be.
  t.mock.method(Math, "random", () => 0.999);
  const settled = () => new Promise((done) => setImmediate(done));
  const show = async (state: "visible" | "hidden") => {
    page.visibilityState = state;
    page.dispatchEvent(new Event("visibilitychange"));
    await settled();
  };
  const { connect, connection, hurry } = await import("../../../web/src/sync/socket.ts");
  connect(async () => {});
  const [first] = sockets as [Fake];
  first.open();
  await settled();
  assert.equal(connection.value.state, "up");
  assert.deepEqual(first.slept, []);

  await show("hidden");
  window.dispatchEvent(new Event("pagehide"));
  assert.deepEqual(first.slept, [true], "said once");
  t.mock.timers.tick(2_000);
  await show("visible");
  assert.deepEqual(first.slept, [true, false]);
  assert.equal(sockets.length, 1, "a living connection stays");

  await show("hidden");
  t.mock.timers.tick(4_000); // the timers of a page that sleeps stand still
  first.dead = true;
  t.mock.timers.tick(2_000);
  await show("visible");
  assert.equal(sockets.length, 1, "it is asked for a sign of life");
  t.mock.timers.tick(1_200); // as long as it is given
  t.mock.timers.tick(600); // as long as the next try waits at most
  await settled();
  assert.equal(sockets.length, 2, "and replaced within two seconds");
  const second = sockets[1] as Fake;
  second.open();
  await settled();
  assert.equal(connection.value.state, "up");
  assert.deepEqual(second.slept, []);

  await show("hidden");
  second.readyState = Fake.CLOSED;
  second.onclose?.({ code: 1006 });
  await settled();
  t.mock.timers.tick(600);
  const third = sockets[2] as Fake;
  third.open();
  await settled();
  assert.deepEqual(third.slept, [true], "a new connection of a page that is put away says so too");
  t.mock.timers.tick(600);
  await show("visible");
  assert.deepEqual(third.slept, [true, false]);

  // A page that a hall trusts asks more often; a question that follows does not put off the end of the one before.
  const { silentSeconds } = await import("../../../web/src/sync/silence.ts");
  const calmDown = hurry();
  await settled();
  third.dead = true;
  for (let second = 0; second < 4; second++) t.mock.timers.tick(1_000);
  assert.equal(connection.value.state, "down", "dead within four seconds");
  assert.equal(silentSeconds(0), undefined, "it may be replaced at once");
  t.mock.timers.tick(600);
  assert.equal(silentSeconds(0), 4, "else that is said within five");
  const fourth = sockets[3] as Fake;
  fourth.open();
  await settled();
  calmDown();
  // The device itself says that the network is gone: then one does not wait for the next question.
  t.mock.timers.tick(3_000);
  await settled();
  fourth.dead = true;
  window.dispatchEvent(new Event("offline"));
  t.mock.timers.tick(1_200);
  assert.equal(connection.value.state, "down");
});
