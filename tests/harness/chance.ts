// Chance that a number decides: the same seed, the same choices (mulberry32).

export type Chance = {
  /** From 0, less than this. */
  random: (below: number) => number;
  one: <T>(list: readonly T[]) => T;
  /** True so often in ten times. */
  maybe: (inTen: number) => boolean;
};

export function chance(seed: number): Chance {
  let state = seed | 0;
  const random = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  return {
    random,
    one: <T>(list: readonly T[]): T => list[random(list.length)] as T,
    maybe: (inTen) => random(10) < inTen,
  };
}
