import type { Audience, Cause, Member, MemberStatus, MergeValue, Tag } from './entities.ts';
import { subscriberHash } from './member-index.ts';
import { uniqueEmailId } from './store.ts';
import { type EventData, fireEvent, memberData } from './webhooks.ts';
import type { World } from './world.ts';

/** What a new member starts with. */
export type MemberDraft = {
  emailAddress: string;
  status: MemberStatus;
  emailType?: 'html' | 'text' | undefined;
  mergeFields?: Record<number, MergeValue>;
  language?: string | undefined;
  vip?: boolean | undefined;
  ipSignup?: string | undefined;
  ipOpt?: string | undefined;
  timestampSignup?: number | undefined;
  timestampOpt?: number | undefined;
  source?: string;
};

/** Adds a member. No rule is checked here: what may happen is decided by the callers. */
export function addMember(world: World, list: Audience, draft: MemberDraft, cause: Cause): Member {
  const member: Member = {
    hash: subscriberHash(draft.emailAddress),
    emailAddress: draft.emailAddress,
    uniqueEmailId: uniqueEmailId(draft.emailAddress),
    contactId: world.store.nextId('contact', 32),
    webId: 440_000_000 + world.store.nextNumber(),
    emailType: draft.emailType ?? 'html',
    status: draft.status,
    refusal: undefined,
    unsubscribedBy: undefined,
    unsubscribeReason: '',
    mergeFields: draft.mergeFields ?? {},
    tags: new Map(),
    ipSignup: draft.ipSignup ?? (cause.by === 'person' ? (cause.ip ?? '') : ''),
    timestampSignup: draft.timestampSignup ?? (cause.by === 'person' ? cause.at : undefined),
    ipOpt: draft.ipOpt ?? (draft.status === 'subscribed' ? (cause.ip ?? '') : ''),
    timestampOpt: draft.timestampOpt ?? (draft.status === 'subscribed' ? cause.at : undefined),
    lastChanged: cause.at,
    language: draft.language ?? '',
    vip: draft.vip ?? false,
    source: draft.source ?? (cause.by === 'api' ? 'API - Generic' : cause.by === 'admin' ? 'Admin Add' : 'Hosted Form'),
    activities: [],
    logPosition: -1,
  };
  list.forgotten.delete(draft.emailAddress.toLowerCase());
  list.members.add(member);
  enterStatus(world, list, member, 'absent', cause);
  return member;
}

/** Gives a member a status with all that follows from it: times, refusal, record, mail, event. False: he had it already. */
export function setStatus(world: World, list: Audience, member: Member, to: MemberStatus, cause: Cause): boolean {
  const from = member.status;
  if (from === to) return false;
  list.members.setStatus(member, to);
  list.members.touch(member, cause.at);
  if (to === 'subscribed') {
    member.timestampOpt = cause.at;
    member.ipOpt = cause.ip ?? '';
  }
  if (from === 'archived' || (to === 'subscribed' && cause.by !== 'provider')) member.refusal = undefined;
  enterStatus(world, list, member, from, cause);
  return true;
}

function enterStatus(world: World, list: Audience, member: Member, from: MemberStatus | 'absent', cause: Cause): void {
  const to = member.status;
  if (to === 'unsubscribed') {
    member.unsubscribedBy = cause.by;
    member.unsubscribeReason = cause.by === 'person' ? 'N/A (No reason given)' : 'N/A (Unsubscribed by admin)';
    if (cause.abuse) member.unsubscribeReason = 'SPAM (I never signed up for this list)';
    if (cause.by === 'person') member.refusal = cause.abuse ? 'complained' : 'left';
  } else if (to !== 'archived') {
    member.unsubscribedBy = undefined;
    member.unsubscribeReason = '';
  }
  if (to === 'cleaned') member.refusal = cause.abuse ? 'complained' : 'bounced';
  if (to === 'subscribed') list.lastSubscribedAt = cause.at;
  if (to === 'unsubscribed') list.lastUnsubscribedAt = cause.at;
  if (to === 'unsubscribed' && from !== 'absent')
    member.activities.push({
      type: 'unsub',
      at: cause.at,
      reason: member.unsubscribeReason,
      byAdmin: cause.by !== 'person',
      ...(cause.campaignId ? { campaignId: cause.campaignId } : {}),
    });
  if (to === 'pending')
    world.store.confirmationMails.push({ listId: list.id, email: member.emailAddress, at: cause.at });
  recordConsent(world, list, member, from, to, cause);
  fireStatusEvent(world, list, member, cause);
}

function recordConsent(
  world: World,
  list: Audience,
  member: Member,
  from: MemberStatus | 'absent',
  to: MemberStatus | 'absent',
  cause: Cause,
  previousEmail?: string,
): void {
  world.store.consentHistory.push({
    listId: list.id,
    email: member.emailAddress.toLowerCase(),
    ...(previousEmail === undefined ? {} : { previousEmail: previousEmail.toLowerCase() }),
    contactId: member.contactId,
    by: cause.by,
    ...(cause.apiKey ? { apiKey: cause.apiKey } : {}),
    ...(cause.campaignId ? { campaignId: cause.campaignId } : {}),
    from,
    to,
    at: cause.at,
  });
}

function fireStatusEvent(world: World, list: Audience, member: Member, cause: Cause): void {
  const campaign = cause.campaignId ? { campaign_id: cause.campaignId } : {};
  const reason = cause.abuse ? 'abuse' : 'manual';
  switch (member.status) {
    case 'subscribed':
      fireEvent(world, list, 'subscribe', cause, memberData(list, member));
      return;
    case 'unsubscribed':
      fireEvent(world, list, 'unsubscribe', cause, {
        ...(world.switches.unsubscribeAction === 'sent' ? { action: 'unsub' } : {}),
        reason,
        ...memberData(list, member),
        ...campaign,
      });
      if (cause.abuse && world.switches.complaint === 'both') fireCleaned(world, list, member, 'abuse', cause);
      return;
    case 'cleaned':
      fireCleaned(world, list, member, cause.abuse ? 'abuse' : 'hard', cause);
      return;
    case 'archived':
      fireGone(world, list, memberData(list, member), cause);
      return;
    case 'pending':
    case 'transactional':
      return;
  }
}

function fireCleaned(world: World, list: Audience, member: Member, reason: string, cause: Cause): void {
  fireEvent(world, list, 'cleaned', cause, {
    list_id: list.id,
    campaign_id: cause.campaignId ?? '',
    reason,
    email: member.emailAddress,
  });
}

function fireGone(world: World, list: Audience, data: EventData, cause: Cause): void {
  if (world.switches.archiveEvent === 'none') return;
  const action = world.switches.archiveEvent === 'delete' ? { action: 'delete' } : {};
  fireEvent(world, list, 'unsubscribe', cause, { ...action, reason: 'manual', ...data });
}

/** Removes a member for good: his address is forgotten and his event anonymised (fact sheet 6.5). */
export function forgetMember(world: World, list: Audience, member: Member, cause: Cause): void {
  for (const id of member.tags.keys()) list.tags.get(id)?.members.delete(member);
  list.members.remove(member);
  list.forgotten.add(member.emailAddress.toLowerCase());
  recordConsent(world, list, member, member.status, 'absent', cause);
  const anonymous = `${member.hash}@forgotten.mailchimp.com`;
  const data = memberData(list, { ...member, emailAddress: anonymous, mergeFields: {}, ipOpt: '', ipSignup: '' });
  fireGone(world, list, data, cause);
}

/** Moves a member to another address; ids of the person, tags and opt-in time stay (fact sheet 3.6). */
export function changeAddress(world: World, list: Audience, member: Member, emailAddress: string, cause: Cause): void {
  const previous = member.emailAddress;
  list.members.rekey(member, { emailAddress, uniqueEmailId: uniqueEmailId(emailAddress) });
  list.members.touch(member, cause.at);
  list.forgotten.delete(emailAddress.toLowerCase());
  recordConsent(world, list, member, member.status, member.status, cause, previous);
  const upemail = (): void =>
    fireEvent(world, list, 'upemail', cause, {
      list_id: list.id,
      new_id: member.uniqueEmailId,
      new_email: emailAddress,
      old_email: previous,
    });
  const profile = (): void => fireEvent(world, list, 'profile', cause, memberData(list, member));
  const order = world.switches.changedAddressEvents;
  if (order === 'profile-first') profile();
  upemail();
  if (order === 'upemail-first') profile();
}

/** Writes merge fields by merge id. True: something differs from before. Fires no event. */
export function setMergeFields(
  list: Audience,
  member: Member,
  values: Record<number, MergeValue>,
  at: number,
): boolean {
  let changed = false;
  for (const field of list.mergeFields) {
    const value = values[field.mergeId];
    if (value === undefined || sameValue(member.mergeFields[field.mergeId] ?? '', value)) continue;
    if (value === '') delete member.mergeFields[field.mergeId];
    else member.mergeFields[field.mergeId] = value;
    changed = true;
  }
  if (changed) list.members.touch(member, at);
  return changed;
}

function sameValue(one: MergeValue, other: MergeValue): boolean {
  return typeof one === 'object' || typeof other === 'object'
    ? JSON.stringify(one) === JSON.stringify(other)
    : one === other;
}

/** Tells that a member's fields changed. */
export function fireProfile(world: World, list: Audience, member: Member, cause: Cause): void {
  fireEvent(world, list, 'profile', cause, memberData(list, member));
}

/** Finds a tag by name, whatever its case. */
export function findTag(list: Audience, name: string): Tag | undefined {
  return list.tagsByName.get(name.trim().toLowerCase());
}

/** Finds a tag or makes it. */
export function ensureTag(world: World, list: Audience, name: string, at: number): Tag {
  const known = findTag(list, name);
  if (known) return known;
  const tag: Tag = {
    id: 5_000_000 + world.store.nextNumber(),
    name: name.trim(),
    createdAt: at,
    updatedAt: at,
    members: new Set(),
  };
  list.tags.set(tag.id, tag);
  list.tagsByName.set(tag.name.toLowerCase(), tag);
  return tag;
}

/** Puts a tag on a member. False: he had it. Leaves `last_changed` to the caller. */
export function putTag(tag: Tag, member: Member, at: number): boolean {
  if (member.tags.has(tag.id)) return false;
  member.tags.set(tag.id, at);
  tag.members.add(member);
  tag.updatedAt = at;
  return true;
}

/** Takes a tag off a member. False: he did not have it. Leaves `last_changed` to the caller. */
export function takeTag(tag: Tag, member: Member, at: number): boolean {
  if (!member.tags.delete(tag.id)) return false;
  tag.members.delete(member);
  tag.updatedAt = at;
  return true;
}

/** Renames a tag; id and members stay. */
export function renameTag(list: Audience, tag: Tag, name: string, at: number): void {
  list.tagsByName.delete(tag.name.toLowerCase());
  tag.name = name.trim();
  tag.updatedAt = at;
  list.tagsByName.set(tag.name.toLowerCase(), tag);
}

/** Deletes a tag and takes it off everybody. */
export function deleteTag(list: Audience, tag: Tag): void {
  for (const member of tag.members) member.tags.delete(tag.id);
  list.tags.delete(tag.id);
  list.tagsByName.delete(tag.name.toLowerCase());
}
