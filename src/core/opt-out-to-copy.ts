import type { PersonCase } from './person-case.ts';
import { newestOptOut, yesMayBeWritten } from './person-consent.ts';

/**
 * Whether an opt-out has to be booked for the address that the provider gave a member, because a change of address is no
 * opt-in (R7).
 *
 * @param people what is known of the address before, and of the new one where somebody was there already
 * @returns the order of learning of what was booked; `undefined` as order: it was only seen; no result: nobody had left
 */
export function optOutToCopy(people: readonly PersonCase[]): { order: number | undefined } | undefined {
  const leavings = people.filter((person) => person.member?.status === 'unsubscribed' || !yesMayBeWritten(person));
  if (leavings.length === 0) return undefined;
  const order = Math.max(...leavings.map(newestOptOut));
  return { order: order === 0 ? undefined : order };
}
