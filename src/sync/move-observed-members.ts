import type { AddressMove } from '../core/address-move.ts';
import type { EmailAddress } from '../core/email-address.ts';
import { optOutToCopy } from '../core/opt-out-to-copy.ts';
import type { Tables } from '../db/store.ts';
import { bookVanishedOptOuts } from './book-vanished-opt-outs.ts';
import type { HiddenOptOuts } from './hidden-opt-outs.ts';
import { leavingEntry } from './leaving-entry.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * Takes over that the provider gave members other addresses (M24): the stored members and their links move along, what they
 * were known by stays known, an opt-out of before is booked for the new address too (R7), and both addresses become due.
 * Whoever has left since he was last read may have said so under either address: it is booked for the former one as well (R1).
 * Planning does the rest.
 *
 * @param left addresses of members that are read as unsubscribed now
 */
export async function moveObservedMembers(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  observed: readonly AddressMove[],
  hidden: HiddenOptOuts,
  left: ReadonlySet<EmailAddress>,
): Promise<void> {
  const stored = await tables.members.statuses(observed.map(({ from }) => from));
  const moves = [...new Map(observed.map((move) => [move.from, move])).values()].filter(({ from }) => stored.has(from));
  if (moves.length === 0) return;
  const concerned = await tables.people.load([...new Set(moves.flatMap(({ from, to }) => [from, to]))]);
  const byEmail = new Map(concerned.map((person) => [person.email, person]));
  const entries = moves.flatMap(({ from, to }) => {
    const people = [from, to].map((email) => byEmail.get(email)).filter((person) => person !== undefined);
    const lifted = hidden.get(to);
    const contactId = byEmail.get(from)?.contacts[0]?.id ?? byEmail.get(from)?.leavers[0]?.contactId;
    const entry = (email: EmailAddress, learnedOrder: number | undefined, isFound: boolean) =>
      leavingEntry(connection.id, {
        email,
        contactId,
        at: lifted?.at ?? '',
        from: 'unsubscribed',
        learnedOrder,
        source: isFound ? 'provider' : 'rule',
        evidence: { rule: 'address-changed' },
      });
    const hasLeft = lifted !== undefined || (left.has(to) && stored.get(from) !== 'unsubscribed');
    const optOut = lifted ? { order: undefined } : optOutToCopy(people);
    return [
      ...(hasLeft ? [entry(from, undefined, true)] : []),
      ...(optOut ? [entry(to, optOut.order, lifted !== undefined)] : []),
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
