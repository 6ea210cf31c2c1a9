import { isRead, type RequestFate, type SeenRequest } from './carry-request.ts';
import { noteRequest } from './invariants/check-budgets.ts';
import type { Stage, Tell } from './stage.ts';

/** What the weather makes of a request; one that is carried out is noted. */
export function fateOf(stage: Stage, seen: SeenRequest, tell: Tell): RequestFate {
  const { weather, world } = stage;
  const now = world.time.now();
  if (weather.hooksFineAt > 0 && now >= weather.hooksFineAt) {
    weather.hooksFineAt = 0;
    world.hookWeather = world.usualHookWeather;
  }
  const outage = weather.outages.find(({ system, until }) => system === seen.system && now < until);
  const fate = weather.nextFate ?? outage?.fate ?? ({ type: 'served' } as const);
  weather.nextFate = undefined;
  // What an outage keeps from being carried out is rightly tried again.
  if (fate.type === 'served') noteRequest(stage, seen);
  if (fate.type !== 'served' || !isRead(seen))
    tell(now, `  ${seen.system}: ${seen.call} ${fate.type === 'served' ? '' : `(${fate.type})`}`);
  return fate;
}
