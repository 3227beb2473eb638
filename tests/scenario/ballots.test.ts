// The acceptance list of ballots over the wire: each line with its reason, in its order, nothing written.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, test } from "node:test";
import {
  counted,
  eventually,
  makeReady,
  newHall,
  newId,
  newPerson,
  newProposal,
  openPoll,
  type Person,
  type PollInfo,
  pollParams,
} from "../harness/people.ts";
import { endServer, initFolder, Server, serveNew } from "../harness/program.ts";
import {
  abstain,
  type Ballot,
  base64url,
  blank,
  Device,
  makeNote,
  no,
  readReceipt,
  tag,
  yes,
} from "../harness/record.ts";
import { type Data, refused } from "../harness/wire.ts";

const server = await serveNew();
const { admin, facilitator, members } = await newHall(server, 6);
const [voter, other, late] = members as [Person, Person, Person];
await voter.enrol();
await other.enrol();
const proposal = await makeReady(other, facilitator);
const poll = await openPoll(facilitator, [proposal.id], { params: { flags: ["blank"] } });
const observer = await newPerson(server, "Olivia Observe", ["observer"]);

/** The ballot, changed so, must be refused with this reason, and leave the record as it was. */
async function refuses(reason: string, change: Partial<Ballot>, device?: Device) {
  const before = await server.checkpoint();
  const { params } = voter.sign(poll, change, device ?? voter.device);
  const error = await refused(voter.call("ballot.cast", params), reason);
  assert.equal(error?.code, -32000);
  assert.equal(await server.checkpoint(), before, `${reason}: nothing is written`);
}

test("ballot.malformed: tag, length, choice", async () => {
  await refuses("ballot.malformed", { tag: tag("open-ballou") });
  await refuses("ballot.malformed", { choice: Buffer.alloc(0) });
  const { params, tbs } = voter.sign(poll);
  for (const bytes of [tbs.subarray(0, 280), tbs.subarray(0, -1), Buffer.concat([tbs, yes])]) {
    const sig = base64url(voter.device?.sign(bytes) ?? Buffer.alloc(64));
    const sent = voter.call("ballot.cast", { ...params, tbs: base64url(bytes), sig });
    await refused(sent, "ballot.malformed");
  }
});

test("ballot.bad_signature: another key, changed bytes, S too large", async () => {
  const { params, tbs } = voter.sign(poll);
  const good = Buffer.from(params.sig, "base64url");
  const swapped = base64url(other.device?.sign(tbs) ?? Buffer.alloc(64));
  const flipped = Buffer.from(good);
  flipped[3] = (flipped[3] ?? 0) ^ 1;
  const large = Buffer.from(good);
  large[63] = (large[63] ?? 0) | 0xe0;
  for (const sig of [swapped, base64url(flipped), base64url(large), base64url(Buffer.alloc(64))])
    await refused(voter.call("ballot.cast", { ...params, sig }), "ballot.bad_signature");
  const turned = Buffer.from(tbs);
  turned[tbs.length - 1] = 2;
  const sent = voter.call("ballot.cast", { ...params, tbs: base64url(turned) });
  await refused(sent, "ballot.bad_signature");
});

test("ballot.wrong_org, ballot.wrong_poll", async () => {
  await refuses("ballot.wrong_org", { org: newId() });
  await refuses("ballot.wrong_poll", { poll: newId() });
});

test("poll.not_open before the opening, poll.unknown for none", async () => {
  const draft = pollParams([(await newProposal(voter)).id], { kind: "straw" });
  await voter.act("poll.define", draft);
  const info: PollInfo = { ...poll, poll: draft.id, pollHash: randomBytes(32) };
  const early = voter.sign(info);
  await refused(voter.call("ballot.cast", early.params), "poll.not_open");
  const nowhere = voter.sign({ ...info, poll: newId() });
  const error = voter.call("ballot.cast", nowhere.params);
  await assert.rejects(error, /poll\.(unknown|not_open)/);
});

test("ballot.wrong_definition", () =>
  refuses("ballot.wrong_definition", { pollHash: randomBytes(32) }));

test("key.unknown, key.wrong_member, key.revoked", async () => {
  const stranger = new Device();
  await refuses("key.unknown", { pk: stranger.pk }, stranger);
  await refuses("key.wrong_member", { pk: other.device?.pk ?? stranger.pk }, other.device);
  await voter.call("device.enrol", stranger.enrolment(voter.org, voter.id));
  await voter.act("device.revoke", { pk: base64url(stranger.pk), reason: "lost" });
  await refuses("key.revoked", { pk: stranger.pk }, stranger);
});

test("ballot.not_on_roll: a member who came after the opening", async () => {
  const newcomer = await newPerson(server, "Nina Nouvelle");
  await newcomer.enrol();
  const { params } = newcomer.sign(poll);
  await refused(newcomer.call("ballot.cast", params), "ballot.not_on_roll");
  const mine = await newcomer.call("ballot.mine", { poll: poll.poll });
  assert.equal(mine.eligible, false);
  assert.match(mine.reason, /^(late|not_on_roll)$/);
});

test("ballot.mine says why one may not vote", async () => {
  const mine = await observer.call("ballot.mine", { poll: poll.poll });
  assert.deepEqual([mine.eligible, mine.reason], [false, "observer"]);
  const keyless = await late.call("ballot.mine", { poll: poll.poll });
  assert.equal(keyless.reason, "no_key");
});

test("mandate.not_allowed: on behalf of another, or naming a mandate", async () => {
  await refuses("mandate.not_allowed", { onBehalfOf: other.id });
  await refuses("ballot.not_on_roll", { onBehalfOf: newId() });
});

test("ballot.wrong_weight", async () => {
  await refuses("ballot.wrong_weight", { weight: 2 });
  await refuses("ballot.wrong_weight", { weight: 0 });
});

test("ballot.counter_jump and ballot.stale_counter", async () => {
  await refuses("ballot.counter_jump", { counter: 102 });
  await refuses("ballot.stale_counter", { counter: 0 });
  const cast = await voter.vote(poll, yes, { counter: 100 });
  assert.ok(cast.seq > 0);
  await refuses("ballot.stale_counter", { counter: 100, choice: no });
  await refuses("ballot.stale_counter", { counter: 99 });
  await refuses("ballot.counter_jump", { counter: 201 });
});

test("ballot.unknown_history: a record that is not this one", async () => {
  await refuses("ballot.unknown_history", { seenSize: 5, seenRoot: randomBytes(32) });
  await refuses("ballot.unknown_history", { seenSize: 1_000_000, seenRoot: randomBytes(32) });
  const { checked } = await voter.vote(poll, no);
  const { size, root } = checked.checkpoint;
  await voter.vote(poll, yes, { seenSize: size, seenRoot: root });
});

test("ballot.bad_choice: forms and values that this vote does not have", async () => {
  const bad = ["0203", "0200", "02", "020101", "01", "0301", "040000", "0500", "0001", "ff"];
  for (const choice of bad)
    await refuses("ballot.bad_choice", { choice: Buffer.from(choice, "hex") });
  await refuses("ballot.bad_choice", { choice: abstain });
  await voter.vote(poll, blank);
});

test("ballot.bad_note: a reason that does not fit", async () => {
  await refuses("ballot.bad_note", { note: randomBytes(32) });
  const { hash, note } = makeNote("Parce que le quartier en a besoin.");
  const cast = async (change: Partial<Ballot>, sent: object) =>
    voter.call("ballot.cast", { ...voter.sign(poll, change).params, ...sent });
  await refused(cast({}, { note }), "ballot.bad_note");
  await refused(
    cast({ note: hash }, { note: { ...note, text: "Autre chose" } }),
    "ballot.bad_note",
  );
  const { params, tbs } = voter.sign(poll, { note: hash });
  const answer = await voter.call("ballot.cast", { ...params, note });
  readReceipt(answer.receipt, voter.vkey, tbs);
  const mine = await voter.call("ballot.mine", { poll: poll.poll });
  assert.equal(mine.ballot.note.text, note.text);
});

test("ballot.already_cast: a vote that takes one ballot each", async () => {
  const once = await openPoll(voter, [(await newProposal(voter)).id], {
    kind: "straw",
    revote: false,
  });
  await voter.vote(once, yes);
  const { params } = voter.sign(once, { choice: no });
  await refused(voter.call("ballot.cast", params), "ballot.already_cast");
  const stale = voter.sign(once, { counter: 1 });
  await refused(voter.call("ballot.cast", stale.params), "ballot.already_cast");
});

test("the order of the checks: the first that fails is named", async () => {
  const wrong = { org: newId(), weight: 9, counter: 5000, choice: Buffer.from([9]) };
  await refuses("ballot.wrong_org", wrong);
  await refuses("ballot.wrong_definition", { ...wrong, org: voter.org, pollHash: randomBytes(32) });
  await refuses("ballot.wrong_weight", { ...wrong, org: voter.org });
  await refuses("ballot.counter_jump", { ...wrong, org: voter.org, weight: 1 });
});

test("the signature decides whose ballot it is, not the session that brings it", async () => {
  const { params, tbs } = other.sign(poll, { choice: no });
  const answer = await admin.call("ballot.cast", params);
  readReceipt(answer.receipt, other.vkey, tbs);
  const mine = await other.call("ballot.mine", { poll: poll.poll });
  assert.equal(mine.ballot.seq, answer.seq);
});

test("two devices at once: the second is told, and nothing is lost", async () => {
  const phone = await late.enrol();
  const laptop = await late.enrol();
  const both = await Promise.allSettled([
    late.call("ballot.cast", late.sign(poll, { pk: phone.pk }, phone).params),
    late.call("ballot.cast", late.sign(poll, { pk: laptop.pk, choice: no }, laptop).params),
  ]);
  assert.equal(both.filter((one) => one.status === "fulfilled").length, 1);
  const lost = both.find((one) => one.status === "rejected");
  assert.match(String(lost?.reason), /ballot\.stale_counter/);
});

test("poll.closed after the close; poll.cancelled ones take none either", async () => {
  await facilitator.act("poll.close", { id: poll.poll });
  await eventually("closed", async () => {
    const { doc } = await voter.call("poll.get", { id: poll.poll });
    return doc.state !== "open";
  });
  await refuses("poll.closed", { counter: 150 });
  const straw = await openPoll(voter, [(await newProposal(voter)).id], { kind: "straw" });
  await facilitator.act("poll.cancel", { id: straw.poll, reason: "Mal posée" });
  await refused(voter.call("ballot.cast", voter.sign(straw).params), "poll.closed");
});

test("a secret vote is not offered; a confidential one needs five voters", async () => {
  const { id } = await makeReady(voter, facilitator, "Un secret");
  const secret = pollParams([id], { mode: "secret" });
  await refused(facilitator.act("poll.define", secret), "poll.mode_unavailable");
  const small = new Server(await initFolder());
  after(() => endServer(small));
  await small.start();
  const few = await newHall(small, 2);
  const author = few.members[0] as Person;
  const idea = await makeReady(author, few.facilitator);
  const define = pollParams([idea.id], { mode: "confidential" });
  const opened = async () => {
    await few.facilitator.act("poll.define", define);
    return few.facilitator.act("poll.open", { id: define.id });
  };
  await refused(opened(), "poll.too_few_for_confidential");
});

test("a draft is replaced only by who has seen it; a wish for confidential ballots leaves it as it was", async () => {
  const params = pollParams([]);
  const { id } = params;
  const read = async () => (await voter.call("poll.get", { id })).doc;
  const define = (change: object) => facilitator.act("poll.define", { ...params, ...change });
  const { seq: base } = await define({});
  await voter.act("poll.ask_confidential", { id, on: true });
  const wished = await read();
  assert.deepEqual([wished.drafted, wished.rev > base], [base, true]);
  const { seq: second } = await define({ base, revote: false });
  await refused(define({ base }), "conflict");
  const { drafted, revote, asked_confidential } = await read();
  assert.deepEqual([drafted, revote, asked_confidential], [second, false, 1]);
  await define({ base: (await read()).rev });
  await define({});
  await facilitator.act("poll.open", { id });
  await refused(define({ base: (await read()).rev }), "conflict");
});

test("a counting method that is not there yet is refused by name", async () => {
  const budget = pollParams([(await newProposal(voter)).id], { kind: "straw", method: "pb-mes" });
  await refused(voter.act("poll.define", budget), "poll.method_unavailable");
});

const named = (label: string) => ({ id: newId(), label: { fr: label, nl: label, en: label } });

test("a vote on options: ballots of its form alone, and a result that its voters can check", async () => {
  const options = ["Pain", "Tarte", "Pizza"].map(named);
  const approval = await openPoll(voter, [(await newProposal(voter)).id], {
    ...{ kind: "straw", method: "approval", options, params: { max: 2 } },
  });
  const bad = ["0507", "0508", "0500", "040000", "0201", "05"];
  for (const choice of bad) {
    const { params } = voter.sign(approval, { choice: Buffer.from(choice, "hex") });
    await refused(voter.call("ballot.cast", params), "ballot.bad_choice");
  }
  await voter.vote(approval, Buffer.from("0503", "hex"));
  await other.vote(approval, Buffer.from("0506", "hex"));
  await voter.act("poll.close", { id: approval.poll });
  const doc = await counted(voter, approval.poll);
  assert.deepEqual([doc.result.scores, doc.result.winners], [[1, 2, 1], [1]]);
  assert.match(doc.result.sentence.fr, /Tarte/);
  const { items } = await late.call("ballot.list", { poll: approval.poll });
  const bytes = items.map((item: Data) => Buffer.from(item.bytes, "base64url").toString("hex"));
  assert.deepEqual(bytes.toSorted(), ["0503", "0506"]);
  assert.deepEqual(items[0].choice, "options");
});

test("in a named consent the voters read the reason of an objection; in a confidential one nobody", async () => {
  for (const mode of ["named", "confidential"]) {
    const kind = { kind: "straw", method: "consent", mode };
    const consent = await openPoll(voter, [(await newProposal(voter)).id], kind);
    const { hash, note } = makeNote("Trop de fumée.");
    const { params } = voter.sign(consent, { choice: Buffer.from("0303", "hex"), note: hash });
    await voter.call("ballot.cast", { ...params, note });
    await voter.act("poll.close", { id: consent.poll });
    const doc = await counted(voter, consent.poll);
    assert.deepEqual([doc.result.verdict, doc.result.objection], ["not_adopted", 1]);
    const list = late.call("ballot.list", { poll: consent.poll });
    if (mode === "confidential") await refused(list, "right.missing");
    else {
      const [item] = (await list).items;
      assert.deepEqual([item.choice, item.reason], ["objection", note.text]);
    }
  }
});
