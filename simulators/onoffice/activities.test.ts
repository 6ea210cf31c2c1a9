import { expect, test } from 'vitest';
import { createOnOfficeSimulator } from './index.ts';
import { call, errorCode, records, testClock } from './test-client.ts';

function simulator(switches = {}) {
  const clock = testClock();
  return { clock, sim: createOnOfficeSimulator({ clock, switches }) };
}

test('an activity is created with an id and read back, newest first', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({});
  const write = (note: string, datetime: string) =>
    call(sim, 'create agentslog', {
      addressids: [contact.id],
      actionkind: 'Email',
      actiontype: 'Ausgang',
      datetime,
      note,
      origincontact: 'Newsletter',
      features: ['merkmal1'],
    });
  const { data } = await write('first', '2026-02-01 09:30:00');
  expect(data.records[0]).toMatchObject({ type: 'agentsLog', elements: [] });
  await write('second', '2026-02-01 09:31:00');
  const fields = [
    'Nr',
    'Adress_nr',
    'Aktionsart',
    'Aktionstyp',
    'Datum',
    'created',
    'Bemerkung',
    'merkmal',
    'Benutzer',
    'dauer',
  ];
  const [second, first] = await records(sim, 'read agentslog', { addressid: [contact.id], data: fields });
  expect(second?.elements.Bemerkung).toBe('second');
  expect(first).toEqual({
    id: data.records[0]?.id,
    type: 'agentslog',
    elements: {
      Nr: String(data.records[0]?.id),
      Adress_nr: [String(contact.id)],
      Aktionsart: 'Email',
      Aktionstyp: 'Ausgang',
      Datum: '2026-02-01 09:30:00',
      created: '2026-02-01 09:30:00',
      Bemerkung: 'first',
      merkmal: '|merkmal1|',
      Benutzer: 'connector',
      dauer: null,
    },
  });
});

test('the time is now, by the CRM, unless it is given; kind and type may be left out', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({});
  await call(sim, 'create agentslog', { addressids: [contact.id], note: 'only a note' });
  expect(sim.store.activities.ofAddress(contact.id)).toMatchObject([{ dateTime: '2026-02-01 09:30:00', kind: '' }]);
});

test.each([
  ['entry-each', 2],
  ['one-entry', 1],
])('several addresses in one create: %s', async (severalAddressIds, entries) => {
  const { sim } = simulator({ severalAddressIds });
  const ids = [sim.agent.createContact({}).id, sim.agent.createContact({}).id];
  const { data } = await call(sim, 'create agentslog', { addressids: ids, note: 'x' });
  expect(data.records).toHaveLength(1);
  expect(sim.store.activities.size).toBe(entries);
  for (const id of ids) expect(sim.store.activities.ofAddress(id)).toHaveLength(1);
});

test.each([
  [98, {}],
  [98, { addressids: [] }],
  [99, { addressids: 10501 }],
  [80, { addressids: [999_999] }],
  [100, { actionkind: 'Brieftaube' }],
  [101, { actionkind: 'Email', actiontype: 'bestellt' }],
  [101, { actiontype: 'bestellt' }],
  [122, { datetime: '1.2.2026' }],
  [220, { origincontact: 'Himmel' }],
  [222, { cost: 'much' }],
  [223, { duration: -1 }],
  [225, { advisorylevel: 'Z' }],
  [251, { userid: 4 }],
])('create is refused with %i for %j', async (code, parameters) => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({});
  const withAddress =
    code === 98 || 'addressids' in parameters ? parameters : { addressids: [contact.id], ...parameters };
  expect(await errorCode(sim, 'create agentslog', withAddress)).toBe(code);
  expect(sim.store.activities.size).toBe(0);
});

test('an activity is changed under data and answers what was written', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({});
  const { data } = await call(sim, 'create agentslog', { addressids: [contact.id], actionkind: 'Newsletter' });
  const id = data.records[0]!.id;
  const change = { actiontype: 'bestellt', note: 'neu', datetime: '2026-02-02 10:00:00' };
  expect((await call(sim, 'modify agentslog', { data: change }, id)).data.records).toEqual([
    {
      id,
      type: 'agentsLog',
      elements: { Aktionstyp: 'bestellt', Bemerkung: 'neu', Datum: '2026-02-02 10:00:00', Uhrzeit: '10:00:00' },
    },
  ]);
  expect(await errorCode(sim, 'modify agentslog', change, id)).toBe(167);
  expect(await errorCode(sim, 'modify agentslog', { data: change }, 1)).toBe(80);
});

test('reading needs addresses or a filter, and some fields cannot be filtered', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({});
  for (const note of ['event 1', 'event 2'])
    await call(sim, 'create agentslog', { addressids: [contact.id], note, actionkind: 'Newsletter' });
  const read = (parameters: Record<string, unknown>) => errorCode(sim, 'read agentslog', parameters);
  expect(await read({ data: ['Nr'] })).toBe(98);
  expect(await read({ addressid: [contact.id], data: ['Unsinn'] })).toBe(141);
  for (const name of ['Benutzer', 'Adress_nr', 'Objekt_nr', 'dauer'])
    expect(await read({ filter: { [name]: [{ op: '=', val: 1 }] } })).toBe(141);
  const found = await records(sim, 'read agentslog', {
    addressid: [contact.id],
    data: ['Bemerkung'],
    filter: {
      Datum: [{ op: 'between', val: ['2026-02-01 00:00:00', '2026-02-01 23:59:59'] }],
      Bemerkung: [{ op: 'like', val: '%event 2%' }],
    },
  });
  expect(found.map(({ elements }) => elements.Bemerkung)).toEqual(['event 2']);
  const sorted = await records(sim, 'read agentslog', {
    addressid: contact.id,
    data: ['Bemerkung'],
    sortby: { Bemerkung: 'ASC' },
    listlimit: 1,
  });
  expect(sorted.map(({ elements }) => elements.Bemerkung)).toEqual(['event 1']);
});

test('without the right, no activity is written', async () => {
  const { sim } = simulator();
  const contact = sim.agent.createContact({});
  sim.apiUser.rights.createActivities = false;
  expect(await errorCode(sim, 'create agentslog', { addressids: [contact.id] })).toBe(183);
});

test('the log tells additions, edits and deletions to administrators only', async () => {
  const { sim, clock } = simulator();
  const contact = sim.agent.createContact({});
  clock.advance(60_000);
  await call(sim, 'modify address', { Name: 'B' }, contact.id);
  clock.advance(60_000);
  sim.agent.deleteContact(contact.id);
  const between = { dateTime: [{ op: 'BETWEEN', val: ['2026-02-01 09:31:30', '2026-02-01 10:00:00'] }] };
  const { data, cacheable } = await call(sim, 'read log', {
    listlimit: 500,
    module: 'address',
    action: 'delete',
    filter: between,
  });
  expect(cacheable).toBe(false);
  expect(data.meta.cntabsolute).toBe(1);
  expect(data.records[0]).toMatchObject({
    type: 'Log',
    elements: {
      id: String(data.records[0]?.id),
      action: 'delete',
      module: 'address',
      userId: String(sim.agent.userId),
      dateTime: '2026-02-01 09:32:00',
      resourceId: String(contact.id),
      resourceTable: null,
      resourcePk: null,
    },
  });
  const countOnly = await call(sim, 'read log', { listlimit: 0 });
  expect([countOnly.data.meta.cntabsolute, countOnly.data.records.length]).toEqual([3, 0]);
  expect(await records(sim, 'read log', { listlimit: 1, listOffset: 1 })).toMatchObject([
    { elements: { action: 'edit' } },
  ]);
  expect(await errorCode(sim, 'read log', { module: 'address' })).toBe(256);
  expect(await errorCode(sim, 'read log', { listlimit: 1, filter: { field: [{ op: '=', val: 1 }] } })).toBe(141);
  sim.apiUser.rights.admin = false;
  expect(await errorCode(sim, 'read log', { listlimit: 1 })).toBe(183);
});
