import { drawInteger, type Random } from '../simulators/shared/random.ts';
import type { ProviderName } from '../src/core/mailing-provider.ts';
import type { Cast } from './actors/cast.ts';
import type { Deed, Moment, Step } from './history.ts';

/** Whom an aim meets. `another`: an address that is nobody's in the beginning. */
export type Target = {
  random: Random;
  cast: Cast;
  at: ProviderName;
  contact: number;
  address: string;
  another: string;
  hasFaults: boolean;
};

/** Something to be aimed at, how often, and the steps that do it. */
export type Aim = { weight: number; steps: (target: Target) => Step[] };

/** A deed after so many ms, drawn from a range, or at another moment. */
export function does(random: Random, deed: Deed, when: Moment | readonly [from: number, to: number]): Step {
  return { deed, when: 'length' in when ? { afterMs: drawInteger(random, when[0], when[1]) } : when };
}

/** Ranges in ms: until the first deed of an aim; right after the one before; until that one has been carried over. */
export const BEGINS = [1_000, 90_000] as const;
export const AT_ONCE = [0, 2_000] as const;
export const CARRIED_OVER = [150_000, 400_000] as const;
