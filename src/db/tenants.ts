import { sql } from 'kysely';
import type { Queryable } from './database.ts';

export type Tenant = { id: string; name: string };

/** All tenants, also those whose last connection is gone: their consent record stays (U7). */
export async function listTenants(db: Queryable): Promise<Tenant[]> {
  const { rows } = await sql<Tenant>`select id, name from tenants order by created_at, id`.execute(db);
  return rows;
}
