import type { Clock } from '../../core/clock.ts';
import type { Connection, ConnectionSettings } from '../../core/connection.ts';
import { UserError } from '../../core/errors.ts';
import type { Store } from '../../db/store.ts';

/**
 * "Start synchronisation" (M8): what the preview showed is carried out; members that the CRM does not know may be left alone
 * from now on (R9). The first approval makes the connection active; the
 * caller wakes the lane.
 *
 * @throws UserError 409 `run.not_waiting`; `connection.not_ready` while the connection needs attention
 */
export async function approveRun(
  parts: { connection: Connection; store: Store; clock: Clock },
  runId: string,
  unknownMembers: ConnectionSettings['unknownMembers'] = parts.connection.settings.unknownMembers,
): Promise<void> {
  const { connection, store, clock } = parts;
  if (connection.state === 'attention') throw new UserError({ code: 'connection.not_ready', status: 409 });
  await store.transact(async (tables) => {
    const now = clock.now();
    if (!(await tables.runs.approve(runId, now))) throw new UserError({ code: 'run.not_waiting', status: 409 });
    if (unknownMembers !== connection.settings.unknownMembers) {
      await tables.connection.saveSettings({ ...connection.settings, unknownMembers });
    }
    if (unknownMembers === 'leave') await tables.plan(runId).drop('create-contact');
    if (connection.state === 'ready') await tables.connection.setState('active');
    await tables.journal.write('journal.approved', {}, now);
  });
}
