// Receipts and seals on a network that loses answers: nothing that was recorded is lost, nothing waits for what does not come,
// and no network is taken for a forged record.
import assert from "node:assert/strict";
import { after, mock, test } from "node:test";
import { answer, rest } from "./fakes";
import { growth, sealed, seeded, vkeyOf } from "./record";
import { absent, vectors } from "./vectors";
import { decodeBallot } from "../../../web/src/ballot/ballot";
import { toBase64Url, utf8 } from "../../../web/src/ballot/bytes";
import { castBallot } from "../../../web/src/ballot/cast";
import { parseVkey } from "../../../web/src/ballot/checkpoint";
import { advance, checkRecord, ready } from "../../../web/src/ballot/history";
import { checkReceipt } from "../../../web/src/ballot/receipt";
import { receipts } from "../../../web/src/ballot/receipts";
import { alarm, recall, seal } from "../../../web/src/ballot/record";
import { leafHash } from "../../../web/src/ballot/tree";
import { voter } from "../../../web/src/ballot/voter";
import { waiting } from "../../../web/src/sync/outbox";
import { connect, connection, disconnect } from "../../../web/src/sync/socket";

const leaves = await Promise.all([0, 1, 2, 3, 4, 5].map((at) => leafHash(utf8(`entry ${at}`))));
const origin = "essais/log/1";
const signer = await seeded(1);
const sealOf = (size: number) => sealed(origin, signer, leaves.slice(0, size));
/** What a proof is refused for; "": it is given. */
let refusal = "";
let receipt = "";
answer(async ({ method, params }) => {
  if (method === "ballot.cast") return { result: { receipt } };
  if (refusal) return { reason: refusal };
  const { from, to } = params as { from: number; to: number };
  const hashes = await growth(leaves.slice(0, to), from);
  return { result: { hashes: hashes.map(toBase64Url) } };
});
/** What is asked for beside the connection: answered when the test says so, or never. */
let fetched: { note: (text: string) => void; signal: AbortSignal };
Object.assign(globalThis, {
  fetch: (_path: string, { signal }: { signal: AbortSignal }) =>
    new Promise((done, fail) => {
      const note = (text: string) => done({ ok: true, text: async () => text });
      fetched = { note, signal };
      signal.addEventListener("abort", () => fail(new Error("aborted")));
    }),
});
mock.timers.enable({ apis: ["setTimeout"] });
connect(async () => {});
after(disconnect);
await rest();
assert.equal(connection.value.state, "up");

let orgs = 0;
/** A device that is new to the record, and has seen so much of it. */
async function meet(size: number): Promise<void> {
  refusal = "";
  await recall(`org ${orgs++}`, await vkeyOf(origin, signer));
  await ready();
  await advance(await sealOf(size));
}
const why = () => alarm.value?.why;
const until = async (is: () => boolean) => {
  while (!is()) await rest();
};

test("a receipt that cannot be checked yet is not lost, and its ballot not offered again", async (t) => {
  const one = vectors<{ vkey: string; file: string }>("receipt.json");
  if (!one) return t.skip(absent("receipt.json"));
  const { tbs, poll } = await checkReceipt(one.file, await parseVkey(one.vkey));
  voter.value = decodeBallot(tbs).onBehalfOf;
  receipt = one.file;
  // Nothing is known of the record yet by which it could be checked.
  castBallot({ poll, tbs, sig: new Uint8Array(64), note: undefined });
  await rest();
  assert.deepEqual([waiting.value.length, receipts.value.size], [1, 0]);
  await recall("org of the vectors", one.vkey);
  mock.timers.tick(2_000);
  await until(() => waiting.value.length === 0);
  assert.equal(receipts.value.get(poll)?.checked, true);
  assert.equal(why(), undefined);
});

test("a seal that does not come holds no receipt up, and is given up", async () => {
  await meet(1);
  const looked = assert.rejects(checkRecord());
  await rest();
  await advance(await sealOf(3));
  assert.equal(seal.value?.size, 3);
  assert.equal(fetched.signal.aborted, false);
  mock.timers.tick(10_000);
  await looked;
  assert.equal(why(), undefined);
});

test("a seal that was on its way while a receipt brought a newer one is no step back; one smaller than was known is", async () => {
  await meet(2);
  for (const [size, expected] of [
    [3, undefined],
    [4, "smaller"],
  ] as const) {
    const looked = checkRecord();
    await rest();
    await advance(await sealOf(5));
    fetched.note((await sealOf(size)).note);
    await looked;
    assert.equal(why(), expected, `${size} of 5`);
    assert.equal(seal.value?.size, 5);
  }
});

test("a proof that is refused because of the record is an alarm; because of the session or the server, another try", async () => {
  for (const [reason, expected] of [
    ["session.expired", undefined],
    ["storage.failed", undefined],
    ["log.bad_range", "inconsistent"],
  ] as const) {
    await meet(2);
    const looked = checkRecord();
    await rest();
    refusal = reason;
    fetched.note((await sealOf(4)).note);
    if (expected) await looked;
    else await assert.rejects(looked, { reason });
    assert.equal(why(), expected, reason);
    assert.equal(seal.value?.size, 2, "nothing is believed without it");
  }
});
