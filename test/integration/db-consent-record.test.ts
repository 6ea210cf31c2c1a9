import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connections } from '../../src/db/connections.ts';
import { consentHeads } from '../../src/db/consent-heads.ts';
import { consentHistory } from '../../src/db/consent-history.ts';
import { type ConsentEntry, consentRecords } from '../../src/db/consent-records.ts';
import type { Database } from '../../src/db/database.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { consentHash } from '../../src/jobs/lane-worker.ts';
import { BACKENDS, type OpenDatabase, openMigrated } from '../support/backends.ts';

const NOW = Date.parse('2026-03-01T08:00:00.123Z');
const DAY = 86_400_000;
const box = createSecretBox(Buffer.alloc(32, 7));

function entry(more: Partial<ConsentEntry> = {}): ConsentEntry {
  return {
    connectionId: 'connection',
    contactId: '17',
    email: 'ada@example.org',
    effect: 'opt-out',
    learnedOrder: undefined,
    from: 'subscribed',
    to: 'unsubscribed',
    source: 'person',
    verdict: 'allowed',
    happenedAt: '2026-03-01T07:59:00.000Z',
    evidence: { event: 'e-1', campaign: 'c-1' },
    clearEvidence: { how: 'said so on the phone' },
    wrote: 'newsletter=2',
    ...more,
  };
}

describe.each(BACKENDS)('the consent record on %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openMigrated(backend);
    database = opened.database;
  });
  afterAll(() => opened.close());

  /** A new tenant with its own chain. */
  async function tenant() {
    const id = randomUUID();
    await connections(database.db).addTenant(id, 'Test', NOW);
    const hashOf = consentHash(box, id);
    return {
      id,
      hashOf,
      append: (...entries: ConsentEntry[]) =>
        database.transact((trx) => consentRecords(trx, id, hashOf).append(entries, NOW)),
      lastLeavingIsOurs: () =>
        consentRecords(database.db, id, hashOf).lastLeavingIsOurs('connection', 'ada@example.org'),
      lastLeftAt: () => consentRecords(database.db, id, hashOf).lastLeftAt('connection', 'ada@example.org'),
      verify: async () => consentRecords(database.db, id, hashOf).verify(await consentHeads(database.db, id).all()),
      logHead: async (now = NOW) => {
        const { count, head } = await consentRecords(database.db, id, hashOf).verify();
        return consentHeads(database.db, id).add({ count, hash: head, brokenAt: undefined }, now);
      },
      history: consentHistory(database.db, id, hashOf),
    };
  }

  /** Changes rows as somebody could who owns the database. */
  const behindTheTrigger = (statement: string) =>
    database.runScript(`alter table consent_records disable trigger user; ${statement};
      alter table consent_records enable trigger user;`);

  test('an empty chain is whole and begins with zeros', async () => {
    const { verify } = await tenant();
    expect(await verify()).toEqual({ brokenAt: undefined, count: 0, head: '0'.repeat(64) });
  });

  test('R1: a leaving is ours while nobody but the CRM took the address out since the newest opt-in', async () => {
    const { append, lastLeavingIsOurs } = await tenant();
    const ours = entry({ source: 'crm-user', wrote: 'unsubscribe-member' });
    expect(await lastLeavingIsOurs()).toBe(false);
    const takenOut = entry({ ...ours, effect: 'neutral', wrote: 'remove-member' });
    await append(entry({ ...ours, email: 'other@example.org' }), takenOut);
    expect(await lastLeavingIsOurs()).toBe(false);
    await append(ours);
    expect(await lastLeavingIsOurs()).toBe(true);
    await append(entry({ source: 'person' }), ours);
    expect(await lastLeavingIsOurs()).toBe(false);
    await append(entry({ effect: 'opt-in' }), ours);
    expect(await lastLeavingIsOurs()).toBe(true);
    await append(entry({ ...ours, connectionId: 'another' }));
    expect(await lastLeavingIsOurs()).toBe(false);
  });

  test('R8: a leaving over flags that differed is ours, until somebody leaves by himself', async () => {
    const { append, lastLeavingIsOurs } = await tenant();
    const overFlags = entry({ source: 'crm-user', wrote: 'unsubscribe-member', effect: 'neutral' });
    await append(entry({ ...overFlags, connectionId: 'another' }), entry({ ...overFlags, verdict: 'refused' }));
    expect(await lastLeavingIsOurs()).toBe(false);
    await append(overFlags);
    expect(await lastLeavingIsOurs()).toBe(true);
    await append(entry({ source: 'person' }));
    expect(await lastLeavingIsOurs()).toBe(false);
  });

  test('R1, R8: when somebody last left is told until we have unsubscribed him ourselves', async () => {
    const { append, lastLeftAt } = await tenant();
    expect(await lastLeftAt()).toBeUndefined();
    await append(entry({ source: 'person', happenedAt: '2026-03-01T08:00:00.000Z' }));
    const refused = entry({ source: 'crm-user', wrote: 'unsubscribe-member', verdict: 'refused' });
    await append(refused, entry({ source: 'person', connectionId: 'another', happenedAt: '2026-03-02T08:00:00.000Z' }));
    expect(await lastLeftAt()).toBe('2026-03-01T08:00:00.000Z');
    await append(entry({ source: 'crm-user', wrote: 'unsubscribe-member' }));
    expect(await lastLeftAt()).toBeUndefined();
    await append(entry({ source: 'provider-administrator', happenedAt: '2026-03-03T08:00:00.000Z' }));
    expect(await lastLeftAt()).toBe('2026-03-03T08:00:00.000Z');
  });

  test('a chain of several pages of records verifies, and its head moves with every record', async () => {
    const { append, verify } = await tenant();
    await append(...Array.from({ length: 1_100 }, (_, index) => entry({ contactId: String(index) })));
    const before = await verify();
    expect(before).toMatchObject({ brokenAt: undefined, count: 1_100 });
    await append(entry());
    const after = await verify();
    expect(after).toMatchObject({ brokenAt: undefined, count: 1_101 });
    expect(after.head).not.toBe(before.head);
    await append();
    expect(await verify()).toEqual(after);
  });

  test.each<[string, Partial<ConsentEntry>]>([
    ['no contact and no time', { contactId: undefined, happenedAt: undefined }],
    ['a time in the form of Mailchimp', { happenedAt: '2026-03-01T08:59:00+01:00' }],
    ['a time in microseconds', { happenedAt: '2026-03-01T07:59:00.123456Z' }],
    ['a time without milliseconds', { happenedAt: '2026-03-01T07:59:00Z' }],
    ['an order of learning of before', { learnedOrder: 1 }],
    ['evidence in any order of its names', { evidence: { z: '1', a: '2', ä: '3', '10': '4', '9': '5' } }],
    ['no evidence', { evidence: {} }],
    ['characters that need care', { wrote: 'a"b\\c\u2028\n😀', evidence: { quote: '\\u0000 is text' } }],
    ['characters that no database holds', { wrote: 'a\0b', evidence: { half: '\ud83d', nul: '\0' } }],
    ['clear evidence that no database holds', { clearEvidence: { z: 'a\0b\ud83d', a: '😀' } }],
  ])('a record with %s verifies', async (_, more) => {
    const { append, verify } = await tenant();
    await append(entry(more), entry());
    expect(await verify()).toMatchObject({ brokenAt: undefined, count: 2 });
  });

  const CHANGES = {
    number: 'number = 9',
    learned_order: 'learned_order = learned_order + 1',
    connection_id: "connection_id = 'other'",
    contact_hash: "contact_hash = 'other'",
    email_hash: "email_hash = 'other'",
    contact_id: "contact_id = '18'",
    email: "email = 'grace@example.org'",
    clear_evidence: `clear_evidence = '{"how": "said nothing"}'`,
    effect: "effect = 'opt-in'",
    consent_from: "consent_from = 'none'",
    consent_to: "consent_to = 'subscribed'",
    source: "source = 'rule'",
    verdict: "verdict = 'refused'",
    happened_at: "happened_at = happened_at + interval '1 microsecond'",
    learned_at: "learned_at = learned_at + interval '1 microsecond'",
    evidence: `evidence = evidence || '{"event": "e-2"}'`,
    wrote: "wrote = ''",
    previous_hash: "previous_hash = 'other'",
    hash: "hash = 'other'",
  };

  test('every column of the table is one of those whose change is tried here', async () => {
    const { rows } = await sql<{ column_name: string }>`select column_name from information_schema.columns
      where table_schema = 'public' and table_name = 'consent_records'`.execute(database.db);
    const columns = rows.map((row) => row.column_name).filter((name) => name !== 'tenant_id');
    expect(Object.keys(CHANGES).sort()).toEqual(columns.sort());
  });

  test.each(Object.entries(CHANGES))('a change of %s behind the trigger is found at its number', async (_, change) => {
    const { id, append, verify } = await tenant();
    await append(entry(), entry(), entry(), entry());
    await behindTheTrigger(`update consent_records set ${change} where tenant_id = '${id}' and number = 3`);
    expect(await verify()).toMatchObject({ brokenAt: 3, count: 2 });
  });

  test('a removed, inserted or moved record is found', async () => {
    const [one, other] = [await tenant(), await tenant()];
    await one.append(entry(), entry({ contactId: '18' }), entry({ contactId: '19' }));
    await other.append(entry(), entry({ contactId: '18' }));
    await behindTheTrigger(
      `update consent_records set tenant_id = '${other.id}' where tenant_id = '${one.id}' and number = 3`,
    );
    expect(await one.verify()).toMatchObject({ brokenAt: undefined, count: 2 });
    expect(await other.verify()).toMatchObject({ brokenAt: 3 });
    await behindTheTrigger(`delete from consent_records where tenant_id = '${one.id}' and number = 1`);
    expect(await one.verify()).toMatchObject({ brokenAt: 1, count: 0 });
  });

  test('a cut end shows in the head', async () => {
    const { id, append, verify } = await tenant();
    await append(entry(), entry());
    const { head } = await verify();
    await behindTheTrigger(`delete from consent_records where tenant_id = '${id}' and number = 2`);
    expect(await verify()).toMatchObject({ brokenAt: undefined, count: 1 });
    expect((await verify()).head).not.toBe(head);
  });

  test('nobody changes or deletes a record by mistake', async () => {
    const { id, append, verify } = await tenant();
    await append(entry());
    for (const change of Object.values(CHANGES)) {
      const changing = database.runScript(`update consent_records set ${change} where tenant_id = '${id}'`);
      await expect(changing, change).rejects.toThrow('consent records are append-only');
    }
    for (const statement of [
      `update consent_records set email = null, contact_id = null where tenant_id = '${id}'`,
      `update consent_records set email = null, contact_id = null, clear_evidence = null, wrote = '' where tenant_id = '${id}'`,
      `update consent_records set email = null, clear_evidence = null, contact_id = '18' where tenant_id = '${id}'`,
      `delete from consent_records where tenant_id = '${id}'`,
      `delete from tenants where id = '${id}'`,
    ]) {
      await expect(database.runScript(statement), statement).rejects.toThrow();
    }
    expect(await verify()).toMatchObject({ brokenAt: undefined, count: 1 });
  });

  test('an erasure takes the clear text away and leaves the chain whole', async () => {
    const { id, append, verify } = await tenant();
    await append(entry(), entry());
    const { head } = await verify();
    await database.runScript(
      `update consent_records set contact_id = null, email = null, clear_evidence = null
        where tenant_id = '${id}' and number = 1`,
    );
    expect(await verify()).toEqual({ brokenAt: undefined, count: 2, head });
  });

  test('appends at the same time keep one chain', async () => {
    const { append, verify } = await tenant();
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        append(entry({ contactId: String(index) }), entry({ effect: 'neutral' })),
      ),
    );
    expect(await verify()).toMatchObject({ brokenAt: undefined, count: 24 });
  });

  test('an append that is rolled back leaves no gap', async () => {
    const { id, hashOf, append, verify } = await tenant();
    await append(entry());
    const failing = database.transact(async (trx) => {
      await consentRecords(trx, id, hashOf).append([entry(), entry()], NOW);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await append(entry());
    expect(await verify()).toMatchObject({ brokenAt: undefined, count: 2 });
  });

  test('two tenants have a chain each, and their hashes of one address cannot be compared (R14)', async () => {
    const [one, other] = [await tenant(), await tenant()];
    await Promise.all([one.append(entry()), other.append(entry()), one.append(entry())]);
    expect(await one.verify()).toMatchObject({ brokenAt: undefined, count: 2 });
    expect(await other.verify()).toMatchObject({ brokenAt: undefined, count: 1 });
    const { rows } = await sql<{ email_hash: string; contact_hash: string }>`
      select distinct email_hash, contact_hash from consent_records
      where tenant_id in (${one.id}, ${other.id})`.execute(database.db);
    expect(rows).toHaveLength(2);
    expect(new Set(rows.flatMap((row) => [row.email_hash, row.contact_hash])).size).toBe(4);
    expect(JSON.stringify(rows)).not.toContain('@');
  });

  test('what a record keeps is what was booked', async () => {
    const { id, append } = await tenant();
    await append(entry({ happenedAt: '2026-03-01T08:59:00+01:00' }));
    const { rows } = await sql`
      select number, connection_id, contact_id, email, effect, consent_from, consent_to, source, verdict,
        evidence - 'clear' as evidence, clear_evidence, wrote,
        to_char(happened_at at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.MS') as happened_at,
        to_char(learned_at at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.MS') as learned_at
      from consent_records where tenant_id = ${id}`.execute(database.db);
    const { connectionId, contactId, from, to, clearEvidence, learnedOrder: _, happenedAt: __, ...same } = entry();
    expect(rows).toEqual([
      {
        ...same,
        number: 1,
        connection_id: connectionId,
        contact_id: contactId,
        consent_from: from,
        consent_to: to,
        clear_evidence: clearEvidence,
        happened_at: '2026-03-01 07:59:00.000',
        learned_at: '2026-03-01 08:00:00.123',
      },
    ]);
  });

  describe('logged ends', () => {
    test('a record that only grew since is whole', async () => {
      const { append, verify, logHead } = await tenant();
      expect(await logHead()).toBe(true);
      await append(entry(), entry());
      expect(await logHead(NOW + DAY)).toBe(true);
      await append(entry());
      expect(await verify()).toMatchObject({ brokenAt: undefined, count: 3 });
    });

    test('one end is logged a day, the first', async () => {
      const { append, logHead, verify } = await tenant();
      await append(entry());
      expect(await logHead()).toBe(true);
      await append(entry());
      expect(await logHead(NOW + 3_600_000)).toBe(false);
      expect(await verify()).toMatchObject({ brokenAt: undefined, count: 2 });
    });

    test('a cut end is found at the first record that is not there', async () => {
      const { id, append, verify, logHead } = await tenant();
      await append(entry(), entry(), entry(), entry());
      await logHead();
      await behindTheTrigger(`delete from consent_records where tenant_id = '${id}' and number >= 3`);
      expect(await verify()).toMatchObject({ brokenAt: 3, how: 'cut', count: 2 });
    });

    test('a record that was removed altogether is found', async () => {
      const { id, append, verify, logHead } = await tenant();
      await append(entry());
      await logHead();
      await behindTheTrigger(`delete from consent_records where tenant_id = '${id}'`);
      expect(await verify()).toMatchObject({ brokenAt: 1, how: 'cut', count: 0 });
    });

    test('an end that was cut and written anew is found, though its own chain is whole', async () => {
      const { id, hashOf, append, verify, logHead } = await tenant();
      await append(entry(), entry());
      await logHead();
      await append(entry(), entry());
      await logHead(NOW + DAY);
      await behindTheTrigger(`delete from consent_records where tenant_id = '${id}' and number >= 4`);
      await append(entry({ effect: 'neutral' }), entry());
      expect(await consentRecords(database.db, id, hashOf).verify()).toMatchObject({ brokenAt: undefined, count: 5 });
      expect(await verify()).toMatchObject({ brokenAt: 3, how: 'replaced' });
    });

    test('what is wrong inside is told before what is wrong at the end', async () => {
      const { id, append, verify, logHead } = await tenant();
      await append(entry(), entry(), entry(), entry());
      await logHead();
      await behindTheTrigger(`delete from consent_records where tenant_id = '${id}' and number in (2, 4)`);
      expect(await verify()).toMatchObject({ brokenAt: 2, how: 'missing', count: 1 });
    });
  });

  test('the history of a person is about him alone: his contacts, his addresses, and what his former address told', async () => {
    const { append, history } = await tenant();
    const other = { contactId: '99', email: 'other@example.org' };
    await append(
      entry({ email: 'former@example.org', wrote: 'his own at the former address' }),
      entry({ email: 'former@example.org', contactId: undefined, wrote: 'of the former address' }),
      entry({ email: 'former@example.org', contactId: '99', wrote: 'of who has the address now' }),
      entry({ contactId: '18', wrote: 'of who shares his address' }),
      entry({ ...other, wrote: 'of somebody else' }),
      entry({ effect: 'neutral', wrote: 'his own' }),
    );
    const found = await history.ofPerson({ emails: ['ada@example.org'], contactIds: ['17'] }, 10);
    expect(found.map(({ wrote }) => wrote)).toEqual([
      'his own',
      'of who shares his address',
      'of the former address',
      'his own at the former address',
    ]);
    expect(found[0]).toMatchObject({
      number: 6,
      contactId: '17',
      email: 'ada@example.org',
      happenedAt: '2026-03-01T07:59:00.000Z',
      learnedAt: '2026-03-01T08:00:00.123Z',
      clearEvidence: { how: 'said so on the phone' },
    });
    expect(await history.ofPerson({ emails: ['ada@example.org'], contactIds: ['17'] }, 1)).toHaveLength(1);
    expect(await history.ofPerson({ emails: [], contactIds: ['nobody'] }, 10)).toEqual([]);
  });

  test('an erased person is found by the keyed hash, and nothing is said in clear', async () => {
    const { id, append, history } = await tenant();
    await append(entry());
    await database.runScript(
      `update consent_records set contact_id = null, email = null, clear_evidence = null where tenant_id = '${id}'`,
    );
    const [found] = await history.ofPerson({ emails: ['ada@example.org'], contactIds: [] }, 10);
    expect(found).toMatchObject({ number: 1, effect: 'opt-out', contactId: undefined, clearEvidence: undefined });
    expect(JSON.stringify(found)).not.toMatch(/ada@|phone/);
  });
});
