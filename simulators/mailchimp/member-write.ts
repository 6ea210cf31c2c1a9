import { z } from 'zod';
import { addressProblem } from './address-rules.ts';
import type { Audience, Cause, Member, MemberStatus } from './entities.ts';
import {
  addMember,
  changeAddress,
  ensureTag,
  fireProfile,
  putTag,
  setMergeFields,
  setStatus,
  takeTag,
} from './membership.ts';
import { readMergeFields } from './merge-rules.ts';
import {
  complianceState,
  contactLimitReached,
  forgottenEmail,
  invalidResource,
  memberExists,
  mergeProblem,
  schemaProblem,
} from './problem.ts';
import type { World } from './world.ts';

/** Longest tag name (fact sheet 13). */
export const MAX_TAG_LENGTH = 100;

const WRITABLE = ['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional'] as const;

/** A member as the write calls take him; unknown keys are let pass. */
export const MemberBody = z.object({
  email_address: z.string().optional(),
  email_type: z.string().optional(),
  status: z.enum(WRITABLE).optional(),
  status_if_new: z.enum(WRITABLE).optional(),
  merge_fields: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).length(0)]).optional(),
  language: z.string().optional(),
  vip: z.boolean().optional(),
  tags: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional(),
  ip_signup: z.string().optional(),
  ip_opt: z.string().optional(),
  timestamp_signup: z.string().optional(),
  timestamp_opt: z.string().optional(),
});
export type MemberBody = z.infer<typeof MemberBody>;

/** How one write call treats members. */
export type WriteMode = {
  skipMergeValidation: boolean;
  /** a subscription that may not be: refused with an error, or the status silently stays */
  onRefusedRaise: 'error' | 'silent';
  /** wording of the compliance error for an address that POST found on the list */
  existing?: boolean;
};

/**
 * Creates a member after all checks.
 *
 * @throws Problem what Mailchimp refuses; nothing was changed then
 */
export function createMember(
  world: World,
  list: Audience,
  body: MemberBody,
  status: MemberStatus,
  cause: Cause,
  mode: WriteMode,
): Member {
  const email = body.email_address ?? '';
  checkAddress(world, list, email);
  if (isOverLimit(world, list)) throw contactLimitReached();
  const merge = readMergeFields(list, mergeFieldsOf(body), {}, mode.skipMergeValidation);
  if (merge.errors.length > 0) throw mergeProblem(merge.errors);
  const tags = readTagNames(body.tags);
  const member = addMember(
    world,
    list,
    {
      emailAddress: email,
      status,
      emailType: emailTypeOf(body.email_type),
      mergeFields: Object.fromEntries(Object.entries(merge.values).filter(([, value]) => value !== '')),
      language: body.language,
      vip: body.vip,
      ipSignup: readIp('ip_signup', body.ip_signup),
      ipOpt: readIp('ip_opt', body.ip_opt),
      timestampSignup: readInstant(body.timestamp_signup),
      timestampOpt: readInstant(body.timestamp_opt),
    },
    cause,
  );
  for (const name of tags) putTag(ensureTag(world, list, name, cause.at), member, cause.at);
  return member;
}

/**
 * Changes a member after all checks: address, fields, status, in this order.
 *
 * @param status the status asked for; undefined leaves it
 * @throws Problem what Mailchimp refuses; nothing was changed then
 */
export function updateMember(
  world: World,
  list: Audience,
  member: Member,
  body: MemberBody,
  status: MemberStatus | undefined,
  cause: Cause,
  mode: WriteMode,
): void {
  const newAddress = checkNewAddress(world, list, member, body.email_address);
  const merge = body.merge_fields
    ? readMergeFields(list, mergeFieldsOf(body), member.mergeFields, mode.skipMergeValidation)
    : { values: {}, errors: [] };
  if (merge.errors.length > 0) throw mergeProblem(merge.errors);
  const to = checkRaise(world, list, member, status, mode);
  const ipSignup = readIp('ip_signup', body.ip_signup);
  const ipOpt = readIp('ip_opt', body.ip_opt);

  if (newAddress !== undefined) changeAddress(world, list, member, newAddress, cause);
  const fieldsChanged = setMergeFields(list, member, merge.values, cause.at);
  const settingsChanged = assignSettings(member, {
    emailType: emailTypeOf(body.email_type),
    language: body.language,
    vip: body.vip,
    ipSignup,
    timestampSignup: readInstant(body.timestamp_signup),
  });
  if (settingsChanged) list.members.touch(member, cause.at);
  const statusChanged = to !== undefined && setStatus(world, list, member, to, cause);
  if (assignSettings(member, { ipOpt, timestampOpt: readInstant(body.timestamp_opt) }))
    list.members.touch(member, cause.at);
  if (!statusChanged && newAddress === undefined && (fieldsChanged || settingsChanged))
    fireProfile(world, list, member, cause);
}

function checkNewAddress(world: World, list: Audience, member: Member, email: string | undefined): string | undefined {
  if (email === undefined || email === member.emailAddress) return undefined;
  if (email.toLowerCase() === member.emailAddress.toLowerCase()) return undefined;
  if (list.members.find(email)) throw memberExists(email);
  checkAddress(world, list, email);
  const inactive = member.status === 'unsubscribed' || member.status === 'cleaned';
  if (inactive && world.switches.changeAddressOfInactive === 'refused') throw complianceState(member.emailAddress);
  return email;
}

/** Decides whether the API may subscribe this member (fact sheet 3.6). Answers the status to set. */
function checkRaise(
  world: World,
  list: Audience,
  member: Member,
  to: MemberStatus | undefined,
  mode: WriteMode,
): MemberStatus | undefined {
  if (member.status === 'archived' && to !== undefined && isOverLimit(world, list)) throw contactLimitReached();
  if (to !== 'subscribed' || member.status === 'subscribed' || member.status === 'archived') return to;
  if (member.refusal !== undefined || member.status === 'cleaned') {
    if (mode.onRefusedRaise === 'silent') return undefined;
    throw complianceState(member.emailAddress, mode.existing);
  }
  if (member.status === 'unsubscribed') {
    if (world.switches.raiseAfterApiUnsubscribe === 'silent') return undefined;
    if (world.switches.raiseAfterApiUnsubscribe === 'refused') {
      if (mode.onRefusedRaise === 'silent') return undefined;
      throw complianceState(member.emailAddress, mode.existing);
    }
  }
  return to;
}

/** Puts tags on a member; with `replace` takes all others off. Moves `last_changed` if something changed. */
export function writeTags(
  world: World,
  list: Audience,
  member: Member,
  names: readonly string[],
  replace: boolean,
  at: number,
): void {
  const tags = names.map((name) => ensureTag(world, list, name, at));
  let changed = false;
  for (const tag of tags) changed = putTag(tag, member, at) || changed;
  if (replace)
    for (const id of [...member.tags.keys()]) {
      const tag = list.tags.get(id);
      if (tag && !tags.includes(tag)) changed = takeTag(tag, member, at) || changed;
    }
  if (changed) list.members.touch(member, at);
}

/** Names of `tags`, trimmed. Throws Problem 400 for empty or overlong ones. */
export function readTagNames(tags: MemberBody['tags']): string[] {
  return (tags ?? []).map((tag) => checkTagName(typeof tag === 'string' ? tag : tag.name));
}

/** Trims a tag's name. Throws Problem 400 if it is empty or too long. */
export function checkTagName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > MAX_TAG_LENGTH)
    throw schemaProblem([{ field: 'tags', message: `Tag names need 1 to ${MAX_TAG_LENGTH} characters` }]);
  return trimmed;
}

function checkAddress(world: World, list: Audience, email: string): void {
  const problem = addressProblem(email, world.store.busyAddresses);
  if (problem) throw problem;
  if (list.forgotten.has(email.toLowerCase())) throw forgottenEmail(email);
}

// Archived and cleaned contacts do not count towards a plan's limit.
function isOverLimit(world: World, list: Audience): boolean {
  const account = world.store.accountOf(list);
  if (account.contactLimit === undefined) return false;
  const counted = world.store
    .listsOf(account)
    .map(({ members }) => members.size - members.count('archived') - members.count('cleaned'));
  return counted.reduce((sum, count) => sum + count, 0) >= account.contactLimit;
}

function mergeFieldsOf(body: MemberBody): Record<string, unknown> {
  return body.merge_fields === undefined || Array.isArray(body.merge_fields) ? {} : body.merge_fields;
}

function emailTypeOf(given: string | undefined): 'html' | 'text' | undefined {
  if (given === undefined || given === '') return undefined;
  return given === 'text' ? 'text' : 'html';
}

function readIp(field: string, given: string | undefined): string | undefined {
  if (given === undefined || given === '') return undefined;
  if (/^[0-9a-f:.]{3,45}$/i.test(given)) return given;
  throw schemaProblem([{ field, message: 'Please enter a valid IP address' }]);
}

function readInstant(given: string | undefined): number | undefined {
  if (given === undefined || given === '') return undefined;
  const at = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(given) ? given : `${given.replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) throw invalidResource('The time given is not a valid date.');
  return Math.floor(at / 1000) * 1000;
}

function assignSettings(member: Member, settings: { [Key in keyof Member]?: Member[Key] | undefined }): boolean {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const before = new Map<string, unknown>(Object.entries(member));
  const differing = given.filter(([name, value]) => before.get(name) !== value);
  Object.assign(member, Object.fromEntries(differing));
  return differing.length > 0;
}
