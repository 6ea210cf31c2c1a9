import { expect, test } from 'vitest';
import { mainEmail } from './entities.ts';
import { createOnOfficeSimulator } from './index.ts';
import { call, errorCode, testClock } from './test-client.ts';

function simulator(switches = {}, customer = {}) {
  const clock = testClock();
  return { clock, sim: createOnOfficeSimulator({ clock, switches, customer }) };
}

test('create answers the new id with empty elements and keeps what it was given', async () => {
  const { sim } = simulator();
  const tag = sim.agent.addTag('Neubau');
  const { data, cacheable } = await call(sim, 'create address', {
    Anrede: 'Frau',
    Name: 'Beispiel',
    email: 'eva@immo-test.de',
    email_private: 'privat@immo-test.de',
    default_email: 'privat@immo-test.de',
    newsletter_aktiv: 1,
    NewsletterTag: [tag],
    HerkunftKontakt: ['Newsletter'],
    phone: '0241 12345',
  });
  const contact = sim.store.addresses.get(Number(data.records[0]?.id));
  expect(data).toEqual({ meta: { cntabsolute: null }, records: [{ id: contact?.id, type: 'address', elements: [] }] });
  expect(cacheable).toBe(false);
  expect(contact?.values).toMatchObject({ Anrede: 'Frau', newsletter_aktiv: '1', NewsletterTag: [tag], Status: '1' });
  expect(mainEmail(contact!)).toBe('privat@immo-test.de');
  expect(contact?.emails.map(({ kind }) => kind)).toEqual(['', 'private']);
});

test('a new contact says "not specified", and nothing where that value is not permitted', async () => {
  expect(simulator().sim.agent.createContact({}).values.newsletter_aktiv).toBe('4');
  const older = simulator({}, { newsletterValues: ['1', '0', '2', '3'], statusField: 'Status' });
  expect(older.sim.agent.createContact({}).values.newsletter_aktiv).toBe('');
  expect(await errorCode(older.sim, 'create address', { newsletter_aktiv: '4' })).toBe(252);
  expect(await errorCode(older.sim, 'create address', { Status2Adr: 'status2adr_active' })).toBe(141);
});

test.each([
  [258, { email: 'a@immo-test.de', default_email: 'b@immo-test.de' }],
  [300, { email: 'no address' }],
  [141, { Nonsense: 1 }],
  [141, { Email: 'a@immo-test.de' }],
  [141, { data: { Name: 'X' } }],
  [252, { newsletter_aktiv: '9' }],
  [252, { NewsletterTag: ['nowhere'] }],
  [74, { NewsletterTag: '|a|' }],
  [215, { Name: null }],
  [294, { Name: { text: 'X' } }],
  [294, { Privat: 'maybe' }],
  [122, { letzter_Kontakt: 'yesterday' }],
  [251, { Benutzer: 'nobody' }],
])('create is refused with %i for %j and changes nothing', async (code, parameters) => {
  const { sim } = simulator();
  expect(await errorCode(sim, 'create address', parameters)).toBe(code);
  expect(sim.store.addresses.size).toBe(0);
});

test('values that are not permitted have a code for each type if the switch says so', async () => {
  const { sim } = simulator({ invalidValueCode: 'by-type' });
  expect(await errorCode(sim, 'create address', { NewsletterTag: ['nowhere'] })).toBe(76);
  expect(await errorCode(sim, 'create address', { Anrede: 'Baron' })).toBe(77);
});

test('the duplicate check overwrites the lowest record, unless told not to', async () => {
  const { sim } = simulator();
  const first = sim.agent.createContact({ Name: 'Alt', emails: ['x@immo-test.de', 'shared@immo-test.de'] });
  sim.agent.createContact({ Name: 'Zweiter', Email: 'shared@immo-test.de' });
  const create = async (more: Record<string, unknown>) => {
    const { data } = await call(sim, 'create address', { Name: 'Neu', email: 'SHARED@immo-test.de', ...more });
    return data.records[0]?.id;
  };
  expect(await create({ checkDuplicate: true, noOverrideByDuplicate: true })).toBe(first.id);
  expect(first.values.Name).toBe('Alt');
  expect(await create({ checkDuplicate: true })).toBe(first.id);
  expect(first.values.Name).toBe('Neu');
  expect(await create({})).not.toBe(first.id);
  expect(sim.store.addresses.size).toBe(3);
});

test('private and archived contacts count as duplicates only if the switch says so', async () => {
  const { sim } = simulator({ duplicateCheck: 'visible-only' });
  const hidden = sim.agent.createContact({ Email: 'a@immo-test.de', Privat: true });
  const parameters = { email: 'a@immo-test.de', checkDuplicate: true, noOverrideByDuplicate: true };
  expect((await call(sim, 'create address', parameters)).data.records[0]?.id).not.toBe(hidden.id);
  sim.switches.duplicateCheck = 'all';
  expect((await call(sim, 'create address', parameters)).data.records[0]?.id).toBe(hidden.id);
});

test('modify answers id 0 and success, moves Aenderung and writes the log', async () => {
  const { sim, clock } = simulator();
  const contact = sim.agent.createContact({ Name: 'A' });
  clock.advance(5000);
  const { data } = await call(sim, 'modify address', { Name: 'B' }, String(contact.id));
  expect(data.records).toEqual([{ id: 0, type: '', elements: { success: 'success' } }]);
  expect(contact.changedAt).toBe(clock.now());
  expect(sim.store.log.map(({ action, userId }) => [action, userId])).toEqual([
    ['add', sim.agent.userId],
    ['edit', sim.apiUser.id],
  ]);
});

test('a write that changes nothing moves Aenderung only if the switch says so', async () => {
  const { sim, clock } = simulator({ bumpOnUnchanged: false });
  const contact = sim.agent.createContact({ Name: 'A' });
  const before = contact.changedAt;
  clock.advance(5000);
  expect(await errorCode(sim, 'modify address', { Name: 'A' }, contact.id)).toBe(0);
  expect(contact.changedAt).toBe(before);
  sim.switches.bumpOnUnchanged = true;
  await call(sim, 'modify address', { Name: 'A' }, contact.id);
  expect(contact.changedAt).toBe(clock.now());
});

test('a multiselect is replaced as a whole; select fields are emptied', async () => {
  const { sim } = simulator();
  const [a, b] = [sim.agent.addTag('A'), sim.agent.addTag('B')];
  const contact = sim.agent.createContact({ NewsletterTag: ['A'], Anrede: 'Frau' });
  await call(sim, 'modify address', { NewsletterTag: [b] }, contact.id);
  expect(contact.values.NewsletterTag).toEqual([b]);
  expect(a).not.toBe(b);
  await call(sim, 'modify address', { NewsletterTag: [], Anrede: '' }, contact.id);
  expect(contact.values).toMatchObject({ NewsletterTag: [], Anrede: '' });
});

test('Status and Status2Adr go together', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({});
  await call(sim, 'modify address', { Status: 0 }, contact.id);
  expect(contact.values).toMatchObject({ Status: '0', Status2Adr: 'status2adr_archive' });
  await call(sim, 'modify address', { Status2Adr: 'status2adr_active' }, contact.id);
  expect(contact.values).toMatchObject({ Status: '1', Status2Adr: 'status2adr_active' });
});

test('e-mail entries are added, changed and deleted by their value', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({ Email: 'a@immo-test.de' });
  const modify = (email: unknown) => errorCode(sim, 'modify address', { email }, contact.id);
  const addresses = () => contact.emails.map(({ address }) => address);
  expect(await modify({ action: 'add', newvalue: 'b@immo-test.de' })).toBe(0);
  expect([addresses(), mainEmail(contact)]).toEqual([['a@immo-test.de', 'b@immo-test.de'], 'a@immo-test.de']);
  expect(
    await modify({ action: 'modify', oldvalue: 'b@immo-test.de', newvalue: 'c@immo-test.de', default: true }),
  ).toBe(0);
  expect([addresses(), mainEmail(contact)]).toEqual([['a@immo-test.de', 'c@immo-test.de'], 'c@immo-test.de']);
  expect(await modify({ action: 'delete', oldvalue: 'c@immo-test.de' })).toBe(0);
  expect(mainEmail(contact)).toBe('a@immo-test.de');
});

test.each([
  [81, 'new@immo-test.de'],
  [81, { newvalue: 'new@immo-test.de' }],
  [82, { action: 'replace', newvalue: 'new@immo-test.de' }],
  [83, { action: 'delete', oldvalue: 'nobody@immo-test.de' }],
  [85, { action: 'add' }],
  [86, { action: 'modify', newvalue: 'new@immo-test.de' }],
  [87, { action: 'modify', oldvalue: 'twice@immo-test.de', newvalue: 'new@immo-test.de' }],
  [300, { action: 'add', newvalue: 'broken' }],
])('an e-mail change is refused with %i for %j', async (code, email) => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({ Name: 'A' });
  for (let count = 0; count < 2; count += 1)
    await call(sim, 'modify address', { email: { action: 'add', newvalue: 'twice@immo-test.de' } }, contact.id);
  const before = contact.emails;
  expect(await errorCode(sim, 'modify address', { Name: 'B', email }, contact.id)).toBe(code);
  expect(contact.emails).toEqual(before);
  expect(contact.values.Name).toBe('A');
});

test('writing needs rights, and an unreadable record is as good as none', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({ Name: 'A' });
  const user = sim.addUser({
    userName: 'leser',
    token: 'r'.repeat(32),
    secret: 'r'.repeat(64),
    rights: { writeAddresses: false, createAddresses: false },
  });
  expect(await errorCode(sim, 'create address', { Name: 'B' }, '', user)).toBe(131);
  expect(await errorCode(sim, 'modify address', { Name: 'B' }, contact.id, user)).toBe(183);
  user.rights.readAddresses = 'own';
  expect(await errorCode(sim, 'modify address', { Name: 'B' }, contact.id, user)).toBe(80);
  expect(await errorCode(sim, 'modify address', { Name: 'B' }, 999_999)).toBe(80);
  expect(await errorCode(sim, 'modify address', { Name: 'B' })).toBe(79);
  expect(contact.values.Name).toBe('A');
});

test('who changed Newsletter when is on record, apart from the API', async () => {
  const { sim, clock } = simulator();
  const contact = sim.agent.createContact({ newsletter_aktiv: '1' });
  clock.advance(1000);
  await call(sim, 'modify address', { newsletter_aktiv: '2' }, contact.id);
  await call(sim, 'modify address', { newsletter_aktiv: '2' }, contact.id);
  sim.agent.deleteContact(contact.id);
  expect(sim.store.newsletterHistory(contact.id)).toEqual([
    { at: clock.now() - 1000, from: undefined, to: '1', by: 'agent', userId: sim.agent.userId },
    { at: clock.now(), from: '1', to: '2', by: 'api', userId: sim.apiUser.id },
  ]);
});

test("an agent's form that was opened earlier writes stale values back", async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({ Name: 'A', newsletter_aktiv: '1', Email: 'a@immo-test.de' });
  const form = sim.agent.openForm(contact.id);
  await call(sim, 'modify address', { newsletter_aktiv: '2' }, contact.id);
  sim.agent.editContact(contact.id, { ...form, Name: 'B' });
  expect(contact.values).toMatchObject({ Name: 'B', newsletter_aktiv: '1' });
  expect(mainEmail(contact)).toBe('a@immo-test.de');
});

test('merging moves the addresses and leaves a delete and an edit in the log', () => {
  const { sim } = simulator();
  const winner = sim.agent.createContact({ Email: 'a@immo-test.de' });
  const loser = sim.agent.createContact({ emails: ['a@immo-test.de', 'b@immo-test.de'] });
  sim.agent.mergeContacts(winner.id, loser.id);
  expect(winner.emails.map(({ address }) => address)).toEqual(['a@immo-test.de', 'b@immo-test.de']);
  expect(sim.store.log.slice(-2).map(({ action, recordId }) => [action, recordId])).toEqual([
    ['delete', loser.id],
    ['edit', winner.id],
  ]);
});

test('registerNewsletter sets Yes, pending or cancellation, with an activity', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({});
  const register = async (value: boolean) => {
    await call(sim, 'do registerNewsletter', { register: value }, contact.id);
    return contact.values.newsletter_aktiv;
  };
  expect(await register(true)).toBe('1');
  expect(await register(false)).toBe('2');
  sim.switches.doubleOptIn = true;
  expect(await register(true)).toBe('3');
  expect(sim.store.activities.ofAddress(contact.id).map(({ type }) => type)).toEqual([
    'bestellt',
    'nicht bestellt',
    'Double Opt-In gesendet',
  ]);
});
