import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connections } from '../../src/db/connections.ts';
import { consentRecords } from '../../src/db/consent-records.ts';
import type { Database } from '../../src/db/database.ts';
import { journal } from '../../src/db/journal.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { consentHash } from '../../src/jobs/lane-worker.ts';
import { logConsentHeads } from '../../src/jobs/log-consent-heads.ts';
import { BACKENDS, draftConnection, type OpenDatabase, openMigrated } from '../support/backends.ts';

const DAY = 86_400_000;
const box = createSecretBox(Buffer.alloc(32, 7));

describe.each(BACKENDS)('the daily log of the consent record on %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  let now = 0;
  let lines: Record<string, unknown>[] = [];
  beforeAll(async () => {
    opened = await openMigrated(backend);
    database = opened.database;
  });
  beforeEach(async () => {
    await database.runScript('truncate tenants cascade; delete from journal;');
    now = Date.parse('2026-03-01T08:00:00Z');
    lines = [];
  });
  afterAll(() => opened.close());

  const run = () =>
    logConsentHeads({
      database,
      box,
      clock: { now: () => now },
      log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
    });

  async function tenant() {
    const id = randomUUID();
    await connections(database.db).addTenant(id, 'Test', now);
    const rows = [draftConnection(id), draftConnection(id)];
    for (const row of rows) {
      await connections(database.db).add(row, { crmAccount: id, hookSecret: row.id }, now);
    }
    const append = (email: string) =>
      database.transact((trx) =>
        consentRecords(trx, id, consentHash(box, id)).append(
          [
            {
              connectionId: rows[0]?.id ?? '',
              contactId: '17',
              email,
              effect: 'opt-out',
              learnedOrder: undefined,
              from: 'subscribed',
              to: 'unsubscribed',
              source: 'person',
              verdict: 'allowed',
              happenedAt: undefined,
              evidence: {},
              wrote: '',
            },
          ],
          now,
        ),
      );
    const head = () => consentRecords(database.db, id, consentHash(box, id)).verify();
    const told = (index: number) => journal(database.db, { tenantId: id, connectionId: rows[index]?.id ?? '' });
    return { id, append, head, told };
  }

  test('R14: once a day the end of each tenant’s record is logged and told in the journal of its connections', async () => {
    const [one, other] = [await tenant(), await tenant()];
    await one.append('ada@example.org');
    await run();
    await run();
    const { head } = await one.head();
    expect(lines.filter(({ tenantId }) => tenantId === one.id)).toMatchObject([{ level: 30, count: 1, head }]);
    expect(lines.filter(({ tenantId }) => tenantId === other.id)).toMatchObject([{ count: 0, head: '0'.repeat(64) }]);
    for (const index of [0, 1]) {
      expect(await one.told(index).page(undefined)).toMatchObject([
        { code: 'journal.consent_record_head', params: { records: 1, head: head.slice(0, 16) }, isAlarm: false },
      ]);
    }
    expect(await other.told(0).page(undefined), 'nothing new is not told').toEqual([]);
    now += DAY;
    await run();
    expect(lines).toHaveLength(4);
    expect(await one.told(0).page(undefined), 'nor is it on the next day').toHaveLength(1);
    expect(JSON.stringify(lines), 'R14: nothing personal in the log').not.toContain('ada@');
  });

  test('R14: a cut record is an alarm each day, and what is left of it is never taken for whole', async () => {
    const { id, append, told } = await tenant();
    await append('ada@example.org');
    await append('grace@example.org');
    await run();
    await database.runScript(`alter table consent_records disable trigger user;
      delete from consent_records where tenant_id = '${id}' and number = 2;
      alter table consent_records enable trigger user;`);
    for (let day = 0; day < 2; day += 1) {
      now += DAY;
      await run();
      expect(lines.at(-1)).toMatchObject({ level: 50, tenantId: id, brokenAt: 2, how: 'cut' });
    }
    expect(await told(0).alarms(0)).toMatchObject([
      { code: 'journal.consent_record_broken', params: { number: 2 } },
      { code: 'journal.consent_record_broken', params: { number: 2 } },
    ]);
    const { rows } = await sql`select broken_at from consent_heads order by logged_on`.execute(database.db);
    expect(rows).toEqual([{ broken_at: null }, { broken_at: 2 }, { broken_at: 2 }]);
  });
});
