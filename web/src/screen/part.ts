// What does not fit on the big screen at once takes turns, without moving: parts of one size, from the first one on. Pure.
const turnMs = 12_000;
/** Turns count up by themselves. */
export const turnAt = (ms: number): number => Math.floor(ms / turnMs);
/** The turn to count from: what begins at this moment stands for at least half of one. */
export const turnFrom = (ms: number): number => Math.round(ms / turnMs);

/** So many below each other that the longest title is whole, where there is room for so many lines. */
const titleLine = 40;
const between = 0.4;
const fittingMost = 7;
export function fitting(all: readonly { title: string }[], room: number): number {
  const longest = Math.max(1, ...all.map(({ title }) => title.length));
  const lines = Math.ceil(longest / titleLine) + between;
  return Math.min(fittingMost, Math.max(1, Math.floor(room / lines)));
}

export interface Part<T> {
  shown: T[];
  /** Place of the first one shown, from 0. */
  first: number;
  columns: number;
  rows: number;
}

/** `most`: below each other; `narrow`: half of the width is enough for each, so that a second column holds as many. */
export function partOf<T>(all: readonly T[], turn: number, most: number, narrow: boolean): Part<T> {
  const columns = narrow && all.length > most ? 2 : 1;
  const parts = Math.max(1, Math.ceil(all.length / (most * columns)));
  const size = Math.ceil(all.length / parts);
  const first = (Math.max(0, turn) % parts) * size;
  const rows = Math.ceil(size / columns);
  return { shown: all.slice(first, first + size), first, columns, rows };
}
