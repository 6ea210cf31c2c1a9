import { archiveInstead } from '../execute/archive-instead.ts';
import { executeNext } from '../execute/execute-next.ts';
import type { PhaseStep } from '../sync-parts.ts';

/** Carries out the stored plan, what lowers consent first, in resumable steps (F5). */
export const executePlan: PhaseStep = async (parts, run) => {
  const { store, clock } = parts;
  if (run.cursor.optOutsBefore !== undefined) {
    await executeOptOuts(parts, run);
    return;
  }
  if (await executeNext(parts, run, 'all')) return;
  await store.transact(async (tables) => {
    const isQueued = (await tables.plan(run.id).openProcesses()).length > 0;
    const next = isQueued ? 'importing' : run.cursor.isChecked === true ? 'counting' : 'checking';
    await tables.runs.enterPhase(run.id, next, clock.now());
  });
};

/**
 * Neither the brake nor a preview holds an opt-out (R12): they are carried out before the question is asked. Too many No's of
 * the CRM are carried out in the form that can be undone; to unsubscribe them is left to the answer.
 */
const executeOptOuts: PhaseStep = async (parts, run) => {
  const { store } = parts;
  const areTooMany = run.brake.some((hit) => hit.kind === 'unsubscribe-member');
  if (await executeNext(parts, run, areTooMany ? 'opt-outs-to-crm' : 'opt-outs')) return;
  if (areTooMany && (await archiveInstead(parts, run))) return;
  const question = run.cursor.optOutsBefore === 'brake' ? 'brake' : 'asked-for-preview';
  await store.transact((tables) => tables.runs.ask(run.id, question));
};
