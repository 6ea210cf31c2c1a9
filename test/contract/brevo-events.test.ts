import { describe, expect, test } from 'vitest';
import type { BrevoSwitches } from '../../simulators/brevo/switches.ts';
import type { ProviderEvent } from '../../src/core/provider-event.ts';
import { address, brevoWorld, newMember, START } from './brevo-world.ts';

const ANNA = 'anna@immo-test.de';
const NEW = 'anna.neu@immo-test.de';
const RECEIVED_AT = '2026-03-02T09:00:00.000Z';
const START_AT = new Date(START).toISOString();
const EVERYTHING = ['delivered', 'opened', 'clicked', 'soft-bounce'] as const;

/** Brevo with our webhook, and Anna on our list; `take` reads with our parser what it sent since. */
async function withHook(switches: Partial<BrevoSwitches> = {}, more: { batched?: boolean } = {}) {
  const bodies: string[] = [];
  const world = brevoWorld({
    switches: { limits: false, ...switches },
    fetch: async (request) => {
      bodies.push(await request.text());
      return new Response(null, { status: 200 });
    },
  });
  const { brevo, reads, list, audienceId } = world;
  const prefix = 'https://connector.test/hook/1/';
  await reads.ensureWebhook(audienceId, `${prefix}geheim`, prefix, EVERYTHING);
  if (more.batched) for (const webhook of brevo.account.webhooks.values()) webhook.batched = true;
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  const other = brevo.admin.createList('Kunden');
  const take = async (): Promise<readonly ProviderEvent[]> => {
    await world.pass(0);
    return bodies.splice(0).flatMap((body) => {
      const events = reads.parseEvents(audienceId, { contentType: 'application/json', body, receivedAt: RECEIVED_AT });
      expect(events, body).toBeDefined();
      return events ?? [];
    });
  };
  await take();
  return { ...world, take, list, other };
}

const told = (events: readonly ProviderEvent[]) => events.map(({ kind, by }) => [kind, by]);

describe.each(['samples', 'tables', 'registered'] as const)('Brevo in the spelling of its %s', (eventSpelling) => {
  test.each(['none', 'after', 'before'] as const)(
    'who leaves by a link, complains or bounces has done so, with the block told %s',
    async (blockEvents) => {
      const { brevo, bounce, list, other, take } = await withHook({ eventSpelling, blockEvents });
      const block = ['unsubscribed', 'someone'];
      const around = (event: string[]) => {
        if (blockEvents === 'none') return [event];
        return blockEvents === 'after' ? [event, block] : [block, event];
      };
      brevo.person.unsubscribe(ANNA);
      const left = await take();
      expect(told(left)).toEqual(around(['unsubscribed', 'person']));
      expect(left.find(({ by }) => by === 'person')).toMatchObject({
        email: ANNA,
        isOurAudience: true,
        happenedAt: START_AT,
        campaign: undefined,
      });
      for (const email of ['b@immo-test.de', 'c@immo-test.de', 'd@immo-test.de'])
        brevo.admin.addContact({ email, lists: [email.startsWith('d') ? other.id : list.id] });
      await take();
      brevo.person.complain('b@immo-test.de');
      expect(told(await take())).toEqual(around(['complained', 'person']));
      bounce('c@immo-test.de');
      expect(told(await take())).toEqual(around(['bounced', 'person']));
      brevo.person.unsubscribe('d@immo-test.de');
      const elsewhere = (await take()).find(({ by }) => by === 'person');
      expect(elsewhere).toMatchObject({ kind: 'unsubscribed', isOurAudience: false });
    },
  );

  test('what becomes of a mail is nobody’s consent', async () => {
    const { brevo, take } = await withHook({ eventSpelling });
    const { id } = brevo.campaign.send('onoffice', { name: 'März', rates: NOBODY_DOES_ANYTHING });
    await take();
    brevo.campaign.open(id, ANNA);
    brevo.campaign.open(id, ANNA, { proxy: true });
    brevo.campaign.click(id, ANNA);
    brevo.campaign.bounce(id, ANNA, 'soft');
    const events = await take();
    expect(events.map(({ kind }) => kind)).toEqual(['mail', 'mail', 'mail', 'mail']);
    for (const event of events)
      expect(event).toMatchObject({ email: ANNA, campaign: { id: String(id), name: 'März' } });
    expect(new Set(events.map(({ key }) => key)).size).toBe(4);
  });
});

const NOBODY_DOES_ANYTHING = { hardBounce: 0, softBounce: 0, open: 0, click: 0, unsubscribe: 0, complain: 0 };

describe.each(['both', 'content-only', 'top-level-only'] as const)('Brevo with the address %s', (updatedAddress) => {
  test('a block by hand is an opt-out of everything, and its end a subscription', async () => {
    const { brevo, take } = await withHook({ updatedAddress });
    brevo.admin.block(ANNA);
    const everywhere = { by: 'someone', email: ANNA, isOurAudience: undefined, happenedAt: START_AT };
    expect(await take()).toMatchObject([{ kind: 'unsubscribed', ...everywhere }]);
    brevo.admin.unblock(ANNA);
    expect(await take()).toMatchObject([{ kind: 'subscribed', ...everywhere }]);
  });

  test('R7: a changed address is told with both', async () => {
    const { brevo, take } = await withHook({ updatedAddress });
    brevo.person.changeAddress(ANNA, NEW);
    expect(await take()).toMatchObject([{ kind: 'address-changed', by: 'someone', email: ANNA, newEmail: NEW }]);
  });

  test('other edits are edits', async () => {
    const { brevo, take } = await withHook({ updatedAddress });
    brevo.person.editProfile(ANNA, { VORNAME: 'Anne' });
    expect(await take()).toMatchObject([{ kind: 'edited', by: 'someone', email: ANNA }]);
  });
});

describe.each(['list_addition', 'contact_updated', 'both'] as const)('Brevo that tells lists as %s', (form) => {
  test('who is put on our list subscribes, and who is taken off is removed; other lists are nothing to us', async () => {
    const { brevo, list, other, take } = await withHook({ existingListAddition: form });
    brevo.admin.addContact({ email: NEW });
    brevo.admin.addToList(list.id, NEW);
    const added = await take();
    expect(added).toHaveLength(form === 'both' ? 2 : 1);
    for (const event of added)
      expect(event).toMatchObject({ kind: 'subscribed', by: 'someone', email: NEW, isOurAudience: true });
    brevo.admin.removeFromList(list.id, NEW);
    expect(await take()).toMatchObject([{ kind: 'removed', by: 'someone', email: NEW, isOurAudience: true }]);
    brevo.admin.addToList(other.id, NEW);
    brevo.admin.removeFromList(other.id, NEW);
    for (const event of await take()) expect(event).toMatchObject({ kind: 'ignored', isOurAudience: false });
  });
});

test('a new contact on our list subscribes; a deleted one is removed', async () => {
  const { brevo, list, take } = await withHook();
  brevo.person.subscribe(list.id, { email: NEW });
  expect(await take()).toMatchObject([{ kind: 'subscribed', by: 'someone', email: NEW, isOurAudience: true }]);
  brevo.admin.deleteContact(NEW);
  expect(await take()).toMatchObject([{ kind: 'removed', by: 'unknown', email: NEW, isOurAudience: true }]);
});

test('R1 a: what a program does is told as a program’s, by the name of its key; without names nobody knows', async () => {
  const { brevo, writes, audienceId, take } = await withHook();
  await writes.addMembers(audienceId, [newMember('neu@immo-test.de')], {});
  const named = await take();
  expect(named).not.toEqual([]);
  for (const event of named) expect(event).toMatchObject({ by: 'program', evidence: { apiKey: 'onOffice' } });
  brevo.switches.apiKeyNames = false;
  await writes.unsubscribeMember(audienceId, address(ANNA), {});
  const unnamed = await take();
  expect(unnamed).not.toEqual([]);
  for (const event of unnamed) expect(event).toMatchObject({ kind: 'unsubscribed', by: 'unknown', evidence: {} });
});

test.each(['plain', 'iso'] as const)(
  'the time of a contact event is its seconds, whatever its %s date',
  async (contactEventDate) => {
    const { brevo, take } = await withHook({ contactEventDate });
    brevo.admin.block(ANNA);
    expect(await take()).toMatchObject([{ happenedAt: START_AT }]);
  },
);

test('F1: a batch tells every happening in it, and one told twice has one key', async () => {
  const { brevo, take, pass } = await withHook({ duplicateEvents: true, blockEvents: 'none' }, { batched: true });
  await pass(300_000);
  await take();
  brevo.person.unsubscribe(ANNA);
  brevo.admin.addContact({ email: NEW, lists: ['onoffice'] });
  expect(await take()).toEqual([]);
  await pass(300_000);
  const events = await take();
  expect(told(events)).toEqual([
    ['unsubscribed', 'person'],
    ['unsubscribed', 'person'],
    ['subscribed', 'someone'],
    ['subscribed', 'someone'],
  ]);
  expect(new Set(events.map(({ key }) => key)).size).toBe(2);
});
