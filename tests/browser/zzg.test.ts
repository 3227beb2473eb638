import { test } from "node:test";
import { closeAfterTests, linkFor, Visitor } from "../harness/browser.ts";
import { newStage } from "../harness/stage.ts";
import { newId } from "../harness/people.ts";
closeAfterTests();
test("look", { timeout: 120000 }, async () => {
  const stage = await newStage();
  const { server, admin, members } = stage;
  const [a, b, c] = members as any;
  const g1 = newId(), g2 = newId();
  await a.act("group.create", { id: g1, language: "fr", name: "Atelier vélo", purpose: "Réparer ensemble, le samedi, et prêter les outils.", names: { nl: "Fietsatelier" } });
  await b.act("group.create", { id: g2, language: "fr", name: "Prêt d'outils", purpose: "", parent: g1 });
  await b.act("group.join", { id: g1 });
  await a.act("group.invite", { id: g1, member: c.id });
  await a.act("proposal.submit", { id: newId(), language: "fr", title: "Une pompe à vélo dans la rue", need: "Il n'y en a pas.", text: "", themes: [], group: g1 });
  await a.act("poll.define", { id: newId(), kind: "straw", question: { fr: "Samedi ou dimanche ?", nl: "Zaterdag of zondag?", en: "Saturday?" }, method: "yes-no", mode: "named", electorate: { kind: "group", ids: [g1] } });
  await admin.act("org.update", { settings: { vote_days: 14, themes: [{ key: "a", label: { fr: "Accueil", nl: "Onthaal" } }, { key: "b", label: { fr: "Bricolage" }, retired: true }] } });
  for (const [language, width] of [["fr", 360], ["nl", 1280]] as const) {
    const v = await Visitor.arrive(language, width, 800);
    await v.join(server.origin, await linkFor(server, width === 360 ? "Voyageur" : "Reiziger", width === 360 ? [] : ["admin","facilitator"]), language);
    for (const [path, page] of [["/g", "groups"], ["/g/1", "group"], ["/g/new", "group-new"], ["/settings", "settings"], ["/v/new?group=1", "poll-new"], ["/m", "members"]] as const) {
      await v.open(server.origin + path, page);
      await v.page.waitForTimeout(500);
      await v.page.screenshot({ path: `/tmp/gl/${language}-${page}.png`, fullPage: true });
    }
    console.log(language, v.complaints.join("\n"));
  }
});

