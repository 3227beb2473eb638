// The demonstration as a newcomer meets it: enter by a printed link, find the open vote on the first page, answer it, see
// the receipt. The picture of it stands in the README.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { closeAfterTests, Visitor, without } from "../harness/browser.ts";
import { endServer, must, Server, scratch } from "../harness/program.ts";

closeAfterTests();

test("a member of the demo votes", { skip: without ?? false }, async () => {
  const folder = join(scratch(), "demo");
  await must("demo", folder);
  const server = new Server(folder);
  after(() => endServer(server));
  await server.start();
  const lines = (await must("demo", folder, "--links", "--origin", server.origin))
    .trim()
    .split("\n");
  const links = new Map(lines.map((line) => [line.split("\t")[0], line.split("\t")[2] ?? ""]));
  assert.deepEqual([...links.keys()], ["admin", "facilitator", "member"]);

  const member = await Visitor.arrive("en", 1280, 860);
  await member.join(server.origin, links.get("member") ?? "", "en");
  const open = member.page.locator('a[href^="/v/"]', { hasText: "four welcome evenings" });
  await open.first().click();
  await member.page.locator('main[data-page="poll"]').waitFor();
  await member.get("choice-yes").click();
  await member.get("sign-ballot").click();
  await member.get("receipt").first().waitFor();
  await member.settled();
  const colours = await member.page.evaluate(() =>
    [document.querySelector('[data-test="vote-card"]'), document.body].map(
      (element) => element && getComputedStyle(element).color,
    ),
  );
  assert.equal(colours[0], colours[1], "a recorded ballot reads like the rest of the page");
  await member.page.evaluate(() => scrollTo(0, 0));
  await member.picture("screenshot");
  assert.deepEqual(member.complaints, []);
  await member.close();
});
