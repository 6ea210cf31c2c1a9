import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/core/email-address.ts';
import type { Database } from '../../src/db/database.ts';
import { openConnection } from '../../src/http/open-connection.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';

const ANNA = 'anna@immo-test.de' as EmailAddress;
const FIELDS = { salutation: '', letterSalutation: '', firstName: 'Anna', lastName: 'Muster' };

let database: Database;
let world: HttpWorld;
let id = '';

beforeAll(async () => {
  database = await openHttpDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await createHttpWorld(database);
  id = ((await world.connect()).json as unknown as { id: string }).id;
  const { store } = await openConnection(world.parts, id);
  const contact = { id: '17', email: ANNA, consent: 'no', fields: FIELDS, tagKeys: [], modifiedAt: '' } as const;
  await store.tables.contacts.observe(
    'run',
    [{ contact: { ...contact, isPrivate: false, isArchived: false }, emailKey: ANNA }],
    { at: world.clock.now(), from: 0 },
  );
});

test('R14: what is held on a person is handed out as a file, by address and by record number', async () => {
  for (const person of [ANNA, '17']) {
    const answer = await world.call('GET', `/api/connections/${id}/people/${encodeURIComponent(person)}/data`);
    expect(answer.json, answer.text).toMatchObject({
      addresses: [ANNA],
      contactNumbers: ['17'],
      connections: [{ provider: 'mailchimp', held: { contacts: [{ email: ANNA, fields: FIELDS }] } }],
      consentRecord: [],
    });
    expect(answer.text, 'one thing a line').toContain('\n  "addresses": [\n');
  }
});

test('R14: erasing says what became of the person at each provider, and may be repeated', async () => {
  const erase = () => world.call('POST', `/api/connections/${id}/people/${ANNA}/erasure`, { atProvider: 'suppress' });
  for (const answer of [await erase(), await erase()]) {
    expect(answer.json).toMatchObject({
      outcomes: [{ connectionId: id, provider: 'mailchimp', outcome: 'unreached' }],
    });
  }
  // Who asks for the very address still learns that it is suppressed, and nothing else.
  const left = (await world.call('GET', `/api/connections/${id}/people/${ANNA}`)).json;
  expect(left).toMatchObject({ contacts: [], member: null, past: [] });
  expect(left).toMatchObject({
    history: [
      { effect: 'opt-out', email: null },
      { effect: 'opt-out', email: null },
    ],
  });
  expect(world.woken).toEqual(expect.arrayContaining([id, `${id}/urgent`]));
  expect(world.lines.join()).not.toContain(ANNA);
  const bad = await world.call('POST', `/api/connections/${id}/people/no%20address@/erasure`, {
    atProvider: 'suppress',
  });
  expect([bad.status, bad.json.error?.field]).toEqual([400, 'person']);
});

test('U7: all data of a tenant are deleted by its exact name only, and the opt-outs are a file', async () => {
  const { tenants } = (await world.call('GET', '/api/tenants')).json as unknown as {
    tenants: { id: string; name: string }[];
  };
  const [tenant] = tenants;
  const path = `/api/tenants/${tenant?.id}`;
  expect((await world.call('GET', `${path}/opt-outs.csv`)).text).toContain(`${ANNA},,crm`);
  const wrong = await world.call('DELETE', path, { name: 'somebody else' });
  expect([wrong.status, wrong.json.error?.code, wrong.json.error?.field]).toEqual([400, 'tenant.name_differs', 'name']);
  expect(await world.rows()).toMatchObject({ tenants: 1, connections: 1 });
  expect((await world.call('DELETE', path, { name: tenant?.name })).json).toEqual({ hooksLeft: 0 });
  const { rows } = await sql`select id from tenants`.execute(database.db);
  expect(rows).toEqual([]);
  expect(await world.rows()).toMatchObject({ tenants: 0, connections: 0, secrets: 0, journal: 0 });
  expect((await world.call('DELETE', path, { name: 'x' })).status).toBe(404);
});
