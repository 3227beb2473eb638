// An order that is changed by hand: whatever is done to it, ranks are dense and what a ballot accepts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeChoice } from "../../../web/src/ballot/choice";
import { shiftOf } from "../../../web/src/poll/ballot/drag";
import {
  add,
  move,
  type Order,
  orderOf,
  ranksIn,
  ranksOf,
  remove,
  tie,
} from "../../../web/src/poll/ballot/order";

const of = (...options: number[]): Order =>
  options.reduce((order, one) => add(order, one), [] as Order);
const options = (order: Order) => order.map(({ option }) => option);

test("added, moved and taken away", () => {
  const order = of(3, 1, 2);
  assert.deepEqual(ranksOf(order, 4), [0, 2, 3, 1]);
  assert.deepEqual(options(move(order, 0, 2)), [1, 2, 3]);
  assert.deepEqual(options(move(order, 2, 0)), [2, 3, 1]);
  assert.deepEqual(move(order, 1, 3), order);
  assert.deepEqual(move(order, 0, -1), order);
  assert.deepEqual(options(remove(order, 1)), [3, 2]);
});

test("equal ranks: shared, kept by those who stay, joined by who is put between", () => {
  const order = tie(of(0, 1, 2, 3), 2); // 0, 1 = 2, 3
  assert.deepEqual(ranksIn(order), [1, 2, 2, 3]);
  assert.deepEqual(ranksIn(remove(order, 1)), [1, 2, 3]);
  assert.deepEqual(ranksOf(move(order, 3, 2), 4), [1, 2, 2, 2]);
  assert.deepEqual(ranksOf(move(order, 1, 0), 4), [2, 1, 3, 4]);
  assert.deepEqual(ranksIn(tie(of(0, 1), 0)), [1, 2], "the first shares with nobody");
  assert.deepEqual(ranksIn(tie(order, 2)), [1, 2, 3, 4]);
});

test("what is read is ordered as it was, and any changes leave a choice that is accepted", () => {
  assert.deepEqual(orderOf([0, 2, 1, 2]), [
    { option: 2, tied: false },
    { option: 1, tied: false },
    { option: 3, tied: true },
  ]);
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const form = {
    ...{ form: 8, flags: 8, min: 1, max: 9, grades: 0, points: 0, cap: 0, budget: 0 },
    options: Array.from({ length: 9 }, () => ({ cost: 0 })),
  };
  let order: Order = of(0);
  for (let turn = 0; turn < 3000; turn++) {
    const act = random(4);
    const missing = form.options.map((_, at) => at).filter((at) => !options(order).includes(at));
    const at = random(order.length);
    if (act === 0 && missing.length > 0) order = add(order, missing[random(missing.length)] ?? 0);
    else if (act === 1 && order.length > 1) order = remove(order, at);
    else if (act === 2) order = tie(order, at);
    else order = move(order, at, random(order.length));
    const ranks = ranksOf(order, 9);
    assert.ok(encodeChoice({ form: 8, ranks }, form), JSON.stringify(order));
    assert.deepEqual(ranksOf(orderOf(ranks), 9), ranks);
  }
});

test("while one is dragged the others make room", () => {
  const drag = { from: 1, to: 3, by: 130, room: 60 };
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((at) => shiftOf(drag, at)),
    [0, 130, -60, -60, 0],
  );
  const back = { from: 3, to: 1, by: -130, room: 60 };
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((at) => shiftOf(back, at)),
    [0, 60, 60, -130, 0],
  );
  assert.equal(shiftOf(null, 2), 0);
});
