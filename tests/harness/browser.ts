// Chromium on the built client: pages of people, pictures, accessibility, console.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { after, afterEach } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { tokenOf } from "./people.ts";
import { patienceMs, root, type Server, webFolder } from "./program.ts";
import { Trace, tellAll } from "./trace.ts";

const required = createRequire(import.meta.url);
/** Required, not imported: an import would look for names in all of it first, a third of the work of loading it. */
const { chromium }: typeof import("playwright-core") = required("playwright-core");

/** The shell without windows does the same pages with 40 % less work. */
const names = ["chromium-headless-shell", "chromium", "chromium-browser"];
const candidates = [process.env.PALABRE_CHROMIUM, ...names.map((name) => `/usr/bin/${name}`)];
const executable = candidates.find((path) => path && existsSync(path));
/** Why browser tests cannot run here; undefined when they can. */
export const without = !executable
  ? "no Chromium on this machine (package chromium-headless-shell)"
  : existsSync(join(webFolder, "index.html"))
    ? undefined
    : `the client is not built (${webFolder})`;
export const pictures = process.env.PALABRE_PICTURES ?? join(root, "build/pictures");

let browser: Promise<Browser> | undefined;
/** Of a file; who is still open when a test fails is told of. */
const visitors: Visitor[] = [];
/** Ends the browser after the tests of a file; each browser test file calls this. */
export function closeAfterTests(): void {
  const file = basename(process.argv[1] ?? "").replace(/\..*/, "");
  afterEach(async (context) => {
    if ("passed" in context && !context.passed)
      await tellAll(visitors, (number) => join(pictures, `failed-${file}-${number}.png`));
  });
  after(async () => (await browser)?.close());
}
export function launch(): Promise<Browser> {
  if (!browser) {
    mkdirSync(pictures, { recursive: true });
    const quiet = "--disable-background-networking --disable-component-update --disable-sync";
    const args = `--headless --no-sandbox --disable-gpu --disable-quic --no-first-run ${quiet}`;
    const slowMo = Number(process.env.PALABRE_TEST_STEP_MS ?? 0);
    browser = chromium.launch({ executablePath: executable ?? "", args: args.split(" "), slowMo });
  }
  return browser;
}

/** How many times slower each page computes: for finding what depends on a fast machine. */
const slowdown = Number(process.env.PALABRE_TEST_SLOWDOWN ?? 1);
async function slowDown(page: Page): Promise<void> {
  if (slowdown <= 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
}

const locales: Record<string, string> = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };

/** A browser of its own for one person. */
export class Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and policy violations of its console, and exceptions. */
  complaints: string[] = [];
  readonly trace = new Trace();

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    visitors.push(this);
    this.trace.follow(page);
    context.on("page", (another) => this.trace.follow(another));
    page.setDefaultTimeout(patienceMs);
    page.on("console", (message) => {
      if (message.type() === "error" || /Content Security Policy/i.test(message.text()))
        this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  static async arrive(language = "fr", width = 1280, height = 800, more = {}): Promise<Visitor> {
    const context = await (await launch()).newContext({
      locale: locales[language] ?? language,
      timezoneId: "Europe/Brussels",
      viewport: { width, height },
      reducedMotion: "reduce",
      ...more,
    });
    if (slowdown > 1) context.on("page", (page) => slowDown(page).catch(() => {}));
    const page = await context.newPage();
    await slowDown(page);
    return new Visitor(context, page);
  }

  /** Enters by a link; the language of the page is chosen first. */
  async join(origin: string, link: string, language: string): Promise<void> {
    await this.page.goto(`${origin}/join#${tokenOf(link)}`);
    await this.get("join-button").waitFor();
    const chosen = this.get(`join-language-${language}`)
      .or(this.get(`language-${language}`))
      .first();
    if ((await this.page.locator("html").getAttribute("lang")) !== language) await chosen.click();
    await this.page.locator(`html[lang="${language}"]`).waitFor();
    await this.get("join-button").click();
    await this.page.locator('main[data-page="home"]').waitFor();
    await this.connected();
  }

  get(hook: string): Locator {
    return this.page.locator(`[data-test="${hook}"]`);
  }

  /** Waits until the page follows the server; after a cut a client may wait 20 s between two tries, and patience begins then. */
  async connected(): Promise<void> {
    await this.page.locator('html[data-connection="up"]').waitFor({ timeout: 20_000 + patienceMs });
  }

  /** Goes to a path as by a link from outside. */
  async open(url: string, page: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator(`main[data-page="${page}"]`).waitFor();
    await this.connected();
    await this.settled();
  }

  /** Goes to a path as by a link of the page itself: the client stays, only the page changes. */
  async visit(path: string, page: string): Promise<void> {
    await this.page.evaluate((href) => {
      const link = document.body.appendChild(document.createElement("a"));
      link.href = href;
      link.click();
      link.remove();
    }, path);
    await this.page.waitForFunction(
      ([there, name]) =>
        location.pathname + location.search === there &&
        document.querySelector(`main[data-page="${name}"]`),
      [path, page],
    );
    await this.connected();
    await this.settled();
  }

  /** No command waits, and what is asked for has been drawn. */
  async settled(): Promise<void> {
    await this.page.locator('html[data-pending="0"]').waitFor();
    await this.page.waitForFunction(
      () => document.querySelectorAll('[aria-busy="true"], main .loading').length === 0,
    );
    await this.drawn();
  }

  /** What the page holds has been drawn, and what follows from its being drawn is done. */
  async drawn(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise((done) => {
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
        }),
    );
  }

  /** Acts, and keeps the pointer on the notice of that act, not of one before: it can be taken back as long as that is so,
   * however long what is looked at first takes. Answers the button. */
  async undoOf(act: () => Promise<void>): Promise<Locator> {
    const notices = this.get("toast");
    const before = await notices.evaluateAll((all) =>
      all.map((one) => (one as HTMLElement).dataset.toast),
    );
    await act();
    const others = before.map((id) => `:not([data-toast="${id}"])`).join("");
    const undo = this.page.locator(`[data-test="toast"]${others} [data-test="undo"]`).last();
    await undo.hover();
    return undo;
  }

  async picture(name: string, fullPage = false): Promise<void> {
    await this.page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
  }

  /** Horizontal scrolling: how many pixels the page is wider than the window. */
  overflow(): Promise<number> {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** Waits until what is read of a page is this: it may be drawn a moment after what made it so. */
export async function becomes<T>(
  read: () => Promise<T>,
  wanted: T | RegExp,
  what?: string,
): Promise<void> {
  const limit = Date.now() + patienceMs;
  for (;;) {
    const now = await read();
    const is = wanted instanceof RegExp ? wanted.test(String(now)) : isDeepStrictEqual(now, wanted);
    if (is) return;
    if (Date.now() > limit) assert.deepEqual(now, wanted, what);
    await sleep(25);
  }
}

const axeSource = () => readFileSync(required.resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on the page, one line each. Injected by the developer protocol: the policy allows no script tag. */
export async function axe(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const evaluate = (expression: string) =>
    session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  const { result: there } = await evaluate("typeof axe");
  if (there.value === "undefined") await evaluate(`(() => { ${axeSource()} })()`);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
  const answer = await evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then((found) => JSON.stringify(found.violations.map(
      (one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ")).join(", "))))`,
  );
  await session.detach();
  assert.ok(!answer.exceptionDetails, JSON.stringify(answer.exceptionDetails));
  return JSON.parse(String(answer.result.value));
}

/** A link for somebody, from the shell's side. */
export async function linkFor(server: Server, name: string, roles: string[] = []): Promise<string> {
  const { link } = await server.operator("member.invite", {
    id: crypto.randomUUID(),
    command: crypto.randomUUID(),
    name,
    class: "members",
    roles,
  });
  return link;
}

const catalogues = join(root, "web/locales");
const keysOf = new Map<string, Set<string>>();
/** Keys of the catalogues, without those whose words are the key itself. */
function messageKeys(language: string): Set<string> {
  const known = keysOf.get(language);
  if (known) return known;
  const files = readdirSync(catalogues, { recursive: true, encoding: "utf8" });
  const keys = new Set<string>();
  for (const file of files.filter((path) => path.endsWith(`${language}.ftl`)))
    for (const [, key = "", words] of readFileSync(join(catalogues, file), "utf8").matchAll(
      /^([a-z][\w-]*) = ?(.*)$/gm,
    ))
      if (key !== words) keys.add(key);
  keysOf.set(language, keys);
  return keys;
}

/** Texts and labels of the page that are keys of messages instead of words: a catalogue was not there, or a key is
 * missing from it. */
export async function rawKeys(page: Page, language: string): Promise<string[]> {
  const shown = await page.evaluate(() => {
    const texts = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      texts.add(node.textContent?.trim() ?? "");
    const named = "[aria-label], [placeholder], [title], [alt]";
    for (const one of document.querySelectorAll(named))
      for (const name of ["aria-label", "placeholder", "title", "alt"])
        texts.add(one.getAttribute(name) ?? "");
    return [document.title.split(" · ")[0] ?? "", ...texts];
  });
  const keys = messageKeys(language);
  const families = new Set([...keys].map((key) => key.split("-").slice(0, 2).join("-")));
  const looksLike = (text: string) =>
    /^error-[\w-]+$/.test(text) ||
    (/^[a-z]+(-[a-z0-9_]+){2,}$/.test(text) && families.has(text.split("-").slice(0, 2).join("-")));
  return shown.filter((text) => keys.has(text) || looksLike(text));
}
