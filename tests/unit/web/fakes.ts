// What a page has around it, for modules of the client that are tested without a browser: a connection whose server gives one
// answer to each request, and the storage that outlives a page.

export type Message = { id: number; method: string; params: Record<string, unknown> };
type Answer = { result?: object; reason?: string; field?: string; retry_after_ms?: number };
type Answers = (message: Message) => Answer | undefined | Promise<Answer>;

/** Connections, the newest last. */
export const sockets: Fake[] = [];
let answers: Answers = () => ({ result: {} });
/** What the server says from now on; undefined: nothing, for ever. A sign of life it always gives. */
export function answer(say: Answers): void {
  answers = say;
}

class Fake {
  static readonly OPEN = 1;
  readyState = Fake.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    sockets.push(this);
    setImmediate(() => this.onopen?.());
  }
  async send(text: string): Promise<void> {
    const message = JSON.parse(text) as Message;
    const life: Answer = { result: { now_ms: Date.now() } };
    const said = message.method === "session.ping" ? life : await answers(message);
    if (!said) return;
    const { result = {}, reason, ...more } = said;
    const error = { code: -32000, message: reason, data: { reason, ...more } };
    const data = JSON.stringify({ id: message.id, ...(reason ? { error } : { result }) });
    setImmediate(() => this.onmessage?.({ data }));
  }
  close(): void {}
}

/** Of IndexedDB what the client's storage uses: one store of keys and values. */
export const stored = new Map<string, unknown>();
/** With `answers` false nothing that is asked of it ends. */
export const disk = { answers: true };
function request<T>(result: T): object {
  const made: { result: T; onsuccess?: () => void; oncomplete?: () => void } = { result };
  setImmediate(() => {
    if (!disk.answers) return;
    made.onsuccess?.();
    made.oncomplete?.();
  });
  return made;
}
const objectStore = () => ({
  get: (key: string) => request(stored.get(key)),
  getAll: () => request([...stored.values()]),
  getAllKeys: () => request([...stored.keys()]),
  put: (value: unknown, key: string) => void stored.set(key, structuredClone(value)),
  delete: (key: string) => void stored.delete(key),
  transaction: request(undefined),
});
export const indexedDB = {
  open: () => request({ transaction: () => ({ objectStore }) }),
};

Object.assign(globalThis, {
  window: new EventTarget(),
  document: Object.assign(new EventTarget(), { visibilityState: "visible" }),
  location: { protocol: "http:", host: "localhost" },
  sessionStorage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
  WebSocket: Fake,
});

/** Once all that is under way has come to rest. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
}
