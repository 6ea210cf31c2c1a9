import type { EmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type { LeaveHistory } from '../../core/member.ts';
import { MAILCHIMP_LIMITS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { subscriberHash, toInstant } from './member.ts';
import { MEMBER_ROUTE } from './members.ts';
import { ACTIVITY_FEED_FIELDS, ACTIVITY_FIELDS, ActivityAnswer, ActivityFeedAnswer } from './schema.ts';

/**
 * Reads from the member's activity feed when and through whom he last left. Whether the feed of an archived member can be
 * read is not documented: what Mailchimp refuses is `unreadable`.
 */
export async function readLeaveHistory(
  client: MailchimpClient,
  listId: string,
  email: EmailAddress,
): Promise<LeaveHistory> {
  try {
    const { activity } = await client.ask(
      {
        method: 'GET',
        route: `${MEMBER_ROUTE}/activity-feed`,
        path: { listId, subscriberHash: subscriberHash(email) },
        query: {
          activity_filters: 'unsub',
          count: MAILCHIMP_LIMITS.rowsPerPage,
          fields: ACTIVITY_FEED_FIELDS,
        },
      },
      ActivityFeedAnswer,
    );
    const leaves = activity
      .filter((entry) => entry.activity_type === 'unsub')
      .map((entry) => ({ ...entry, at: toInstant(entry.created_at_timestamp) }))
      .sort((one, other) => (one.at < other.at ? 1 : -1));
    const last = leaves[0];
    if (!last) return { state: 'not-left' };
    return { state: 'left', at: last.at, by: leftBy(last) };
  } catch (error) {
    if (isRefused(error)) return { state: 'unreadable' };
    throw error;
  }
}

/**
 * Reads from a cleaned member's activity whether he reported a mail as spam: Mailchimp may call that cleaned, too. What it does
 * not show counts as a bounce.
 */
export async function readComplaint(
  client: MailchimpClient,
  listId: string,
  email: EmailAddress,
): Promise<{ at: string } | undefined> {
  try {
    const { activity } = await client.ask(
      {
        method: 'GET',
        route: `${MEMBER_ROUTE}/activity`,
        path: { listId, subscriberHash: subscriberHash(email) },
        query: { action: 'abuse', fields: ACTIVITY_FIELDS },
      },
      ActivityAnswer,
    );
    const [last] = activity
      .filter(({ action }) => action === 'abuse')
      .map(({ timestamp }) => toInstant(timestamp))
      .sort()
      .reverse();
    return last === undefined ? undefined : { at: last };
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

function isRefused(error: unknown): boolean {
  return (
    error instanceof ProviderError &&
    error.code !== 'mailchimp.audience_gone' &&
    (error.kind === 'not_found' || error.kind === 'rejected' || error.kind === 'forbidden')
  );
}

function leftBy(entry: {
  unsubscribe_reason: string;
  is_admin_unsubscribed: boolean;
}): 'person' | 'administrator' | 'complaint' {
  if (/abuse|spam|complain/i.test(entry.unsubscribe_reason)) return 'complaint';
  // Also what Mailchimp notes for an unsubscribe through the API.
  return entry.is_admin_unsubscribed || /by admin/i.test(entry.unsubscribe_reason) ? 'administrator' : 'person';
}
