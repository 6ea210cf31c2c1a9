import { bridges } from './bridges.ts';
import { connectionRow } from './connections.ts';
import { consentHistory } from './consent-history.ts';
import { type ConsentEntry, consentRecords } from './consent-records.ts';
import { contactLinks } from './contact-links.ts';
import { contacts } from './contacts.ts';
import type { Database, Queryable } from './database.ts';
import { health } from './health.ts';
import { journal } from './journal.ts';
import { analyze } from './maintenance.ts';
import { members } from './members.ts';
import { type ConsentHash, people } from './people.ts';
import { planRows } from './plan-rows.ts';
import { providerEvents } from './provider-events.ts';
import { refusals } from './refusals.ts';
import { refusedTags } from './refused-tags.ts';
import type { ConnectionScope } from './scope.ts';
import { syncRuns } from './sync-runs.ts';

/** All tables of one connection, on the database or inside one transaction. */
export type Tables = ReturnType<typeof tablesOf>;

/** Data access of one connection for the use cases. */
export type Store = {
  readonly scope: ConnectionScope;
  readonly tables: Tables;
  /** Runs `work` in one transaction; a worker that lost its lane fails before it can commit. */
  transact<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** @throws LaneLostError when another worker has taken the lane; asked right before every outside write (F9) */
  assertOwned(): Promise<void>;
  /** Fresh statistics after bulk work; nothing else makes them on PGlite. */
  analyze(): Promise<void>;
};

/**
 * Makes the data access of one connection.
 *
 * @param fence the lane's number where a worker writes; undefined for the page's own small writes
 */
export function createStore(database: Database, scope: ConnectionScope, hashOf: ConsentHash, fence?: number): Store {
  return {
    scope,
    tables: tablesOf(database.db, scope, hashOf),
    transact: (work) =>
      database.transact(async (trx) => {
        if (fence !== undefined) await connectionRow(trx, scope).assertLane(fence);
        return work(tablesOf(trx, scope, hashOf));
      }),
    assertOwned: async () => {
      if (fence !== undefined) await connectionRow(database.db, scope).assertLane(fence);
    },
    analyze: () => analyze(database.db),
  };
}

function tablesOf(db: Queryable, scope: ConnectionScope, hashOf: ConsentHash) {
  return {
    bridges: bridges(db, scope),
    connection: connectionRow(db, scope),
    consent: {
      append: (entries: readonly ConsentEntry[], now: number) =>
        consentRecords(db, scope.tenantId, hashOf).append(entries, now),
      lastLeavingIsOurs: (email: string) =>
        consentRecords(db, scope.tenantId, hashOf).lastLeavingIsOurs(scope.connectionId, email),
      ofPerson: consentHistory(db, scope.tenantId, hashOf).ofPerson,
    },
    contacts: contacts(db, scope),
    events: providerEvents(db, scope),
    health: health(db, scope),
    journal: journal(db, scope),
    links: contactLinks(db, scope),
    members: members(db, scope),
    people: people(db, scope, hashOf),
    plan: (runId: string) => planRows(db, scope, runId),
    refusals: refusals(db, scope),
    refusedTags: refusedTags(db, scope),
    runs: syncRuns(db, scope),
  };
}
