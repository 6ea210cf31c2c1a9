import type { AddressRecord, EmailEntry, EmailKind } from './entities.ts';
import { isObject } from './envelope.ts';
import { ActionError } from './errors.ts';
import { scalarText } from './scalar-text.ts';
import type { OnOfficeStore } from './store.ts';

/** Parameter names that carry e-mail entries, with the kind of entry. */
export const EMAIL_PARAMETERS: Readonly<Record<string, EmailKind>> = {
  email: '',
  email_private: 'private',
  email_business: 'business',
};

/** A set of entries and which of them is the main one. */
export type EmailSet = { entries: EmailEntry[]; mainId: number };

/**
 * The entries of a new contact from `email`, `email_private`, `email_business` and `default_email`.
 *
 * @throws ActionError 300 for an address without @, 258 when `default_email` is none of the addresses
 */
export function newEmails(store: OnOfficeStore, parameters: Record<string, unknown>): EmailSet | undefined {
  const entries: EmailEntry[] = [];
  for (const [name, kind] of Object.entries(EMAIL_PARAMETERS)) {
    const given = parameters[name];
    for (const address of given === undefined ? [] : Array.isArray(given) ? given : [given]) {
      if (address === '') continue;
      entries.push({ id: store.nextEmailId(), address: checkedAddress(address), kind, comment: '' });
    }
  }
  const main = parameters.default_email;
  if (main === undefined || main === '')
    return entries.length > 0 ? { entries, mainId: entries[0]?.id ?? 0 } : undefined;
  const chosen = entries.find(({ address }) => address === main);
  if (!chosen) throw new ActionError(258, 'email');
  return { entries, mainId: chosen.id };
}

/**
 * Carries out one change of a contact's entries: `{action, oldvalue, newvalue, default}`.
 *
 * @throws ActionError 81 no action, 82 unknown action, 83 old value not found, 85 new value missing, 86 old value missing,
 *   87 old value ambiguous, 300 address without @
 */
export function changedEmails(store: OnOfficeStore, current: EmailSet, kind: EmailKind, raw: unknown): EmailSet {
  if (!isObject(raw) || raw.action === undefined) throw new ActionError(81, 'email');
  const makeMain = raw.default === true || raw.default === 1 || raw.default === '1' || raw.default === 'true';
  switch (raw.action) {
    case 'add': {
      const entry = { id: store.nextEmailId(), address: checkedAddress(raw.newvalue), kind, comment: '' };
      const first = current.entries.length === 0;
      return { entries: [...current.entries, entry], mainId: makeMain || first ? entry.id : current.mainId };
    }
    case 'modify': {
      const old = entryByAddress(current, raw.oldvalue);
      const address = checkedAddress(raw.newvalue);
      return {
        entries: current.entries.map((entry) => (entry.id === old.id ? { ...entry, address } : entry)),
        mainId: makeMain ? old.id : current.mainId,
      };
    }
    case 'delete': {
      const old = entryByAddress(current, raw.oldvalue);
      const entries = current.entries.filter(({ id }) => id !== old.id);
      return { entries, mainId: current.mainId === old.id ? (entries[0]?.id ?? 0) : current.mainId };
    }
    default:
      throw new ActionError(82, scalarText(raw.action));
  }
}

/** The entries of a record as a set to change. */
export function emailSetOf(record: AddressRecord): EmailSet {
  return { entries: record.emails, mainId: record.mainEmailId };
}

function checkedAddress(value: unknown): string {
  if (value === undefined || value === null || value === '') throw new ActionError(85, 'email');
  if (typeof value !== 'string' || !value.includes('@')) throw new ActionError(300, scalarText(value));
  return value;
}

function entryByAddress(current: EmailSet, value: unknown): EmailEntry {
  if (value === undefined || value === '') throw new ActionError(86, 'email');
  const found = current.entries.filter(({ address }) => address === value);
  if (found.length > 1) throw new ActionError(87, scalarText(value));
  const [only] = found;
  if (!only) throw new ActionError(83, scalarText(value));
  return only;
}
