import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setStatus } from '../../simulators/mailchimp/membership.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { type AddressStory, addressStory } from '../support/address-story.ts';
import { expectBrevoSettled } from '../support/brevo-people.ts';
import type { PlantedContact } from '../support/plant.ts';
import { contactTags, expectSettled, memberTags, reasonOf } from '../support/settled.ts';

let database: Database;
let story: AddressStory;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const OLD = 'anna.alt@immo-test.de';
const NEW = 'anna.neu@immo-test.de';
const OTHER = 'anna.privat@immo-test.de';
const PROVIDERS = ['mailchimp', 'brevo'] as const satisfies readonly ProviderName[];

describe.each(PROVIDERS)('at %s', (provider) => {
  const given = async (contacts: readonly PlantedContact[], options: Parameters<typeof addressStory>[3] = {}) => {
    story = await addressStory(provider, database, contacts, options);
  };
  const settled = () => (provider === 'brevo' ? expectBrevoSettled(story.world) : expectSettled(story.world));
  const stableId = (email: string) =>
    provider === 'brevo'
      ? story.world.brevo.account.contacts.byEmail(email)?.id
      : story.world.mailchimp.store.list('onoffice').members.find(email)?.contactId;
  afterEach(() => settled());

  test('R7: a subscribed member moves to the address that an agent gave its contact: it is the same record', async () => {
    await given([{ email: OLD, firstName: 'Anna' }]);
    const before = stableId(OLD);
    story.agentMoves(0, NEW);
    const run = await story.world.sync();
    expect(await story.world.planOf(run.id)).toEqual({ 'move-member done': 1 });
    expect(stableId(NEW)).toBe(before);
    expect(story.active()).toEqual([NEW]);
    expect(story.standing(OLD)).toBe('absent');
  });

  test('R7: what changed together with the address is brought in step in the same run', async () => {
    await given([{ email: OLD, firstName: 'Anna', lastName: 'Alt' }]);
    story.agentMoves(0, NEW);
    story.world.crm.agent.editContact(story.ids[0] ?? 0, { Name: 'Neu' });
    const run = await story.world.sync();
    expect(await story.world.planOf(run.id)).toEqual({ 'move-member done': 1, 'update-member done': 1 });
  });

  test('R7: an unsubscribed member stays under its old address, and the new one gets a record with the same opt-out', async () => {
    await given([{ email: OLD }]);
    story.unsubscribe(OLD);
    await story.world.sync();
    story.world.advance(60_000);
    story.agentMoves(0, NEW);
    await settled();
    expect([story.standing(OLD), story.standing(NEW)]).toEqual(['unsubscribed', 'unsubscribed']);
    expect(story.said()).toBe('2');
  });

  test('R7: an opt-out that nobody has learned yet goes along all the same', async () => {
    await given([{ email: OLD }]);
    story.unsubscribe(OLD);
    story.agentMoves(0, NEW);
    await story.world.sync();
    expect(story.said()).toBe('2');
    expect([story.standing(OLD), story.standing(NEW)]).toEqual(['unsubscribed', 'unsubscribed']);
  });

  test('R7: a new address and a No at once are an opt-out under both addresses', async () => {
    await given([{ email: OLD }]);
    story.world.crm.agent.editContact(story.ids[0] ?? 0, { Email: NEW, newsletter_aktiv: '0' });
    await settled();
    expect([story.standing(OLD), story.standing(NEW)]).toEqual(['unsubscribed', 'unsubscribed']);
  });

  test('M20: who was taken out is not put back by a change of address', async () => {
    await given([{ email: OLD }]);
    story.takeOut(OLD);
    story.agentMoves(0, NEW);
    await story.world.sync();
    expect(story.said()).toBe('4');
    expect(story.active()).toEqual([]);
  });

  test('R7: if the new address is a member already, the contact is joined to it and the old member leaves', async () => {
    await given([{ email: OLD }], { members: [] });
    await givenMember(NEW);
    story.agentMoves(0, NEW);
    await story.world.sync();
    expect(story.active()).toEqual([NEW]);
    expect(story.standing(OLD)).toBe('off');
  });

  test('R7: an opt-out of either of two members wins', async () => {
    await given([{ email: OLD }], { members: [{ email: NEW, standing: 'unsubscribed' }] });
    story.agentMoves(0, NEW);
    await story.world.sync();
    expect(story.said()).toBe('2');
    expect(story.active()).toEqual([]);
    expect(story.standing(NEW)).toBe('unsubscribed');
  });

  test.each(['', 'keine Adresse'])(
    'R7: if the new address is "%s", the old member leaves with a reason',
    async (typed) => {
      await given([{ email: OLD }]);
      story.agentMoves(0, typed);
      await story.world.sync();
      expect(story.active()).toEqual([]);
      expect(story.standing(OLD)).toBe('off');
      expect(await reasonOf(story.world, story.ids[0] ?? 0)).toBe(typed === '' ? 'no_email' : 'invalid_email');
    },
  );

  test('R7: if the new address is refused, the old member leaves with a reason', async () => {
    await given([{ email: OLD }]);
    const refused = 'abuse@immo-test.de';
    if (provider === 'brevo') return;
    story.world.mailchimp.store.list('onoffice').forgotten.add(refused);
    story.agentMoves(0, refused);
    await story.world.sync();
    expect(story.active()).toEqual([]);
    expect(story.standing(OLD)).toBe('off');
    expect(await reasonOf(story.world, story.ids[0] ?? 0)).toBe('permanently_deleted');
  });

  test('R8: whoever shares the old address keeps his membership', async () => {
    await given([
      { email: OLD, firstName: 'Anna' },
      { email: OLD, firstName: 'Berta' },
    ]);
    story.agentMoves(0, NEW);
    await story.world.sync();
    expect(story.active()).toEqual([OLD, NEW]);
  });

  test('R7: the plan counts a move once, and nobody as taken out', async () => {
    await given([{ email: OLD }]);
    story.agentMoves(0, NEW);
    const run = await story.world.sync({ asksFirst: true });
    expect(await story.world.planOf(run.id)).toEqual({ 'move-member planned': 1 });
    await story.world.approve();
    expect(story.active()).toEqual([NEW]);
  });

  test('F5: a move whose answer was lost is looked for under both addresses and not repeated', async () => {
    await given([{ email: OLD }]);
    story.agentMoves(0, NEW);
    let moves = 0;
    story.world.onRequest = ({ call, body }) => {
      if (!/^(PATCH|PUT) /.test(call) || !/EMAIL|email_address/.test(body)) return undefined;
      moves += 1;
      return 'kill-after';
    };
    await story.world.sync();
    expect(moves).toBe(1);
    expect(story.active()).toEqual([NEW]);
  });

  test('R4: whoever leaves right before he is moved stays out, under every address', async () => {
    await given([{ email: OLD }]);
    story.agentMoves(0, NEW);
    story.world.onRequest = ({ call, body }) => {
      if (!/^(PATCH|PUT) /.test(call) || !/EMAIL|email_address/.test(body)) return;
      if (story.standing(OLD) === 'subscribed') story.unsubscribe(OLD);
    };
    await story.world.sync();
    await settled();
    expect(story.active()).toEqual([]);
    expect(story.said()).toBe('2');
  });

  test.each(['person', 'admin'] as const)(
    'M24: an address that the %s changed becomes the main one, the old one stays as a further address',
    async (who) => {
      await given([{ email: OLD, firstName: 'Anna' }]);
      const before = stableId(OLD);
      story.providerMoves(OLD, NEW, who);
      const run = await story.world.sync();
      expect(await story.world.planOf(run.id)).toEqual({ 'change-contact-address done': 1 });
      expect(story.emails()).toEqual([NEW, OLD]);
      expect(story.active()).toEqual([NEW]);
      expect(stableId(NEW)).toBe(before);
      expect(story.said()).toBe('1');
    },
  );

  test('M24: every contact with Yes that shares the old address follows, and no other', async () => {
    await given([{ email: OLD }, { email: OLD }, { email: OLD, newsletter: '4' }]);
    story.providerMoves(OLD, NEW);
    await story.world.sync();
    expect([0, 1, 2].map((index) => story.emails(index)[0])).toEqual([NEW, NEW, OLD]);
    expect(story.active()).toEqual([NEW]);
  });

  test('M24: an address that the contact has as a further one is only made the main one', async () => {
    await given([{ email: OLD, furtherEmails: [NEW] }]);
    story.providerMoves(OLD, NEW);
    await story.world.sync();
    expect(story.emails()).toEqual([NEW, OLD]);
  });

  test('M24: changed back, the contact follows back', async () => {
    await given([{ email: OLD }]);
    story.providerMoves(OLD, NEW);
    await story.world.sync();
    story.world.advance(60_000);
    story.providerMoves(NEW, OLD);
    await story.world.sync();
    expect(story.emails()).toEqual([OLD, NEW]);
  });

  test('R7: changed on both sides, the one of the CRM stays the main one and the member gets it', async () => {
    await given([{ email: OLD }]);
    const before = stableId(OLD);
    story.providerMoves(OLD, OTHER);
    story.agentMoves(0, NEW);
    await story.world.sync();
    expect(story.emails()[0]).toBe(NEW);
    expect(story.active()).toEqual([NEW]);
    expect(stableId(NEW)).toBe(before);
  });

  test('R7: an opt-out that vanished with a change of address is set again on the new one', async () => {
    await given([{ email: OLD }], { switches: { mailchimp: { changeAddressOfInactive: 'moved' } } });
    story.unsubscribe(OLD);
    await story.world.sync();
    story.world.advance(60_000);
    story.providerMoves(OLD, NEW, 'admin');
    if (provider === 'mailchimp') raiseByApi(NEW);
    expect(story.standing(NEW)).toBe('subscribed');
    await story.world.sync();
    expect(story.standing(NEW)).toBe('unsubscribed');
    expect(story.said()).toBe('2');
  });

  test('R7: somebody changes his address and leaves: he is out under both addresses', async () => {
    await given([{ email: OLD }]);
    story.providerMoves(OLD, NEW);
    story.unsubscribe(NEW);
    await story.world.sync();
    expect(story.active()).toEqual([]);
    expect(story.said()).toBe('2');
  });

  test('R7: a member that is joined through a further address is not moved to the main one', async () => {
    await given([{ email: OLD, furtherEmails: [OTHER] }], { members: [{ email: OTHER, standing: 'subscribed' }] });
    story.providerMoves(OTHER, NEW);
    await story.world.sync();
    expect(story.emails()).toEqual([OLD, OTHER]);
    expect(story.active()).toEqual([OLD, NEW]);
  });

  async function givenMember(email: string): Promise<void> {
    if (provider === 'brevo') story.world.brevo.admin.addContact({ email, lists: ['onoffice'] });
    else story.world.mailchimp.admin.addMember('onoffice', { email });
  }

  function raiseByApi(email: string): void {
    const { store, world } = story.world.mailchimp;
    const list = store.list('onoffice');
    const member = list.members.find(email);
    if (member) setStatus(world, list, member, 'subscribed', { by: 'api', at: story.world.clock.now() });
  }
});

test('R7: tags go along with a member, on both sides', async () => {
  story = await addressStory('mailchimp', database, [{ email: OLD, tags: ['Mieter', 'Käufer'] }]);
  story.agentMoves(0, NEW);
  story.world.crm.agent.editContact(story.ids[0] ?? 0, { NewsletterTag: ['Mieter'] });
  await story.world.sync();
  // A first meeting would have given the CRM back the tag that the agent took off.
  expect(memberTags(story.world, NEW)).toEqual(['Mieter', 'onoffice']);
  expect(contactTags(story.world, story.ids[0] ?? 0)).toEqual(['Mieter']);
  await expectSettled(story.world);
});
