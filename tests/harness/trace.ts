// What a visitor's pages said and heard last; told on stderr, with a picture, when a test fails while they are open.
// The runner prints stderr of failing files alone. One file tells `mostPerFile` characters at most, shared by its visitors;
// of the frames, the newest are told.
import { setTimeout as sleep } from "node:timers/promises";
import type { Page, WebSocket } from "playwright-core";

const keptLines = 30;
const lineLength = 200;
const textLength = 800;
const mostPerFile = 6_000;
/** A page that hangs answers nothing. */
const lookMs = 3_000;
let left = mostPerFile;

export class Trace {
  #lines: string[] = [];
  /** Methods that were asked over sockets, in their order, and what was refused for being asked too often. */
  readonly asked: string[] = [];
  readonly limited: string[] = [];

  note(what: string, words: string | Buffer = ""): void {
    const clock = new Date().toISOString().slice(11, 23);
    const short = words.toString().replace('{"jsonrpc":"2.0",', "{").slice(0, lineLength);
    this.#lines.push(`${clock} ${what} ${short}`);
    if (this.#lines.length > keptLines) this.#lines.shift();
  }

  follow(page: Page): void {
    page.on("websocket", (socket) => this.#followSocket(socket));
    page.on("framenavigated", (frame) => this.note("at", frame.url()));
    page.on("request", (one) => {
      if (/\/(rpc|feed)\b/.test(one.url())) this.note(">", `${one.url()} ${one.postData() ?? ""}`);
    });
    page.on("requestfailed", (one) =>
      this.note("failed", `${one.method()} ${one.url()} ${one.failure()?.errorText}`),
    );
  }

  #followSocket(socket: WebSocket): void {
    this.note("socket");
    socket.on("framesent", ({ payload }) => {
      this.note(">", payload);
      this.asked.push(/"method":"([\w.]+)"/.exec(payload.toString())?.[1] ?? "");
    });
    socket.on("framereceived", ({ payload }) => {
      this.note("<", payload);
      if (payload.includes('"rate.limited"')) this.limited.push(payload.toString());
    });
    socket.on("socketerror", (error) => this.note("socket error", error));
    socket.on("close", () => this.note("socket closed"));
  }

  /** The newest that have room. */
  newest(room: number): string[] {
    let used = 0;
    const told = this.#lines.toReversed().filter((line) => {
      used += line.length + 1;
      return used <= room;
    });
    return told.reverse();
  }
}

type Told = { page: Page; complaints: string[]; trace: Trace };

const orNothing = <T>(look: Promise<T>): Promise<T | undefined> =>
  Promise.race([look.catch(() => undefined), sleep(lookMs, undefined, { ref: false })]);

async function tell({ page, complaints, trace }: Told, picture: string, room: number) {
  const seen = await orNothing(
    page.evaluate(() => ({
      language: document.documentElement.lang,
      connection: document.documentElement.dataset.connection,
      pending: document.documentElement.dataset.pending,
      text: document.body.innerText,
    })),
  );
  await orNothing(page.screenshot({ path: picture, timeout: lookMs }));
  const text = seen?.text.replace(/\s*\n\s*/g, " | ").slice(0, textLength) ?? "(gives no answer)";
  const { language, connection, pending } = seen ?? {};
  const head = [
    `${page.url()} ${language} ${page.viewportSize()?.width} px, connection ${connection}, pending ${pending}, ${picture}`,
    `text: ${text}`,
    ...complaints.map((one) => `complaint: ${one.slice(0, lineLength)}`),
  ];
  const said = head.join("\n").slice(0, room);
  return [said, ...trace.newest(room - said.length)].join("\n");
}

/** Tells of each of them, as far as there is room. */
export async function tellAll(visitors: Told[], pictureOf: (number: number) => string) {
  const open = visitors.filter(({ page }) => !page.isClosed());
  for (const [at, one] of open.entries()) {
    const told = await tell(one, pictureOf(at + 1), Math.floor(left / (open.length - at)));
    left -= told.length;
    process.stderr.write(`${told}\n`);
  }
}
