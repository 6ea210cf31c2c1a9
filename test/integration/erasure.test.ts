import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SECRET, DEFAULT_TOKEN } from '../../simulators/onoffice/index.ts';
import { Secret } from '../../src/core/secret.ts';
import { consentRecords } from '../../src/db/consent-records.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { PERSONAL_TABLES } from '../../src/db/personal-data.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { tenantData } from '../../src/db/tenant-data.ts';
import { erasableTenant } from '../../src/http/erasable-tenant.ts';
import { consentHash } from '../../src/jobs/lane-worker.ts';
import { pollCrm } from '../../src/sync/changes/poll-crm.ts';
import type { ErasedHow } from '../../src/sync/consent-gate/erase-member.ts';
import { erasePerson } from '../../src/sync/erasure/erase-person.ts';
import { openSyncParts } from '../../src/sync/lanes/lane-parts.ts';
import type { SyncParts } from '../../src/sync/sync-parts.ts';
import { optOutsCsv } from '../../src/sync/views/opt-outs-csv.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES, type Side } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

const [ANNA, BERT, CARA] = ['anna@immo-test.de', 'bert@immo-test.de', 'cara@immo-test.de'];
const box = createSecretBox(Buffer.alloc(32, 7));

let database: Database;

beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

async function begin(side: Side) {
  const ids: Record<string, number> = {};
  const world = await createSyncedWorld({
    database,
    provider: side.name,
    seed: (crm) => {
      for (const email of [ANNA, BERT, CARA]) {
        ids[email] = plantContact(crm, { email, firstName: 'Vorname', lastName: `Nachname-${email.slice(0, 4)}` });
      }
    },
  });
  return { world, ids };
}

function partsOf(
  { connection, store, systems, clock, ...world }: World,
  side: Side,
  lane: 'main' | 'urgent',
): SyncParts {
  const providerKey = new Secret(side.name === 'brevo' ? world.brevo.apiKey : world.mailchimp.apiKey);
  const crm = { token: new Secret(DEFAULT_TOKEN), secret: new Secret(DEFAULT_SECRET) };
  return openSyncParts(
    { connection, store, credentials: { crm, providerKey }, systems, clock, language: 'de' },
    () => {},
    lane,
  );
}

/** The CRM is read, and nothing planned yet. */
async function readOnly(world: World, side: Side): Promise<void> {
  world.advance(120_000);
  const cursors = await world.store.tables.cursors.get();
  if (cursors) await pollCrm(partsOf(world, side, 'main'), cursors);
}

/** As the API does it. */
async function erase(world: World, side: Side, email: string, how: ErasedHow) {
  const { connection, systems, clock } = world;
  const tenant = erasableTenant({ database, box, systems, clock, language: 'de' }, connection.tenantId);
  const sync = partsOf(world, side, 'urgent');
  const asked = { person: { email }, connectionId: connection.id, how };
  return erasePerson({ tenant, connections: [{ connection, sync }], clock }, asked);
}

/** Every stored row of a tenant in which one of the texts stands. */
async function rowsWith({ connection: { tenantId } }: World, texts: readonly string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id'`.execute(database.db);
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{ row: string }>`
        select ${name}::text || ' ' || to_jsonb(t)::text as row from ${sql.table(name)} as t
        where tenant_id = ${tenantId}`.execute(database.db);
      return rows.map(({ row }) => row).filter((row) => texts.some((text) => row.includes(text)));
    }),
  );
  return found.flat();
}

async function expectWholeChain({ connection: { tenantId } }: World): Promise<void> {
  const check = await consentRecords(database.db, tenantId, consentHash(box, tenantId)).verify();
  expect(check.brokenAt, 'the chain stays whole').toBeUndefined();
}

describe.each(SIDES)('R14, $name: a person who was erased', (side) => {
  test('leaves nothing of the address that the contact had before both sides had met', async () => {
    const { world } = await begin(side);
    const [before, now] = ['dora@immo-test.de', 'dora.neu@immo-test.de'];
    const dora = plantContact(world.crm, { email: before });
    await readOnly(world, side);
    world.crm.agent.editContact(dora, { Email: now });
    await readOnly(world, side);
    expect(await rowsWith(world, [before]), 'it is remembered until then').not.toEqual([]);
    await erase(world, side, now, 'suppress');
    expect(await rowsWith(world, [before, now])).toEqual([]);
  });

  test.each(['suppress', 'delete'] as const)('leaves hashes alone and is never subscribed anew (%s)', async (how) => {
    const { world, ids } = await begin(side);
    side.personLeaves(world, BERT);
    await world.live(60_000);
    expect(newsletterOf(world, ids[BERT] ?? 0)).toBe('2');
    const outcome = how === 'delete' ? 'deleted' : 'unsubscribed';
    expect(await erase(world, side, ANNA, how)).toMatchObject([{ outcome }]);
    expect(await erase(world, side, BERT, how)).toMatchObject([{ outcome: how === 'delete' ? 'deleted' : 'absent' }]);
    // What the provider told of our own write is dropped once it is applied; whom it still holds is then read there again.
    if (how === 'delete') await world.work();
    const left = await rowsWith(world, [ANNA, BERT, 'Nachname-anna', 'Nachname-bert']);
    expect(left.filter((row) => how === 'delete' || !row.startsWith('provider_events'))).toEqual([]);
    expect(await rowsWith(world, [CARA]), 'nobody else is touched').not.toEqual([]);
    await expectWholeChain(world);

    // A full sync while Anna’s contact still says Yes, and contacts of both addresses that are imported anew with a Yes.
    const anew = [ANNA, BERT].map((email) => plantContact(world.crm, { email, lastName: 'Import' }));
    for (let runs = 0; runs < 2; runs += 1) {
      await world.sync();
      await world.live(120_000);
    }
    for (const email of [ANNA, BERT]) expect(['out', 'opted-out'], email).toContain(side.status(world, email));
    expect(side.status(world, CARA)).toBe('subscribed');
    for (const id of [ids[ANNA], ...anew]) expect(newsletterOf(world, id ?? 0)).toBe('2');
    const record = await rowsWith(world, [ANNA, BERT]);
    expect(record.filter((row) => row.startsWith('consent_records'))).toEqual([]);
    await expectWholeChain(world);
  });
});

test('R14: whoever was erased comes back with an opt-in of his own, and is on record in clear again', async () => {
  const [side] = SIDES;
  if (!side) throw new Error('there are sides');
  const { world, ids } = await begin(side);
  await erase(world, side, ANNA, 'suppress');
  await world.live(60_000);
  // In one second with the opt-out it would be a tie, which is an opt-out (R1).
  world.advance(5_000);
  side.signsUp(world, ANNA);
  await world.live(60_000);
  await world.sync();
  expect(side.status(world, ANNA)).toBe('subscribed');
  expect(newsletterOf(world, ids[ANNA] ?? 0)).toBe('1');
  const record = await rowsWith(world, [ANNA]);
  expect(record.some((row) => row.startsWith('consent_records') && row.includes('"opt-in"'))).toBe(true);
});

test('R4: nobody is erased while a raise of his is on its way', async () => {
  const [side] = SIDES;
  if (!side) throw new Error('there are sides');
  const { world } = await begin(side);
  await sql`update plan_rows set state = 'sent' where email_key = ${ANNA} and kind = 'add-member'`.execute(database.db);
  await expect(erase(world, side, ANNA, 'suppress')).rejects.toMatchObject({ code: 'erasure.raise_on_its_way' });
  expect(side.status(world, ANNA)).toBe('subscribed');
});

test('R14: every table that names a person is known to erasure and to access', async () => {
  const { rows } = await sql<{ name: string }>`select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and column_name in ('email', 'email_key', 'contact_id') order by 1`.execute(
    database.db,
  );
  expect(rows.map(({ name }) => name)).toEqual([...Object.keys(PERSONAL_TABLES), 'consent_records'].sort());
});

test('U7: all data of a tenant go, its opt-outs being offered as a file first', async () => {
  const [side] = SIDES;
  if (!side) throw new Error('there are sides');
  const { world } = await begin(side);
  side.personLeaves(world, BERT);
  await world.live(60_000);
  const { tenantId } = world.connection;
  let text = '';
  for await (const part of optOutsCsv(tenantData(database.db, tenantId).optedOut)) text += part;
  const lines = text.split('\r\n');
  expect(lines[1]).toMatch(/^bert@immo-test\.de,2026-03-01T[\d:.]+Z,consent-record$/);
  expect(lines).toHaveLength(3);
  await database.transact((trx) => tenantData(trx, tenantId).remove());
  expect(await rowsWith(world, [''])).toEqual([]);
});

test('R14: a record leaves with all data of its own tenant only', async () => {
  const [side] = SIDES;
  if (!side) throw new Error('there are sides');
  const { world } = await begin(side);
  const { tenantId } = world.connection;
  await expect(sql`delete from consent_records where tenant_id = ${tenantId}`.execute(database.db)).rejects.toThrow(
    'append-only',
  );
  const foreign = database.transact(async (trx) => {
    await sql`select set_config('newsletter_connector.deleted_tenant', 'another', true)`.execute(trx);
    await sql`delete from consent_records where tenant_id = ${tenantId}`.execute(trx);
  });
  await expect(foreign).rejects.toThrow('append-only');
});
