import type { SimulatorClock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import type { Schedule } from '../shared/schedule.ts';
import type { Cause } from './entities.ts';
import type { MailchimpStore } from './store.ts';
import type { MailchimpSwitches } from './switches.ts';

/** What every part of the simulator works on. */
export type World = {
  clock: SimulatorClock;
  random: Random;
  store: MailchimpStore;
  switches: MailchimpSwitches;
  schedule: Schedule;
  /** reaches the receivers of webhooks */
  fetch(request: Request): Promise<Response>;
  wait(ms: number): Promise<void>;
  /** the data centre that answers, e.g. `us21` */
  dataCenter: string;
};

/** The instant now in ms, cut to the whole seconds Mailchimp knows. */
export function now(world: World): number {
  return Math.floor(world.clock.now() / 1000) * 1000;
}

/** Addresses the three kinds of actors come from. */
const IPS = { person: '198.51.100.23', admin: '192.0.2.44', api: '203.0.113.10', provider: '' } as const;

/** A cause happening now. */
export function causedBy(world: World, by: Cause['by'], more: Partial<Cause> = {}): Cause {
  return { by, at: now(world), ip: IPS[by], ...more };
}

/** ISO 8601 in UTC with whole seconds; empty when there was none. */
export function isoTime(at: number | undefined): string {
  return at === undefined ? '' : `${new Date(at).toISOString().slice(0, 19)}+00:00`;
}

/** `YYYY-MM-DD HH:MM:SS` in UTC, as in webhooks. */
export function webhookTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
