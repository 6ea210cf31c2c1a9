import type { SimulatorClock } from '../shared/clock.ts';
import { FaultPlan } from '../shared/faults.ts';
import { type Random, seededRandom } from '../shared/random.ts';
import { ActionFaults } from './action-faults.ts';
import { createAgent } from './agent.ts';
import { createApi } from './api.ts';
import { createConsole } from './console.ts';
import { createControl } from './control.ts';
import { CallCounts } from './counts.ts';
import { createCrm } from './crm.ts';
import type { CustomerOptions } from './field-definitions.ts';
import { Marketplace } from './marketplace.ts';
import type { OnOfficeSimulator } from './onoffice-simulator.ts';
import { APPLICATION_PATH, openRecordLink } from './record-link.ts';
import { addUser } from './rights.ts';
import { OnOfficeStore } from './store.ts';
import { DEFAULT_SWITCHES, type OnOfficeSwitches } from './switches.ts';

export type { AddressRecord, CrmUser, NewsletterChange } from './entities.ts';
export { actionHmac, canonicalQuery, messageSignature, signedUrl, urlSignature } from './hmac.ts';
export type { OnOfficeSimulator } from './onoffice-simulator.ts';
export { seedFromAgency } from './seed.ts';
export type { OnOfficeSwitches } from './switches.ts';

/** Token of the API user that every customer starts with; 32 characters. */
export const DEFAULT_TOKEN = '0123456789abcdef0123456789abcdef';
/** Secret of the same user; 64 characters. */
export const DEFAULT_SECRET = `${'s'.repeat(32)}${'t'.repeat(32)}`;

const API_PATHS = ['/api/stable/api.php', '/api/latest/api.php'];

/** How a simulator is made; everything but the clock has a default. */
export type OnOfficeOptions = {
  clock: SimulatorClock;
  random?: Random;
  wait?: (ms: number) => Promise<void>;
  /** sends webhooks; default: the global fetch */
  fetch?: (request: Request) => Promise<Response>;
  switches?: Partial<OnOfficeSwitches>;
  customer?: CustomerOptions;
};

/** Makes a customer's CRM without contacts: an API user with all rights and one agent. */
export function createOnOfficeSimulator(options: OnOfficeOptions): OnOfficeSimulator {
  const { clock } = options;
  const wait = options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const switches = { ...DEFAULT_SWITCHES, ...options.switches };
  const store = new OnOfficeStore(clock, switches, options.customer ?? {});
  const apiUser = addUser(store, { userName: 'connector', token: DEFAULT_TOKEN, secret: DEFAULT_SECRET });
  const agent = createAgent(store, switches);
  const faults = new FaultPlan();
  const actionFaults = new ActionFaults();
  const counts = new CallCounts();
  const marketplace = new Marketplace({
    store,
    switches,
    clock,
    random: options.random ?? seededRandom(1),
    fetch: options.fetch ?? ((request) => fetch(request)),
  });
  store.onChange = (record, changed, actor) => marketplace.notice(record, changed, actor);
  const api = createApi({ store, switches, clock, marketplace, faults, actionFaults, counts, wait });
  const sim: OnOfficeSimulator = {
    fetch: async (request) => {
      const url = new URL(request.url);
      const { pathname } = url;
      if (API_PATHS.includes(pathname)) return api(request);
      if (pathname.startsWith('/_control')) return control.fetch(request);
      if (pathname.startsWith('/_console')) return console.fetch(request);
      if (pathname === '/_crm' || pathname.startsWith('/_crm/')) return crm.fetch(request);
      if (pathname === APPLICATION_PATH) return openRecordLink(url);
      return new Response('Not Found', { status: 404 });
    },
    pump: () => marketplace.pump(),
    nextDueAt: () => marketplace.nextDueAt(),
    store,
    faults,
    actionFaults,
    switches,
    counts,
    agent,
    marketplace,
    apiUser,
    addUser: (user) => addUser(store, user),
  };
  const control = createControl(sim);
  const console = createConsole(sim);
  const crm = createCrm(sim);
  return sim;
}
