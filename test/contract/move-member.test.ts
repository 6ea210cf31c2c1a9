import { expect, test } from 'vitest';
import { MAPPING as BREVO_MAPPING, brevoWorld } from './brevo-world.ts';
import { address, MAPPING, mailchimpWorld } from './mailchimp-world.ts';

const OLD = address('anna.alt@immo-test.de');
const NEW = address('anna.neu@immo-test.de');

test('R3, Mailchimp: no status rides along, and tags and opt-in time stay', async () => {
  const { mailchimp, writes, listId, sent, at } = mailchimpWorld();
  mailchimp.admin.addMember('onoffice', { email: OLD, tags: ['Mieter'] });
  const before = at(OLD);
  const { timestampOpt } = { ...before };
  expect(await writes.moveMember(listId, OLD, NEW, MAPPING)).toMatchObject({ member: { tags: [{ name: 'Mieter' }] } });
  expect(at(NEW)?.timestampOpt).toBe(timestampOpt);
  expect(sent.filter(({ method }) => method !== 'GET')).toMatchObject([
    { method: 'PATCH', body: { email_address: NEW } },
  ]);
});

test.each(['refused', 'moved'] as const)(
  'R7, Mailchimp: whoever leaves after we looked is not counted as moved (%s)',
  async (changeAddressOfInactive) => {
    let leave = () => {};
    const world = mailchimpWorld(
      { switches: { changeAddressOfInactive } },
      {
        fetch: async (url, init) => {
          if (init.method === 'PATCH') leave();
          return world.mailchimp.fetch(new Request(url, init));
        },
      },
    );
    const { mailchimp, writes, listId, at } = world;
    mailchimp.admin.addMember('onoffice', { email: OLD });
    leave = () => mailchimp.person.unsubscribe('onoffice', OLD);
    expect(await writes.moveMember(listId, OLD, NEW, MAPPING)).toMatchObject(
      changeAddressOfInactive === 'refused'
        ? { outcome: 'gone' }
        : { outcome: 'left', member: { email: NEW, status: 'unsubscribed' } },
    );
    expect([at(OLD)?.status, at(NEW)?.status]).toContain('unsubscribed');
  },
);

test('Mailchimp: an address that was permanently deleted is refused for good', async () => {
  const { mailchimp, writes, listId } = mailchimpWorld();
  mailchimp.admin.addMember('onoffice', { email: OLD });
  mailchimp.store.list('onoffice').forgotten.add(NEW);
  expect(await writes.moveMember(listId, OLD, NEW, MAPPING)).toMatchObject({
    outcome: 'refused',
    reason: 'permanently_deleted',
    isPermanent: true,
  });
});

test.each(['lifts-block', 'keeps-block'] as const)(
  'R7, Brevo: whoever is blocked between our look and the change is blocked again at once (%s)',
  async (addressChange) => {
    let leave = () => {};
    const world = brevoWorld(
      { switches: { addressChange } },
      {
        fetch: async (url, init) => {
          if (init.method === 'PUT' && String(init.body).includes('EMAIL')) leave();
          return world.brevo.fetch(new Request(url, init));
        },
      },
    );
    const { brevo, writes, audienceId, at } = world;
    brevo.admin.addContact({ email: OLD, lists: ['onoffice'] });
    leave = () => brevo.person.unsubscribe(OLD);
    expect(await writes.moveMember(audienceId, OLD, NEW, BREVO_MAPPING)).toMatchObject({
      outcome: 'left',
      member: { email: NEW, status: 'unsubscribed' },
    });
    expect(at(NEW)?.emailBlacklisted).toBe(true);
  },
);

test('R7, Brevo: neither a block nor a list rides along', async () => {
  const { brevo, writes, audienceId, sent } = brevoWorld();
  brevo.admin.addContact({ email: OLD, lists: ['onoffice'] });
  await writes.moveMember(audienceId, OLD, NEW, BREVO_MAPPING);
  expect(sent.filter(({ method }) => method !== 'GET')).toMatchObject([
    { method: 'PUT', body: { attributes: { EMAIL: NEW } } },
  ]);
});

test('Brevo: an address that the account has outside the list is no free one', async () => {
  const { brevo, writes, audienceId } = brevoWorld();
  brevo.admin.addContact({ email: OLD, lists: ['onoffice'] });
  brevo.admin.addContact({ email: NEW });
  expect(await writes.moveMember(audienceId, OLD, NEW, BREVO_MAPPING)).toEqual({ outcome: 'already-member' });
});
