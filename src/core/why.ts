import type { Operation } from './operation.ts';
import type { PersonCase } from './person-case.ts';
import { isEligible } from './person-consent.ts';

/** Why the planner wants an operation, told to people on the contact's page. */
export const WHYS = [
  'says_yes',
  'says_yes_archived',
  'says_yes_known',
  'newer_opt_in',
  'crm_leads',
  'tags_of_crm',
  'tags_of_provider',
  'says_no',
  'flags_conflict',
  'opted_out',
  'left_at_provider',
  'left_at_former_address',
  'address_changed_in_crm',
  'address_changed_at_provider',
  'contact_gone',
  'contact_excluded',
  'yes_withdrawn',
  'removed_at_provider',
  'bounced',
  'opt_in_entered',
  'subscribed_at_provider',
  'unknown_member',
] as const;
export type Why = (typeof WHYS)[number];

/** Tells why `planPerson` or `planWithMoves` planned an operation for this person. */
export function whyOf(operation: Operation, person: PersonCase): Why {
  switch (operation.kind) {
    case 'add-member':
      return 'says_yes';
    case 'raise-member':
      return whyRaise(operation.from);
    case 'update-member':
      return 'crm_leads';
    case 'tag-member':
      return 'tags_of_crm';
    case 'tag-contact':
      return 'tags_of_provider';
    case 'move-member':
      return 'address_changed_in_crm';
    case 'change-contact-address':
      return 'address_changed_at_provider';
    case 'unsubscribe-member':
      return operation.handedDownFrom === undefined ? whyUnsubscribe(person) : 'left_at_former_address';
    case 'remove-member':
      return whyRemove(person);
    case 'write-consent':
      return whyWrite(operation, person);
    case 'create-contact':
      return 'unknown_member';
  }
}

function whyRaise(from: Extract<Operation, { kind: 'raise-member' }>['from']): Why {
  switch (from) {
    case 'unsubscribed':
      return 'newer_opt_in';
    case 'archived':
      return 'says_yes_archived';
    case 'known':
      return 'says_yes_known';
    default:
      return 'says_yes';
  }
}

function whyUnsubscribe({ contacts, ledger, memberMovedFrom }: PersonCase): Why {
  if (memberMovedFrom !== undefined && ledger.optOut !== undefined) return 'opted_out';
  const eligible = contacts.filter(isEligible);
  const saysYes = eligible.some(({ consent }) => consent === 'yes');
  const saysNo = eligible.some(({ consent }) => consent === 'no');
  // He was taken out for a contact that is elsewhere, or for this one's No; a field that says neither cannot be the reason.
  if (!saysYes) return saysNo || eligible.length === 0 ? 'says_no' : 'opted_out';
  return ledger.optOut === undefined && saysNo ? 'flags_conflict' : 'opted_out';
}

function whyRemove({ contacts }: PersonCase): Why {
  if (contacts.length === 0) return 'contact_gone';
  return contacts.some(isEligible) ? 'yes_withdrawn' : 'contact_excluded';
}

function whyWrite({ to, contactId }: Extract<Operation, { kind: 'write-consent' }>, person: PersonCase): Why {
  const contact = person.contacts.find(({ id }) => id === contactId);
  switch (to) {
    case 'yes':
      return contact?.asksYes === undefined ? 'subscribed_at_provider' : 'opt_in_entered';
    case 'none':
      return 'removed_at_provider';
    case 'undeliverable':
      return 'bounced';
    case 'no':
      if (person.member?.status === 'unsubscribed') return 'left_at_provider';
      return contact?.former?.status === 'unsubscribed' ? 'left_at_former_address' : 'opted_out';
  }
}
