import { createHash } from 'node:crypto';
import type { MemberStatus } from '../../core/consent.ts';
import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import type { FieldMapping } from '../../core/mailing-provider.ts';
import type { Member } from '../../core/member.ts';
import type { ProviderTag } from '../../core/tag.ts';
import { fromMergeFields } from './field-map.ts';
import type { MemberAnswer } from './schema.ts';

const STATUS: Readonly<Record<string, Member['status']>> = {
  subscribed: 'subscribed',
  unsubscribed: 'unsubscribed',
  cleaned: 'cleaned',
  pending: 'pending',
  archived: 'archived',
  // Mailchimp knows the address from orders or single mails; it was never subscribed.
  transactional: 'known',
};

/** Mailchimp's word for a status; undefined where it has none. */
export function vendorStatus(status: MemberStatus): string | undefined {
  return Object.keys(STATUS).find((word) => STATUS[word] === status);
}

/** Mailchimp's path key of a member: MD5 of the lower-cased address. A changed address is another key. */
export function subscriberHash(email: EmailAddress): string {
  return createHash('md5').update(email).digest('hex');
}

/**
 * Translates a member. A status that we do not know counts as `pending`, the one that is neither raised nor taken for an
 * opt-out.
 *
 * @returns undefined when the address is none by our stricter reading: no contact can have it either
 */
export function toMember(answer: MemberAnswer, mapping: FieldMapping): Member | undefined {
  const email = parseEmailAddress(answer.email_address);
  if (email === undefined) return undefined;
  return {
    email,
    status: STATUS[answer.status] ?? 'pending',
    fields: fromMergeFields(answer.merge_fields, mapping),
    tags: sortedTags(answer.tags),
    hasMoreTags: answer.tags_count > answer.tags.length,
    ids: {
      id: answer.id,
      unique_email_id: answer.unique_email_id,
      contact_id: answer.contact_id,
      web_id: answer.web_id,
    },
    stableId: answer.contact_id,
    changedAt: toInstant(answer.last_changed),
    // The sign-up, not the opt-in: Mailchimp fills the latter also for what any program adds, which is no evidence (R1 a).
    optInAt: toInstant(answer.timestamp_signup),
    optInIp: answer.ip_signup,
  };
}

/** Mailchimp's order differs from answer to answer. */
export function sortedTags(tags: readonly ProviderTag[]): ProviderTag[] {
  return tags.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** ISO 8601 in UTC with milliseconds; empty where Mailchimp sends nothing or no time. */
export function toInstant(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString();
}
