import { isAddress } from './address-rules.ts';
import { duplicateIdentifier, invalid } from './api-error.ts';
import { readValue } from './attributes.ts';
import type { Account, AttributeValue, Contact } from './entities.ts';
import type { World } from './world.ts';

/** Attributes as they were sent, sorted by what they are. */
export type ReadAttributes = {
  email: string | undefined;
  extId: string | undefined;
  /** by name; `''` erases */
  attributes: Record<string, AttributeValue>;
};

/**
 * Reads attributes of a create or update. Names are in capitals; values that do not fit are left out in silence.
 *
 * @param unknown what happens to names that the account does not have
 * @throws ApiError 400
 */
export function readAttributes(
  account: Account,
  given: Readonly<Record<string, unknown>>,
  unknown: 'refused' | 'ignored',
): ReadAttributes {
  const read: ReadAttributes = { email: undefined, extId: undefined, attributes: {} };
  for (const [name, value] of Object.entries(given)) {
    if (name === 'EMAIL') {
      read.email = typeof value === 'string' ? value.trim() : '';
      continue;
    }
    const known = account.attributes.get(name);
    if (!known) {
      if (unknown === 'refused') throw invalid(`Attribute ${name} must be present in your account`);
      continue;
    }
    if (known.category !== 'normal' && known.category !== 'category') continue;
    const kept = readValue(known, value);
    if (kept === undefined) continue;
    if (name === 'EXT_ID') read.extId = String(kept);
    else read.attributes[name] = kept;
  }
  return read;
}

/** Checks an address. Throws ApiError 400. */
export function checkAddress(email: string): void {
  if (!isAddress(email)) throw invalid('Invalid email address');
}

/** Refuses identifiers that another contact has. Throws ApiError 400 with `metadata.duplicate_identifiers`. */
export function checkIdentifiers(
  world: World,
  account: Account,
  own: Contact | undefined,
  wanted: { email: string | undefined; extId: string | undefined; sms: AttributeValue | undefined },
): void {
  const { contacts } = account;
  const others: [string, Contact | undefined][] = [
    ['email', wanted.email === undefined ? undefined : contacts.byEmail(wanted.email)],
    ['ext_id', wanted.extId ? contacts.byExtId(wanted.extId) : undefined],
    ['SMS', wanted.sms ? contacts.byAttribute('SMS', String(wanted.sms)) : undefined],
  ];
  const taken = others.filter(([, other]) => other !== undefined && other !== own).map(([name]) => name);
  if (taken.length > 0) throw duplicateIdentifier(world.switches.duplicateCode, taken);
}
