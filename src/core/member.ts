import type { MemberStatus } from './consent.ts';
import type { PersonFields } from './contact.ts';
import type { EmailAddress } from './email-address.ts';
import type { ProviderTag } from './tag.ts';

/** The provider's record of an e-mail address in our audience, as last read. */
export type Member = {
  email: EmailAddress;
  status: Exclude<MemberStatus, 'absent'>;
  fields: PersonFields;
  /** marker tag included; complete unless `hasMoreTags` */
  tags: readonly ProviderTag[];
  /** the listing cut the tags; the rest has to be read singly */
  hasMoreTags: boolean;
  /** ids under which the provider's events may name the member, by the provider's own word for them */
  ids: Readonly<Record<string, string>>;
  /** the id that stays when the address changes (R7); empty where the answer does not tell it */
  stableId: string;
  /** instant (ISO 8601, UTC) of the last change at the provider */
  changedAt: string;
  /** the provider's own opt-in evidence (R1 a): instant (ISO 8601, UTC) and IP address; empty when it has none */
  optInAt: string;
  optInIp: string;
};

/** What a provider's per-member history says about leaving (R5, archived members). */
export type LeaveHistory =
  | { state: 'left'; at: string; by: 'person' | 'administrator' | 'complaint' }
  | { state: 'not-left' }
  | { state: 'unreadable' };
