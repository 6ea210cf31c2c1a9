import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Database, openPglite, openPostgres } from '../../src/db/database.ts';
import { migrate, readMigrations } from '../../src/db/migrate.ts';
import { freshPostgresUrl } from './databases.ts';

/** The two databases that every statement has to run on. */
export const BACKENDS = ['pglite', 'postgres'] as const;

/** All migrations of the program, in their order. */
export const MIGRATIONS = readMigrations(join(import.meta.dirname, '../../migrations'));

/** An open database of its own; `close` also removes it. */
export type OpenDatabase = { database: Database; close(): Promise<void> };

/** Opens an empty database without tables. */
export async function openEmpty(backend: Database['backend']): Promise<OpenDatabase> {
  if (backend === 'pglite') {
    const database = await openPglite(undefined);
    return { database, close: () => database.close() };
  }
  const fresh = await freshPostgresUrl();
  const database = openPostgres(fresh.url);
  return {
    database,
    close: async () => {
      await database.close();
      await fresh.drop();
    },
  };
}

/** Opens a database with every table and no rows. */
export async function openMigrated(backend: Database['backend']): Promise<OpenDatabase> {
  const opened = await openEmpty(backend);
  await migrate(opened.database, MIGRATIONS);
  return opened;
}

/** A connection's row as it is stored, of a tenant that is there. */
export function draftConnection(tenantId: string, id: string = randomUUID()) {
  return {
    id,
    tenantId,
    provider: 'mailchimp',
    state: 'ready',
    accountId: `account of ${id}`,
    accountName: 'Test',
    accountPlan: 'free',
    isPaidPlan: false,
    audienceId: 'audience',
    audienceName: 'onoffice',
    settings: {
      audience: { choice: 'onoffice' },
      mapping: {},
      activities: [],
      unknownMembers: 'create',
      optOutValue: 'cancellation',
    },
    mapping: {},
    crmFacts: {
      writableConsents: ['yes', 'no'],
      permitsCancellation: true,
      has: { tags: true, letterSalutation: true, privateFlag: true, archiveFlag: true },
      tags: [],
    },
  } as const;
}
