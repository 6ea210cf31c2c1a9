import type { BaseState } from '../../core/base-state.ts';
import { consentTurnOf } from '../../core/consent-turn.ts';
import { NO_FIELDS } from '../../core/contact.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import type { PersonCase } from '../../core/person-case.ts';
import type { Tables } from '../../db/store.ts';
import { noteTurns } from '../activities/note-turns.ts';

type Raised = { email: EmailAddress; contactId: string };

/**
 * Stores that members were subscribed for the Yes of contacts: whoever withdraws it, is archived, deleted or gets another address
 * before anything else is agreed on was put there by us, and leaves (M18, R1). Who has just signed up is noted with it (M25). Fields
 * and tags stay as they last agreed.
 *
 * @param tables of the transaction in which the members are stored
 */
export async function meetRaised(tables: Tables, raised: readonly Raised[], now: number): Promise<void> {
  if (raised.length === 0) return;
  const contactOf = new Map(raised.map(({ email, contactId }) => [email, contactId]));
  const people = await tables.people.load([...contactOf.keys()]);
  const meetings = people.flatMap((person) => {
    const contactId = contactOf.get(person.email);
    const base = contactId === undefined ? undefined : meetingOf(person, contactId);
    return contactId === undefined || !base ? [] : [{ person, agreed: { contactId, base } }];
  });
  const met = await tables.links.metInside(
    meetings.map(({ person, agreed }) => ({ ...agreed, emailKey: person.email })),
  );
  const agreements = meetings
    .filter(({ agreed }) => met.has(agreed.contactId))
    .map(({ person, agreed }) => ({
      email: person.email,
      plan: { agreed },
      turn: consentTurnOf(person, agreed),
    }));
  await noteTurns(tables, agreements, now);
}

/** @returns undefined: he has left since, or both sides have met as that already */
function meetingOf({ contacts, member }: PersonCase, contactId: string): BaseState | undefined {
  const contact = contacts.find(({ id }) => id === contactId);
  const base = contact?.base;
  const isMet = base?.consent === 'yes' && base.status === 'subscribed' && !base.isTakenOut;
  if (member?.status !== 'subscribed' || contact?.consent === 'no' || isMet) return undefined;
  return { consent: 'yes', status: 'subscribed', fields: base?.fields ?? NO_FIELDS, tags: base?.tags ?? [] };
}
