import type { CrmConsent, MemberStatus } from './consent.ts';
import type { PersonFields } from './contact.ts';

/** What both sides held when a contact and a member last agreed (section 2, contact link). */
export type BaseState = {
  consent: CrmConsent;
  status: MemberStatus;
  /** values that the provider was to hold */
  fields: PersonFields;
  /** slots of the tags that both sides had (see `TagBinding`), marker tag left out, sorted */
  tags: readonly string[];
  /**
   * the member was taken out when the connection was disconnected: both sides meet as if for the first time, fields and tags
   * from where they were (U7)
   */
  isTakenOut?: true;
};
