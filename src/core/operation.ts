import type { CrmConsent, MemberStatus } from './consent.ts';
import type { PersonFields } from './contact.ts';
import type { EmailAddress } from './email-address.ts';

/**
 * One thing that a plan wants done, as data. `contactId` is the representative contact (R8) unless the operation is about
 * another one.
 */
export type Operation =
  /** subscribe somebody the provider does not have; create-only (R3) */
  | { kind: 'add-member'; email: EmailAddress; contactId: string; fields: PersonFields; tags: readonly string[] }
  /**
   * Subscribe somebody whom the provider holds in another state. `readHistory`: look for an unsubscribe first (R5), under
   * the address `historyOf` where that is the one he had.
   */
  | {
      kind: 'raise-member';
      email: EmailAddress;
      contactId: string;
      from: MemberStatus;
      readHistory: boolean;
      historyOf?: EmailAddress;
      fields: PersonFields;
      tags: readonly string[];
    }
  | {
      kind: 'update-member';
      email: EmailAddress;
      contactId: string;
      before: Partial<PersonFields>;
      after: Partial<PersonFields>;
    }
  /** names of tags to set and to take off at the provider */
  | {
      kind: 'tag-member';
      email: EmailAddress;
      contactId: string;
      add: readonly string[];
      remove: readonly string[];
    }
  /** `handedDownFrom`: the contact's former address, whose opt-out the new one gets a record of (R7) */
  | {
      kind: 'unsubscribe-member';
      email: EmailAddress;
      contactId: string | undefined;
      from: MemberStatus;
      handedDownFrom?: EmailAddress;
    }
  /** give a subscribed member its contact's new address, consent, fields and tags going along (R7); `email` is the new one */
  | { kind: 'move-member'; email: EmailAddress; from: EmailAddress; contactId: string }
  /** make the address that the provider has for a contact its main one, `email` staying as a further one (M24) */
  | { kind: 'change-contact-address'; email: EmailAddress; to: EmailAddress; contactId: string }
  /** take a subscribed member out in the form that can be undone (M18) */
  | { kind: 'remove-member'; email: EmailAddress; contactId: string | undefined }
  /** set the CRM's Newsletter field */
  | {
      kind: 'write-consent';
      email: EmailAddress;
      contactId: string;
      from: CrmConsent;
      to: 'yes' | 'no' | 'none' | 'undeliverable';
    }
  /** give the CRM the provider's tags, names of tags to set and take off (M10) */
  | {
      kind: 'tag-contact';
      email: EmailAddress;
      contactId: string;
      add: readonly string[];
      remove: readonly string[];
    }
  /** create a contact for a member that the CRM does not know (R9) */
  | { kind: 'create-contact'; email: EmailAddress; fields: PersonFields; tags: readonly string[] };

export type OperationKind = Operation['kind'];

/** In this order a plan is carried out: whatever lowers consent goes first, whatever raises it last (section 4). */
export const OPERATION_KINDS = [
  'write-consent',
  'unsubscribe-member',
  'move-member',
  'remove-member',
  'change-contact-address',
  'update-member',
  'tag-contact',
  'tag-member',
  'create-contact',
  'raise-member',
  'add-member',
] as const satisfies readonly OperationKind[];

/** Whether an operation takes consent away or keeps it away: it never waits for anybody (R12). */
export function lowersConsent(operation: Operation): boolean {
  if (operation.kind === 'write-consent') return operation.to === 'no' || operation.to === 'undeliverable';
  return operation.kind === 'unsubscribe-member';
}
