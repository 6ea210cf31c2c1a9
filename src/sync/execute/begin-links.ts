import type { BaseState } from '../../core/base-state.ts';
import type { ConsentTurn } from '../../core/consent-turn.ts';
import { NO_FIELDS } from '../../core/contact.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import type { ObservedContact } from '../../db/contact-readings.ts';
import type { Tables } from '../../db/store.ts';
import { noteTurns } from '../activities/note-turns.ts';

/** What both sides agree on when a contact was made for a member; fields and tags have not met yet. */
const MADE: BaseState = { consent: 'yes', status: 'subscribed', fields: NO_FIELDS, tags: [] };

/**
 * Stores that contacts were made for members: their Yes is nothing but the membership, so that whoever is taken out before
 * anything else is agreed on is not put back because of it (M20, R1). Who has just signed up is noted with it (M25). A contact
 * that is otherwise than it was made meets the member like any other.
 *
 * @param contacts as read after they were made
 * @param emails of the members
 */
export async function beginLinks(
  tables: Tables,
  contacts: readonly ObservedContact[],
  emails: ReadonlySet<EmailAddress>,
  now: number,
): Promise<void> {
  const links = contacts.flatMap(({ contact: { id, consent, isPrivate, isArchived }, emailKey }) =>
    consent === 'yes' && !isPrivate && !isArchived && emailKey !== undefined && emails.has(emailKey)
      ? [{ contactId: id, emailKey, base: MADE }]
      : [],
  );
  const begun = await tables.links.begin(links);
  const agreements = links
    .filter(({ contactId }) => begun.has(contactId))
    .map(({ contactId, emailKey, base }) => {
      const turn: ConsentTurn = { kind: 'subscribed', contactId, isFirstMeeting: true };
      return { email: emailKey, plan: { agreed: { contactId, base } }, turn };
    });
  await noteTurns(tables, agreements, now);
}
