import type { SimulatorClock } from '../shared/clock.ts';
import { FaultPlan } from '../shared/faults.ts';
import { type Random, seededRandom } from '../shared/random.ts';
import { Schedule } from '../shared/schedule.ts';
import { createActors } from './actors.ts';
import { createApi } from './api.ts';
import { type AudienceSettings, addAudience } from './audience.ts';
import { serveBatchResult } from './batch-results.ts';
import { createCampaignActor } from './campaigns.ts';
import { serveConsole } from './console.ts';
import { serveControl } from './control.ts';
import type { Account, Audience } from './entities.ts';
import type { MailchimpSimulator } from './mailchimp-simulator.ts';
import { type AccountSettings, MailchimpStore } from './store.ts';
import { DEFAULT_SWITCHES, type MailchimpSwitches } from './switches.ts';
import { now, type World } from './world.ts';

export type { AdminActor, PersonActor } from './actors.ts';
export type { CampaignActor, CampaignRates, CampaignSettings } from './campaigns.ts';
export type * from './entities.ts';
export type { MailchimpSimulator } from './mailchimp-simulator.ts';
export { type SeedOptions, seedFromAgency } from './seed.ts';
export type { AccountSettings, MailchimpStore } from './store.ts';
export type { MailchimpSwitches } from './switches.ts';

export type MailchimpSimulatorOptions = {
  clock: SimulatorClock;
  random?: Random;
  /** waits for latencies and delay faults; real time if absent */
  wait?: (ms: number) => Promise<void>;
  /** reaches the receivers of webhooks; the network with Mailchimp's 10 s time-out if absent */
  fetch?: (request: Request) => Promise<Response>;
  switches?: Partial<MailchimpSwitches>;
  /** the data centre that answers; keys of another one are refused */
  dataCenter?: string;
  account?: AccountSettings;
  /** name of the audience the plan comes with; absent: the account has none */
  defaultAudience?: string;
};

/** Builds a Mailchimp simulator with one account. */
export function createMailchimpSimulator(options: MailchimpSimulatorOptions): MailchimpSimulator {
  const world: World = {
    clock: options.clock,
    random: options.random ?? seededRandom(1),
    store: new MailchimpStore(),
    switches: { ...DEFAULT_SWITCHES, ...options.switches },
    schedule: new Schedule(),
    fetch: options.fetch ?? ((request) => fetch(request, { signal: AbortSignal.timeout(10_000) })),
    wait: options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    dataCenter: options.dataCenter ?? 'us21',
  };
  const { store } = world;
  const addAccount = (settings: AccountSettings = {}): Account =>
    store.addAccount(settings, world.dataCenter, now(world));
  const account = addAccount({ apiKey: `0123456789abcdef0123456789abcdef-${world.dataCenter}`, ...options.account });
  const makeAudience = (settings: AudienceSettings, owner = account): Audience =>
    addAudience(store, owner, settings, { by: 'admin', at: now(world) });
  if (options.defaultAudience !== undefined) makeAudience({ name: options.defaultAudience });

  const faults = new FaultPlan();
  const api = createApi(world, faults);
  const simulator: MailchimpSimulator = {
    store,
    faults,
    switches: world.switches,
    counts: api.counts,
    latencyMs: api.latencyMs,
    world,
    dataCenter: world.dataCenter,
    account,
    apiKey: [...account.apiKeys.keys()][0] ?? '',
    addAccount,
    addAudience: makeAudience,
    ...createActors(world),
    campaign: createCampaignActor(world),
    fetch: async (request) => {
      const url = new URL(request.url);
      if (url.pathname === '/3.0' || url.pathname.startsWith('/3.0/')) return api.serve(request);
      if (url.pathname.startsWith('/_batch-results/')) return serveBatchResult(world, url);
      if (/^\/_control(\/|$)/.test(url.pathname)) return serveControl(simulator, request, url);
      if (url.pathname === '/_console') return serveConsole(simulator, request, url);
      return new Response('Not Found', { status: 404 });
    },
    pump: async () => {
      let done = 0;
      for (;;) {
        const run = world.schedule.takeDue(world.clock.now());
        if (!run) return done;
        await run();
        done += 1;
      }
    },
    nextDueAt: () => world.schedule.nextDueAt(),
  };
  return simulator;
}
