import type { EmailAddress } from '../core/email-address.ts';
import { isLeftAnew } from '../core/is-left-anew.ts';
import type { Member } from '../core/member.ts';
import type { Tables } from '../db/store.ts';
import { leavingEntry } from './leaving-entry.ts';
import type { SyncParts } from './sync-parts.ts';
import { bookForDeparted } from './take-departed.ts';

/**
 * Books the leaving of members who are stored otherwise and read as unsubscribed, where no plan would see it: he had left
 * before, and both sides agree on that, or we had taken him out ourselves before over flags that differ, and he was back (R1, R8).
 * Whatever came before this reading does not answer it. Whom we are unsubscribing has not left (R13). Contacts that had the address
 * until shortly are told in any case (R7).
 *
 * @param tables of the transaction in which the members are stored
 * @param observed members as read
 */
export async function bookNewLeavings(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  observed: readonly Member[],
): Promise<void> {
  const out = new Map(
    observed.filter(({ status }) => status === 'unsubscribed').map((member) => [member.email, member]),
  );
  const wereIn = [...(await tables.members.notLeftAmong([...out.keys()])).keys()];
  const ours = await tables.openPlans.unsubscribing(wereIn);
  const left = wereIn.filter((email) => !ours.has(email));
  if (left.length === 0) return;
  const overFlags = await tables.people.outOverFlags(left);
  const people = await tables.people.load(left);
  const told = await tables.consent.newestOfProvider(left);
  const isTold = (email: EmailAddress) => (told.get(email)?.optOutAt ?? '') >= (out.get(email)?.changedAt ?? '');
  await tables.consent.append(
    people
      .filter((person) => overFlags.has(person.email) || isLeftAnew(person, isTold(person.email)))
      .flatMap(({ email, contacts, member }) =>
        (contacts.length > 0 ? contacts.map(({ id }) => id) : [undefined]).map((contactId) =>
          leavingEntry(connection.id, {
            email,
            contactId,
            at: out.get(email)?.changedAt ?? '',
            ...(member && { from: member.status }),
            source: 'provider',
            evidence: { found: 'unsubscribed' },
          }),
        ),
      ),
    clock.now(),
  );
  await bookForDeparted(
    tables,
    { connection, clock },
    left.map((email) => ({ email, at: out.get(email)?.changedAt ?? '' })),
  );
}
