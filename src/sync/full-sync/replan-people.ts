import type { EmailAddress } from '../../core/email-address.ts';
import { sorted } from '../../core/held-operations.ts';
import { lowersConsent, type Operation } from '../../core/operation.ts';
import type { PersonPlan } from '../../core/person-plan.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { planChunk, saveReasons } from '../plan-chunk.ts';
import { readPlanRules } from '../plan-rules.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';

/**
 * Plans people anew within a run that is already approved: rows that are no longer what was approved are held back (R12), an
 * opt-out that turned up is added.
 *
 * @param arrivals addresses whose every operation is added; of all others only what lowers consent
 * @returns how many operations were added
 */
export async function replanPeople(
  parts: SyncParts,
  run: SyncRun,
  changed: Iterable<EmailAddress>,
  arrivals: ReadonlySet<EmailAddress> = new Set(),
): Promise<number> {
  const people = [...new Set([...changed, ...arrivals])].sort();
  const rules = await readPlanRules(parts, run);
  const { store, clock } = parts;
  let count = 0;
  for (let start = 0; start < people.length; start += CHUNK_SIZE) {
    const emails = people.slice(start, start + CHUNK_SIZE);
    const planned = await planChunk(store.tables, emails, rules, { isPage: false });
    const stored = Map.groupBy(await store.tables.plan(run.id).byAddresses(emails), (row) => row.operation.email);
    const held: number[] = [];
    const added: Operation[] = [];
    for (const { email, plan } of planned.plans) {
      const wanted = new Map(plan.operations.map((operation) => [JSON.stringify(sorted(operation)), operation]));
      for (const row of stored.get(email) ?? []) {
        // Whoever was taken out before the question was asked is nobody to be unsubscribed any more, but for the answer.
        const waitsForAnswer = row.operation.kind === 'unsubscribe-member' && needsNothing(plan);
        const isStillWanted = wanted.delete(JSON.stringify(sorted(row.operation))) || waitsForAnswer;
        if (row.state === 'planned' && !isStillWanted) held.push(row.id);
      }
      added.push(...[...wanted.values()].filter((operation) => arrivals.has(email) || lowersConsent(operation)));
    }
    await store.transact(async (tables) => {
      await tables.plan(run.id).mark(held, 'held', clock.now());
      await tables.plan(run.id).add(added);
      await saveReasons(tables, emails, planned);
    });
    count += added.length;
  }
  return count;
}

function needsNothing(plan: PersonPlan): boolean {
  return plan.operations.length === 0 && plan.reasons.length === 0;
}
