import type { CrmConsent, MemberStatus } from './consent.ts';
import type { PersonFields } from './contact.ts';

/** What both sides held when a contact and a member last agreed (section 2, contact link). */
export type BaseState = {
  consent: CrmConsent;
  /** only beside `unknown`: the Yes or No that the field said before, which such a value does not answer (see `consentAgreed`) */
  saidBefore?: 'yes' | 'no';
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

/** What the field said last of what has a meaning to us: a value of the customer's own changes nothing. */
export function lastSaid({ consent, saidBefore }: Pick<BaseState, 'consent' | 'saidBefore'>): CrmConsent {
  return consent === 'unknown' ? (saidBefore ?? consent) : consent;
}

/**
 * What a base state keeps of the Newsletter field. Behind a value of the customer's own a No stands, and so does a Yes as long as
 * the member whom it put there stays: whoever was out and came back meanwhile did so by himself. Pure; R5, R6.
 *
 * @param before base state that was agreed on before
 */
export function consentAgreed(
  consent: CrmConsent,
  status: MemberStatus,
  before: BaseState | undefined,
): Pick<BaseState, 'consent' | 'saidBefore'> {
  if (consent !== 'unknown' || !before) return { consent };
  const saidBefore = lastSaid(before);
  const hasStayed = before.status === 'subscribed' && status === 'subscribed';
  return saidBefore === 'no' || (saidBefore === 'yes' && hasStayed) ? { consent, saidBefore } : { consent };
}
