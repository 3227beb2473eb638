// What the times that a server says tell of its clock, seen from this device's. A time was said between the question and
// its answer: half of that is how wrong the middle may be. The answer on a slow line, or to a busy page, tells little and
// must not push away what a quick one told; where both cannot be true, this device's clock was set, and the newest holds.

/** offsetMs: the server's clock − this device's, wrong by errorMs at most when it was learnt, at atMs of this device. */
export type Estimate = { offsetMs: number; errorMs: number; atMs: number };

export const unknown: Estimate = { offsetMs: 0, errorMs: Number.POSITIVE_INFINITY, atMs: 0 };

/** Two clocks go apart by this at most while both are kept right: what time services may slew. */
const drift = 1 / 2_000;
/** Both clocks are read in whole milliseconds. */
const readMs = 1;

/** The server said `saidMs`, heard at `heardMs` of this device; askedMs: when it was asked, if that is known. */
export function estimate(saidMs: number, heardMs: number, askedMs?: number): Estimate {
  if (askedMs === undefined) return { ...unknown, offsetMs: saidMs - heardMs, atMs: heardMs };
  const halfMs = (heardMs - askedMs) / 2;
  const offsetMs = Math.round(saidMs + halfMs - heardMs);
  return { offsetMs, errorMs: Math.abs(halfMs) + readMs, atMs: heardMs };
}

/** Which of two to go by: the one that may be less wrong by now, or the new one where they contradict each other. */
export function better(known: Estimate, found: Estimate): Estimate {
  const errorMs = known.errorMs + Math.max(0, found.atMs - known.atMs) * drift;
  const apartMs = Math.abs(found.offsetMs - known.offsetMs);
  return errorMs < found.errorMs && apartMs <= errorMs + found.errorMs ? known : found;
}
