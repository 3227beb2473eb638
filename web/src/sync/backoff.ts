// When to try again: full jitter, so that three hundred phones do not wake together.

export const baseMs = 500;
export const capMs = 20_000;

/** A limit that holds longer than this is told, a shorter one is waited for. */
export const momentMs = 30_000;

/** How long to wait before try number `tries` (from 0), given a random number in [0, 1). */
export function waitMs(tries: number, random: number): number {
  return Math.round(random * Math.min(capMs, baseMs * 2 ** Math.min(tries, 10)));
}

/** Again until it works, each time a little later: files and answers that a network lost come with the next try. */
export async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 2; ; tries++)
    try {
      return await work();
    } catch {
      await new Promise((done) => setTimeout(done, waitMs(tries, 1)));
    }
}

/** After the server said that it restarts, clients come back spread over this time. */
export const restartSpreadMs = 3_000;
/** After the network came back: soon, but not all at the same instant. */
export const wakeSpreadMs = 2_000;
/** After the page came back: each comes back alone. */
export const returnSpreadMs = 300;
