// Search and resemblance in a large organisation, against the program: among 10,000 proposals those that say the same in
// other words are found, and pages follow each other without a gap.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, test } from "node:test";
import { manyProposals } from "../harness/many.ts";
import { newPerson } from "../harness/people.ts";
import { endServer, initFolder, must, Server } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";

const pairs: [string, string][] = [
  ["Une crèche parentale dans l'ancienne poste", "Créche de parents à l'ancienne poste"],
  ["Des jumelages avec trois coopératives galloises", "Jumelage avec une coopérative galloise"],
  ["Orchestre ambulant du dimanche matin", "Un orchestre ambulent le dimanche"],
];
const source = manyProposals(
  10_000,
  pairs.map(([there]) => there),
);
const folder = await initFolder();
await must("import", folder, "--format", "decide-madrid", source);
rmSync(source, { recursive: true });
const server = await new Server(folder).start();
after(() => endServer(server));
const reader = await newPerson(server, "Pilar");

test("among 10,000 proposals the one that says the same is the first", async () => {
  for (const [there, typed] of pairs) {
    const { items } = await reader.call("proposal.alike", {
      title: typed,
      need: "",
      language: "fr",
    });
    assert.equal((items as Data[])[0]?.title, there, typed);
    assert.ok(items.length <= 5);
    const others = { title: typed, need: "", language: "fr", not: items[0].id };
    const rest = (await reader.call("proposal.alike", others)).items as Data[];
    assert.ok(rest.every((card) => card.title !== there));
  }
});

test("nothing resembles what is new", async () => {
  const asked = { title: "Xylophones zurichois", need: "", language: "fr" };
  assert.deepEqual((await reader.call("proposal.alike", asked)).items, []);
});

test("pages of results follow each other: nothing twice, nothing missing, the best first", async () => {
  const seen = new Map<string, number>();
  let after: string | undefined;
  let last = Number.POSITIVE_INFINITY;
  do {
    const asked = { text: "reparer potagers", limit: 50, ...(after ? { after } : {}) };
    const { items, next } = await reader.call("search.find", asked);
    for (const one of items as Data[]) {
      assert.ok(one.score <= last);
      last = one.score;
      seen.set(one.id, one.score);
    }
    after = next;
  } while (after);
  const { items } = await reader.call("search.find", { text: "réparer potager", limit: 50 });
  assert.ok(seen.size > 50 && items.length === 50);
  for (const one of items as Data[]) assert.ok(seen.has(one.id));
});

test("a number leads to the thing, a rare word to the one that has it", async () => {
  const { items } = await reader.call("search.find", { text: "numero 4321 potager" });
  assert.ok((items as Data[]).every((one) => /4321/.test(one.title.text)));
  const rare = await reader.call("search.find", { text: "galloise jumelage" });
  assert.deepEqual(
    (rare.items as Data[]).map((one) => one.title.text),
    [pairs[1]?.[0]],
  );
});
