/** Time as the simulators see it, in milliseconds since 1970; a test or the lab hands in its own. */
export type SimulatorClock = { now(): number };

/** The machine's own time. */
export const systemClock: SimulatorClock = { now: () => Date.now() };
