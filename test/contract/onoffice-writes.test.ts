import { expect, test } from 'vitest';
import { address, stranger, world } from './onoffice-world.ts';

test('consent is written as the customer’s values, a cancellation or a No by setting', async () => {
  const { sim, consentWrites } = world();
  const ids = Array.from({ length: 4 }, () => sim.agent.createContact({ newsletter_aktiv: '3' }).id);
  const rows = (['yes', 'no', 'none', 'undeliverable'] as const).map((consent, index) => ({
    contactId: String(ids[index]),
    consent,
  }));
  const results = await consentWrites.writeConsent(rows, 'cancellation');
  expect(results).toEqual(ids.map((id) => ({ outcome: 'done', id: String(id) })));
  const stored = () => ids.map((id) => sim.store.addresses.get(id)?.values.newsletter_aktiv);
  expect(stored()).toEqual(['1', '2', '4', '5']);
  await consentWrites.writeConsent(rows, 'no');
  expect(stored()).toEqual(['1', '0', '4', '5']);
});

test('a value that the customer’s list lacks is not written but refused', async () => {
  const { sim, consentWrites } = world({ customer: { newsletterValues: ['1', '0'] } });
  const id = String(sim.agent.createContact({ newsletter_aktiv: '1' }).id);
  const rows = (['none', 'undeliverable', 'no'] as const).map((consent) => ({ contactId: id, consent }));
  expect(await consentWrites.writeConsent(rows, 'cancellation')).toMatchObject([
    { outcome: 'refused', code: 'onoffice.value_not_permitted', isPermanent: false },
    { outcome: 'refused', code: 'onoffice.value_not_permitted', isPermanent: false },
    { outcome: 'done' },
  ]);
  expect(sim.store.newsletterHistory(Number(id)).map((change) => change.to)).toEqual(['1', '0']);
});

test('one refused record does not stop the others (F7)', async () => {
  for (const actionFailureStatus of ['error-in-action', 'own-code', 'ok'] as const) {
    const { sim, consentWrites } = world({ switches: { actionFailureStatus } });
    const ids = Array.from({ length: 3 }, () => String(sim.agent.createContact({}).id));
    sim.actionFaults.plan({ code: 88, times: 1, resourceId: ids[0]! });
    sim.agent.deleteContact(Number(ids[1]));
    const rows = ids.map((contactId) => ({ contactId, consent: 'yes' as const }));
    expect(await consentWrites.writeConsent(rows, 'cancellation')).toMatchObject([
      { outcome: 'refused', code: 'onoffice.record_refused', isPermanent: true },
      { outcome: 'refused', code: 'onoffice.record_missing', isPermanent: true },
      { outcome: 'done', id: ids[2] },
    ]);
  }
});

test.each([131, 174, 183, 261])(
  'a missing right to write (%i) is told for the row and is not for ever',
  async (code) => {
    const { sim, reads, consentWrites } = world();
    const key = sim.agent.addTag('Eigentümer');
    const contactId = String(sim.agent.createContact({}).id);
    sim.actionFaults.plan({ code, times: 2 });
    // The first fault would meet the field list.
    sim.actionFaults.clear();
    await reads.listTags();
    sim.actionFaults.plan({ code, times: 2 });
    const refused = { outcome: 'refused', code: 'onoffice.no_write_right', isPermanent: false };
    expect(await consentWrites.writeConsent([{ contactId, consent: 'no' }], 'no')).toMatchObject([refused]);
    expect(await reads.writeTags([{ contactId, tagKeys: [key] }])).toMatchObject([refused]);
  },
);

test('tags are replaced as a whole, several contacts in one request', async () => {
  const { sim, reads } = world();
  const keys = ['Eigentümer', 'Mieter', 'Gewerbe'].map((label) => sim.agent.addTag(label));
  const ids = [['Eigentümer', 'Gewerbe'], ['Mieter'], []].map(
    (NewsletterTag) => sim.agent.createContact({ NewsletterTag }).id,
  );
  const wanted = [[keys[1]!], [], [keys[0]!, keys[2]!]];
  const rows = ids.map((id, index) => ({ contactId: String(id), tagKeys: wanted[index]! }));
  expect(await reads.writeTags(rows)).toEqual(ids.map((id) => ({ outcome: 'done', id: String(id) })));
  expect(ids.map((id) => sim.store.addresses.get(id)?.values.NewsletterTag)).toEqual(wanted);
  expect(sim.counts.requests).toBe(1);
});

test.each(['by-type', 'select-field'] as const)(
  'a tag that is gone is refused for its row alone (%s)',
  async (invalidValueCode) => {
    const { sim, reads } = world({ switches: { invalidValueCode } });
    const key = sim.agent.addTag('Eigentümer');
    const [first, second] = [sim.agent.createContact({}), sim.agent.createContact({})].map(({ id }) => String(id));
    expect(
      await reads.writeTags([
        { contactId: first!, tagKeys: ['indMulti1Select1'] },
        { contactId: second!, tagKeys: [key] },
      ]),
    ).toMatchObject([
      { outcome: 'refused', code: 'onoffice.value_not_permitted', isPermanent: false },
      { outcome: 'done', id: second },
    ]);
  },
);

test('a new contact has its address, names, tags, Newsletter = Yes and the origin Newsletter', async () => {
  const { sim, reads, consentWrites } = world();
  const key = sim.agent.addTag('Eigentümer');
  const [result] = await consentWrites.createContacts([stranger('eva@immo-test.de', { tagKeys: [key] })]);
  expect(result).toMatchObject({ outcome: 'done' });
  const record = sim.store.addresses.get(Number(result?.outcome === 'done' ? result.id : 0));
  expect(record).toMatchObject({
    emails: [{ address: 'eva@immo-test.de' }],
    values: {
      Anrede: 'Frau',
      Vorname: 'Eva',
      Name: 'Übler',
      newsletter_aktiv: '1',
      NewsletterTag: [key],
      HerkunftKontakt: ['Newsletter'],
    },
  });
  const [found] = await reads.findContactsByEmail([address('eva@immo-test.de')]);
  expect(found).toMatchObject([{ foundBy: 'main-address', contact: { consent: 'yes' } }]);
});

test('what the customer’s lists do not know is left out of a new contact', async () => {
  const { sim, consentWrites } = world({
    customer: { inactiveFields: ['HerkunftKontakt', 'NewsletterTag', 'Vorname'] },
  });
  const fields = { letterSalutation: '', salutation: 'Dr.', firstName: 'Eva', lastName: 'Übler' };
  const [result] = await consentWrites.createContacts([stranger('eva@immo-test.de', { fields, tagKeys: ['k'] })]);
  const record = sim.store.addresses.get(Number(result?.outcome === 'done' ? result.id : 0));
  expect(record?.values).toMatchObject({ Anrede: '', Name: 'Übler', newsletter_aktiv: '1' });
});

test('creating does not overwrite a contact that has the address already', async () => {
  const { sim, consentWrites } = world();
  const old = sim.agent.createContact({ Email: 'eva@immo-test.de', Name: 'Alt', newsletter_aktiv: '2' });
  const [result] = await consentWrites.createContacts([stranger('eva@immo-test.de')]);
  expect(result).toMatchObject({ outcome: 'done' });
  expect(old.values).toMatchObject({ Name: 'Alt', newsletter_aktiv: '2' });
});

test('without the right to create nothing is created', async () => {
  const { sim, consentWrites } = world();
  sim.apiUser.rights.createAddresses = false;
  expect(await consentWrites.createContacts([stranger('eva@immo-test.de')])).toMatchObject([
    { outcome: 'refused', code: 'onoffice.no_write_right', isPermanent: false },
  ]);
  expect(sim.store.addresses.size).toBe(0);
});

test('a value that was taken off the customer’s list is refused by onOffice once and by us from then on', async () => {
  const { sim, consentWrites } = world();
  const contactId = String(sim.agent.createContact({ newsletter_aktiv: '1' }).id);
  const write = () => consentWrites.writeConsent([{ contactId, consent: 'undeliverable' }], 'cancellation');
  expect(await write()).toMatchObject([{ outcome: 'done' }]);
  const field = sim.store.fields.get('newsletter_aktiv')!;
  field.permitted = field.permitted.filter(({ key }) => key !== '5');
  for (let attempt = 0; attempt < 3; attempt += 1)
    expect(await write()).toMatchObject([{ outcome: 'refused', code: 'onoffice.value_not_permitted' }]);
  expect(sim.counts.actions).toEqual({ 'get fields': 2, 'modify address': 2 });
});

test('M24: a new main address is added, the one before stays as a further one; twice is once', async () => {
  const { sim, reads } = world();
  const { id } = sim.agent.createContact({ emails: ['alt@immo-test.de', 'weiter@immo-test.de'] });
  const rows = [{ contactId: String(id), email: address('neu@immo-test.de') }];
  for (let time = 0; time < 2; time += 1) {
    expect(await reads.writeMainEmail(rows)).toEqual([{ outcome: 'done', id: String(id) }]);
    expect(sim.agent.openForm(id).emails).toEqual(['neu@immo-test.de', 'alt@immo-test.de', 'weiter@immo-test.de']);
  }
  expect(sim.counts.actions['modify address']).toBe(1);
});

test('M24: an address that the contact has already is only made the main one, however it is written', async () => {
  const { sim, reads } = world();
  const { id } = sim.agent.createContact({ emails: ['alt@immo-test.de', ' Neu@Immo-Test.de'] });
  const other = sim.agent.createContact({ emails: ['b@immo-test.de'] });
  sim.agent.deleteContact(other.id);
  expect(
    await reads.writeMainEmail(
      [other.id, id].map((contactId) => ({ contactId: String(contactId), email: address('neu@immo-test.de') })),
    ),
  ).toMatchObject([{ outcome: 'refused', code: 'onoffice.record_missing' }, { outcome: 'done' }]);
  expect(sim.agent.openForm(id).emails).toEqual(['neu@immo-test.de', 'alt@immo-test.de']);
});
