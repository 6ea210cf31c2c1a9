import type { MemberStatus } from './consent.ts';
import type { SeenContact } from './person-case.ts';
import type { MemberReason, Reason } from './reason.ts';

/** The reason of a contact that the rules leave out altogether (section 7, in its order; M17). */
export function exclusionReason(contact: Pick<SeenContact, 'isReadable' | 'isArchived'>): Reason {
  if (!contact.isReadable) return 'not_readable';
  return contact.isArchived ? 'archived_contact' : 'private';
}

/** How an active member counts whose contact the rules leave out altogether (section 7). */
export function exclusionMemberReason(contact: SeenContact): MemberReason {
  if (!contact.isReadable) return 'member_of_unreadable_contact';
  return contact.isArchived ? 'member_of_archived_contact' : 'member_of_private_contact';
}

/** Why a contact with Yes is no active member although nothing is to be done (section 7). */
export function passiveReason(status: MemberStatus): Reason {
  switch (status) {
    case 'cleaned':
      return 'bounced';
    case 'pending':
      return 'awaiting_confirmation';
    case 'forgotten':
      return 'permanently_deleted';
    case 'unsubscribed':
      return 'opted_out';
    default:
      return 'removed_at_provider';
  }
}

/** How an active member counts whose contact says neither Yes nor No (section 7). */
export function passiveMemberReason(lead: SeenContact): MemberReason {
  switch (lead.consent) {
    case 'pending':
      return 'member_of_pending_contact';
    case 'undeliverable':
      return 'member_of_undeliverable_contact';
    default:
      // A value that we cannot interpret is a field that we cannot read.
      return 'member_of_unreadable_contact';
  }
}
