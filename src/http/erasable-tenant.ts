import type { Connection } from '../core/connection.ts';
import { connections } from '../db/connections.ts';
import { consentRecords } from '../db/consent-records.ts';
import { journal } from '../db/journal.ts';
import { personalData } from '../db/personal-data.ts';
import { consentHash } from '../jobs/lane-worker.ts';
import { type ErasableConnection, type ErasableTenant, raiseOnItsWay } from '../sync/erasure/erase-person.ts';
import { openSyncParts } from '../sync/lanes/lane-parts.ts';
import type { AppParts } from './app-parts.ts';
import { openWithKeys } from './open-connection.ts';

type TenantParts = Pick<AppParts, 'database' | 'box' | 'systems' | 'clock' | 'language'>;

/** What an erasure does in the data of a tenant. */
export function erasableTenant({ database, box }: TenantParts, tenantId: string): ErasableTenant {
  const hashOf = consentHash(box, tenantId);
  const { keysOf, isRaiseOnItsWay } = personalData(database.db, tenantId, hashOf);
  return {
    keysOf,
    isRaiseOnItsWay,
    erase: (keys, optOuts, now) =>
      database.transact(async (trx) => {
        const data = personalData(trx, tenantId, hashOf);
        await data.stopWorkers();
        // One that began since it was asked first would arrive with nobody left who looks again.
        if (await data.isRaiseOnItsWay(keys, now)) throw raiseOnItsWay();
        await consentRecords(trx, tenantId, hashOf).append(optOuts, now);
        await data.erase(keys, now);
        for (const { id } of await connections(trx).list(tenantId)) {
          await journal(trx, { tenantId, connectionId: id }).write('journal.person_erased', {}, now);
        }
      }),
  };
}

/** The tenant's connections, opened as far as their providers can be asked. */
export async function erasableConnections(parts: TenantParts, tenantId: string): Promise<ErasableConnection[]> {
  const all = await connections(parts.database.db).list(tenantId);
  return Promise.all(all.map(async (connection) => ({ connection, sync: await openForErasure(parts, connection) })));
}

async function openForErasure(parts: TenantParts, { id, state, twin, wentBack }: Connection) {
  const isAsleep = state === 'draft' || state === 'attention' || state === 'disconnected';
  // Nobody writes beside a twin or before old data have caught up, not even this (F9).
  if (isAsleep || twin || (wentBack && !wentBack.isCaughtUp)) return undefined;
  const { connection, store, credentials } = await openWithKeys(parts, id);
  return openSyncParts({ ...parts, connection, store, credentials }, () => {}, 'urgent');
}
