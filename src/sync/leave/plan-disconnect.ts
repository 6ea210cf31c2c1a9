import type { Connection } from '../../core/connection.ts';
import { UserError } from '../../core/errors.ts';

/** What becomes of the audience when a connection ends (U7). `take-out`: whom we put there leaves it, opt-outs stay as they are. */
export type AudienceEnd = 'keep' | 'take-out';

/**
 * How a connection ends. `remove`: nothing was ever carried over, so nothing has to be remembered.
 *
 * @throws UserError 409 `connection.disconnected`, `connection.leave_not_possible`
 */
export function planDisconnect(
  connection: Pick<Connection, 'state' | 'twin' | 'wentBack'>,
  hasSynced: boolean,
  end: AudienceEnd,
): 'remove' | 'disconnect' | 'leave' {
  const { state, twin, wentBack } = connection;
  if (state === 'disconnected') throw new UserError({ code: 'connection.disconnected', status: 409 });
  const wasStarted = hasSynced || (state !== 'draft' && state !== 'ready');
  if (!wasStarted) return 'remove';
  if (end === 'keep') return 'disconnect';
  // Without a key that works nobody can be taken out, and old data do not know who may be (F9).
  const isPossible = state !== 'attention' && state !== 'leaving' && !twin && (!wentBack || wentBack.isCaughtUp);
  if (!isPossible || state === 'draft') throw new UserError({ code: 'connection.leave_not_possible', status: 409 });
  return 'leave';
}
