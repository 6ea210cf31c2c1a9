import type { Account, Cause, Consent, Contact } from './entities.ts';
import type { BrevoStore } from './store.ts';

/** What a contact has agreed to now. */
export function consentOf({ emailBlacklisted, listIds, listUnsubscribed }: Contact): Consent {
  return { blocked: emailBlacklisted, listIds: [...listIds], listUnsubscribed: [...listUnsubscribed] };
}

/** Writes the tests' own record, if consent or address changed. */
export function recordConsent(
  store: BrevoStore,
  account: Account,
  contact: Contact,
  cause: Cause,
  { from, to, previousEmail }: { from: Consent | 'absent'; to: Consent | 'absent'; previousEmail?: string | undefined },
): void {
  if (previousEmail === undefined && isSame(from, to)) return;
  store.consentHistory.push({
    accountId: account.id,
    contactId: contact.id,
    email: contact.email ?? '',
    ...(previousEmail === undefined ? {} : { previousEmail }),
    by: cause.by,
    ...(cause.apiKey === undefined ? {} : { apiKey: cause.apiKey }),
    ...(cause.campaignId === undefined ? {} : { campaignId: cause.campaignId }),
    ...(cause.processId === undefined ? {} : { processId: cause.processId }),
    ...(cause.reason === undefined ? {} : { reason: cause.reason }),
    from,
    to,
    at: cause.at,
  });
}

function isSame(one: Consent | 'absent', other: Consent | 'absent'): boolean {
  if (one === 'absent' || other === 'absent') return one === other;
  return (
    one.blocked === other.blocked &&
    hasSame(one.listIds, other.listIds) &&
    hasSame(one.listUnsubscribed, other.listUnsubscribed)
  );
}

function hasSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
