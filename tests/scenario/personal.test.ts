// Personal documents over the wire: their owner's connections get them live and after a cut; nobody else
// ever does, and the words stand nowhere but in the store.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newHall, newId, newProposal, type Person, post, request } from "../harness/people.ts";
import { check, serveNew } from "../harness/program.ts";
import type { Data } from "../harness/wire.ts";

const server = await serveNew();
const { admin, facilitator, members } = await newHall(server, 3);
const [first, second, third] = members as [Person, Person, Person];
const canary = "perroquet-violet-4711";
const draft = (text: string) => ({ object: "new", field: "proposal-text", text });

test("all connections of a member follow; a position costs only what changed", async () => {
  const phone = await first.socket();
  const laptop = await first.socket();
  const here = await phone.watch("personal");
  const there = await laptop.watch("personal");
  const before = there.seq;
  await first.act("draft.save", draft("Une phrase"));
  await phone.until("here", () => here.all("draft").length === 1);
  await laptop.until("there", () => there.all("draft").length === 1);
  assert.equal(there.one("draft").text, "Une phrase");
  phone.close();
  await first.act("draft.save", draft("Une phrase de plus"));
  await laptop.until("goes on", () => there.one("draft").text === "Une phrase de plus");
  const back = await first.socket();
  const answer = await back.call("feed.subscribe", {
    topics: { personal: before },
    epoch: first.epoch,
  });
  assert.equal(answer.topics[0].full, false);
  assert.equal(answer.topics[0].docs.length, 1);
  await first.act("draft.save", draft(""));
  await laptop.until("is gone", () => there.all("draft").length === 0);
  back.close();
  laptop.close();
});

test("a draft reaches nobody else, no log, no other file, no answer", async () => {
  const others = await Promise.all([second, admin, facilitator].map((one) => one.socket()));
  const heard: string[] = [];
  for (const socket of others) {
    for (const topic of ["org", "proposals", "tasks", "decisions", "me", "personal"])
      heard.push(JSON.stringify([...(await socket.watch(topic)).documents.values()]));
  }
  await first.act("draft.save", draft(`${canary} un`));
  await first.act("draft.save", { object: newId(), field: "comment", text: `${canary} deux` });
  const { id } = await newProposal(first, "Une cabane");
  for (const socket of others)
    await socket.until("the card", () => socket.topics.get("proposals")?.one("proposal_card", id));
  for (const socket of others) {
    for (const topic of socket.topics.values()) heard.push(JSON.stringify(topic.frames));
    socket.close();
  }
  for (const one of [second, admin]) {
    heard.push(JSON.stringify(await one.call("proposal.list", { text: canary })));
    heard.push(JSON.stringify(await one.call("notification.list", {})));
  }
  for (const text of heard) assert.ok(!text.includes(canary), text);
  assert.ok(!server.log.includes(canary));
  const files = readdirSync(server.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "data.mdb")
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  assert.ok(files.length > 2, files.join());
  for (const name of files) assert.ok(!readFileSync(name).includes(canary), name);
});

test("it is still there after a restart, and the record does not know it", async () => {
  const checkpoint = await server.checkpoint();
  await first.act("read.mark", { on: { kind: "proposal", id: newId() }, upto: 3 });
  await first.act("preferences.set", { off: ["reaction"] });
  assert.equal(await server.checkpoint(), checkpoint);
  await server.stop();
  await check(server.folder);
  await server.start();
  const socket = await first.socket();
  const personal = await socket.watch("personal");
  assert.equal(personal.all("draft").length, 2);
  assert.equal(personal.all("read_mark").length, 1);
  assert.deepEqual(personal.one("preferences").off, ["reaction"]);
  socket.close();
});

test("a lively writer keeps the right to act, and the other way round", async () => {
  // At once: what comes back meanwhile is nothing beside it.
  const saves = Array.from({ length: 150 }, (_, n) =>
    request("draft.save", { ...draft(`Phrase ${n}`), command: newId() }),
  );
  const answers: Data[] = JSON.parse((await post(server, third.cookie, saves)).text);
  const limited = answers.filter((one) => one.error?.data.reason === "rate.limited").length;
  assert.ok(limited > 0, "saves are limited");
  const cookie = third.cookie;
  for (let n = 0; n < 20; n++) await third.call("session.get");
  assert.equal(third.cookie, cookie, "and commands are not used up by them");
});
