import type { SyncRun } from '../../db/sync-runs.ts';
import { readMembersSingly } from '../read-members-singly.ts';
import type { SyncParts } from '../sync-parts.ts';
import { rowsOfKind } from './rows-of-kind.ts';

/** Members that are taken out in one step. */
const AT_ONCE = 64;

/**
 * Takes the next members out of the audience who are to be unsubscribed (R12). Their rows stay open: whether they become
 * unsubscribed is asked. Repeating it after a crash does no harm.
 *
 * @returns false when nobody is left
 */
export async function archiveInstead(parts: SyncParts, run: SyncRun): Promise<boolean> {
  const { store, gate } = parts;
  const rows = await store.tables.plan(run.id).unsubscribesAfter(Number(run.cursor.archivedUpTo ?? 0), AT_ONCE);
  const last = rows.at(-1);
  if (!last) return false;
  const asked = rowsOfKind(rows, 'unsubscribe-member').map(({ id, operation: { email, contactId } }) => ({
    id,
    operation: { kind: 'remove-member' as const, email, contactId },
  }));
  await gate.removeMembers(asked, async () => {});
  await readMembersSingly(
    parts,
    run.id,
    asked.map(({ operation }) => operation.email),
  );
  const { done, total } = run;
  await store.transact((tables) =>
    tables.runs.progress(run.id, { cursor: { ...run.cursor, archivedUpTo: last.id }, done, total }),
  );
  return true;
}
