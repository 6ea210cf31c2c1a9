import type { EmailAddress } from '../core/email-address.ts';
import { activities } from './activities.ts';
import { activityBatches } from './activity-batches.ts';
import { activityWork } from './activity-work.ts';
import { bridges } from './bridges.ts';
import { campaigns } from './campaigns.ts';
import { connectionRow, type Lane } from './connections.ts';
import type { ConsentHash } from './consent-hash.ts';
import { consentHistory } from './consent-history.ts';
import { type ConsentEntry, consentRecords } from './consent-records.ts';
import { contactLinks } from './contact-links.ts';
import { contactReasons } from './contact-reasons.ts';
import { contacts } from './contacts.ts';
import { creations } from './creations.ts';
import type { Database, Queryable } from './database.ts';
import { departures } from './departures.ts';
import { disconnecting } from './disconnecting.ts';
import { dueAddresses } from './due-addresses.ts';
import { endedOperations } from './ended-operations.ts';
import { eventKeys } from './event-keys.ts';
import { health } from './health.ts';
import { heldChanges } from './held-changes.ts';
import { journal } from './journal.ts';
import { analyze } from './maintenance.ts';
import { memberAliases } from './member-aliases.ts';
import { memberReasons } from './member-reasons.ts';
import { members } from './members.ts';
import { openPlans } from './open-plans.ts';
import { optOutDelays } from './opt-out-delays.ts';
import { pastOperations } from './past-operations.ts';
import { people } from './people.ts';
import { peopleSearch } from './people-search.ts';
import { planRows, recentOperations } from './plan-rows.ts';
import { providerEvents } from './provider-events.ts';
import { pulse } from './pulse.ts';
import { putMembers } from './put-members.ts';
import { refusals } from './refusals.ts';
import { refusedTags } from './refused-tags.ts';
import type { ConnectionScope } from './scope.ts';
import { syncCursors } from './sync-cursors.ts';
import { syncRuns } from './sync-runs.ts';
import { tagBindings } from './tag-bindings.ts';
import { tenantTurns } from './tenant-turns.ts';

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
 * @param by id of the operator who asks for it, for the journal
 */
export function createStore(
  database: Database,
  scope: ConnectionScope,
  hashOf: ConsentHash,
  fence?: number,
  lane: Lane = 'main',
  by?: string,
): Store {
  return {
    scope,
    tables: tablesOf(database.db, scope, hashOf, by),
    transact: (work) =>
      database.transact(async (trx) => {
        if (fence !== undefined) await connectionRow(trx, scope).assertLane(fence, lane);
        return work(tablesOf(trx, scope, hashOf, by));
      }),
    assertOwned: async () => {
      if (fence !== undefined) await connectionRow(database.db, scope).assertLane(fence, lane);
    },
    analyze: () => analyze(database.db, scope),
  };
}

function tablesOf(db: Queryable, scope: ConnectionScope, hashOf: ConsentHash, by?: string) {
  return {
    activities: activities(db, scope),
    activityBatches: activityBatches(db, scope),
    activityWork: activityWork(db, scope),
    aliases: memberAliases(db, scope),
    bridges: bridges(db, scope),
    campaigns: campaigns(db, scope),
    connection: connectionRow(db, scope),
    consent: {
      append: (entries: readonly ConsentEntry[], now: number) =>
        consentRecords(db, scope.tenantId, hashOf).append(entries, now),
      lastLeftAt: (email: string) => consentRecords(db, scope.tenantId, hashOf).lastLeftAt(scope.connectionId, email),
      newestOfProvider: (emails: readonly EmailAddress[]) =>
        consentRecords(db, scope.tenantId, hashOf).newestOfProvider(scope.connectionId, emails),
      lastLeavingIsOurs: (email: string) =>
        consentRecords(db, scope.tenantId, hashOf).lastLeavingIsOurs(scope.connectionId, email),
      setToNoElsewhere: (contactIds: readonly string[]) =>
        consentRecords(db, scope.tenantId, hashOf).setToNoElsewhere(scope.connectionId, contactIds),
      newestOptOutAt: consentHistory(db, scope.tenantId, hashOf).newestOptOutAt,
      ofPerson: consentHistory(db, scope.tenantId, hashOf).ofPerson,
    },
    contactReasons: contactReasons(db, scope),
    contacts: contacts(db, scope),
    creations: creations(db, scope),
    cursors: syncCursors(db, scope),
    delays: optOutDelays(db, scope),
    departures: departures(db, scope),
    due: dueAddresses(db, scope),
    ending: disconnecting(db, scope),
    ended: endedOperations(db, scope),
    eventKeys: eventKeys(db, scope),
    events: providerEvents(db, scope),
    health: health(db, scope),
    held: heldChanges(db, scope),
    journal: journal(db, scope, by),
    links: contactLinks(db, scope),
    memberReasons: memberReasons(db, scope),
    members: members(db, scope),
    past: pastOperations(db, scope),
    people: people(db, scope, hashOf),
    openPlans: openPlans(db, scope),
    search: peopleSearch(db, scope),
    plan: (runId: string) => planRows(db, scope, runId),
    pulse: pulse(db, scope),
    put: putMembers(db, scope),
    recent: recentOperations(db, scope),
    refusals: refusals(db, scope),
    refusedTags: refusedTags(db, scope),
    runs: syncRuns(db, scope),
    tagBindings: tagBindings(db, scope),
    tenantTurns: tenantTurns(db, scope),
  };
}
