// Amounts as people type them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cents } from "../../../web/src/proposal/asks.tsx";

test("amounts in the ways of writing of three languages", () => {
  const typed: [string, number][] = [
    ["12", 1200],
    ["12,5", 1250],
    ["12.50", 1250],
    ["1 234,50", 123450],
    ["1.234,50", 123450],
    ["1,234.50", 123450],
    ["1.234", 123400],
    ["€ 240", 24000],
  ];
  for (const [text, amount] of typed) assert.equal(cents(text), amount, text);
  for (const text of ["", "abc", "-5", "1e3"]) assert.ok(Number.isNaN(cents(text)), text);
});
