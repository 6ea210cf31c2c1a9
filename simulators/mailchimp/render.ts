import { links } from './call.ts';
import type { Audience, Member, MergeField, Tag, Webhook } from './entities.ts';
import { isoTime, type World } from './world.ts';

type Json = Record<string, unknown>;

/** A member as the API shows him (fact sheet 3.3); at most 50 tags, `tags_count` tells the truth. */
export function renderMember(list: Audience, member: Member): Json {
  const tags: { id: number; name: string }[] = [];
  for (const id of member.tags.keys()) {
    if (tags.length === 50) break;
    const tag = list.tags.get(id);
    if (tag) tags.push({ id, name: tag.name });
  }
  const mergeFields = renderMergeValues(list, member);
  return {
    id: member.hash,
    email_address: member.emailAddress,
    unique_email_id: member.uniqueEmailId,
    contact_id: member.contactId,
    full_name: [mergeFields.FNAME, mergeFields.LNAME].filter(Boolean).join(' '),
    web_id: member.webId,
    email_type: member.emailType,
    status: member.status,
    ...(member.status === 'unsubscribed' ? { unsubscribe_reason: member.unsubscribeReason } : {}),
    consents_to_one_to_one_messaging: true,
    merge_fields: mergeFields,
    stats: { avg_open_rate: 0, avg_click_rate: 0 },
    ip_signup: member.ipSignup,
    timestamp_signup: isoTime(member.timestampSignup),
    ip_opt: member.ipOpt,
    timestamp_opt: isoTime(member.timestampOpt),
    member_rating: 2,
    last_changed: isoTime(member.lastChanged),
    language: member.language,
    vip: member.vip,
    email_client: '',
    location: { latitude: 0, longitude: 0, gmtoff: 0, dstoff: 0, country_code: '', timezone: '', region: '' },
    source: member.source,
    tags_count: member.tags.size,
    tags,
    list_id: list.id,
    _links: links(`/lists/${list.id}/members/${member.hash}`),
  };
}

/**
 * A member as the bulk calls and `segments/{id}/members` show him. By the specification they leave out contact id, web id,
 * full name and source, and the latter the tags as well; the switch `bulkAnswers` gives them all.
 */
export function renderBulkMember(world: World, list: Audience, member: Member, withTags = true): Json {
  const full = renderMember(list, member);
  if (world.switches.bulkAnswers === 'full') return full;
  const { contact_id, web_id, full_name, source, consents_to_one_to_one_messaging, ...short } = full;
  if (withTags) return short;
  const { tags, tags_count, ...shorter } = short;
  return shorter;
}

/** Merge values by tag; empty ones are `""` whatever their type. */
export function renderMergeValues(list: Audience, member: Member): Json {
  const values: Json = {};
  for (const field of list.mergeFields) values[field.tag] = member.mergeFields[field.mergeId] ?? '';
  return values;
}

export function renderList(world: World, list: Audience, withTotal: boolean): Json {
  const { members } = list;
  const campaigns = [...world.store.campaigns.values()].filter((campaign) => campaign.listId === list.id);
  const lastSent = campaigns.reduce((latest, campaign) => Math.max(latest, campaign.sentAt ?? 0), 0);
  return {
    id: list.id,
    web_id: list.webId,
    name: list.name,
    contact: list.contact,
    permission_reminder: list.permissionReminder,
    use_archive_bar: list.useArchiveBar,
    campaign_defaults: list.campaignDefaults,
    notify_on_subscribe: list.notifyOnSubscribe,
    notify_on_unsubscribe: list.notifyOnUnsubscribe,
    date_created: isoTime(list.createdAt),
    list_rating: 0,
    email_type_option: list.emailTypeOption,
    subscribe_url_short: `http://eepurl.com/${list.id}`,
    subscribe_url_long: `https://${world.dataCenter}.list-manage.com/subscribe?id=${list.id}`,
    beamer_address: `${world.dataCenter}-${list.id}@inbound.mailchimp.com`,
    visibility: list.visibility,
    double_optin: list.doubleOptin,
    has_welcome: false,
    marketing_permissions: list.marketingPermissions,
    modules: [],
    stats: {
      member_count: members.count('subscribed'),
      ...(withTotal ? { total_contacts: members.size - members.count('archived') } : {}),
      unsubscribe_count: members.count('unsubscribed'),
      cleaned_count: members.count('cleaned'),
      member_count_since_send: 0,
      unsubscribe_count_since_send: 0,
      cleaned_count_since_send: 0,
      campaign_count: campaigns.length,
      campaign_last_sent: isoTime(lastSent || undefined),
      merge_field_count: list.mergeFields.length,
      avg_sub_rate: 0,
      avg_unsub_rate: 0,
      target_sub_rate: 0,
      open_rate: 0,
      click_rate: 0,
      last_sub_date: isoTime(list.lastSubscribedAt),
      last_unsub_date: isoTime(list.lastUnsubscribedAt),
    },
    _links: links(`/lists/${list.id}`),
  };
}

export function renderMergeField(list: Audience, field: MergeField): Json {
  const chosen = field.type === 'dropdown' || field.type === 'radio';
  return {
    merge_id: field.mergeId,
    tag: field.tag,
    name: field.name,
    type: field.type,
    required: field.required,
    default_value: field.defaultValue,
    public: field.public,
    display_order: field.displayOrder,
    options: field.type === 'text' ? { size: field.size } : chosen ? { choices: field.choices } : {},
    help_text: field.helpText,
    list_id: list.id,
    _links: links(`/lists/${list.id}/merge-fields/${field.mergeId}`),
  };
}

/** A tag as a static segment; `member_count` counts subscribed members. */
export function renderSegment(list: Audience, tag: Tag): Json {
  let subscribed = 0;
  for (const member of tag.members) if (member.status === 'subscribed') subscribed += 1;
  return {
    id: tag.id,
    name: tag.name,
    member_count: subscribed,
    type: 'static',
    created_at: isoTime(tag.createdAt),
    updated_at: isoTime(tag.updatedAt),
    options: { match: 'any', conditions: [] },
    list_id: list.id,
    _links: links(`/lists/${list.id}/segments/${tag.id}`),
  };
}

/** A webhook; its signing secret is only in the answer that made it. */
export function renderWebhook(list: Audience, webhook: Webhook): Json {
  return {
    id: webhook.id,
    url: webhook.url,
    events: { ...webhook.events },
    sources: { ...webhook.sources },
    list_id: list.id,
    signing_enabled: webhook.signingSecret !== undefined,
    _links: links(`/lists/${list.id}/webhooks/${webhook.id}`),
  };
}
