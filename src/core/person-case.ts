import type { BaseState } from './base-state.ts';
import type { CrmConsent, MemberStatus } from './consent.ts';
import type { ConsentLedger, FieldHistory } from './consent-ledger.ts';
import type { Contact, PersonField } from './contact.ts';
import type { EmailAddress } from './email-address.ts';
import type { RefusalReason } from './mailing-provider.ts';
import type { Member } from './member.ts';
import type { MemberReason } from './reason.ts';

/** A contact as the planner sees it: last read, what the field said before, and the base state of its link. */
export type SeenContact = Contact & {
  history: FieldHistory;
  /** base state of the link with this address; undefined: first meeting */
  base: BaseState | undefined;
  /** the member at the address that the contact had before has unsubscribed there, and nobody has booked it yet (R7) */
  leftAtFormerAddress: boolean;
  /** false: it was not in a finished listing and is not there when asked for by its number (F4) */
  isReadable: boolean;
  /**
   * an operator entered an opt-in and asked to set the field to Yes, which was not done yet (R1 c): the member's status at
   * that time
   */
  asksYes: MemberStatus | undefined;
};

/** A refusal that the provider gave for this address and that still counts (F7, R6). */
export type Refusal = {
  reason: RefusalReason;
  words: string;
  isPermanent: boolean /** see `ConsentLedger` */;
  order: number;
};

/** Everything on both sides about one e-mail address: the unit of planning (R8). */
export type PersonCase = {
  email: EmailAddress;
  /** contacts whose main address it is, ascending record number */
  contacts: readonly SeenContact[];
  member: Member | undefined;
  /** links of contacts that had this address and are elsewhere or gone now */
  hasOrphanedLink: boolean;
  ledger: ConsentLedger;
  /** our order of learning of the member's own opt-in evidence (R1 a); undefined: none newer than the last look */
  providerOptInOrder: number | undefined;
  refusal: Refusal | undefined;
  /** a raise of ours was sent and not answered, or waits in the provider's queue (R4) */
  isRaiseOnItsWay: boolean;
  /** a contact holds the address as a further one; as what the member counts then (R9) */
  joined: { contactId: string; reason: MemberReason } | undefined;
};

/** What holds for all people of a plan. */
export type PlanRules = {
  /** the provider carries tags */
  tags: boolean;
  /** CRM tag key → label */
  tagLabels: ReadonlyMap<string, string>;
  /** the CRM has the field for newsletter tags; false: only the marker tag is set at the provider */
  crmHasTags: boolean;
  /** folded names of the provider's tags that the CRM refused to create; they stay as they are (R11) */
  refusedTags: ReadonlySet<string>;
  mappedFields: readonly PersonField[];
  /** longest text the provider keeps, in bytes of UTF-8 */
  maxFieldBytes: number;
  /** R10: nothing else is written */
  writableConsents: ReadonlySet<CrmConsent>;
  /** addresses the user chose to leave alone are not created as contacts (R9) */
  createContacts: boolean;
};
