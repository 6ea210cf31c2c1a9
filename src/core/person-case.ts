import type { BaseState } from './base-state.ts';
import type { CrmConsent, MemberStatus } from './consent.ts';
import type { ConsentLedger, FieldHistory } from './consent-ledger.ts';
import type { Contact, PersonField } from './contact.ts';
import type { EmailAddress } from './email-address.ts';
import type { RefusalReason } from './mailing-provider.ts';
import type { Member } from './member.ts';
import type { MemberReason } from './reason.ts';
import type { TagBook } from './tag-book.ts';

/** A contact as the planner sees it: last read, what the field said before, and the base state of its link. */
export type SeenContact = Contact & {
  history: FieldHistory;
  /** order of learning of the No that the field says; 0: it says none, or it is one that we wrote */
  noSince: number;
  /** base state of the link with this address; undefined: first meeting */
  base: BaseState | undefined;
  /** the address it had before, when its link is still there or both sides have met nowhere yet (R7) */
  former: FormerAddress | undefined;
  /** the field says "undeliverable", and it is another connection that wrote it: mail of its provider came back (R6, R15) */
  isUndeliverableElsewhere: boolean;
  /** false: it was not in a finished listing and is not there when asked for by its number (F4) */
  isReadable: boolean;
  /**
   * an operator entered an opt-in and asked to set the field to Yes, which was not done yet (R1 c): the member's status at
   * that time
   */
  asksYes: MemberStatus | undefined;
};

/** The address that a contact had before it got another one, until both sides have met at that. */
export type FormerAddress = {
  email: EmailAddress;
  /** what the provider holds there now */
  status: MemberStatus;
  /** when that last changed by the provider's clock, ISO 8601 in UTC; '' where it does not say */
  changedAt: string;
  /** base state of the link with that address; undefined: both sides never met there */
  base: BaseState | undefined;
};

/** A contact whose link is with an address that is not its main one any more. */
export type Leaver = {
  contactId: string;
  /** its main address now; undefined: none that can be used */
  email: EmailAddress | undefined;
  consent: CrmConsent;
  /** see `FieldHistory` */
  lastNotYes: number;
  isEligible: boolean;
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
  /**
   * contacts whose link is with this address and that are elsewhere or gone now, ascending record number, then the one that has
   * met its member elsewhere
   */
  leavers: readonly Leaver[];
  /** the provider gave this address's member another one, and contacts here have not followed yet (M24) */
  memberMovedTo: { email: EmailAddress; status: MemberStatus; optInOrder: number | undefined } | undefined;
  /** the same seen from the member: the address it had before */
  memberMovedFrom: EmailAddress | undefined;
  ledger: ConsentLedger;
  /**
   * the provider of another connection of the tenant holds the address as unsubscribed (R15), or any of them one that the person
   * had before (R7)
   */
  hasLeftElsewhere: boolean;
  /**
   * our order of learning that the provider of another connection holds the address itself as unsubscribed, or of a change of him
   * since (R15); undefined: none does
   */
  leftElsewhereOrder: number | undefined;
  /** the address is an active member at another connection of the tenant (R15) */
  isActiveElsewhere: boolean;
  /**
   * the provider holds the address as unsubscribed because flags of its contacts differed: our own write, and nobody has said
   * anything since (R8)
   */
  isOutOverFlags: boolean;
  /**
   * our order of learning of the member's own opt-in evidence (R1 a); undefined: none newer than the last look, or than an opt-out
   * by that provider's own times
   */
  providerOptInOrder: number | undefined;
  /**
   * our order of learning of the member's status, or, of one who is unsubscribed, of a change of him since; undefined: before that
   * was kept
   */
  statusOrder: number | undefined;
  /**
   * order of learning up to which the data went back in time (F9): what the CRM's field said and what the provider showed
   * before it proves nothing any more; 0: they never did
   */
  wentBackOrder: number;
  refusal: Refusal | undefined;
  /** a raise of ours was sent and not answered, or waits in the provider's queue (R4) */
  isRaiseOnItsWay: boolean;
  /** a contact holds the address as a further one; as what the member counts then (R9) */
  joined: { contactId: string; reason: MemberReason } | undefined;
  /** the address whose member belongs to a contact that is here now; its own neighbours are left out */
  cameFrom: PersonCase | undefined;
  /** the address where the contact is to whom this address's member belongs; its own neighbours are left out */
  goesTo: PersonCase | undefined;
};

/** What holds for all people of a plan. */
export type PlanRules = {
  /** the provider carries tags */
  tags: boolean;
  /** what the tags of both sides are to each other; what travels and what stays as it is (R11) */
  tagBook: TagBook;
  /** in a full sync the provider's tags flow into the CRM (M10); between two of them they wait for the next one (M22) */
  takesOverTags: boolean;
  mappedFields: readonly PersonField[];
  /** longest text the provider keeps, in bytes of UTF-8 */
  maxFieldBytes: number;
  /** R10: nothing else is written */
  writableConsents: ReadonlySet<CrmConsent>;
  /** addresses the user chose to leave alone are not created as contacts (R9) */
  createContacts: boolean;
};
