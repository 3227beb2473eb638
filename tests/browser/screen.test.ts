// The big screen: one meeting from waiting to its end, in three languages, large enough for the last row, with nobody's name
// and no result before it is revealed; and what it says when the server is gone.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { parseNote } from "../../web/src/ballot/checkpoint.ts";
import { fourWords } from "../../web/src/ballot/words.ts";
import { axe, becomes, closeAfterTests, Visitor, without } from "../harness/browser.ts";
import { openInMeeting, planMeeting } from "../harness/meeting.ts";
import { newHall, newId, type Person, request } from "../harness/people.ts";
import { endServer, initFolder, Server } from "../harness/program.ts";
import { no, yes } from "../harness/record.ts";

closeAfterTests();
const skip = without ?? false;

/** At 1920 px: 48 for every text, 96 for titles, 160 for figures; the same in proportion on other screens. A question that is
 * too long for a title is smaller and whole. */
const least = [
  [".face *, .strip *, .age *", 48],
  [".title:not(.whole) .say-main", 96],
  [".title.whole .say-main", 60],
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
          if (!one.closest(".say-main")) found.add(`${one.textContent}: cut off`);
      }
    for (const one of document.querySelectorAll(".next, .agenda-title, .task-title"))
      if (one.scrollWidth > one.clientWidth + 1)
        found.add(`${one.textContent}: its end is missing`);
    return [...found];
  }, least);
}

/** Of about 120 characters in each language. */
const longTitle =
  "Le four à pain de la cour, sa réparation, son financement par la coopérative, et qui s’en occupe à partir du printemps";

const face = (screen: Visitor, name: string) =>
  screen.page.locator(`main[data-page="screen"][data-face="${name}"]`).waitFor();

/** Nobody touches it: by the clock alone the next part takes its turn, and the first again after the last. The server, which
 * would put the clock right, is not heard meanwhile. */
async function turnsAlone(address: string): Promise<void> {
  const screen = await Visitor.arrive("fr", 1920, 1080);
  const { page } = screen;
  let heard = true;
  await page.routeWebSocket(/\/ws/, (here) => {
    const there = here.connectToServer();
    there.onMessage((text) => {
      if (heard) here.send(text);
    });
  });
  await page.route("**", (route) => (heard ? route.continue() : route.abort()));
  await page.clock.install();
  await page.goto(address);
  await face(screen, "result");
  const part = () => screen.get("screen-part").innerText();
  await becomes(part, /sur 7$/);
  heard = false;
  await page.clock.pauseAt(Date.now() + 5_000);
  // The first part stands for half a turn more.
  await page.clock.fastForward(12_000);
  const both = ["1–4 sur 7", "5–7 sur 7"];
  const at = both.indexOf(await part());
  for (const turn of [1, 2, 3]) {
    await page.clock.fastForward(12_000);
    await becomes(part, both[(at + turn) % 2] ?? "");
  }
  assert.ok(at >= 0);
  await screen.close();
}

test("a meeting on the big screen, from waiting to its end", { skip }, async () => {
  const server = new Server(await initFolder());
  after(() => endServer(server));
  await server.start();
  const { admin, facilitator, members } = await newHall(server, 4);
  await admin.act("org.update", { languages: ["fr", "nl", "en"] });
  const names = members.map(({ name }) => name);
  const people = members as [Person, Person, Person, Person];
  const titles = ["Ouverture", longTitle, "Clôture", ...Array(8).fill(longTitle)];
  const planned = await planMeeting(facilitator, titles, {
    rule: "asbl-statutes",
    // Of two lines: what stands below it at the door is whole all the same.
    title: { fr: "Assemblée générale ordinaire 2026", nl: "Gewone algemene vergadering 2026" },
  });
  const { code, link } = await facilitator.act("meeting.screen", { id: planned.id });

  // On a machine of elsewhere: hours are those of the hall.
  const far = { timezoneId: "America/New_York" };
  const screen = await Visitor.arrive("fr", 1920, 1080, far);
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
      // What does not fit at once steps back a moment after the screen has another size.
      await becomes(() => faults(screen), [], `${name} at ${width}`);
      await becomes(() => screen.overflow(), 0, `${name} at ${width}`);
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
  assert.match(await screen.get("screen-zone").innerText(), /^\(heure d’Europe centrale\)$/);
  const here = { timeStyle: "short", timeZone: "Europe/Brussels" } as const;
  const hour = new Intl.DateTimeFormat("fr-BE", here);
  const clock = () => screen.get("screen-clock").innerText();
  await becomes(async () => (await clock()) === hour.format(Date.now()), true);
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
  await becomes(() => screen.get("screen-countdown").innerText(), /^(10:00|\d:\d\d)$/);
  assert.ok((await screen.get("screen-next").innerText()).endsWith(longTitle));
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
  const figures = page.locator('[data-test="screen-answers"] .count');
  await becomes(() => figures.allInnerTexts(), ["2", "1"]);
  await becomes(() => screen.get("screen-sentence").locator("[lang]").count(), 3);
  assert.deepEqual(await axe(page), []);

  // Five votes at once, one with the longest question there can be; alone it stands there to its last word. Then an election
  // among seven.
  const last = "aandeelhouders?";
  const nl = `Keurt de algemene vergadering ${"de jaarrekening goed en ".repeat(10)}${last}`;
  assert.ok(nl.length > 270 && nl.length <= 300);
  const asked = { fr: nl, nl, en: nl };
  const items = led.items.slice(1);
  const five: string[] = [];
  for (let at = 0; at < 5; at++) {
    const change = at === 0 ? { question: asked, show_live: true } : {};
    five.push((await openInMeeting({ ...led, items }, change, 600)).poll);
  }
  await becomes(() => screen.get("screen-vote").count(), 5);
  await looks("polls");
  await facilitator.act("meeting.show", { id: led.id, what: "poll", poll: five[0] });
  await becomes(() => screen.get("screen-title").locator(".say-main").innerText(), nl);
  await becomes(() => screen.get("screen-live").locator(".count").allInnerTexts(), ["0", "0"]);
  await looks("polls");
  for (const id of five) await facilitator.act("poll.close", { id });
  const options = Array.from({ length: 7 }, (_, at) => {
    const name = `Candidate ${at} Vandenbroucke`;
    return { id: newId(), label: { fr: name, nl: name, en: name } };
  });
  const election = await openInMeeting(
    { ...led, items },
    {
      ...{ kind: "election", method: "stv-scottish", options, question: asked },
      ...{ params: { seats: 5 }, rule: { tie: "lot" } },
    },
  );
  for (const [at, one] of people.slice(0, 3).entries())
    await one.vote(election, Buffer.from([8, ...options.map((_, on) => ((on + at) % 7) + 1)]));
  await facilitator.act("poll.close", { id: election.poll });
  await facilitator.act("poll.reveal", { id: election.poll });
  await facilitator.act("meeting.show", { id: led.id, what: "result", poll: election.poll });
  // They take turns, from the first on, the verdict beside them; each has its votes, as large as any figure.
  const shown = screen.get("screen-options").locator("li");
  /** Read at once: the next part may take its turn at any moment. */
  const part = () =>
    page.evaluate(() => [
      document.querySelector<HTMLElement>('[data-test="screen-part"]')?.innerText,
      document.querySelectorAll('[data-test="screen-options"] li').length,
      document.querySelectorAll('[data-test="screen-options"] li .count').length,
    ]);
  for (const one of [
    ["1–4 sur 7", 4, 4],
    ["5–7 sur 7", 3, 3],
  ]) {
    await becomes(part, one);
    await looks("result");
    await screen.get("screen-sentence").waitFor();
    await page.keyboard.press("ArrowRight");
  }
  await turnsAlone(page.url());
  // Of seven without figures, where their order is all there is: all of them.
  const order = await openInMeeting(
    { ...led, items },
    { kind: "election", method: "schulze", options, params: { seats: 1 } },
  );
  for (const one of people.slice(0, 3))
    await one.vote(order, Buffer.from([8, ...options.map((_, at) => at + 1)]));
  await facilitator.act("poll.close", { id: order.poll });
  await facilitator.act("poll.reveal", { id: order.poll });
  await facilitator.act("meeting.show", { id: led.id, what: "result", poll: order.poll });
  await becomes(() => shown.count(), 7);
  await looks("result");
  await becomes(() => screen.get("screen-valid").innerText(), "3");
  assert.equal(await screen.get("screen-part").count(), 0);
  // Of grades: the middle one of each, in words, from the best.
  const grades = ["À rejeter", "Bien", "Excellent"].map((fr) => ({ fr, nl: fr, en: fr }));
  const three = { method: "majority-judgment", options: options.slice(0, 3), params: { grades } };
  const judged = await openInMeeting({ ...led, items }, three);
  const given = [
    [0, 1, 2],
    [0, 2, 2],
    [1, 1, 0],
  ];
  for (const [at, one] of people.slice(0, 3).entries())
    await one.vote(judged, Buffer.from([6, ...(given[at] ?? [])]));
  await facilitator.act("poll.close", { id: judged.poll });
  await facilitator.act("poll.reveal", { id: judged.poll });
  await facilitator.act("meeting.show", { id: led.id, what: "result", poll: judged.poll });
  await becomes(
    () => screen.get("screen-grade").allInnerTexts(),
    ["Excellent", "Bien", "À rejeter"],
  );
  await looks("result");
  // Of five candidates with long names: whole, over as many lines as they need.
  const long = options.slice(0, 5).map(({ id, label }) => {
    const name = `Marie-Christine ${label.fr}-Van den Bergh de Saint-Hubert, de la ferme`;
    return { id, label: { fr: name, nl: name, en: name } };
  });
  const board = await openInMeeting(
    { ...led, items },
    { kind: "election", method: "stv-scottish", options: long, params: { seats: 2 } },
  );
  for (const one of people.slice(0, 3)) await one.vote(board, Buffer.from([8, 1, 2, 3, 4, 5]));
  await facilitator.act("poll.close", { id: board.poll });
  await facilitator.act("poll.reveal", { id: board.poll });
  await facilitator.act("meeting.show", { id: led.id, what: "result", poll: board.poll });
  await becomes(() => screen.get("screen-part").innerText(), "1–2 sur 5");
  await looks("result");
  const cut = await page
    .locator(".option-name")
    .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length);
  assert.equal(cut, 0);
  await facilitator.act("meeting.show", { id: led.id, what: "result", poll: poll.poll });
  await page.locator('[data-test="screen-answers"]').waitFor();
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
  const newest = async () => {
    const note = parseNote(await (await fetch(`${server.origin}/log/checkpoint`)).text());
    return [String(note.size), (await fourWords(note)).join(" ")];
  };
  const seal = () =>
    screen.get("screen-seal").evaluate((one) => [one.dataset.size, one.lastChild?.textContent]);
  await becomes(async () => isDeepStrictEqual(await seal(), await newest()), true);

  // The server is gone: that is said (unit/web/wake: within five seconds), and no figure looks live; it comes back by itself.
  await page.evaluate(() => Object.assign(globalThis, { sameHere: true }));
  await server.kill();
  await screen.get("screen-age").waitFor();
  await screen.picture("screen-stale-1920");
  await becomes(() => faults(screen), []);
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

  // The end: its code opens nothing any more, nor does its session, and what is said last stays.
  const leader = Object.assign(facilitator, { server: again });
  await leader.act("meeting.end", { id: led.id });
  await face(screen, "ended");
  await page.evaluate(
    async (body) => {
      const headers = { "Content-Type": "application/json", "X-Palabre-CSRF": "1" };
      await fetch("/rpc", { method: "POST", headers, body });
    },
    JSON.stringify(request("session.leave", {})),
  );
  await page.locator('html[data-connection="down"]').waitFor();
  await looks("ended");
  assert.equal(await screen.get("screen-age").count(), 0);
  await face(screen, "ended");
  const unexpected = screen.complaints.filter(
    (line) => !/ERR_CONNECTION|WebSocket|Failed to fetch|status of (400|401|404|422)/.test(line),
  );
  assert.deepEqual(unexpected, []);
  await screen.close();
});
