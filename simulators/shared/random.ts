/** A source of numbers in [0, 1); the same seed gives the same numbers. */
export type Random = () => number;

/**
 * Small seeded generator (mulberry32): deterministic on every machine, good enough for test data, not for secrets.
 *
 * @param seed any integer; only its lower 32 bits count
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws an integer from `from` to `to`, both included. */
export function drawInteger(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

/** Draws one element; throws on an empty list. */
export function drawOne<T>(random: Random, list: readonly T[]): T {
  const drawn = list[Math.floor(random() * list.length)];
  if (drawn === undefined) throw new Error('drawOne needs at least one element');
  return drawn;
}
