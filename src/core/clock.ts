/** A source of time: milliseconds since 1970. Handed in everywhere, so that tests and the simulation have their own. */
export type Clock = { now(): number };
