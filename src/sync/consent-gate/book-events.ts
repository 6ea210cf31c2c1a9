import type { MemberStatus } from '../../core/consent.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import type { ProviderEvent } from '../../core/provider-event.ts';
import type { ConsentEntry } from '../../db/consent-records.ts';
import type { Tables } from '../../db/store.ts';

/** What an event says about a person's will; `from`: the member's status before. */
export type EventBooking = {
  email: EmailAddress;
  effect: 'opt-out' | 'opt-in';
  event: ProviderEvent;
  from: MemberStatus;
};

/** Books what events of the provider say about people's will, for the address and every contact that holds it (R1, R14). */
export async function bookEvents(
  tables: Tables,
  connectionId: string,
  bookings: readonly EventBooking[],
  now: number,
): Promise<void> {
  if (bookings.length === 0) return;
  const people = await tables.people.load([...new Set(bookings.map(({ email }) => email))]);
  const holders = new Map(people.map(({ email, contacts }) => [email, contacts.map(({ id }) => id)]));
  await tables.consent.append(
    bookings.flatMap(({ email, effect, event, from }) => {
      const ids = holders.get(email) ?? [];
      return (ids.length > 0 ? ids : [undefined]).map(
        (contactId): ConsentEntry => ({
          connectionId,
          contactId,
          email,
          learnedOrder: undefined,
          effect,
          from,
          to: effect === 'opt-out' ? 'unsubscribed' : 'subscribed',
          source: sourceOf(event.by),
          verdict: 'allowed',
          happenedAt: event.happenedAt || undefined,
          evidence: {
            event: event.kind,
            ...(event.campaign ? { campaign: event.campaign.id } : {}),
            ...event.evidence,
          },
          wrote: '',
        }),
      );
    }),
    now,
  );
}

/** Who is named in the record as the one who did it. */
function sourceOf(by: ProviderEvent['by']): ConsentEntry['source'] {
  switch (by) {
    case 'person':
      return 'person';
    case 'administrator':
      return 'provider-administrator';
    default:
      return 'provider';
  }
}
