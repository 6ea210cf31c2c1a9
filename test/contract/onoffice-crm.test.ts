import { expect, test } from 'vitest';
import { DEFAULT_SECRET, DEFAULT_TOKEN } from '../../simulators/onoffice/index.ts';
import type { OnOfficeCrmOptions } from '../../src/adapters/onoffice/customer.ts';
import { failure, world } from './onoffice-world.ts';

test('one request finds out what the API user has and may', async () => {
  const { sim, reads } = world();
  const key = sim.agent.addTag('Eigentümer');
  sim.agent.createContact({ Name: 'Übler' });
  sim.agent.createContact({ Name: 'Weiß' });
  expect(await reads.checkAccess()).toEqual({
    writableConsents: ['yes', 'no', 'none', 'undeliverable'],
    permitsCancellation: true,
    has: { tags: true, letterSalutation: true, privateFlag: true, archiveFlag: true },
    tags: [{ key, label: 'Eigentümer' }],
    contactCount: 2,
    mayWrite: undefined,
  });
  expect(sim.counts.requests).toBe(1);
});

test.each([true, false])(
  'where the API user sees himself alone, a second request tells whether he may write: %s',
  async (may) => {
    const { sim, reads } = world();
    for (const user of sim.store.users.values()) if (user !== sim.apiUser) sim.store.users.delete(user.id);
    sim.apiUser.rights.writeAddresses = may;
    sim.agent.createContact({ Name: 'Übler' });
    expect(await reads.checkAccess()).toMatchObject({ mayWrite: may });
    expect(sim.counts.requests).toBe(2);
  },
);

test('a user who may not read users, and a CRM without contacts, leave open whether he may write', async () => {
  const { sim, reads } = world();
  expect(await reads.checkAccess()).toMatchObject({ contactCount: 0, mayWrite: undefined });
  sim.apiUser.rights.readUsers = false;
  sim.agent.createContact({ Name: 'Übler' });
  expect(await reads.checkAccess()).toMatchObject({ contactCount: 1, mayWrite: undefined });
});

test('an older customer has fewer values and fields', async () => {
  const { reads } = world({
    customer: {
      newsletterValues: ['1', '0', '2', '3'],
      statusField: 'Status',
      inactiveFields: ['NewsletterTag', 'Privat', 'Briefanrede'],
    },
  });
  expect(await reads.checkAccess()).toMatchObject({
    writableConsents: ['yes', 'no'],
    has: { tags: false, letterSalutation: false, privateFlag: false, archiveFlag: true },
    tags: [],
  });
});

test.each(['newsletter_aktiv', 'Email'])('without the field %s there is nothing to connect to', async (field) => {
  for (const unknownFieldCode of [75, 141] as const) {
    const { reads } = world({ switches: { unknownFieldCode }, customer: { inactiveFields: [field] } });
    expect(await failure(reads.checkAccess())).toMatchObject({
      kind: 'misconfigured',
      code: 'onoffice.field_inactive',
      words: field,
    });
    expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject({ code: 'onoffice.field_inactive' });
  }
});

test('a wrong token, a wrong secret, swapped ones and an inactive user each have their own words', async () => {
  const { sim, crmOf } = world();
  const check = (more: Partial<OnOfficeCrmOptions>) => failure(crmOf(more).reads.checkAccess());
  expect(await check({ token: 'f'.repeat(32) })).toMatchObject({
    kind: 'auth',
    code: 'onoffice.credentials_invalid',
    status: 22,
  });
  expect(await check({ secret: 'f'.repeat(64) })).toMatchObject({
    kind: 'auth',
    code: 'onoffice.credentials_invalid',
    status: 137,
  });
  const before = sim.counts.requests;
  expect(await check({ token: DEFAULT_SECRET, secret: DEFAULT_TOKEN })).toMatchObject({
    kind: 'auth',
    code: 'onoffice.credentials_swapped',
  });
  expect(sim.counts.requests).toBe(before);
  sim.apiUser.active = false;
  expect(await check({})).toMatchObject({ kind: 'auth', code: 'onoffice.user_inactive', status: 104 });
});

test.each([150_000, -150_000])('a clock that is wrong by %i ms is told from wrong credentials', async (skewMs) => {
  const { reads } = world({ skewMs });
  expect(await failure(reads.checkAccess())).toMatchObject({
    kind: 'misconfigured',
    code: 'onoffice.clock_skew',
    status: 136,
  });
});

test.each([
  [158, 'misconfigured', 'onoffice.ip_blocked'],
  [193, 'auth', 'onoffice.claim_outdated'],
  [201, 'auth', 'onoffice.claim_outdated'],
  [248, 'auth', 'onoffice.claim_outdated'],
  [240, 'forbidden', 'onoffice.call_not_allowed'],
  [48, 'auth', 'onoffice.credentials_invalid'],
  [170, 'forbidden', 'onoffice.no_read_right'],
])('error %i stops the call, however the top of the answer looks', async (code, kind, expected) => {
  for (const actionFailureStatus of ['error-in-action', 'own-code', 'ok'] as const) {
    const { sim, reads } = world({ switches: { actionFailureStatus } });
    sim.actionFaults.plan({ code, times: 10 });
    expect(await failure(reads.checkAccess())).toMatchObject({ kind, code: expected, status: code });
  }
});

test('a claim is sent where one is asked for', async () => {
  const { crmOf, sim } = world({ switches: { claims: 'everybody' } });
  expect(await failure(crmOf().reads.checkAccess())).toMatchObject({ code: 'onoffice.claim_outdated', status: 193 });
  expect(await failure(crmOf({ extendedClaim: 'nonsense' }).reads.checkAccess())).toMatchObject({
    code: 'onoffice.claim_outdated',
  });
  expect(sim.counts.errors[193]).toBeGreaterThan(0);
});

test('no read right is an error or an empty CRM', async () => {
  for (const [noReadRight, expected] of [
    ['error', 'onoffice.no_read_right'],
    ['empty', undefined],
  ] as const) {
    const { sim, reads } = world({ switches: { noReadRight } });
    sim.agent.createContact({ Name: 'Übler' });
    sim.apiUser.rights.readAddresses = 'none';
    if (expected === undefined) {
      expect(await reads.checkAccess()).toMatchObject({ contactCount: 0 });
      expect(await reads.readContacts({ offset: 0 })).toEqual({ contacts: [], total: 0, nextOffset: undefined });
    } else {
      expect(await failure(reads.checkAccess())).toMatchObject({ kind: 'forbidden', code: expected });
      expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject({ kind: 'forbidden', code: expected });
    }
  }
});

test('a tag is added once, whatever the spelling, and can be set at once', async () => {
  const { sim, reads } = world();
  const tag = await reads.createTag('Kapitalanleger & Söhne');
  expect(tag.label).toBe('Kapitalanleger & Söhne');
  expect(await reads.listTags()).toEqual([tag]);
  expect(await reads.createTag(' kapitalanleger & söhne ')).toEqual(tag);
  const contactId = String(sim.agent.createContact({}).id);
  expect(await reads.writeTags([{ contactId, tagKeys: [tag.key] }])).toMatchObject([{ outcome: 'done' }]);
  // Labels that differ only in what a key cannot hold get keys that differ.
  const second = await reads.createTag('Kapitalanleger – Söhne');
  expect(second.key).not.toBe(tag.key);
});

test('R11: a renamed tag keeps its key and its contacts, a deleted one is off all of them', async () => {
  const { sim, reads } = world();
  const key = sim.agent.addTag('Käufer');
  const contactId = String(sim.agent.createContact({ NewsletterTag: ['Käufer'] }).id);
  await reads.renameTag(key, 'Kaufinteressent');
  expect(await reads.listTags()).toEqual([{ key, label: 'Kaufinteressent' }]);
  expect(await reads.readContactsById([contactId])).toMatchObject([{ tagKeys: [key] }]);
  await reads.deleteTag(key);
  await reads.deleteTag(key);
  expect(await reads.listTags()).toEqual([]);
  expect(await reads.readContactsById([contactId])).toMatchObject([{ tagKeys: [] }]);
  expect(await failure(reads.renameTag(key, 'Käufer'))).toMatchObject({ code: 'onoffice.tag_change_refused' });
});

test('R11: without the right to it no tag is renamed or deleted', async () => {
  const { sim, reads } = world();
  const key = sim.agent.addTag('Käufer');
  sim.apiUser.rights.createTags = false;
  const refusal = { kind: 'forbidden', code: 'onoffice.tag_change_refused', status: 183 };
  expect(await failure(reads.renameTag(key, 'Kaufinteressent'))).toMatchObject(refusal);
  expect(await failure(reads.deleteTag(key))).toMatchObject(refusal);
  expect(await reads.listTags()).toEqual([{ key, label: 'Käufer' }]);
});

test('a refused tag says so, and a customer without tags has none', async () => {
  const { sim, reads } = world();
  sim.apiUser.rights.createTags = false;
  expect(await failure(reads.createTag('Eigentümer'))).toMatchObject({
    kind: 'forbidden',
    code: 'onoffice.tag_creation_refused',
    status: 183,
  });
  const without = world({ customer: { inactiveFields: ['NewsletterTag'] } });
  expect(await without.reads.listTags()).toEqual([]);
  expect(await failure(without.reads.createTag('Eigentümer'))).toMatchObject({
    code: 'onoffice.field_inactive',
    words: 'NewsletterTag',
  });
});
