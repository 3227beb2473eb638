// An order of options in which some may share a rank: what ranking by hand changes. Pure, and always whole: the first
// never shares the rank of one before it.

/** From the best. `tied`: it has the same rank as the one before it. */
export interface Placed {
  option: number;
  tied: boolean;
}
export type Order = readonly Placed[];

/** 1 for the first; ranks are dense. */
export function ranksIn(order: Order): number[] {
  let rank = 0;
  return order.map(({ tied }) => (tied ? rank : ++rank));
}

/** As a ballot holds it: by option, 0 = not ranked. */
export function ranksOf(order: Order, options: number): number[] {
  const ranks = new Array<number>(options).fill(0);
  const places = ranksIn(order);
  order.forEach(({ option }, at) => {
    ranks[option] = places[at] ?? 0;
  });
  return ranks;
}

export function orderOf(ranks: readonly number[]): Order {
  const ranked = ranks
    .map((rank, option) => ({ rank, option }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => a.rank - b.rank || a.option - b.option);
  return ranked.map(({ rank, option }, at) => ({ option, tied: rank === ranked[at - 1]?.rank }));
}

/** At the end, once. */
export const add = (order: Order, option: number): Order =>
  order.some((one) => one.option === option) ? order : [...order, { option, tied: false }];

/** Whoever shared its rank keeps that rank. */
export function remove(order: Order, at: number): Order {
  const gone = order[at];
  const rest = order.filter((_, place) => place !== at);
  return rest.map((one, place) =>
    place === at && gone && !gone.tied ? { ...one, tied: false } : one,
  );
}

/** Put between two that share a rank, it shares it; elsewhere it has one of its own. */
export function move(order: Order, from: number, to: number): Order {
  const moved = order[from];
  if (!moved || to < 0 || to >= order.length || to === from) return order;
  const rest = remove(order, from);
  const between = to > 0 && rest[to]?.tied === true;
  return [...rest.slice(0, to), { option: moved.option, tied: between }, ...rest.slice(to)];
}

/** Shares the rank of the one before it, or no longer. */
export const tie = (order: Order, at: number): Order =>
  order.map((one, place) => (place === at && at > 0 ? { ...one, tied: !one.tied } : one));
