import { type ActivityCatalog, crmTypeOf } from '../../core/activity.ts';
import { type ActivityGroup, groupActivities } from '../../core/activity-groups.ts';
import { activityNote, activityReference } from '../../core/activity-note.ts';
import type { ActivityWriteResult, NewActivity } from '../../core/crm.ts';
import { ProviderError } from '../../core/errors.ts';
import { planActivities } from '../../core/plan-activities.ts';
import type { Tables } from '../../db/store.ts';
import type { SyncParts } from '../sync-parts.ts';
import { checkLostActivities } from './check-lost-activities.ts';

/** Activities among which those are looked for that can be written together. */
const LOOKED_AT = 2_000;
/** What is not clear yet is looked at again after this long, in ms: by then campaigns were listed and contacts created. */
const LATER_MS = 1_800_000;
/** How long the kinds of activities that the CRM knows are believed, in ms. */
const CATALOG_KEPT_MS = 86_400_000;
/** Wait after the CRM has refused everything, in ms. */
const REFUSED_MS = 3_600_000;
/** So often an activity is tried that the CRM refuses for a reason that may pass. */
const TRIES = 5;

/** A group on its way, with the number of its intent. */
type Batch = { id: number; group: ActivityGroup };

/**
 * Writes the next activities, in one call of the CRM (M25, M26, section 9). Before the call their rows say that they were sent
 * (F5): an answer that is lost, or a worker that dies, leaves rows that are looked for in the CRM before anything is repeated, as
 * soon as nothing of them can be carried out any more.
 */
export async function writeActivities(parts: SyncParts): Promise<void> {
  const { store, clock, crm, connection } = parts;
  if (await checkLostActivities(parts)) return;
  const now = clock.now();
  const due = await store.tables.activities.due(now, LOOKED_AT);
  const { settings, wentBack } = connection;
  const plan = planActivities(due, {
    ticked: new Set(settings.activities),
    otherLists: settings.otherLists ?? true,
    wentBackAt: wentBack?.at,
  });
  const groups = groupActivities(plan.write, crm.maxContactsPerActivity).slice(0, crm.maxWritesPerCall);
  const unsure = groupActivities(plan.check, crm.maxContactsPerActivity);
  const catalog = groups.length > 0 ? await readCatalog(parts) : undefined;
  const batches = await store.transact(async (tables) => {
    await tables.activities.end(
      plan.leaveOut.map((row) => ({ ...row, state: 'left-out' })),
      now,
    );
    await tables.activities.again(plan.later, now + LATER_MS, { isFailure: true });
    for (const group of unsure) await openBatch(tables, connection.id, group, now);
    const opened: Batch[] = [];
    for (const group of groups) {
      opened.push({
        id: await openBatch(tables, connection.id, group, now + crm.unansweredWritesMayArriveForMs),
        group,
      });
    }
    if (opened.length === 0) await tables.activityWork.planWriting();
    return opened;
  });
  if (!catalog || batches.length === 0) return;
  const names = new Map(due.map(({ campaignId, campaignName }) => [campaignId, campaignName]));
  const entries = batches.map(({ group }) => entryOf(parts, catalog, group, names.get(group.campaignId) ?? ''));
  const results = await crm.writeActivities(entries).catch(async (error: unknown) => {
    // Whatever else fails may have happened, or happen: it is looked for.
    if (error instanceof ProviderError && !error.mayHaveHappened) await release(parts, batches);
    throw error;
  });
  const attempts = new Map(due.map((row) => [row.id, row.attempts]));
  const answeredAt = { now: clock.now(), checkAt: clock.now() + crm.unansweredWritesMayArriveForMs };
  await store.transact(async (tables) => {
    for (const [index, batch] of batches.entries()) {
      const result = results[index];
      if (!result) throw new Error('the CRM port answered fewer rows than it was handed');
      await settleBatch(tables, batch, result, attempts, answeredAt);
    }
    await tables.activityWork.planWriting();
    await pauseIfAllRefused(tables, results, clock.now());
  });
}

async function readCatalog({ store, crm, clock }: SyncParts): Promise<ActivityCatalog> {
  const known = await store.tables.activityWork.catalog();
  if (known && clock.now() - Date.parse(known.readAt) < CATALOG_KEPT_MS) return known.catalog;
  const catalog = await crm.readActivityCatalog();
  await store.transact((tables) => tables.activityWork.saveCatalog(catalog, clock.now()));
  return catalog;
}

async function openBatch(tables: Tables, connectionId: string, group: ActivityGroup, checkAt: number): Promise<number> {
  const { happenedAt } = group;
  const id = await tables.activityBatches.open(
    { happenedAt, reference: activityReference(connectionId, group) },
    checkAt,
  );
  await tables.activities.send(id, group.rows);
  return id;
}

function entryOf(
  { connection, language }: SyncParts,
  catalog: ActivityCatalog,
  group: ActivityGroup,
  campaignName: string,
): NewActivity {
  const { kind, detail, happenedAt, rows } = group;
  const { isFitting, ...type } = crmTypeOf(kind, catalog, connection.settings.activityTypes ?? {});
  const note = activityNote(
    { kind, campaignName, detail, isFitting, reference: activityReference(connection.id, group) },
    language,
    connection.provider,
  );
  return { contactIds: rows.map(({ contactId }) => contactId), type, at: happenedAt, note };
}

async function release({ store, clock }: SyncParts, batches: readonly Batch[]): Promise<void> {
  await store.transact(async (tables) => {
    for (const { id, group } of batches) {
      await tables.activities.again(idsOf(group), clock.now());
      await tables.activityBatches.close(id);
    }
    await tables.activityWork.planWriting();
  });
}

async function settleBatch(
  tables: Tables,
  { id, group }: Batch,
  result: ActivityWriteResult,
  attempts: ReadonlyMap<number, number>,
  { now, checkAt }: { now: number; checkAt: number },
): Promise<void> {
  // Not known: it stays sent and is looked for.
  if (result.outcome === 'unknown') return tables.activityBatches.checkAt(id, checkAt);
  const ids = idsOf(group);
  const isTriedOften = ids.some((row) => (attempts.get(row) ?? 0) >= TRIES);
  const refuse = (reason: string) =>
    tables.activities.end(
      ids.map((row) => ({ id: row, state: 'refused', reason })),
      now,
    );
  if (result.outcome === 'done') {
    await tables.activities.end(
      ids.map((row) => ({ id: row, state: 'written', reason: '' })),
      now,
    );
  } else if (result.outcome === 'type-unknown') {
    // The customer's kinds have changed: they are read anew, and what fits then is taken.
    await tables.activityWork.saveCatalog(undefined, now);
    if (isTriedOften) await refuse(result.code);
    else await tables.activities.again(ids, now, { isFailure: true });
  } else if (result.isPermanent && ids.length > 1) {
    // One of them may be meant: smaller groups find it, and the others get theirs (F7).
    await tables.activities.again(ids, now, { groupLimit: Math.ceil(ids.length / 2) });
  } else if (result.isPermanent || isTriedOften) {
    await refuse(result.code);
  } else {
    await tables.activities.again(ids, now, { isFailure: true });
  }
  await tables.activityBatches.close(id);
}

/** A right is missing or the like: nothing else would pass either, and somebody has to know. */
async function pauseIfAllRefused(tables: Tables, results: readonly ActivityWriteResult[], now: number): Promise<void> {
  const [first] = results;
  const isRefused = results.every((result) => result.outcome === 'refused' && !result.isPermanent);
  if (!isRefused || first?.outcome !== 'refused') return;
  await tables.activityWork.plan('write', now + REFUSED_MS);
  await tables.journal.write('journal.activities_refused', { cause: first.code }, now, true);
}

function idsOf({ rows }: ActivityGroup): number[] {
  return rows.map(({ id }) => id);
}
