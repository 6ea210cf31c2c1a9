import { mendAccounts } from './actors/chance.ts';
import { fateOf } from './fate-of.ts';
import type { History } from './history.ts';
import { awaitQuiet, settleConnection, syncOnce } from './settle-connection.ts';
import type { Stage, Tell } from './stage.ts';

const MINUTE_MS = 60_000;

/** How long everybody is left alone after an act, where nothing ends it before: longer than polls, bursts and waits between tries. */
export const CALM_MS = 10 * MINUTE_MS;

/** So often at most everything is compared in a calm. */
const MOST_NIGHTS = 4;

/** Until then whoever is up again has begun, in ms. */
const SETTLING_MS = 5_000;

/** Whether some changes appear in no change feed, so that only the comparison of every night finds those that no webhook told. */
export function hidesChanges({ providers, switches }: History): boolean {
  const { modifiedAtOnUnsubscribe, modifiedAtOnListRemoval } = switches.brevo;
  return providers.includes('brevo') && !(modifiedAtOnUnsubscribe && modifiedAtOnListRemoval);
}

/** Everything works, the user answers what he is asked, and nobody does anything else. */
export async function beCalm(stage: Stage, tell: Tell, { hasNight }: { hasNight: boolean }): Promise<void> {
  const { world, weather } = stage;
  tell(world.time.now(), 'Calm');
  Object.assign(weather, { nextFate: undefined, nextCommit: 'commits', outages: [], hooksFineAt: 0 });
  mendAccounts(world);
  world.hookWeather = world.usualHookWeather;
  world.onRequest = (seen) => fateOf(stage, seen, tell);
  world.fateOfCommit = () => 'commits';
  await world.live(Math.max(world.time.now(), world.upAt()) + SETTLING_MS);
  for (const connection of world.connections) await settleConnection(stage, connection);
  await awaitQuiet(stage, CALM_MS);
  // What no feed shows may happen in the calm, too, and after the comparison: somebody's mail comes back.
  for (
    let nights = 0, comparedAt = 0;
    hasNight && nights < MOST_NIGHTS && world.stirredAt() >= comparedAt;
    nights += 1
  ) {
    comparedAt = world.time.now();
    for (const connection of world.connections) await syncOnce(stage, connection);
    await awaitQuiet(stage, CALM_MS);
  }
  const isHalted = await Promise.all(
    world.connections.map(async (one) => (await world.row(one)).state === 'attention'),
  );
  for (const connection of world.connections) await settleConnection(stage, connection);
  // What somebody who stopped in the calm has left is done once the user lets it go on.
  if (isHalted.includes(true)) await awaitQuiet(stage, CALM_MS);
}
