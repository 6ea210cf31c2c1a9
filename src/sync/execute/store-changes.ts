import type { EmailAddress } from '../../core/email-address.ts';
import type { ChangeResult } from '../../core/mailing-provider.ts';
import type { PlanRowState } from '../../db/plan-rows.ts';
import type { Tables } from '../../db/store.ts';
import { completeReading, readMembersSingly, storeReading } from '../read-members-singly.ts';
import type { SyncParts } from '../sync-parts.ts';

/** An answer with the row and the address it is about. */
export type AnsweredChange = { id: number; email: EmailAddress; answer: ChangeResult };

/**
 * Stores the answers to changes of members: each member as it is now, who was at the address before if it is somebody else (R7), and
 * the row's end. Members that were no longer what the change needed are read: they may be gone, or only in another state.
 *
 * @param alsoStore what else is stored with the answers, in the same transaction
 */
export async function storeChanges(
  parts: SyncParts,
  runId: string,
  answers: readonly AnsweredChange[],
  alsoStore: (tables: Tables) => Promise<void> = async () => {},
): Promise<void> {
  const gone = answers.filter(({ answer }) => answer.outcome === 'gone').map(({ email }) => email);
  if (gone.length > 0) await readMembersSingly(parts, runId, gone);
  const members = answers.flatMap(({ answer }) => (answer.outcome === 'done' && answer.member ? [answer.member] : []));
  const reading = await completeReading(parts, new Map(members.map((member) => [member.email, member])));
  await parts.store.transact(async (tables) => {
    await storeReading(tables, parts, runId, reading);
    await tables.plan(runId).markWithWords(
      answers.map(({ id, answer }) => ({
        id,
        state: endOf(answer),
        words: answer.outcome === 'refused' ? answer.words : '',
      })),
    );
    await alsoStore(tables);
  });
}

function endOf(answer: ChangeResult): PlanRowState {
  switch (answer.outcome) {
    case 'done':
      return 'done';
    // Gone since it was read: nothing is left to change; the next sync meets what is there then.
    case 'gone':
      return 'dropped';
    case 'refused':
      return 'refused';
  }
}
