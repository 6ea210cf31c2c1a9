import { drawInteger, drawOne, type Random } from '../../simulators/shared/random.ts';
import { backupOf, restoreInto } from '../../test/support/backups.ts';
import type { OutsideName, RequestFate } from '../carry-request.ts';
import type { HookWeather, LabWorld } from '../lab-world.ts';
import type { Stage } from '../stage.ts';
import { type Cast, drawWeighed } from './cast.ts';

/** What goes wrong. A request's fate meets the very request before which the step stands, or the next one. */
export type ChanceDeed = { who: 'chance' } & (
  | { does: 'meets-request'; fate: RequestFate }
  | { does: 'kills-at-commit'; fate: 'dies-before' | 'dies-after' }
  | { does: 'downs-server'; ms: number }
  /** of the database; the server is stopped while an older one is put in its place */
  | { does: 'backs-up' | 'restores' }
  | { does: 'downs-system'; system: OutsideName; ms: number; fate: RequestFate }
  | { does: 'changes-hook-weather'; to: HookWeather; ms: number }
  /** until somebody enters a new one */
  | { does: 'revokes-key'; system: OutsideName }
  /** Mailchimp's plan has no room for anybody more */
  | { does: 'fills-plan' }
  /** the CRM takes no call without a newer claim than ours, until somebody opens it there */
  | { does: 'outdates-claim' }
  /** Mailchimp takes him into no audience, because he has signed up for so many */
  | { does: 'tires-mailchimp'; address: string }
);

const MINUTE_MS = 60_000;

/** What becomes of a request that meets its fate, and how often. */
export const REQUEST_FATES = {
  'dies-before': 3,
  'dies-after': 5,
  'loses-answer': 3,
  breaks: 3,
  unreachable: 1,
  truncates: 2,
  freezes: 3,
  late: 2,
  delays: 3,
  refused: 3,
} as const;

export function drawRequestFate(random: Random): RequestFate {
  const type = drawWeighed(random, REQUEST_FATES);
  switch (type) {
    case 'freezes':
      return { type, ms: drawOne(random, [5_000, 30_000, 90_000, 300_000]) };
    case 'late':
      return { type, ms: drawOne(random, [1_000, 20_000, 80_000]) };
    case 'delays':
      return { type, ms: drawOne(random, [2_000, 10_000, 25_000]) };
    case 'refused':
      return { type, status: drawOne(random, [403, 429, 500, 502, 503] as const) };
    default:
      return { type };
  }
}

/** What else goes wrong, and how often. */
export const CHANCE_DEEDS = {
  'downs-server': 3,
  'downs-system': 2,
  'changes-hook-weather': 3,
  'backs-up': 1,
  'revokes-key': 0.7,
  'fills-plan': 0.7,
  'outdates-claim': 0.7,
  'tires-mailchimp': 0.3,
} as const;

export function drawChanceDeed(random: Random, cast: Cast): ChanceDeed {
  const who = 'chance' as const;
  const does = drawWeighed(random, CHANCE_DEEDS);
  switch (does) {
    case 'backs-up':
    case 'fills-plan':
    case 'outdates-claim':
      return { who, does };
    case 'tires-mailchimp':
      return { who, does, address: drawOne(random, cast.addresses) };
    case 'revokes-key':
      return { who, does, system: drawOne(random, ['onoffice', ...cast.providers] as const) };
    case 'downs-server':
      return {
        who,
        does,
        ms: drawOne(random, [5_000, MINUTE_MS, 20 * MINUTE_MS, 5 * 60 * MINUTE_MS, 30 * 60 * MINUTE_MS]),
      };
    case 'downs-system':
      return {
        who,
        does,
        system: drawOne(random, ['onoffice', ...cast.providers] as const),
        ms: drawInteger(random, 1, 15) * MINUTE_MS,
        fate: drawOne<RequestFate>(random, [{ type: 'unreachable' }, { type: 'refused', status: 503 }]),
      };
    case 'changes-hook-weather':
      return {
        who,
        does,
        to: drawOne(random, ['unreachable', 'failing', 'swallowed'] as const),
        ms: drawInteger(random, 1, 30) * MINUTE_MS,
      };
  }
}

/** Does it, or has it waiting for the next request or commit. */
export async function doChanceDeed(stage: Stage, deed: ChanceDeed): Promise<ChanceDeed | undefined> {
  const { world, weather } = stage;
  const now = world.time.now();
  switch (deed.does) {
    case 'meets-request':
      weather.nextFate = deed.fate;
      return deed;
    case 'kills-at-commit':
      weather.nextCommit = deed.fate;
      return deed;
    case 'backs-up':
      stage.backedUpAt = world.time.now();
      stage.backup = await backupOf(world.database);
      return deed;
    case 'restores':
      if (!stage.backup) return undefined;
      world.goDown(10_000);
      await restoreInto(world.database, stage.backup, world.time.now());
      stage.restoredAt = world.time.now();
      stage.restoredFromAt = stage.backedUpAt;
      world.lanes.forgetTwins();
      return deed;
    case 'downs-server':
      world.goDown(deed.ms);
      return deed;
    case 'downs-system':
      weather.outages.push({ system: deed.system, until: now + deed.ms, fate: deed.fate });
      return deed;
    case 'changes-hook-weather':
      world.hookWeather = deed.to;
      weather.hooksFineAt = now + deed.ms;
      return deed;
    case 'revokes-key':
      setKey(world, deed.system, false);
      return deed;
    case 'fills-plan':
      if (!world.connections.some(({ provider }) => provider === 'mailchimp')) return undefined;
      world.mailchimp.account.contactLimit = 0;
      return deed;
    case 'outdates-claim':
      world.crm.switches.claims = 'everybody';
      return deed;
    case 'tires-mailchimp':
      if (!world.connections.some(({ provider }) => provider === 'mailchimp')) return undefined;
      world.mailchimp.store.busyAddresses.add(deed.address);
      return deed;
  }
}

/** Every key works again, the plan has room, and whoever is wanted is taken. */
export function mendAccounts(world: LabWorld): void {
  for (const system of ['onoffice', 'mailchimp', 'brevo'] as const) setKey(world, system, true);
  world.mailchimp.account.contactLimit = undefined;
  world.mailchimp.store.busyAddresses.clear();
  world.crm.switches.claims = 'marketplace-users';
}

function setKey({ crm, mailchimp, brevo }: LabWorld, system: OutsideName, works: boolean): void {
  const key = brevo.account.apiKeys.get(brevo.apiKey);
  switch (system) {
    case 'onoffice':
      crm.apiUser.active = works;
      return;
    case 'mailchimp':
      mailchimp.account.apiKeys.set(mailchimp.apiKey, works ? 'active' : 'revoked');
      return;
    case 'brevo':
      if (key) key.state = works ? 'active' : 'deactivated';
      return;
  }
}

export function tellChanceDeed(deed: ChanceDeed): string {
  switch (deed.does) {
    case 'meets-request':
      return `The next request ${tellFate(deed.fate)}`;
    case 'kills-at-commit':
      return `The server ${deed.fate.replace('-', ' ')} its next commit`;
    case 'backs-up':
      return 'The database is backed up';
    case 'restores':
      return 'The server is stopped and the backup restored';
    case 'downs-server':
      return `The server is down for ${deed.ms / 1000} s`;
    case 'downs-system':
      return `${deed.system} is down for ${deed.ms / 1000} s (${tellFate(deed.fate)})`;
    case 'revokes-key':
      return `The key of ${deed.system} works no more`;
    case 'fills-plan':
      return "Mailchimp's plan is full";
    case 'outdates-claim':
      return 'onOffice wants a newer claim';
    case 'tires-mailchimp':
      return `Mailchimp takes ${deed.address} no more`;
    case 'changes-hook-weather':
      return `Webhooks are ${deed.to} for ${deed.ms / 1000} s`;
  }
}

function tellFate(fate: RequestFate): string {
  if ('ms' in fate) return `${fate.type} for ${fate.ms / 1000} s`;
  if ('status' in fate) return `is refused with ${fate.status}`;
  return fate.type.replace('-', ' ');
}
