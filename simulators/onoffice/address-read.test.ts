import { expect, test } from 'vitest';
import { drawAgency } from '../shared/agency.ts';
import { createOnOfficeSimulator, seedFromAgency } from './index.ts';
import { call, errorCode, records, testClock } from './test-client.ts';

function simulator(switches = {}, customer = {}) {
  const clock = testClock();
  return { clock, sim: createOnOfficeSimulator({ clock, switches, customer }) };
}

test('answers the fields that were asked for, and the number always', async () => {
  const { sim } = simulator();
  const tag = sim.agent.addTag('Neubau');
  const other = sim.agent.addTag('Mieter');
  const contact = sim.agent.createContact({
    Name: 'Beispiel',
    Email: 'eva@immo-test.de',
    newsletter_aktiv: '1',
    NewsletterTag: ['Neubau', 'Mieter'],
    Privat: true,
  });
  const data = [
    'Name',
    'Email',
    'newsletter_aktiv',
    'NewsletterTag',
    'Privat',
    'Status',
    'Status2Adr',
    'Aenderung',
    'uuid',
  ];
  const [record] = await records(sim, 'read address', { data }, contact.id);
  expect(record).toMatchObject({
    id: contact.id,
    type: 'address',
    elements: {
      id: contact.id,
      Name: 'Beispiel',
      Email: 'eva@immo-test.de',
      newsletter_aktiv: '1',
      NewsletterTag: `|${tag}||${other}|`,
      Privat: '1',
      Status: '1',
      Status2Adr: 'status2adr_active',
      Aenderung: '2026-02-01 09:30:00',
    },
  });
  expect(record?.elements.uuid).toMatch(/^[0-9a-f-]{36}$/);
});

test('numbers and multiselects change their form with the switches', async () => {
  const { sim } = simulator({ scalars: 'numbers', multiselectRead: 'array', emptyMultiselect: 'null' });
  const tag = sim.agent.addTag('Neubau');
  const contact = sim.agent.createContact({ newsletter_aktiv: '1', NewsletterTag: ['Neubau'] });
  const data = ['newsletter_aktiv', 'NewsletterTag', 'HerkunftKontakt', 'Privat'];
  const [record] = await records(sim, 'read address', { data }, contact.id);
  expect(record).toEqual({
    id: String(contact.id),
    type: 'address',
    elements: { id: String(contact.id), newsletter_aktiv: 1, NewsletterTag: [tag], HerkunftKontakt: null, Privat: 0 },
  });
});

test('e-mail entries come one key each, the main one again as defaultemail', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({ emails: ['a@immo-test.de', 'b@immo-test.de'] });
  const [first, second] = contact.emails;
  second!.kind = 'private';
  second!.comment = 'only at night';
  const [record] = await records(sim, 'read address', { data: ['email', 'defaultemail', 'phone'] }, contact.id);
  expect(record?.elements).toEqual({
    id: contact.id,
    [`email__${first!.id}`]: 'a@immo-test.de',
    [`emailprivate__${second!.id}`]: 'b@immo-test.de',
    [`emailprivate__${second!.id}__Comment`]: 'only at night',
    [`defaultemail__${first!.id}`]: 'a@immo-test.de',
  });
});

test('a page has 20 records unless asked, 500 at most; cntabsolute counts all', async () => {
  const { sim } = simulator();
  seedFromAgency(sim, drawAgency({ contacts: 620, seed: 3, audience: 'empty' }));
  const counts = [];
  for (const window of [{}, { listlimit: 9999 }, { listlimit: '500', listoffset: '500' }, { listlimit: 0 }]) {
    const { data } = await call(sim, 'read address', { data: ['Name'], ...window });
    expect(data.meta.cntabsolute).toBe(620);
    counts.push(data.records.length);
  }
  expect(counts).toEqual([20, 500, 120, 0]);
  expect(await errorCode(sim, 'read address', { listlimit: -1 })).toBe(228);
});

test('recordids leaves missing records out, or refuses them', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({ Name: 'Da' });
  const recordids = [contact.id, 999_999];
  expect((await records(sim, 'read address', { recordids })).map(({ id }) => id)).toEqual([contact.id]);
  sim.switches.missingRecordIds = 'error';
  expect(await errorCode(sim, 'read address', { recordids })).toBe(235);
  expect(await errorCode(sim, 'read address', { recordids: 'x' })).toBe(185);
  const many = Array.from({ length: 501 }, (_, index) => index);
  expect(await errorCode(sim, 'read address', { recordids: many })).toBe(302);
});

test('unknown and inactive fields are refused in data, filter and sort', async () => {
  const { sim } = simulator({}, { inactiveFields: ['NewsletterTag'] });
  for (const name of ['Nonsense', 'name', 'NewsletterTag']) {
    expect(await errorCode(sim, 'read address', { data: [name] })).toBe(141);
    expect(await errorCode(sim, 'read address', { filter: { [name]: [{ op: '=', val: 1 }] } })).toBe(141);
    expect(await errorCode(sim, 'read address', { sortby: name })).toBe(212);
  }
  sim.switches.unknownFieldCode = 75;
  expect(await errorCode(sim, 'read address', { data: ['Nonsense'] })).toBe(75);
});

test('Email looks at the main address only, email at all of them', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({ emails: ['main@immo-test.de', 'Second@immo-test.de'] });
  const count = async (field: string, val: string) =>
    (await call(sim, 'read address', { filter: { [field]: [{ op: '=', val }] } })).data.meta.cntabsolute;
  expect(await count('Email', 'MAIN@immo-test.de')).toBe(1);
  expect(await count('Email', 'second@immo-test.de')).toBe(0);
  expect(await count('email', 'second@immo-test.de')).toBe(1);
  sim.agent.editContact(contact.id, { emails: ['second@immo-test.de'] });
  expect(await count('Email', 'second@immo-test.de')).toBe(1);
  expect(await count('email', 'main@immo-test.de')).toBe(0);
  sim.agent.deleteContact(contact.id);
  expect(await count('email', 'second@immo-test.de')).toBe(0);
});

test('finds what changed since a local time, sorted by the change if the customer allows that', async () => {
  const { sim, clock } = simulator();
  const [first, second, third] = ['A', 'B', 'C'].map((Name) => sim.agent.createContact({ Name }));
  clock.advance(60_000);
  sim.agent.editContact(third!.id, { Name: 'C2' });
  clock.advance(60_000);
  sim.agent.editContact(first!.id, { Name: 'A2' });
  const poll = {
    filter: { Aenderung: [{ op: '>=', val: '2026-02-01 09:31:00' }] },
    sortby: 'Aenderung',
    sortorder: 'ASC',
  };
  expect((await records(sim, 'read address', poll)).map(({ id }) => id)).toEqual([third!.id, first!.id]);
  expect((await records(sim, 'read address', { ...poll, sortorder: 'desc' })).map(({ id }) => id)).toEqual([
    first!.id,
    third!.id,
  ]);
  sim.switches.sortByChange = false;
  expect(await errorCode(sim, 'read address', poll)).toBe(212);
  expect((await call(sim, 'read address', { filter: poll.filter })).data.meta.cntabsolute).toBe(2);
  expect((await call(sim, 'read address', {}, second!.id)).data.records).toHaveLength(1);
});

test('sorts by one field, numbers as numbers', async () => {
  const { sim } = simulator();
  for (const KdNr of ['10', '9', '100']) sim.agent.createContact({ KdNr });
  const sorted = await records(sim, 'read address', { data: ['KdNr'], sortby: 'KdNr' });
  expect(sorted.map(({ elements }) => elements.KdNr)).toEqual(['9', '10', '100']);
  expect(await errorCode(sim, 'read address', { sortby: { KdNr: 'ASC' } })).toBe(227);
});

test('missing read rights are fewer records with errorcode 0', async () => {
  const { sim } = simulator();
  const own = sim.agent.createContact({ Name: 'Eigen', Benutzer: 'agentur' });
  const listed = sim.agent.createContact({ Name: 'Auch eigen' });
  const published = sim.agent.createContact({ Name: 'Web', homepage_veroeffentlichen: true });
  sim.agent.createContact({ Name: 'Fremd' });
  const reader = sim.addUser({ userName: 'leser', token: 'r'.repeat(32), secret: 'r'.repeat(64) });
  const seen = async () => {
    const { data, status } = await call(sim, 'read address', { data: ['Name'] }, '', reader);
    expect(status.errorcode).toBe(0);
    expect(data.meta.cntabsolute).toBe(data.records.length);
    return data.records.map(({ id }) => id);
  };
  expect(await seen()).toHaveLength(4);
  reader.rights.readAddresses = 'own';
  reader.ownRecords.add(listed.id);
  expect(await seen()).toEqual([listed.id]);
  sim.agent.editContact(own.id, { Benutzer: 'leser' });
  expect(await seen()).toEqual([own.id, listed.id]);
  reader.rights.readAddresses = 'published';
  expect(await seen()).toEqual([published.id]);
  reader.rights.readAddresses = 'none';
  expect(await seen()).toEqual([]);
  sim.switches.noReadRight = 'error';
  expect(await errorCode(sim, 'read address', {}, '', reader)).toBe(170);
});

test('a list that was kept is not stale after rights went and came back', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({ newsletter_aktiv: '1' });
  const count = async () =>
    (await call(sim, 'read address', { filter: { newsletter_aktiv: [{ op: '=', val: 1 }] } })).data.meta.cntabsolute;
  expect(await count()).toBe(1);
  sim.apiUser.rights.readAddresses = 'none';
  sim.agent.editContact(contact.id, { newsletter_aktiv: '0' });
  expect(await count()).toBe(0);
  sim.apiUser.rights.readAddresses = 'all';
  expect(await count()).toBe(0);
});

test('private contacts are hidden only if the switch says so', async () => {
  const { sim } = simulator();
  sim.agent.setPrivate(sim.agent.createContact({ Name: 'P' }).id, true);
  expect((await call(sim, 'read address')).data.meta.cntabsolute).toBe(1);
  sim.switches.privateHidden = true;
  expect((await call(sim, 'read address')).data.meta.cntabsolute).toBe(0);
});

test('a saved filter narrows like a filter', async () => {
  const { sim } = simulator();
  sim.store.savedFilters.push({
    id: 102,
    name: 'Newsletter-Versand',
    scope: 'public',
    filter: { newsletter_aktiv: [{ op: '=', val: '1' }] },
  });
  sim.agent.createContact({ newsletter_aktiv: '1' });
  sim.agent.createContact({ newsletter_aktiv: '0' });
  expect((await call(sim, 'read address', { filterid: 102 })).data.meta.cntabsolute).toBe(1);
  expect(await errorCode(sim, 'read address', { filterid: 7 })).toBe(284);
  expect(await records(sim, 'get filters', { module: 'address' })).toEqual([
    { id: 102, type: 'filter', elements: { scope: 'public', name: 'Newsletter-Versand', userId: null, groupId: null } },
  ]);
});

test('the search finds contacts in which every word occurs', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({
    Vorname: 'Eva',
    Name: 'Beispiel',
    emails: ['eva@immo-test.de', 'zweite@immo-test.de'],
  });
  sim.agent.createContact({ Vorname: 'Eva', Name: 'Andere' });
  const search = (parameters: Record<string, unknown>) => records(sim, 'get search', parameters, 'address');
  expect(await search({ input: 'beispiel eva' })).toMatchObject([
    { id: contact.id, elements: { surname: 'Beispiel', primaryEmail: 'eva@immo-test.de' } },
  ]);
  expect(await search({ input: 'zweite@immo' })).toEqual([]);
  expect(await search({ input: 'zweite@immo', includecontactdata: true })).toHaveLength(1);
  expect(await search({ input: 'EVA', casesensitive: true })).toEqual([]);
  expect(await search({ input: 'eva', searchparameter: ['Name'] })).toEqual([]);
  expect(await errorCode(sim, 'get search', { input: '' }, 'address')).toBe(167);
  expect(await errorCode(sim, 'get search', { input: 'x' }, 'estate')).toBe(24);
});
