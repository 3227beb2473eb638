// Following a record into a new epoch: silently where the old key vouches for it and nothing seen is lost,
// never otherwise. The records are small trees made here, with keys made here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { growth, path, root, sealed, seeded, vkeyOf } from "./record";
import {
  type Bytes,
  concat,
  Malformed,
  tag,
  toBase64,
  u8,
  u32,
  u64,
  utf8,
} from "../../../web/src/ballot/bytes";
import type { Signer } from "../../../web/src/ballot/ed25519";
import { judgeEpoch } from "../../../web/src/ballot/epoch";
import { sha256 } from "../../../web/src/ballot/hash";
import { leafHash } from "../../../web/src/ballot/tree";
import { type Checkpoint, type LogKey, parseVkey } from "../../../web/src/ballot/checkpoint";

const [oldKey, newKey] = (await Promise.all([seeded(1), seeded(2)])) as [Signer, Signer];
const origin = "essais/log/1";
const next = "essais/log/2";
const key: LogKey = await parseVkey(await vkeyOf(origin, oldKey));

type Change = {
  number?: number;
  name?: string;
  sealer?: Signer;
  sealName?: string;
  commit?: Bytes;
};
const before = await Promise.all(
  Array.from({ length: 6 }, (_, at) => leafHash(utf8(`entry ${at}`))),
);
/** A record of six entries and the event behind them; the proof that log.epoch answers. */
async function restored(change: Change = {}) {
  const name = change.name ?? next;
  const payload = concat(
    u32(change.number ?? 2),
    concat(u8(0), u8(name.length), utf8(name)),
    newKey.pk,
    u8(2),
    await root(before),
    u64(0),
    new Uint8Array(32),
  );
  const salt = new Uint8Array(32).fill(7);
  const commitment = change.commit ?? (await sha256(tag("commit"), salt, u8(21), payload));
  const leaf = concat(u8(1), u8(21), u64(1000), new Uint8Array(16), u8(0), commitment);
  const leaves = [...before, await leafHash(leaf)];
  const seal = await sealed(change.sealName ?? origin, change.sealer ?? oldKey, leaves);
  const hashes = (await path(leaves, 6)).map((hash) => `${toBase64(hash)}\n`).join("");
  const extra = toBase64(concat(leaf, salt, payload));
  const file = `c2sp.org/tlog-proof@v1\nextra ${extra}\nindex 6\n${hashes}\n${seal.note}`;
  return { file, prove: (from: number) => growth(leaves, from) };
}
const seen = (size: number): Promise<Checkpoint> => sealed(origin, oldKey, before.slice(0, size));

test("the old key vouches and nothing seen is lost: followed, to the key that the event names", async () => {
  const { file, prove } = await restored();
  for (const last of [null, await seen(1), await seen(4), await seen(6)]) {
    const judged = await judgeEpoch(file, key, last, prove);
    assert.ok("follow" in judged, JSON.stringify(judged));
    assert.equal(judged.follow.vkey, await vkeyOf(next, newKey));
    assert.equal(judged.follow.seq, 6);
    assert.deepEqual([judged.follow.seal.origin, judged.follow.seal.size], [next, 7]);
  }
});

test("more was seen than the restored record holds: lost, whoever vouches", async () => {
  const more = await Promise.all([0, 1, 2].map((at) => leafHash(utf8(`lost ${at}`))));
  const last = await sealed(origin, oldKey, [...before, ...more]);
  for (const sealer of [oldKey, newKey]) {
    const { file, prove } = await restored({ sealer });
    const judged = await judgeEpoch(file, key, last, prove);
    assert.ok("why" in judged);
    assert.equal(judged.why, "lost");
    assert.equal(judged.epoch.seq, 6, "entries 6, 7 and 8 are gone");
  }
});

test("nobody vouches: the key has changed", async () => {
  for (const change of [{ sealer: newKey }, { sealer: newKey, sealName: next }]) {
    const { file, prove } = await restored(change);
    const judged = await judgeEpoch(file, key, await seen(3), prove);
    assert.equal("why" in judged && judged.why, "key-changed");
  }
});

test("another history under the old key: not followed", async () => {
  const { file, prove } = await restored();
  const other = await Promise.all([0, 1, 2].map((at) => leafHash(utf8(`other ${at}`))));
  const judged = await judgeEpoch(file, key, await sealed(origin, oldKey, other), prove);
  assert.equal("why" in judged && judged.why, "inconsistent");
  const cheated = await judgeEpoch(file, key, await seen(3), async () => []);
  assert.equal("why" in cheated && cheated.why, "inconsistent");
});

test("what is not the event of the next epoch of this record is no proof at all", async () => {
  const cases: Change[] = [
    { number: 3 },
    { name: "essais/log/3" },
    { name: "autre/log/2" },
    { commit: new Uint8Array(32) },
  ];
  for (const change of cases) {
    const { file, prove } = await restored(change);
    await assert.rejects(judgeEpoch(file, key, null, prove), Malformed, JSON.stringify(change));
  }
  const { file, prove } = await restored();
  for (const [from, to] of [
    ["index 6", "index 5"],
    ["c2sp", "c3sp"],
    ["\n7\n", "\n8\n"],
  ] as const)
    await assert.rejects(judgeEpoch(file.replace(from, to), key, null, prove), Malformed, to);
});
