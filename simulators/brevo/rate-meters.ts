import type { Account } from './entities.ts';
import type { World } from './world.ts';

type Row = 'fast' | 'slow';
type Window = { name: string; ms: number; limit: number };

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

/** Requests a second and an hour below `/contacts`, and an hour elsewhere (fact sheet 1.3; the last plan is a guess). */
const PLANS: Readonly<Record<Account['plan'], { second: number; hour: number; otherHour: number }>> = {
  general: { second: 10, hour: 36_000, otherHour: 100 },
  advanced: { second: 20, hour: 72_000, otherHour: 200 },
  extended: { second: 60, hour: 216_000, otherHour: 400 },
};

/** What a request found at its meter. */
export type Metered = { isAllowed: boolean; headers: Record<string, string> };

/** Counts a request at its meter, unless the meter is used up. The account's keys share the meters. */
export function meter(world: World, account: Account, path: string): Metered {
  const now = world.clock.now();
  const row = rowOf(path, world.switches.bareContacts);
  const windows = windowsOf(account, row);
  const used = windows.map((window) => {
    const known = account.meters.get(window.name);
    if (known && now < known.startedAt + window.ms && now >= known.startedAt) return known;
    const fresh = { startedAt: now, count: 0 };
    account.meters.set(window.name, fresh);
    return fresh;
  });
  const exhausted = windows.findIndex((window, position) => (used[position]?.count ?? 0) >= window.limit);
  const isAllowed = exhausted === -1 || !world.switches.limits;
  if (isAllowed) for (const each of used) each.count += 1;
  const shown = exhausted !== -1 ? exhausted : world.switches.fastHeaders === 'second' ? 0 : windows.length - 1;
  const window = windows[shown];
  const count = used[shown];
  if (!window || !count) return { isAllowed, headers: {} };
  return {
    isAllowed,
    headers: {
      'x-sib-ratelimit-limit': String(window.limit),
      'x-sib-ratelimit-remaining': String(Math.max(0, window.limit - count.count)),
      'x-sib-ratelimit-reset': String(Math.ceil((count.startedAt + window.ms - now) / 1000)),
    },
  };
}

function rowOf(path: string, bareContacts: Row): Row {
  if (path === '/contacts' || path === '/contacts/') return bareContacts;
  return path.startsWith('/contacts/') ? 'fast' : 'slow';
}

function windowsOf(account: Account, row: Row): Window[] {
  const { second, hour, otherHour } = PLANS[account.plan];
  return row === 'slow'
    ? [{ name: 'other-hour', ms: HOUR_MS, limit: otherHour }]
    : [
        { name: 'contacts-second', ms: SECOND_MS, limit: second },
        { name: 'contacts-hour', ms: HOUR_MS, limit: hour },
      ];
}
