import type { EmailAddress } from '../../core/email-address.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { readMembersSingly } from '../read-members-singly.ts';
import type { SyncParts } from '../sync-parts.ts';

/** Members that are taken out in one step. */
const AT_ONCE = 64;

/**
 * Takes the next members out whom we put into the audience (U7), in the form that can be undone. Each is read right before:
 * whoever has left by himself stays as he is. The links say so before the call, so that it may be repeated after a crash (F5).
 *
 * @returns false when nobody is left
 */
export async function takeOutMembers(parts: SyncParts, run: SyncRun): Promise<boolean> {
  const { store, gate } = parts;
  const { emails, last } = await store.tables.put.next(String(run.cursor.after ?? ''), AT_ONCE);
  if (last === undefined) return false;
  const present = await readMembersSingly(parts, run.id, emails);
  const subscribed = emails.filter((email) => present.get(email)?.status === 'subscribed');
  const results = await gate.removeMembers(
    subscribed.map((email, id) => ({ id, operation: { kind: 'remove-member', email, contactId: undefined } })),
    // Before the call: whom a process took out that dies then is known as ours, and comes back with the connection.
    (tables, ids) =>
      tables.links.takenOut(
        ids.flatMap((id) => {
          const emailKey = subscribed[id];
          return emailKey === undefined ? [] : [{ emailKey, status: 'subscribed' as const }];
        }),
      ),
  );
  const gone = results.flatMap(({ id, ...result }) =>
    result.verdict === 'allowed' && result.answer.outcome !== 'refused' ? [subscribed[id]] : [],
  );
  await noteTakenOut(
    parts,
    run,
    gone.filter((email) => email !== undefined),
  );
  await store.transact((tables) =>
    tables.runs.progress(run.id, {
      cursor: {
        ...run.cursor,
        after: last,
        refused: Number(run.cursor.refused ?? 0) + subscribed.length - gone.length,
      },
      done: run.done + emails.length,
      total: run.total,
    }),
  );
  return true;
}

async function noteTakenOut(
  { store, ...parts }: SyncParts,
  run: SyncRun,
  emails: readonly EmailAddress[],
): Promise<void> {
  const after = await readMembersSingly({ store, ...parts }, run.id, emails);
  const out = emails.filter((email) => after.get(email)?.status !== 'subscribed');
  await store.transact((tables) =>
    tables.links.takenOut(out.map((emailKey) => ({ emailKey, status: after.get(emailKey)?.status ?? 'absent' }))),
  );
}
