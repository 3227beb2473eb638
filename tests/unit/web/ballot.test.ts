// The client's ballot code against the reference vectors: definitions, choices, ballots, enrolment,
// notes, receipts (each byte flipped), checkpoints and their consistency.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeBallot,
  encodeBallot,
  enrolmentBody,
  hashNote,
} from "../../../web/src/ballot/ballot";
import {
  type Bytes,
  concat,
  fromBase64,
  fromHex,
  idText,
  toHex,
  utf8,
} from "../../../web/src/ballot/bytes";
import {
  type Choice,
  decodeChoice,
  encodeChoice,
  type Form,
  isChoice,
  noGrade,
} from "../../../web/src/ballot/choice";
import { decodeDefinition, wordingIn } from "../../../web/src/ballot/definition";
import { isGoodKey, signerFromSeed, verify } from "../../../web/src/ballot/ed25519";
import { sha256 } from "../../../web/src/ballot/hash";
import { checkConsistency, checkInclusion } from "../../../web/src/ballot/tree";
import { openCheckpoint, parseVkey, ReceiptError } from "../../../web/src/ballot/checkpoint";
import { checkReceipt } from "../../../web/src/ballot/receipt";
import { decodeYesNo, encodeYesNo, type YesNo } from "../../../web/src/ballot/yes-no";
import { absent, sharedVectors, vectors } from "./vectors";

interface PollVector {
  definition: string;
  poll_hash: string;
  poll: string;
  mode: number;
  flags: number;
  closes_ms: number;
  roll_count: number;
  rule: { name: string; maj: number[]; quo: number[]; tie: number };
  classes: string[];
  about: { id: string; hash: string }[];
  options: { id: string }[] | string[];
  languages: { code: string; question: string; explanation: string; labels: string[] }[];
}

test("definitions decode to what was encoded", async (t) => {
  const polls = vectors<{ polls: PollVector[] }>("polls.json")?.polls;
  if (!polls) return t.skip(absent("polls.json"));
  for (const poll of polls) {
    const bytes = fromHex(poll.definition);
    const decoded = decodeDefinition(bytes);
    assert.equal(toHex(await sha256(bytes)), poll.poll_hash);
    assert.equal(decoded.poll, poll.poll);
    assert.equal(decoded.mode, poll.mode);
    assert.equal(decoded.flags, poll.flags);
    assert.equal(decoded.closesMs, poll.closes_ms);
    assert.equal(decoded.rollCount, poll.roll_count);
    assert.equal(decoded.rule.name, poll.rule.name);
    assert.equal(decoded.rule.tie, poll.rule.tie);
    assert.deepEqual(decoded.classes, poll.classes);
    assert.equal(decoded.options.length, poll.options.length);
    for (const wording of poll.languages) {
      assert.equal(wordingIn(decoded, wording.code).question, wording.question);
      assert.equal(wordingIn(decoded, wording.code).explanation, wording.explanation);
    }
  }
});

test("a definition cut short, made longer or with an unclean text is refused", (t) => {
  const polls = vectors<{ polls: PollVector[] }>("polls.json")?.polls;
  if (!polls) return t.skip(absent("polls.json"));
  for (const poll of polls) {
    const bytes = fromHex(poll.definition);
    for (let size = 0; size < bytes.length; size++)
      assert.throws(() => decodeDefinition(bytes.slice(0, size)));
    assert.throws(() => decodeDefinition(concat(bytes, new Uint8Array(1))));
    const at = bytes.lastIndexOf(utf8("?")[0] ?? 0);
    const dirty = bytes.slice();
    dirty[at] = 0x07;
    assert.throws(() => decodeDefinition(dirty));
  }
});

test("choices are accepted and refused as the reference says", (t) => {
  type Case = Omit<Form, "options"> & {
    name: string;
    options: number;
    costs: number[];
    cases: { choice: string; accepted: boolean }[];
  };
  const all = vectors<Case[]>("choices.json");
  if (!all) return t.skip(absent("choices.json"));
  for (const one of all) {
    const options = Array.from({ length: one.options }, (_, at) => ({ cost: one.costs[at] ?? 0 }));
    for (const { choice, accepted } of one.cases) {
      const what = `${one.name} ${choice}`;
      const form = { ...one, options };
      assert.equal(isChoice(fromHex(choice), form), accepted, what);
      // What is read is written as it was.
      const read = decodeChoice(fromHex(choice), form);
      assert.equal(read !== null, accepted, what);
      if (read) assert.equal(toHex(encodeChoice(read, form) ?? fromHex("")), choice, what);
    }
  }
});

test("a choice of each form is written as the record wants it, or not at all", () => {
  const plain = { flags: 0, min: 0, max: 0, grades: 0, points: 0, cap: 0, budget: 0 };
  const of = (form: number, options: number, more: Partial<Form> = {}): Form => ({
    ...{ ...plain, form, options: Array.from({ length: options }, () => ({ cost: 0 })), ...more },
  });
  const written = (choice: Choice, form: Form) => {
    const bytes = encodeChoice(choice, form);
    return bytes && toHex(bytes);
  };
  const marks = (...chosen: number[]) => Array.from({ length: 9 }, (_, at) => chosen.includes(at));
  const several = of(5, 9, { min: 1, max: 2 });
  const ranking = of(8, 3, { min: 1, max: 3 });
  const points = of(7, 2, { points: 300, cap: 300 });
  assert.equal(written({ form: 2, value: 2 }, of(2, 0)), "0202");
  assert.equal(written({ form: 3, value: 3 }, of(3, 0)), "0303");
  assert.equal(written({ form: 4, value: 2 }, of(4, 3)), "040002");
  assert.equal(written({ form: 5, marks: marks(0, 8) }, several), "050101");
  assert.equal(written({ form: 6, grades: [noGrade, 0, 4] }, of(6, 3, { grades: 5 })), "06ff0004");
  assert.equal(written({ form: 7, points: [44, 256] }, points), "07002c0100");
  assert.equal(written({ form: 8, ranks: [0, 2, 1] }, ranking), "08000201");
  assert.equal(written({ form: 0 }, of(8, 3, { flags: 2, min: 1, max: 3 })), "00");
  const refused: [Choice, Form][] = [
    [{ form: 0 }, of(4, 3)],
    [{ form: 1 }, of(4, 3, { flags: 2 })],
    [{ form: 4, value: 3 }, of(4, 3)],
    [{ form: 5, marks: marks() }, several],
    [{ form: 5, marks: marks(0, 1, 2) }, several],
    [{ form: 6, grades: [noGrade, noGrade] }, of(6, 2, { grades: 5 })],
    [{ form: 7, points: [300, 1] }, points],
    [{ form: 7, points: [-1, 1] }, points],
    [{ form: 7, points: [70_000, 1] }, of(7, 2, { points: 60_000, cap: 60_000 })],
    [{ form: 8, ranks: [1, 1, 0] }, ranking],
    [{ form: 8, ranks: [1, 3, 0] }, ranking],
  ];
  for (const [choice, form] of refused)
    assert.equal(encodeChoice(choice, form), null, JSON.stringify(choice));
});

test("the four answers of a yes-no vote", () => {
  const expected: Record<YesNo, string> = { yes: "0201", no: "0202", abstain: "01", blank: "00" };
  for (const [answer, bytes] of Object.entries(expected)) {
    assert.equal(toHex(encodeYesNo(answer as YesNo)), bytes);
    assert.equal(decodeYesNo(fromHex(bytes)), answer);
  }
  for (const bytes of ["", "02", "0200", "0203", "020100", "03"])
    assert.equal(decodeYesNo(fromHex(bytes)), null);
});

interface BallotVector {
  poll: string;
  voter: string;
  on_behalf_of: string;
  device_seed: string;
  device_pk: string;
  mandate: string;
  counter: number;
  weight: number;
  nonce: string;
  seen_size: number;
  seen_root: string;
  note: string;
  choice: string;
  tbs: string;
  sig: string;
}

test("ballots are encoded byte for byte, decode back, and their signatures are good", async (t) => {
  const file = vectors<{ ballots: BallotVector[] }>("ballots.json");
  const keys = vectors<{ organisation?: string; org?: string }>("keys.json");
  if (!file || !keys) return t.skip(absent("ballots.json"));
  for (const one of file.ballots) {
    const tbs = fromHex(one.tbs);
    const decoded = decodeBallot(tbs);
    const built = encodeBallot({
      org: decoded.org,
      poll: one.poll,
      pollHash: decoded.pollHash,
      voter: one.voter,
      onBehalfOf: one.on_behalf_of,
      mandate: fromHex(one.mandate),
      pk: fromHex(one.device_pk),
      counter: one.counter,
      weight: one.weight,
      nonce: fromHex(one.nonce),
      seenSize: one.seen_size,
      seenRoot: fromHex(one.seen_root),
      note: fromHex(one.note),
      choice: fromHex(one.choice),
    });
    assert.equal(toHex(built), one.tbs);
    assert.equal(toHex(decoded.choice), one.choice);
    assert.equal(decoded.voter.replace(/-/g, ""), one.voter);
    const [pk, sig] = [fromHex(one.device_pk), fromHex(one.sig)];
    for (const points of [false, true]) {
      assert.equal(await verify(pk, tbs, sig, points), true);
      const other = tbs.slice();
      other[60] = (other[60] ?? 0) ^ 1;
      assert.equal(await verify(pk, other, sig, points), false);
    }
    const signer = await signerFromSeed(fromHex(one.device_seed));
    assert.equal(toHex(signer.pk), one.device_pk);
    assert.equal(toHex(await signer.sign(tbs)), one.sig);
    for (let size = 0; size < tbs.length; size++)
      assert.throws(() => decodeBallot(tbs.slice(0, size)));
  }
});

test("notes hash as the reference says", async (t) => {
  const file = vectors<{ notes: { text: string; salt: string; [key: string]: string }[] }>(
    "ballots.json",
  );
  if (!file) return t.skip(absent("ballots.json"));
  assert.ok(file.notes.length > 0);
  for (const note of file.notes) {
    const hash = toHex(await hashNote(fromHex(note.salt), note.text));
    assert.ok(Object.values(note).includes(hash));
  }
});

test("enrolment: body, proof, and the keys that must be refused", async (t) => {
  const one = vectors<{
    org: string;
    member: string;
    device_seed: string;
    pk: string;
    body: string;
    proof: string;
    bad_keys: { why: string; pk: string }[];
  }>("enrolment.json");
  if (!one) return t.skip(absent("enrolment.json"));
  const pk = fromHex(one.pk);
  const body = enrolmentBody(idText(fromHex(one.org)), idText(fromHex(one.member)), pk);
  assert.equal(toHex(body), one.body);
  const signer = await signerFromSeed(fromHex(one.device_seed));
  assert.equal(toHex(await signer.sign(body)), one.proof);
  assert.equal(await isGoodKey(pk), true);
  for (const bad of one.bad_keys) assert.equal(await isGoodKey(fromHex(bad.pk)), false, bad.why);
});

interface ReceiptVector {
  seq: number;
  vkey: string;
  file: string;
  expected: { index: number; size: number; counter: number };
}

test("a good receipt is accepted and says what it says", async (t) => {
  const one = vectors<ReceiptVector>("receipt.json");
  if (!one) return t.skip(absent("receipt.json"));
  const key = await parseVkey(one.vkey);
  const receipt = await checkReceipt(one.file, key);
  assert.equal(receipt.seq, one.expected.index);
  assert.equal(receipt.checkpoint.size, one.expected.size);
  assert.equal(decodeBallot(receipt.tbs).counter, one.expected.counter);
  await checkReceipt(one.file, key, receipt.tbs);
  const other = receipt.tbs.slice();
  other[200] = (other[200] ?? 0) ^ 1;
  await refused(one.file, key, "receipt.not_mine", other);
  const elsewhere = { ...key, origin: "elsewhere.example/log/1" };
  await refused(one.file, elsewhere, "receipt.wrong_log");
});

async function refused(
  file: string,
  key: Awaited<ReturnType<typeof parseVkey>>,
  reason?: string,
  signed?: Bytes,
): Promise<void> {
  await assert.rejects(checkReceipt(file, key, signed), (error) => {
    assert.ok(error instanceof ReceiptError, String(error));
    if (reason) assert.equal(error.reason, reason);
    return true;
  });
}

test("a receipt with any one bit changed is refused", async (t) => {
  const one = vectors<ReceiptVector>("receipt.json");
  if (!one) return t.skip(absent("receipt.json"));
  const key = await parseVkey(one.vkey);
  const bytes = utf8(one.file);
  for (let at = 0; at < bytes.length; at++) {
    const flipped = bytes.slice();
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
    await refused(new TextDecoder().decode(flipped), key);
  }
});

interface CheckpointVectors {
  vkey: string;
  checkpoints: { size: number; root: string; note: string }[];
}

test("checkpoints open; a changed one does not", async (t) => {
  const file = vectors<CheckpointVectors>("checkpoints.json");
  if (!file) return t.skip(absent("checkpoints.json"));
  const key = await parseVkey(file.vkey);
  for (const one of file.checkpoints) {
    const open = await openCheckpoint(one.note, key);
    assert.equal(open.size, one.size);
    assert.equal(toHex(open.root), one.root);
    await assert.rejects(openCheckpoint(one.note.replace(`\n${one.size}\n`, "\n9\n"), key));
    await assert.rejects(openCheckpoint(`${one.note}\n`, key));
  }
});

test("consistency between sizes, and nothing else", async (t) => {
  const file = vectors<{
    roots: { size: number; root: string }[];
    consistency?: { from: number; to: number; hashes?: string[]; proof?: string[] }[];
  }>("events.json");
  if (!file?.consistency) return t.skip(absent("events.json"));
  const roots = Object.fromEntries(file.roots.map(({ size, root }) => [size, root]));
  for (const one of file.consistency) {
    const proof = (one.hashes ?? one.proof ?? []).map(fromHex);
    const [old, now] = [fromHex(roots[one.from] ?? ""), fromHex(roots[one.to] ?? "")];
    assert.equal(await checkConsistency(one.from, old, one.to, now, proof), true);
    assert.equal(await checkConsistency(one.from, now, one.to, now, proof), false);
    assert.equal(await checkConsistency(one.from, old, one.to, now, proof.slice(1)), false);
  }
});

test("the RFC 6962 proof files", async (t) => {
  const { readdirSync, readFileSync, existsSync } = await import("node:fs");
  const { join, resolve } = await import("node:path");
  const shared = process.env.PALABRE_SHARED ?? resolve(import.meta.dirname, "../../../../shared");
  const folder = join(shared, "vectors/merkle");
  if (!existsSync(folder)) return t.skip(absent("merkle"));
  interface Probe {
    [key: string]: unknown;
    proof: string[] | null;
    wantErr: boolean;
  }
  const text = (value: unknown) => fromBase64(typeof value === "string" ? value : "");
  let count = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".json")) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const probe = JSON.parse(readFileSync(path, "utf8")) as Probe;
    const proof = (probe.proof ?? []).map(fromBase64);
    const good = path.includes("/inclusion/")
      ? await checkInclusion(
          text(probe.leafHash),
          Number(probe.leafIdx),
          Number(probe.treeSize),
          proof,
          text(probe.root),
        )
      : await checkConsistency(
          Number(probe.size1),
          text(probe.root1),
          Number(probe.size2),
          text(probe.root2),
          proof,
        );
    assert.equal(good, !probe.wantErr, path);
    count++;
  }
  t.diagnostic(`vectors: merkle proofs in the client ${count}`);
});

test("Ed25519: the cases that tell strict verifiers from lax ones", async (t) => {
  const text = sharedVectors("ed25519/wycheproof-ed25519.json");
  if (!text) return t.skip(absent("ed25519"));
  interface Groups {
    testGroups: {
      publicKey: { pk: string };
      tests: { tcId: number; msg: string; sig: string; result: string }[];
    }[];
  }
  for (const group of (JSON.parse(text) as Groups).testGroups) {
    const pk = fromHex(group.publicKey.pk);
    for (const one of group.tests) {
      const sig = fromHex(one.sig);
      for (const points of [false, true]) {
        const good = await verify(pk, fromHex(one.msg), sig, points);
        assert.equal(good, one.result === "valid", `case ${one.tcId}`);
      }
    }
  }
});
