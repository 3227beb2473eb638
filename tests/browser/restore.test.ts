// A server dies after its backup and is restored. A device that saw what is lost says so in red, keeps the proof, and lets
// its person vote again once they have looked; a device that saw no more follows without a word.
import assert from "node:assert/strict";
import { writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { makeReady, newHall, openPoll, type Person } from "../harness/people.ts";
import { endServer, initFolder, must, Server, scratch } from "../harness/program.ts";

closeAfterTests();
const skip = without ?? false;

const card = (one: Visitor, state: string) =>
  one.page.locator(`[data-test="vote-card"][data-state="${state}"]`).waitFor();
async function vote(one: Visitor, choice: string, state: string): Promise<void> {
  await one.get(`choice-${choice}`).check();
  await one.get("sign-ballot").click();
  await card(one, state);
  await one.page.locator('[data-test="receipt"][data-checked="yes"]').waitFor();
  await one.settled();
}

test("vote, backup, vote again, kill, restore: one is told what was lost, the other follows", {
  skip,
}, async () => {
  const place = scratch();
  const server = new Server(await initFolder());
  after(() => endServer(server));
  await server.start();
  const { facilitator, members } = await newHall(server, 1);
  const [ann, ben] = [await Visitor.arrive("en", 390, 844), await Visitor.arrive("fr", 390, 844)];
  await ann.join(server.origin, await linkFor(server, "Ann"), "en");
  await ben.join(server.origin, await linkFor(server, "Ben"), "fr");
  const { id } = await makeReady(members[0] as Person, facilitator);
  await openPoll(facilitator, [id]);
  const show = (one: Visitor) => one.open(`${server.origin}/v/1`, "poll");
  await show(ben);
  await vote(ben, "yes", "recorded");
  await show(ann);
  await vote(ann, "yes", "recorded");
  await ben.page.goto("about:blank");

  const backup = join(place, "backup");
  await must("backup", server.folder, backup);
  await ann.get("change-vote").click();
  await vote(ann, "no", "changed");
  await ann.page.goto("about:blank");
  await server.kill();
  const folder = join(place, "restored");
  const key = join(place, "ledger.key");
  writeFileSync(key, readFileSync(join(server.folder, "ledger.key")), { mode: 0o600 });
  await must("restore", backup, folder, "--key", key, "--keep-sessions");
  const restored = new Server(folder, { port: server.port });
  after(() => endServer(restored));
  await restored.start();

  await show(ben);
  await card(ben, "recorded");
  assert.equal(await ben.get("alarm").count(), 0, "nothing that this device saw is lost");
  await ben.get("change-vote").click();
  await vote(ben, "no", "changed");

  await show(ann);
  await ann.get("alarm").waitFor();
  assert.match(await ann.get("alarm").innerText(), /restored from a backup/);
  await card(ann, "alarm");
  assert.equal(await ann.get("receipt").count(), 0, "no green sentence");
  await ann.picture("restored");
  const download = ann.page.waitForEvent("download");
  await ann.get("alarm-save").click();
  const file = await (await download).createReadStream();
  let evidence = "";
  for await (const part of file) evidence += String(part);
  assert.match(evidence, /^lost\n[\s\S]*\/log\/1\n\d+\n[\s\S]*\/log\/1\n\d+\n/);
  await ann.open(`${server.origin}/v/1`, "poll");
  await ann.get("alarm").waitFor();
  await ann.get("alarm-looked").click();
  await card(ann, "recorded");
  await ann.get("change-vote").click();
  await vote(ann, "no", "changed");
  assert.equal(await ann.get("alarm").count(), 0);
  for (const one of [ann, ben]) {
    assert.deepEqual(
      one.complaints.filter((line) => !/ERR_CONNECTION|WebSocket/.test(line)),
      [],
    );
    await one.close();
  }
});
