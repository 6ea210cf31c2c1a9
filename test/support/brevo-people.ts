import { expect } from 'vitest';
import { createContact } from '../../simulators/brevo/contact-changes.ts';
import type { BrevoSimulator, Contact, List } from '../../simulators/brevo/index.ts';
import { addList } from '../../simulators/brevo/lists.ts';
import { syncAndApprove } from './settled.ts';
import type { World } from './world.ts';

const DAY_MS = 86_400_000;

/** How a contact stands at Brevo: on our list, blocked for a cause, left by the list, off every list, or unknown. */
export type BrevoStanding =
  | 'subscribed'
  | 'blocked by the person'
  | 'blocked by a complaint'
  | 'blocked by an administrator'
  | 'blocked off the list'
  | 'blocked without a cause'
  | 'left the list'
  | 'hard bounce'
  | 'hard bounce and complaint'
  | 'on another list'
  | 'on no list'
  | 'unknown';

export type PlantedBrevoContact = {
  email: string;
  standing?: BrevoStanding;
  attributes?: Record<string, string>;
};

/** The list `onoffice`, made when it is not there. */
export function brevoList({ account, world }: BrevoSimulator): List {
  return (
    [...account.lists.values()].find(({ name }) => name === 'onoffice') ??
    addList(account, 'onoffice', 1, world.clock.now() - 60 * DAY_MS)
  );
}

/** Plants a contact, nine days old, without webhooks. Returns undefined for one that Brevo does not know. */
export function plantBrevoContact(sim: BrevoSimulator, planted: PlantedBrevoContact): Contact | undefined {
  const { standing = 'subscribed', email, attributes = {} } = planted;
  if (standing === 'unknown') return undefined;
  const list = brevoList(sim);
  const at = sim.world.clock.now() - 9 * DAY_MS;
  const causes = CAUSES[standing] ?? [];
  const isOff = standing === 'on no list' || standing === 'blocked off the list';
  const other = standing === 'on another list' ? 2 : list.id;
  const contact = createContact(
    sim.world,
    sim.account,
    {
      email,
      attributes,
      listIds: isOff ? [] : [other],
      listUnsubscribed: standing === 'left the list' ? [list.id] : [],
    },
    { by: 'admin', at, silent: true },
  );
  contact.emailBlacklisted = causes.length > 0 || standing === 'blocked without a cause';
  for (const type of causes) contact.activities.push({ type, at });
  sim.store.consentHistory.splice(0);
  return contact;
}

const CAUSES: Partial<Record<BrevoStanding, Contact['activities'][number]['type'][]>> = {
  'blocked by the person': ['userUnsubscription'],
  'blocked by a complaint': ['complaint'],
  'blocked by an administrator': ['adminUnsubscription'],
  'blocked off the list': ['userUnsubscription'],
  'hard bounce': ['hardBounce'],
  'hard bounce and complaint': ['hardBounce', 'complaint'],
};

/** How Brevo's own record shows an address: blocked before anything else, then our list. */
export function brevoStatus(
  { brevo }: Pick<World, 'brevo'>,
  email: string,
): 'blocked' | 'left' | 'subscribed' | 'off' | 'unknown' {
  const contact = brevo.account.contacts.byEmail(email);
  const { id } = brevoList(brevo);
  if (!contact) return 'unknown';
  if (contact.emailBlacklisted) return 'blocked';
  if (contact.listUnsubscribed.includes(id)) return 'left';
  return contact.listIds.includes(id) ? 'subscribed' : 'off';
}

/** Requests that change something, by call. */
export function countBrevoWrites({ brevo, crm }: World): Record<string, number> {
  const atBrevo = [...brevo.counts.byRoute].filter(([route]) => !route.startsWith('GET '));
  const atOnOffice = Object.entries(crm.counts.actions).filter(([call]) => /^(create|modify|delete|do) /.test(call));
  return Object.fromEntries([...atBrevo, ...atOnOffice]);
}

/** Section 7 for Brevo: the bridge adds up, and its numbers are those that a count of both simulators gives. */
export async function expectBrevoBridgeFits(world: World): Promise<void> {
  const stored = await world.store.tables.bridges.newest();
  expect(stored?.addsUp, JSON.stringify(stored?.bridge)).toBe(true);
  const gone = stored?.bridge.reasons.find(({ reason }) => reason === 'not_readable')?.count ?? 0;
  const contacts = [...world.crm.store.addresses.values()];
  expect((stored?.bridge.contactsWithYes ?? 0) - gone).toBe(
    contacts.filter(({ values }) => values.newsletter_aktiv === '1').length,
  );
  const known = [...world.brevo.account.contacts.all()];
  expect(stored?.bridge.activeMembers).toBe(
    known.filter(({ email }) => email !== undefined && brevoStatus(world, email) === 'subscribed').length,
  );
}

/** What has to hold at the end of every story: a quiet run finds both sides in step, and the bridge adds up. */
export async function expectBrevoSettled(world: World): Promise<void> {
  world.onRequest = undefined;
  await syncAndApprove(world);
  const writes = countBrevoWrites(world);
  const last = await syncAndApprove(world);
  expect(await world.planOf(last.id), 'R13: a run without outside changes plans nothing').toEqual({});
  expect(countBrevoWrites(world), 'R13: and writes nothing').toEqual(writes);
  expect(last).toMatchObject({ state: 'succeeded', error: null });
  await expectBrevoBridgeFits(world);
}
