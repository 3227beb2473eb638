// Somebody who leaves traces everywhere, and a search for them in every byte of a folder.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { attach } from "./files.ts";
import {
  counted,
  newHall,
  newId,
  newPerson,
  newProposal,
  openPoll,
  type Person,
  request,
} from "./people.ts";
import type { Server } from "./program.ts";
import { makeNote, no, readReceipt, yes } from "./record.ts";
import { httpRequest, Refused, readAnswer, refused } from "./wire.ts";

/** A word nobody else uses, with a letter that JSON may escape and folding changes. */
export const canary = "Zörblaxine";
const name = `${canary} Quirinus`;

/** Every form in which the word may stand in a file. */
function forms(): Buffer[] {
  const found: Buffer[] = [];
  const texts = [canary, canary.toLowerCase(), "zorblaxin", "Zorblaxin", "Z\\u00f6rblaxin"];
  for (const text of texts) found.push(Buffer.from(text));
  found.push(Buffer.from(canary, "utf16le"));
  for (const before of ["", "a", "ab"]) {
    // The middle of the base64 form: its ends depend on what stands around it.
    const encoded = Buffer.from(before + canary).toString("base64");
    found.push(Buffer.from(encoded.slice(4, -4)));
  }
  return found;
}

/** The files under the folder in which the word stands, in any form; payloads of an export are decoded. */
export function traces(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true }) as string[]) {
    const path = join(folder, entry);
    if (entry.toLowerCase().includes("rblaxin")) found.push(`name of ${entry}`);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    const parts = [bytes];
    if (entry.endsWith("events.ndjson")) {
      for (const line of bytes.toString().split("\n").filter(Boolean))
        for (const part of Object.values(JSON.parse(line)))
          if (typeof part === "string") parts.push(Buffer.from(part, "base64"));
    }
    if (forms().some((form) => parts.some((part) => part.includes(form)))) found.push(entry);
  }
  return found;
}

export type Lived = {
  admin: Person;
  secretary: Person;
  facilitator: Person;
  person: Person;
  other: Person;
  poll: string;
  result: unknown;
  proposal: string;
  /** Comments by others: one names the person, one does not. */
  naming: string;
  silent: string;
  receipt: { text: string; tbs: Buffer };
  file: string;
  /** An access token of the person. */
  token: string;
};

/** A member whose word stands in name, address, profile, proposal, comment, to-do, file, note, report and draft. */
export async function live(server: Server): Promise<Lived> {
  const { admin, facilitator, members } = await newHall(server, 2);
  const [other, second] = members as [Person, Person];
  const secretary = await newPerson(server, "Sam Secrétaire", ["secretary"]);
  const person = await newPerson(server, name, [], { email: `${canary}@example.org` });
  await person.act("member.update", {
    id: person.id,
    skills: [canary],
    introduction: { language: "fr", text: `Je suis ${canary}` },
  });
  const { id } = await newProposal(person, `Un four de ${canary}`, canary, canary);
  const on = { kind: "proposal", id };
  const bytes = Buffer.from(`Le devis de ${canary}\n`);
  const { sha256 } = await attach(person, on, `devis ${canary}.txt`, bytes);
  await facilitator.act("proposal.mark", { id, state: "discussed" });
  await person.act("proposal.mark", { id, state: "ready" });
  const voters = [person, other, second];
  for (const voter of voters) await voter.enrol();
  const poll = await openPoll(facilitator, [id]);
  const { hash, note } = makeNote(`${canary} n'en veut pas`);
  const signed = person.sign(poll, { choice: no, note: hash });
  await person.call("ballot.cast", { ...signed.params, note });
  const cast = other.sign(poll, { choice: yes });
  const { receipt } = await other.call("ballot.cast", cast.params);
  await second.vote(poll, yes);
  await facilitator.act("poll.close", { id: poll.poll });
  const { result } = await counted(other, poll.poll);
  await person.create("comment.post", { language: "fr", on, text: `${canary} l'a dit` });
  const naming = await other.create("comment.post", {
    ...{ language: "fr", on },
    text: "Demandez à Quirinus",
  });
  const silent = await other.create("comment.post", { language: "fr", on, text: "Bonne idée" });
  await person.act("comment.react", { id: naming.id, reaction: "thanks", on: true });
  await person.create("task.create", {
    ...{ language: "fr", title: `${canary} peint`, result: canary },
    ...{ from: on, assignees: [other.id] },
  });
  await person.act("report.make", {
    on: { kind: "comment", id: silent.id },
    reason: `${canary} se plaint`,
  });
  await person.act("draft.save", { object: "new/proposal", field: "text", text: canary });
  const script = { id: newId(), name: `Le script de ${canary}`, scopes: ["read"], days: 30 };
  const { token } = await person.act("token.create", script);
  const found = await other.call("search.find", { text: "zorblaxine" });
  assert.ok(found.items.length > 3, "found by the search");
  return {
    ...{ admin, secretary, facilitator, person, other, poll: poll.poll, result, proposal: id },
    ...{ naming: naming.id, silent: silent.id, receipt: { text: receipt, tbs: cast.tbs } },
    file: sha256,
    token,
  };
}

/** What a script of the person is answered. */
async function asScript({ person, token }: Lived) {
  const { server } = person;
  const headers = { authorization: `Bearer ${token}`, host: new URL(server.origin).host };
  const json = request("session.get", {});
  return readAnswer(await httpRequest({ port: server.port, path: "/rpc", headers, json }));
}

/** What must be as before, and what is said of the person now. */
export async function stillTrue(lived: Lived): Promise<void> {
  const { other, secretary } = lived;
  const { doc: poll } = await other.call("poll.get", { id: lived.poll });
  assert.deepEqual(poll.result, lived.result, "the count");
  readReceipt(lived.receipt.text, other.vkey, lived.receipt.tbs);
  const { doc: proposal } = await other.call("proposal.get", { id: lived.proposal });
  assert.equal(proposal.title, "[…]");
  assert.deepEqual(proposal.authors, [{ id: lived.person.id, name: "" }]);
  const { items } = await other.call("search.find", { text: "zorblaxine" });
  assert.deepEqual(items, [], "the search");
  const named = await other.call("search.find", { text: "Quirinus" });
  assert.deepEqual(
    named.items.map((item: { id: string }) => item.id),
    [lived.naming],
  );
  await assert.rejects(lived.person.call("session.get"), Refused);
  await refused(asScript(lived), "session.none");
  const topics = await (await secretary.socket()).call("feed.subscribe", {
    topics: { erasures: 0 },
  });
  const [erasure] = topics.topics[0].docs;
  assert.equal(erasure.id, lived.person.id);
  assert.deepEqual(
    erasure.named.map((text: { id: string }) => text.id),
    [lived.naming],
  );
}
