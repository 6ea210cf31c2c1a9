import { UserError } from '../../core/errors.ts';
import { consentHeads } from '../../db/consent-heads.ts';
import { consentRecords } from '../../db/consent-records.ts';
import { listTenants, type Tenant } from '../../db/tenants.ts';
import { consentHash } from '../../jobs/lane-worker.ts';
import type { consentRecordRoutes } from '../api/consent-record.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { tenantOf } from '../auth.ts';

/** The consent record as a whole. */
export function consentRecordHandlers(parts: AppParts): Handlers<keyof typeof consentRecordRoutes> {
  return {
    'GET /api/consent-record/checks': async ({ query: { tenantId }, caller }) => {
      const chains = [];
      for (const { id, name } of await findTenants(parts, tenantId, tenantOf(caller))) {
        chains.push({ tenantId: id, tenantName: name, ...(await checkRecord(parts, id)) });
      }
      return { chains };
    },
  };
}

/** Checks a tenant's record from its first entry to its last, and against the ends that were logged (R14). */
export async function checkRecord({ database, box }: Pick<AppParts, 'database' | 'box'>, tenantId: string) {
  const heads = await consentHeads(database.db, tenantId).all();
  const check = await consentRecords(database.db, tenantId, consentHash(box, tenantId)).verify(heads);
  const last = heads.at(-1);
  return {
    count: check.count,
    head: check.head,
    brokenAt: check.brokenAt ?? null,
    how: check.brokenAt === undefined ? null : check.how,
    lastLogged: last ? { count: last.count, head: last.hash, at: last.loggedAt } : null,
  };
}

/**
 * All tenants or the one asked for.
 *
 * @param own the only tenant that the caller may see; undefined: all of them
 * @throws UserError 404 `tenant.not_found`
 */
export async function findTenants(
  { database }: Pick<AppParts, 'database'>,
  tenantId: string | undefined,
  own: string | undefined,
): Promise<Tenant[]> {
  const all = (await listTenants(database.db)).filter(({ id }) => own === undefined || id === own);
  if (tenantId === undefined) return all;
  const found = all.filter(({ id }) => id === tenantId);
  if (found.length === 0) throw new UserError({ code: 'tenant.not_found', status: 404, field: 'tenantId' });
  return found;
}
