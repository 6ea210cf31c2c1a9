import type { EmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type {
  AddResult,
  ChangeResult,
  FieldMapping,
  NewMember,
  ProviderConsentWrites,
  RaisedMember,
} from '../../core/mailing-provider.ts';
import { toAttributes } from './attribute-map.ts';
import type { BrevoClient } from './brevo-client.ts';
import { blockCause, mayLiftBlock, memberStatus } from './contact-state.ts';
import { CONTACT_ROUTE, type ContactParts, changeContact, readContact, readMember } from './contacts.ts';
import { isNotFound, refusalFromError } from './errors.ts';
import { importMembers } from './imports.ts';
import { BREVO_LIMITS } from './limits.ts';
import { parseListId } from './lists.ts';
import { moveMember } from './move-member.ts';

/** How an opt-out is written: as the account's block, or by taking the contact off our list only (section 4). */
export type UnsubscribeBy = 'block' | 'list';

/** Makes Brevo's writes of consent. Only the consent gate is handed them (R2). */
export function createBrevoConsentWrites(parts: ContactParts, unsubscribeBy: UnsubscribeBy): ProviderConsentWrites {
  return {
    addMembers: (audienceId, rows, mapping) => addMembers(parts, audienceId, rows, mapping),
    raiseMember: (audienceId, row, mapping) => raiseMember(parts, audienceId, row, mapping),
    moveMember: (audienceId, from, to, mapping) =>
      moveMember(parts, audienceId, from, to, mapping, (email) => block(parts, audienceId, email, mapping)),
    // Leaving a list that one is not on would leave no trace: here the opt-out is the block, whatever the setting says.
    addUnsubscribed: (audienceId, email, mapping) => block(parts, audienceId, email, mapping),
    unsubscribeMember: (audienceId, email, mapping) =>
      unsubscribeBy === 'block'
        ? block(parts, audienceId, email, mapping)
        : leaveList(parts, audienceId, email, mapping),
    removeMember: (audienceId, email) => removeMember(parts, audienceId, email),
    deleteMember: (_audienceId, email) => deleteMember(parts, email),
  };
}

/** A few members are added one by one and are there at once; many go into one import (M11). */
async function addMembers(
  parts: ContactParts,
  audienceId: string,
  rows: readonly NewMember[],
  mapping: FieldMapping,
): Promise<readonly AddResult[]> {
  if (rows.length === 0) return [];
  if (rows.length > BREVO_LIMITS.addsPerCall) throw new Error(`more than ${BREVO_LIMITS.addsPerCall} members`);
  const listId = parseListId(audienceId);
  await parts.assertListThere(listId);
  const { singleAdds, singleAddsOnSlowMeter } = BREVO_LIMITS;
  const mostSingly = parts.client.isCollectionSlow() ? singleAddsOnSlowMeter : singleAdds;
  if (rows.length > mostSingly) return importMembers(parts.client, listId, rows, mapping);
  const ends = await Promise.allSettled(rows.map((row) => addOne(parts, audienceId, row, mapping)));
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

/**
 * Creates one contact on the list, create-only (R3). One that the account has already is refused, and then put onto the list
 * without a word about its block, unless it is a member by now.
 */
async function addOne(
  parts: ContactParts,
  audienceId: string,
  row: NewMember,
  mapping: FieldMapping,
): Promise<AddResult> {
  const { client } = parts;
  const listIds = [parseListId(audienceId)];
  const attributes = toAttributes(row.fields, mapping, 'leave-out');
  try {
    await createContact(client, { email: row.email, attributes, listIds }, { repeatable: false });
  } catch (error) {
    const refusal = refusalFromError(error);
    if (!refusal || !(error instanceof ProviderError)) throw error;
    const { reason, isPermanent } = refusal;
    if (reason !== 'exists') return { outcome: 'refused', reason, words: error.words, isPermanent };
    return joinList(parts, audienceId, row, mapping);
  }
  return resultOf(parts, audienceId, row.email, mapping);
}

async function joinList(
  parts: ContactParts,
  audienceId: string,
  row: NewMember,
  mapping: FieldMapping,
): Promise<AddResult> {
  const listId = parseListId(audienceId);
  const contact = await readContact(parts.client, row.email);
  if (!contact) return NOT_THERE;
  if (memberStatus(contact, listId, blockCause(contact.statistics)) !== undefined) return { outcome: 'already-member' };
  const change = { listIds: [listId], attributes: toAttributes(row.fields, mapping, 'leave-out') };
  const refused = await changeContact(parts.client, row.email, change, { repeatable: false });
  return refused ? toAddResult(refused) : resultOf(parts, audienceId, row.email, mapping);
}

/**
 * Puts one contact onto the list and lifts its block where it has one and the rules allow (R1). The block is named only then.
 * Not repeated when the answer is lost (R4).
 */
async function raiseMember(
  parts: ContactParts,
  audienceId: string,
  row: RaisedMember,
  mapping: FieldMapping,
): Promise<AddResult> {
  const listId = parseListId(audienceId);
  await parts.assertListThere(listId);
  const contact = await readContact(parts.client, row.email);
  if (!contact) return addOne(parts, audienceId, row, mapping);
  if (contact.emailBlacklisted && !mayLiftBlock(contact, listId, row)) {
    const words = 'blocked by the person or a bounce, or on other lists: unblock in Brevo';
    return { outcome: 'refused', reason: 'compliance', words, isPermanent: true };
  }
  const change = {
    listIds: [listId],
    attributes: toAttributes(row.fields, mapping, 'leave-out'),
    ...(contact.emailBlacklisted ? { emailBlacklisted: false } : {}),
  };
  const refused = await changeContact(parts.client, row.email, change, { repeatable: false });
  return refused ? toAddResult(refused) : resultOf(parts, audienceId, row.email, mapping);
}

/** Reads the contact back, because a write answers nothing: a silent difference is a refusal (R3). */
async function resultOf(
  parts: ContactParts,
  audienceId: string,
  email: EmailAddress,
  mapping: FieldMapping,
): Promise<AddResult> {
  const member = await readMember(parts, audienceId, email, mapping);
  if (!member) return NOT_THERE;
  if (member.status === 'subscribed') return { outcome: 'done', member };
  return { outcome: 'refused', reason: 'compliance', words: `status stayed ${member.status}`, isPermanent: true };
}

/** Blocks the contact for the whole account; one that is not there is created blocked (R4). Repeatable. */
async function block(
  parts: ContactParts,
  audienceId: string,
  email: EmailAddress,
  mapping: FieldMapping,
): Promise<ChangeResult> {
  const change = { emailBlacklisted: true } as const;
  let refused = await changeContact(parts.client, email, change);
  if (refused?.outcome === 'gone') {
    try {
      await createContact(parts.client, { email, ...change }, { repeatable: true });
      refused = undefined;
    } catch (error) {
      const refusal = refusalFromError(error);
      if (!refusal || !(error instanceof ProviderError)) throw error;
      const { reason, isPermanent } = refusal;
      if (reason !== 'exists') return { outcome: 'refused', reason, words: error.words, isPermanent };
      // Created in between: by an import, by the person, or by our own try whose answer was lost.
      refused = await changeContact(parts.client, email, change);
    }
  }
  if (refused) return refused;
  const member = await readMember(parts, audienceId, email, mapping);
  return member && member.status !== 'subscribed' ? { outcome: 'done', member } : STILL_SUBSCRIBED;
}

/** Takes the contact off our list only. */
async function leaveList(
  parts: ContactParts,
  audienceId: string,
  email: EmailAddress,
  mapping: FieldMapping,
): Promise<ChangeResult> {
  const refused = await changeContact(parts.client, email, { unlinkListIds: [parseListId(audienceId)] });
  if (refused) return refused;
  const member = await readMember(parts, audienceId, email, mapping);
  return member?.status === 'subscribed' ? STILL_SUBSCRIBED : { outcome: 'done', member };
}

/** Takes one member off the list, never deletes him: with the contact his block would be lost (M18). */
async function removeMember(parts: ContactParts, audienceId: string, email: EmailAddress): Promise<ChangeResult> {
  const refused = await changeContact(parts.client, email, { unlinkListIds: [parseListId(audienceId)] });
  return refused ?? { outcome: 'done', member: undefined };
}

/** Deletes the contact of the whole account, with its history and its block: nothing at Brevo keeps it from coming back. */
async function deleteMember({ client }: ContactParts, email: EmailAddress): Promise<boolean> {
  try {
    await client.tell({ method: 'DELETE', route: CONTACT_ROUTE, path: { email }, repeatable: true });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

async function createContact(
  client: BrevoClient,
  contact: {
    email: EmailAddress;
    attributes?: Record<string, string>;
    listIds?: readonly number[];
    emailBlacklisted?: true;
  },
  { repeatable }: { repeatable: boolean },
): Promise<void> {
  await client.tell({ method: 'POST', route: '/contacts', body: { ...contact, updateEnabled: false }, repeatable });
}

const NOT_THERE: AddResult = {
  outcome: 'refused',
  reason: 'rejected_by_provider',
  words: 'not on the list after the call',
  isPermanent: false,
};

const STILL_SUBSCRIBED: ChangeResult = {
  outcome: 'refused',
  reason: 'rejected_by_provider',
  words: 'not blocked after the call',
  isPermanent: false,
};

function toAddResult(refused: Exclude<ChangeResult, { outcome: 'done' }>): AddResult {
  return refused.outcome === 'gone' ? NOT_THERE : refused;
}
