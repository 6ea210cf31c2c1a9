import type { Operation } from '../../core/operation.ts';
import { answerToQueuedRaise } from '../../core/person-consent.ts';
import type { PlanRow, RowChoice } from '../../db/plan-rows.ts';
import { executeNext } from '../execute/execute-next.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';

/**
 * Where the raises are. `waiting`: an opt-out is written at once, once. `ended`: it is written again, because what became of
 * it in the import is not known. `read`: the members as they are now are stored.
 */
type Stage = 'waiting' | 'ended' | 'read';

/**
 * Looks again at the raises that the provider has queued (R4): whose Yes is gone, or who has an opt-out on record by now, is
 * not let in. Opt-outs are carried out right away; whoever only leaves is taken off the list when the raise has ended.
 */
export async function lowerQueued(parts: SyncParts, runId: string, stage: Stage): Promise<void> {
  const { store } = parts;
  for (let after = 0; ; ) {
    const rows = await store.tables.plan(runId).queuedInDoubt(after, CHUNK_SIZE);
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    const operations = await answersTo(parts, runId, rows, stage);
    await store.transact((tables) => tables.plan(runId).add(operations));
  }
  // Of the plan nothing is left to do by then: whoever leaves does so before anybody is planned anew.
  await carryOut(parts, runId, stage === 'read' ? 'all' : 'opt-outs');
}

/** Carries out open rows right away, whatever phase the run is in. */
export async function carryOut(parts: SyncParts, runId: string, choice: RowChoice): Promise<void> {
  for (;;) {
    const run = await parts.store.tables.runs.get(runId);
    if (!run || !(await executeNext(parts, run, choice))) return;
  }
}

async function answersTo(
  { store }: SyncParts,
  runId: string,
  rows: readonly PlanRow[],
  stage: Stage,
): Promise<Operation[]> {
  const emails = [...new Set(rows.map(({ operation }) => operation.email))];
  const people = new Map((await store.tables.people.load(emails)).map((person) => [person.email, person]));
  const stored = Map.groupBy(await store.tables.plan(runId).byAddresses(emails), (row) => row.operation.email);
  return rows.flatMap(({ operation: { email, ...queued } }) => {
    const person = people.get(email);
    if (!person || !('contactId' in queued) || queued.contactId === undefined) return [];
    const answer = answerToQueuedRaise(person, queued.contactId);
    const isIn = person.member?.status === 'subscribed';
    const isKept = person.member?.status === 'unsubscribed' || person.member?.status === 'cleaned';
    const wasAnswered = stored.get(email)?.some(({ operation }) => operation.kind === 'unsubscribe-member') ?? false;
    const isDue =
      answer?.kind === 'unsubscribe-member'
        ? stage === 'ended' || (stage === 'read' ? isIn : !isKept && !wasAnswered)
        : stage === 'read' && isIn;
    return answer && isDue ? [answer] : [];
  });
}
