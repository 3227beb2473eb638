// Networks that break WebSockets: everything works over requests and polls, and the WebSocket comes back.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { axe, becomes, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { planMeeting, startMeeting } from "../harness/meeting.ts";
import { newHall, newId, newProposal, openPoll, type Person, request } from "../harness/people.ts";
import { endServer, freePort, initFolder, Server } from "../harness/program.ts";
import { Relay } from "../harness/relay.ts";

closeAfterTests();
const skip = without ?? false;
const port = await freePort();
const server = new Server(skip ? "" : await initFolder(), {
  origins: [`http://127.0.0.1:${port}`],
});
after(() => endServer(server));
if (!skip) await server.start();
const relay = await Relay.start(port, () => server.port);
after(() => relay.stop());
const { facilitator, members } = skip
  ? { facilitator: {} as Person, members: [] }
  : await newHall(server, 2);
const [author] = members as [Person];
const stats = async () => JSON.parse((await server.controlGet("/stats")).text);

test("a network that refuses WebSockets: enter, vote, and see what another person does", {
  skip,
}, async () => {
  relay.upgrades = "refuse";
  const proposal = await newProposal(author, "Une fontaine");
  const visitor = await Visitor.arrive("fr", 390, 844);
  await visitor.join(server.origin, await linkFor(server, "Rosa"), "fr");
  assert.equal((await stats()).connections, 0, "no WebSocket stands");
  const vote = await openPoll(facilitator, [], { closes: Date.now() + 864e5 });
  const card = (await author.call("poll.get", { id: vote.poll })).doc;
  await visitor.open(`${server.origin}/v/${card.number}`, "poll");
  await visitor.get("choice-yes").check();
  await visitor.get("sign-ballot").click();
  await visitor.get("receipt").waitFor();
  await visitor.open(`${server.origin}/p/${proposal.number}`, "proposal");
  const banner = visitor.page.locator('.connection[role="status"]');
  // Where a page took its time, it has said for a moment that it is up to date.
  await becomes(async () => (await banner.innerText()).trim(), "", "nothing alarming");
  const on = { kind: "proposal", id: proposal.id };
  const row = (text: string) => visitor.get("comment").filter({ hasText: text });
  await visitor.get("comment-text").fill("Écrit sans WebSocket");
  await visitor.get("comment-send").click();
  await row("Écrit sans WebSocket").waitFor();
  await author.create("comment.post", { language: "fr", on, text: "Vu en direct" });
  await visitor.get("new-comments").or(row("Vu en direct")).first().waitFor();
  // The network lets WebSockets through again: the page finds out and goes back.
  relay.upgrades = "pass";
  await visitor.page.evaluate(() => window.dispatchEvent(new Event("online")));
  await becomes(
    async () => {
      const { connections, polls } = await stats();
      return { takesOver: connections > 0, polls };
    },
    { takesOver: true, polls: 0 },
  );
  await visitor.connected();
  await author.create("comment.post", { language: "fr", on, text: "De nouveau par WebSocket" });
  await visitor.get("new-comments").or(row("De nouveau")).first().waitFor();
  await visitor.close();
});

test("a big screen without WebSockets says at the end that the meeting is over, and goes on saying it", {
  skip,
}, async () => {
  relay.upgrades = "refuse";
  const led = await startMeeting(await planMeeting(facilitator, ["Un", "Deux"]));
  const { code } = await facilitator.act("meeting.screen", { id: led.id });
  const screen = await Visitor.arrive("fr", 1280, 720);
  const { page } = screen;
  const face = (name: string) => page.locator(`[data-page="screen"][data-face="${name}"]`);
  await page.goto(`${server.origin}/screen#${code}`);
  await face("item").waitFor();
  await becomes(async () => (await stats()).connections, 0, "no WebSocket stands");
  await facilitator.act("meeting.end", { id: led.id });
  await face("ended").waitFor();
  // Its session is over, too: nothing more is heard, and the hall still reads it.
  const body = JSON.stringify(request("session.leave", {}));
  const headers = { "Content-Type": "application/json", "X-Palabre-CSRF": "1" };
  await page.request.post(`${server.origin}/rpc`, {
    headers: { ...headers, Origin: server.origin },
    data: body,
  });
  await page.locator('html[data-connection="down"]').waitFor();
  assert.equal(await face("ended").count(), 1);
  relay.upgrades = "pass";
  await screen.close();
});

test("a half-broken Wi-Fi: WebSockets open, and their frames are swallowed", { skip }, async () => {
  relay.upgrades = "swallow";
  relay.asked = 0;
  relay.askedBeforePolls = undefined;
  const proposal = await newProposal(author, "Un banc");
  const visitor = await Visitor.arrive("nl", 390, 844);
  visitor.page.setDefaultTimeout(40_000);
  await visitor.join(server.origin, await linkFor(server, "Bram"), "nl");
  assert.equal(relay.askedBeforePolls, 3, "three tries");
  const before = relay.asked;
  // The next page of the same visit does not wait for three tries: one is made beside.
  await visitor.open(`${server.origin}/p/${proposal.number}`, "proposal");
  assert.ok(relay.asked < before + 3, `${relay.asked - before} tries`);
  const on = { kind: "proposal", id: proposal.id };
  await author.create("comment.post", { language: "fr", on, text: "Toch gezien" });
  const row = visitor.get("comment").filter({ hasText: "Toch gezien" });
  await visitor.get("new-comments").or(row).first().waitFor();
  relay.upgrades = "pass";
  await visitor.close();
});

test("an access token: made, shown once, used by a script, revoked", { skip }, async () => {
  relay.upgrades = "pass";
  const visitor = await Visitor.arrive("fr", 390, 844);
  await visitor.join(server.origin, await linkFor(server, "Anouk"), "fr");
  await visitor.open(`${server.origin}/me/devices`, "devices");
  await visitor.get("token-name").fill("Une copie chaque nuit");
  assert.equal(await visitor.get("token-scope-admin").count(), 0, "offices she holds alone");
  await visitor.get("token-create").click();
  const token = await visitor.get("token-shown").inputValue();
  assert.deepEqual(await axe(visitor.page), []);
  assert.ok((await visitor.overflow()) <= 0);
  const use = async () => {
    const answer = await fetch(`${server.origin}/rpc`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "session.get" }),
    });
    return ((await answer.json()) as { result?: { name: string } }).result?.name;
  };
  assert.equal(await use(), "Anouk");
  await visitor.get("token-kept").click();
  await visitor.get("token-shown").waitFor({ state: "detached" });
  await visitor.get("token").filter({ hasText: "Une copie chaque nuit" }).waitFor();
  await visitor.get("token-revoke").click();
  await visitor.get("token-revoke-confirm").click();
  await visitor.get("token").waitFor({ state: "detached" });
  await visitor.settled();
  assert.equal(await use(), undefined);
  await visitor.close();
});

test("administration revokes a member's token on their page", { skip }, async () => {
  relay.upgrades = "pass";
  const days = { id: newId(), name: "Une vieille copie", scopes: ["read"], days: 30 };
  const { token } = await author.act("token.create", days);
  const use = async () => {
    const answer = await fetch(`${server.origin}/rpc`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "session.get" }),
    });
    return ((await answer.json()) as { result?: { member: string } }).result?.member;
  };
  assert.equal(await use(), author.id);
  const page = `${server.origin}/m/${author.id}`;
  const other = await Visitor.arrive("nl", 390, 844);
  await other.join(server.origin, await linkFor(server, "Geen beheer", ["secretary"]), "nl");
  await other.open(page, "member");
  await other.get("manage").waitFor();
  assert.equal(await other.get("token").count(), 0, "administration alone");
  await other.close();
  const visitor = await Visitor.arrive("nl", 390, 844);
  await visitor.join(server.origin, await linkFor(server, "Beheer", ["admin"]), "nl");
  await visitor.open(page, "member");
  await visitor.get("token").filter({ hasText: "Une vieille copie" }).waitFor();
  assert.equal(await visitor.get("token-create").count(), 0, "only to be ended");
  await visitor.get("token-revoke").click();
  assert.deepEqual(await axe(visitor.page), []);
  assert.ok((await visitor.overflow()) <= 0);
  assert.equal(await use(), author.id, "asking is not doing");
  await visitor.get("token-revoke-confirm").click();
  await visitor.get("token").waitFor({ state: "detached" });
  await visitor.settled();
  assert.equal(await use(), undefined);
  await visitor.close();
});
