import { expect } from 'vitest';
import type { SyncRun } from '../../src/db/sync-runs.ts';
import { audienceOf } from './plant.ts';
import type { World } from './world.ts';

/** Starts a run and approves it when it asks. */
export async function syncAndApprove(world: World): Promise<SyncRun> {
  const run = await world.sync();
  return run.state === 'awaiting-approval' ? world.approve() : run;
}

/** Section 7: the bridge adds up, and its numbers are those that a count of both simulators gives. */
export async function expectBridgeFits(world: World): Promise<void> {
  const stored = await world.store.tables.bridges.newest();
  expect(stored?.addsUp, JSON.stringify(stored?.bridge)).toBe(true);
  const gone = stored?.bridge.reasons.find(({ reason }) => reason === 'not_readable')?.count ?? 0;
  const contacts = [...world.crm.store.addresses.values()];
  expect((stored?.bridge.contactsWithYes ?? 0) - gone).toBe(
    contacts.filter(({ values }) => values.newsletter_aktiv === '1').length,
  );
  expect(stored?.bridge.activeMembers).toBe(audienceOf(world.mailchimp).members.count('subscribed'));
}

/** What has to hold at the end of every story: a quiet run finds both sides in step, and the bridge adds up. */
export async function expectSettled(world: World): Promise<void> {
  world.onRequest = undefined;
  await syncAndApprove(world);
  const writes = countWrites(world);
  const last = await syncAndApprove(world);
  expect(await world.planOf(last.id), 'R13: a run without outside changes plans nothing').toEqual({});
  expect(countWrites(world), 'R13: and writes nothing').toEqual(writes);
  expect(last).toMatchObject({ state: 'succeeded', error: null });
  await expectBridgeFits(world);
}

/** Requests that change something, by call. */
export function countWrites({ crm, mailchimp }: World): Record<string, number> {
  const atMailchimp = [...mailchimp.counts.byRoute].filter(([route]) => !route.startsWith('GET '));
  const atOnOffice = Object.entries(crm.counts.actions).filter(([call]) => /^(create|modify|delete|do) /.test(call));
  return Object.fromEntries([...atMailchimp, ...atOnOffice]);
}

/** What Mailchimp holds under an address, by the words of the API; `absent`: nothing. */
export function memberStatus({ mailchimp }: Pick<World, 'mailchimp'>, email: string): string {
  return audienceOf(mailchimp).members.find(email)?.status ?? 'absent';
}

/** What the Newsletter field of a contact says. */
export function newsletterOf({ crm }: World, id: number): string {
  return String(crm.store.addresses.get(id)?.values.newsletter_aktiv);
}

/** Names of a member's tags, sorted. */
export function memberTags({ mailchimp }: World, email: string): string[] {
  const list = audienceOf(mailchimp);
  return [...(list.members.find(email)?.tags.keys() ?? [])].map((id) => list.tags.get(id)?.name ?? '').sort();
}

/** Labels of a contact's newsletter tags, sorted. */
export function contactTags({ crm }: World, id: number): string[] {
  const keys = crm.store.addresses.get(id)?.values.NewsletterTag ?? [];
  const permitted = crm.store.fields.get('NewsletterTag')?.permitted ?? [];
  return [...keys].map((key) => permitted.find((value) => value.key === key)?.labels.DEU ?? key).sort();
}

/** The reason stored for a contact; null: none. */
export async function reasonOf({ store }: World, id: number): Promise<string | null> {
  const rows = await store.tables.contactReasons.undelivered({ after: '', limit: 10_000 });
  return rows.find((row) => row.contactId === String(id))?.reason ?? null;
}
