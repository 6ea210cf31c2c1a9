import type { SyncPhase } from '../../core/sync-run.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import type { PhaseStep, SyncParts } from '../sync-parts.ts';
import { awaitImports } from './await-imports.ts';
import { countPeople } from './count-people.ts';
import { executePlan } from './execute-plan.ts';
import { planPeople } from './plan-people.ts';
import { readCrmContacts } from './read-crm-contacts.ts';
import { readProviderMembers } from './read-provider-members.ts';
import { checkAfterWriting, refreshBeforeWriting } from './refresh.ts';

const STEPS: Readonly<Record<Exclude<SyncPhase, 'awaiting-approval'>, PhaseStep>> = {
  'reading-contacts': readCrmContacts,
  'reading-members': readProviderMembers,
  planning: planPeople,
  refreshing: refreshBeforeWriting,
  executing: executePlan,
  importing: awaitImports,
  checking: checkAfterWriting,
  counting: countPeople,
};

/**
 * Does the next bounded piece of a full sync and stores where it is, so that a crash loses one piece at most (F5).
 *
 * @returns the run as it is now; undefined when it has ended, asks a person or waits for a later time
 */
export async function stepFullSync(parts: SyncParts, run: SyncRun): Promise<SyncRun | undefined> {
  if (run.phase === 'awaiting-approval') return undefined;
  await STEPS[run.phase](parts, run);
  const now = await parts.store.tables.runs.get(run.id);
  if (!now || now.finishedAt !== null || now.state === 'awaiting-approval') return undefined;
  return now.notBefore !== null && Date.parse(now.notBefore) > parts.clock.now() ? undefined : now;
}
