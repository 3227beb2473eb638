// The big screen: one meeting from waiting to its end, in three languages, large enough for the last row, with nobody's name
// and no result before it is revealed; and what it says when the server is gone.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { parseNote } from "../../web/src/ballot/checkpoint.ts";
import { fourWords } from "../../web/src/ballot/words.ts";
import { axe, becomes, closeAfterTests, Visitor, without } from "../harness/browser.ts";
import { openInMeeting, planMeeting } from "../harness/meeting.ts";
import { newHall, type Person } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";

closeAfterTests();
const skip = without ?? false;

/** At 1920 px: 48 for every text, 96 for titles, 160 for figures; the same in proportion on other screens. */
const least = [
  [".face *, .strip *, .age *", 48],
  [".title .say-main", 96],
  [".count", 160],
] as const;

/** What is smaller than it may be, or stands outside of its place. */
function faults(screen: Visitor): Promise<string[]> {
  return screen.page.evaluate((rules) => {
    const found = new Set<string>();
    for (const [selector, size] of rules)
      for (const one of document.querySelectorAll(selector)) {
        const box = one.getBoundingClientRect();
        const own = [...one.childNodes].some(
          (node) => node.nodeType === 3 && node.nodeValue?.trim(),
        );
        if (!own || box.height === 0 || one.closest(".hidden")) continue;
        const px = (Number.parseFloat(getComputedStyle(one).fontSize) * 1920) / innerWidth;
        if (px < size - 0.1) found.add(`${one.textContent}: ${px} px`);
        if (box.left < -1 || box.right > innerWidth + 1)
          found.add(`${one.textContent}: beyond the edge`);
        const place = one.closest(".face, .strip, .age")?.getBoundingClientRect();
        if (!place || box.top < place.top - 1 || box.bottom > place.bottom + 1)
          if (!one.closest(".say-main, .next")) found.add(`${one.textContent}: cut off`);
      }
    return [...found];
  }, least);
}

const face = (screen: Visitor, name: string) =>
  screen.page.locator(`main[data-page="screen"][data-face="${name}"]`).waitFor();

test("a meeting on the big screen, from waiting to its end", { skip }, async () => {
  const server = new Server(await initFolder());
  after(() => endServer(server));
  await server.start();
  const { admin, facilitator, members } = await newHall(server, 4);
  await admin.act("org.update", { languages: ["fr", "nl", "en"] });
  const names = members.map(({ name }) => name);
  const people = members as [Person, Person, Person, Person];
  const planned = await planMeeting(facilitator, ["Ouverture", "Le four", "Clôture"], {
    rule: "asbl-statutes",
  });
  const { code, link } = await facilitator.act("meeting.screen", { id: planned.id });

  const screen = await Visitor.arrive("fr", 1920, 1080);
  const { page } = screen;
  /** Each face: photographed, nothing too small or cut off, here and on two other screens, and nobody named. */
  const looks = async (name: string) => {
    await face(screen, name);
    for (const [width, height] of [
      [1280, 720],
      [3840, 2160],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(60);
      assert.deepEqual(await faults(screen), [], `${name} at ${width}`);
      assert.equal(await screen.overflow(), 0, `${name} at ${width}`);
    }
    await screen.picture(`screen-${name}-1920`);
    const text = await page.innerText("body");
    for (const one of [...names, facilitator.name])
      assert.ok(!text.includes(one), `${name}: ${one}`);
  };

  // A code that is none, then the one; the address has it from then on.
  await page.goto(`${server.origin}/screen`);
  await screen.get("screen-code").fill("ZZZZZZZZZZ");
  await screen.get("screen-enter").click();
  await screen.get("screen-refused").waitFor();
  assert.deepEqual(await axe(page), []);
  await screen.get("screen-code").fill(code);
  await screen.get("screen-enter").click();
  await looks("waiting");
  assert.ok(page.url().endsWith(link));
  const qr = await screen.get("screen-qr").boundingBox();
  assert.ok(qr && qr.width >= 320 && qr.height >= 320, JSON.stringify(qr));

  // Coming in: the code, heads, what is missing for the quorum.
  await facilitator.act("meeting.start", { id: planned.id, seen: true });
  await looks("join");
  const door = (await screen.get("screen-door-code").innerText()).replace(/\s/g, "").slice(-6);
  for (const one of people.slice(0, 3))
    await one.act("attendance.enter", { meeting: planned.id, code: door });
  await becomes(() => screen.get("screen-heads").innerText(), "3");
  assert.deepEqual(await axe(page), []);

  const led = { ...planned, code: door };
  await facilitator.act("meeting.item", { id: led.id, item: led.items[0] });
  await looks("item");
  await becomes(() => screen.get("screen-countdown").innerText(), /^(10:00|9:\d\d)$/);
  assert.match(await screen.get("screen-next").innerText(), /Le four/);
  await facilitator.act("meeting.show", { id: led.id, what: "agenda" });
  await looks("agenda");
  await facilitator.act("meeting.show", { id: led.id, what: "item" });

  await becomes(() => page.evaluate(() => getComputedStyle(document.body).cursor), "none");

  // A vote: turnout alone, whatever is cast; the result is there once it is revealed.
  await facilitator.act("meeting.item", { id: led.id, item: led.items[1] });
  const poll = await openInMeeting({ ...led, items: led.items.slice(1) }, {}, 600);
  await facilitator.act("meeting.show", { id: led.id, what: "poll", poll: poll.poll });
  await face(screen, "polls");
  for (const one of people.slice(0, 3)) await one.enrol();
  await people[0].vote(poll, yes);
  await people[1].vote(poll, yes);
  await becomes(
    async () => (await screen.get("screen-turnout").innerText()).replace(/\s/g, ""),
    "2/3",
  );
  await looks("polls");
  await people[2].vote(poll, no);
  await facilitator.act("poll.close", { id: poll.poll });
  await screen.get("screen-closed").waitFor();
  assert.equal(await screen.get("screen-answers").count(), 0);
  await facilitator.act("poll.reveal", { id: poll.poll });
  await facilitator.act("meeting.show", { id: led.id, what: "result", poll: poll.poll });
  await looks("result");
  const figures = await page.locator('[data-test="screen-answers"] .count').allInnerTexts();
  assert.deepEqual(figures, ["2", "1"]);
  assert.equal(await screen.get("screen-sentence").locator("[lang]").count(), 3);
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press("t");
  await page.locator('html[data-theme="light"]').waitFor();
  await screen.picture("screen-result-light-1920");
  await page.keyboard.press("t");
  await page.keyboard.press("t");
  // Another language leads.
  await page.keyboard.press("l");
  await page.locator('html[lang="nl"]').waitFor();
  await page.locator('.verdict .say-main[lang="nl"]').waitFor();

  // The newest seal, in the words that anybody computes from it.
  const note = parseNote(await (await fetch(`${server.origin}/log/checkpoint`)).text());
  await page.locator(`[data-test="screen-seal"][data-size="${note.size}"]`).waitFor();
  assert.ok(
    (await screen.get("screen-seal").innerText()).endsWith((await fourWords(note)).join(" ")),
  );

  // The server is gone: within five seconds that is said, and no figure looks live; it comes back by itself.
  await page.evaluate(() => Object.assign(globalThis, { sameHere: true }));
  await server.kill();
  await screen.get("screen-age").waitFor({ timeout: 5_000 });
  await screen.picture("screen-stale-1920");
  assert.deepEqual(await faults(screen), []);
  const grey = await page
    .locator(".count")
    .first()
    .evaluate((one) => getComputedStyle(one).filter);
  assert.match(grey, /grayscale/);
  const again = new Server(server.folder, { port: server.port });
  after(() => endServer(again));
  await again.start();
  await screen.get("screen-age").waitFor({ state: "detached" });
  await screen.connected();
  assert.ok(await page.evaluate(() => "sameHere" in globalThis), "it was not loaded again");

  // The end: of this screen too, whose code opens nothing any more.
  const leader = Object.assign(facilitator, { server: again });
  await leader.act("meeting.end", { id: led.id });
  await looks("ended");
  const unexpected = screen.complaints.filter(
    (line) => !/ERR_CONNECTION|WebSocket|Failed to fetch|status of (400|401|404|422)/.test(line),
  );
  assert.deepEqual(unexpected, []);
  await screen.close();
});
