import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { connections } from '../db/connections.ts';
import { consentHeads, tenantsWithoutHead } from '../db/consent-heads.ts';
import { type ChainCheck, consentRecords } from '../db/consent-records.ts';
import type { Database } from '../db/database.ts';
import { journal } from '../db/journal.ts';
import type { SecretBox } from '../db/secret-box.ts';
import { consentHash } from './lane-worker.ts';

export type ConsentHeadParts = {
  database: Database;
  box: SecretBox;
  clock: Clock;
  log: Pick<Logger, 'info' | 'error'>;
};

/**
 * Checks the consent record of every tenant once a day (UTC) and logs its end, so that a chain that was cut or written anew
 * later shows, also by a log that is kept elsewhere (R14). Two workers at once may log twice; one of them stores it.
 */
export async function logConsentHeads(parts: ConsentHeadParts): Promise<void> {
  const { database, clock } = parts;
  for (const tenantId of await tenantsWithoutHead(database.db, clock.now())) await logHead(parts, tenantId);
}

async function logHead({ database, box, clock, log }: ConsentHeadParts, tenantId: string): Promise<void> {
  const heads = await consentHeads(database.db, tenantId).all();
  const check = await consentRecords(database.db, tenantId, consentHash(box, tenantId)).verify(heads);
  const { count, head } = check;
  if (check.brokenAt === undefined) log.info({ tenantId, count, head }, 'Consent record');
  else log.error({ tenantId, count, head, brokenAt: check.brokenAt, how: check.how }, 'Consent record is broken');
  const now = clock.now();
  await database.transact(async (trx) => {
    const isNew = await consentHeads(trx, tenantId).add({ count, hash: head, brokenAt: check.brokenAt }, now);
    if (!isNew) return;
    const entry = journalEntry(check, heads.at(-1)?.count ?? 0);
    if (!entry) return;
    for (const connection of await connections(trx).list()) {
      if (connection.tenantId !== tenantId) continue;
      await journal(trx, { tenantId, connectionId: connection.id }).write(entry.code, entry.params, now, entry.isAlarm);
    }
  });
}

/** What people are told: nothing where nothing was added since the last head. */
function journalEntry(check: ChainCheck, countBefore: number) {
  if (check.brokenAt !== undefined) {
    return { code: 'journal.consent_record_broken', params: { number: check.brokenAt }, isAlarm: true };
  }
  if (check.count === countBefore) return undefined;
  const params = { records: check.count, head: check.head.slice(0, HEAD_SHOWN) };
  return { code: 'journal.consent_record_head', params, isAlarm: false };
}

/** So many digits of a hash tell two heads apart in the journal. */
const HEAD_SHOWN = 16;
