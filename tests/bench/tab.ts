// A page as people have it: nobody looks into it. The driver of the browser tests puts scripts of its own into each page
// (a third of a megabyte to read, a second world beside the page's), and a developer's view of the network asks for the
// stack of each request, for which the browser reads the page's scripts once more: on the imitated phone both together
// were half of a return to a page. So the browser is told by the bare protocol to open a page in a context of which that
// driver knows nothing, to slow it, and to call back once; the network is slowed in front of the server (wifi.ts).
import type { Browser, CDPSession } from "playwright-core";
import type { Data } from "../harness/wire.ts";

/** A browser of its own for one person: its storage, its cache. */
export class Someone {
  readonly #session: CDPSession;
  readonly #context: string;

  private constructor(session: CDPSession, context: string) {
    this.#session = session;
    this.#context = context;
  }

  static async arrive(browser: Browser, cookies: object[]): Promise<Someone> {
    const session = await browser.newBrowserCDPSession();
    const { browserContextId } = await session.send("Target.createBrowserContext");
    await session.send("Storage.setCookies", { cookies: cookies as never, browserContextId });
    return new Someone(session, browserContextId);
  }

  /** A page of a phone in French, so many times slower. */
  async open(slower: number): Promise<Tab> {
    const tab = await Tab.open(this.#session, this.#context);
    const { userAgent } = await this.#session.send("Browser.getVersion");
    await tab.send("Emulation.setDeviceMetricsOverride", {
      ...{ width: 360, height: 740, deviceScaleFactor: 1, mobile: false },
    });
    await tab.send("Emulation.setUserAgentOverride", { userAgent, acceptLanguage: "fr-BE" });
    await tab.send("Emulation.setLocaleOverride", { locale: "fr-BE" });
    await tab.send("Emulation.setTimezoneOverride", { timezoneId: "Europe/Brussels" });
    await tab.send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-reduced-motion", value: "reduce" }],
    });
    await tab.send("Emulation.setCPUThrottlingRate", { rate: slower });
    return tab;
  }

  async leave(): Promise<void> {
    await this.#session.send("Target.disposeBrowserContext", { browserContextId: this.#context });
    await this.#session.detach();
  }
}

/** One page of theirs. */
export class Tab {
  readonly #session: CDPSession;
  readonly #target: string;
  readonly #id: string;
  #last = 0;
  #answers = new Map<number, (answer: Data) => void>();
  #called: (text: string) => void = () => {};
  readonly #listen = ({ sessionId, message }: { sessionId: string; message: string }) => {
    if (sessionId === this.#id) this.#hear(JSON.parse(message));
  };

  private constructor(session: CDPSession, target: string, id: string) {
    this.#session = session;
    this.#target = target;
    this.#id = id;
    session.on("Target.receivedMessageFromTarget", this.#listen);
  }

  static async open(session: CDPSession, browserContextId: string): Promise<Tab> {
    const where = { url: "about:blank", browserContextId, width: 360, height: 740 };
    const { targetId } = await session.send("Target.createTarget", where);
    const { sessionId } = await session.send("Target.attachToTarget", {
      ...{ targetId, flatten: false },
    });
    return new Tab(session, targetId, sessionId);
  }

  #hear({ id, method, params, ...answer }: Data): void {
    if (method === "Runtime.bindingCalled") this.#called(params.payload);
    this.#answers.get(id)?.(answer);
    this.#answers.delete(id);
  }

  async send(method: string, params: object = {}): Promise<Data> {
    const id = ++this.#last;
    const heard = new Promise<Data>((done) => this.#answers.set(id, done));
    const message = JSON.stringify({ id, method, params });
    await this.#session.send("Target.sendMessageToTarget", { sessionId: this.#id, message });
    const { result, error } = await heard;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** What the page then tells by calling `window.tell(text)`, once. */
  async goTo(url: string, before: string): Promise<string> {
    const told = new Promise<string>((done) => {
      this.#called = done;
    });
    await this.send("Runtime.enable");
    await this.send("Runtime.addBinding", { name: "tell" });
    await this.send("Page.enable");
    await this.send("Page.addScriptToEvaluateOnNewDocument", { source: before });
    await this.send("Page.navigate", { url });
    return told;
  }

  async close(): Promise<void> {
    this.#session.off("Target.receivedMessageFromTarget", this.#listen);
    await this.#session.send("Target.closeTarget", { targetId: this.#target });
  }
}
