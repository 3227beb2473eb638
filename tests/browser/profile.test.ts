// The page of a member in a browser, at 360 pixels: profile, address, roles with their history, leaving.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, closeAfterTests, linkFor, Visitor, without } from "../harness/browser.ts";
import { newHall, newProposal, type Person } from "../harness/people.ts";
import { serveNew } from "../harness/program.ts";

if (without) test("members in Chromium", { skip: without }, () => {});
else {
  closeAfterTests();
  const server = await serveNew();
  const { admin, members } = await newHall(server, 3);
  const [first, second] = members as [Person, Person, Person];

  const arrive = async (name: string, roles: string[], language = "fr", width = 360) => {
    const visitor = await Visitor.arrive(language, width, 800);
    await visitor.join(server.origin, await linkFor(server, name, roles), language);
    return visitor;
  };

  test("a profile, found by what one can do; the address shown only when one wishes", async () => {
    const visitor = await arrive("Inès", []);
    await visitor.get("nav-me").click();
    await visitor.get("profile-edit").click();
    await visitor.get("profile-skills").fill("Réparer des vélos, cuisiner");
    await visitor.get("profile-email").fill("ines@example.org");
    await visitor.get("profile-save").click();
    await visitor.page.getByText("Réparer des vélos").waitFor();
    const reader = await arrive("Lecteur", []);
    await reader.open(`${server.origin}/m`, "members");
    await reader.get("members-search").fill("VELOS");
    const row = reader.get("member-row").filter({ hasText: "Inès" });
    await row.waitFor();
    await row.locator("a").first().click();
    await reader.page.locator('main[data-page="member"]').waitFor();
    assert.equal(await reader.get("member-email").count(), 0);
    assert.equal(await reader.get("manage").count(), 0);
    await visitor.get("profile-edit").click();
    await visitor.get("profile-shows-email").check();
    await visitor.get("profile-save").click();
    await reader.get("member-email").waitFor();
    assert.deepEqual(await axe(reader.page), []);
    assert.deepEqual(await axe(visitor.page), []);
    assert.equal(await reader.overflow(), 0);
    await reader.close();
    await visitor.open(`${server.origin}/p/new`, "proposal-new");
    await visitor.get("proposal-title").fill("Une cabane à outils");
    await visitor.open(`${server.origin}/me`, "me");
    await visitor.get("my-draft").filter({ hasText: "Une cabane à outils" }).waitFor();
    await visitor.close();
  });

  test("roles given and undone stand in the history; the last administrator stays", async () => {
    const visitor = await arrive("Gérante", ["admin"]);
    const { doc } = await admin.call("member.get", { id: second.id });
    await visitor.open(`${server.origin}/m/${doc.number}`, "member");
    const undo = await visitor.undoOf(() => visitor.get("role-secretary").click());
    const steps = visitor.page.locator('[data-test="member-step"][data-what="roles"]');
    await steps.first().waitFor();
    await undo.click();
    await steps.nth(1).waitFor();
    await visitor.page.locator('[data-test="role-secretary"][aria-pressed="false"]').waitFor();
    assert.deepEqual(await axe(visitor.page), []);
    assert.equal(await visitor.overflow(), 0);
    await visitor.close();
  });

  test("leaving: somebody is asked to take over, the goodbye stays", async () => {
    const visitor = await arrive("Blanche", []);
    const { items } = await admin.call("member.list", { text: "Blanche", limit: 1 });
    const blanche = items[0];
    const proposal = await newProposal(first, "Un composteur");
    const task = {
      ...{ language: "fr", title: "Tourner le compost", result: "", assignees: [blanche.id] },
      from: { kind: "proposal", id: proposal.id },
    };
    await first.create("task.create", task);
    await visitor.open(`${server.origin}/me`, "me");
    await visitor.get("member-leave").click();
    await visitor.get("leave-task").waitFor();
    await visitor.get("leave-find").fill(first.name);
    await visitor.get("leave-find-choose").first().click();
    await visitor.get("leave-goodbye").fill("Gardez ma tasse.");
    assert.deepEqual(await axe(visitor.page), []);
    assert.equal(await visitor.overflow(), 0);
    await visitor.get("leave-confirm").click();
    await visitor.page.locator('main[data-page="join"]').waitFor();
    const { doc } = await admin.call("member.get", { id: blanche.id });
    assert.equal(doc.status, "left");
    assert.equal(doc.goodbye.text, "Gardez ma tasse.");
    const works = await admin.call("member.works", { id: first.id });
    assert.ok(works.tasks.some((one: { title: string }) => one.title === "Tourner le compost"));
    await visitor.close();
  });
}
