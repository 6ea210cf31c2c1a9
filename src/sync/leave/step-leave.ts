import type { SyncRun } from '../../db/sync-runs.ts';
import type { SyncParts } from '../sync-parts.ts';
import { type EndParts, endConnection } from './end-connection.ts';
import { takeOutMembers } from './take-out-members.ts';

/** Does the next piece of leaving an audience; when everybody is out, the connection ends. */
export async function stepLeave(parts: SyncParts, hook: EndParts['hook'], run: SyncRun): Promise<void> {
  if (await takeOutMembers(parts, run)) return;
  const refused = Number(run.cursor.refused ?? 0);
  await endConnection({ ...parts, hook }, async (tables, now) => {
    await tables.runs.finish(run.id, 'succeeded', now);
    await tables.journal.write('journal.left', { count: run.done - refused, refused }, now, refused > 0);
  });
}
