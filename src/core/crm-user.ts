/** What the CRM says of one of its users; undefined where it does not tell. */
export type CrmUserFacts = {
  /** first and last name; empty where it may not be read */
  name: string;
  isAdministrator: boolean | undefined;
  /** whether he may change contacts */
  mayModify: boolean | undefined;
  /** contacts that he may read */
  contactCount: number | undefined;
};

export type CrmUserRole = 'administrator' | 'editor' | 'reader';

/** What is known of a user before the CRM is asked anew. */
export type CrmUserBefore = {
  /** he activated us, which only administrators can (M27) */
  hasActivated: boolean;
  /** his role when he last came */
  role: CrmUserRole | undefined;
};

/**
 * The role of a user of the CRM: its administrators administer, whoever may change contacts edits, anybody else reads. Where the
 * CRM does not tell, what was known of him stays.
 */
export function roleOfCrmUser(facts: CrmUserFacts | undefined, before: CrmUserBefore): CrmUserRole {
  const isAdministrator = facts?.isAdministrator ?? (before.hasActivated || before.role === 'administrator');
  if (isAdministrator) return 'administrator';
  if (facts?.mayModify !== undefined) return facts.mayModify ? 'editor' : 'reader';
  // Who is known to be no administrator any more is not kept as one.
  return before.role === 'editor' ? 'editor' : 'reader';
}

/**
 * Whether background work may be done with a user's rights: with those of somebody who sees less than we hold, contacts would
 * look lost, and people would be taken out of the audience (M18, F4).
 *
 * @param heldContacts readable contacts that the tenant's connections hold; 0 before the first reading
 */
export function seesEverything(facts: CrmUserFacts | undefined, role: CrmUserRole, heldContacts: number): boolean {
  if (role === 'administrator') return true;
  return facts?.contactCount !== undefined && facts.contactCount >= heldContacts;
}
