import type { EmailAddress } from '../../core/email-address.ts';
import type { ChangeResult } from '../../core/mailing-provider.ts';
import type { PlanRowState } from '../../db/plan-rows.ts';
import type { Tables } from '../../db/store.ts';
import { readMembersSingly } from '../read-members-singly.ts';
import type { SyncParts } from '../sync-parts.ts';

/** An answer with the row and the address it is about. */
export type AnsweredChange = { id: number; email: EmailAddress; answer: ChangeResult };

/** Reads members that were no longer what the change needed: they may be gone, or only in another state. */
export async function readGone(parts: SyncParts, runId: string, answers: readonly AnsweredChange[]): Promise<void> {
  const gone = answers.filter(({ answer }) => answer.outcome === 'gone').map(({ email }) => email);
  if (gone.length > 0) await readMembersSingly(parts, runId, gone);
}

/** Stores the answers to changes of existing members: the member as it is now, and the row's end. */
export async function storeChanges(tables: Tables, runId: string, answers: readonly AnsweredChange[]): Promise<void> {
  const members = answers.flatMap(({ answer }) => (answer.outcome === 'done' && answer.member ? [answer.member] : []));
  await tables.members.observe(runId, members);
  await tables.plan(runId).markWithWords(
    answers.map(({ id, answer }) => ({
      id,
      state: endOf(answer),
      words: answer.outcome === 'refused' ? answer.words : '',
    })),
  );
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
