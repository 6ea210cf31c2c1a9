import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import type { TagChangeResult } from '../../core/mailing-provider.ts';
import { foldTag } from '../../core/tag.ts';
import { redact } from '../http/redact.ts';
import { isTagAlreadyRight, withMeaning } from './errors.ts';
import { MAILCHIMP_LIMITS, TIMEOUT_MS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { TAG_LIST_FIELDS, TagAnswer, TagChangeAnswer, TagListAnswer } from './schema.ts';

const ROUTE = '/lists/{listId}/segments';

/** Tags of the audience; at Mailchimp a tag is a static segment. */
export async function listTags(
  client: MailchimpClient,
  listId: string,
): Promise<readonly { id: string; name: string }[]> {
  const tags: { id: string; name: string }[] = [];
  for (let offset = 0; ; offset += MAILCHIMP_LIMITS.rowsPerPage) {
    const { segments, total_items } = await client.ask(
      {
        method: 'GET',
        route: ROUTE,
        path: { listId },
        query: { type: 'static', count: MAILCHIMP_LIMITS.rowsPerPage, offset, fields: TAG_LIST_FIELDS },
        timeoutMs: TIMEOUT_MS.page,
      },
      TagListAnswer,
    );
    tags.push(...segments);
    if (segments.length === 0 || offset + MAILCHIMP_LIMITS.rowsPerPage >= total_items) return tags;
  }
}

/**
 * Sets and takes away one tag. Without an id the tag is looked for by name, whatever its case, and created where it is
 * missing. Repeatable: setting a tag twice is setting it once.
 *
 * @throws ProviderError code `mailchimp.tag_gone` when the id is no longer known: a tag deleted as a whole is not created
 * again by itself (R11)
 */
export async function changeTag(
  client: MailchimpClient,
  listId: string,
  tag: { id: string | undefined; name: string },
  change: { add: readonly EmailAddress[]; remove: readonly EmailAddress[] },
): Promise<TagChangeResult & { id: string }> {
  const most = MAILCHIMP_LIMITS.tagChangesPerCall;
  if (change.add.length > most || change.remove.length > most) throw new Error(`more than ${most} tag changes`);
  const id = tag.id ?? (await findOrCreateTag(client, listId, tag.name));
  if (change.add.length + change.remove.length === 0) return { id, refused: [] };
  const changing = client.ask(
    {
      method: 'POST',
      route: `${ROUTE}/{segmentId}`,
      path: { listId, segmentId: id },
      body: {
        ...(change.add.length > 0 ? { members_to_add: change.add } : {}),
        ...(change.remove.length > 0 ? { members_to_remove: change.remove } : {}),
      },
      timeoutMs: TIMEOUT_MS.bulk,
      repeatable: true,
    },
    TagChangeAnswer,
  );
  const { errors } = await withMeaning(changing, { not_found: { kind: 'not_found', code: 'mailchimp.tag_gone' } });
  const added = new Set<string>(change.add);
  const refused = errors.flatMap(({ email_addresses, error }) =>
    email_addresses
      .map(parseEmailAddress)
      .filter((email) => email !== undefined)
      .filter((email) => !isTagAlreadyRight(error, added.has(email) ? 'add' : 'remove'))
      .map((email) => ({ email, words: redact(error) })),
  );
  return { id, refused };
}

/** A name in the form that Mailchimp keeps. */
export function fitTagName(name: string): string {
  return Array.from(name.normalize('NFC').trim()).slice(0, MAILCHIMP_LIMITS.tagNameLength).join('');
}

async function findOrCreateTag(client: MailchimpClient, listId: string, name: string): Promise<string> {
  const fitted = fitTagName(name);
  const found = (await listTags(client, listId)).find((one) => foldTag(one.name) === foldTag(fitted));
  if (found) return found.id;
  const creating = client.ask(
    { method: 'POST', route: ROUTE, path: { listId }, body: { name: fitted, static_segment: [] } },
    TagAnswer,
  );
  const made = await withMeaning(creating, { rejected: { kind: 'rejected', code: 'mailchimp.tag_refused' } });
  return made.id;
}
