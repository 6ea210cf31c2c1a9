import { applyEvents } from '../changes/apply-events.ts';
import { nextEvents } from '../changes/next-events.ts';
import { stepRound } from '../changes/step-round.ts';
import { waitingEvents } from '../changes/waiting-events.ts';
import { type LaneParts, openSyncParts, TURN_MS } from './lane-parts.ts';
import { settleFailure } from './settle-failure.ts';

/**
 * The urgent lane of a connection: applies what the provider's webhooks told and lowers consent at once, beside whatever the
 * main lane does (R12: no opt-out waits). It runs while the connection is paused or leaves, and not before the first full sync was
 * started (M8).
 *
 * @returns `more` when the turn ended with work left
 */
export async function runUrgentLane(parts: LaneParts): Promise<'done' | 'more'> {
  const { store, clock, connection, newId } = parts;
  if ((connection.state !== 'active' && connection.state !== 'leaving') || connection.audienceId === null)
    return 'done';
  // Nothing is written before the full sync that follows has asked, and it reads what the events tell (F9).
  if (connection.wentBack && !connection.wentBack.isCaughtUp) return 'done';
  const sync = { ...openSyncParts(parts, () => {}, 'urgent'), newId };
  const turnEndsAt = clock.now() + TURN_MS;
  // By turns: while a sync works, its own writes come back as events without end, and what was learned has to be carried out.
  let isEventsTurn = false;
  let isRoundOver = false;
  for (;;) {
    const waiting = isEventsTurn ? await waitingEvents(sync) : [];
    const events = nextEvents(sync, waiting, isRoundOver ? 'all' : 'opt-outs');
    if (events.length > 0) {
      isEventsTurn = false;
      isRoundOver = false;
      try {
        await applyEvents(sync, events);
      } catch (error) {
        const attempts = await store.tables.events.attempts();
        await settleFailure(parts, { what: 'events', ids: events.map(({ id }) => id), attempts }, error);
        return 'done';
      }
    } else {
      if (isRoundOver) return 'done';
      const round = await store.tables.runs.open('urgent');
      try {
        isRoundOver = (await stepRound(sync, 'urgent', round)) === undefined;
        isEventsTurn = true;
      } catch (error) {
        const run = round ?? (await store.tables.runs.open('urgent'));
        if (!run) throw error;
        await settleFailure(parts, { what: 'run', run }, error);
        return 'done';
      }
    }
    parts.onProgress();
    if (clock.now() >= turnEndsAt) return 'more';
  }
}
