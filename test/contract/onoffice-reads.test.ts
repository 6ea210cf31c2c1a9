import { expect, test } from 'vitest';
import type { OnOfficeSwitches } from '../../simulators/onoffice/index.ts';
import { DEFAULT_ONOFFICE_LIMITS } from '../../src/adapters/onoffice/limits.ts';
import { address, failure, world } from './onoffice-world.ts';

test.each([
  {},
  { scalars: 'numbers' },
  { multiselectRead: 'array' },
  { emptyMultiselect: 'null' },
] as const satisfies readonly Partial<OnOfficeSwitches>[])(
  'contacts are read whole, in every dialect (%o)',
  async (switches) => {
    const { sim, reads } = world({ switches });
    const owner = sim.agent.addTag('Eigentümer');
    const tenant = sim.agent.addTag('Mieter');
    const eva = sim.agent.createContact({
      emails: [' Eva@Immo-Test.de ', 'zweit@immo-test.de'],
      Anrede: 'Frau',
      Vorname: 'Eva',
      Name: 'Übler',
      Briefanrede: 'Sehr geehrte Frau Übler,',
      newsletter_aktiv: '1',
      NewsletterTag: ['Mieter', 'Eigentümer'],
    });
    const old = sim.agent.createContact({ Name: 'Alt', newsletter_aktiv: '2' });
    sim.agent.archive(old.id);
    sim.agent.setPrivate(old.id, true);
    const page = await reads.readContacts({ offset: 0 });
    expect(page).toEqual({
      total: 2,
      nextOffset: undefined,
      contacts: [
        {
          id: String(eva.id),
          email: 'Eva@Immo-Test.de',
          consent: 'yes',
          fields: {
            salutation: 'Frau',
            letterSalutation: 'Sehr geehrte Frau Übler,',
            firstName: 'Eva',
            lastName: 'Übler',
          },
          tagKeys: [owner, tenant].sort(),
          isPrivate: false,
          isArchived: false,
          modifiedAt: '2026-02-01 10:00:00',
        },
        expect.objectContaining({
          id: String(old.id),
          email: '',
          consent: 'no',
          tagKeys: [],
          isPrivate: true,
          isArchived: true,
        }),
      ],
    });
  },
);

test('an archived contact is known by either of the two kinds of status', async () => {
  for (const statusField of ['Status', 'Status2Adr'] as const) {
    const { sim, reads } = world({ customer: { statusField } });
    sim.agent.archive(sim.agent.createContact({ Name: 'Alt' }).id);
    sim.agent.createContact({ Name: 'Neu' });
    const { contacts } = await reads.readContacts({ offset: 0 });
    expect(contacts.map((contact) => contact.isArchived)).toEqual([true, false]);
  }
});

test('salutations travel in the language of the connection', async () => {
  const { sim, crmOf } = world();
  sim.agent.createContact({ Anrede: 'Frau' });
  const { contacts } = await crmOf({ language: 'ENG' }).reads.readContacts({ offset: 0 });
  expect(contacts[0]?.fields.salutation).toBe('Ms');
});

test('pages end with the last contact, each contact once', async () => {
  const { sim, crmOf } = world();
  const ids = Array.from({ length: 25 }, (_, index) => String(sim.agent.createContact({ Name: `N${index}` }).id));
  const { reads } = crmOf({ limits: { ...DEFAULT_ONOFFICE_LIMITS, pageSize: 10 } });
  const seen: string[] = [];
  let offset: number | undefined = 0;
  let pages = 0;
  while (offset !== undefined) {
    const page: Awaited<ReturnType<typeof reads.readContacts>> = await reads.readContacts({ offset });
    seen.push(...page.contacts.map((contact) => contact.id));
    expect(page.total).toBe(25);
    offset = page.nextOffset;
    pages += 1;
  }
  expect(seen).toEqual(ids);
  expect(pages).toBe(3);
  expect(await reads.readContacts({ offset: 25 })).toEqual({ contacts: [], total: 25, nextOffset: undefined });
});

test('a CRM that cannot sort is read unsorted, and asked only once', async () => {
  const { sim, reads } = world();
  sim.agent.createContact({ Name: 'Übler' });
  sim.actionFaults.plan({ code: 212, times: 1, match: /read address/ });
  expect((await reads.readContacts({ offset: 0 })).contacts).toHaveLength(1);
  await reads.readContacts({ offset: 0 });
  expect(sim.counts.actions['read address']).toBe(3);
});

test('changes are read from a time of the CRM’s own clock on, that second included', async () => {
  const { sim, reads, later } = world();
  sim.agent.createContact({ Name: 'Alt' });
  await later(60_000);
  const changed = sim.agent.createContact({ Name: 'Neu' });
  const all = await reads.readContacts({ offset: 0 });
  const latest = all.contacts
    .map((contact) => contact.modifiedAt)
    .sort()
    .at(-1)!;
  const page = await reads.readContacts({ offset: 0, changedSince: latest });
  expect(page.contacts.map((contact) => contact.id)).toEqual([String(changed.id)]);
  expect(page.total).toBe(1);
});

test.each(['skip', 'error'] as const)(
  'contacts read by number leave out those that are gone (%s)',
  async (missingRecordIds) => {
    const { sim, reads, crmOf } = world({ switches: { missingRecordIds } });
    const ids = Array.from({ length: 7 }, (_, index) => sim.agent.createContact({ Name: `N${index}` }).id);
    sim.agent.deleteContact(ids[2]!);
    sim.agent.deleteContact(ids[5]!);
    const wanted = ids.map(String);
    const left = wanted.filter((_, index) => index !== 2 && index !== 5);
    const idsOf = async (crm: typeof reads) => (await crm.readContactsById(wanted)).map((contact) => contact.id).sort();
    expect(await idsOf(reads)).toEqual(left);
    expect(await idsOf(crmOf({ limits: { ...DEFAULT_ONOFFICE_LIMITS, maxIdsPerAction: 3 } }).reads)).toEqual(left);
    expect(await reads.readContactsById([])).toEqual([]);
    expect(await reads.readContactsById([String(ids[2])])).toEqual([]);
  },
);

test('contacts are found by any of their addresses, private and archived ones included', async () => {
  const { sim, reads } = world();
  const main = sim.agent.createContact({ emails: ['Eva@immo-test.de', 'zweit@immo-test.de'] });
  const spaced = sim.agent.createContact({ emails: [' eva@immo-test.de '], Privat: true });
  const further = sim.agent.createContact({ emails: ['x@immo-test.de', 'eva@immo-test.de'] });
  sim.agent.archive(further.id);
  sim.agent.createContact({ emails: ['andere-eva@immo-test.de'] });
  const asked = ['eva@immo-test.de', 'niemand@immo-test.de', 'zweit@immo-test.de'].map(address);
  const found = await reads.findContactsByEmail(asked);
  expect(found.map((list) => list.map(({ contact, foundBy }) => [Number(contact.id), foundBy]))).toEqual([
    [
      [main.id, 'main-address'],
      [spaced.id, 'main-address'],
      [further.id, 'further-address'],
    ],
    [],
    [[main.id, 'further-address']],
  ]);
  expect(found[0]?.map(({ contact }) => [contact.isPrivate, contact.isArchived])).toEqual([
    [false, false],
    [true, false],
    [false, true],
  ]);
  // The field list, then all three searches in one.
  expect(sim.counts.requests).toBe(2);
});

test.each(['Privat', 'newsletter_aktiv', 'NewsletterTag', 'Status2Adr'])(
  'a field that is made inactive while we read (%s) stops the read and names the field',
  async (name) => {
    for (const unknownFieldCode of [75, 141] as const) {
      const { sim, reads } = world({ switches: { unknownFieldCode } });
      sim.agent.createContact({ Name: 'Übler' });
      await reads.readContacts({ offset: 0 });
      sim.store.fields.get(name)!.active = false;
      const stopped = { kind: 'misconfigured', code: 'onoffice.field_inactive', words: name };
      expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject(stopped);
      // Nor is it left out the next time, when the field list no longer has it.
      const code = name === 'newsletter_aktiv' ? 'onoffice.field_inactive' : 'onoffice.field_missing';
      expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject({ ...stopped, code });
      if (name === 'newsletter_aktiv') continue;
      await reads.checkAccess();
      expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject({ ...stopped, code });
    }
  },
);

test('an opt-out is written although a field is gone, and reading goes on once it is back (R12)', async () => {
  const { sim, reads, consentWrites } = world();
  const contactId = String(sim.agent.createContact({ newsletter_aktiv: '1' }).id);
  await reads.readContacts({ offset: 0 });
  sim.store.fields.get('Briefanrede')!.active = false;
  for (let attempt = 0; attempt < 2; attempt += 1) await failure(reads.readContacts({ offset: 0 }));
  expect(await consentWrites.writeConsent([{ contactId, consent: 'no' }], 'cancellation')).toMatchObject([
    { outcome: 'done' },
  ]);
  sim.store.fields.get('Briefanrede')!.active = true;
  expect((await reads.readContacts({ offset: 0 })).contacts).toMatchObject([{ consent: 'no' }]);
});

test('a customer who is moved to the newer kind of status is read on', async () => {
  const { sim, reads, later } = world({ customer: { statusField: 'Status' } });
  sim.agent.archive(sim.agent.createContact({}).id);
  await reads.readContacts({ offset: 0 });
  sim.store.fields.get('Status')!.listed = false;
  sim.store.fields.get('Status2Adr')!.active = true;
  await later(DEFAULT_ONOFFICE_LIMITS.fieldsKeptMs);
  expect((await reads.readContacts({ offset: 0 })).contacts).toMatchObject([{ isArchived: true }]);
});

test('a field that is left out of the answers in silence stops the read', async () => {
  const { sim, crmOf } = world();
  sim.agent.createContact({ Name: 'Übler', Privat: true });
  const { reads } = crmOf({
    fetch: async (url, init) => {
      const response = await sim.fetch(new Request(url, init));
      return new Response((await response.text()).replaceAll('"Privat":"1",', ''));
    },
  });
  expect(await failure(reads.readContacts({ offset: 0 }))).toMatchObject({
    kind: 'misconfigured',
    code: 'onoffice.field_missing',
    words: 'Privat',
  });
});

test('a field that the connection was set up with is missed, one that it never had is not', async () => {
  const { reads, crmOf } = world({ customer: { inactiveFields: ['Privat'] } });
  const has = { tags: true, letterSalutation: true, privateFlag: true, archiveFlag: true };
  expect(await failure(crmOf({ expects: has }).reads.readContacts({ offset: 0 }))).toMatchObject({
    code: 'onoffice.field_missing',
    words: 'Privat',
  });
  expect((await reads.readContacts({ offset: 0 })).total).toBe(0);
  expect((await crmOf({ expects: has }).reads.checkAccess()).has.privateFlag).toBe(false);
});

test('U4: the CRM tells the address of a contact in its own application, and of nobody who is gone or may not be read', async () => {
  const { sim, reads } = world();
  const { id } = sim.agent.createContact({ Name: 'Übler' });
  const url = await reads.readContactUrl(String(id));
  expect(url).toMatch(/^https:\/\/\S+\/smart\.php\?params=/);
  const opened = await sim.fetch(new Request(url ?? ''));
  expect(opened.headers.get('location')).toBe(`/_console/contacts/${id}`);
  expect(await reads.readContactUrl(String(id + 1))).toBeUndefined();
  expect(await reads.readContactUrl('no number')).toBeUndefined();
  sim.apiUser.rights.readAddresses = 'none';
  expect(await reads.readContactUrl(String(id))).toBeUndefined();
});
