/** Where the vendor's behaviour is unknown or differs between customers, a switch holds both ways (fact sheet 10). */
export type OnOfficeSwitches = {
  /** Top-level status when an action fails: 500/97, 500 with the action's own code, or 200/0. */
  actionFailureStatus: 'error-in-action' | 'own-code' | 'ok';
  /** Whether `sortby: "Aenderung"` works; otherwise error 212. */
  sortByChange: boolean;
  /** Code for a field that does not exist or is inactive. */
  unknownFieldCode: 75 | 141;
  /** Whether a write that changes nothing moves `Aenderung` and is logged. */
  bumpOnUnchanged: boolean;
  /** Ids in `recordids` that do not exist or may not be read: left out, or error 235. */
  missingRecordIds: 'skip' | 'error';
  /** Reading without any read right: no records with errorcode 0, or error 170. */
  noReadRight: 'empty' | 'error';
  /** Create with several `addressids`: an entry for each (one id shown), or one entry that names them all. */
  severalAddressIds: 'entry-each' | 'one-entry';
  /** Code for a value that is not permitted: 252 for all, or 76 (multiselect) and 77 (singleselect). */
  invalidValueCode: 'select-field' | 'by-type';
  /** Who must send `extendedclaim`. */
  claims: 'marketplace-users' | 'everybody' | 'nobody';
  /** After this many ms a claim is outdated (error 201); 0: never. */
  claimLifetimeMs: number;
  /** Whether private and archived records take part in the duplicate test of create. */
  duplicateCheck: 'all' | 'visible-only';
  /** Whether private records are hidden from users who do not own them. */
  privateHidden: boolean;
  /** How multiselects are read. */
  multiselectRead: 'pipes' | 'array';
  /** An empty multiselect in an answer. */
  emptyMultiselect: 'text' | 'null';
  /** `strings`: ids are numbers, values strings; `numbers`: ids are strings, numeric values numbers. */
  scalars: 'strings' | 'numbers';
  /** Double opt-in of the CRM's own registerNewsletter. */
  doubleOptIn: boolean;
  /** More actions in one request are refused as error 15; 0: no limit. */
  maxActions: number;
  /** More requests within a second are answered with HTTP 429; 0: no limit. */
  requestsPerSecond: number;
  /** Wait in ms before each action. */
  latencyMs: number;
  /** How long after an agent's save the webhook is sent, in ms. */
  webhookDelayMs: number;
};

export const DEFAULT_SWITCHES: OnOfficeSwitches = {
  actionFailureStatus: 'error-in-action',
  sortByChange: true,
  unknownFieldCode: 141,
  bumpOnUnchanged: true,
  missingRecordIds: 'skip',
  noReadRight: 'empty',
  severalAddressIds: 'entry-each',
  invalidValueCode: 'select-field',
  claims: 'marketplace-users',
  claimLifetimeMs: 0,
  duplicateCheck: 'all',
  privateHidden: false,
  multiselectRead: 'pipes',
  emptyMultiselect: 'text',
  scalars: 'strings',
  doubleOptIn: false,
  maxActions: 20,
  requestsPerSecond: 0,
  latencyMs: 0,
  webhookDelayMs: 1000,
};

const CHOICES: Partial<Record<keyof OnOfficeSwitches, readonly (string | number)[]>> = {
  actionFailureStatus: ['error-in-action', 'own-code', 'ok'],
  unknownFieldCode: [75, 141],
  missingRecordIds: ['skip', 'error'],
  noReadRight: ['empty', 'error'],
  severalAddressIds: ['entry-each', 'one-entry'],
  invalidValueCode: ['select-field', 'by-type'],
  claims: ['marketplace-users', 'everybody', 'nobody'],
  duplicateCheck: ['all', 'visible-only'],
  multiselectRead: ['pipes', 'array'],
  emptyMultiselect: ['text', 'null'],
  scalars: ['strings', 'numbers'],
};

/** The complaint about one switch setting that came over the wire; undefined if it is fine. */
export function switchComplaint(name: string, value: unknown): string | undefined {
  if (!Object.hasOwn(DEFAULT_SWITCHES, name)) return `unknown switch ${name}`;
  const key = name as keyof OnOfficeSwitches;
  const choices = CHOICES[key];
  if (choices) return choices.includes(value as string) ? undefined : `${name} must be one of ${choices.join(', ')}`;
  if (typeof DEFAULT_SWITCHES[key] === 'boolean')
    return typeof value === 'boolean' ? undefined : `${name} must be true or false`;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? undefined
    : `${name} must be a whole number, 0 or more`;
}
