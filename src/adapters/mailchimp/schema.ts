import { z } from 'zod';

/**
 * What we use of Mailchimp's answers, and nothing else. Tolerant where a surprise does no harm; each `fields` list beside a
 * schema keeps the answer small (a member is 3.4 KB with everything, below 0.8 KB with this).
 */
const text = z.string().catch('');
const count = z.number().catch(0);
/** Webhooks and older answers send numbers as text. */
const idText = z.union([z.string(), z.number()]).transform(String).catch('');

export const AccountAnswer = z.object({
  account_id: z.string(),
  account_name: text,
  email: text,
  pricing_plan_type: text,
  contact: z
    .object({ company: text, addr1: text, addr2: text, city: text, state: text, zip: text, country: text })
    .catch({ company: '', addr1: '', addr2: '', city: '', state: '', zip: '', country: '' }),
});
export type AccountAnswer = z.output<typeof AccountAnswer>;
export const ACCOUNT_FIELDS = 'account_id,account_name,email,pricing_plan_type,contact';

export const AudienceAnswer = z.object({
  id: z.string().min(1),
  name: z.string(),
  stats: z.object({ member_count: count }).catch({ member_count: 0 }),
});
export type AudienceAnswer = z.output<typeof AudienceAnswer>;

/** -1 instances: unlimited. Without constraints nothing is known to be forbidden. */
const Constraints = z
  .object({
    may_create: z.boolean().catch(true),
    max_instances: z.number().catch(-1),
    current_total_instances: count,
  })
  .catch({ may_create: true, max_instances: -1, current_total_instances: 0 });
export type Constraints = z.output<typeof Constraints>;

export const AudienceListAnswer = z.object({
  lists: z.array(AudienceAnswer),
  constraints: Constraints,
  total_items: count,
});
export const AUDIENCE_LIST_FIELDS = 'lists.id,lists.name,lists.stats.member_count,constraints,total_items';

export const ConstraintsAnswer = z.object({ constraints: Constraints });
export const AudienceIdAnswer = z.object({ id: z.string() });

export const MergeField = z.object({ tag: z.string().min(1), name: text, type: text });
export type MergeField = z.output<typeof MergeField>;
export const MergeFieldListAnswer = z.object({ merge_fields: z.array(MergeField) });
export const MERGE_FIELD_LIST_FIELDS = 'merge_fields.tag,merge_fields.name,merge_fields.type';

const Tag = z.object({ id: idText, name: z.string() });

/** `status` stays text: a status that we do not know must not fail the other 999 members of a page. */
export const MemberAnswer = z.object({
  id: text,
  email_address: z.string(),
  unique_email_id: text,
  contact_id: text,
  web_id: idText,
  status: z.string(),
  merge_fields: z.record(z.string(), z.unknown()).catch({}),
  tags: z.array(Tag).catch([]),
  tags_count: count,
  ip_signup: text,
  timestamp_signup: text,
  last_changed: text,
});
export type MemberAnswer = z.output<typeof MemberAnswer>;

const MEMBER_MEMBERS = Object.keys(MemberAnswer.shape);
export const MEMBER_FIELDS = MEMBER_MEMBERS.join(',');
export const MemberListAnswer = z.object({ members: z.array(MemberAnswer), total_items: z.number() });
export const MEMBER_LIST_FIELDS = [...MEMBER_MEMBERS.map((name) => `members.${name}`), 'total_items'].join(',');

export const AddressAnswer = z.object({ email_address: z.string() });
export const ADDRESS_FIELDS = 'email_address';

export const MemberTagsAnswer = z.object({ tags: z.array(Tag), total_items: count });
export const MEMBER_TAGS_FIELDS = 'tags.id,tags.name,total_items';

export const BulkAnswer = z.object({
  new_members: z.array(MemberAnswer).catch([]),
  updated_members: z.array(MemberAnswer).catch([]),
  errors: z
    .array(z.object({ email_address: text, error: text, error_code: text, field: text, field_message: text }))
    .catch([]),
  error_count: z.number(),
});
export type BulkAnswer = z.output<typeof BulkAnswer>;

export const ActivityFeedAnswer = z.object({
  activity: z.array(
    z.object({
      activity_type: text,
      created_at_timestamp: text,
      unsubscribe_reason: text,
      is_admin_unsubscribed: z.boolean().catch(false),
    }),
  ),
});
export const ActivityAnswer = z.object({ activity: z.array(z.object({ action: text, timestamp: text })) });
export const ACTIVITY_FIELDS = 'activity.action,activity.timestamp';

export const ACTIVITY_FEED_FIELDS = [
  'activity.activity_type',
  'activity.created_at_timestamp',
  'activity.unsubscribe_reason',
  'activity.is_admin_unsubscribed',
].join(',');

export const TagAnswer = Tag;
export const TagListAnswer = z.object({ segments: z.array(Tag), total_items: count });
export const TAG_LIST_FIELDS = 'segments.id,segments.name,total_items';

export const TagChangeAnswer = z.object({
  errors: z.array(z.object({ email_addresses: z.array(z.string()).catch([]), error: text })).catch([]),
});

const flags = z.record(z.string(), z.boolean()).catch({});
export const WebhookAnswer = z.object({
  id: z.string().min(1),
  url: text,
  events: flags,
  sources: flags,
  signing_secret: text,
});
export type WebhookAnswer = z.output<typeof WebhookAnswer>;
export const WebhookListAnswer = z.object({ webhooks: z.array(WebhookAnswer) });
