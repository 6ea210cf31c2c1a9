import type { AddResult } from '../../core/mailing-provider.ts';
import type { PlanRowState } from '../../db/plan-rows.ts';
import type { GateResult, GateRow } from '../consent-gate/gate-rows.ts';
import { completeReading, readMembersSingly, storeReading } from '../read-members-singly.ts';
import type { SyncParts } from '../sync-parts.ts';
import { meetRaised } from './meet-raised.ts';

type Answered = { row: GateRow<'add-member'> | GateRow<'raise-member'>; result: GateResult<AddResult> };

/**
 * Stores the answers to raises: new members, refusals with their reason, and members who appeared since they were read. The
 * latter are read singly and planned anew by the next sync (R3).
 */
export async function storeAdds(parts: SyncParts, runId: string, answered: readonly Answered[]): Promise<void> {
  const appeared = answered.filter(
    ({ result }) => result.verdict === 'allowed' && result.answer.outcome === 'already-member',
  );
  if (appeared.length > 0) {
    await readMembersSingly(
      parts,
      runId,
      appeared.map(({ row }) => row.operation.email),
    );
  }
  const members = answered.flatMap(({ result }) =>
    result.verdict === 'allowed' && result.answer.outcome === 'done' ? [result.answer.member] : [],
  );
  const reading = await completeReading(parts, new Map(members.map((member) => [member.email, member])));
  await parts.store.transact(async (tables) => {
    const ends: { id: number; state: PlanRowState; words: string }[] = [];
    const queued: { id: number; processId: string }[] = [];
    for (const { row, result } of answered) {
      if (result.verdict === 'refused') ends.push({ id: row.id, state: 'refused', words: 'opted_out' });
      else if (result.answer.outcome === 'done') ends.push({ id: row.id, state: 'done', words: '' });
      else if (result.answer.outcome === 'queued') queued.push({ id: row.id, processId: result.answer.processId });
      else if (result.answer.outcome === 'already-member') ends.push({ id: row.id, state: 'held', words: '' });
      else ends.push({ id: row.id, state: 'refused', words: result.answer.words || result.answer.reason });
    }
    await storeReading(tables, parts, runId, reading);
    const raised = answered.filter(({ result }) => result.verdict === 'allowed' && result.answer.outcome === 'done');
    await meetRaised(
      tables,
      raised.map(({ row }) => row.operation),
      parts.clock.now(),
    );
    await tables.refusals.forget(members.map(({ email }) => email));
    await tables.refusals.save(
      answered.flatMap(({ row, result }) =>
        result.verdict === 'allowed' && result.answer.outcome === 'refused'
          ? [
              {
                emailKey: row.operation.email,
                reason: result.answer.reason,
                words: result.answer.words,
                isPermanent: result.answer.isPermanent,
              },
            ]
          : [],
      ),
    );
    await tables.plan(runId).markWithWords(ends);
    await tables.plan(runId).markQueued(queued);
  });
}
