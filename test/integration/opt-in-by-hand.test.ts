import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MailchimpSwitches } from '../../simulators/mailchimp/switches.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { enterOptIn } from '../../src/sync/opt-in/enter-opt-in.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { plantContact, plantMember } from '../support/plant.ts';
import { expectSettled, memberStatus, newsletterOf, reasonOf, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

let database: Database;
let world: World;
let id = 0;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const ANNA = 'anna.muster@immo-test.de';
const LIST = 'onoffice';

/** A world in which Anna stands on both sides as said, after its first full sync. */
async function open(options: {
  newsletter?: string;
  status?: 'subscribed' | 'unsubscribed' | 'forgotten';
  mailchimp?: Partial<MailchimpSwitches>;
}): Promise<void> {
  const { newsletter = '1', status } = options;
  world = await createWorld({
    database,
    ...(options.mailchimp ? { switches: { mailchimp: options.mailchimp } } : {}),
    seed: (crm, mailchimp) => {
      id = plantContact(crm, { email: ANNA, firstName: 'Anna', newsletter });
      plantContact(crm, { email: 'berta.muster@immo-test.de', firstName: 'Berta' });
      if (status) plantMember(mailchimp, { email: ANNA, status });
    },
  });
  await syncAndApprove(world);
  world.advance(60_000);
}

const instant = (ms: number) => new Date(ms).toISOString();

function enter(typed: { givenAt?: number; how?: string; person?: string } = {}, setsField = true): Promise<void> {
  const { givenAt = world.clock.now(), how = 'signed the form in the office', person = 'Anna Muster' } = typed;
  return enterOptIn(world, String(id), { person, how, givenAt: instant(givenAt), operator: 'Eva' }, { setsField });
}

const records = () => world.store.tables.consent.ofPerson({ emails: [ANNA], contactIds: [String(id)] }, 100);

describe('R1 (c): an opt-in entered by hand', () => {
  test('lifts a booked opt-out: the field is set to Yes and the person subscribed again', async () => {
    await open({ newsletter: '1', status: 'subscribed' });
    world.mailchimp.admin.unsubscribe(LIST, ANNA);
    await syncAndApprove(world);
    expect(memberStatus(world, ANNA)).toBe('unsubscribed');
    world.advance(60_000);
    await enter();
    await expectSettled(world);
    expect(newsletterOf(world, id)).toBe('1');
    expect(memberStatus(world, ANNA)).toBe('subscribed');
    expect((await records()).filter(({ source }) => source === 'operator').reverse()).toMatchObject([
      {
        effect: 'opt-in',
        happenedAt: expect.any(String),
        evidence: { operator: 'Eva', clear: expect.any(String) },
        clearEvidence: { person: 'Anna Muster', how: 'signed the form in the office' },
      },
      { effect: 'neutral', from: 'no', to: 'yes', wrote: 'write-consent', verdict: 'allowed' },
    ]);
  });

  test('without the wish for the field it is booked, and the CRM keeps leading', async () => {
    await open({ newsletter: '1', status: 'subscribed' });
    world.mailchimp.admin.unsubscribe(LIST, ANNA);
    await syncAndApprove(world);
    world.advance(60_000);
    await enter({}, false);
    await expectSettled(world);
    expect(newsletterOf(world, id)).toBe('2');
    expect(memberStatus(world, ANNA)).toBe('unsubscribed');
    // An agent's Yes then needs no No to have been read before.
    world.crm.agent.editContact(id, { newsletter_aktiv: '1' });
    await expectSettled(world);
    expect(memberStatus(world, ANNA)).toBe('subscribed');
  });

  test('answers an opt-out that stood at the provider before anybody booked it', async () => {
    await open({ newsletter: '0', status: 'unsubscribed', mailchimp: { batchCompliance: 'error' } });
    expect(await records()).toEqual([]);
    await enter();
    expect(await records()).toMatchObject([
      { effect: 'opt-in', source: 'operator' },
      { effect: 'opt-out', source: 'provider', evidence: { found: 'unsubscribed' } },
    ]);
    await expectSettled(world);
    expect(newsletterOf(world, id)).toBe('1');
    // He left by himself: Mailchimp takes him back only by its own form.
    expect(memberStatus(world, ANNA)).toBe('unsubscribed');
    expect(await reasonOf(world, id)).toBe('compliance');
  });

  test.each([
    ['yes', '1', false],
    ['no', '0', true],
  ])('of somebody whom the provider does not have and the CRM says %s of', async (_, newsletter, setsField) => {
    await open({ newsletter });
    await enter({}, setsField);
    await expectSettled(world);
    expect(memberStatus(world, ANNA)).toBe('subscribed');
    expect(newsletterOf(world, id)).toBe('1');
  });

  test('dated before the newest opt-out it counts for nothing and books nothing', async () => {
    await open({ newsletter: '1', status: 'subscribed' });
    const before = world.clock.now();
    world.advance(60_000);
    world.mailchimp.admin.unsubscribe(LIST, ANNA);
    await syncAndApprove(world);
    const booked = await records();
    world.advance(60_000);
    await expect(enter({ givenAt: before })).rejects.toMatchObject({ code: 'opt_in.before_opt_out', field: 'givenAt' });
    expect(await records()).toEqual(booked);
    await expectSettled(world);
    expect(memberStatus(world, ANNA)).toBe('unsubscribed');
    expect(newsletterOf(world, id)).toBe('2');
  });

  test('dated before an opt-out that stands at the provider unbooked it counts for nothing either', async () => {
    await open({ newsletter: '0', status: 'unsubscribed' });
    const tenDays = 10 * 86_400_000;
    await expect(enter({ givenAt: world.clock.now() - tenDays })).rejects.toMatchObject({
      code: 'opt_in.before_opt_out',
    });
    expect(await records()).toEqual([]);
  });

  test('an opt-out that comes before the Yes is written wins: nothing is written', async () => {
    await open({ newsletter: '0' });
    await enter();
    world.advance(60_000);
    // He signs up by himself and leaves again before any run has looked.
    world.mailchimp.person.subscribe(LIST, { email: ANNA });
    world.advance(2_000);
    world.mailchimp.person.unsubscribe(LIST, ANNA);
    await expectSettled(world);
    expect(newsletterOf(world, id)).toBe('0');
    expect(memberStatus(world, ANNA)).toBe('unsubscribed');
  });

  test('what an agent sets after it is not overwritten by the wish', async () => {
    await open({ newsletter: '0' });
    await enter();
    world.crm.agent.editContact(id, { newsletter_aktiv: '4' });
    await expectSettled(world);
    expect(newsletterOf(world, id)).toBe('4');
    expect(memberStatus(world, ANNA)).toBe('absent');
  });

  test('R6: it makes a remembered refusal be tried once more, and shows what became of it', async () => {
    await open({ newsletter: '1', status: 'forgotten' });
    expect(await reasonOf(world, id)).toBe('permanently_deleted');
    const adds = () => world.mailchimp.counts.byRoute.get('POST /lists/{list_id}') ?? 0;
    const before = adds();
    await syncAndApprove(world);
    expect(adds()).toBe(before);
    await enter({}, false);
    await expectSettled(world);
    expect(adds()).toBe(before + 1);
    expect(await reasonOf(world, id)).toBe('permanently_deleted');
  });

  test('between full syncs it is carried out at once, by the round of changes that it makes due', async () => {
    world = await createSyncedWorld({
      database,
      seed: (crm, mailchimp) => {
        id = plantContact(crm, { email: ANNA, newsletter: '1' });
        plantMember(mailchimp, { email: ANNA });
        for (let index = 0; index < 5; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
      },
    });
    world.mailchimp.admin.unsubscribe(LIST, ANNA);
    await world.live(60_000);
    expect(newsletterOf(world, id)).toBe('2');
    await enter();
    await world.live(60_000);
    expect(newsletterOf(world, id)).toBe('1');
    expect(memberStatus(world, ANNA)).toBe('subscribed');
    await expectSettled(world);
  });

  describe('F8: bad input is refused with its own message and changes nothing', () => {
    beforeEach(() => open({ newsletter: '0' }));
    test.each([
      ['opt_in.evidence_missing', 'evidence', { how: '  ' }],
      ['opt_in.person_missing', 'person', { person: '' }],
      ['opt_in.in_future', 'givenAt', { givenAt: Date.parse('2027-01-01') }],
    ])('%s', async (code, field, typed) => {
      await expect(enter(typed)).rejects.toMatchObject({ code, field });
      expect(await records()).toEqual([]);
      await expectSettled(world);
      expect(newsletterOf(world, id)).toBe('0');
    });

    test('contact.not_found, opt_in.no_address', async () => {
      const typed = { person: 'A', how: 'B', givenAt: instant(world.clock.now()), operator: 'Eva' };
      await expect(enterOptIn(world, '999999', typed, { setsField: true })).rejects.toMatchObject({
        code: 'contact.not_found',
        status: 404,
      });
      const without = plantContact(world.crm, { email: 'no address', newsletter: '0' });
      await syncAndApprove(world);
      await expect(enterOptIn(world, String(without), typed, { setsField: true })).rejects.toMatchObject({
        code: 'opt_in.no_address',
      });
    });
  });
});
