import { drawInteger, type Random } from '../../simulators/shared/random.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';

/**
 * Whom deeds can name when a history is drawn. `readers`: contacts that say Yes in the beginning and are to be mailed, by their
 * places.
 */
export type Cast = {
  addresses: readonly string[];
  contacts: number;
  readers: readonly { contact: number; address: string }[];
  providers: readonly ProviderName[];
};

/** One of several kinds, each as often as its weight says. */
export function drawWeighed<T extends string>(random: Random, weights: Readonly<Record<T, number>>): T {
  const entries = Object.entries(weights) as [T, number][];
  let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [kind, weight] of entries) {
    left -= weight;
    if (left < 0) return kind;
  }
  throw new Error('weights are positive');
}

/** A contact by its place among those there were at the beginning or came later. */
export function drawContact(random: Random, cast: Cast): number {
  return drawInteger(random, 0, cast.contacts + 1);
}

/** The named one of a list if he fits, else the next one after him who does; undefined: nobody does. */
export function nextFitting<T>(list: readonly T[], named: T, fits: (one: T) => boolean): T | undefined {
  const start = Math.max(0, list.indexOf(named));
  return [...list.slice(start), ...list.slice(0, start)].find(fits);
}
