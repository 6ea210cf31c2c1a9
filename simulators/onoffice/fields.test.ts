import { expect, test } from 'vitest';
import { createOnOfficeSimulator } from './index.ts';
import { call, errorCode, records, testClock } from './test-client.ts';

function simulator(customer = {}, switches = {}) {
  return createOnOfficeSimulator({ clock: testClock(), customer, switches });
}

async function fields(sim: ReturnType<typeof simulator>, parameters = {}): Promise<Record<string, unknown>> {
  const [module] = await records(sim, 'get fields', { modules: ['address'], ...parameters });
  expect(module).toMatchObject({ id: 'address', type: '' });
  return module?.elements ?? {};
}

test('permitted values are labels by key with labels, and bare keys without', async () => {
  const sim = simulator();
  const key = sim.agent.addTag('Neubau');
  const withLabels = await fields(sim, { labels: true, language: 'ENG' });
  expect(withLabels.newsletter_aktiv).toMatchObject({
    type: 'singleselect',
    default: '4',
    label: 'Newsletter',
    permittedvalues: { '0': 'No', '1': 'Yes', '2': 'Cancellation', '5': 'undeliverable' },
  });
  expect(withLabels.NewsletterTag).toMatchObject({ label: 'Newsletter tags', permittedvalues: { [key]: 'Neubau' } });
  expect(withLabels.label).toBe('Adressen');
  const bare = await fields(sim);
  expect(bare.newsletter_aktiv).toMatchObject({ permittedvalues: [1, 0, 2, 3, 4, 5] });
  expect(bare.NewsletterTag).toMatchObject({ permittedvalues: [key] });
  expect(bare.Vorname).toMatchObject({ type: 'varchar', length: 80, permittedvalues: null });
});

test.each([
  ['DEU', 'Vorname', 'Nein'],
  ['ESP', 'Nombre', 'No'],
  ['ITA', 'Nome', 'No'],
  ['FRA', 'Prénom', 'Non'],
])('speaks %s', async (language, firstName, no) => {
  const listed = await fields(simulator(), { labels: true, language });
  expect(listed.Vorname).toMatchObject({ label: firstName });
  expect(listed.newsletter_aktiv).toMatchObject({ permittedvalues: { '0': no } });
});

test('a multiselect without values permits an empty array', async () => {
  expect((await fields(simulator(), { labels: true })).NewsletterTag).toMatchObject({ permittedvalues: [] });
});

test('inactive and system fields are not listed, own fields are', async () => {
  const sim = simulator({
    inactiveFields: ['Privat'],
    ownFields: [{ name: 'ind_1472_Feld_adressen2', type: 'varchar', labels: { DEU: 'Lieblingsfarbe' } }],
  });
  const listed = await fields(sim, { labels: true });
  expect(Object.keys(listed)).not.toEqual(expect.arrayContaining(['Privat']));
  for (const name of ['Aenderung', 'uuid', 'Status']) expect(listed).not.toHaveProperty(name);
  expect(listed.ind_1472_Feld_adressen2).toMatchObject({ label: 'Lieblingsfarbe' });
  expect(Object.keys(await fields(sim, { showOnlyInactive: true }))).toEqual(['Privat']);
  const contact = sim.agent.createContact({ ind_1472_Feld_adressen2: 'blau' });
  const [record] = await records(sim, 'read address', { data: ['ind_1472_Feld_adressen2'] }, contact.id);
  expect(record?.elements.ind_1472_Feld_adressen2).toBe('blau');
});

test('an older customer lists Status and has no Status2Adr', async () => {
  const listed = await fields(simulator({ statusField: 'Status', newsletterValues: ['1', '0', '2', '3'] }));
  expect(listed).toHaveProperty('Status');
  expect(listed).not.toHaveProperty('Status2Adr');
  expect(listed.newsletter_aktiv).toMatchObject({ permittedvalues: [1, 0, 2, 3], default: null });
});

test('only the fields that were asked for; unknown languages and modules are refused', async () => {
  const sim = simulator();
  expect(Object.keys(await fields(sim, { fieldList: ['Name', 'Privat'] }))).toEqual(['Name', 'Privat']);
  expect(await errorCode(sim, 'get fields', { language: 'GBR' })).toBe(160);
  expect(await errorCode(sim, 'get fields', { modules: ['agentslog'] })).toBe(163);
});

test('the multiselect configuration lists values by position', async () => {
  const sim = simulator();
  const keys = ['B', 'A'].map((label) => sim.agent.addTag(label));
  const listed = await records(sim, 'get multiselectconfiguration', { module: 'address', fields: ['NewsletterTag'] });
  expect(listed.map(({ elements }) => [elements.field, elements.fieldcontent, elements.position])).toEqual([
    [keys[0], 'B', 1],
    [keys[1], 'A', 2],
  ]);
  expect(listed[0]?.elements).toMatchObject({ multiselectfield: 'NewsletterTag', active: 1, parent: null });
  const code = (parameters: Record<string, unknown>) => errorCode(sim, 'get multiselectconfiguration', parameters);
  expect(await code({ fields: ['NewsletterTag'] })).toBe(167);
  expect(await code({ module: 'address', fields: ['Name'] })).toBe(141);
});

test('values made in the CRM have its own kind of key, and a rename keeps it', async () => {
  const sim = simulator();
  const key = sim.agent.addTag('Neubau');
  expect(key).toMatch(/^indMulti\d+Select\d+$/);
  sim.agent.renameTag('Neubau', 'Neubauten');
  expect((await fields(sim, { labels: true })).NewsletterTag).toMatchObject({
    permittedvalues: { [key]: 'Neubauten' },
  });
});

test('deleting a value takes it off the contacts', () => {
  const sim = simulator();
  const [, kept] = [sim.agent.addTag('A'), sim.agent.addTag('B')];
  const contact = sim.agent.createContact({ NewsletterTag: ['A', 'B'] });
  sim.agent.deleteTag('A');
  expect(contact.values.NewsletterTag).toEqual([kept]);
});

test('values can be made, renamed and deleted through the API, under a key of choice', async () => {
  const sim = simulator();
  const data = { neubau: { Feldinhalt: 'Neubau', Ebene: '1', Position: '1', Vater: '0' } };
  const write = (verb: string, body: unknown) =>
    errorCode(sim, `${verb} multiselectkey`, { modul: 'adressen', data: body }, 'NewsletterTag');
  expect(await write('create', data)).toBe(0);
  expect(await write('create', data)).toBe(78);
  expect(await write('modify', { neubau: { Feldinhalt: 'Neubauten' } })).toBe(0);
  expect((await fields(sim, { labels: true })).NewsletterTag).toMatchObject({
    permittedvalues: { neubau: 'Neubauten' },
  });
  expect(await write('delete', ['neubau'])).toBe(0);
  expect(await write('delete', ['neubau'])).toBe(76);
  sim.apiUser.rights.createTags = false;
  expect(await write('create', data)).toBe(183);
});

test('automatic types of activities are shown only for kinds that are named', async () => {
  const sim = simulator();
  const typesOf = async (parameters: Record<string, unknown>) => {
    const kinds = await records(sim, 'get actionkindtypes', { lang: 'ENG', ...parameters });
    return Object.fromEntries(kinds.map(({ elements }) => [elements.key, elements.types]));
  };
  expect(await typesOf({})).toMatchObject({
    Newsletter: { bestellt: 'ordered', 'nicht bestellt': 'not ordered' },
    Email: { Ausgang: 'Outgoing' },
    Sonstiges: [],
  });
  const all = await typesOf({ allowAutomaticTypesForActionKind: ['Newsletter'] });
  expect(all.Newsletter).toHaveProperty('Hard Bounce');
  expect(all.Email).not.toHaveProperty('Eingang');
});

test('users, groups and rights of another user', async () => {
  const sim = simulator();
  const own = sim.agent.createContact({ Benutzer: 'agentur' });
  const other = sim.agent.createContact({});
  sim.store.groups.push({
    id: 225,
    name: 'Büro1',
    shortName: 'B1',
    userIds: [sim.agent.userId],
    type: 'GroupOffice',
    leaderIds: [],
  });
  sim.store.users.get(sim.agent.userId)!.rights.readAddresses = 'own';
  expect(await records(sim, 'get groups')).toMatchObject([{ elements: { abr: 'B1', groupType: 'GroupOffice' } }]);
  expect(await records(sim, 'get users', { userfilter: 'byGroupId', groupId: 225 })).toMatchObject([
    { id: sim.agent.userId, elements: { username: 'agentur' } },
  ]);
  const check = { action: 'read', module: 'address', userid: sim.agent.userId, recordIds: [String(own.id), other.id] };
  expect((await call(sim, 'get checkuserrecordsright', check)).data).toEqual({
    meta: { cntabsolute: 1 },
    records: [{ id: 0, type: '', elements: [String(own.id)] }],
  });
  sim.apiUser.rights.readUsers = false;
  expect(await errorCode(sim, 'read user', { data: ['Name'] })).toBe(170);
  expect(await records(sim, 'read user', { data: ['Name'] }, sim.apiUser.id)).toMatchObject([
    { elements: { Name: 'connector' } },
  ]);
});
