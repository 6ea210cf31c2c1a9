import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type { TagChangeResult } from '../../core/mailing-provider.ts';
import { cutTagName, foldTag, type ProviderTag } from '../../core/tag.ts';
import { redact } from '../http/redact.ts';
import { isTagAlreadyRight, withMeaning } from './errors.ts';
import { MAILCHIMP_LIMITS, TIMEOUT_MS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { TAG_LIST_FIELDS, TagAnswer, TagChangeAnswer, TagListAnswer } from './schema.ts';

const ROUTE = '/lists/{listId}/segments';

/** Tags of the audience; at Mailchimp a tag is a static segment. */
export async function listTags(client: MailchimpClient, listId: string): Promise<readonly ProviderTag[]> {
  const tags: ProviderTag[] = [];
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
  return cutTagName(name, MAILCHIMP_LIMITS.tagNameLength);
}

/**
 * Renames a tag, which keeps its id and its members.
 *
 * @throws ProviderError code `mailchimp.tag_refused`, e.g. where another tag has the name; `mailchimp.tag_gone`
 */
export async function renameTag(client: MailchimpClient, listId: string, id: string, name: string): Promise<void> {
  const renaming = client.ask(
    {
      method: 'PATCH',
      route: `${ROUTE}/{segmentId}`,
      path: { listId, segmentId: id },
      body: { name: fitTagName(name) },
      repeatable: true,
    },
    TagAnswer,
  );
  await withMeaning(renaming, {
    rejected: { kind: 'rejected', code: 'mailchimp.tag_refused' },
    not_found: { kind: 'not_found', code: 'mailchimp.tag_gone' },
  });
}

/** Deletes a tag; the members stay. */
export async function deleteTag(client: MailchimpClient, listId: string, id: string): Promise<void> {
  try {
    await client.tell({
      method: 'DELETE',
      route: `${ROUTE}/{segmentId}`,
      path: { listId, segmentId: id },
      repeatable: true,
    });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'mailchimp.not_found') throw error;
  }
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
