import type { EmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type { FieldMapping, MoveResult } from '../../core/mailing-provider.ts';
import { refusalFromError } from './errors.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { subscriberHash, toMember } from './member.ts';
import { isGone, MEMBER_ROUTE, readMember } from './members.ts';
import { MemberAnswer } from './schema.ts';

/**
 * Gives a subscribed member another address: Mailchimp keeps its contact, with tags and opt-in time, under another hash. Not
 * repeated when the answer is lost: the old hash is gone then, which would look like a member that is gone.
 */
export async function moveMember(
  client: MailchimpClient,
  listId: string,
  from: EmailAddress,
  to: EmailAddress,
  mapping: FieldMapping,
): Promise<MoveResult> {
  if (!(await isSubscribed(client, listId, from, mapping))) return { outcome: 'gone' };
  try {
    const answer = await client.ask(
      {
        method: 'PATCH',
        route: MEMBER_ROUTE,
        path: { listId, subscriberHash: subscriberHash(from) },
        query: { skip_merge_validation: true },
        body: { email_address: to },
      },
      MemberAnswer,
    );
    const member = toMember(answer, mapping);
    if (member?.email !== to) return rejected('the answer does not name the address');
    if (member.status === 'subscribed') return { outcome: 'done', member };
    // Whether Mailchimp moves somebody who left in between or refuses it is not documented.
    return member.status === 'unsubscribed' ? { outcome: 'left', member } : rejected(`status was ${member.status}`);
  } catch (error) {
    if (isGone(error)) return { outcome: 'gone' };
    const refusal = refusalFromError(error);
    if (!refusal || !(error instanceof ProviderError)) throw error;
    const { reason, isPermanent } = refusal;
    if (reason === 'exists') return { outcome: 'already-member' };
    // Also the answer about somebody who left after we looked.
    if (reason === 'compliance' && !(await isSubscribed(client, listId, from, mapping))) return { outcome: 'gone' };
    return { outcome: 'refused', reason, words: error.words, isPermanent };
  }
}

async function isSubscribed(
  client: MailchimpClient,
  listId: string,
  email: EmailAddress,
  mapping: FieldMapping,
): Promise<boolean> {
  return (await readMember(client, listId, email, mapping))?.status === 'subscribed';
}

function rejected(words: string): MoveResult {
  return { outcome: 'refused', reason: 'rejected_by_provider', words, isPermanent: false };
}
