import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connections } from '../../src/db/connections.ts';
import { consentRecords } from '../../src/db/consent-records.ts';
import type { Database } from '../../src/db/database.ts';
import { consentHash } from '../../src/jobs/lane-worker.ts';
import { logConsentHeads } from '../../src/jobs/log-consent-heads.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';

let database: Database;
let world: HttpWorld;
beforeAll(async () => {
  database = await openHttpDatabase();
});
beforeEach(async () => {
  world = await createHttpWorld(database);
});
afterEach(() => world.close());
afterAll(() => database.close());

const TEXT = 'said "yes", =on the phone\nto Jörg';

/** A tenant with a record of some opt-ins. */
async function tenant(records: number): Promise<string> {
  const id = randomUUID();
  const { box } = world.parts;
  world.advance(1_000);
  await connections(database.db).addTenant(id, `Agency ${id}`, world.clock.now());
  await database.transact((trx) =>
    consentRecords(trx, id, consentHash(box, id)).append(
      Array.from({ length: records }, (_, index) => ({
        connectionId: 'connection',
        contactId: String(index + 1),
        email: `person${index + 1}@example.org`,
        effect: 'opt-in' as const,
        learnedOrder: undefined,
        from: 'no',
        to: 'yes',
        source: 'operator' as const,
        verdict: 'allowed' as const,
        happenedAt: '2026-02-28T10:00:00.000Z',
        evidence: { operator: 'Eva' },
        clearEvidence: { how: TEXT },
        wrote: '',
      })),
      world.clock.now(),
    ),
  );
  return id;
}

const check = (tenantId?: string) =>
  world.call('GET', `/api/consent-record/checks${tenantId ? `?tenantId=${tenantId}` : ''}`);

test('R14: the record of every tenant is checked, and a cut end is found by the logged one', async () => {
  const [one, other] = [await tenant(3), await tenant(1)];
  expect((await check()).json).toMatchObject({
    chains: [
      { tenantId: one, count: 3, brokenAt: null, how: null, lastLogged: null },
      { tenantId: other, count: 1, brokenAt: null },
    ],
  });
  await logConsentHeads(world.parts);
  await database.runScript(`alter table consent_records disable trigger user;
    delete from consent_records where tenant_id = '${one}' and number = 3;
    alter table consent_records enable trigger user;`);
  expect((await check(one)).json).toMatchObject({
    chains: [{ tenantId: one, count: 2, brokenAt: 3, how: 'cut', lastLogged: { count: 3 } }],
  });
  expect((await check(other)).json).toMatchObject({ chains: [{ tenantId: other, brokenAt: null }] });
});

test('the whole record can be taken along, with everything its hashes are made of', async () => {
  const id = await tenant(2);
  await tenant(1);
  const json = await world.call('GET', `/api/consent-record/records.json?tenantId=${id}`);
  expect(JSON.parse(json.text)).toMatchObject([
    { tenantId: id, number: 1, email: 'person1@example.org', clearEvidence: { how: TEXT }, source: 'operator' },
    { number: 2, contactId: '2', happenedAt: '2026-02-28T10:00:00.000Z', learnedAt: '2026-03-01T08:00:01.000Z' },
  ]);
  expect(JSON.parse(json.text)[1].previousHash).toBe(JSON.parse(json.text)[0].hash);
  const csv = (await world.call('GET', '/api/consent-record/records.csv')).text;
  expect(csv.split('\r\n')).toHaveLength(1 + 3 + 1);
  expect(csv).toContain('"{""how"":""said \\""yes\\"", =on the phone\\nto Jörg""}"');
});

test('an installation without a record exports an empty one', async () => {
  expect((await world.call('GET', '/api/consent-record/records.json')).text).toBe('[]\n');
  expect((await check()).json).toEqual({ chains: [] });
});

test('an unknown tenant is named (F8), and only administrators see the records of all tenants', async () => {
  for (const path of ['checks', 'records.json', 'records.csv']) {
    const answer = await world.call('GET', `/api/consent-record/${path}?tenantId=none`);
    expect(answer).toMatchObject({ status: 404, json: { error: { code: 'tenant.not_found', field: 'tenantId' } } });
  }
  const cookie = await world.logIn('editor');
  for (const path of ['checks', 'records.json', 'records.csv']) {
    expect((await world.request(`/api/consent-record/${path}`, { cookie })).status).toBe(403);
  }
});
