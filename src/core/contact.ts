import type { CrmConsent } from './consent.ts';

/** The fields of a person that travel to the provider (M5, M6). Empty text: nothing known. */
export type PersonFields = {
  salutation: string;
  letterSalutation: string;
  firstName: string;
  lastName: string;
};

/** Nothing is known of the person. */
export const NO_FIELDS: PersonFields = { salutation: '', letterSalutation: '', firstName: '', lastName: '' };

export const PERSON_FIELDS = ['salutation', 'letterSalutation', 'firstName', 'lastName'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** An address record of the CRM, as last read. */
export type Contact = {
  /** record number */
  id: string;
  /** the main e-mail address as the agent typed it; may be empty or no address at all */
  email: string;
  consent: CrmConsent;
  fields: PersonFields;
  /** keys of the newsletter tags, sorted */
  tagKeys: readonly string[];
  isPrivate: boolean;
  isArchived: boolean;
  /** the CRM's own time stamp of the last change; opaque local time, comparable only with its like */
  modifiedAt: string;
};
