/** `private` and `business` entries carry their kind in the key of an answer. */
export type EmailKind = '' | 'private' | 'business';

/** One e-mail address of a contact; ids are unique over all contacts. */
export type EmailEntry = { id: number; address: string; kind: EmailKind; comment: string };

/** A stored value: text as the CRM keeps it (booleans `0`/`1`, empty is `''`), or the keys of a multiselect. */
export type FieldValue = string | readonly string[];

/** A contact. Main e-mail, number, dates and uuid are not in `values` but derived. Times are ms on a whole second. */
export type AddressRecord = {
  id: number;
  emails: EmailEntry[];
  /** id of the main entry; 0: none */
  mainEmailId: number;
  values: Record<string, FieldValue>;
  createdAt: number;
  changedAt: number;
};

/** Who wrote: an agent in the CRM or a program through the API. */
export type Actor = { by: 'agent' | 'api'; userId: number };

/** One change of the field Newsletter; an independent witness for tests. `from` is undefined for a new contact. */
export type NewsletterChange = {
  at: number;
  from: string | undefined;
  to: string;
  by: 'agent' | 'api';
  userId: number;
};

/** What a user may do. `own`: records that name him as advisor or that are listed in `ownRecords`. */
export type UserRights = {
  readAddresses: 'all' | 'own' | 'none' | 'published';
  writeAddresses: boolean;
  createAddresses: boolean;
  createActivities: boolean;
  /** needed for the log */
  admin: boolean;
  /** needed for permitted values of multiselects */
  createTags: boolean;
  /** "Read out user data via API" */
  readUsers: boolean;
};

/** A user of the CRM; `token` and `secret` are empty for people. */
export type CrmUser = {
  id: number;
  userName: string;
  firstName: string;
  lastName: string;
  email: string;
  active: boolean;
  token: string;
  secret: string;
  /** made by activating a Marketplace provider: must send a claim */
  marketplace: boolean;
  rights: UserRights;
  ownRecords: Set<number>;
};

export type UserGroup = {
  id: number;
  name: string;
  shortName: string;
  userIds: number[];
  type: 'GroupOffice' | 'GroupRegion' | 'GroupGeneral';
  leaderIds: number[];
};

/** An entry of the agents log ("activity"). Times without zone are Berlin text. */
export type Activity = {
  id: number;
  addressIds: number[];
  estateIds: number[];
  kind: string;
  type: string;
  dateTime: string;
  note: string;
  originContact: string;
  features: string[];
  cost: string;
  duration: string;
  advisoryLevel: string;
  reasonCancellation: string;
  userId: number;
  createdAt: number;
  changedAt: number;
  by: 'agent' | 'api';
};

/** An entry of the system log. */
export type LogEntry = {
  id: number;
  action: 'add' | 'edit' | 'delete' | 'duplicate' | 'massUpdateRights';
  module: 'address' | 'agentslog';
  userId: number;
  at: number;
  recordId: number;
  sourceId: number | undefined;
};

/** A filter saved in the CRM, usable as `filterid`. */
export type SavedFilter = { id: number; name: string; scope: 'public' | 'office' | 'private'; filter: unknown };

/** A kind of activity with its types; automatic types are shown only when the kind is named in the request. */
export type ActionKind = {
  key: string;
  labels: Labels;
  types: { key: string; labels: Labels; automatic: boolean }[];
};

/** Texts in the CRM's own three-letter languages; German is always there. */
export type Labels = { DEU: string; ENG?: string; ESP?: string; ITA?: string; FRA?: string };

export const LANGUAGES = ['DEU', 'ENG', 'ESP', 'ITA', 'FRA'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The text of a language, else the German one. */
export function labelIn(labels: Labels, language: Language): string {
  return labels[language] ?? labels.DEU;
}

/** The main e-mail address, empty if there is none. */
export function mainEmail(record: AddressRecord): string {
  return record.emails.find((entry) => entry.id === record.mainEmailId)?.address ?? '';
}

/** One value as text; a multiselect joined with commas. */
export function textOf(record: AddressRecord, field: string): string {
  const value = record.values[field] ?? '';
  return typeof value === 'string' ? value : value.join(',');
}
