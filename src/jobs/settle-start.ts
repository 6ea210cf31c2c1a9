import { judgeStanding, type Surroundings } from '../core/standing.ts';
import { connections } from '../db/connections.ts';
import type { Database } from '../db/database.ts';
import { goBack } from '../db/going-back.ts';
import { installation } from '../db/installation.ts';
import { stopTwins } from '../db/twins.ts';

/**
 * Looks at a start whether the data went back in time or are a copy, and takes note before anything works with them (F9).
 * Processes that start together wait for each other.
 *
 * @returns what was found, for the log
 */
export async function settleStart(database: Database, here: Surroundings): Promise<ReturnType<typeof judgeStanding>> {
  return database.transact(async (trx) => {
    const stored = await installation(trx).readAlone();
    const found = stored ? judgeStanding(stored, here) : { wentBack: undefined, twin: undefined };
    if (found.twin) await stopTwins(trx, undefined, found.twin, here.now);
    if (found.wentBack) await goBack(trx, undefined, found.wentBack, here.now);
    await connections(trx).checkHooksSoon();
    await installation(trx).settle({ installationId: here.installationId, place: here.place, at: here.now });
    return found;
  });
}
