import type { SimulatorClock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import type { Schedule } from '../shared/schedule.ts';
import type { Cause } from './entities.ts';
import type { BrevoStore } from './store.ts';
import type { BrevoSwitches } from './switches.ts';

/** What every part of the simulator works on. */
export type World = {
  clock: SimulatorClock;
  random: Random;
  store: BrevoStore;
  switches: BrevoSwitches;
  schedule: Schedule;
  /** reaches the receivers of webhooks */
  fetch(request: Request): Promise<Response>;
  wait(ms: number): Promise<void>;
  /** webhooks that are not answered yet */
  sending: Set<Promise<void>>;
};

/** Addresses the actors come from. */
const IPS = { person: '198.51.100.23', admin: '192.0.2.44', api: '203.0.113.10', provider: '' } as const;

/** A cause happening now. */
export function causedBy(world: World, by: Cause['by'], more: Partial<Cause> = {}): Cause {
  return { by, at: world.clock.now(), ip: IPS[by], ...more };
}
