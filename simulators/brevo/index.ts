import type { SimulatorClock } from '../shared/clock.ts';
import { FaultPlan } from '../shared/faults.ts';
import { type Random, seededRandom } from '../shared/random.ts';
import { Schedule } from '../shared/schedule.ts';
import { createActors } from './actors.ts';
import { createApi } from './api.ts';
import type { Actors, BrevoSimulator } from './brevo-simulator.ts';
import { createCampaignActor } from './campaigns.ts';
import { serveConsole } from './console.ts';
import { serveControl } from './control.ts';
import type { Account, Language } from './entities.ts';
import { serveFile } from './files.ts';
import { type AccountSettings, BrevoStore } from './store.ts';
import { type BrevoSwitches, DEFAULT_SWITCHES } from './switches.ts';
import type { World } from './world.ts';

export type { AdminActor, PersonActor } from './actors.ts';
export type { BrevoSimulator } from './brevo-simulator.ts';
export type { CampaignActor, CampaignRates, CampaignSettings } from './campaigns.ts';
export type * from './entities.ts';
export { type SeedOptions, seedFromAgency } from './seed.ts';
export type { AccountSettings, BrevoStore, KeySettings } from './store.ts';
export type { BrevoSwitches } from './switches.ts';

export type BrevoSimulatorOptions = {
  clock: SimulatorClock;
  random?: Random;
  /** waits for latencies and delay faults; real time if absent */
  wait?: (ms: number) => Promise<void>;
  /** reaches the receivers of webhooks and files to import; the network with a 10 s time-out if absent */
  fetch?: (request: Request) => Promise<Response>;
  switches?: Partial<BrevoSwitches>;
  /** the language the account was opened in; German if absent */
  language?: Language;
  account?: AccountSettings;
};

/** Builds a Brevo simulator with one account. */
export function createBrevoSimulator(options: BrevoSimulatorOptions): BrevoSimulator {
  const world: World = {
    clock: options.clock,
    random: options.random ?? seededRandom(1),
    store: new BrevoStore(),
    switches: { ...DEFAULT_SWITCHES, ...options.switches },
    schedule: new Schedule(),
    fetch: options.fetch ?? ((request) => fetch(request, { signal: AbortSignal.timeout(10_000) })),
    wait: options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    sending: new Set(),
  };
  const { store } = world;
  const addAccount = (settings: AccountSettings = {}): Account => store.addAccount(settings, world.clock.now());
  const account = addAccount({
    ...(options.language === undefined ? {} : { language: options.language }),
    apiKey: `xkeysib-${'0123456789abcdef'.repeat(4)}-AbCdEfGh01234567`,
    ...options.account,
  });
  const actorsOf = (owner: Account): Actors => ({
    ...createActors(world, owner),
    campaign: createCampaignActor(world, owner),
  });

  const faults = new FaultPlan();
  const api = createApi(world, faults);
  const simulator: BrevoSimulator = {
    store,
    faults,
    switches: world.switches,
    counts: api.counts,
    latencyMs: api.latencyMs,
    world,
    account,
    apiKey: [...account.apiKeys.keys()][0] ?? '',
    addAccount,
    addKey: (settings = {}, owner = account) => store.addKey(owner, settings),
    actorsOf,
    ...actorsOf(account),
    fetch: async (request) => {
      const url = new URL(request.url);
      if (url.pathname === '/v3' || url.pathname.startsWith('/v3/')) return api.serve(request);
      if (url.pathname.startsWith('/_files/')) return serveFile(world, url);
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
