import type { AddressMove } from '../core/address-move.ts';
import { optOutToCopy } from '../core/opt-out-to-copy.ts';
import type { ConsentEntry } from '../db/consent-records.ts';
import type { Tables } from '../db/store.ts';
import { bookVanishedOptOuts } from './book-vanished-opt-outs.ts';
import type { HiddenOptOuts } from './hidden-opt-outs.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * Takes over that the provider gave members other addresses (M24): the stored members and their links move along, what they
 * were known by stays known, an opt-out of before is booked for the new address too (R7), and both addresses become due.
 * Planning does the rest.
 */
export async function moveObservedMembers(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  observed: readonly AddressMove[],
  hidden: HiddenOptOuts = new Map(),
): Promise<void> {
  const stored = await tables.members.statuses(observed.map(({ from }) => from));
  const moves = [...new Map(observed.map((move) => [move.from, move])).values()].filter(({ from }) => stored.has(from));
  if (moves.length === 0) return;
  const concerned = await tables.people.load([...new Set(moves.flatMap(({ from, to }) => [from, to]))]);
  const byEmail = new Map(concerned.map((person) => [person.email, person]));
  const entries = moves.flatMap(({ from, to }): ConsentEntry[] => {
    const people = [from, to].map((email) => byEmail.get(email)).filter((person) => person !== undefined);
    const left = hidden.get(to);
    const optOut = left ? { order: undefined } : optOutToCopy(people);
    if (!optOut) return [];
    return [
      {
        connectionId: connection.id,
        contactId: byEmail.get(from)?.contacts[0]?.id ?? byEmail.get(from)?.leavers[0]?.contactId,
        email: to,
        learnedOrder: optOut.order,
        effect: 'opt-out',
        from: 'unsubscribed',
        to: 'unsubscribed',
        source: left ? 'provider' : 'rule',
        verdict: 'allowed',
        happenedAt: left?.at || undefined,
        evidence: { rule: 'address-changed' },
        wrote: '',
      },
    ];
  });
  await tables.consent.append(entries, clock.now());
  await bookVanishedOptOuts(
    tables,
    { connection, clock },
    moves.map(({ from }) => from),
  );
  await tables.aliases.keep(moves);
  await tables.members.move(moves, 'provider');
  await tables.links.move(moves);
  // Also where one of the two was found by chance: contacts under the old one have to follow.
  await tables.due.mark(
    moves.flatMap(({ from, to }) => [from, to]).map((emailKey) => ({ emailKey, cause: 'provider-poll' })),
    clock.now(),
  );
}
