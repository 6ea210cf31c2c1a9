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

/** Does the next bounded piece of a full sync and stores where it is, so that a crash loses one piece at most (F5). */
export async function stepFullSync(parts: SyncParts, run: SyncRun): Promise<void> {
  if (run.phase !== 'awaiting-approval') await STEPS[run.phase](parts, run);
}
