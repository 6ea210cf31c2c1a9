import type { EmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type { ChangeResult, FieldMapping, MoveResult } from '../../core/mailing-provider.ts';
import { blockCause, leavings, memberStatus, toMember } from './contact-state.ts';
import { CONTACT_ROUTE, type ContactParts, readContact } from './contacts.ts';
import { isNotFound, refusalFromError } from './errors.ts';
import { parseListId } from './lists.ts';

/**
 * Gives a contact on our list another address. Brevo lifts a block with it (its changelog of `updateContact`), so a blocked
 * contact is never moved, and whoever was blocked between our look and the change is blocked again at once: his statistics
 * still tell. Not repeated when the answer is lost.
 *
 * @param block blocks an address for the whole account
 */
export async function moveMember(
  parts: ContactParts,
  audienceId: string,
  from: EmailAddress,
  to: EmailAddress,
  mapping: FieldMapping,
  block: (email: EmailAddress) => Promise<ChangeResult>,
): Promise<MoveResult> {
  const listId = parseListId(audienceId);
  const before = await readContact(parts.client, from);
  if (!before || memberStatus(before, listId, blockCause(before.statistics)) !== 'subscribed')
    return { outcome: 'gone' };
  const refused = await changeAddress(parts, from, to);
  if (refused) return refused;
  const after = await readContact(parts.client, to);
  const member = after && toMember(after, listId, blockCause(after.statistics), mapping);
  if (!member) return rejected('not on the list after the call');
  if (member.status === 'subscribed' && leavings(after.statistics) <= leavings(before.statistics))
    return { outcome: 'done', member };
  if (member.status === 'cleaned') return rejected(`status was ${member.status}`);
  const blocked = await block(to);
  return { outcome: 'left', member: (blocked.outcome === 'done' && blocked.member) || member };
}

async function changeAddress(
  { client }: ContactParts,
  from: EmailAddress,
  to: EmailAddress,
): Promise<MoveResult | undefined> {
  const body = { attributes: { EMAIL: to } };
  try {
    await client.tell({ method: 'PUT', route: CONTACT_ROUTE, path: { email: from }, body, repeatable: false });
    return undefined;
  } catch (error) {
    if (isNotFound(error)) return { outcome: 'gone' };
    const refusal = refusalFromError(error);
    if (!refusal || !(error instanceof ProviderError)) throw error;
    const { reason, isPermanent } = refusal;
    if (reason === 'exists') return { outcome: 'already-member' };
    return { outcome: 'refused', reason, words: error.words, isPermanent };
  }
}

function rejected(words: string): MoveResult {
  return { outcome: 'refused', reason: 'rejected_by_provider', words, isPermanent: false };
}
